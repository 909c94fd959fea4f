#!/usr/bin/env bash
# Builds the addon's wheel in dist/ and looks that it holds what the addon needs.
set -euo pipefail
. "$(dirname "$0")/lint_env.sh"

# The version is the manifest's, without a suffix for the commits since.
build() {
    WHOOL_POST_VERSION_STRATEGY_OVERRIDE=none \
        "$TOOLS/python" -m build --wheel --no-isolation --outdir "$ROOT/dist" "$ROOT/$ADDON"
}

install_python_tools
rm -rf "$ROOT/dist"
step "Building the wheel" wheel build
"$TOOLS/python" "$ROOT/dev/check_wheel.py" "$ROOT/dist"/*.whl "$ROOT/$ADDON"
