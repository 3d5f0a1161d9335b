#!/bin/sh
# hs-schema -f bigquery: the schema of a file that bq load takes.
. tests/lib.sh

bigquery() {
	hs-schema -f bigquery "$@" 2>"$T/err"
}
cat >"$T/properties" <<'END'
{"results":[{"name":"size","type":"number","label":"Size \"now\"","description":"How\nmany"},{"name":"sum","type":"number","label":"Sum","description":""},{"name":"text","type":"string","label":null}]}
END
page='{"results":[{"id":"1","size":"5","sum":"0.5","text":"x","on":"true","at":"2023-01-15T05:00:00Z","day":"2024-02-29","links":[{"id":"1"}],"o":{"a":1},"none":null},{"id":"2","size":""}],"hs":{"object":"companies","page":0}}'
echo "$page" | bigquery --declared "$T/properties" >"$T/got"
is "types, a mode for each, what HubSpot says of it" \
	"$(jq -c '.[] | [.name, .type, .mode, .description]' "$T/got")" \
	'["id","INT64","REQUIRED",null]
["size","FLOAT64","NULLABLE","Size \"now\": How\nmany"]
["sum","FLOAT64","NULLABLE","Sum"]
["text","STRING","NULLABLE",null]
["on","BOOL","NULLABLE",null]
["at","TIMESTAMP","NULLABLE",null]
["day","DATE","NULLABLE",null]
["links","JSON","NULLABLE",null]
["o","JSON","NULLABLE",null]
["none","STRING","NULLABLE",null]'
is "nothing is said" "$(cat "$T/err")" ''
is "--drop-empty leaves out columns" "$(echo "$page" | bigquery --drop-empty |
	jq -r '.[].name' | grep -c none)" 0
is "the key is as asked" "$(echo '{"a":1,"b":2}' | bigquery -k b |
	jq -c 'map(.mode)')" '["NULLABLE","REQUIRED"]'
is "names are BigQuery's" "$(echo '{"a.b":1,"_TABLE_x":3,"line items":4}' |
	bigquery | jq -c 'map(.name)')" \
	'["a_b_e27bcb35","x_TABLE_x_7e9ba5a9","line items"]'
like "and those that it does not take are named" "$(cat "$T/err")" \
	'^hs-schema: a.b: BigQuery does not take this name; the schema has a_b_e27bcb35'
is "each" "$(wc -l <"$T/err" | tr -d ' ')" 2
awk 'BEGIN { printf "[{\"name\":\"a\",\"type\":\"string\",\"label\":\""
	for (i = 0; i < 1100; i++) printf "é"; print "\"}]" }' >"$T/long"
is "a description has 1,024 characters" "$(echo '{"a":1}' |
	bigquery --declared "$T/long" | jq '.[0].description | length')" 1024
awk 'BEGIN { printf "{"; for (i = 0; i < 10001; i++)
	printf "%s\"c%d\":1", i ? "," : "", i; print "}" }' >"$T/wide"
status "more than 10,000 columns" 65 bigquery <"$T/wide"
status "no records" 65 bigquery <<'END'
{"results":[]}
END
echo "$page" | hs-schema -f bigquery -o "$T/f.json" >"$T/passed"
is "-o passes the stream on" "$(cat "$T/passed")" "$page"
is "and writes the same" "$(jq length "$T/f.json")" 10
status "a dialect is not asked for" 64 bigquery --dialect postgres
t_done
