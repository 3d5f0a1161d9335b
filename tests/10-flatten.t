#!/bin/sh
# hs-flatten: properties to columns, associations to array columns or to the
# link table; every byte that it need not touch stays.
. tests/lib.sh

put() { # line…
	printf '%s\n' "$@"
}

# One page, laid out as no program of ours would.
cat >"$T/page" <<'END'
{ "results" : [ {"id":"1","properties":{"name":"A \"B\"","domain":null},"createdAt":"c","archived":false,"associations":{"contacts":{"results":[{"id":"7","type":"t"},{"id":"7","type":"t"},{"id":"8","type":"t"}]}}} , {"id":"2","properties":{"name":""},"archived":false} ],"paging":{"next":{"after":"2","link":"https://x"}},"x":[1],"hs":{"object":"companies","page":0} }
END
cat >"$T/flat" <<'END'
{ "results" : [ {"id":"1","name":"A \"B\"","domain":null,"createdAt":"c","archived":false,"contacts":[{"id":"7","type":"t"},{"id":"8","type":"t"}]} , {"id":"2","name":"","archived":false} ],"paging":{"next":{"after":"2","link":"https://x"}},"x":[1],"hs":{"object":"companies","page":0} }
END
status "a page is made flat" 0 hs-flatten "$T/page"
same "what surrounds its records stays" "$T/out" "$T/flat"
hs-flatten "$T/flat" >"$T/again"
same "a flat page is left as it is" "$T/again" "$T/flat"

put '{"id":"1","name":"A \"B\"","domain":null,"createdAt":"c","archived":false,"contacts":[{"id":"7","type":"t"},{"id":"8","type":"t"}]}' \
	'{"id":"2","name":"","archived":false}' >"$T/bare"
hs-flatten -r "$T/page" >"$T/out"
same "-r writes its records, one a line" "$T/out" "$T/bare"
hs-flatten --records <"$T/flat" >"$T/out"
same "of a flat page, too" "$T/out" "$T/bare"
hs-flatten "$T/bare" >"$T/out"
same "flat records are left as they are" "$T/out" "$T/bare"

is "a bare record stays a bare record" \
	"$(put ' {"id":"1","properties":{"a":1}} ' | hs-flatten)" \
	' {"id":"1","a":1} '
is "-r takes the white space off" \
	"$(put ' {"id":"1","properties":{"a":1}} ' ' {"id":"2"}	' |
		hs-flatten -r)" "$(put '{"id":"1","a":1}' '{"id":"2"}')"
is "pages and records may mix" \
	"$(put '{"properties":{"a":1}}' '{"results":[{"properties":{"a":2}}]}' \
		'{"b":3}' | hs-flatten)" \
	"$(put '{"a":1}' '{"results":[{"a":2}]}' '{"b":3}')"
is "-r makes them all records" \
	"$(put '{"properties":{"a":1}}' '{"results":[{"properties":{"a":2}}]}' \
		'{"results":[]}' '{"b":3}' | hs-flatten -r)" \
	"$(put '{"a":1}' '{"a":2}' '{"b":3}')"
is "an empty page passes" \
	"$(put '{"results":[ ],"paging":null}' | hs-flatten)" \
	'{"results":[ ],"paging":null}'
is "no input gives no output" "$(hs-flatten </dev/null | wc -c | tr -d ' ')" 0
is "results may come late" \
	"$(put '{"hs":{},"paging":null,"results":[{"properties":{"a":1}}]}' |
		hs-flatten)" \
	'{"hs":{},"paging":null,"results":[{"a":1}]}'
is "a last line without newline is a line" \
	"$(printf '{"properties":{"a":1}}' | hs-flatten)" '{"a":1}'
is "CR LF ends a line, too" \
	"$(printf '{"properties":{"a":1}}\r\n' | hs-flatten | od -An -c |
		tr -d ' \n')" '{"a":1}\r\n'
put '{"id":"2-1","properties":[{"name":"a","properties":{}}],"associations":[{"id":"1"}]}' >"$T/schema"
hs-flatten "$T/schema" >"$T/out"
same "a record of schemas stays" "$T/out" "$T/schema"

# Values that a program with numbers and strings of its own would change.
cat >"$T/values" <<'END'
-0
0
1.10
1e400
-1E-400
1e+00
9007199254740993
-9223372036854775809
123456789012345678901234567890.123456789012345678901234567890
""
" "
"\u0000"
"a\u0000b"
"\ud800"
"\udc00\ud800"
"\ud83d\ude00"
"😀"
"\u00e4 ä a\u0308"
"\/ /"
"\b\f\n\r\t\"\\"
"\u003c\u003E"
"\u2028\u2029"
"﻿"
"‮gnp‬"
"�"
"�￿￾"
"01234"
"+49 30 1"
"=1+1"
"\\."
"a,b;c"
"{\"results\":[]}"
"\"results\":["
null
true
false
[]
{}
[ ]
{ "properties" : { "a" : 1 } }
{"a":1,"a":2}
[[[[[[]]]]]]
{"associations":{"x":{"results":[]}}}
END
awk 'BEGIN { printf "{\"id\":\"1\",\"properties\":{" }
	{ printf "%s\"p%d\":%s", (NR > 1 ? "," : ""), NR, $0 }
	END { print "},\"z\":0}" }' "$T/values" >"$T/in"
awk 'BEGIN { printf "{\"id\":\"1\"" }
	{ printf ",\"p%d\":%s", NR, $0 }
	END { print ",\"z\":0}" }' "$T/values" >"$T/want"
hs-flatten "$T/in" >"$T/out"
same "values keep every byte" "$T/out" "$T/want"
{
	printf '{"results":['
	tr -d '\n' <"$T/in"
	echo ']}'
} >"$T/in-page"
hs-flatten -r "$T/in-page" >"$T/out"
same "those of a page, too" "$T/out" "$T/want"
{
	printf '{"\\u0079":0,'
	tail -c +2 "$T/in"
} >"$T/in-slow"
hs-flatten "$T/in-slow" | sed 's/,"\\u0079":0//' >"$T/out"
same "and where names have to be looked up" "$T/out" "$T/want"
awk 'BEGIN { printf "{\"id\":\"1\",\"properties\":{" }
	/^"/ { printf "%s%s:%d", (n++ ? "," : ""), $0, NR }
	END { print "}}" }' "$T/values" >"$T/in"
sed -e 's/"properties":{//' -e 's/}}$/}/' "$T/in" >"$T/want"
hs-flatten "$T/in" >"$T/out"
same "names keep their spelling" "$T/out" "$T/want"

if command -v jq >/dev/null; then
	{
		cat "$T/page"
		put '{"results":[{"createdAt":"c","properties":{"a":"1","b":null},"id":"3"}]}'
	} >"$T/in"
	hs-flatten "$T/in" | jq -cS . >"$T/out"
	jq -cS '.results |= map({id} + .properties +
		(del(.id, .properties, .associations)) +
		((.associations // {}) | map_values(.results | unique)))' \
		"$T/in" >"$T/want"
	same "jq comes to the same" "$T/out" "$T/want"
else
	skip "jq comes to the same" "no jq"
fi

# Names.
is "a taken name gets a prefix" \
	"$(put '{"id":"1","properties":{"id":"p","createdAt":"q"},"createdAt":"c","associations":{"id":[],"createdAt":[]}}' |
		hs-flatten)" \
	'{"id":"1","properties_id":"p","properties_createdAt":"q","createdAt":"c","associations_id":[],"associations_createdAt":[]}'
is "two where the prefixed one is taken" \
	"$(put '{"id":"1","properties":{"id":"p","properties_id":"q"}}' |
		hs-flatten)" \
	'{"id":"1","properties_properties_id":"p","properties_id":"q"}'
is "a name is taken in any spelling" \
	"$(put '{"id":"1","properties":{"\u0069d":"p"}}' | hs-flatten)" \
	'{"id":"1","properties_\u0069d":"p"}'
is "-r makes no page of a record" \
	"$(put '{"results":[{"associations":{"results":[]}}]}' | hs-flatten -r)" \
	'{"associations_results":[]}'

# Partial associations.
put '{"results":[{"id":"5","associations":{"deals":{"results":[],"paging":{"next":{"after":"1"}}}}},{"id":"6","associations":{"deals":{"results":[],"paging":null}}}]}' >"$T/in"
status "an association that goes on is no failure" 0 hs-flatten "$T/in"
is "but a warning that names record and association" "$(cat "$T/err")" \
	"hs-flatten: $T/in: line 1: record \"5\": association deals has more entries than the stream carries; hs-fetch -a reads them all"
status "-q leaves it out" 0 hs-flatten -q "$T/in"
is "indeed" "$(cat "$T/err")" ""
for i in 1 2 3 4 5 6 7 8 9 10 11 12 13; do
	cat "$T/in"
done >"$T/many"
hs-flatten "$T/many" 2>"$T/err" >"$T/out"
is "ten such warnings are enough" "$(wc -l <"$T/err" | tr -d ' ')" 11
is "the rest is counted" "$(tail -n 1 "$T/err")" \
	"hs-flatten: 3 more records whose associations have more entries than the stream carries"
printf '{"id":"\302\233[31m","associations":{"a":{"results":[],"paging":{"next":1}}}}\n' |
	hs-flatten 2>"$T/err" >"$T/out"
like "a terminal's commands out of the data are shown, not sent" \
	"$(cat "$T/err")" 'record "\\xc2\\x9b\[31m"'
put '{"properties":{},"associations":{"a":{"results":[],"paging":{"next":1}}}}' |
	hs-flatten 2>"$T/err" >"$T/out"
like "a record may have no id" "$(cat "$T/err")" 'record without an id: '

# The link table.
put '{"results":[{"id":"1"},{"id":"2","properties":{},"associations":{"contacts":{"results":[{"id":"7","type":"t"},{"id":8}]},"line items":[{"toObjectId":9,"associationTypes":[{"category":"H","typeId":1}]}]}},{"id":"3","associations":{"contacts":{"results":[{"id":"7","type":"t"}]}}},{"id":"4"} ],"paging":{"next":{"after":"4"}},"hs":{"object":"companies","page":0}}' >"$T/in"
put '{"results":[{"from_id":"2","to_id":"7","association":"contacts","type":"t"},{"from_id":"2","to_id":"8","association":"contacts","type":null},{"from_id":"2","to_id":"9","association":"line items","type":"H:1"},{"from_id":"3","to_id":"7","association":"contacts","type":"t"}],"paging":{"next":{"after":"4"}},"hs":{"object":"companies","page":0}}' >"$T/want"
hs-flatten --links "$T/in" >"$T/out"
same "--links: a page of rows for a page of records" "$T/out" "$T/want"
hs-flatten "$T/want" >"$T/out"
same "which is flat" "$T/out" "$T/want"
put '{"from_id":"2","to_id":"7","association":"contacts","type":"t"}' \
	'{"from_id":"2","to_id":"8","association":"contacts","type":null}' \
	'{"from_id":"2","to_id":"9","association":"line items","type":"H:1"}' \
	'{"from_id":"3","to_id":"7","association":"contacts","type":"t"}' \
	>"$T/want"
hs-flatten -r --links "$T/in" >"$T/out"
same "-r --links: rows alone" "$T/out" "$T/want"
is "a page without links is an empty page" \
	"$(put '{"results":[{"id":"1"},{"id":"2"}],"paging":null}' |
		hs-flatten --links)" '{"results":[],"paging":null}'
is "and one without records stays" \
	"$(put '{"hs":{},"results":[]}' | hs-flatten --links)" \
	'{"hs":{},"results":[]}'
is "bare records give rows" \
	"$(put '{"id":"1","associations":{"a":[{"id":"2","type":"t"}]}}' '{}' |
		hs-flatten --links)" \
	'{"from_id":"1","to_id":"2","association":"a","type":"t"}'


# With labels: hs-fetch --labels.
put '{"id":"1","associations":{"a":{"results":[{"id":"2","type":"t","label":null,"category":"H","typeId":1},{"id":"2","type":"t","label":null,"category":"H","typeId":1},{"id":"2","type":"t","typeId":2,"label":"L\u0041"},{"id":"3","type":"t","label":"x"}]}}}' >"$T/in"
is "labels stay, and tell links apart" "$(hs-flatten "$T/in")" \
	'{"id":"1","a":[{"id":"2","type":"t","label":null,"category":"H","typeId":1},{"id":"2","type":"t","label":"L\u0041","category":null,"typeId":2},{"id":"3","type":"t"}]}'
is "as columns of the link table" "$(hs-flatten --links "$T/in" | head -n 1)" \
	'{"from_id":"1","to_id":"2","association":"a","type":"t","label":null,"category":"H","typeId":1}'

# Histories.
put '{"results":[{"id":"1"},{"propertiesWithHistory":{"a\u0062":[{"value":"x","timestamp":"T2","sourceType":"CRM_UI","sourceId":"userId:1","updatedByUserId":1},{"value":"","timestamp":"T1"}],"c":[]},"id":"2"},{"id":"3","propertiesWithHistory":null},{"id":"4","propertiesWithHistory":{"c":[{"value":null}]}}],"paging":{"next":{"after":"4"}},"hs":{"object":"deals","page":0}}' >"$T/in"
put '{"results":[{"from_id":"2","property":"a\u0062","value":"x","timestamp":"T2","source_type":"CRM_UI","source_id":"userId:1","updated_by":1},{"from_id":"2","property":"a\u0062","value":"","timestamp":"T1","source_type":null,"source_id":null,"updated_by":null},{"from_id":"4","property":"c","value":null,"timestamp":null,"source_type":null,"source_id":null,"updated_by":null}],"paging":{"next":{"after":"4"}},"hs":{"object":"deals","page":0}}' >"$T/want"
hs-flatten --history "$T/in" >"$T/out"
same "--history: a page of rows for a page of records" "$T/out" "$T/want"
hs-flatten -r --history "$T/in" >"$T/out"
jq -c '.results[]' "$T/in" | hs-flatten --history >"$T/alone"
is "-r --history: rows alone" "$(jq -c '.results[]' "$T/want")" \
	"$(jq -c . "$T/out")"
is "bare records give rows, too" "$(jq -c . "$T/out")" "$(jq -c . "$T/alone")"
for bad in '"id":"1","propertiesWithHistory":{"a":{}}' \
	'"id":"1","propertiesWithHistory":{"a":[7]}' \
	'"id":"1","propertiesWithHistory":[]'; do
	put "{$bad}" >"$T/in"
	status "refused: $bad" 65 hs-flatten --history "$T/in"
	like "with its place" "$(cat "$T/err")" 'column [0-9]+: a history of'
done
put '{"propertiesWithHistory":{}}' >"$T/in"
status "a history without an id is refused" 65 hs-flatten --history "$T/in"
status "one kind of rows at once" 64 hs-flatten --history --links "$T/in"

is "several files are one stream" \
	"$(hs-flatten -r "$T/flat" - "$T/bare" <"$T/page" | wc -l |
		tr -d ' ')" 6
t_done
