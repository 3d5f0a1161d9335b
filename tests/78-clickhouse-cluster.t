#!/bin/sh
# hs-load-clickhouse on a cluster: two servers of ClickHouse's are two shards.
# Readers see old or new; a shard that is down is named.
. tests/lib.sh
. tests/clickhouse.sh
ch_start_two
cd "$T" || exit 1
load() {
	hs-load-clickhouse --address "$db" --cluster two "$@" <in
}
page() { # records, as one page
	printf '{"results":[%s]}\n' "$*" >in
}
records() { # from to value
	seq "$1" "$2" | sed "s/.*/{\"id\":\"&\",\"a\":\"$3\"}/" |
		paste -sd, | sed 's/.*/{"results":[&]}/'
}
left() { # names of tables that runs have left on either shard
	q "select name from cluster('two', system, tables)
		where name like '\\_hs%' group by name"
}
engines() { # of the tables of that name, on both servers
	q "select name, engine, count() from cluster('two', system, tables)
		where database <> 'system' and name like '$1' group by name, engine order by name" |
		tr '\t\n' ' ;'
}

# A replacement.
records 1 100 x >in
status "a new table" 0 load crm.t
like "is counted" "$(cat err)" '^hs-load-clickhouse: `crm`.`t`: 100 rows$'
is "is one on each shard, and one before them" "$(engines 't%')" \
	't Distributed 2;t_local MergeTree 2;'
is "which has all rows" "$(q 'select count(), sum(id) from crm.t' 2)" '100	5050'
is "placed by a hash of the key" "$(q 'select countIf(cityHash64(id) % 2 = 0),
	count() from crm.t_local')" "$(q 'select count(), count() from crm.t_local')"
like "some on each shard" "$(q 'select count() from crm.t_local where id > 0' 2)" \
	'^[1-9][0-9]$'
page '{"id":"1","a":"y","n":"1.5"},{"id":"2","n":"2"}'
status "a replacement by way of the other server" 0 hs-load-clickhouse \
	--address "$db2" --cluster two crm.t <in
is "adds a column on both" "$(q 'select * from crm.t order by id') $(
	q 'select * from crm.t order by id' 2)" '1	y	1.5
2	\N	2 1	y	1.5
2	\N	2'
page '{"id":"1"}'
status "--max-removed" 65 load --max-removed 0 crm.t
like "counts on all shards" "$(cat err)" '`crm`.`t`: 1 of 2 rows would be removed'
page
status "no records" 0 load crm.t
is "empty the table" "$(q 'select count() from crm.t')" 0

# A merge.
records 1 20 x >in
status "a merge makes a table" 0 load -m merge m
page '{"id":"3","a":"new","n":"1"},{"id":"21","a":"z"},{"id":"21","n":"7"}'
status "the next one" 0 load -m merge m
is "replaces rows where they are" "$(q 'select count(), uniqExact(id) from m final')" \
	'21	21'
is "each shard has a key once" "$(q "select id, a, n from m final
	where id in (2, 3, 21) order by id" 2 | tr '\t\n' ' ;')" \
	'2 x \N;3 new 1;21 \N 7;'
page '{"id":"3","n":"text"}'
status "--optimize" 0 load -m merge --optimize m
is "leaves the last rows; what the stream lacks stays, a column is widened" \
	"$(q 'select id, a, n from m where id in (3, 21) order by id' |
		tr '\t\n' ' ;') $(q 'select count() from m')" \
	'3 new text;21 \N 7; 21'
status "-n" 0 load -n -m merge m
like "prints the statements" "$(cat out)" \
	'^CREATE TABLE `default`.`_hs_.*` ON CLUSTER `two` AS `default`.`m_local` ENGINE'
is "and leaves nothing" "$(left)" ""
page '{"id":"1","a":"only"}'
status "a merged table is replaced" 0 load m
is "and stays one" "$(q 'select id, a, n from m') $(engines 'm%')" \
	'1	only	\N m Distributed 2;m_local ReplacingMergeTree 2;'

# What places a row.
page '{"id":"1","a":"1"},{"id":"2","a":"1"},{"id":"3","a":"1"}'
status "--shard" 0 load --shard 'if(id = 1, 0, 1)' s
like "places rows" "$(q 'select count() from s_local') $(
	q 'select count() from s_local' 2)" '^1 2$'
status "a merge needs one key on one shard" 65 load -m merge --shard 'cityHash64(a)' s2
like "so the key alone places it" "$(cat err)" 'from its key.*: Code: [0-9]+,'
status "and not chance" 65 load -m merge --shard 'rand()' s2
q "create table bare on cluster two (id Int64, _version UInt64)
	engine = Distributed(two, default, bare_local)" >/dev/null
q "create table bare_local on cluster two (id Int64, _version UInt64) engine =
	ReplacingMergeTree(_version) order by id" >/dev/null
status "nor nothing" 65 load -m merge bare
like "it says so" "$(cat err)" 'no expression that places a row'
status "--shard without a cluster" 64 hs-load-clickhouse --address "$db" \
	--shard id t <in

# What is not loaded.
status "a cluster that is not there" 78 hs-load-clickhouse --address "$db" \
	--cluster none t <in
status "one that the server is not of" 78 hs-load-clickhouse --address "$db" \
	--cluster other t <in
status "one with replicas" 78 hs-load-clickhouse --address "$db" \
	--cluster copies t <in
like "it says so" "$(cat err)" 'has replicas'
status "a Distributed table without --cluster" 65 hs-load-clickhouse \
	--address "$db" crm.t <in
like "is refused, with the way" "$(cat err)" 'this one with --cluster$'
status "one of another cluster" 65 hs-load-clickhouse --address "$db" \
	--cluster one crm.t <in
status "a table that is no Distributed one" 65 load m_local
q "create table half_local (id Int64) engine = MergeTree order by id"
status "a shards' table on one of them" 65 load half
like "is said to be" "$(cat err)" '`half_local`: it is on 1 of 2 shards'
q "create table half_local (id Int64) engine = Log" 2
status "one that differs" 65 load half
like "is said to" "$(cat err)" 'not the same on all shards'
q "drop table half_local" 2
q "create table half_local (id Int32) engine = MergeTree order by id" 2
status "one without the table before it" 65 load half
like "is not taken for ours" "$(cat err)" 'a table `default`.`half_local`, but no `'
q "create table half on cluster two (id Int32)
	engine = Distributed(two, default, half_local, id)" >/dev/null
status "columns that differ" 65 load half
like "are said to" "$(cat err)" 'its columns are not the same'
is "nothing is left" "$(left)" ""

# Killed at any moment: CLICKHOUSE_KILLS times.
records 1 3000 old >old
records 1 4000 new >new
cp new in
start=$(date +%s%N)
load -q t
load -q -m merge m2
took=$((($(date +%s%N) - start) / 2000000 + 1))
cp old in
load -q t
load -q m2
bad='' kills=${CLICKHOUSE_KILLS:-2}
sum='select count(), countIf(a = '"'old'"'), countIf(a = '"'new'"'),
	uniqExact(id) from'
for i in $(seq "$kills"); do
	case $((i % 2)) in
	0) table=t from=t mode=replace ;;
	1) table=m2 from='m2 final' mode=merge ;;
	esac
	hs-load-clickhouse -q --address "$db" --cluster two -m $mode $table \
		<new 2>err &
	pid=$!
	perl -e 'select undef, undef, undef, $ARGV[0] / 1000' \
		$((took * (2 * i - 1) / (2 * kills)))
	kill -9 $pid 2>/dev/null
	wait $pid 2>/dev/null
	# Each server does the statements of the cluster one after the other.
	q 'create database if not exists crm on cluster two' >out
	got=$(q "$sum $from")
	[ "$got" = '3000	3000	0	3000' ] && continue
	[ "$got" = '4000	0	4000	4000' ] || bad="$bad $i:$got"
	load -q $table || bad="$bad $i:load"
done
is "a loader that is killed leaves old or new" "$bad" ""
load -q t && load -q m2
is "and the next run removes what it left" "$(left)" ""

# A shard that dies, and one that is down.
records 1 100000 new >new
q 'select count() from t' >want
hs-load-clickhouse --address "$db" --cluster two --timeout 2 t <new 2>err &
pid=$!
until [ -n "$(q "select name from system.tables where name like '\\_hs%'")" ] ||
	! kill -0 $pid 2>/dev/null; do
	sleep 0.02
done
ch_down2
wait $pid
is "a shard that dies ends the run" "$?" 75
like "and is named" "$(cat err)" "127.0.0.1:$ch_tcp2"
cp old in
status "one that is down" 75 load t
like "is named, too" "$(cat err)" "127.0.0.1:$ch_tcp2"
is "on the others the table is as it was" \
	"$(q "select count() from t_local where a <> 'old'")" 0
ch_up2
is "and everywhere, when it is back" "$(q 'select count() from t')" "$(cat want)"
status "then the table is loaded" 0 load t
q 'create database if not exists crm on cluster two' >out
is "and nothing is left" "$(left)" ""
t_done
