#!/usr/bin/env bash
# Measures the addon on a large database of its own.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
"$here/install.sh"
"$here/postgres.sh" start
. "$here/env.sh"

[ -f "$here/bench.py" ] || die "dev/bench.py is missing"
fresh_database recouvrement_bench fr
"$here/odoo" shell -d recouvrement_bench --no-http --log-level=warn <"$here/bench.py"
