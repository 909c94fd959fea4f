#!/usr/bin/env bash
# postgres.sh start|stop|status|remove: a private PostgreSQL for this checkout, reached by a socket only.
# Where PGHOST is set, that server is used as it is and nothing is started.
# It trades safety for speed (fsync=off): never keep data in it that matters.
set -euo pipefail
. "$(dirname "$0")/env.sh"

checkout_id() { printf '%s' "$ROOT" | sha256sum | cut -c1-12; }

# PostgreSQL refuses to run as root.
as_owner() {
    if [ "$(id -u)" = 0 ]; then runuser -u postgres -- "$@"; else "$@"; fi
}

# Inside the checkout where the owner can reach it, else beside.
cluster_dir() {
    if as_owner test -x "$ROOT" 2>/dev/null; then
        printf '%s\n' "$ROOT/.pg"
    else
        printf '%s\n' "/var/tmp/recouvrement-$(checkout_id)/pg"
    fi
}

# The path of a socket holds 107 characters at most.
socket_dir() {
    if [ ${#CLUSTER} -lt 80 ]; then
        printf '%s\n' "$CLUSTER/socket"
    else
        printf '%s\n' "/var/tmp/recouvrement-$(checkout_id)/socket"
    fi
}

# Debian keeps the server programs out of PATH.
program() {
    local found
    found=$(printf '%s\n' /usr/lib/postgresql/*/bin/"$1" | sort -V | tail -n 1)
    [ -x "$found" ] || found=$(command -v "$1") || die "PostgreSQL's $1 is not installed"
    printf '%s\n' "$found"
}

make_dir() {
    mkdir -p "$1"
    if [ "$(id -u)" = 0 ]; then chown postgres: "$1"; fi
}

settings() {
    cat <<CONF
listen_addresses = ''
unix_socket_directories = '$SOCKET'
fsync = off
synchronous_commit = off
full_page_writes = off
shared_buffers = 1GB
# What a test rolls back would teach the planner that tables are empty.
autovacuum = off
work_mem = 64MB
maintenance_work_mem = 256MB
max_wal_size = 4GB
max_connections = 100
max_locks_per_transaction = 256
CONF
}

create_cluster() {
    as_owner "$(program initdb)" -D "$CLUSTER/data" -U odoo -A trust -E UTF8 --locale=C.UTF-8 &&
        settings | as_owner tee -a "$CLUSTER/data/postgresql.conf"
}

is_running() { as_owner "$(program pg_ctl)" -D "$CLUSTER/data" status >/dev/null 2>&1; }

start() {
    if is_running; then return; fi
    make_dir "$CLUSTER"
    make_dir "$SOCKET"
    if [ ! -f "$CLUSTER/data/PG_VERSION" ]; then
        step "Creating a PostgreSQL cluster in $CLUSTER" postgres-create create_cluster
    fi
    step "Starting PostgreSQL" postgres-start as_owner "$(program pg_ctl)" \
        -D "$CLUSTER/data" -l "$CLUSTER/server.log" -w start
    printf 'PGHOST=%s\nPGPORT=5432\nPGUSER=odoo\n' "$SOCKET" >"$WORK/pg.env"
}

stop() {
    if is_running; then
        step "Stopping PostgreSQL" postgres-stop as_owner "$(program pg_ctl)" -D "$CLUSTER/data" -m fast -w stop
    fi
}

remove() {
    stop
    rm -rf "$CLUSTER" "$SOCKET" "$WORK/pg.env"
}

main() {
    if [ -n "${PGHOST:-}" ] && [ -z "${RECOUVREMENT_PG:-}" ]; then
        say "Using the PostgreSQL server at $PGHOST"
        return
    fi
    case ${1:-} in
        start) start ;;
        stop) stop ;;
        remove) remove ;;
        status) if is_running; then echo "running, socket in $SOCKET"; else echo "stopped"; fi ;;
        *) die "usage: postgres.sh start|stop|status|remove" ;;
    esac
}

cd /
CLUSTER=$(cluster_dir)
SOCKET=$(socket_dir)
main "$@"
