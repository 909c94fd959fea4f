#!/usr/bin/env bash
# lint.sh: every check of the OCA 19.0 template; fails on any finding.   lint.sh --fix: formats the files.
set -euo pipefail
. "$(dirname "$0")/lint_env.sh"

files() { git ls-files -co --exclude-standard --deduplicate -- "$@"; }

# XML, and what the web client loads.
prettier() {
    files '*.xml' '*.js' '*.css' '*.scss' '*.yaml' '*.yml' '*.cjs' ':!*/static/lib/*' | existing |
        NODE_PATH=$NODE/node_modules xargs -r "$NODE/node_modules/.bin/prettier" --log-level=warn "$@"
}

existing() {
    local file
    while read -r file; do if [ -f "$file" ]; then echo "$file"; fi; done
}

oca_po() { files '*.po' '*.pot' | existing | xargs -r "$TOOLS/oca-checks-po" --disable=po-pretty-format; }

failed=()
check() {
    local name=$1
    shift
    if "$@"; then say "$name: clean"; else failed+=("$name"); fi
}

check_all() {
    check "ruff" "$TOOLS/ruff" check --no-fix --quiet .
    check "ruff format" "$TOOLS/ruff" format --check --quiet --diff .
    check "prettier" prettier --check
    check "pylint-odoo" "$TOOLS/pylint" --rcfile=.pylintrc "$ADDON"
    check "oca-checks-odoo-module" "$TOOLS/oca-checks-odoo-module" "$ADDON"
    check "oca-checks-po" oca_po
    if [ ${#failed[@]} != 0 ]; then die "findings of: ${failed[*]}"; fi
}

fix_all() {
    "$TOOLS/ruff" check --fix --quiet . || true
    "$TOOLS/ruff" format --quiet .
    prettier --write
}

cd "$ROOT"
install_python_tools
install_prettier
if [ "${1:-}" = --fix ]; then fix_all; else check_all; fi
