#!/bin/sh
# hs-flatten on much: memory goes by the longest line, not by the stream.
. tests/lib.sh

# The sanitizers' shadow does not fit under any limit.
case $(nm "$BUILD/bin/hs-flatten" 2>/dev/null) in
*__asan_init*) limit=unlimited ;;
*) limit=limited ;;
esac
within() { # MiB command…
	mib=$1
	shift
	[ $limit = unlimited ] || ulimit -v $((mib * 1024)) || exit 99
	exec "$@"
}

record='{"id":"1","properties":{"name":"0123456789 0123456789","none":null},"createdAt":"2023-01-15T05:00:00Z","archived":false,"associations":{"contacts":{"results":[{"id":"7","type":"t"}]}}}'
flat=$(printf '%s\n' "$record" | hs-flatten)
title="a stream of 200 MB in 32 MiB"
is "$title" "$(
	yes "{\"results\":[$record,$record]}" | head -n 500000 |
		(within 32 hs-flatten) | uniq -c | tr -s ' '
)" " 500000 {\"results\":[$flat,$flat]}"
is "bare records as well" "$(
	yes "$record" | head -n 500000 | (within 32 hs-flatten -r) |
		uniq -c | tr -s ' '
)" " 500000 $flat"

# One value of 100 MB: the line, and what is made of it.
long() {
	printf '{"results":[{"id":"1",%s"a":"' "$1"
	head -c 100000000 /dev/zero | tr '\0' x
	printf '"%s}],"paging":null}\n' "$2"
}
is "a line of 100 MB passes" "$(
	long '"properties":{' '}' | (within 600 hs-flatten) | cksum
)" "$(long '' '' | cksum)"
is "and so do its records" "$(
	long '"properties":{' '}' | (within 600 hs-flatten -r) | wc -c |
		tr -d ' '
)" 100000018
status "a line beyond the limit ends the work" 65 sh -c "
	yes '$record' | tr -d '\\n' | hs-flatten --max-line 10M"
is "with nothing written" "$(cat "$T/out")" ""
is "and says so" "$(cat "$T/err")" \
	"hs-flatten: standard input: line 1 is longer than 10485760 bytes"
if [ $limit = unlimited ]; then
	skip "memory that runs out is an error" "no limits with the sanitizers"
else
	(long '' '' | within 100 hs-flatten) >"$T/out" 2>"$T/err"
	is "memory that runs out is an error" "$?" 71
	like "which says what it was for" "$(cat "$T/err")" \
		'^hs-flatten: standard input: line 1: out of memory for a line of [0-9]+ bytes$'
	is "and writes nothing" "$(wc -c <"$T/out" | tr -d ' ')" 0
fi

# A record with very many links, each twice.
awk 'BEGIN {
	printf "{\"id\":\"1\",\"associations\":{\"a\":{\"results\":["
	for (i = 0; i < 200000; i++)
		printf "%s{\"id\":\"%d\",\"type\":\"t\"}", i ? "," : "", \
			i % 100000
	print "]}}}"
}' >"$T/in"
awk 'BEGIN {
	printf "{\"id\":\"1\",\"a\":["
	for (i = 0; i < 100000; i++)
		printf "%s{\"id\":\"%d\",\"type\":\"t\"}", i ? "," : "", i
	print "]}"
}' >"$T/want"
timeout 60 hs-flatten "$T/in" >"$T/out"
same "100,000 links, each there twice" "$T/out" "$T/want"
timeout 60 hs-flatten --links "$T/in" | wc -l | tr -d ' ' >"$T/out"
is "give as many rows" "$(cat "$T/out")" 100000
t_done
