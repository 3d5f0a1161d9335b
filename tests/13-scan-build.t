#!/bin/sh
# The scanner's tests where char has no sign, and without help from the
# compiler; the tests and hs-flatten under valgrind.
. tests/lib.sh

cc=${CC:-cc}
build() { # name option…: the scanner's tests, compiled in another way
	name=$1
	shift
	$cc -D_GNU_SOURCE -Ilib -std=c11 -g -w "$@" -o "$T/$name" \
		"tests/unit/$unit.c" $lib -lcjson
}
for unit in scan scan-portable; do
	lib='lib/json.c lib/utf8.c lib/buf.c lib/err.c lib/scan-known.c'
	lib="$lib lib/scan-pick.c lib/grow.c"
	[ $unit = scan ] && lib="$lib lib/scan-walk.c lib/scan-scalar.c lib/scan-decode.c"
	ok "$unit compiles with unsigned char" \
		build $unit-unsigned -O2 -funsigned-char
	ok "and passes" "$T/$unit-unsigned"
	ok "$unit compiles without optimization" build $unit-plain -O0
	ok "and passes" "$T/$unit-plain"
done

case $(nm "$BUILD/bin/hs-flatten" 2>/dev/null) in
*__asan_init*) reason="built with the sanitizers" ;;
*) command -v valgrind >/dev/null && reason= || reason="no valgrind" ;;
esac
if [ -n "$reason" ]; then
	skip "valgrind finds nothing" "$reason"
	t_done
fi
clean() {
	valgrind -q --error-exitcode=99 --leak-check=full "$@"
}
ok "valgrind finds nothing in the buffers' tests" \
	clean "$BUILD/tests/unit/buf"
ok "in those of the streams" clean "$BUILD/tests/unit/page"
for seed in tests/fuzz/seeds/flatten/*; do
	cat "$seed"
	echo
done >"$T/in"
grep -v twice "$T/in" | grep -v '"properties":{"a":1},"properties"' |
	grep . >"$T/good"
status "in hs-flatten" 0 clean hs-flatten -q "$T/good"
status "in its link table" 65 clean hs-flatten -q -r --links "$T/good"
status "where it fails" 65 clean hs-flatten -q "$T/in"
t_done
