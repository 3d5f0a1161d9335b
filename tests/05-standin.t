#!/bin/sh
# SPDX-FileCopyrightText: 2026 the hs-tools authors
# SPDX-License-Identifier: MIT
# The stand-in behaves as its help says: endpoints, limits, every fault.
BUILD=${BUILD:-.build}
standin=$BUILD/tests/standin/standin
token=pat-na1-00000000-0000-4000-8000-000000000001
dir=$(mktemp -d) || exit 1
trap 'exec 9>&-; rm -rf "$dir"' EXIT
tests=0

for need in curl jq; do
	command -v $need >/dev/null || {
		echo "1..0 # SKIP needs $need"
		exit 0
	}
done

# is TITLE GOT WANTED
is() {
	tests=$((tests + 1))
	if [ "$2" = "$3" ]; then
		echo "ok $tests - $1"
	else
		echo "not ok $tests - $1"
		printf '%s\n' "got:    $2" "wanted: $3" | sed 's/^/# /'
	fi
}

# The server's standard input is a fifo that we hold open on descriptor 9;
# its URL comes through another.
start() {
	rm -f "$dir/in" "$dir/out"
	mkfifo "$dir/in" "$dir/out"
	"$standin" --log "$dir/log" "$@" <"$dir/in" >"$dir/out" \
		2>"$dir/err" &
	pid=$!
	exec 9>"$dir/in"
	read -r url <"$dir/out"
}

# Ends it; its status is in $status.
stop() {
	exec 9>&-
	wait "$pid"
	status=$?
}

# get PATH [curl's arguments]: the body on standard output
get() {
	path=$1
	shift
	curl -sg -m 20 -H "Authorization: Bearer $token" "$@" "$url$path" \
		2>"$dir/curl"
}

# code PATH [...]: curl's status and HTTP's; the body goes to $dir/body
code() {
	rm -f "$dir/body"
	http=$(get "$@" -o "$dir/body" -w '%{http_code}')
	echo "$? $http"
}

# as TOKEN PATH: HTTP's code
as() {
	curl -s -H "Authorization: Bearer $1" -o /dev/null \
		-w '%{http_code}' "$url$2"
}

# let_in PATH: asks again until that's no longer refused
let_in() {
	try=0
	while [ "$(code "$1")" != '0 200' ]; do
		try=$((try + 1))
		[ $try -lt 500 ] || return
	done
}

# pages PATH?QUERY: follows the cursors, each page a line
pages() {
	after=
	while :; do
		page=$(get "$1${after:+&after=$after}") || return
		printf '%s\n' "$page"
		after=$(printf '%s\n' "$page" |
			jq -r '.paging.next.after // empty | @uri')
		[ -n "$after" ] || return 0
	done
}

# fault WORDS [options]: a server with that fault
fault() {
	start --fault "$@"
}

new=/crm/objects/2026-09
old=/crm/v3/objects

# --- the program
is 'help goes to standard output' \
	"$("$standin" --help | head -n 1)" 'usage: standin [options]'
"$standin" --nosuch 2>/dev/null
is 'an unknown option is refused' $? 64
"$standin" --fault 'path=/x nonsense' 2>/dev/null
is 'a fault it does not understand is refused' $? 64
"$standin" --fault 'path=/x truncate' 2>/dev/null
is 'a fault without its number is refused' $? 64
start --fault 'path=/nowhere reset'
stop
is 'a fault never met is an error' \
	"$status $(cat "$dir/err")" '3 standin: fault never met: path=/nowhere reset'
start
kill "$pid"
stop
is 'SIGTERM ends it' $status 0

# --- lists
start --associations companies:contacts:2=250 \
	--associations companies:line_items=1 \
	--associations companies:2-1001=1
is 'a page has ten records' "$(get $new/companies | jq '.results|length')" 10
is 'limit is at most 100' "$(code "$new/companies?limit=101")" '0 400'
is 'limit is at most 50 with history' \
	"$(code "$new/companies?limit=51&propertiesWithHistory=name")" '0 400'
pages "$new/companies?limit=60" >"$dir/pages"
is 'the pages hold every record' \
	"$(jq -s '[.[].results[].id]|length,(unique|length)' "$dir/pages" |
		xargs)" '250 250'
is 'ids ascend as numbers' \
	"$(jq -s '[.[].results[].id|tonumber]|.==sort' "$dir/pages")" true
is 'the last page has no paging' \
	"$(tail -n 1 "$dir/pages" | jq 'has("paging")')" false
is 'the cursor is the next id' \
	"$(jq -s '.[0].paging.next.after == .[1].results[0].id' \
		"$dir/pages")" true
is 'both families list the same' \
	"$(get "$old/companies?limit=3" | jq -c '[.results[].id]')" \
	"$(get "$new/0-2?limit=3" | jq -c '[.results[].id]')"
is 'an unknown property is missing, a known one there' \
	"$(get "$new/companies?limit=1&properties=nosuch,city" |
		jq -c '.results[0].properties|has("nosuch"),has("city")' |
		xargs)" 'false true'
is 'three properties always come' \
	"$(get "$new/contacts?limit=1&properties=city" |
		jq -c '.results[0].properties|keys')" \
	'["city","createdate","hs_object_id","lastmodifieddate"]'
names=$(get /crm/properties/2026-09/companies |
	jq -r '[.results[].name]|join(",")')
is 'every defined property is there' \
	"$(get "$new/companies?limit=1&properties=$names" |
		jq -r '.results[0].properties|keys|join(",")')" \
	"$(echo "$names" | tr , '\n' | LC_ALL=C sort | paste -sd , -)"
is 'about 40 of 100 values are null' \
	"$(get "$new/companies?limit=100&properties=$names" |
		jq '[.results[].properties[]]|
			(map(select(.==null))|length)*100/length|.>30 and .<55')" \
	true
is 'history comes with its source' \
	"$(get "$new/companies?limit=1&propertiesWithHistory=name" |
		jq -c '.results[0].propertiesWithHistory.name[0]|
			[has("value","timestamp","sourceType")]')" \
	'[true,true,true]'
is 'archived records are others' \
	"$(get "$new/companies?archived=true&limit=1" |
		jq -c '.results[0]|.archived,has("archivedAt")' | xargs)" \
	'true true'
is 'one record' "$(get "$new/companies/105" | jq -r .id)" 105
is 'a record that is not there' "$(code "$new/companies/104")" '0 404'
is 'a URL past 16,200 characters is refused' \
	"$(code "$new/companies?properties=$(printf '%016300d' 1)")" '0 414'
is 'no such version' "$(code /crm/objects/2024-01/companies)" '0 404'
is 'no such method' "$(code $new/companies -X PUT)" '0 405'
get $new/credentialing >"$dir/body"
is 'a bare custom name is refused, without category' \
	"$(jq -c '.message,has("category")' "$dir/body" | xargs)" \
	'Unable to infer object type from: credentialing false'
is 'its id works' "$(code $new/2-30931773)" '0 200'
is 'its qualified name works' \
	"$(code $new/p23451017_credentialing)" '0 200'

# --- batch reads and search
ids=$(head -n 1 "$dir/pages" |
	jq -c '{properties:["name"],inputs:[.results[]|{id}]}')
get $new/companies/batch/read -d "$ids" >"$dir/batch"
is 'a batch has the records of the list' \
	"$(jq -c '[.results[]|[.id,.properties.name]]|sort' "$dir/batch")" \
	"$(head -n 1 "$dir/pages" |
		jq -c '[.results[]|[.id,.properties.name]]|sort')"
is 'in another order' \
	"$(jq -c '[.results[].id|tonumber]|.==sort' "$dir/batch")" false
is 'a missing id is absent' \
	"$(get $old/companies/batch/read -d '{"inputs":[{"id":"1"}]}' |
		jq -c '[.status,.results]')" '["COMPLETE",[]]'
is 'more than 100 inputs are refused' \
	"$(code $new/companies/batch/read \
		-d "$(jq -nc '{inputs:[range(101)|{id:"\(.)"}]}')")" '0 400'
is 'a body that is not JSON is refused' \
	"$(code $new/companies/batch/read -d '{"inputs":')" '0 400'
is 'search has the total and the highest id' \
	"$(get $new/companies/search -d '{"limit":1,"sorts":[{"propertyName":
		"hs_object_id","direction":"DESCENDING"}]}' |
		jq -c '[.total,.results[0].id]')" \
	"$(jq -sc '[250,.[-1].results[-1].id]' "$dir/pages")"
is 'search by ranges of ids' \
	"$(get $new/companies/search -d '{"filterGroups":[{"filters":[
		{"propertyName":"hs_object_id","operator":"GTE","value":"113"},
		{"propertyName":"hs_object_id","operator":"LT","value":"150"}
		]}]}' | jq -c '[.total,.results[0].id]')" '[6,"113"]'

# --- associations
assoc=$(get "$new/companies?limit=3&associations=contacts,line_items,2-1001")
is 'keys of associations are not the names asked' \
	"$(echo "$assoc" | jq -c '.results[0].associations|keys|.[-2:]')" \
	'["line items","p23451017_invoices"]'
many=$(echo "$assoc" | jq -c '.results[2].associations.contacts')
is 'at most 100 inline' \
	"$(echo "$many" | jq '.results|length|.<=100 and .>97')" true
is 'the nested cursor is percent-encoded' \
	"$(echo "$many" | jq '.paging.next.after|test("%3D$")')" true
is 'a labelled one appears twice' \
	"$(echo "$many" | jq '[.results[].id]|length > (unique|length)')" true
rest=$(echo "$assoc" | jq -c '{inputs:[.results[2]|
	{id,after:.associations.contacts.paging.next.after}]}')
get /crm/associations/2026-09/companies/contacts/batch/read -d "$rest" \
	>"$dir/rest"
is 'the batch read goes on where the list ended' \
	"$( (echo "$many" | jq -r '.results[].id'
		jq -r '.results[0].to[].toObjectId' "$dir/rest") | sort -u |
		wc -l | xargs)" 250
is 'toObjectId is a number' \
	"$(jq -r '.results[0].to[0].toObjectId|type' "$dir/rest")" number
is 'a cursor that was decoded is refused' \
	"$(code /crm/v4/associations/companies/contacts/batch/read \
		-d "$(echo "$rest" | sed 's/%3D/=/g')")" '0 400'
id=$(echo "$assoc" | jq -r '.results[2].id')
is 'associations of one record' \
	"$(pages "/crm/v4/objects/companies/$id/associations/contacts?limit=99" |
		jq -s '[length,([.[].results[].toObjectId]|unique|length)]|add')" \
	253
is 'a bare custom name is no association' \
	"$(code "$new/companies?associations=credentialing")" '0 400'

# --- definitions and the account
is 'custom objects are listed' \
	"$(get /crm-object-schemas/2026-09/schemas |
		jq -c '[.results[].name]')" \
	'["invoices","credentialing","Vehicle","VEHICLE"]'
is 'a standard schema comes by itself' \
	"$(get /crm/v3/schemas/companies | jq -r .objectTypeId)" 0-2
is 'owners are paged' \
	"$(pages '/crm/v3/owners?limit=60' | jq -sc '[length,.[2].paging]')" \
	'[3,null]'
is 'pipelines have stages' \
	"$(get /crm/pipelines/2026-09/deals |
		jq '.results[0].stages|length')" 6
is 'the daily usage is counted' \
	"$(get /account-info/2026-09/api-usage/daily/private-apps |
		jq '.results[0].currentUsage > 10')" true
stop
is 'it ends well with its input' "$status $(cat "$dir/err")" '0 '
is 'the log has a line for each request' \
	"$(jq -s 'map(.n)==[range(1;length+1)]' "$dir/log")" true
is 'and never the token' "$(grep -c -e pat- -e Bearer "$dir/log")" 0

# --- portals
start --records companies=10000000 --properties contacts=1200 \
	--property-name-length 40 --custom ships=7 --seed 2
is 'ten million records cost nothing' \
	"$(get $new/companies/search -d '{}' | jq .total)" 10000000
is 'and can be entered anywhere' \
	"$(get "$new/companies?after=70000060" |
		jq -c '[(.results|length|.<10),has("paging")]')" '[true,false]'
is '1,200 properties of 40 characters' \
	"$(get /crm/properties/2026-09/contacts | jq -c '.results|
		[length,(map(.name|length)|max)]')" '[1200,40]'
is 'a custom object was added' \
	"$(get $new/p23451017_ships | jq '.results|length')" 7
is 'another seed, another portal' \
	"$(get "$new/companies?limit=1" | jq '.results[0].id=="105"')" false
stop
start --cursor opaque --null-paging --missing --string-ids --odd-text --gzip
is 'opaque cursors lead through all pages' \
	"$(pages "$new/companies?limit=90" |
		jq -s '[.[].results[]]|length')" 250
is 'others are refused' "$(code "$new/companies?after=113")" '0 400'
is 'a null paging' \
	"$(get "$new/notes?limit=100" | jq 'has("paging") and .paging==null')" \
	true
is 'missing ids are reported' \
	"$(code $new/companies/batch/read -d '{"inputs":[{"id":"1"}]}')" '0 207'
is 'gzip is the same but smaller' \
	"$(get "$new/contacts?limit=100" --compressed | cksum)" \
	"$(get "$new/contacts?limit=100" | cksum)"
get "$new/contacts?limit=100" -H 'Accept-Encoding: gzip' -D "$dir/head" \
	>/dev/null
is 'gzip says so' "$(grep -ci 'content-encoding: gzip' "$dir/head")" 1
stop
start --cursor encoded --prerender companies --latency 30 \
	--latency-per-property 1000
is 'encoded cursors lead through all pages' \
	"$(pages "$new/companies?limit=90" |
		jq -s '[.[].results[]]|length')" 250
is 'a page from memory is the same' \
	"$(get $new/companies | cksum)" "$(get $new/companies | cksum)"
is 'latency' \
	"$(get "$new/companies?properties=a,b,c,d,e,f,g,h,i,j,k" -o /dev/null \
		-w '%{time_total}' | jq '. >= 0.041')" true
stop

# --- token, scopes, limits
start --scopes crm.objects.companies.read,crm.schemas.custom.read \
	--malformed530 --revoke-after 6
is 'no token' "$(curl -s "$url$new/companies" | jq -r .category)" \
	INVALID_AUTHENTICATION
is 'a token of another form' \
	"$(as x $new/companies)" 530
is 'another token' \
	"$(as pat-eu1-00000000-0000-4000-8000-000000000002 $new/companies)" 401
is 'a scope that suffices' "$(code $new/companies)" '0 200'
is 'properties by the scope of the object' \
	"$(code /crm/properties/2026-09/companies)" '0 200'
is 'schemas by their own' "$(code /crm/v3/schemas)" '0 200'
is 'a missing scope is named' \
	"$(get $new/quotes |
		jq -c '.errors[0].context.requiredGranularScopes')" \
	'["crm.objects.quotes.read","e-commerce"]'
is 'associated types need theirs' \
	"$(code "$new/companies?associations=contacts")" '0 403'
is 'tickets have a short one' \
	"$(get $new/tickets |
		jq -c '.errors[0].context.requiredGranularScopes')" \
	'["tickets"]'
is 'a token that was revoked' "$(code $new/companies)" '0 401'
stop
start --expired
is 'a token that expired' "$(get $new/companies | jq -r .category)" \
	EXPIRED_AUTHENTICATION
stop
start --burst 3 --window 2000 --daily 5 --retry-after 1
get $new/companies -D "$dir/head" -o /dev/null
is 'the limits are in the headers' \
	"$(tr -d '\r' <"$dir/head" | grep -i ratelimit | cut -d ' ' -f 2 |
		xargs)" '3 2 2000 5 4'
is 'up to the burst' "$(code $new/companies) $(code $new/companies)" \
	'0 200 0 200'
get $new/companies -D "$dir/head" >"$dir/body"
is 'then 429' "$(jq -r .policyName "$dir/body")" TEN_SECONDLY_ROLLING
is 'with Retry-After' "$(grep -ci '^retry-after: 1' "$dir/head")" 1
let_in $new/companies
is 'until the window has passed' $? 0
let_in $new/companies
is 'the day has an end' "$(get $new/companies | jq -r .policyName)" DAILY
stop
start --burst 100 --window 10000 --bare-429 --no-limit-headers
search=$url$new/companies/search # six within a second: one connection
is 'searches have a limit of their own, told by the message' \
	"$(get $new/companies/search -d '{}' $search $search $search $search \
		$search | jq -cs 'last|[.message,.policyName]')" \
	'["You have reached your secondly limit.",null]'
get $new/companies -D "$dir/head" -o /dev/null
is 'headers may be left out' "$(grep -ci ratelimit "$dir/head")" 0
stop

# --- faults: replies
fault 'path=/companies at=2 times=2 status=503 header=Retry-After:7'
is 'a status, from the second on, twice' \
	"$(for i in 1 2 3 4; do code $new/companies; done | xargs)" \
	'0 200 0 503 0 503 0 200'
is 'other paths are not concerned' "$(code $new/contacts)" '0 200'
stop
is 'it was met' $status 0
is 'the log names it' "$(jq -s 'map(select(.fault)|.status)|add' \
	"$dir/log")" 1006
fault 'method=POST times=forever status=500 body=so it is' \
	--fault 'query=limit=7 status=502 html' --fault 'contains="113" reset' \
	--fault 'path=/deals redirect=https://example.com/x' \
	--fault 'path=/notes status=504 empty' --fault 'path=/notes garbage' \
	--fault 'path=/notes nan' --fault 'path=/notes no-results'
is 'by method, with a body' \
	"$(get $new/companies/search -d '{}')" 'so it is'
is 'by query, HTML' \
	"$(code "$new/companies?limit=7") $(head -c 9 "$dir/body")" \
	'0 502 <!DOCTYPE'
is 'redirect' \
	"$(get $new/deals -o /dev/null -w '%{http_code} %{redirect_url}')" \
	'302 https://example.com/x'
is 'an empty body' "$(get $new/notes -w '%{http_code}')" 504
is 'garbage' "$(get $new/notes | grep -c ',}')" 1
is 'NaN' "$(get $new/notes | grep -c NaN)" 1
is 'no results' "$(get $new/notes | jq -c 'has("results"),.status' |
	xargs)" 'false error'
stop
is 'one that was not met shows' "$status $(grep -c contains "$dir/err")" '3 1'
printf 'from a file' >"$dir/text"
fault 'charset' --fault 'no-content-type' --fault "status=403 body=@$dir/text" \
	--fault 'delay=150'
is 'a wrong charset' "$(get $new/notes -o /dev/null -w '%{content_type}')" \
	'text/plain; charset=ISO-8859-1'
is 'no content type' "$(get $new/notes -o /dev/null -w '%{content_type}')" ''
is 'a body from a file' "$(get $new/notes)" 'from a file'
is 'a delay' "$(get $new/notes -o /dev/null -w '%{time_total}' |
	jq '. >= 0.15')" true
stop

# --- faults: data
fault 'cut-valid' --fault 'repeat-cursor' --fault 'empty-page' \
	--fault 'duplicate' --fault 'path=/batch missing=2' \
	--fault 'path=/batch extra' --fault 'path=/batch torn=1' \
	--fault 'path=/associations partial207'
is 'half a page without paging' \
	"$(get $new/companies | jq -c '[(.results|length),.paging]')" '[5,null]'
is 'the cursor just used' \
	"$(get "$new/companies?after=113" | jq -r .paging.next.after)" 113
page=$(get "$new/companies?after=113")
is 'an empty page' "$(echo "$page" | jq '.results|length')" 0
after=$(echo "$page" | jq -r .paging.next.after)
is 'from which one can go on' \
	"$([ "$after" != 113 ] && get "$new/companies?after=$after&limit=1" |
		jq -c '[.results[].id]')" '["113","113"]'
three='{"properties":["name"],"inputs":[{"id":"105"},{"id":"113"},{"id":"115"}]}'
is 'ids left out of a batch' \
	"$(get $new/companies/batch/read -d "$three" |
		jq -c '[.results[].id]')" '["115"]'
is 'one that was not asked for' \
	"$(get $new/companies/batch/read -d "$three" |
		jq '[.results[].id]-["105","113","115"]|length')" 1
before=$(get "$new/companies/113" | jq -c '[.updatedAt,.properties.name]')
torn='.results[]|select(.id=="113")|[.updatedAt,.properties.name]'
now=$(get $new/companies/batch/read -d "$three" | jq -c "$torn")
is 'a record changes' "$([ "$before" != "$now" ] && echo changed)" changed
is 'and stays so' \
	"$(get "$new/companies/113" | jq -c '[.updatedAt,.properties.name]')" \
	"$now"
is 'part of an association batch fails' \
	"$(get /crm/associations/2026-09/0-2/0-1/batch/read -w '%{http_code}' \
		-d '{"inputs":[{"id":"105"},{"id":"113"}]}' |
		jq -c '.numErrors? // .' | xargs)" '1 207'
stop
is 'all of them were met' "$status $(cat "$dir/err")" '0 '

# --- faults: sending
fault 'reset' --fault 'truncate=100' --fault 'truncate-chunked=100' \
	--fault 'short-length' --fault 'drip=1000/5' --fault 'huge=3000000' \
	--fault 'huge-spaces=1000' --fault 'badgzip' --fault 'bomb' \
	--fault 'stall=50'
is 'a reset' "$(code $new/companies)" '56 000'
is 'cut before its length' \
	"$(code $new/companies) $(wc -c <"$dir/body" | xargs)" '18 200 100'
is 'cut without length' \
	"$(code $new/companies) $(wc -c <"$dir/body" | xargs)" '18 200 100'
is 'cut with a matching length' \
	"$(code $new/companies) $(jq -s length "$dir/body" 2>/dev/null)" \
	'0 200 '
is 'a drip' "$(get $new/companies | jq '.results|length')" 10
is 'a huge string' "$(get $new/companies |
	jq '.results[0].properties.huge|length')" 3000000
is 'many spaces' "$(get $new/companies | jq -c .)" '{"results":[]}'
is 'broken gzip' "$(code $new/companies --compressed)" '61 200'
is 'a bomb' "$(code $new/companies) $(gzip -dc "$dir/body" |
	head -c 12) $(($(wc -c <"$dir/body") < 3000000))" '0 200 {"results":[ 1'
is 'a stall' "$(code $new/companies -m 0.3) $(wc -c <"$dir/body" | xargs)" \
	'28 200 50'
stop
is 'and the server has survived it all' "$status $(cat "$dir/err")" '0 '
fault 'exit'
is 'a server that dies' "$(code $new/companies)" '18 200'
stop
is 'is dead' $status 9

echo "1..$tests"
