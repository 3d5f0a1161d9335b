#!/bin/sh
# hs-schema: the types of columns, and the Table Schema that tells them.
. tests/lib.sh

# fields JSON-RECORD…: name:type of each field, in order.
fields() {
	printf '%s\n' "$@" | hs-schema >"$T/schema" && jq -r \
		'[.fields[] | .name + ":" + .type] | join(" ")' "$T/schema"
}
fact() { # field member
	jq -c --arg f "$1" --arg m "$2" \
		'.fields[] | select(.name == $f)[$m]' "$T/schema"
}

is "text is examined" "$(fields \
	'{"a":"true","b":"12","c":"0.5","d":"2023-01-15","e":"2023-01-15T05:00:00Z","f":"x"}')" \
	"a:boolean b:integer c:number d:date e:datetime f:string"
is "so are unquoted values" "$(fields '{"a":true,"b":12,"c":0.5,"d":1e5}')" \
	"a:boolean b:integer c:number d:number"
is "what only looks like a number is text" "$(fields \
	'{"a":"01234","b":"+1555","c":"1e5","d":"1,234","e":"134;137","f":"0x1F","g":"NaN","h":"12 "}')" \
	"a:string b:string c:string d:string e:string f:string g:string h:string"
is "so is what only looks like a day" \
	"$(fields '{"a":"2000-00-00","b":"2023-02-29","c":"2024-02-29"}')" \
	"a:string b:string c:date"
is "milliseconds are integers" "$(fields '{"a":"1675814400000"}')" a:integer
is "one other value makes text of a column" \
	"$(fields '{"a":"1","b":"true"}' '{"a":"n/a","b":"1"}')" \
	"a:string b:string"
is "integer and number make number, either way round" \
	"$(fields '{"a":"1","b":"1.5"}' '{"a":"1.5","b":"1"}')" \
	"a:number b:number"
is "date and datetime make datetime, either way round" "$(fields \
	'{"a":"2023-01-15","b":"2023-01-15T05:00:00.1Z"}' \
	'{"a":"2023-01-15T05:00:00.1Z","b":"2023-01-15"}')" \
	"a:datetime b:datetime"
is "a datetime's format is any" "$(fact a format)" '"any"'
is "nested values keep their kind" "$(fields '{"a":{},"b":[]}' \
	'{"a":{"x":1},"b":[{"id":"1"}]}')" "a:object b:array"
is "beside others they are any" \
	"$(fields '{"a":{},"b":"x","c":[]}' '{"a":"1","b":[],"c":{}}')" \
	"a:any b:any c:any"
is "null and the empty string change no type" \
	"$(fields '{"a":"1","b":null}' '{"a":"","b":"2"}' '{"a":null}')" \
	"a:integer b:integer"
is "both count as missing, and so does absence" \
	"$(fact a hs:missing) $(fact a hs:blank) $(fact b hs:missing)" "2 1 2"
is "no value at all is a string" "$(fields '{"a":null,"b":""}')" \
	"a:string b:string"
is "and says so" "$(fact a hs:allMissing) $(fact b hs:allMissing)" "true true"
is "fields come in order of first appearance" \
	"$(fields '{"b":1,"a":1}' '{"a":1,"c":1,"b":1}')" \
	"b:integer a:integer c:integer"

fields '{"a":"9223372036854775807","b":"-9223372036854775808","c":"9007199254740993","d":-0}' \
	'{"a":"1","b":"1","c":"1","d":"1"}' >/dev/null
is "64 bits are enough for these" \
	"$(jq -c '[.fields[]["hs:int64"]]' "$T/schema")" "[true,true,true,true]"
is "the text -0 is no integer: its sign would be lost" \
	"$(fields '{"a":"-0"}' '{"a":"7"}')" "a:string"
fields '{"a":"9223372036854775808","b":"-9223372036854775809","c":99999999999999999999}' \
	>/dev/null
is "and not for these" \
	"$(jq -c '[.fields[]["hs:int64"]]' "$T/schema")" "[false,false,false]"

fields '{"a":"né\u00e9\ud83d\ude00\n","b":"日本","c":[1, 2]}' \
	'{"a":"x","b":"x","c":[]}' >/dev/null
is "the longest value is counted in characters" \
	"$(jq -c '[.fields[]["hs:longest"]]' "$T/schema")" "[5,2,6]"

is "keys are the same however they are spelled" \
	"$(fields '{"a\u0062":"1"}' '{"ab":"2"}')" "ab:integer"
is "a value's escapes do not matter" "$(fields '{"a":"\u0031\u0032"}')" \
	"a:integer"
is "a member that stands twice fills its column once" \
	"$(fields '{"a":"1","a":"2"}' '{"a":null}') $(fact a hs:missing)" \
	"a:integer 1"
is "a name may be anything" \
	"$(fields '{"":"1","a\"b\n":"1","日":"1"}' | tr '\n' '|')" \
	':integer a"b|:integer 日:integer|'

page() { # object page more records
	next=
	[ "$3" = more ] && next='"paging":{"next":{"after":"x"}},'
	printf '{"results":[%s],%s"hs":{"object":"%s","page":%s}}\n' \
		"$4" "$next" "$1" "$2"
}
{
	page companies 0 more '{"id":"1","name":"A"},{"id":"2","name":"B"}'
	page companies 1 last '{"id":"3","name":"C","size":"1"}'
} >"$T/pages"
hs-schema <"$T/pages" >"$T/schema"
is "the schema says what it is of" "$(jq -c 'del(.fields)' "$T/schema")" \
	'{"missingValues":[""],"primaryKey":"id","hs:object":"companies","hs:complete":true,"hs:records":3}'
is "a field is a line" "$(grep -c '^{"name"' "$T/schema")" 3
page schemas 0 last '{"id":"1","name":"A"}' | hs-schema >"$T/schema"
is "schemas go by name" "$(jq -r .primaryKey "$T/schema")" name
page companies 0 last '{"from_id":"1","to_id":"2"}' | hs-schema >"$T/schema"
is "rows without an id have no key" "$(jq -c .primaryKey "$T/schema")" null
echo '{"id":"1"}' | hs-schema >"$T/schema"
is "records of nobody knows what have none" \
	"$(jq -c .primaryKey "$T/schema")" null

# The rules of the specification's own JSON Schema for what is used of it.
valid() {
	jq -e '. as $s | ([.fields[].name] | length == (unique | length))
	and all(.fields[]; (.name | type == "string") and
		(.type | IN("string", "number", "integer", "boolean", "object",
			"array", "date", "datetime", "any")) and
		((.format // "default") | IN("default", "any")))
	and (.missingValues | type == "array" and all(.[]; type == "string"))
	and ([.primaryKey // []] | flatten | all(.[]; . as $k |
		any($s.fields[]; .name == $k)))' "$1"
}
ok "the schema is a Table Schema" valid "$T/schema"

hs-schema -k name <"$T/pages" >"$T/schema"
is "-k names it" "$(jq -c .primaryKey "$T/schema")" '"name"'
hs-schema --key name,id <"$T/pages" >"$T/schema"
ok "and stays one with a key of several columns" valid "$T/schema"
is "or several" "$(jq -c .primaryKey "$T/schema")" '["name","id"]'
status "a key's column must be there" 65 hs-schema -k nosuch <"$T/pages"
like "and is named" "$(cat "$T/err")" "nosuch"
status "not twice in the key" 64 hs-schema -k name,id,name <"$T/pages"
like "which is said" "$(cat "$T/err")" 'column name stands twice'
status "and be filled" 65 hs-schema -k size <"$T/pages"
like "in every record" "$(cat "$T/err")" 'size.* 2 of 3 records'
is "an empty table has no columns" \
	"$(page companies 0 last '' | hs-schema -k id | jq -c .fields)" "[]"

# The order of records makes no difference, nor that of their members.
i=0
while [ $i -lt 60 ]; do
	i=$((i + 1))
	printf '{"a":"%s","b":"%s.%s","c":%s,"d":"2023-01-%02dT00:00:00.%sZ"}\n' \
		$i $i $i $i $((i % 28 + 1)) $i
done >"$T/many"
printf '%s\n' '{"a":"9223372036854775808","e":"x"}' '{"b":"7","e":[]}' \
	'{"c":0.5}' '{"d":"1999-12-31"}' '{"a":""}' >>"$T/many"
facts() {
	hs-schema | jq -Sc '.fields | sort_by(.name)'
}
want=$(facts <"$T/many")
got=$(sed '1!G;h;$!d' "$T/many" | facts)
is "the same records backwards give the same types and facts" "$got" "$want"
got=$(jq -c 'to_entries | reverse | from_entries' "$T/many" | facts)
is "and so do their members" "$got" "$want"
got=$(cat "$T/many" "$T/many" | hs-schema |
	jq -Sc '[.fields[] | {name, type, "hs:longest", "hs:int64"}]')
is "twice the same records change no type" "$got" "$(hs-schema <"$T/many" |
	jq -Sc '[.fields[] | {name, type, "hs:longest", "hs:int64"}]')"

# Memory is for columns, not for records.
case $(nm "$BUILD/bin/hs-schema" 2>/dev/null) in
*__asan_init*) skip "30 MB go through 12 MB" "a sanitizer needs more" ;;
*)
	awk 'BEGIN { for (i = 0; i < 300000; i++)
		printf "{\"id\":\"%d\",\"name\":\"%s %d\",\"at\":\"%s\",\"n\":%d.5}\n",
			i, "a name that takes some room", i,
			"2023-01-15T05:00:00Z", i }' >"$T/long"
	ok "30 MB go through 12 MB" \
		sh -c 'ulimit -v 12288 && exec hs-schema <"$1"' - "$T/long"
	;;
esac

awk 'BEGIN { printf "{"; for (i = 0; i < 100001; i++)
	printf "%s\"c%d\":1", i ? "," : "", i; print "}" }' >"$T/wide"
status "columns without end are refused" 65 hs-schema <"$T/wide"
like "with place and bound" "$(cat "$T/err")" 'line 1.*100000 columns'
t_done
