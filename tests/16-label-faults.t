#!/bin/sh
# hs-label when something is wrong: definitions, the stream, the output, the
# command line; and definitions from an enemy.
. tests/lib.sh

put() { # line…
	printf '%s\n' "$@"
}
page() { # object results
	put "{\"results\":[$2],\"hs\":{\"object\":\"$1\",\"page\":0}}"
}
page properties:deals '{"name":"source","label":"Source","type":"enumeration","options":[{"label":"E-mail","value":"EMAIL"}]}' >"$T/good"
put '{"results":[{"source":"EMAIL"}]}' '{"source":null}' >"$T/in"
put '{"results":[{"source":"EMAIL","source_label":"E-mail"}]}' \
	'{"source":null,"source_label":null}' >"$T/want"

# bad TITLE MESSAGE: the definitions in $T/bad end the work with 65, and
# nothing is written.
bad() {
	status "$1" 65 hs-label "$T/good" "$T/bad" <"$T/in"
	is "$1: said so" "$(cat "$T/err")" "hs-label: $T/bad: $2"
	is "$1: nothing is written" "$(cat "$T/out")" ""
}
: >"$T/bad"
bad "an empty file" "the stream is empty: not even an empty page came; the program before it in the pipe wrote nothing"
put '{"results":[],"paging":{"next":{"after":"1"}},"hs":{"object":"owners","page":0}}' >"$T/bad"
bad "an incomplete stream" "the stream is incomplete: its last page, page 0 of owners, names a next page, which did not come"
put '{"results":[],"hs":{"object":"owners","page":1}}' >"$T/bad"
bad "a page that is missing" "line 1: page 1 of owners: a page is missing, repeated or out of order"
put '{"results":[],"hs":{"object":"owners","page":0,"since":"2026-01-01T00:00:00Z"}}' >"$T/bad"
bad "what changed alone" "carries only what changed (hs.since); definitions have to be whole"
{
	page owners ''
	page properties:deals ''
} >"$T/bad"
bad "two kinds in a file" "line 2: page 0 of properties:deals: another object begins: one table holds one object"
put '{"id":"1"}' >"$T/bad"
bad "bare records" "bare records do not show whether they are complete; pages are required"
put '{"status":"error","message":"no"}' >"$T/bad"
bad "an error of the API" "line 1: an error of the API, no record: no"
page deals '{"id":"1"}' >"$T/bad"
bad "records" "holds deals; definitions are properties:TYPE, pipelines:TYPE or owners"
page schemas '{"name":"x"}' >"$T/bad"
bad "schemas" "holds schemas; definitions are properties:TYPE, pipelines:TYPE or owners"
put '{"results":[]}' >"$T/bad"
bad "a stream of nobody knows what" "does not say what it is of (hs.object); definitions are what hs-fetch writes"
page properties:contacts '' >"$T/bad"
bad "definitions of another type" "is of contacts, but $T/good is of deals: give definitions of one type"
page pipelines:0-5 '' >"$T/bad"
bad "by the type's id, too" "is of 0-5, but $T/good is of deals: give definitions of one type"
printf '{"results":[{"name":"x"' >"$T/bad"
bad "a file that was cut" "line 1, column 24: the text ends in the middle of a value (in record 1); the last line has no newline: the program that wrote it was cut off"
page properties:deals '{"name":"a"},{"name":7}' >"$T/bad"
bad "a name that is no string" "line 1, column 34: a property's name is missing or no string"
page properties:deals '{"name":"a"}, {"label":"x"}' >"$T/bad"
bad "a property without a name" "line 1, column 27: a property's name is missing or no string"
page properties:deals '"name"' >"$T/bad"
bad "no objects" "line 1, column 13: a record is not an object (in record 1)"
page properties:deals '{"name":"a","label":["A"]}' >"$T/bad"
bad "a label that is none" "line 1, column 33: a property's label is no string"
page properties:deals '{"name":"a","type":"enumeration","options":{"a":1}}' >"$T/bad"
bad "options that are no list" "line 1, column 56: not an array"
page properties:deals '{"name":"a","type":"enumeration","options":[5]}' >"$T/bad"
bad "an option that is none" "line 1, column 57: not an object"
page properties:deals '{"name":"a","type":"enumeration","options":[{"value":1,"label":"x"}]}' >"$T/bad"
bad "an option's value that is none" "line 1, column 66: an option's value is no string"
page properties:deals '{"name":"a","type":"enumeration","options":[{"value":"1","label":true}]}' >"$T/bad"
bad "an option's label that is none" "line 1, column 78: an option's label is no string"
page pipelines:deals '{"label":"x"}' >"$T/bad"
bad "a pipeline without an id" "line 1, column 13: a pipeline's id is missing or no string"
page pipelines:deals '{"id":"1","label":"x","stages":[{"id":"1"}]}' >"$T/bad"
bad "a stage without a label" "line 1, column 45: a stage's label is missing or no string"
page owners '{"id":1}' >"$T/bad"
bad "an owner's id that is a number" "line 1, column 19: an owner's id is missing or no string"
page owners '{"id":"1","firstName":{}}' >"$T/bad"
bad "an owner's name that is an object" "line 1, column 35: an owner's firstName is no string"
status "a file that isn't there" 66 hs-label "$T/none" <"$T/in"
is "is named" "$(cat "$T/err")" \
	"hs-label: $T/none: No such file or directory"

# What is tolerated.
page properties:deals '{"name":"source","type":"enumeration","options":[{"label":"other","value":"EMAIL"}]},{"name":"b","label":null,"type":"enumeration","options":null,"x":[{}]},{"name":"c","type":"enumeration","options":[{"value":null,"label":"x"},{"value":"1"},{"value":"\ud800","label":"half"}]},{"name":"\udc00","type":"enumeration","options":[{"value":"1","label":"x"}]}' >"$T/odd"
status "the same property in two files" 0 hs-label "$T/good" "$T/odd" <"$T/in"
same "the first counts" "$T/out" "$T/want"
is "half a surrogate pair has no label, since it can't be told from another" \
	"$(put '{"c":"\ud800","\udc00":"1","\ud801":"1"}' |
		hs-label -q "$T/good" "$T/odd")" \
	'{"c":"\ud800","\udc00":"1","\ud801":"1"}'
page pipelines:0-3 '{"id":"p","label":"P"}' >"$T/id"
status "a type's name and its id" 0 hs-label "$T/good" "$T/id" <"$T/in"
put '{"results":[{"source":"EMAIL"}],"hs":{"object":"0-3","page":0}}' >"$T/data"
status "the stream's type by its id" 0 hs-label "$T/good" <"$T/data"

# The stream.
put '{"results":[{"source":"EMAIL"}],"hs":{"object":"contacts","page":0}}' \
	>"$T/data"
status "a stream of another type" 65 hs-label "$T/good" <"$T/data"
is "is told" "$(cat "$T/err")" \
	"hs-label: standard input: line 1: holds contacts, but $T/good is of deals"
is "and not written" "$(cat "$T/out")" ""
{
	cat "$T/in"
	put '{"results":[{"id":"1","properties":{"source":"EMAIL"}}]}'
} >"$T/data"
status "records that are not flat" 65 hs-label "$T/good" <"$T/data"
is "are told" "$(cat "$T/err")" \
	"hs-label: standard input: line 3, column 36: the record is not flat: hs-flatten comes before hs-label (in record 3)"
same "the lines before are written" "$T/out" "$T/want"
{
	cat "$T/in"
	put '{"results":[{"source":"EMAIL"},{"source":"EMAIL"]}'
} >"$T/data"
status "a line that is no JSON" 65 hs-label "$T/good" <"$T/data"
is "is told" "$(cat "$T/err")" \
	"hs-label: standard input: line 3, column 49: a comma or a bracket is missing (in record 4)"
same "the lines before are written, too" "$T/out" "$T/want"
status "a line longer than allowed" 65 hs-label --max-line 10 "$T/good" <"$T/in"
status "no standard input" 74 sh -c "hs-label '$T/good' <&-"

# The output.
if [ -e /dev/full ]; then
	status "a full disk" 74 sh -c "hs-label '$T/good' <'$T/in' >/dev/full"
	is "is an error" "$(cat "$T/err")" \
		"hs-label: standard output: cannot write: No space left on device"
	status "help needs a disk, too" 74 sh -c 'hs-label -h >/dev/full'
else
	skip "a full disk" "no /dev/full"
fi
status "no standard output" 74 sh -c "hs-label '$T/good' <'$T/in' >&-"
is "a closed pipe ends it" "$(
	yes "$(head -n 1 "$T/in")" 2>/dev/null | {
		hs-label "$T/good" 2>"$T/err"
		echo $? >"$T/rc"
	} | head -n 2 | tail -n 1
)" "$(head -n 1 "$T/want")"
is "quietly, by the signal" "$(cat "$T/err" "$T/rc")" 141
mkfifo "$T/a" "$T/b"
hs-label "$T/good" <"$T/a" >"$T/b" &
pid=$!
exec 3>"$T/a" 4<"$T/b"
head -n 1 "$T/in" >&3
is "a line goes out before the next comes in" \
	"$(timeout 20 head -n 1 <&4)" "$(head -n 1 "$T/want")"
exec 3>&-
wait $pid
is "and the end is the end" "$?" 0
exec 4<&-

# The command line.
for option in -h --help; do
	status "$option is no mistake" 0 hs-label $option
	like "$option says how it is used" "$(cat "$T/out")" \
		'^usage: hs-label \[-qv\]'
done
for arguments in --nonsense -x "--max-line 0 $T/good" -p "-p , $T/good" \
	"-p a,a $T/good"; do
	# shellcheck disable=SC2086
	status "'$arguments' is a mistake" 64 hs-label $arguments
	like "usage" "$(cat "$T/err")" '^usage: hs-label '
done
status "no definitions" 64 hs-label <"$T/in"
like "are told" "$(cat "$T/err")" '^hs-label: no definitions: '
status "standard input is no file of definitions" 64 \
	hs-label "$T/good" - <"$T/in"
status "-v tells how much went through" 0 hs-label -v "$T/good" <"$T/in"
is "in one line" "$(cat "$T/err")" "hs-label: 1 pages, 2 records, 1 labels"
esc=$(printf '\033')
printf '{"source":"\302\233[31m"}\n' >"$T/data"
status "a terminal's commands out of the data" 0 hs-label "$T/good" <"$T/data"
unlike "are not sent" "$(cat "$T/err")" "$esc"
like "but shown" "$(cat "$T/err")" '"\\xc2\\x9b\[31m"$'

# Definitions from an enemy.
awk 'BEGIN {
	x = "x"; for (i = 0; i < 16; i++) x = x x
	printf "{\"results\":[{\"name\":\"source\",\"label\":\"%s\",\"type\":\"enumeration\",\"options\":[", x
	printf "{\"value\":\"long\",\"label\":\"%s\"},{\"value\":\"%s\",\"label\":\"of a long value\"},", x, x
	printf "{\"value\":\"nul\",\"label\":\"a\\u0000b\\ud800;\\\"\\\\\"},{\"value\":\"n\\u0000\",\"label\":\"NUL\"}"
	for (i = 0; i < 20000; i++)
		printf ",{\"value\":\"v%d\",\"label\":\"label %d\"}", i, i
	print "]}],\"hs\":{\"object\":\"properties:deals\",\"page\":0}}"
}' >"$T/hostile"
awk 'BEGIN {
	x = "x"; for (i = 0; i < 16; i++) x = x x
	print "{\"source\":\"long\"}"
	print "{\"source\":\"" x "\"}"
	print "{\"source\":\"nul;n\\u0000;v19999;v0;n\"}"
}' >"$T/data"
hs-label --headings -q "$T/hostile" <"$T/data" >"$T/out"
awk 'BEGIN {
	x = "x"; for (i = 0; i < 16; i++) x = x x
	print "{\"" x "\":\"long\",\"" x " (label)\":\"" x "\"}"
	print "{\"" x "\":\"" x "\",\"" x " (label)\":\"of a long value\"}"
	print "{\"" x "\":\"nul;n\\u0000;v19999;v0;n\",\"" x " (label)\":\"a\\u0000b\\ud800;\\\"\\\\;NUL;label 19999;label 0;n\"}"
}' >"$T/want"
same "long labels and values, NUL, halves, quotes, 20,000 options" \
	"$T/out" "$T/want"
awk 'BEGIN {
	printf "{\"results\":["
	for (i = 0; i < 100000; i++)
		printf "%s{\"name\":\"p%d\",\"label\":\"%s\",\"type\":\"enumeration\",\"options\":[{\"value\":\"1\",\"label\":\"one of %d\"}]}", i ? "," : "", i, i % 2 ? "Same" : "Heading " i, i
	print "],\"hs\":{\"object\":\"properties:deals\",\"page\":0}}"
}' >"$T/many"
awk 'BEGIN {
	for (n = 0; n < 3; n++) {
		printf "{\"Heading 0\":0"
		for (i = 0; i < 100000; i++) printf ",\"p%d\":\"1\"", i
		print "}"
	}
}' >"$T/data"
awk 'BEGIN {
	for (n = 0; n < 3; n++) {
		printf "{\"Heading 0\":0"
		for (i = 0; i < 100000; i++) {
			h = i % 2 ? "Same (p" i ")" : i ? "Heading " i : "Heading 0 (p0)"
			printf ",\"%s\":\"1\",\"%s (label)\":\"one of %d\"", h, h, i
		}
		print "}"
	}
}' >"$T/want"
timeout 60 hs-label --headings "$T/many" <"$T/data" >"$T/out"
same "100,000 properties, half of them with one label" "$T/out" "$T/want"
t_done
