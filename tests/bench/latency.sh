# shellcheck shell=sh
# shellcheck disable=SC2154 # variables of run.sh
# Sourced by run.sh: hs-fetch beside a loop of curl and jq, where an answer
# takes 150 ms, as from HubSpot.
n=$((records / 5))
standin --records "companies=$n" --properties companies=250 --latency 150 \
	--prerender companies
names=$(hs-fetch -q properties:companies | jq -r '[.results[].name] | join(",")')
cat >"$dir/loop.sh" <<END
url="$HUBSPOT_BASE_URL/crm/objects/2026-09/companies?limit=100&properties=$names"
after=
while :; do
	curl -sSf -H 'Authorization: Bearer $HUBSPOT_API_KEY' \\
		"\$url\$after" >$dir/page || exit
	cat $dir/page
	next=\$(jq -r '.paging.next.after // empty' $dir/page) || exit
	[ -n "\$next" ] || break
	after="&after=\$next"
done
END
hs-fetch -q companies >"$dir/fetched"
m=$(size "$dir/fetched")
rm -f "$dir/fetched"
add 'hs-fetch' "$m" 'hs-fetch -q companies >/dev/null'
add 'a loop of curl and jq' "$m" "sh $dir/loop.sh >/dev/null"
compare "hs-fetch, $n records of 250 properties, 150 ms a request"
