#!/bin/sh
# make bench: our programs beside others on one corpus, interleaved in one
# run; a table in Markdown for each part.  BENCH_RECORDS (100000) and
# BENCH_ROUNDS (5) set its size.  list takes a quarter of an hour, and with
# BENCH_LIST=quick two minutes at most.
#
#	run.sh [flatten|label|schema|load|sql|maria|clickhouse|diff|pipe|million|linear|fetch|latency|list|profile]…
set -eu
records=${BENCH_RECORDS:-100000}
rounds=${BENCH_ROUNDS:-5}
tenth=$((records / 10))
dir=$BUILD/bench
mkdir -p "$dir"
PATH=$PWD/$BUILD/bin:$PWD/$dir:$PATH
HUBSPOT_API_KEY=pat-na1-00000000-0000-4000-8000-000000000001
# In memory, as it is where somebody logs in.
XDG_RUNTIME_DIR=$(mktemp -d /dev/shm/hs-bench.XXXXXX 2>/dev/null || mktemp -d)
export PATH HUBSPOT_API_KEY XDG_RUNTIME_DIR

cc=${CC:-cc}
$cc -std=c11 -D_GNU_SOURCE -O2 -o "$dir/measure" tests/bench/measure.c
$cc -std=c11 -D_GNU_SOURCE -O2 -o "$dir/bare" tests/bench/bare.c -lcurl
$cc -std=c11 -D_GNU_SOURCE -O2 -o "$dir/copy" tests/bench/copy.c

# The stand-in, one at a time, without a limit that is felt.
fifo=$dir/standin.in
standin() {
	standin_end
	mkfifo "$fifo"
	"$BUILD/tests/standin/standin" --burst 1000000 --window 1000 "$@" \
		<"$fifo" >"$dir/url" &
	exec 9>"$fifo"
	while [ ! -s "$dir/url" ]; do
		kill -0 $! || exit 1
		sleep 0.05
	done
	HUBSPOT_BASE_URL=$(cat "$dir/url")
	export HUBSPOT_BASE_URL
}
standin_end() {
	exec 9>&-
	wait
	rm -f "$fifo" "$dir/url"
}
# Where servers of databases have their files; another user has to reach it.
T=$(mktemp -d)
chmod 711 "$T"
t_end() { # servers' scripts end with it, too
	standin_end
	rm -rf "$T" "$XDG_RUNTIME_DIR"
}
trap t_end EXIT

have() {
	command -v "$1" >/dev/null
}
size() {
	wc -c <"$1"
}
# add TITLE BYTES COMMAND: one more row; others' programs only where they
# are, and the slow ones on a tenth: all ratios are byte for byte.
add() {
	printf '%s\n%s\n%s\n' "$1" "$2" "$3" >>"$dir/rows"
}
add_if() { # program title bytes command
	if have "$1"; then
		shift
		add "$@"
	fi
}
compare() { # title: measures the rows that were added
	printf '\n### %s\n\n' "$1"
	set --
	while IFS= read -r title && IFS= read -r bytes && IFS= read -r line; do
		set -- "$@" "$title" "$bytes" "$line"
	done <"$dir/rows"
	rm -f "$dir/rows"
	measure -n "$rounds" "$@"
}
rm -f "$dir/rows"

# corpus NAME RECORDS OPTION…: pages, flat records, flat pages; made once.
corpus() {
	pages=$dir/$1-$2.pages
	flat=$dir/$1-$2.flat
	flatpages=$dir/$1-$2.flatpages
	[ -s "$flatpages" ] && return
	many=$2
	shift 2
	standin --records "companies=$many" "$@"
	hs-fetch -q -o "$pages" companies:contacts
	hs-flatten -r "$pages" >"$flat"
	hs-flatten "$pages" >"$flatpages.new"
	mv "$flatpages.new" "$flatpages"
}
corpus main "$records" --associations companies:contacts=1
PAGES=$pages
FLAT=$flat
FLATPAGES=$flatpages
head -n $(($(wc -l <"$PAGES") / 10)) "$PAGES" >"$dir/tenth.pages"
head -n "$tenth" "$FLAT" >"$dir/tenth.flat"
PAGES10=$dir/tenth.pages
FLAT10=$dir/tenth.flat
all=$(size "$PAGES")
part=$(size "$PAGES10")

flatten() {
	. tests/bench/flatten.sh
}
label() {
	. tests/bench/label.sh
}

# tools_alone: rows for the corpus that was made last.
tools_alone() {
	n=$(size "$pages")
	add 'four tools, pages read by cat' "$n" "cat $pages | hs-flatten | hs-schema -o $dir/pipe.json | hs-load-csv $dir/pipe.csv"
	add 'hs-flatten alone' "$n" "hs-flatten $pages >/dev/null"
	add 'hs-schema alone' "$n" "hs-schema <$flatpages >/dev/null"
	add 'hs-load-csv alone' "$n" "hs-load-csv $dir/pipe.csv <$flatpages"
	add 'cat, twice, and to disk' "$n" "cat $pages | cat | cat >$dir/copy && sync $dir/copy"
}
pipe() {
	corpus main "$records"
	tools_alone
	have jq && add_if mlr 'jq and Miller, a tenth' "$part" "jq -c '.results[] | .properties + del(.properties)' <$PAGES10 | mlr --ijsonl --ocsv unsparsify >$dir/peer.csv"
	compare 'The pipe, from saved pages to table and schema'
}
million() {
	corpus main $((records * 10)) --associations companies:contacts=1
	tools_alone
	compare "The same with $((records * 10)) records ($(($(size "$pages") / 1000000)) MB)"
}
schema() {
	. tests/bench/schema.sh
}
load() {
	. tests/bench/load.sh
}
sql() {
	. tests/bench/sql.sh
}
maria() {
	. tests/bench/maria.sh
}
clickhouse() {
	. tests/bench/clickhouse.sh
}
diff() {
	. tests/bench/diff.sh
}
linear() {
	. tests/bench/linear.sh
}
fetch() {
	. tests/bench/fetch.sh
}
latency() {
	. tests/bench/latency.sh
}
list() {
	. tests/bench/list.sh
}
profile() {
	. tests/bench/profile.sh
}
version() { # program
	if have "$1"; then
		"$1" --version | head -n 1
	else
		echo "no $1"
	fi
}

cat <<T
## Benchmark

Corpus: $records companies from the stand-in, $(wc -l <"$PAGES") pages of
$((all / 1000000)) MB, $(head -n 1 "$FLAT" | tr -cd , | wc -c) or so columns,
one association a record. Machine: $(sed -n 's/^model name.*: //p' /proc/cpuinfo | head -n 1),
$(nproc) cores, $(awk '/MemTotal/ { printf "%.0f", $2 / 1048576 }' /proc/meminfo) GiB, $(uname -sr).
hs-tools $(hs-flatten --version | sed 's/.* //'), built by $(version "$cc") with ${CFLAGS:--O2 -g}.
Others: $(version jq), $(version mlr), $(version python3), node $(version node),
sqlite3 $(version sqlite3 | cut -d ' ' -f 1), $(version curl | cut -d ' ' -f 1-2), $(version duckdb).

Interleaved, medians of $rounds. CPU is user and system time of all processes
of a row, peak memory its largest process's. The ratios (×) are to the first
row, byte for byte, since the slowest work on a tenth of the corpus only.
Absolute seconds belong to this machine, the ratios travel better; files come
out of the page cache; the others' commands do what they can do of the same
work, and more or less besides: the titles say what.
T
[ $# -gt 0 ] || set -- flatten label schema load sql maria clickhouse diff pipe million linear fetch latency list profile
for one; do
	"$one"
done
