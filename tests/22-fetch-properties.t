#!/bin/sh
# hs-fetch: more properties than fit into a URL.
. tests/lib.sh
XDG_RUNTIME_DIR=$T
export XDG_RUNTIME_DIR

# The same list from batch reads, page by page, with curl and jq.
api() { # PATH [BODY]
	curl -sS -H "Authorization: Bearer $HUBSPOT_API_KEY" \
		${2:+-H 'Content-Type: application/json' -d "@$2"} "$URL$1"
}
reference() { # TYPE QUERY
	api "/crm/properties/2026-09/$1" |
		jq -c '[.results[].name]' >"$T/names"
	after=
	while :; do
		api "/crm/objects/2026-09/$1?limit=100$2$after" >"$T/list"
		jq -c --slurpfile p "$T/names" \
			'{properties:$p[0],propertiesWithHistory:[],inputs:[.results[]|{id}]}' \
			"$T/list" >"$T/body"
		api "/crm/objects/2026-09/$1/batch/read" "$T/body" >"$T/full"
		jq -cS --slurpfile f "$T/full" '($f[0].results
			|map({(.id):.})|add) as $m|.results[]
			|.properties=$m[.id].properties' "$T/list"
		after=$(jq -r '.paging.next.after//empty' "$T/list")
		[ -n "$after" ] || break
		after="&after=$after"
	done
}
records() {
	jq -cS '.results[]' "$1"
}

standin_start --records 150 --properties 1200 --property-name-length 40 \
	--burst 100000 --log "$T/log"
reference companies '&associations=contacts' >"$T/want"
: >"$T/log"
status "1,200 properties of 40 characters" 0 hs-fetch companies:contacts
records "$T/out" >"$T/got"
same "come whole, in the list's order, with associations" \
	"$T/want" "$T/got"
is "each record with every one" "$(jq -c '.results[].properties|length' \
	"$T/out" | sort -u)" 1200
is "no request was refused" "$(grep -vc '"status":200' "$T/log")" 0
is "no URL was longer than 8,000" "$(jq -r '.query|length|select(.>7900)' \
	"$T/log")" ""
is "a batch for each page" "$(grep -c batch/read "$T/log")" 2
mv "$T/out" "$T/whole"
hs-fetch -j 1 companies:contacts >"$T/one"
same "one at a time gives the same" "$T/whole" "$T/one"
like "--dry-run counts the batches" "$(hs-fetch -n companies)" \
	'^requests: 4 \(half of them batch reads'
case $BUILD in
*san) skip "in 400 MB of address space, too" "the sanitizers need their own" ;;
*)
	sh -c 'ulimit -v 400000; hs-fetch companies' >"$T/out" 2>"$T/err"
	is "in 400 MB of address space, too" \
		"$(jq -s '[.[].results|length]|add' "$T/out")" 150
	;;
esac
hs-fetch --history city companies >"$T/out"
hs-flatten --history "$T/out" >"$T/rows"
is "a history becomes rows, one for each value" \
	"$(jq -c '.results[]|[.from_id,.value,.timestamp]' "$T/rows")" \
	"$(jq -c '.results[]|.id as $i|.propertiesWithHistory.city[]
		|[$i,.value,.timestamp]' "$T/out")"
is "whose key is record, property and time" "$(jq -c '.results[]
	|[.from_id,.property,.timestamp]' "$T/rows" | sort | uniq -d)" ""
is "with histories" "$(jq -c '.results[]|[(.properties|length),
	(.propertiesWithHistory|keys)]' "$T/out" | sort -u)" '[1200,["city"]]'
hs-fetch --archived companies >"$T/out"
is "archived ones" "$(jq -c '.results[]|[.archived,(.properties|length)]' \
	"$T/out" | sort -u)" '[true,1200]'
standin_stop

# A URL limit lower than we know.
standin_start --records 250 --burst 100000 --log "$T/log" \
	--fault 'path=/objects/2026-09/companies method=GET query=properties=annualrevenue times=forever status=414'
status "414 turns to batch reads" 0 hs-fetch companies
is "and nothing is missing" "$(jq -c '.results[].properties|length' \
	"$T/out" | sort -u | tr '\n' ' ')$(jq -s '[.[].results|length]|add' \
	"$T/out")" "40 250"
standin_stop

# Things that happen between the list and the batch.
faulty() { # TITLE FAULT
	standin_start --records 120 --properties 1200 --burst 100000 \
		--property-name-length 40 --log "$T/log" \
		--fault "path=batch/read $2"
	hs-fetch -j 1 companies >"$T/out" 2>"$T/err"
	is "$1: done" $? 0
	head -10 "$T/log" >"$T/first"
	hs-fetch companies >"$T/again" 2>"$T/err"
	same "$1: every record once, and of one moment" "$T/again" "$T/out"
	is "$1: with all its properties" "$(jq -c \
		'.results[].properties|length' "$T/out" | sort -u)" 1200
}
faulty "records missing from a batch are read again" missing=3
is "one more batch" "$(grep -c '"fault":"' "$T/log")" 1
standin_stop
faulty "a record that changed is read again" torn=5
is "by a second reading" "$(head -8 "$T/first" | grep -c batch/read)" 3
standin_stop
faulty "a record that was not asked for is left out" extra
standin_stop
faulty "a record that comes twice comes once" duplicate
standin_stop

standin_start --records 120 --properties 1200 --property-name-length 40 \
	--burst 100000 --fault 'path=batch/read missing=1 times=forever'
status "a batch that leaves out what exists is no snapshot" 76 \
	hs-fetch companies
like "and says which" "$(cat "$T/err")" 'leaves out record [0-9]+, which exists'
standin_stop

standin_start --records 120 --properties 1200 --property-name-length 40 \
	--burst 100000 --fault 'path=batch/read missing=1 times=forever' \
	--fault 'path=/companies/ query=hs_object_id times=forever status=404'
status "records that are gone by now are left out" 0 hs-fetch companies
is "in every page one" "$(jq -s -c '[.[].results|length]' "$T/out")" \
	'[99,19]'
like "with a note" "$(cat "$T/err")" '2 records were deleted'
standin_stop

standin_start --records 120 --properties 1200 --property-name-length 40 \
	--burst 100000 --fault 'path=batch/read missing=1 times=forever' \
	--fault 'path=/companies/ query=hs_object_id times=forever status=404 html'
status "nobody is gone because of a page of HTML" 75 \
	hs-fetch --retry-time 1 companies
is "and no page lacks a record" "$(cat "$T/out")" ""
standin_stop

# A batch knows no associations, whatever it says.
many="--records companies=3 --properties 1200 --property-name-length 40
	--burst 100000"
standin_start $many
hs-fetch companies:contacts >"$T/want"
standin_stop
for none in '{}' null; do
	jq -c --argjson a "$none" '{status:"COMPLETE",
		results:[.results[]|.associations=$a]}' "$T/want" >"$T/batch"
	standin_start $many --fault "path=batch/read body=@$T/batch"
	status "a batch with associations $none" 0 hs-fetch companies:contacts
	is "takes none away" "$(jq -cS .results "$T/out" | cksum)" \
		"$(jq -cS .results "$T/want" | cksum)"
	standin_stop
done

# What the list of properties says.
three="--records companies=3 --burst 100000"
twice='{"results":[{"name":"name"},{"name":"city"},{"name":"name"}]}'
standin_start $three --fault "path=/properties/ body=$twice"
status "a property that is listed twice" 0 hs-fetch --verify-count companies
standin_stop
for after in 2 '""' '{}'; do
	standin_start $three --fault "path=/properties/ times=forever body={\"results\":[{\"name\":\"name\"}],\"paging\":{\"next\":{\"after\":$after}}}"
	status "properties that go on at $after" 76 hs-fetch companies
	standin_stop
done
standin_start $three --fault "path=/account-info/ times=forever status=500"
status "a quota that can't be had" 0 hs-fetch -n companies
like "is not known" "$(cat "$T/out")" '^daily quota left: not known$'
standin_stop
standin_start $three
status "a history as long as a URL, beside the default" 64 hs-fetch \
	-p default --history "$(seq -s, -f 'a_property_of_some_length_%g' 400)" \
	companies
standin_stop

# Sensitive ones, which the API lists apart.
standin_start --records companies=3 --sensitive 2 --log "$T/log"
status "all leaves out what is sensitive" 0 hs-fetch companies
is "and says how many" "$(cat "$T/err")" "hs-fetch: companies: all leaves out 4 sensitive properties; --sensitive adds them"
is "they don't come" "$(jq -c '.results[].properties|length' "$T/out" |
	sort -u)" 36
status "-q says nothing" 0 hs-fetch -q companies
is "indeed" "$(cat "$T/err")" ""
like "--dry-run says it, too" "$(hs-fetch -n companies 2>&1)" \
	'leaves out 4 sensitive'
status "--sensitive" 0 hs-fetch --sensitive companies
is "brings both degrees" "$(jq -c '.results[].properties|length' "$T/out" |
	sort -u)$(cat "$T/err")" 40
: >"$T/log"
status "names need no lists" 0 hs-fetch -p city companies
is "and ask for none" "$(grep -c /properties/ "$T/log")" 0
status "--sensitive without all is a mistake" 64 \
	hs-fetch --sensitive -p city companies
status "so it is with default" 64 hs-fetch --sensitive -p default companies
status "and for what is no record" 64 hs-fetch --sensitive owners
standin_stop
standin_start --records companies=3 --sensitive 1 \
	--scopes crm.objects.companies.read,crm.schemas.companies.read
status "a token without their scopes" 77 hs-fetch --sensitive companies
like "is told both" "$(cat "$T/err")" 'take crm.objects.companies.sensitive.read.v2 and crm.objects.companies.highly_sensitive.read.v2$'
status "can read the others" 0 hs-fetch companies
standin_stop
standin_start --records companies=3 --sensitive 2 \
	--fault 'query=dataSensitivity times=forever status=500'
status "where they can't be counted" 0 hs-fetch companies
is "nothing is said of them" "$(cat "$T/err")" ""
status "nor can they be added" 75 hs-fetch --retry-time 0 --sensitive companies
standin_stop
t_done
