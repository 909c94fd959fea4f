# shellcheck shell=bash
# Sourced by lint.sh and wheel.sh: the tools that check and build, apart from Odoo's packages.
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
. "$here/env.sh"
unset PYTHONPATH ODOO_RC

TOOLS=$ROOT/.venv-lint/bin
NODE=$WORK/node
PRETTIER_PACKAGES=(prettier@3.6.2 @prettier/plugin-xml@3.4.2)

make_lint_venv() {
    "${PYTHON:-python3}" -m venv --clear "$ROOT/.venv-lint" &&
        "$TOOLS/pip" install --no-input -r "$ROOT/dev/requirements-lint.txt"
}

make_prettier() {
    rm -rf "$NODE" && mkdir -p "$NODE" &&
        npm install --prefix "$NODE" --no-audit --no-fund --ignore-scripts --no-package-lock "${PRETTIER_PACKAGES[@]}"
}

install_python_tools() {
    once "$ROOT/.venv-lint/installed" "$(sha256sum <"$ROOT/dev/requirements-lint.txt")" \
        step "Installing the checking tools in .venv-lint" pip-lint make_lint_venv
}

install_prettier() {
    command -v npm >/dev/null || die "prettier needs npm: install Node.js 18 or newer"
    once "$NODE/installed" "${PRETTIER_PACKAGES[*]}" step "Installing prettier in .odoo/node" npm make_prettier
}
