#!/usr/bin/env bash
# Runs Odoo's own tests without the addon and with it, and compares them test by test; TAGS=/sale:TestX runs less.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
"$here/install.sh"
"$here/postgres.sh" start
. "$here/env.sh"

exec "$PYTHON_BIN" "$here/core_tests.py"
