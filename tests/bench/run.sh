#!/bin/sh
# make bench: our programs beside others on one corpus, interleaved in one
# run; a table in Markdown for each part.  BENCH_RECORDS (100000) and
# BENCH_ROUNDS (5) set its size.
#
#	run.sh [flatten|schema|load|pipe|fetch]…
set -eu
records=${BENCH_RECORDS:-100000}
rounds=${BENCH_ROUNDS:-5}
dir=$BUILD/bench
mkdir -p "$dir"
PATH=$PWD/$BUILD/bin:$PWD/$dir:$PATH
PAGES=$dir/pages-$records.ndjson
FLAT=$dir/flat-$records.ndjson
FLATPAGES=$dir/flatpages-$records.ndjson
token=pat-na1-00000000-0000-4000-8000-000000000001
export PATH PAGES FLAT FLATPAGES

cc=${CC:-cc}
$cc -std=c11 -D_GNU_SOURCE -O2 -o "$dir/measure" tests/bench/measure.c
$cc -std=c11 -D_GNU_SOURCE -O2 -o "$dir/bare" tests/bench/bare.c -lcurl
$cc -std=c11 -D_GNU_SOURCE -O2 -o "$dir/copy" tests/bench/copy.c

# The stand-in, as make demo starts it; kept pages, no limit that is felt.
fifo=$dir/standin.in
rm -f "$fifo" "$dir/url"
mkfifo "$fifo"
"$BUILD/tests/standin/standin" --records "companies=$records" \
	--associations companies:contacts=1 --burst 1000000 --window 1000 \
	--prerender companies <"$fifo" >"$dir/url" &
exec 9>"$fifo"
trap 'exec 9>&-; rm -f "$fifo"' EXIT
while [ ! -s "$dir/url" ]; do
	kill -0 $! || exit 1
	sleep 0.05
done
HUBSPOT_BASE_URL=$(cat "$dir/url")
HUBSPOT_API_KEY=$token
export HUBSPOT_BASE_URL HUBSPOT_API_KEY

[ -s "$PAGES" ] || hs-fetch -q -o "$PAGES" companies:contacts
[ -s "$FLAT" ] || hs-flatten -r "$PAGES" >"$FLAT"
[ -s "$FLATPAGES" ] || hs-flatten "$PAGES" >"$FLATPAGES"

have() {
	command -v "$1" >/dev/null
}
size() {
	wc -c <"$1"
}
# add TITLE COMMAND: one more row; others' programs only where they are.
add() {
	printf '%s\n%s\n' "$1" "$2" >>"$dir/rows"
}
add_if() { # program title command
	if have "$1"; then
		add "$2" "$3"
	fi
}
compare() { # title bytes: measures the rows that were added
	printf '\n### %s\n\n' "$1"
	bytes=$2
	set --
	while IFS= read -r title && IFS= read -r command; do
		set -- "$@" "$title" "$command"
	done <"$dir/rows"
	rm -f "$dir/rows"
	measure -n "$rounds" -b "$bytes" "$@"
}
rm -f "$dir/rows"

flatten() {
	add hs-flatten "hs-flatten <$PAGES >/dev/null"
	add 'read, memcpy, write' "copy <$PAGES >/dev/null"
	add_if jq "$(jq --version): the same" "jq -c '.results[] |= (.properties + del(.properties))' <$PAGES >/dev/null"
	add_if mlr 'Miller: read and write' "mlr --ijsonl --ojsonl cat <$PAGES >/dev/null"
	add_if python3 'Python json: parse only' "python3 -c 'import json,sys; [json.loads(l) and 0 for l in sys.stdin]' <$PAGES"
	add_if node 'Node JSON.parse only' "node -e 'require(\"readline\").createInterface({input:process.stdin}).on(\"line\",JSON.parse)' <$PAGES"
	compare 'hs-flatten, pages to flat pages' "$(size "$PAGES")"

	add 'cat between pipes' "cat $PAGES | cat | cat >/dev/null"
	add 'hs-flatten between pipes' "cat $PAGES | hs-flatten | cat >/dev/null"
	compare 'between two pipes' "$(size "$PAGES")"
}

pipe() {
	out=$dir/pipe.csv
	add 'four tools' "hs-flatten $PAGES | hs-schema -o $dir/pipe.json | hs-load-csv $out"
	add 'hs-flatten alone' "hs-flatten $PAGES >/dev/null"
	add 'hs-schema alone' "hs-schema <$FLATPAGES >/dev/null"
	add 'hs-load-csv alone' "hs-load-csv $out <$FLATPAGES"
	have jq && add_if mlr 'jq and Miller' "jq -c '.results[] | .properties + del(.properties)' <$PAGES | mlr --ijsonl --ocsv unsparsify >$dir/peer.csv"
	compare 'the pipe, from saved pages to table and schema' "$(size "$PAGES")"
}

fetch() {
	names=$(curl -s -H "Authorization: Bearer $token" \
		"$HUBSPOT_BASE_URL/crm/properties/2026-09/companies" |
		jq -r '[.results[].name] | join(",")')
	url="$HUBSPOT_BASE_URL/crm/objects/2026-09/companies?limit=100&properties=$names"
	hs-fetch -q companies >/dev/null # nearly every page is kept from now on
	bare "$url" "$token" >/dev/null
	add 'a bare libcurl loop' "bare '$url' $token >/dev/null"
	add 'hs-fetch -j1' 'hs-fetch -q -j1 companies >/dev/null'
	add 'hs-fetch' 'hs-fetch -q companies >/dev/null'
	compare 'fetching, no latency, MB/s of the pages file' "$(size "$PAGES")"
}

schema() {
	. tests/bench/schema.sh
}
load() {
	. tests/bench/load.sh
}

cat <<T
## Benchmark

Corpus: $records companies from the stand-in, $(wc -l <"$PAGES") pages of
$(($(size "$PAGES") / 1000000)) MB, one association a record. Machine:
$(sed -n 's/^model name.*: //p' /proc/cpuinfo | head -n 1),
$(nproc) cores, $(uname -sr). Interleaved, medians of $rounds; CPU is user and
system time of all processes of a row; the ratios are against its first row.
Others: $(jq --version 2>/dev/null || echo 'no jq'),
$(mlr --version 2>/dev/null || echo 'no Miller'),
$(python3 --version 2>/dev/null || echo 'no Python'),
sqlite $(sqlite3 --version 2>/dev/null | cut -d' ' -f1),
$(duckdb --version 2>/dev/null || echo 'no DuckDB').
Absolute seconds belong to this machine; the ratios travel better. Files come
out of the page cache.
T
[ $# -gt 0 ] || set -- flatten schema load pipe fetch
for part; do
	"$part"
done
