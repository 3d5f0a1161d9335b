#!/bin/sh
# hs-fetch: on a server that is near, the next page is asked for when one has
# come, by what its end seems to say, before it is read.  Whatever the end
# says, the page decides.
. tests/lib.sh
. tests/faults.sh
XDG_RUNTIME_DIR=$T
export XDG_RUNTIME_DIR

near='--records 1250 --burst 100000 --window 1000 --latency 3'
list='path=/objects/2026-09/companies'
standin_start $near --log "$T/log"
hs-fetch -q -j1 --limit 1250 -p name companies >"$T/want"
query=$(jq -rs 'first.query' "$T/log")
status "pages asked for ahead" 0 \
	hs-fetch -q -j1 -p name --stats "$T/stats" companies
same "are the pages" "$T/out" "$T/want"
is "none is asked for twice, none behind the last" \
	"$(jq '[.requests,.retries]' -c "$T/stats")" '[13,0]'
curl -s -H "Authorization: Bearer $HUBSPOT_API_KEY" \
	"$URL/crm/objects/2026-09/companies?$query&after=$(
	sed -n 3p "$T/want" | jq -r .paging.next.after)" >"$T/fourth"
standin_stop

# Pages whose end says something else than the page.
printf '{"results":[{"id":1,}],"paging":{"next":{"after":"7"}}}' >"$T/tail"
sed 's/}$/,"links":{"paging":{"next":{"after":"999999999"}}}}/' \
	"$T/fourth" >"$T/misled"
sed 's/^{\(.*\),\("paging":.*\)}$/{\2,\1}/' "$T/fourth" >"$T/turned"
jq -c 'del(.paging)' "$T/fourth" >"$T/early"
sed 's/}$/,"links":{"paging":{"next":{"after":"7"}}}}/' \
	"$T/early" >"$T/late"

# lie BODY CURSOR [OPTION...]: the fourth page is that, and what it seems to
# name is asked for.  A busy machine may be too late to look ahead, which is no
# mistake: it has five tries.
lie() {
	body=$1 cursor=$2
	shift 2
	for i in 1 2 3 4 5; do
		rm -f "$T/log"
		standin_start $near --log "$T/log" \
			--fault "$list at=4 body=@$body"
		hs-fetch -q -p name "$@" companies >"$T/out" 2>"$T/err"
		rc=$?
		standin_stop
		asked=$(jq -r .query "$T/log" | grep -c "after=$cursor\$")
		[ "$asked" = 0 ] || break
	done
}
ahead() { # TITLE BODY CURSOR [OPTION...]
	title=$1
	shift
	lie "$@"
	is "$title: status" $rc 0
	same "$title: the right records" "$T/out" "$T/want"
	is "$title: what it seemed to name was asked for" "$asked" 1
}
ahead "garbage with a cursor at its end" "$T/tail" 7
ahead "with one job, too" "$T/tail" 7 -j1
ahead "a cursor at the end that is not the page's" "$T/misled" 999999999
f_want=$T/want f_portal=$near f_object='-p name companies'
fault 0 "the page's cursor before its records" "$list at=4 body=@$T/turned"

# The end that is none: the list ends there, as the page says.
head -3 "$T/want" >"$T/short"
lie "$T/late" 7
is "a last page that seems to have a next one" $rc 0
is "is the last" "$(jq -c '.results[].id' "$T/out" | cksum)" \
	"$(jq -c '.results[].id' "$T/short" "$T/fourth" | cksum)"
is "although that was asked for" "$asked" 1

# What was asked for ahead fails as anything else.
for k in 4 5; do
	for s in 423 429 500 503 522; do
		fault 0 "page $k: $s passes" "$list at=$k status=$s"
	done
	fault 0 "page $k: a reset" "$list at=$k reset"
	fault 0 "page $k: a body cut short" "$list at=$k truncate=3000"
	fault 0 "page $k: a body that stalls" "$list at=$k stall=3000"
	fault 0 "page $k: garbage" "$list at=$k garbage"
	fault 0 "page $k: broken gzip" "$list at=$k badgzip"
	fault 0 "page $k: no results" "$list at=$k no-results"
	fault 76 "page $k: a repeated cursor" \
		"$list at=$k repeat-cursor times=forever"
	fault 75 "page $k: the daily limit" \
		"$list at=$k times=forever status=429 body={\"policyName\":\"DAILY\"}"
	fault 77 "page $k: the token is revoked" \
		"$list at=$k times=forever status=401"
done
fault 0 "two in a row" "$list at=4 times=2 status=503"
fault 0 "garbage twice" "$list at=5 times=2 garbage"
fault 76 "garbage for ever" "$list at=6 times=forever garbage"

# The server is near at first, then far, then near: the chains begin where
# pages are asked for ahead, and end.
fault 0 "slow from the fifth on" "$list at=5 times=forever delay=40"
fault 0 "slow for a while" "$list at=4 times=5 delay=60"
fault 0 "slow, and then a refusal" "$list at=3 times=3 delay=50
$list at=8 status=500"
fault 0 "slow, and then garbage" "$list at=4 times=4 delay=30
$list at=6 body=@$T/tail"
f_object='-p name -j2 companies'
fault 0 "slow with two jobs" "$list at=4 times=5 delay=60"
f_portal='--records 1250 --burst 6 --window 300 --latency 3'
fault 0 "where the limit is near, too" "$list at=4 delay=30"
faults_done
t_done
