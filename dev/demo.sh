#!/usr/bin/env bash
# A French company with debtors, ready to look at: builds it once with its daily run, then serves it.
# FRESH=1 builds it again, SERVE=0 stops before serving, PORT=8069.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
"$here/install.sh"
"$here/postgres.sh" start
. "$here/env.sh"

DB=recouvrement_demo
PORT=${PORT:-8069}
REPORT=$ROOT/out/run.txt

# The state of the addon and of the scripts that the database was built from.
fingerprint() {
    cd "$ROOT"
    find "$ADDON" dev/demo_* -type f -not -path '*/tests/*' -not -path '*/.*' -not -name '*.pyc' -print0 |
        sort -z | xargs -0 sha256sum | sha256sum | cut -d' ' -f1
}

run_script() { "$here/odoo" shell -d "$DB" --no-http --log-level=warn <"$1"; }
fill() { run_script "$ROOT/dev/demo_data.py"; }

build() {
    fresh_database "$DB" fr
    step "Creating the demonstration data" demo-data fill
    say "Launching the daily run"
    mkdir -p "$ROOT/out"
    run_script "$ROOT/dev/demo_run.py" >"$REPORT.part"
    mv "$REPORT.part" "$REPORT"
    set_built_from "$DB" "$1"
}

# What the demonstration sends by e-mail stays on this machine, in out/mailbox.
collect_mail() {
    "$PYTHON_BIN" -m aiosmtpd -n -l 127.0.0.1:8025 -c aiosmtpd.handlers.Mailbox "$ROOT/out/mailbox" \
        >"$LOG/demo-mail.log" 2>&1 </dev/null &
    trap 'kill '"$!"' 2>/dev/null || true' EXIT
}

main() {
    local wanted
    wanted=$(fingerprint)
    if [ "${FRESH:-0}" = 1 ] || [ ! -f "$REPORT" ] || [ "$(built_from "$DB")" != "$wanted" ]; then
        build "$wanted"
    fi
    cat "$REPORT"
    if [ "${SERVE:-1}" = 0 ]; then return; fi
    collect_mail
    printf '\nhttp://127.0.0.1:%s   login admin   password admin   (Ctrl-C stops)\n\n' "$PORT"
    "$here/odoo" -d "$DB" --db-filter "^$DB\$" --no-database-list --http-port "$PORT" \
        --max-cron-threads 1 --log-level=warn
}

main
