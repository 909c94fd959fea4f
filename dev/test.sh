#!/usr/bin/env bash
# All tests; or T=path[::test] only those. The last line is the sum: N passed, N failed, N skipped.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
"$here/install.sh"
"$here/postgres.sh" start
. "$here/env.sh"

DB=recouvrement_test
export DB

# The names of what ran; check NAME command… counts as one test, pytest as those in junit-NAME.xml.
ran=()
check() {
    if "${@:2}"; then ran+=("$1=passed"); else ran+=("$1=failed"); fi
}

# An exit code that the results do not explain (a crash, an error of collection) fails too.
tests() {
    local name=$1
    ran+=("$name")
    say "== Tests: ${!#}"
    "${@:2}" --junitxml="$LOG/junit-$name.xml" || exit_code=1
}

# These must pass where Odoo cannot be imported.
pure_tests() {
    tests pure env -u PYTHONPATH -u ODOO_RC "$PYTHON_BIN" -m pytest -p no:odoo "$@"
}

# Each of several processes tests in a copy of its own.
database() {
    fresh_database "$DB" en
    check "install log" check_log "$LOG/install-$DB.log"
}

has_tests() { [ -n "$(find "$1" -name 'test_*.py' 2>/dev/null | head -n 1)" ]; }

run_all() {
    if has_tests tests/pure; then pure_tests tests/pure; fi
    database
    tests addon "$here/pytest" -n logical --maxprocesses 4 --dist loadfile "$ADDON/tests"
    if has_tests tests/system; then tests system "$here/pytest" tests/system; fi
    say "== Install, upgrade, uninstall"
    check "lifecycle" "$here/lifecycle.sh"
}

run_one() {
    case $1 in
        tests/pure*) pure_tests "$1" ;;
        *)
            database
            tests one "$here/pytest" "$1"
            ;;
    esac
}

cd "$ROOT"
rm -f "$LOG"/junit-*.xml
exit_code=0
if [ -n "${T:-}" ]; then run_one "$T"; else run_all; fi
"$PYTHON_BIN" "$here/summary.py" "$LOG" "${ran[@]}" || exit_code=1
exit "$exit_code"
