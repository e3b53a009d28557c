#!/bin/sh
# Installs the Debian packages of the named lists (packages/NAME.txt) that are missing; does nothing where all are there.
#   tools/packages.sh build test
set -eu
cd "$(dirname "$0")/.."
wanted=$(for list in "$@"; do grep -v '^#' "packages/$list.txt"; done | sort -u)
missing=
for package in $wanted; do
	# Node may come from elsewhere, and its package then excludes Debian's npm.
	case $package in
	nodejs) command -v node >/dev/null && continue ;;
	npm) command -v npm >/dev/null && continue ;;
	esac
	dpkg-query -W -f '${db:Status-Status}\n' "$package" 2>/dev/null | grep -qx installed || missing="$missing $package"
done
[ -n "$missing" ] || exit 0
echo "Installing:$missing" >&2
if [ "$(id -u)" = 0 ]; then as_root=; elif command -v sudo >/dev/null; then as_root=sudo; else
	echo "These packages are missing and there is neither root nor sudo; install them and try again." >&2
	exit 77
fi
export DEBIAN_FRONTEND=noninteractive
$as_root apt-get -q update >&2
# A server that a package would start by itself is not wanted: the tests start their own.
# shellcheck disable=SC2086
$as_root env DEBIAN_FRONTEND=noninteractive apt-get -q -y --no-install-recommends -o Dpkg::Options::=--force-confold install $missing >&2
