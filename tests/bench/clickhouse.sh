# shellcheck shell=sh
# shellcheck disable=SC2154 # variables of run.sh
# Sourced by run.sh: hs-load-clickhouse into a server of its own, beside
# ClickHouse's client with a prepared file of the same rows.  The server's CPU
# is in no row: the wall counts.
. tests/clickhouse.sh
if ! ch_try; then
	echo "$ch_why" >&2
	return
fi
client="clickhouse-client --port $(sed -n \
	's/.*<tcp_port>\([0-9]*\).*/\1/p' "$T/ch/config.xml") -q"
load="hs-load-clickhouse -q --address $db"
$load same <"$FLATPAGES"
$client 'select * from same format TabSeparated' >"$dir/rows.tsv"
n=$(size "$FLATPAGES")
add 'clickhouse-client, a prepared file into an empty table' "$n" "$client 'drop table if exists bare' && $client 'create table bare as same' && $client 'insert into bare format TabSeparated' <$dir/rows.tsv"
add 'hs-load-clickhouse, replacing' "$n" "$load same <$FLATPAGES"
add 'hs-load-clickhouse, merging' "$n" "$load -m merge merged <$FLATPAGES"
compare "Into ClickHouse, $(($(size "$dir/rows.tsv") / 1000000)) MB of rows"
ch_down
