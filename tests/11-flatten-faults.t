#!/bin/sh
# hs-flatten when something is wrong: the input, the output, the command line.
. tests/lib.sh

put() { # line…
	printf '%s\n' "$@"
}

# bad TITLE LINE MESSAGE: behind a good page and a good record the line ends
# the work with 65, having written these two and nothing of its own.
put '{"results":[{"properties":{"a":1}}],"paging":null}' \
	'{"properties":{"b":2}}' >"$T/good"
put '{"results":[{"a":1}],"paging":null}' '{"b":2}' >"$T/good.flat"
bad() {
	{
		cat "$T/good"
		printf '%s' "$2"
		echo
		cat "$T/good"
	} >"$T/in"
	status "$1" 65 hs-flatten "$T/in"
	is "$1: said so" "$(cat "$T/err")" "hs-flatten: $T/in: line 3$3"
	same "$1: no part of it is written" "$T/out" "$T/good.flat"
}
bad "a blank line" '' ', column 1: not a JSON object'
bad "a list" '[1]' ', column 1: not a JSON object'
bad "HTML" '<!doctype html>' ', column 1: not a JSON object'
bad "a cut page" '{"results":[{"properties":{"c":3}},{"prop' \
	', column 42: the text ends in the middle of a value (in record 4)'
bad "a cut record" '{"properties":{"c":3' \
	', column 21: the text ends in the middle of a value (in record 3)'
bad "a bad record behind good ones" \
	'{"results":[{"properties":{"c":3}},{"properties":{"c":01}}]}' \
	', column 56: a number starts with a zero (in record 4)'
bad "a page that is bad behind its records" \
	'{"results":[{"properties":{"c":3}}],"paging":nul}' \
	', column 46: not a JSON value'
bad "NaN" '{"properties":{"c":NaN}}' \
	', column 20: not a JSON value (in record 3)'
bad "two lines in one" '{"properties":{}}{"properties":{}}' \
	', column 18: more text after the value (in record 3)'
bad "a record that is none" '{"results":[{},"x"]}' \
	', column 16: a record is not an object (in record 4)'
bad "properties twice" '{"properties":{"c":3},"properties":{"c":4}}' \
	', column 36: a record has two members of this name (in record 3)'
bad "results twice" '{"results":[],"results":[]}' \
	', column 25: results appears twice in a page'
bad "bytes that are not UTF-8" "$(printf '{"properties":{"c":"\377"}}')" \
	', column 21: not UTF-8 (in record 3)'
bad "a raw tab" "$(printf '{"properties":{"c":"\t"}}')" \
	', column 21: raw control character in a string (in record 3)'
{
	printf '{"properties":{"c":'
	head -c 1001 /dev/zero | tr '\0' '['
} >"$T/deep"
bad "a thousand levels and more" "$(cat "$T/deep")" \
	', column 1018: nested too deep (in record 3)'
head -c 1000000 /dev/zero | tr '\0' '[' >"$T/deep"
bad "a million brackets" "{\"a\":$(cat "$T/deep")" \
	', column 1005: nested too deep (in record 3)'

printf '{"results":[],"paging":{"ne' >"$T/torn"
status "a torn last line" 65 hs-flatten "$T/torn"
is "is called one" "$(cat "$T/err")" \
	"hs-flatten: $T/torn: line 1, column 28: the text ends in the middle of a value; the last line has no newline: the program that wrote it was cut off"
# What is not a stream is called by its name, with the cure.
foreign() { # title bytes pattern
	printf "$2" >"$T/foreign"
	status "$1" 65 hs-flatten "$T/foreign"
	is "$1: nothing is written" "$(cat "$T/out")" ""
	like "$1: the cure" "$(cat "$T/err")" "$3"
}
foreign "JSON over several lines" '{\n  "results": [\n  ]\n}\n' 'jq -c \. '
foreign "an array" '[\n  {"id":"1"}\n]\n' "jq -c '\.\[\]'"
foreign "an array on one line" '[{"id":"1"}]' "jq -c '\.\[\]'"
foreign "a byte order mark" '\357\273\277{"id":"1"}\n' 'tail -c \+4'
foreign "UTF-16" '\377\376{\0"\0' 'iconv -f UTF-16 -t UTF-8'
foreign "CSV" 'id,name\n1,x\n' 'mlr --icsv --ojsonl'
foreign "YAML" 'name: x\nversion: v1\n' 'YAML: hs-run'
foreign "HTML" '<!DOCTYPE html>\n' 'HTML'
status "standard input has a name, too" 65 sh -c 'echo x | hs-flatten'
like "which is told" "$(cat "$T/err")" '^hs-flatten: standard input: line 1'

# A long page that is bad at its end: longer than any buffer.
{
	cat "$T/good"
	printf '{"results":['
	yes '{"properties":{"name":"0123456789"}},' | head -n 30000 | tr -d '\n'
	echo 'x]}'
} >"$T/long"
status "a megabyte that is bad at its end" 65 hs-flatten "$T/long"
same "nothing of it is written" "$T/out" "$T/good.flat"
like "record and column are told" "$(cat "$T/err")" \
	'line 3, column 1110013: a record is not an object \(in record 30003\)$'
status "the same with -r" 65 hs-flatten -r "$T/long"
is "nothing of it is written" "$(cat "$T/out")" "$(put '{"a":1}' '{"b":2}')"
put '{"id":"1","associations":{"a":[{"id":"2"}]}}' \
	'{"id":"1","associations":{"a":[{"id":"2"}],"b":5}}' >"$T/in"
status "--links and an association of no known shape" 65 \
	hs-flatten --links "$T/in"
is "it is shown where" "$(cat "$T/err")" \
	"hs-flatten: $T/in: line 2, column 48: an association of unknown shape (in record 2)"
is "nothing of its record is written" "$(cat "$T/out")" \
	'{"from_id":"1","to_id":"2","association":"a","type":null}'
status "--links and a record without id" 65 sh -c \
	'echo "{\"associations\":{\"a\":[]}}" | hs-flatten --links'

# The length of lines.
printf '%s\n' '{"a":"123"}' >"$T/in"
status "a line of --max-line" 0 hs-flatten --max-line 11 "$T/in"
status "a line longer than that" 65 hs-flatten --max-line=10 "$T/in"
is "says so" "$(cat "$T/err")" \
	"hs-flatten: $T/in: line 1 is longer than 10 bytes"
most=1G
[ "$(getconf LONG_BIT)" = 64 ] || most=511M
for size in 1k 1M $most; do
	status "--max-line $size" 0 hs-flatten --max-line $size "$T/in"
done
for size in 0 -1 1T 1kk x '' 1.5M 99999999999999999999 999999999G ' 1'; do
	status "--max-line '$size' is no size" 64 \
		hs-flatten --max-line "$size" "$T/in"
done

# Files.
status "a file that isn't there" 66 hs-flatten "$T/good" "$T/none"
is "is named" "$(cat "$T/err")" \
	"hs-flatten: $T/none: No such file or directory"
same "the one before it is written" "$T/out" "$T/good.flat"
status "a directory" 74 hs-flatten "$T"
is "is named" "$(cat "$T/err")" \
	"hs-flatten: $T: cannot read: Is a directory"
status "no standard input" 74 sh -c 'hs-flatten <&-'
esc=$(printf '\033')
status "a file's name with an escape" 66 hs-flatten "$T/${esc}[31m"
unlike "never reaches the terminal" "$(cat "$T/err")" "$esc"
like "but is shown" "$(cat "$T/err")" '\\x1b\[31m'

# Output.
if [ -e /dev/full ]; then
	status "a full disk" 74 sh -c "hs-flatten '$T/good' >/dev/full"
	is "is an error" "$(cat "$T/err")" \
		"hs-flatten: standard output: cannot write: No space left on device"
	yes '{"results":[{"id":"1","properties":{"a":"b"}}]}' |
		head -n 20000 >"$T/much"
	status "so it is in the midst of much" 74 \
		sh -c "hs-flatten '$T/much' >/dev/full"
	is "said once" "$(wc -l <"$T/err" | tr -d ' ')" 1
	{
		cat "$T/good"
		echo x
	} >"$T/in"
	status "a bad line that comes first is told first" 65 \
		sh -c "hs-flatten '$T/in' >/dev/full"
	status "help needs a disk, too" 74 sh -c 'hs-flatten -h >/dev/full'
	status "and the version" 74 sh -c 'hs-flatten --version >/dev/full'
else
	skip "a full disk" "no /dev/full"
fi
status "no standard output" 74 sh -c "hs-flatten '$T/good' >&-"

closed_pipe() { # an endless stream into a reader that has enough
	yes "$(head -n 1 "$T/good")" 2>/dev/null | {
		hs-flatten 2>"$T/err"
		echo $? >"$T/rc"
	} | head -n 2 | tail -n 1
}
is "a closed pipe ends it" "$(closed_pipe)" "$(head -n 1 "$T/good.flat")"
is "quietly" "$(cat "$T/err")" ""
is "by the signal" "$(cat "$T/rc")" 141
is "also where the signal was ignored" \
	"$(trap '' PIPE; closed_pipe; cat "$T/err" "$T/rc")" \
	"$(head -n 1 "$T/good.flat")
141"

# What is there is written before more is waited for.
mkfifo "$T/a" "$T/b"
hs-flatten <"$T/a" >"$T/b" &
pid=$!
exec 3>"$T/a" 4<"$T/b"
head -n 1 "$T/good" >&3
is "a line goes out before the next comes in" \
	"$(timeout 20 head -n 1 <&4)" "$(head -n 1 "$T/good.flat")"
exec 3>&-
wait $pid
is "and the end is the end" "$?" 0
exec 4<&-

# The command line.
for option in -h --help; do
	status "$option is no mistake" 0 hs-flatten $option
	like "$option says how it is used" "$(cat "$T/out")" \
		'^usage: hs-flatten \[-rqv\]'
	is "$option says nothing else" "$(cat "$T/err")" ""
done
status "--version" 0 hs-flatten --version
like "name and version" "$(cat "$T/out")" '^hs-flatten \(hs-tools\) [0-9]'
for option in --nonsense -x --links=1 --max-line; do
	status "$option is a mistake" 64 hs-flatten $option
	is "$option: one message and how it is used" \
		"$(wc -l <"$T/err" | tr -d ' ')" 2
	like "$option: usage" "$(cat "$T/err")" '^usage: hs-flatten '
	is "$option: nothing on standard output" "$(cat "$T/out")" ""
done
status "-v tells how much went through" 0 hs-flatten -v "$T/good"
is "in one line" "$(cat "$T/err")" "hs-flatten: 1 pages, 2 records"
status "-vq does not" 0 hs-flatten -vq "$T/good"
is "not at all" "$(cat "$T/err")" ""
t_done
