#!/usr/bin/env bash
# Install what is missing, and only that. `setup.sh run` is for the site itself, `setup.sh test` adds what tests need.
set -euo pipefail
cd "$(dirname "$0")/.."
purpose=${1:-run}

site_packages=(libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0 fonts-nanum)
test_packages=(chromium poppler-utils postgresql)

say() { printf '== %s\n' "$*"; }

as_root() {
    if [ "$(id -u)" = 0 ]; then "$@"; else sudo "$@"; fi
}

is_installed() {
    [ "$(dpkg-query -W -f='${db:Status-Status}' "$1" 2>/dev/null)" = installed ]
}

install_system_packages() {
    local wanted=("${site_packages[@]}") missing=() package
    [ "$purpose" = test ] && wanted+=("${test_packages[@]}")
    if ! command -v dpkg-query >/dev/null; then
        say "Not a Debian system: please install these yourself: ${wanted[*]}"
        return
    fi
    for package in "${wanted[@]}"; do
        is_installed "$package" || missing+=("$package")
    done
    python3 -c 'import ensurepip, venv' 2>/dev/null || missing+=(python3-venv)
    [ ${#missing[@]} = 0 ] && return
    say "Installing system packages: ${missing[*]}"
    as_root apt-get update -q
    as_root env DEBIAN_FRONTEND=noninteractive apt-get install -yq --no-install-recommends "${missing[@]}" </dev/null
}

make_virtual_environment() {
    python3 -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { say "Python 3.11 or newer is needed."; exit 1; }
    .venv/bin/python -m pip --version >/dev/null 2>&1 || python3 -m venv --clear .venv
}

install_lock() {
    local lock=$1
    cmp -s "$lock" ".venv/installed-$lock" && return
    say "Installing $lock"
    .venv/bin/python -m pip install -q --disable-pip-version-check --require-hashes --only-binary :all: -r "$lock"
    cp "$lock" ".venv/installed-$lock"
}

install_python_packages() {
    # requirements-dev.txt holds everything of requirements.txt too.
    if [ "$purpose" = test ]; then
        install_lock requirements-dev.txt
        cp requirements.txt .venv/installed-requirements.txt
    else
        install_lock requirements.txt
    fi
}

install_npm_packages() {
    cmp -s package-lock.json node_modules/installed-package-lock.json && return
    command -v npm >/dev/null || install_lock requirements-node.txt
    say "Installing package-lock.json"
    PATH="$PATH:$PWD/.venv/bin" npm ci --ignore-scripts --no-audit --no-fund --loglevel=error
    cp package-lock.json node_modules/installed-package-lock.json
}

copy_assets() {
    local vendor=static/vendor krds=node_modules/krds-uiux/resources
    local made_from
    made_from=$(cat package-lock.json requirements.txt scripts/setup.sh | sha256sum)
    [ "$made_from" = "$(cat $vendor/made-from 2>/dev/null)" ] && return
    say "Copying assets to $vendor"
    rm -rf $vendor
    mkdir -p $vendor/krds/css/token $vendor/krds/fonts $vendor/fonts $vendor/idb
    cp node_modules/idb/build/index.js $vendor/idb/
    cp $krds/css/token/krds_tokens.css $vendor/krds/css/token/
    cp $krds/fonts/*.woff2 $vendor/krds/fonts/
    # Static faces only: a variable font makes a PDF three times slower.
    cp /usr/share/fonts/truetype/nanum/Nanum{Gothic,GothicBold,Myeongjo,MyeongjoBold,BarunGothic}.ttf $vendor/fonts/
    printf '%s\n' "$made_from" >$vendor/made-from
}

install_system_packages
make_virtual_environment
install_python_packages
install_npm_packages
copy_assets
