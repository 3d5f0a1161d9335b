# shellcheck shell=sh
# shellcheck disable=SC2154 # variables of run.sh
# Sourced by run.sh: a long stream with faults, each record in the table once.
awk -v seed="$seed" -v requests=$((records / 100)) 'BEGIN {
	n = split("status=500,status=502 html,status=503,status=504," \
		"status=408,status=423,status=429 header=Retry-After:1," \
		"status=524,reset,truncate=700,truncate-chunked=700," \
		"stall=700,empty,garbage,no-results,nan,badgzip," \
		"short-length,drip=2000/5,delay=300", how, ",")
	srand(seed)
	for (k = 1; k <= requests; k++)
		if (rand() < 0.01)
			print "path=/objects at=" k, how[1 + int(rand() * n)]
}' >"$D/faults"
set --
while IFS= read -r fault; do
	set -- "$@" --fault "$fault"
done <"$D/faults"
standin --records "companies=$records" "$@"
HUBSPOT_BASE_URL=$URL
export HUBSPOT_BASE_URL

echo "soak: $records companies, $(wc -l <"$D/faults") requests fail, seed $seed"
start=$(date +%s)
stage "$D/hs-fetch.end" hs-fetch -q -p domain --timeout 2 --stats "$D/stats" \
	--retry-time 864000 companies 2>"$D/said.fetch" |
	stage "$D/hs-flatten.end" hs-flatten 2>"$D/said.flatten" |
	stage "$D/hs-schema.end" hs-schema -o "$D/long.json" 2>"$D/said.schema" |
	stage "$D/hs-load-csv.end" hs-load-csv "$D/long.csv" 2>"$D/said.load" ||
	:
seconds=$(($(date +%s) - start))
for tool in hs-fetch hs-flatten hs-schema hs-load-csv; do
	[ "$(status_of $tool)" = 0 ] || fail "$tool: status $(status_of $tool)"
done

# Ids ascend in the portal, so a record that is missing, twice or torn shows.
# The url, last, ends in the record's id, and hs_object_id is that, too.
awk -F , -v records="$records" '
NR == 1 {
	for (i = 1; i <= NF; i++)
		column[$i] = i
	width = NF
	id = column["hs_object_id"]
	if ($1 != "id" || !id || $NF != "url")
		bad = "the header: " $0
	next
}
NF != width || $1 != $id || $1 + 0 <= last ||
substr($NF, length($NF) - length($1)) != "/" $1 {
	bad = "line " NR ": " $0
	exit
}
{ last = $1 + 0 }
END {
	if (!bad && NR - 1 != records)
		bad = NR - 1 " records"
	if (bad) {
		print bad
		exit 1
	}
}' "$D/long.csv" >"$D/said" || fail "the table: $(cat "$D/said")"
[ "$(grep -c '"name"' "$D/long.json")" -gt 5 ] || fail "no schema"
exec 9>&- # the stand-in ends, and says whether every fault was met
wait
exec 9<>"$D/standin.in"
[ "$(status_of standin)" = 0 ] || fail "faults that were never met"

echo "soak: every record once, after $seconds s; hs-fetch says: $(cat "$D/stats")"
echo "soak: peak memory in MB:"
for tool in hs-fetch hs-flatten hs-schema hs-load-csv standin; do
	awk -v tool=$tool '{ printf "  %-12s %7.1f\n", tool, $2 / 1024 }' \
		"$D/$tool.end"
done
rm -f "$D"/long.* "$D"/said*
