#!/bin/sh
# Installs below a DESTDIR, tries what was installed, uninstalls, and finds
# nothing left.
set -eu
D=$(mktemp -d "${TMPDIR:-/tmp}/hs-install.XXXXXX")
trap 'rm -rf "$D"' EXIT
complain() {
	echo "check-install: $*" >&2
	exit 1
}
run() {
	${MAKE:-make} -s BUILD="$BUILD" DESTDIR="$D" PREFIX=/opt/hs "$1"
}

run install
for tool in tools/hs-*; do
	name=$(basename "$tool")
	bin=$D/opt/hs/bin/$name
	"$bin" --help | grep -q "^usage: $name" || complain "$name --help"
	"$bin" --version | grep -q "^$name " || complain "$name --version"
	[ -s "$D/opt/hs/share/man/man1/$name.1" ] || complain "no $name.1"
done
for page in man/*.[157]; do
	[ -s "$D/opt/hs/share/man/man${page##*.}/${page#man/}" ] ||
		complain "no $page"
done
[ -s "$D/opt/hs/share/zsh/site-functions/_hs-tools" ] ||
	complain "no completion for zsh"
if command -v bash >/dev/null; then
	# offers WORD…: what bash offers for the last one
	offers() {
		bash -c '. "$0/share/bash-completion/completions/$1" &&
			COMP_WORDS=("$@") COMP_CWORD=$(($# - 1)) &&
			PATH=$0/bin:$PATH && _hs_tools "$1" &&
			echo "${COMPREPLY[@]}"' "$D/opt/hs" "$@"
	}
	[ "$(offers hs-fetch --verify)" = --verify-count ] ||
		complain "bash offers no options"
	[ "$(offers hs-fetch compan)" = companies ] ||
		complain "bash offers no objects"
	[ "$(offers hs-label --head)" = --headings ] ||
		complain "bash offers no options of hs-label"
	[ "$(offers hs-load-csv -m me)" = merge ] ||
		complain "bash offers no modes"
	[ "$(offers hs-run ./LIC)" = ./LICENSE ] ||
		complain "bash offers no files"
fi
echo '{"id":"1","properties":{"a":"b"}}' | "$D/opt/hs/bin/hs-flatten" |
	grep -qx '{"id":"1","a":"b"}' || complain "hs-flatten gives no record"
run uninstall
left=$(find "$D" ! -type d)
[ -z "$left" ] || complain "left behind: $left"
echo "check-install: installed, tried and removed"
