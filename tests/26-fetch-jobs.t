#!/bin/sh
# hs-fetch: several stretches of the list at once give what one chain gives.
. tests/lib.sh
XDG_RUNTIME_DIR=$T
export XDG_RUNTIME_DIR

slow='--records 5000 --burst 100000 --latency 30'
seconds() {
	jq .seconds "$T/stats"
}

# The truth, cursor by cursor.
standin_start --records 5000 --burst 100000
after=
while :; do
	curl -s -H "Authorization: Bearer $HUBSPOT_API_KEY" \
		"$URL/crm/objects/2026-09/companies?limit=100&properties=name$after" \
		>"$T/page"
	jq -c '[[.results[].id],.paging.next.after]' "$T/page"
	after=$(jq -r '.paging.next.after//empty' "$T/page")
	[ -n "$after" ] || break
	after="&after=$after"
done >"$T/want"
standin_stop

standin_start $slow --log "$T/log"
hs-fetch -j 1 -p name --stats "$T/stats" companies >"$T/one"
s1=$(seconds)
jq -c '[[.results[].id],.paging.next.after]' "$T/one" >"$T/got"
same "-j 1: the API's own pages" "$T/want" "$T/got"
for j in 2 3 8 16 32; do
	hs-fetch -j $j -p name --stats "$T/stats" companies >"$T/out"
	same "-j $j gives the same bytes" "$T/one" "$T/out"
	[ $j != 8 ] || s8=$(seconds) r8=$(jq .requests "$T/stats")
done
ok "-j 8 is three times as fast ($s1 s, $s8 s)" \
	awk "BEGIN { exit !($s1 >= 3 * $s8) }"
ok "for less than a third more requests" \
	[ "$r8" -lt 68 ]
hs-fetch -p name --archived companies >"$T/out"
hs-fetch -j 1 -p name --archived companies >"$T/archived"
same "archived ones, too" "$T/archived" "$T/out"
standin_stop

# Where the law does not hold there is one chain.
for c in opaque encoded; do
	standin_start --records 1500 --burst 100000 --latency 30 --cursor $c \
		--log "$T/log"
	hs-fetch -p name companies >"$T/out"
	is "$c cursors: no guess is made" "$(jq -r .query "$T/log" | wc -l)" 15
	is "$c cursors: all records" "$(jq -c '.results[].id' "$T/out" |
		cksum)" "$(jq -c '.results[].id' "$T/one" | head -1500 |
		cksum)"
	standin_stop
done

# And where it breaks on the way, the one chain goes on.
broken() { # TITLE FAULT
	standin_start $slow --fault "path=/objects/2026-09/companies $2"
	timeout 20 hs-fetch -p name companies >"$T/out" 2>"$T/err"
	is "$1: done" $? 0
	is "$1: every record once, in order" \
		"$(jq -c '.results[].id' "$T/out" | cksum)" \
		"$(jq -c '.results[].id' "$T/one" | cksum)"
	is "$1: every page's cursor is a place to go on from" \
		"$(jq -s '. as $p|[range(length-1)|. as $i
			|($p[$i].paging.next.after|tonumber) as $a
			|select(any($p[:$i+1][].results[];(.id|tonumber)>=$a)
			or any($p[$i+1:][].results[];(.id|tonumber)<$a))]
			|length' "$T/out")" 0
	standin_stop
}
for k in 3 4 5 6 9 14 20 33; do
	broken "an empty page as answer $k" "at=$k empty-page"
	broken "answer $k refused" "at=$k status=500"
done
for k in 5 8 13; do
	broken "answer $k without what is behind it" "at=$k times=1 body={\"results\":[]}"
done 2>/dev/null
standin_start $slow \
	--fault 'path=/objects/2026-09/companies at=5 times=6 status=400'
timeout 20 hs-fetch -p name companies >"$T/out" 2>"$T/err"
rc=$?
if [ $rc = 0 ]; then
	same "guesses that are refused are given up" "$T/one" "$T/out"
else
	is "or, where the one chain was refused, that is the end" $rc 76
fi
standin_stop

# The last page of a chain says that the list ends, where it does not.
standin_start $slow \
	--fault 'path=/objects/2026-09/companies at=12 cut-valid' \
	--fault 'path=/objects/2026-09/companies at=20 cut-valid'
hs-fetch -p name --verify-count companies >"$T/out" 2>"$T/err"
rc=$?
[ $rc = 0 ] && cmp -s "$T/one" "$T/out" || [ $rc = 76 ]
t_result $? "cut pages among guesses: the whole, or status 76" || cat "$T/err"
standin_stop

# With many properties list and batches go on side by side.
standin_start --records 1500 --burst 100000 --latency 30 \
	--properties companies=700 --property-name-length 40
hs-fetch -j 1 companies >"$T/one"
hs-fetch companies >"$T/out"
same "batch reads at once give the same bytes" "$T/one" "$T/out"
standin_stop
t_done
