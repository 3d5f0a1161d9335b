#!/bin/sh
# The house's floors: who may include whom, who may exit, what a program
# links.
. tests/lib.sh

floor_of() {
	case $1 in
	err | buf | span) echo 0 ;;
	utf8 | scan | scan-* | json | csv | retry | sha256) echo 1 ;;
	in | out | page | target | target-*) echo 2 ;;
	tool) echo 5 ;;
	http | http-* | pace | pace-* | crm | crm-* | fetch | fetch-*) echo 4 ;;
	*) echo 3 ;;
	esac
}

up=
for f in lib/*.[ch]; do
	m=$(basename "${f%.?}")
	for i in $(sed -n 's/^#include "\(.*\)\.h"/\1/p' "$f"); do
		[ "$(floor_of "$i")" -le "$(floor_of "$m")" ] ||
			up="$up $f:$i"
	done
done
is "includes go down only" "$up" ""

# A program is a thin front: other programs' modules are found in lib/.
is "every header of ours that is included exists" "$(
	for f in lib/*.[ch] tools/*.c; do
		for i in $(sed -n 's/^#include "\(.*\)"/\1/p' "$f"); do
			[ -e "lib/$i" ] || echo "$f:$i"
		done
	done
)" ""

only() { # pattern: the files of lib/ that match it
	grep -lE "$1" lib/*.[ch] | sed 's,lib/,,' | tr '\n' ' '
}
exits='exit|_exit|_Exit|quick_exit|abort|errx?|verrx?'
is "only tool exits, and the child that could not become a program" \
	"$(only "(^|[^_a-z])($exits) ?\\(")" "spawn.c tool.c "
is "no program exits but by its main's return" \
	"$(grep -lE "(^|[^_a-z])($exits) ?\\(" tools/*.c)" ""
is "only tool prints" "$(only '(^|[^a-z_])(printf|puts|perror|fputs) ?\(|stderr|STDERR_FILENO' |
	tr ' ' '\n' | grep -vE '^(in|spawn[a-z-]*|progress|screen|tool)\.[ch]$' | tr -d '\n')" ""
is "libcurl is included in http alone" "$(only '<curl/')" "http-transfer.h "
is "libyaml is included in config alone" "$(only '<yaml')" "config-yaml.c "
is "cJSON is included only where documents are read" \
	"$(only '<cjson/|<cJSON' | tr ' ' '\n' | grep -vE '^(crm|schema|fetch)[a-z-]*\.[ch]$' | tr -d '\n')" ""

if ! command -v readelf >/dev/null; then
	skip "what each program links" "no readelf"
	t_done
fi
case $(nm "$BUILD/bin/hs-flatten" 2>/dev/null) in
*__asan_init*) san='|libasan|libubsan|libm\.|libpthread|libgcc_s|libdl|librt' ;;
*) san= ;;
esac
links() { # program pattern: what it needs beyond the pattern
	readelf -d "$BUILD/bin/$1" | sed -n 's/.*(NEEDED).*\[\(.*\)\]/\1/p' |
		grep -vE "^(libc\.|ld-linux$san$2)" | tr '\n' ' '
}
for p in "$BUILD"/bin/*; do
	p=$(basename "$p")
	case $p in
	hs-fetch) may='|libcurl|libcjson' ;;
	hs-schema | hs-load-csv) may='|libcjson' ;;
	hs-run) may='|libyaml' ;;
	*) may= ;;
	esac
	is "$p links no more than it may" "$(links "$p" "$may")" ""
done
is "hs-fetch links libcurl, so these would be seen" \
	"$(links hs-fetch '|libcjson' | grep -c libcurl)" 1
for p in "$BUILD"/bin/*; do
	like "$(basename "$p") is position-independent" \
		"$(readelf -h "$p")" 'Type: +DYN'
	like "it binds its symbols at the start" \
		"$(readelf -d "$p")" 'FLAGS.*NOW'
	like "and makes their table read-only" "$(readelf -lW "$p")" GNU_RELRO
	unlike "its stack holds no code" "$(readelf -lW "$p")" \
		'GNU_STACK.* RWE '
	nm -D "$p" >"$T/symbols"
	like "its stack is guarded" "$(cat "$T/symbols")" __stack_chk_fail
	if [ -n "$san" ] || ! readelf -d "$p" | grep -q 'libc\.so\.6'; then
		skip "it has checked string functions" \
			"not with the sanitizers, not with musl"
	else
		like "it has checked string functions" \
			"$(cat "$T/symbols")" '__[a-z]*printf_chk'
	fi
done
t_done
