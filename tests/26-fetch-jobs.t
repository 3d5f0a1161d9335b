#!/bin/sh
# hs-fetch: several stretches of the list at once give what one chain gives.
. tests/lib.sh
XDG_RUNTIME_DIR=$T
export XDG_RUNTIME_DIR

slow='--records 3000 --burst 100000 --latency 40'

# The truth, cursor by cursor.
standin_start --records 3000 --burst 100000
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
hs-fetch -j 1 -p name companies >"$T/one"
jq -c '[[.results[].id],.paging.next.after]' "$T/one" >"$T/got"
same "-j 1: the API's own pages" "$T/want" "$T/got"
is "one after another" "$(wc -l <"$T/log")" 30
for j in 2 3 8 16 32; do
	hs-fetch -j $j -p name --stats "$T/stats" companies >"$T/out"
	same "-j $j gives the same bytes" "$T/one" "$T/out"
	[ $j != 8 ] || r8=$(jq .requests "$T/stats")
done
ok "-j 8 makes less than two thirds more requests ($r8)" [ "$r8" -lt 50 ]
like "from several places of the list at once" "$(jq -s '[.[30:][].query
	|capture("after=(?<n>[0-9]+)").n|tonumber]|. as $a
	|[range(1;length)|select($a[.]<$a[.-1])]|length' "$T/log")" '^[1-9]'
hs-fetch -p name --archived companies >"$T/out"
hs-fetch -j 1 -p name --archived companies >"$T/archived"
same "archived ones, too" "$T/archived" "$T/out"
is "no other endpoint was asked than by one job, but for one search a run" \
	"$(jq -r .path "$T/log" | sort | uniq -c | sed 's/^ *//' | tail -n +2)" \
	"5 /crm/objects/2026-09/companies/search"
standin_stop

# A cursor that can't be read is followed, page after page.
standin_start --records 1500 --burst 100000 --latency 30 --cursor opaque \
	--log "$T/log"
hs-fetch -v -p name companies >"$T/out" 2>"$T/err"
is "opaque cursors: no guess is made" "$(jq -r .path "$T/log" |
	grep -v /search | uniq -c | sed 's/^ *//')" \
	"15 /crm/objects/2026-09/companies"
is "opaque cursors: all records" "$(jq -c '.results[].id' "$T/out" |
	cksum)" "$(jq -c '.results[].id' "$T/one" | head -1500 | cksum)"
like "opaque cursors: -v says how the list is read" "$(cat "$T/err")" \
	'companies: read page by page: .*cursors are no numbers'
standin_stop

# And where it breaks on the way, the one chain goes on.
b_n=0
b_pids=
broken() { # TITLE FAULT: all at the same time, each with a stand-in
	b_n=$((b_n + 1))
	mkdir "$T/$b_n"
	echo "$1" >"$T/$b_n/title"
	(
		T=$T/$b_n
		trap - EXIT
		standin_start $slow \
			--fault "path=/objects/2026-09/companies $2"
		timeout 60 hs-fetch -p name companies >"$T/out" 2>"$T/err"
		echo $? >"$T/rc"
		standin_stop
	) &
	b_pids="$b_pids $!"
}
for k in 3 4 5 6 9 14 20; do
	broken "an empty page as answer $k" "at=$k empty-page"
	broken "answer $k refused" "at=$k status=500"
done
wait $b_pids
for i in $(seq $b_n); do
	title=$(cat "$T/$i/title")
	is "$title: done" "$(cat "$T/$i/rc")" 0
	is "$title: every record once, in order" \
		"$(jq -c '.results[].id' "$T/$i/out" | cksum)" \
		"$(jq -c '.results[].id' "$T/one" | cksum)"
	is "$title: every page's cursor is a place to go on from" \
		"$(jq -s '[.[]|{a:(.paging.next.after//"999999999999999"
				|tonumber),
			lo:([.results[].id|tonumber]|min//0),
			hi:([.results[].id|tonumber]|max//0)}] as $p
			|[range(1;$p|length)|select(($p[.-1].hi>=$p[.-1].a)
			or ($p[.].lo!=0 and $p[.].lo<$p[.-1].a))]|length' \
			"$T/$i/out")" 0
done

# Half the list says that it ends: on a guess that is looked at again, in the
# one chain it is believed, as anybody would have to.
for k in 5 8 13; do
	standin_start $slow --fault \
		"path=/objects/2026-09/companies at=$k body={\"results\":[]}"
	hs-fetch -p name --verify-count companies >"$T/out" 2>"$T/err"
	rc=$?
	[ $rc = 0 ] && cmp -s "$T/one" "$T/out" || [ $rc = 76 ]
	t_result $? "answer $k says that nothing is there: the whole, or 76" ||
		cat "$T/err"
	standin_stop
done
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
	--fault 'path=/objects/2026-09/companies at=9 cut-valid' \
	--fault 'path=/objects/2026-09/companies at=14 cut-valid'
hs-fetch -p name --verify-count companies >"$T/out" 2>"$T/err"
rc=$?
[ $rc = 0 ] && cmp -s "$T/one" "$T/out" || [ $rc = 76 ]
t_result $? "cut pages among guesses: the whole, or status 76" || cat "$T/err"
standin_stop

# Records that come and go while the list is read: those that stay are there
# once and in order, or the status is 75.
for moves in '--vanish companies=4:500-1100' '--appear companies=9:1500-1700' \
	'--vanish companies=12:2900-2999' '--appear companies=2:0-250'; do
	for form in next after last; do
		# shellcheck disable=SC2086 # an option and its argument
		standin_start $slow --cursor $form $moves
		hs-fetch -p name companies >"$T/out" 2>"$T/err"
		rc=$?
		ids=${moves##*:}
		jq -r '.results[].id' "$T/one" |
			sed "$((${ids%-*} + 1)),$((${ids#*-} + 1))d" >"$T/stay"
		jq -r '.results[].id' "$T/out" >"$T/got"
		[ $rc = 75 ] || {
			[ $rc = 0 ] && sort -n -c -u "$T/got" &&
				! grep -qvxFf "$T/got" "$T/stay"
		}
		t_result $? "$moves, cursors $form: right or 75" ||
			t_show err "$rc $(cat "$T/err")"
		standin_stop
	done
done

# With many properties list and batches go on side by side.
standin_start --records 1500 --burst 100000 --latency 30 \
	--properties companies=700 --property-name-length 40
hs-fetch -j 1 companies >"$T/one"
hs-fetch companies >"$T/out"
same "batch reads at once give the same bytes" "$T/one" "$T/out"
standin_stop
t_done
