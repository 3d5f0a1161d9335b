#!/bin/sh
# hs-schema in the middle of a pipe: the stream goes through byte for byte,
# FILE is replaced only by a whole one.
. tests/lib.sh

page() { # number more records
	next=
	[ "$2" = more ] && next='"paging":{"next":{"after":"x"}},'
	printf '{"results":[%s],%s"hs":{"object":"companies","page":%s}}\n' \
		"$3" "$next" "$1"
}
r='{ "id" : "1","name":"\u0041 é","n":1.50e3,"z":null}'
{
	page 0 more "$r, {\"id\":\"2\"}"
	page 1 more ""
	page 2 last '{"id":"3"}'
} >"$T/whole"
head -n 2 "$T/whole" >"$T/cut"
new="$T/new.json"

status "-o writes FILE" 0 hs-schema -o "$new" <"$T/whole"
same "and passes the stream on byte for byte" "$T/out" "$T/whole"
hs-schema <"$T/whole" >"$T/plain"
same "FILE is what goes to standard output without -o" "$new" "$T/plain"
printf '%s' "$r" >"$T/torn"
status "a last line without newline is passed on without one" 0 \
	hs-schema -o "$new" <"$T/torn"
same "byte for byte" "$T/out" "$T/torn"

# What is not whole leaves FILE as it was.
keeps() { # title status input
	echo old >"$new"
	status "$1: refused" "$2" hs-schema -o "$new" <"$3"
	is "$1: FILE is as it was" "$(cat "$new")" old
	is "$1: nothing is left beside it" \
		"$(find "$T" -name '*.hs-new')" ""
}
keeps "no last page" 65 "$T/cut"
like "the message says so" "$(cat "$T/err")" incomplete
same "whole pages of it went through" "$T/out" "$T/cut"
: >"$T/empty"
keeps "an empty stream" 65 "$T/empty"
{ cat "$T/cut" && printf '{"results":[{"id":"3"'; } >"$T/bad"
keeps "a line that is cut off" 65 "$T/bad"
same "nothing of it went through" "$T/out" "$T/cut"
like "the message names the place" "$(cat "$T/err")" 'line 3, column'
{ sed -n 1p "$T/whole" && sed -n 3p "$T/whole"; } >"$T/gap"
keeps "a page that is missing" 65 "$T/gap"
{ cat "$T/whole" && echo "$r"; } >"$T/mix"
keeps "a bare record among pages" 65 "$T/mix"
echo '{"results":[],"paging":{"next":{"link":"x"}}}' >"$T/link"
keeps "a next page without a cursor" 65 "$T/link"
asked() { # page request
	echo "{\"results\":[],\"paging\":{\"next\":$3},\"hs\":{\"object\":\"c\",\"page\":$1,\"request\":\"$2\"}}"
}
{ asked 0 a '{}' && asked 1 b null; } >"$T/asked"
keeps "a page of another request" 65 "$T/asked"
{ asked 0 a '{}' && asked 1 a null; } >"$T/asked"
status "pages of one request are one stream" 0 hs-schema -o "$new" <"$T/asked"
echo '{"status":"error","message":"not today","correlationId":"x"}' >"$T/error"
keeps "an error of the API" 65 "$T/error"
like "its message is quoted" "$(cat "$T/err")" 'error of the API.*not today'
{ echo "$r" && echo '{"id":01}'; } >"$T/invalid"
keeps "JSON that is none" 65 "$T/invalid"
is "the line before it went through" "$(cat "$T/out")" "$r"
echo '{"a\ud800":1}' >"$T/lone"
keeps "a name that UTF-8 cannot express" 65 "$T/lone"
like "the cure is told" "$(cat "$T/err")" '--replace-invalid'
status "it may be replaced" 0 hs-schema --replace-invalid -o "$new" <"$T/lone"
is "by U+FFFD" "$(jq -r '.fields[0].name' "$new")" "$(printf 'a\357\277\275')"
echo old >"$new"
status "a key that is not filled: refused" 65 \
	hs-schema -o "$new" -k name <"$T/whole"
is "FILE is as it was" "$(cat "$new")" old
status "a folder that is not there" 73 \
	hs-schema -o "$T/no/such.json" <"$T/whole"
is "nothing was passed on" "$(cat "$T/out")" ""

# FILE is there before the reader sees the end.
rm -f "$new"
is "who reads the stream to its end finds FILE" "$(
	hs-schema -o "$new" <"$T/whole" | {
		cat >/dev/null
		jq -r '.fields | length' "$new"
	}
)" 4
echo old >"$new"
mkfifo "$T/in"
hs-schema -o "$new" <"$T/in" >"$T/out" &
pid=$!
exec 8>"$T/in"
head -n 1 "$T/whole" >&8
while [ ! -s "$T/out" ]; do
	kill -0 $pid 2>/dev/null || break
done
is "a page is passed on before the next one comes" \
	"$(cat "$T/out")" "$(head -n 1 "$T/whole")"
is "FILE waits for the end" "$(cat "$new")" old
kill $pid
exec 8>&-
wait $pid 2>/dev/null
is "a killed one leaves FILE as it was" "$(cat "$new")" old
is "and nothing beside it" "$(find "$T" -name '*.hs-new')" ""

# Whoever reads the stream may leave before its end.
awk 'BEGIN { for (i = 0; i < 200000; i++) print "{\"id\":\"" i "\"}" }' \
	>"$T/long"
is "a reader that leaves ends it" "$(
	{ hs-schema -o "$new" <"$T/long" 2>"$T/err"; echo $? >"$T/rc"; } |
		head -n 1)" '{"id":"0"}'
is "quietly" "$(cat "$T/rc" "$T/err")" 141
is "FILE is as it was" "$(cat "$new")" old
is "nothing is left beside it" "$(find "$T" -name '*.hs-new')" ""

if [ -e /dev/full ]; then
	status "a full disk downstream fails" 74 \
		sh -c 'hs-schema -o "$1" <"$2" >/dev/full' - "$new" "$T/whole"
	is "and leaves FILE as it was" "$(cat "$new")" old
	status "a full standard output fails" 74 \
		sh -c 'hs-schema <"$1" >/dev/full' - "$T/whole"
else
	skip "full disks" "no /dev/full"
fi

# SIGTERM at any call: FILE is the old schema or the new one, alone.
shim=$PWD/$BUILD/tests/shim/fault.so
# The sanitizers want to come first; here they come second.
ASAN_OPTIONS=${ASAN_OPTIONS:+$ASAN_OPTIONS:}verify_asan_link_order=0
export ASAN_OPTIONS
mkdir "$T/d"
hs-schema -o "$T/want" <"$T/whole" >/dev/null
echo old >"$T/d/file"
FAULT_LOG=$T/log LD_PRELOAD=$shim hs-schema -o "$T/d/file" <"$T/whole" \
	>/dev/null
ok "what hs-schema -o does is seen" grep -q renameat "$T/log"
is "SIGTERM at any of its calls leaves nothing behind" "$(
	at=0
	while read -r name; do
		at=$((at + 1))
		echo old >"$T/d/file"
		FAULT_DO=run FAULT_RUN='kill -TERM $PPID' FAULT_AT=$at \
			LD_PRELOAD=$shim hs-schema -o "$T/d/file" \
			<"$T/whole" >/dev/null
		rc=$?
		cmp -s "$T/d/file" "$T/want" ||
			[ "$(cat "$T/d/file")" = old ] || rc=neither
		[ "$rc $(ls -A "$T/d")" = "143 file" ] ||
			echo "call $at, $name: $rc, $(ls -A "$T/d")"
	done <"$T/log" 2>/dev/null
)" ""

# SIGKILL: no loader gets a whole stream without its schema.
whole=$(($(wc -c <"$T/whole") - 1))
is "SIGKILL at any of them, and no stream is whole without its schema" "$(
	at=0
	while read -r name; do
		at=$((at + 1))
		rm -f "$T/d/".[!.]*
		echo old >"$T/d/file"
		FAULT_DO=kill FAULT_AT=$at LD_PRELOAD=$shim \
			hs-schema -o "$T/d/file" <"$T/whole" >"$T/passed"
		[ "$(wc -c <"$T/passed")" -lt "$whole" ] ||
			cmp -s "$T/d/file" "$T/want" ||
			echo "call $at, $name"
	done <"$T/log" 2>/dev/null
)" ""
rm -f "$T/d/".[!.]*

# A schema of 200 columns takes some kilobytes.
awk 'BEGIN {
	printf "{\"id\":\"1\""
	for (i = 0; i < 200; i++) printf ",\"column_%d\":\"x\"", i
	print "}"
}' >"$T/wide"
is "a limit on file sizes is status 74" "$(
	{ (ulimit -f 1; hs-schema -o "$new" <"$T/wide" 2>"$T/err")
		echo $? >&2; } 2>&1 | tail -n 1)" 74
like "and said" "$(cat "$T/err")" 'too large'
is "FILE is as it was" "$(cat "$new")" old
is "nothing is left beside it" "$(find "$T" -name '*.hs-new')" ""

# Without -o a sample is fine.
status "types of an incomplete stream are those of a sample" 0 \
	hs-schema <"$T/cut"
is "the schema says so" "$(jq '."hs:complete"' "$T/out")" false
like "and so does a warning" "$(cat "$T/err")" 'incomplete.*sample'
status "which -q keeps quiet" 0 hs-schema -q <"$T/cut"
is "as it should" "$(cat "$T/err")" ""
status "an empty stream has no types" 65 hs-schema <"$T/empty"
head -c 67108900 /dev/zero | tr '\0' ' ' >"$T/huge"
status "a schema file without end is refused" 65 \
	hs-schema --diff "$T/huge" <"$T/whole"
status "a line beyond --max-line is refused" 65 \
	hs-schema --max-line 50 <"$T/whole"
status "a record that is not flat is worth a warning" 0 hs-schema <<'END'
{"id":"1","properties":{"name":"x"}}
END
like "that says what to do" "$(cat "$T/err")" hs-flatten
status "-v counts" 0 hs-schema -v <"$T/whole"
like "records and columns" "$(cat "$T/err")" '3 records, 4 columns'

for wrong in "-f xml" "--dialect duckdb" "--table x" "-f sql --dialect nosql" \
	"--nosuch" "FILE" "--max-line 0" "-o" "-o -" "--diff $T/plain -f sql"; do
	# shellcheck disable=SC2086 # several words
	status "usage: $wrong" 64 hs-schema $wrong </dev/null
done
status "--help" 0 hs-schema --help
like "is on standard output" "$(cat "$T/out")" '^usage: hs-schema '
status "--version" 0 hs-schema --version
t_done
