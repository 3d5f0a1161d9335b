#!/bin/sh
# hs-schema --declared: what HubSpot says of a property wins over what its
# values look like, until they contradict it.
. tests/lib.sh

cat >"$T/properties" <<'END'
{"results":[{"name":"zip","type":"string"},{"name":"amount","type":"number","label":"Amount"},{"name":"active","type":"bool"},{"name":"day","type":"date"}],"paging":{"next":{"after":"1"}}}
{"results":[{"type":"datetime","name":"at","options":[{"name":"no","type":"no"}]},{"name":"kind","type":"enumeration"},{"name":"tel","type":"phone_number"},{"name":"new","type":"thing"},{"name":"id","type":"number"},{"name":"n\u0061me","type":"string"}]}
END
declared() { # file: types of the records on standard input
	hs-schema --declared "$1" >"$T/schema" 2>"$T/err" && jq -r \
		'[.fields[] | .name + ":" + .type] | join(" ")' "$T/schema"
}
fact() { # field member
	jq -c --arg f "$1" --arg m "$2" \
		'.fields[] | select(.name == $f)[$m]' "$T/schema"
}
is "declared types win" "$(declared "$T/properties" <<'END'
{"zip":"12345","amount":"7","active":"true","day":"2023-01-15","at":"2023-01-15","kind":"1","tel":"123","new":"5","other":"5"}
END
)" "zip:string amount:number active:boolean day:date at:datetime kind:string tel:string new:string other:integer"
is "and are noted" "$(fact amount hs:declared) $(fact other hs:declared)" \
	'"number" null'
is "nothing is said" "$(cat "$T/err")" ""
is "a column without values has its declared type" \
	"$(echo '{"amount":null}' | declared "$T/properties")" amount:number
is "and still says that it has none" "$(fact amount hs:allMissing)" true
is "a number may have an exponent, where it is declared" \
	"$(printf '{"amount":"%s","zip":"1e5","other":"1e5"}\n' 1.5E9 1e5 -2e-3 -0 |
		declared "$T/properties")" "amount:number zip:string other:string"
is "nothing contradicts" "$(cat "$T/err")" ""
is "unless it is none" "$(printf '{"amount":"%s"}\n' 1.5E9 1E 1e5x |
	declared "$T/properties")" "amount:string"
like "as a warning says" "$(cat "$T/err")" 'amount: declared number, but 2 of 3'
is "an own member of the record is not the property of its name" \
	"$(echo '{"id":"7","properties_id":"7","properties_zip":"1"}' |
		declared "$T/properties")" \
	"id:integer properties_id:number properties_zip:string"
is "names compare by what they say" \
	"$(echo '{"name":"7"}' | declared "$T/properties")" name:string

is "values that contradict make it text" "$(declared "$T/properties" <<'END'
{"amount":"5","active":"yes","at":"1675814400000","zip":1}
{"amount":"123,123.456","active":"true","at":"2023-01-15T05:00:00Z"}
{"amount":"1\u001b2","active":"","at":1675814400001}
END
)" "amount:string active:string at:string zip:string"
is "with a message each" "$(wc -l <"$T/err" | tr -d ' ')" 3
like "that counts them" "$(cat "$T/err")" \
	'^hs-schema: at: declared datetime, but 2 of 3 values are not'
like "and gives an example" "$(cat "$T/err")" '^hs-schema: amount: .*123,123.456'
is "the schema counts them, too" \
	"$(fact amount hs:contradicted) $(fact at hs:contradicted)" "2 2"
is "a nested value where text was declared makes it any" \
	"$(echo '{"zip":[1]}' | declared "$T/properties")" zip:any
echo '{"amount":"\u001b[31m"}' | declared "$T/properties" >/dev/null
unlike "examples reach the terminal harmless" \
	"$(cat "$T/err")" "$(printf '\033')"
awk 'BEGIN { printf "["; for (i = 0; i < 30; i++)
	printf "%s{\"name\":\"p%d\",\"type\":\"bool\"}", i ? "," : "", i
	print "]" }' >"$T/many"
awk 'BEGIN { printf "{"; for (i = 0; i < 30; i++)
	printf "%s\"p%d\":\"x\"", i ? "," : "", i; print "}" }' |
	declared "$T/many" >/dev/null
is "many contradictions are summed up" "$(wc -l <"$T/err" | tr -d ' ')" 21
like "at the end" "$(tail -n 1 "$T/err")" '10 more'
want=$(for i in 3 1 2; do printf '{"amount":"%s"}\n' $i; done |
	hs-schema --declared "$T/properties" | jq -c .fields)
is "the order of records makes no difference" \
	"$(for i in 1 2 3; do printf '{"amount":"%s"}\n' $i; done |
		hs-schema --declared "$T/properties" | jq -c .fields)" "$want"

# Other forms of the same.
for f in '[{"name":"a","type":"bool"}]' '{"name":"a","type":"bool"}' \
	'{"results":[{"name":"a","type":"bool"}]}' \
	'{
  "results": [
    {
      "name": "a",
      "type": "bool"
    }
  ],
  "paging": null
}'; do
	printf '%s\n' "$f" >"$T/form"
	is "read: $(printf '%s' "$f" | tr -d ' \n')" \
		"$(echo '{"a":null}' | declared "$T/form")" a:boolean
done
refused() { # title status text
	printf '%s' "$3" >"$T/form"
	status "refused: $1" "$2" hs-schema --declared "$T/form" </dev/null
}
refused "nothing" 65 ''
refused "a page without definitions" 65 '{"results":[]}'
refused "no JSON" 65 '{"results":[{"name":"a","type":"bool"},]}'
like "with its place" "$(cat "$T/err")" 'form: line 1, column 40: '
refused "a definition without name" 65 '[{"type":"bool"}]'
refused "a definition without type" 65 '[{"name":"a"}]'
refused "a definition twice" 65 \
	'[{"name":"a","type":"bool"},{"name":"a","type":"date"}]'
refused "a name that is none" 65 '[{"name":7,"type":"bool"}]'
refused "half a surrogate pair" 65 '[{"name":"\ud800","type":"bool"}]'
refused "a list that is cut off" 65 \
	'{"results":[{"name":"a","type":"bool"}],"paging":{"next":{"after":"1"}}}'
like "as incomplete" "$(cat "$T/err")" incomplete
refused "one whose next page has no cursor" 65 \
	'{"results":[{"name":"a","type":"bool"}],"paging":{"next":{"link":"x"}}}'
refused "an array too deep" 65 \
	"$(awk 'BEGIN { for (i = 0; i < 2000; i++) printf "[" }')"
status "a file that is not there" 66 hs-schema --declared "$T/no" </dev/null
t_done
