#!/bin/sh
# hs-fetch: any list of the API by its path, and the lists that have names.
. tests/lib.sh
XDG_RUNTIME_DIR=$T
export XDG_RUNTIME_DIR

jq -nc '[range(130) | {id: "\(. + 1)", name: "n\(.)"}]' >"$T/list"
jq -nc '[range(130) | {guid: "g\(.)", n: .}]' >"$T/events"
echo '{"subscriptionDefinitions":[{"id":"1"},{"id":"2"}],"a":{"b":[7]}}' \
	>"$T/definitions"
echo '{"portalId":7,"timeZone":"US/Eastern"}' >"$T/one"
echo '{"hasMore":true,"results":[{"id":"1"}]}' >"$T/more"
echo '{"forms":[{"id":"1"}],"hasMore":true,"offset":1}' >"$T/forms"
lists='/marketing/forms/{V} /marketing/emails/{V} /marketing/campaigns/{V}
	/cms/pages/{V}/site-pages /cms/blogs/{V}/posts /files/{V}/files
	/automation/{V}/flows /settings/users/{V}
	/account-info/{V}/activity/audit-logs'
set --
for p in $lists /marketing/v3/forms; do
	set -- "$@" --serve "$p=$T/list"
done
standin_start "$@" --serve "/events/{V}/events=$T/events" \
	--serve "/a/b=$T/definitions" --serve "/one=$T/one" \
	--serve "/more=$T/more" --serve "/forms=$T/forms" \
	--records 150 --members 230 --lists 1203 --log "$T/log" \
	--burst 100000 --fault 'query=limit=100 path=/settings status=400'

sum() { # of pages: object, pages, records, whole
	jq -sc '[.[0].hs.object, length, ([.[].results | length] | add),
		(.[-1].paging == null)]'
}
for v in 2025-09 2026-03 2026-09 v3; do
	for p in $lists '/events/{V}/events'; do
		hs-fetch --api-version $v "$p" | sum
	done
done | sort | uniq -c | sort -k2 | sed 's/^ *//' >"$T/got"
for p in $lists '/events/{V}/events'; do
	case $p in
	/settings*) echo "1 [\"$p\",13,130,true]" && echo "3 [\"$p\",2,130,true]" ;;
	*) echo "4 [\"$p\",2,130,true]" ;;
	esac
done | sort -k2 >"$T/want"
same "ten lists in four versions, one without limit" "$T/want" "$T/got"
is "a query stays and is no part of the name" "$(hs-fetch \
	'/marketing/v3/forms?archived=true&limit=50' | sum)" \
	'["/marketing/v3/forms",3,130,true]'
is "with limit and after behind it" "$(tail -1 "$T/log" | jq -r .query)" \
	'archived=true&limit=50&after=100'
is "a sample stays incomplete" "$(hs-fetch --limit 5 /marketing/v3/forms \
	2>/dev/null | sum)" '["/marketing/v3/forms",1,5,false]'
is "the same bytes as by name" "$(hs-fetch -j1 \
	'/crm/objects/{V}/companies?properties=name' | jq -c '.results[]' |
	cksum)" "$(hs-fetch -p name companies | jq -c '.results[]' | cksum)"

is "an array of another name" "$(hs-fetch --results \
	subscriptionDefinitions /a/b | jq -c 'del(.hs)')" \
	'{"results":[{"id":"1"},{"id":"2"}],"a":{"b":[7]}}'
is "an object without an array is one record" "$(hs-fetch /one |
	jq -c 'del(.hs)')" '{"results":[{"portalId":7,"timeZone":"US/Eastern"}]}'
is "the whole answer, if that is asked for" "$(hs-fetch --results . /a/b |
	jq -c '.results[]')" "$(cat "$T/definitions")"
status "arrays of other names are not left out" 64 hs-fetch /a/b
like "but named" "$(cat "$T/err")" \
	'/a/b: .*these arrays: subscriptionDefinitions; give --results'
status "a name that is not there" 76 hs-fetch --results nosuch /a/b
status "more that can't be reached is no whole list" 64 hs-fetch /more
like "and it says so" "$(cat "$T/err")" 'there is more \(hasMore\)'
status "by another name as well" 64 hs-fetch --results forms /forms
status "no such path" 69 hs-fetch /no/such
unlike "has no list of objects" "$(cat "$T/err")" companies,
for bad in // /a//b '/a/../b' '/a/%2e%2E/b' '/a%2Fb' '/a#b' '/a%0ab' '/a%zz' \
	'/a b' '/a?' '/a?after=1' '/a?limit=0' '/{X}' 'https://x/y' \
	"/$(printf '%0241d' 0)"; do
	hs-fetch "$bad" >/dev/null 2>&1
	[ $? = 64 ] || echo "$bad"
done >"$T/bad"
is "what is no path" "$(cat "$T/bad")" ""
status "options of records" 64 hs-fetch -p name /one
status "--archived" 64 hs-fetch --archived /one
status "--results is for paths" 64 hs-fetch --results a owners

# --resume goes on, and takes nothing of another query for its own.
hs-fetch /marketing/v3/forms >"$T/whole"
head -1 "$T/whole" >"$T/cut"
ok "a cut list is continued" hs-fetch -o "$T/cut" --resume /marketing/v3/forms
same "to the same bytes" "$T/whole" "$T/cut"
head -1 "$T/whole" >"$T/cut"
status "not with another query" 65 hs-fetch -o "$T/cut" --resume \
	'/marketing/v3/forms?archived=true'
ok "and makes a table" sh -c "hs-load-csv -m merge '$T/t.csv' <'$T/whole'"

# Those with names.
for v in 2026-09 2026-03 2025-09 v3; do
	for o in list memberships:2 object team schema:deal; do
		hs-fetch --api-version $v $o | sum
	done
done | sort | uniq -c | sed 's/^ *//' >"$T/got"
cat >"$T/want" <<END
4 ["lists",3,1203,true]
4 ["memberships:2",3,230,true]
4 ["objects",1,39,true]
4 ["schemas:deals",1,1,true]
4 ["teams",1,2,true]
END
same "lists, members, objects, teams, a schema, in four versions" \
	"$T/want" "$T/got"
is "lists are asked for by 500" "$(jq -s 'map(select(.status == 200 and
	(.path | test("/lists/(.*/)?search")))) | length' "$T/log")" 12
is "objects have the names that hs-fetch takes" "$(hs-fetch objects |
	jq -r '.results[] | select(.usage == 150) | .object' | tr '\n' ' ' |
	cut -c1-19)" 'companies contacts '
is "of custom ones their ids" "$(hs-fetch objects | jq -r \
	'.results[] | select(.pluralLabel == "Credentials") | .object')" \
	2-30931773
status "a list has a number" 64 hs-fetch memberships:x
status "one that does not exist" 69 hs-fetch memberships:9999
for o in lists memberships:1 objects teams; do
	hs-fetch $o | hs-load-csv -m merge "$T/${o%:*}.csv" || echo $o
done >"$T/bad" 2>&1
is "each has a key" "$(cat "$T/bad")" ""
hs-fetch lists >"$T/whole"
head -1 "$T/whole" >"$T/cut"
ok "lists are continued, too" hs-fetch -o "$T/cut" --resume lists
same "at their offset" "$T/whole" "$T/cut"
for o in contract marketing_event partner_client partner_service; do
	hs-fetch $o >/dev/null || echo $o
done >"$T/bad" 2>&1
is "types that came later" "$(cat "$T/bad")" ""
echo "{source: {address: 'hubspot://?api_key={HUBSPOT_API_KEY}',
	options: {source_table: /one}}}" >"$T/p.yaml"
status "a pipeline names no path" 78 hs-run "$T/p.yaml"
standin_stop

# Read in several places where the ids allow it.
standin_start --members 3000 --latency 30 --burst 100000
hs-fetch --stats "$T/stats" memberships:1 >"$T/several"
hs-fetch -j1 memberships:1 >"$T/order"
same "members from several places are those in order" "$T/order" "$T/several"
ok "by guesses" jq -e '.guesses > 0' "$T/stats"
standin_stop

# The search is refused: the counts of all types tell.
standin_start --records 321 --fault 'path=/search status=403'
like "-n without the search" "$(hs-fetch -n -p name companies 2>/dev/null)" \
	'^records: 321'
standin_stop
body='{"results":[{"id":"7"},{"id":"9"}]}'
standin_start --fault "path=/pipelines body=$body"
status "pipelines whose ids are numbers" 0 hs-fetch pipelines:deals
standin_stop
t_done
