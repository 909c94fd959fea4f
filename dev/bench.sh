#!/usr/bin/env bash
# Measures the addon on large ledgers of its own; SIZES="10k 100k" leaves the largest out.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
"$here/install.sh"
"$here/postgres.sh" start
. "$here/env.sh"

exec "$PYTHON_BIN" "$here/bench.py"
