#!/usr/bin/env bash
# Installs what the other commands need: system packages, Odoo 19 (in .odoo/), Python packages (in .venv/).
# ODOO_HOME=/path/to/odoo uses that Odoo 19 and downloads none.
set -euo pipefail
. "$(dirname "$0")/env.sh"

ODOO_PACKAGE=odoo-19
ODOO_VERSION=19.0.0+dfsg-1
# The package links to the fonts and libraries of these packages.
RELEASE_PACKAGES=(
    fonts-roboto-unhinted fonts-inconsolata fonts-font-awesome fonts-glyphicons-halflings
    libjs-jquery libjs-jquery-form libjs-underscore fonts-ocr-b
)
SID_PACKAGES=(fonts-montserrat)
SYSTEM_PACKAGES=(
    chromium file fontconfig fonts-dejavu-core fonts-liberation fonts-roboto-unhinted libxml2-utils
    poppler-utils postgresql wkhtmltopdf
)
COMMANDS=(chromium pdftotext psql wkhtmltopdf xmllint)

find_python() {
    local name
    for name in "${PYTHON:-}" python3.11 python3.12 python3.10; do
        if [ -n "$name" ] && "$name" -c '' 2>/dev/null; then
            command -v "$name"
            return
        fi
    done
    die "no Python 3.10, 3.11 or 3.12 found: install python3.11, or set PYTHON=/path/to/python"
}

apt_update_once() {
    if [ -z "${apt_updated:-}" ]; then
        step "Reading the list of system packages" apt-update as_root apt-get update
        apt_updated=1
    fi
}

missing_packages() {
    local installed name
    installed=$(dpkg-query -W -f '${Package} ${db:Status-Status}\n' "${SYSTEM_PACKAGES[@]}" 2>/dev/null || true)
    for name in "${SYSTEM_PACKAGES[@]}"; do
        grep -qx "$name installed" <<<"$installed" || echo "$name"
    done
}

install_system_packages() {
    local missing
    if ! command -v dpkg-query >/dev/null; then
        command -v "${COMMANDS[@]}" >/dev/null || die "install what gives these commands: ${COMMANDS[*]}"
        return
    fi
    mapfile -t missing < <(missing_packages)
    if ! [ -x "$PYTHON_BIN" ] && ! "$(find_python)" -c 'import ensurepip' 2>/dev/null; then missing+=(python3-venv); fi
    if [ ${#missing[@]} = 0 ]; then return; fi
    apt_update_once
    step "Installing ${missing[*]}" apt-install \
        as_root env DEBIAN_FRONTEND=noninteractive apt-get install -y --no-install-recommends "${missing[@]}"
}

# The address of the Debian mirror that this machine uses.
debian_mirror() {
    # shellcheck disable=SC2016 # apt-get replaces these names
    apt-get indextargets --format '$(REPO_URI) $(CODENAME) $(COMPONENT)' \
        'Created-By: Packages' 'Origin: Debian' 2>/dev/null |
        awk '$3 == "main" && $2 !~ /-/ {print $1; exit}'
}

sid() {
    apt-get -o "Dir::Etc::SourceList=$WORK/apt/sid.list" -o Dir::Etc::SourceParts=/dev/null \
        -o "Dir::State::Lists=$WORK/apt/lists" -o "Dir::Cache=$WORK/apt/cache" \
        -o APT::Sandbox::User= "$@"
}

prepare_sid() {
    local mirror=$1 keyring=/usr/share/keyrings/debian-archive-keyring.gpg
    rm -rf "$WORK/apt"
    mkdir -p "$WORK/apt/lists/partial" "$WORK/apt/cache/archives/partial"
    printf 'deb [signed-by=%s] %s sid main\n' "$keyring" "$mirror" >"$WORK/apt/sid.list"
    sid update
}

download_odoo() (
    cd "$WORK/deb" || return
    if sid download "$ODOO_PACKAGE=$ODOO_VERSION"; then return; fi
    sid download "$ODOO_PACKAGE" && touch newer
)

download_libraries() (
    cd "$WORK/deb" &&
        sid download "${SID_PACKAGES[@]}" &&
        apt-get -o APT::Sandbox::User= download "${RELEASE_PACKAGES[@]}"
)

unpack_odoo() {
    local file
    mkdir -p "$WORK/dist"
    for file in "$WORK"/deb/*.deb; do dpkg-deb -x "$file" "$WORK/dist" || return; done
    write_missing_script
}

# The Debian package leaves this file out, and every page of the web client then logs an error.
write_missing_script() {
    local file
    file=$(odoo_path)/odoo/addons/mail/static/lib/selfie_segmentation/selfie_segmentation.js
    if [ ! -e "$file" ]; then
        mkdir -p "$(dirname "$file")"
        echo '// background blur is not part of this distribution' >"$file"
    fi
}

no_odoo() {
    die "$1: give the path of an Odoo 19 with ODOO_HOME=/path/to/odoo"
}

install_odoo() {
    local mirror
    command -v apt-get >/dev/null || no_odoo "this machine has no apt-get to fetch Odoo with"
    apt_update_once
    mirror=$(debian_mirror)
    [ -n "$mirror" ] || no_odoo "this machine reads no Debian mirror"
    rm -rf "$WORK/deb" "$WORK/dist"
    mkdir -p "$WORK/deb"
    step "Reading the list of Debian sid" sid-update prepare_sid "$mirror" || no_odoo "Debian sid cannot be read"
    step "Downloading $ODOO_PACKAGE" odoo-download download_odoo || no_odoo "the mirror carries no $ODOO_PACKAGE"
    if [ -e "$WORK/deb/newer" ]; then
        say "note: $ODOO_PACKAGE $ODOO_VERSION is gone from the mirror, using $(cd "$WORK/deb" && ls ${ODOO_PACKAGE}_*.deb)"
    fi
    step "Downloading its fonts and scripts" libraries-download download_libraries
    step "Unpacking Odoo into .odoo/dist" odoo-unpack unpack_odoo
    rm -rf "$WORK/deb" "$WORK/apt"
}

make_venv() {
    local python
    python=$(find_python) || return
    "$python" -m venv --clear "$ROOT/.venv" &&
        "$ROOT/.venv/bin/pip" install --no-input \
            -r "$ROOT/dev/requirements.txt" -r "$ROOT/dev/requirements-test.txt"
}

write_conf() {
    cat >"$ODOO_RC" <<CONF
[options]
addons_path = $(odoo_addons_path)
data_dir = $WORK/data
admin_passwd = admin
http_interface = 127.0.0.1
smtp_server = 127.0.0.1
smtp_port = 8025
limit_time_cpu = 3600
limit_time_real = 3600
CONF
}

main() {
    install_system_packages
    if [ -n "${ODOO_HOME:-}" ]; then
        [ -f "$(odoo_path)/odoo/release.py" ] || no_odoo "there is no Odoo in $ODOO_HOME"
    else
        once "$WORK/dist/installed" "$ODOO_PACKAGE $ODOO_VERSION" install_odoo
    fi
    once "$ROOT/.venv/installed" "$ROOT $(cat "$ROOT"/dev/requirements{,-test}.txt | sha256sum)" \
        step "Installing the Python packages in .venv" pip make_venv
    write_conf
}

main
