#!/usr/bin/env bash
# Installs, upgrades, uses and uninstalls the addon in an empty database and in one with Odoo's demonstration data:
# no warning in the logs, nothing of ours left. lifecycle.sh [en] [demo] does only one of them; FROM=REVISION upgrades
# from the addon as it was then.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
"$here/install.sh"
"$here/postgres.sh" start
. "$here/env.sh"

# phase "what" LOGFILE command… : a step whose log must hold no warning
phase() {
    step "$1 in $DB" "$DB-$2" "${@:3}" && check_log "$LOG/$DB-$2.log"
}

# What still carries our names once the addon is gone, one line each.
leftovers() {
    psql -d "$DB" -At -v ON_ERROR_STOP=1 <<SQL
SELECT 'relation ' || relname FROM pg_class
    WHERE relnamespace = 'public'::regnamespace AND relname LIKE '%recovery\_%';
SELECT 'column ' || table_name || '.' || column_name FROM information_schema.columns
    WHERE table_schema = 'public' AND column_name LIKE '%recovery\_%' AND table_name NOT LIKE 'recovery\_%';
SELECT 'function ' || proname FROM pg_proc
    WHERE pronamespace = 'public'::regnamespace AND proname LIKE 'recovery\_%';
SELECT 'trigger ' || tgname FROM pg_trigger WHERE tgname LIKE 'recovery\_%';
SELECT 'constraint ' || conname FROM pg_constraint WHERE conname LIKE '%recovery\_%';
SELECT 'ir.model.data ' || name FROM ir_model_data WHERE module = '$ADDON';
SELECT 'ir.model ' || model FROM ir_model WHERE model LIKE 'recovery.%';
SELECT 'ir.model.fields ' || model || '.' || name FROM ir_model_fields
    WHERE name LIKE '%recovery\_%' OR relation LIKE 'recovery.%' OR model LIKE 'recovery.%';
SELECT 'ir.cron ' || cron_name FROM ir_cron c JOIN ir_act_server a ON a.id = c.ir_actions_server_id
    WHERE a.code LIKE '%recovery%';
SELECT 'ir.actions.server ' || id FROM ir_act_server WHERE code LIKE '%recovery.%';
SELECT 'ir.ui.menu ' || id || ' ' || (name ->> 'en_US') FROM ir_ui_menu
    WHERE name ->> 'en_US' ILIKE '%recouvrement%' OR name ->> 'en_US' ILIKE '%debt collection%';
SELECT 'ir.ui.view ' || id || ' ' || name FROM ir_ui_view WHERE model LIKE 'recovery.%' OR key LIKE '$ADDON.%';
SELECT 'ir.actions.act_window ' || id FROM ir_act_window WHERE res_model LIKE 'recovery.%';
SELECT 'ir.actions.report ' || id FROM ir_act_report_xml
    WHERE model LIKE 'recovery.%' OR report_name LIKE '$ADDON.%';
SELECT 'ir.config_parameter ' || key FROM ir_config_parameter WHERE key LIKE '%recovery%' OR key LIKE '%$ADDON%';
SELECT 'ir.sequence ' || code FROM ir_sequence WHERE code LIKE 'recovery%';
SELECT 'ir.filters ' || name FROM ir_filters WHERE model_id LIKE 'recovery.%';
SELECT 'ir.attachment ' || id || ' ' || name FROM ir_attachment WHERE res_model LIKE 'recovery.%';
SELECT 'mail.template ' || id FROM mail_template WHERE model LIKE 'recovery.%';
SELECT 'mail.message ' || id FROM mail_message WHERE model LIKE 'recovery.%';
SELECT 'mail.activity ' || id FROM mail_activity WHERE res_model LIKE 'recovery.%';
SELECT 'mail.followers ' || id FROM mail_followers WHERE res_model LIKE 'recovery.%';
SQL
}

# Where Odoo finds its addons, with ours as it was at a revision.
addons_path_at() {
    local old=$WORK/from
    rm -rf "$old" && mkdir "$old" && git -C "$ROOT" archive "$1" "$ADDON" | tar -x -C "$old" &&
        sed -n 's/^addons_path *= *//p' "$ODOO_RC" | tr ',' '\n' | sed "s#^$ROOT\$#$old#" | paste -sd,
}

use() { "$here/odoo" shell -d "$DB" --no-http <"$here/lifecycle_use.py"; }

nothing_left() {
    local rows
    rows=$(leftovers)
    [ -z "$rows" ] && return
    echo "$rows"
    return 1
}

if [ $# = 0 ]; then set -- en demo; fi
install_options=()
if [ -n "${FROM:-}" ]; then
    path=$(addons_path_at "$FROM")
    install_options=(--addons-path "$path")
fi
for kind in "$@"; do
    DB=recouvrement_lifecycle_$kind
    "$here/database.sh" "$DB" "$kind"
    phase "Installing" install "$here/odoo" -d "$DB" -i "$ADDON" "${install_options[@]}" \
        --stop-after-init --no-http
    phase "Upgrading" upgrade "$here/odoo" -d "$DB" -u "$ADDON" --stop-after-init --no-http
    phase "Using" use use
    phase "Uninstalling" uninstall "$here/odoo" module uninstall -d "$DB" "$ADDON"
    step "Looking for what is left in $DB" "$DB-left" nothing_left
done
