#!/usr/bin/env bash
# Breaks the night jobs for real on copied databases and counts what was lost or doubled.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
"$here/install.sh"
"$here/postgres.sh" start
. "$here/env.sh"

exec "$PYTHON_BIN" "$here/drill.py"
