#!/usr/bin/env bash
# Installs the Debian packages of tools/packages.txt that are missing; when none is, it changes
# nothing and needs no rights. `tools/install.sh --list` prints what is missing and stops.
set -euo pipefail
list="$(dirname "${BASH_SOURCE[0]}")/packages.txt"

if ! command -v dpkg-query >/dev/null; then
    echo "install: this is not Debian. Install what tools/packages.txt names (clang 19, lld 19," \
        "cmake, ninja, ccache and the libraries) by your own means; then cmake --preset dev." >&2
    exit 2
fi

# Node from elsewhere brings an npm of its own, beside which Debian's package cannot be installed.
is_here() { # is_here PACKAGE
    [ "$1" = npm ] && command -v npm >/dev/null
}

missing=()
while read -r package; do
    status=$(dpkg-query -W -f '${db:Status-Status}' "$package" 2>/dev/null || true)
    [ "$status" = installed ] || is_here "$package" || missing+=("$package")
done < <(grep -vE '^(#|$)' "$list")

if [ ${#missing[@]} -eq 0 ]; then
    echo "install: all $(grep -cvE '^(#|$)' "$list") packages are here"
    exit 0
fi
echo "install: missing: ${missing[*]}"
[ "${1:-}" != --list ] || exit 1

as_root=()
if [ "$(id -u)" -ne 0 ]; then
    if ! command -v sudo >/dev/null; then
        echo "install: neither root nor sudo. Ask an administrator to run:" \
            "apt-get install ${missing[*]}" >&2
        exit 1
    fi
    as_root=(sudo)
fi
# libboost1.81-dev and the unversioned libboost-dev (1.74) exclude each other; apt says so.
"${as_root[@]}" apt-get update -qq
"${as_root[@]}" env DEBIAN_FRONTEND=noninteractive \
    apt-get install -y -qq --no-install-recommends "${missing[@]}" </dev/null
echo "install: done"
