# shellcheck shell=bash
# Sourced by every script here: where Odoo, Python and PostgreSQL are, and a few helpers.

ROOT=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
ADDON=l10n_fr_recouvrement
WORK=$ROOT/.odoo
LOG=$WORK/log
PYTHON_BIN=$ROOT/.venv/bin/python
ODOO_RC=$WORK/odoo.conf
export ROOT PYTHON_BIN ODOO_RC
mkdir -p "$LOG"

say() { printf '%s\n' "$*" >&2; }
die() {
    say "error: $*"
    exit 1
}

# step "what is being done" LOGFILE command… : one line with its duration; the output only on failure.
# `set -e` does not act inside the command: a function given here chains its commands with &&.
step() {
    local what=$1 log=$LOG/$2.log start=$SECONDS
    shift 2
    printf '%s… ' "$what" >&2
    if "$@" >"$log" 2>&1 </dev/null; then
        say "$((SECONDS - start)) s"
    else
        local code=$?
        say "failed (see $log)"
        tail -n 60 "$log" >&2
        return "$code"
    fi
}

# once STAMP WANTED command… : runs the command unless the file STAMP says that WANTED is there.
once() {
    local stamp=$1 wanted=$2
    if [ -f "$stamp" ] && [ "$(cat "$stamp")" = "$wanted" ]; then return; fi
    rm -f "$stamp"
    "${@:3}"
    echo "$wanted" >"$stamp"
}

filestore() { printf '%s\n' "$WORK/data/filestore/$1"; }

# What a database was built from is kept as its comment; empty where it or its files are missing.
built_from() {
    if [ ! -d "$(filestore "$1")" ]; then return; fi
    psql -d postgres -At -v "name=$1" \
        <<<"SELECT shobj_description(oid, 'pg_database') FROM pg_database WHERE datname = :'name'"
}

set_built_from() {
    psql -q -d postgres -v "name=$1" -v "comment=$2" <<<'COMMENT ON DATABASE :"name" IS :'"'comment'"
}

as_root() {
    if [ "$(id -u)" = 0 ]; then "$@"; else sudo "$@"; fi
}

# The folder to put on PYTHONPATH: the one that holds the `odoo` package.
odoo_path() {
    local home=${ODOO_HOME:-$WORK/dist/usr/lib/python3/dist-packages}
    if [ -f "$home/release.py" ]; then home=$(dirname "$home"); fi
    printf '%s\n' "$home"
}

odoo_addons_path() {
    local home path=$ROOT
    home=$(odoo_path)
    for folder in "$home/addons" "$home/odoo/addons"; do
        if [ -f "$folder/account/__manifest__.py" ]; then path=$folder,$path; fi
    done
    printf '%s\n' "$path"
}

# Whether a log holds a warning or worse that dev/log_allowed.txt does not list; it is shown then.
check_log() {
    local found allowed
    allowed=$(grep -vE '^\s*(#|$)' "$ROOT/dev/log_allowed.txt" || true)
    found=$(grep -E ' (WARNING|ERROR|CRITICAL) ' "$1" || true)
    if [ -n "$allowed" ]; then found=$(grep -vE -f <(echo "$allowed") <<<"$found" || true); fi
    [ -z "$found" ] && return
    say "unexpected lines in $1:"
    say "$found"
    return 1
}

# fresh_database NAME LANGUAGE: a new database with our addon; the log is in install-NAME.log
fresh_database() {
    "$ROOT/dev/database.sh" "$1" "$2" &&
        step "Installing $ADDON in $1" "install-$1" \
            "$ROOT/dev/odoo" -d "$1" -i "$ADDON" --stop-after-init --no-http
}

# The private server, unless the user named one; a server of another checkout is not ours.
if [ -n "${RECOUVREMENT_PG:-}" ] && [ "$RECOUVREMENT_PG" != "$ROOT" ]; then
    unset PGHOST PGPORT PGUSER RECOUVREMENT_PG
fi
if [ -z "${PGHOST:-}" ] && [ -f "$WORK/pg.env" ]; then
    # shellcheck source=/dev/null
    . "$WORK/pg.env"
    RECOUVREMENT_PG=$ROOT
    export PGHOST PGPORT PGUSER RECOUVREMENT_PG
fi
PYTHONPATH=$(odoo_path)
export PYTHONPATH
