#!/bin/sh
# The stand-in's search by ids, what a lagging one lacks, and which bodies are
# refused where all that the specification requires must be there.
. tests/lib.sh
for need in curl jq; do
	command -v $need >/dev/null || t_skip_all "needs $need"
done
. tests/standin/ask.sh

search() { # body
	get $new/companies/search -d "$1"
}
found() { # body: the total and the ids
	search "$1" | jq -c '[.total,[.results[].id|tonumber]]'
}
beyond() { # operator id: a filter
	printf '"filterGroups":[{"filters":[{"propertyName":"hs_object_id",'
	printf '"operator":"%s","value":"%s"}]}]' "$1" "$2"
}
down='"sorts":[{"propertyName":"hs_object_id","direction":"DESCENDING"}]'
up='"sorts":[{"propertyName":"hs_object_id","direction":"ASCENDING"}]'

standin_start
is 'the greatest id, and how many there are' \
	"$(found "{\"limit\":1,$down}")" '[250,[1848]]'
is 'in short' "$(found '{"limit":1,"sorts":["-hs_object_id"]}')" \
	'[250,[1848]]'
is 'the least' "$(found "{\"limit\":2,$up}")" '[250,[105,113]]'
is 'in short, too' "$(found '{"limit":2,"sorts":["hs_object_id"]}')" \
	'[250,[105,113]]'
is 'beyond an id' "$(found "{\"limit\":2,$up,$(beyond GT 113)}")" \
	'[248,[115,127]]'
is 'from an id on' "$(found "{\"limit\":2,$up,$(beyond GTE 113)}")" \
	'[249,[113,115]]'
is 'an id that there is not' "$(found "{\"limit\":2,$up,$(beyond GT 114)}")" \
	'[248,[115,127]]'
is 'beyond all' "$(found "{$(beyond GT 1848)}") $(found \
	"{$(beyond GT 99999999999999999999)}")" '[0,[]] [0,[]]'
is 'beyond an id, from the greatest down' \
	"$(found "{\"limit\":2,$down,$(beyond GT 1820)}" | jq -c '.[1][0],
		(.[1]|length)' | xargs)" '1848 2'
is 'up to 200 at once' "$(search '{"limit":200}' | jq '.results|length')" 200
is 'and no more' "$(code $new/companies/search -d '{"limit":201}')" 400
is 'the rest of them' \
	"$(search '{"limit":200,"after":"200"}' |
		jq -c '[(.results|length),.results[-1].id,.paging]')" \
	'[50,"1848",null]'
is 'with the properties asked for' \
	"$(search '{"limit":1,"properties":["city","nosuch"]}' |
		jq -c '.results[0].properties|keys')" \
	'["city","createdate","hs_lastmodifieddate","hs_object_id"]'
is 'or with the usual ones' \
	"$(search '{"limit":1}' | jq -c '.results[0].properties|keys')" \
	'["createdate","domain","hs_lastmodifieddate","hs_object_id","name"]'

# --- the newest aren't in it yet
last=$(get "$new/companies?after=1820" | jq -c '[.results[].id|tonumber]')
for pattern in usual descending; do
	standin_start --search-lag 3 --ids $pattern
	ids=$(pages "$new/companies?limit=100" | jq -sc \
		'[.[].results[].id|tonumber]|sort')
	is "$pattern: a lagging search lacks the newest three" \
		"$(found "{\"limit\":2,$down}")" \
		"$(echo "$ids" | jq -c '[247,[.[-4],.[-5]]]')"
	is "$pattern: in ranges, too" \
		"$(found "{$(beyond GT "$(echo "$ids" | jq '.[-6]')")}")" \
		"$(echo "$ids" | jq -c '[2,[.[-5],.[-4]]]')"
done
is 'the list has them' "$(echo "$last" | jq 'length > 3')" true
standin_start --search-lag 300
is 'all of them may be new' "$(found "{$down}")" '[0,[]]'

# --- bodies
standin_start --strict-bodies
whole='{"filterGroups":[],"sorts":[],"properties":[],"after":"","limit":1}'
is 'a search with every member' "$(code $new/companies/search -d "$whole")" 200
for member in filterGroups sorts properties after limit; do
	is "a search without $member" \
		"$(search "$(echo "$whole" | jq -c "del(.$member)")" |
			jq -r '[.status,.category,.message]|join(" ")')" \
		"error VALIDATION_ERROR Invalid input JSON on line 1, column 1: Some required fields were not set: [$member]"
done
is 'a search whose limit is a text' "$(code $new/companies/search \
	-d "$(echo "$whole" | jq -c '.limit="1"')")" 400
is 'a filter with a text' "$(code $new/companies/search -d "$(echo "$whole" |
	jq -c ".+{$(beyond GT 113)}")")" 200
is 'a filter with a number' "$(code $new/companies/search -d "$(echo "$whole" |
	jq -c ".+{$(beyond GT 113)}|.filterGroups[].filters[].value=113")")" 400
batch='{"inputs":[{"id":"105"}],"properties":[],"propertiesWithHistory":[]}'
is 'a batch with every member' \
	"$(code $new/companies/batch/read -d "$batch")" 200
for member in inputs properties propertiesWithHistory; do
	is "a batch without $member" "$(code $new/companies/batch/read \
		-d "$(echo "$batch" | jq -c "del(.$member)")")" 400
done
standin_start
is 'usually none of them matter' "$(code $new/companies/search -d '{}') $(code \
	$new/companies/batch/read -d '{"inputs":[{"id":"105"}]}')" '200 200'

# --- five a second; all at once over one connection
standin_start --burst 100
search=$URL$new/companies/search
is 'a sixth search in a second is one too many' \
	"$(get $new/companies/search -d "{\"limit\":1,$down}" $search $search \
		$search $search $search | jq -sc '[.[].total],last.policyName')" \
	'[250,250,250,250,250,null]
"SECONDLY"'
t_done
