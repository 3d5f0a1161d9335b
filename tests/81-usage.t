#!/bin/sh
# Command lines that are wrong: exit status 64, the reason, one line of usage,
# and nothing else.
. tests/lib.sh
mkdir "$T/d"
cd "$T/d" || exit 1
HUBSPOT_API_KEY=pat-na1-x
HUBSPOT_BASE_URL=http://127.0.0.1:1
export HUBSPOT_API_KEY HUBSPOT_BASE_URL
long=$(printf %064d 0)
control=$(printf 'a\tb')

wrong() { # pattern command…
	pattern=$1
	shift
	"$@" >../out 2>../err </dev/null
	rc=$?
	if [ $rc = 64 ] && head -n 1 ../err | grep -Eq -e "^$1: .*$pattern" &&
		[ "$(wc -l <../err)" = 2 ] && [ ! -s ../out ] &&
		sed -n 2p ../err | grep -q "^usage: $1 " &&
		[ -z "$(ls -A)" ]; then
		t_result 0 "$*"
	else
		t_result 1 "$*"
		t_show "status $rc" "$(cat ../out ../err; ls -A)"
	fi
}

wrong '--limit is for records and paths' hs-fetch --limit 5 owners
wrong '--archived is for records and owners' hs-fetch --archived schemas
for n in 0 -1 1x '' 99999999999999999999; do
	wrong "--limit: $n is not a number" hs-fetch --limit "$n" companies
done
for program in hs-load-sql 'hs-load-clickhouse --address clickhouse://h'; do
	wrong 'TABLE is missing' $program
	wrong 'one TABLE only' $program a b
	for table in '' . .a a.; do
		wrong 'TABLE: a name is missing' $program "$table"
	done
	wrong 'TABLE: a.b.c has more parts than' $program a.b.c
	wrong '-m: upsert is neither replace nor merge' $program -m upsert t
	wrong '-k: ' $program -k '' t
	wrong '-k: ' $program -k id,id t
	wrong '--max-line: 0 is not a number' $program --max-line 0 t
done
wrong 'from -s or from --declared' hs-load-sql -s a --declared b t
wrong '--timeout: 0 is not a number' hs-load-clickhouse --timeout 0 t
wrong 'oracle' hs-load-sql --dialect oracle t
for name in '' "$long"; do
	wrong "--deleted-at: a column's name has 1 to 63 bytes" \
		hs-load-sql --deleted-at "$name" t
done
wrong '--deleted-at: a control character' hs-load-sql --deleted-at "$control" t
for n in 101% % x% -1 '' 12345678901234567890123456789012%; do
	wrong '--max-removed: .* is not a number' \
		hs-load-csv --max-removed "$n" t.csv
done
t_done
