#!/usr/bin/env bash
# database.sh NAME [fr|en|demo]: a fresh database NAME of a French company with accounting and sales, without our addon;
# demo is in English with Odoo's demonstration data. It is a copy of a template that is built once; an existing NAME is
# replaced. Login admin, password admin.
set -euo pipefail
. "$(dirname "$0")/env.sh"

USAGE="usage: database.sh NAME [fr|en|demo]"
MODULES=(l10n_fr_account sale account_debit_note)
declare -A OPTIONS=([fr]=--language=fr_FR [en]=--language=en_US [demo]=--with-demo)

fingerprint() { echo "$(odoo_path) $(stat -c %Y "$(odoo_path)/odoo/release.py") ${MODULES[*]}"; }

drop() {
    psql -q -d postgres -c "DROP DATABASE IF EXISTS \"$1\" WITH (FORCE)" 2>/dev/null || dropdb --if-exists "$1"
    rm -rf "$(filestore "$1")"
}

build_template() {
    local name=$1
    drop "$name" &&
        "$ROOT/dev/odoo" db init "$name" --country FR "${@:2}" &&
        "$ROOT/dev/odoo" module install -d "$name" "${MODULES[@]}" &&
        psql -q -d "$name" -c "VACUUM ANALYZE" &&
        set_built_from "$name" "$wanted"
}

# Files of a filestore never change once written, so the copy may share them.
copy() {
    drop "$2" &&
        createdb -T "$1" "$2" &&
        if [ -d "$(filestore "$1")" ]; then cp -al "$(filestore "$1")" "$(filestore "$2")"; fi
}

main() {
    local name=$1 kind=${2:-fr} template wanted
    [[ $kind =~ ^(fr|en|demo)$ ]] || die "$USAGE"
    [[ $name =~ ^[a-z][a-z0-9_]*$ ]] || die "a database name is made of a-z, 0-9 and _"
    template=recouvrement_tpl_$kind
    wanted=$(fingerprint)
    exec 9>"$WORK/$template.lock"
    flock 9
    if [ "$(built_from "$template")" != "$wanted" ]; then
        step "Building the template database $template" "$template" build_template "$template" "${OPTIONS[$kind]}"
    fi
    step "Creating the database $name" "database-$name" copy "$template" "$name"
}

[ $# -ge 1 ] || die "$USAGE"
main "$@"
