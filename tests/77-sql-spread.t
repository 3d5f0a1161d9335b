#!/bin/sh
# hs-load-sql into tables that are spread over several servers: partitions on
# three servers of PostgreSQL (postgres_fdw), and the calls for Citus.
. tests/lib.sh
. tests/pg.sh
pg_start
db=postgres:///

load() {
	hs-load-sql --address $db "$@" <"$T/in"
}

# Citus is not here: a function of its name notes what it is asked.
page '{"id":1,"a":"x"},{"id":2,"a":"y"},{"id":2,"a":"z"}'
status "without Citus" 74 load --dialect citus t
like "its function is missed" "$(cat "$T/err")" 'create_distributed_table'
q 'create table asked (t text, c text, n int)' "create function
	create_distributed_table(t regclass, c text) returns void language plpgsql
	as \$\$ begin insert into asked values (t::text, c, (select count(*)
	from pg_index where indrelid = t and indisprimary)); end \$\$"
status "a new table" 0 load -q --dialect citus t
status "that is there" 0 load -q --dialect citus t
status "with another column" 0 load -q -k id,a --distribute a --dialect citus u
is "is distributed once, with its key" \
	"$(q 'select * from asked' | tr '\n' ' ')" 't|id|1 u|a|1 '
is "and has the rows" "$(q 'select * from t order by id' | tr '\n' ' ')" \
	'1|x 2|z '
page '{"a":"x"}'
status "without a key" 65 load --dialect citus v
status "--distribute alone" 64 load --distribute a v
status "CockroachDB" 64 load --dialect cockroach v
like "is refused, with the reason" "$(cat "$T/err")" 'temporary tables'

# Three further servers.
pg pg_ctl -D "$T/pg/data" -m fast -w -s stop
for i in 1 2 3; do
	pg cp -r data "data$i"
	pg pg_ctl -D "$T/pg/data$i" -w -s -l "$T/pg/log$i" \
		-o "-F -k $T/pg -p 543$i -c listen_addresses=" start >"$T/pg.log"
done
pg_ended_one() {
	for i in 1 2 3; do
		pg pg_ctl -D "$T/pg/data$i" -m immediate stop >/dev/null 2>&1
	done
	pg_ended
}
trap pg_ended_one EXIT
pg_up
q 'create extension postgres_fdw' 'create extension dblink' 2>"$T/err" || {
	skip "partitions on three servers" "no postgres_fdw, no dblink"
	t_done
}
q 'create table spread (id bigint, v bigint, t text) partition by hash (id)'
for i in 1 2 3; do
	PGPORT=543$i q 'create table part (id bigint primary key, v bigint, t text)'
	q "create server s$i foreign data wrapper postgres_fdw
		options (host '$T/pg', port '543$i', dbname 'postgres')" \
		"create user mapping for u server s$i options (user 'u')" \
		"create foreign table part$i partition of spread for values with
		(modulus 3, remainder $((i - 1))) server s$i
		options (table_name 'part')"
done
big() { # version: a page of 300 rows
	awk -v v="$1" 'BEGIN { printf "{\"results\":["
		for (i = 1; i <= 300; i++) printf \
			"%s{\"id\":%d,\"v\":%d,\"t\":\"x\"}", (i > 1 ? "," : ""), i, v
		print "]}" }' >"$T/in"
}
version() {
	q 'select min(v), max(v), count(*) from spread'
}
big 1
status "a table whose partitions are on three servers" 0 load spread
is "has all rows" "$(version)" '1|1|300'
is "each server some" "$(for i in 1 2 3; do
	PGPORT=543$i q 'select count(*) > 50 from part'
done | tr '\n' ' ')" 't t t '
status "the same stream again" 0 load spread
like "changes nothing" "$(cat "$T/err")" \
	'0 rows added, 0 changed, 300 unchanged, 0 removed$'
page '{"id":7,"v":2,"t":"y"},{"id":301,"v":2}'
status "a merge" 0 load -m merge spread
like "adds and changes" "$(cat "$T/err")" '1 rows added, 1 changed, 0 unchanged'
page '{"id":7,"v":2.5,"t":"y","more":true}'
status "a replacement, with a new column and a wider one" 0 load spread
like "removes" "$(cat "$T/err")" '0 rows added, 1 changed, 0 unchanged, 300 removed'
is "and is there" "$(q 'select * from spread')" '7|2.5|y|t'
big 1
load -q spread
big 2
PGPORT=5432 hs-load-sql spread <"$T/in" >"$T/script"
size=$(grep -abo '^COMMIT' "$T/script" | cut -d: -f1)
for part in 10 5 3 2; do
	head -c $((size * (part - 1) / part)) "$T/script" | client >"$T/log" 2>&1 &&
		echo "passes"
	version
done | sort -u >"$T/wrong"
is "a script that is cut fails and changes nothing" "$(cat "$T/wrong")" '1|1|300'
for _ in $(seq "${SQL_KILLS:-2}"); do
	load -q spread 2>/dev/null &
	loader=$!
	sleep "0.$(od -An -N2 -tu2 /dev/urandom | awk '{ print $1 % 4 }')"
	kill -9 $loader 2>/dev/null
	wait $loader 2>/dev/null
	# Until its session has ended, the servers commit one by one.
	while [ "$(q "select count(*) from pg_stat_activity where pid <>
		pg_backend_pid() and backend_type = 'client backend'")" != 0 ]; do
		sleep 0.1
	done
	version
done >"$T/killed" 2>/dev/null
unlike "a loader that is killed leaves it old or new" "$(cat "$T/killed")" \
	'[^0-9|]|^1.2|^$'
pg pg_ctl -D "$T/pg/data2" -m immediate -w -s stop
status "one of the servers gone" 75 load spread
pg pg_ctl -D "$T/pg/data2" -w -s -l "$T/pg/log2" \
	-o "-F -k $T/pg -p 5432 -c listen_addresses=" start >"$T/pg.log" 2>&1
t_done
