#!/bin/sh
# hs-fetch: what accounts and people do: pages that are too heavy for the API,
# names that are misspelt, records that were merged, associations without end.
. tests/lib.sh
XDG_RUNTIME_DIR=$T
export XDG_RUNTIME_DIR

ids() { # FILE: the ids of its records
	jq -r '.results[].id' "$1"
}
standin_start --records 800 --burst 100000
hs-fetch -j1 -p name companies >"$T/whole"
ids "$T/whole" >"$T/want"
standin_stop

# A page that fails on every try is asked for in smaller parts.
limits() {
	jq -r 'select(.method == "GET").query | capture("limit=(?<n>[0-9]+)").n' \
		"$T/log" | uniq | tr '\n' ' '
}
records=800
heavy() { # TITLE FAULT... -- OPTION...
	title=$1
	shift
	: >"$T/log"
	set -- "$@" --end
	while [ "$1" != -- ]; do
		set -- "$@" --fault "path=/objects/2026-09/companies $1"
		shift
	done
	shift
	options=
	while [ "$1" != --end ]; do
		options="$options $1"
		shift
	done
	shift
	standin_start --records $records --burst 100000 --log "$T/log" "$@"
	# shellcheck disable=SC2086 # several words
	status "$title: done" 0 hs-fetch -p name $options companies
	ids "$T/out" >"$T/got"
	head -n $records "$T/want" >"$T/want.heavy"
	same "$title: every record, in order" "$T/want.heavy" "$T/got"
	is "$title: no page of more than a hundred" \
		"$(jq -c 'select(.results | length > 100)' "$T/out")" ""
	standin_stop
}
for fault in status=500 status=502 status=504 'status=504 html'; do
	heavy "$fault for pages of 100" "query=limit=100 times=forever $fault" \
		-- -j1
	like "$fault: pages of 50, and 100 tried again" "$(limits)" \
		'^100 50 100 50 '
done
# Waits double with each failure, and each timeout takes a second.
records=200
heavy "a timeout for pages of 100" 'query=limit=100 times=forever stall=0' \
	-- -j1 --timeout 1
records=800
heavy "one page fails, and so does its half" \
	'query=limit=100 at=2 times=2 status=504' \
	'query=limit=50 times=1 status=500' -- -j1
is "and is back at 100 after pages that went well" "$(limits)" \
	'100 50 25 50 100 '
heavy "one page fails down to a single record" \
	'query=limit=6 at=2 times=2 status=504' \
	'query=limit=3 times=1 status=502' -- -j1 --page-size 6
is "and is back at 6" "$(limits)" '6 3 1 2 4 6 '
heavy "several places at once, pages of 100 fail" \
	'query=limit=100 at=3 times=forever status=504' -- -j8
standin_start --records 10 --fault 'path=/companies times=forever status=504'
status "a page that fails for one record, too, is the end" 75 \
	hs-fetch -j1 -p name --retry-time 1 companies
standin_stop
standin_start --records 250 --burst 100000 --properties 300 \
	--property-name-length 40
hs-fetch companies >"$T/batches"
standin_stop
standin_start --records 250 --burst 100000 --properties 300 \
	--property-name-length 40 --log "$T/log" \
	--fault 'path=batch/read at=2 times=3 status=504'
hs-fetch -j1 companies >"$T/out"
same "batch reads of less, too, give the same" "$T/batches" "$T/out"
standin_stop

# --page-size
standin_start --records 230 --burst 100000 --log "$T/log"
status "--page-size" 0 hs-fetch --page-size 40 -p name companies
is "sets the most records of a page" \
	"$(jq '.results | length' "$T/out" | tr '\n' ' ')" "40 40 40 40 40 30 "
head -n 230 "$T/want" >"$T/want.230"
ids "$T/out" >"$T/got"
same "and the records are the same" "$T/want.230" "$T/got"
hs-fetch --page-size 40 -p name --limit 50 companies >"$T/out" 2>"$T/err"
is "with --limit" "$(ids "$T/out" | wc -l)" 50
for n in 0 101 x; do
	status "--page-size $n is a mistake" 64 hs-fetch --page-size $n companies
done

# all in a list of properties, and names that do not exist.
all=$(hs-fetch --limit 1 companies 2>"$T/err" |
	jq -c '.results[0].properties | keys')
hs-fetch -p name,all,hs_v2_date_entered_77 companies >"$T/out" 2>"$T/err"
is "all in a list means all, and those besides" "$(jq -c \
	--argjson all "$all" '.results[0].properties | keys - $all' "$T/out")" \
	"$(jq -c '.results[0].properties | keys
		- ['"$(echo "$all" | tr -d '[]')"']' "$T/out")"
is "all of all" "$(jq -c --argjson all "$all" \
	'$all - (.results[0].properties | keys)' "$T/out" | sort -u)" '[]'
status "default can't be in a list" 64 hs-fetch -p default,name companies
hs-fetch --history all --limit 1 companies >"$T/out" 2>"$T/err"
is "--history all is every property's" "$(jq -c --argjson all "$all" \
	'$all - (.results[0].propertiesWithHistory | keys)' "$T/out")" '[]'
status "a property that no record has" 0 hs-fetch -p domain,nmae companies
is "is named at the end, with what is near it" \
	"$(cat "$T/err")" "hs-fetch: companies: no record has the property \
nmae: it is misspelt, or the token may not read it; near it: name"
hs-fetch -q -p domain,nmae companies >"$T/out" 2>"$T/err"
is "but not with -q" "$(cat "$T/err")" ""
hs-fetch -p domain,name companies >"$T/out" 2>"$T/err"
is "nor is one that all records have as null" "$(cat "$T/err")" ""
standin_stop
standin_start --records 0
hs-fetch -p nmae companies >"$T/out" 2>"$T/err"
is "nor any where there are no records" "$(cat "$T/err")" ""
standin_stop

# A record that is merged into another between list and batch read.
many='--records 120 --burst 100000 --properties 300 --property-name-length 40'
standin_start $many
hs-fetch companies >"$T/out"
old=$(ids "$T/out" | sed -n 2p)
hs-fetch companies | jq -r --arg old "$old" \
	'.results[].id | select(. != $old)' >"$T/want"
new=$(ids "$T/out" | sed -n 5p)
curl -s -H "Authorization: Bearer $HUBSPOT_API_KEY" \
	"$URL/crm/objects/2026-09/companies/$new" >"$T/survivor"
names=$(hs-fetch properties:companies | jq -c '[.results[].name]')
jq -n -c --argjson names "$names" --arg old "$old" --slurpfile p "$T/out" \
	'{properties: $names, propertiesWithHistory: [], inputs: [
		$p[0].results[] | {id}
		| select(.id != $old)]}' >"$T/body"
batch() {
	curl -s -H "Authorization: Bearer $HUBSPOT_API_KEY" \
		-H 'Content-Type: application/json' -d "@$T/body" \
		"$URL/crm/objects/2026-09/companies/batch/read"
}
batch >"$T/without"
jq -c --arg id "$old" '. + {numErrors: 1, errors: [{status: "error",
	category: "OBJECT_NOT_FOUND", message: "gone",
	context: {ids: [$id]}}]}' "$T/without" >"$T/not-found"
standin_stop
standin_start $many \
	--fault "path=batch/read contains=\"$old\" times=forever body=@$T/without" \
	--fault "path=/companies/$old body=@$T/survivor"
status "a record that was merged into another" 0 hs-fetch companies
ids "$T/out" >"$T/got"
same "is left out" "$T/want" "$T/got"
like "with a note" "$(cat "$T/err")" '1 records were deleted'
standin_stop
standin_start $many --log "$T/log" \
	--fault "path=batch/read contains=\"$old\" times=forever status=207 body=@$T/not-found"
status "a record that is not found, says a 207" 0 hs-fetch companies
ids "$T/out" >"$T/got"
same "is left out, too" "$T/want" "$T/got"
is "without another request" "$(grep -c "/companies/$old" "$T/log")" 0
standin_stop

# The transport itself fails, once, in the middle of an answer: nobody writes
# to what was freed.  The sanitizers look; without them it shows at most at
# times.
shim=$PWD/$BUILD/tests/shim/curl.so
broken() { # STATUSES OPTION...: tries each place; says what went otherwise
	allowed=$1
	shift
	met=
	for call in perform poll; do
		for at in 1 2 3 5 8 12 17; do
			ASAN_OPTIONS=verify_asan_link_order=0 \
				LD_PRELOAD=$shim CURL_CALL=$call CURL_AT=$at \
				hs-fetch "$@" >"$T/out" 2>"$T/err"
			got=$?
			grep -q 'libcurl failed' "$T/err" && met=yes
			case " $allowed " in
			*" $got "*) ;;
			*) echo "$call $at: $got $(head -c 300 "$T/err")" ;;
			esac
		done
	done
	[ "$met" ] || echo "never met"
}
standin_start --records 250 --burst 100000 \
	--fault "path=/search status=403 times=forever" \
	--fault "path=/limits/ drip=40/3 times=forever" \
	--fault "path=/objects/ drip=9000/1 times=forever"
is "a transport that fails in the middle of pages is the end" \
	"$(broken "0 71" -j4 -p name companies)" ""
is "and in what would only be nice to know" \
	"$(broken "0 71" -n -p name companies)" ""
standin_stop

# Too much to be true.
awk 'BEGIN {
	for (k = 1; k <= 3000; k++)
		types = types ",\"t" k "\":{\"results\":[{\"id\":\"1\"," \
			"\"type\":\"t\"}],\"paging\":{\"next\":{\"after\":" \
			"\"2\"}}}"
	printf "{\"results\":["
	for (i = 1; i <= 100; i++)
		printf "%s{\"id\":\"%d\",\"associations\":{%s}}",
			(i > 1 ? "," : ""), i, substr(types, 2)
	printf "]}"
}' >"$T/types"
${CC:-cc} -D_GNU_SOURCE -o "$T/stage" tests/soak/stage.c
# peak WANT COMMAND...: its memory in KiB, with status WANT.
peak() {
	want=$1
	shift
	"$T/stage" "$T/peak" "$@" >"$T/out" 2>"$T/err"
	[ $? = "$want" ] && sed 's/.* //' "$T/peak"
}
# within TITLE KIB BYTES: is that at most 64 MiB beside BYTES?
within() {
	case $BUILD in
	*san) skip "$1" "sanitizers take memory of their own" ;;
	*) ok "$1" test "${2:-99999999}" -le $((65536 + $3 / 1024)) ;;
	esac
}
standin_start --records 3 --latency 210 --fault \
	"path=/objects/2026-09/companies times=forever body=@$T/types"
within "3,000 types of partial associations each: 64 MiB beside the page" \
	"$(peak 76 hs-fetch -j8 companies:contacts)" \
	"$(wc -c <"$T/types")"
like "are more than can be" "$(cat "$T/err")" \
	'page 0: records have too many associations with more than 200 types'
standin_stop
standin_start --records companies=1000 --burst 100000 --latency 30 \
	--properties 1400 --property-name-length 60
within "pages of many megabytes: no more beside the largest of them" \
	"$(peak 0 hs-fetch -j32 companies)" "$(wc -L <"$T/out")"
is "and all records are there" "$(grep -o '"createdAt"' "$T/out" | wc -l)" 1000
standin_stop
standin_start --records companies=300 --records contacts=30000 \
	--burst 100000 --associations companies:contacts:7=20000
status "more associations than --max-body" 76 \
	hs-fetch -j1 --max-body 600k -p name companies:contacts
like "are named" "$(cat "$T/err")" \
	'associations to contacts for page 0: more than 614400 bytes of assoc.*--max-body'
standin_stop
t_done
