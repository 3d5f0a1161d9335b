#!/bin/sh
# hs-load-csv holds neither the stream nor the table in memory.
. tests/lib.sh
cd "$T" || exit 1

case $(command -v hs-load-csv) in
*/san/*) t_skip_all "the sanitizers need memory of their own" ;;
esac

stream() { # from to
	awk -v from="$1" -v to="$2" 'BEGIN {
		for (i = from; i <= to; i++)
			printf "{\"id\":\"%d\",\"a\":\"some text\",\"b\":null}\n", i
	}'
}

# small TITLE KIB INPUT OPTION…: with so much address space it works.
small() {
	title=$1
	limit=$2
	input=$3
	shift 3
	status "$title" 0 sh -c 'ulimit -v $1; shift; exec hs-load-csv "$@"' \
		sh "$limit" "$@" <"$input"
}

stream 1 1000000 >million
small "a million records in 32 MB" 32000 million table.csv
is "a million records: all are there" "$(wc -l <table.csv)" 1000001
stream 900001 1000100 >more
small "100,100 of them merged into a million in 32 MB" 32000 more \
	-m merge table.csv
is "merged: all are there" "$(wc -l <table.csv)" 1000101
stream 1 10 | sed 's/}/,"late":1}/' >late
cat million late >both
small "a late column after a million records in 32 MB" 32000 both table.csv
is "a late column: all are there" \
	"$(awk -F, 'NF != 4 { exit 1 } END { print NR }' table.csv)" 1000011
t_done
