#!/bin/sh
# hs-fetch --since: what changed since a time, by the search; --mark.
. tests/lib.sh
XDG_RUNTIME_DIR=$T
export XDG_RUNTIME_DIR

# More than one query of the search gives.
standin_start --records companies=2350 --records contacts=300 \
	--search-results 600 --burst 100000 --strict-bodies --log "$T/log"
hs-fetch -p name companies >"$T/all"
since=$(jq -r '.results[].updatedAt' "$T/all" | sort | sed -n 101p)
lists=$(grep -c '"GET",.*/companies"' "$T/log")
status "what changed is read" 0 \
	hs-fetch --since "$since" -p name --stats "$T/stats" companies
mv "$T/out" "$T/new"
jq -r '.results[].id' "$T/new" >"$T/got"
jq -r --arg s "$since" '.results[]|select(.updatedAt>=$s).id' "$T/all" \
	>"$T/want"
same "all of it, past the results of one search, in the order of ids" \
	"$T/got" "$T/want"
is "200 a page" "$(jq '.results|length' "$T/new" | sort -nu | tail -n 1)" 200
is "and five searches a second" "$(jq '.seconds>1.4 and .limited==0' \
	"$T/stats")" true
is "the stream says so" "$(jq -r .hs.since "$T/new" | sort -u)" "$since"
is "nothing else asks for the list" "$(grep -c '"GET",.*/companies"' "$T/log")" \
	"$lists"

jq -c 'select(.hs.page<2)' "$T/new" >"$T/part"
late=$(jq -r '.results[].updatedAt' "$T/all" | sort | tail -n 300 | head -n 1)
hs-fetch --since "$late" -p name companies >"$T/late"
is "with the cursor of an id" "$(jq -r '.paging.next.after' "$T/late" |
	head -n 1)" "$(jq -r '.results[-1].id' "$T/late" | head -n 1)"
head -n 1 "$T/late" >"$T/cut"
status "--resume goes on" 0 \
	hs-fetch --since "$late" -p name -o "$T/cut" --resume companies
same "to the same" "$T/late" "$T/cut"
status "not since another time" 65 \
	hs-fetch --since 2020-01-01 -p name -o "$T/cut" --resume companies
is "-n counts them" "$(hs-fetch -n --since "$late" -p name companies |
	sed -n 2,3p | tr '\n' ' ')" 'records: 300 requests: 2 '
is "-p default brings the API's few" "$(hs-fetch --since "$late" -p default \
	companies | jq -c '.results[]|select(.id == $id)' --arg id \
	"$(jq -r '.results[0].id' "$T/late" | head -n 1)" | cksum)" "$(
	hs-fetch -p default companies | jq -c '.results[]|select(.id == $id)' \
	--arg id "$(jq -r '.results[0].id' "$T/late" | head -n 1)" | cksum)"
is "histories come by batch read" "$(hs-fetch --since "$late" -p name \
	--history name companies | jq '.results[]|.propertiesWithHistory.name
	|length>0' | sort | uniq -c | tr -s ' ')" ' 300 true'

# Contacts have another property for the time; all properties in one search.
hs-fetch contacts >"$T/all"
hs-fetch --since 1999-12-31T23:59:59+01:00 contacts >"$T/new"
jq -c '.results[]' "$T/all" >"$T/want"
jq -c '.results[]' "$T/new" >"$T/got"
same "contacts, whole" "$T/got" "$T/want"
is "since a time in UTC" "$(jq -r .hs.since "$T/new" | head -n 1)" \
	1999-12-31T22:59:59.000Z
hs-fetch --api-version v3 --since 1999-12-31 -p email contacts >"$T/out"
is "v3, too" "$(jq -s '[.[].results|length]|add' "$T/out")" 300
hs-fetch --since 2100-01-01 contacts >"$T/out"
is "nothing is a whole stream" "$(jq -c '[.results,.paging]' "$T/out")" \
	'[[],null]'
like "-n shows the search" "$(hs-fetch -n --since "$late" contacts)" \
	'^list: POST .*/search'

# The search leaves out archived records.
hs-fetch --archived -p name companies >"$T/all"
late=$(jq -r '.results[].archivedAt' "$T/all" | sort | tail -n 6 | head -n 1)
hs-fetch --archived --since "$late" -p name companies >"$T/got"
is "archived ones come from their list" \
	"$(jq -c '.results[]' "$T/got" | cksum)" "$(jq -c --arg s "$late" \
	'.results[]|select(.archivedAt>=$s)' "$T/all" | cksum)"
is "and the stream says so, too" "$(jq -r .hs.since "$T/got")" "$late"

# Such a stream is merged and never replaces.
for load in 'hs-load-csv' 'hs-load-sql'; do
	hs-flatten "$T/new" >"$T/flat"
	status "$load refuses to replace" 65 $load "$T/table" <"$T/flat"
	like "and says why" "$(cat "$T/err")" 'hs.since'
done
ok "hs-load-csv merges" hs-load-csv -m merge "$T/table.csv" <"$T/flat"

# The mark.
before=$(date -u +%Y-%m-%dT%H:%M:%S)
status "--mark leaves the time" 0 \
	hs-fetch --mark "$T/mark" -p email -o "$T/pages" contacts
after=$(date -u -d '1 second' +%Y-%m-%dT%H:%M:%S)
ok "at which the run began" sh -c 'm=$(cut -c 1-19 "$1")
	[ "$(printf "%s\n" "$2" "$m" | sort | tail -n 1)" = "$m" ] ||
		[ "$(printf "%s\n" "$m" "$3" | sort | head -n 1)" = "$m" ]' \
	- "$T/mark" "$before" "$after"
echo 2026-01-01T00:02:00Z >"$T/mark"
hs-fetch --since "@$T/mark" --mark "$T/mark" -p email contacts >"$T/out"
is "--since @FILE begins five minutes before" \
	"$(jq -r .hs.since "$T/out" | head -n 1)" 2025-12-31T23:57:00.000Z
unlike "and --mark moves it" "$(cat "$T/mark")" '^2026-01-01'
hs-fetch --mark "$T/mark" -p email -o "$T/pages" contacts
is "the pages have it" "$(jq -r .hs.mark "$T/pages" | sort -u)" \
	"$(cat "$T/mark")"
head -n 1 "$T/pages" | sed 's/"mark":"[^"]*/"mark":"2026-01-02T03:04:05.006Z/' \
	>"$T/cut"
status "--mark with --resume" 0 \
	hs-fetch --mark "$T/mark" --resume -p email -o "$T/cut" contacts
is "leaves the time at which the first part began" \
	"$(cat "$T/mark") $(jq -r .hs.mark "$T/cut" | uniq -c | tr -s ' ')" \
	'2026-01-02T03:04:05.006Z  3 2026-01-02T03:04:05.006Z'
rm "$T/mark"
status "of a whole file, too" 0 \
	hs-fetch -q --mark "$T/mark" --resume -p email -o "$T/cut" contacts
is "the same" "$(cat "$T/mark")" 2026-01-02T03:04:05.006Z
hs-fetch -p email -o "$T/cut" contacts
status "but not of one that was begun without" 65 \
	hs-fetch --mark "$T/mark" --resume -p email -o "$T/cut" contacts
cp "$T/mark" "$T/mark.old"
status "a run that fails" 77 env HUBSPOT_API_KEY=wrong \
	hs-fetch --since "@$T/mark" --mark "$T/mark" contacts
same "leaves the mark" "$T/mark" "$T/mark.old"
status "a mark that can't be written" 73 \
	hs-fetch --mark "$T/none/mark" -p email contacts
echo x >"$T/mark"
status "a file without a time" 65 hs-fetch --since "@$T/mark" contacts
: >"$T/mark"
status "or without anything" 65 hs-fetch --since "@$T/mark" contacts
status "no such file" 66 hs-fetch --since "@$T/none" contacts
standin_stop

for bad in x 2026 2026-13-01 2026-11-28T 2026-11-28T25:00Z 2026-11-28T10:00 \
	2026-11-28T10:00:61Z 2026-11-28Z 2026-11-28T10:00+15:00; do
	status "no time: $bad" 64 hs-fetch --since "$bad" contacts
done
status "not with --verify-count" 64 \
	hs-fetch --since 2026-11-28 --verify-count contacts
status "only records change" 64 hs-fetch --since 2026-11-28 owners
status "--mark is for whole runs" 64 hs-fetch --mark "$T/m" --limit 3 contacts

# Members of bodies that say nothing: required, or refused.
for how in strict bare; do
	standin_start --records 120 --properties 700 --burst 100000 \
		--$how-bodies --log "$T/log"
	status "$how bodies: every way to ask" 0 sh -c '
		hs-fetch -j 1 --verify-count -p all companies
		hs-fetch --since 1990-01-01 -p default companies
		hs-fetch --since 1990-01-01 --history name companies'
	is "has all" "$(jq '.results|length' "$T/out" | tr '\n' ' ')" \
		'100 20 120 50 50 20 '
	jq -r 'select(.status==400).path' "$T/log" | sed 's/.*companies.//' |
		sort | uniq -c | sed 's/^ *//' | tr '\n' ' ' >"$T/$how"
	standin_stop
done
is "each form is tried once" "$(cat "$T/strict" "$T/bare")" \
	'1 search 1 batch/read 4 search '
standin_start --records 30 --properties 700 --log "$T/log" --fault \
	'path=/batch/read times=forever status=400 body={"status":"error","message":"Invalid propertiesWithHistory"}'
status "a 400 that stays" 76 hs-fetch companies
is "was answered by the other form once" "$(grep -c '"POST",.*/batch/read' \
	"$T/log")" 2
standin_stop

standin_start --records 30 --fault \
	'path=/search times=forever body={"results":[],"paging":{"next":{"after":"9"}}}'
status "a search that goes on without records is no list" 76 \
	hs-fetch --since 2020-01-01 contacts
standin_stop
t_done
