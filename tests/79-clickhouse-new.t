#!/bin/sh
# hs-load-clickhouse and what a server of today is asked, alone and on a
# cluster: one that answers by rules says that it is one.
. tests/lib.sh
trap '[ -z "$server" ] || kill "$server"; t_end' EXIT
server=
: >"$T/rules"
mkfifo "$T/port"
perl tests/clickhouse.pl "$T/rules" "$T/log" >"$T/port" &
server=$!
read -r port <"$T/port"
unset CLICKHOUSE_USER CLICKHOUSE_PASSWORD
rules() { # rules of standard input, before the usual ones
	cat - "$T/usual" >"$T/rules"
}
printf '%s\n' '{"results":[{"id":"1","a":"x","b":"y"}]}' >"$T/in"
load() {
	: >"$T/log"
	hs-load-clickhouse --address "clickhouse://127.0.0.1:$port" "$@" <"$T/in"
}
asked() { # statements that changed something, without settings and names
	sed 's/^[^ ]* //; /^SELECT/d; s/_hs_[0-9a-f_]*_\([a-zA-Z]\)/_hs_\1/g
		s/`default`\.//g' "$T/log"
}
cat >"$T/usual" <<'END2'
version => 200 26.7.1.1\tdefault\n
system.databases => 200 1\n
FROM system.clusters => 200 2\t1\t1\n
uniqExact => 200 2\t1\n
HAVING|\(name, type\) => 200 0\n
SELECT engine_full => 200 Distributed('two', 'default', 't_local', id)\n
SELECT engine, => 200 MergeTree\tMergeTree ORDER BY id\t\tid\tid\n
default_kind => 200 id\tInt64\t0\t1\na\tNullable(String)\t0\t0\n
SELECT count => 200 1\n
ON CLUSTER => 200 h\t1\t0\t\t1\t0\ni\t2\t0\t\t0\t0\n
END2
cat >"$T/merged" <<'END2'
SELECT engine, => 200 ReplacingMergeTree\tReplacingMergeTree(_version) ORDER BY id\t\tid\tid\n
default_kind => 200 id\tInt64\t0\t1\na\tNullable(String)\t0\t0\n_version\tUInt64\t0\t0\n
SELECT max => 200 5\n
END2
: >"$T/none"

# One server.
rules <"$T/none"
status "a replacement" 0 load t
is "is one EXCHANGE of tables" "$(asked)" 'CREATE TABLE `_hs_r` AS `t`
ALTER TABLE `_hs_r` ADD COLUMN `b` Nullable(String)
INSERT INTO `_hs_r` (`id`, `a`, `b`) FORMAT TabSeparated
EXCHANGE TABLES `_hs_r` AND `t`
DROP TABLE IF EXISTS `_hs_r`'
like "with what new servers have to be told" "$(cat "$T/log")" \
	'&async_insert=0&input_format_tsv_empty_as_default=0&mutations_sync=1&optimize_on_insert=0 INSERT'
rules <<-'END2'
	system.databases => 200 0\n
END2
load t 2>"$T/err"
like "in a database of engine Ordinary one RENAME" "$(asked)" \
	'^RENAME TABLE `t` TO `_hs_o`, `_hs_r` TO `t`$'
rules <"$T/merged"
status "a merge" 0 load -m merge t
like "is one ATTACH" "$(asked)" '^ALTER TABLE `t` ATTACH PARTITION ID .all. FROM `_hs_r`$'

# What is sent where, and what comes instead of an answer.
rules <"$T/none"
status "a user with a password" 0 env CLICKHOUSE_USER=jo \
	CLICKHOUSE_PASSWORD=s3cret hs-load-clickhouse --address \
	"clickhouse://127.0.0.1:$port" t <"$T/in"
like "it is in a header" "$(tr -d '\r' <"$T/log.heads")" '^X-ClickHouse-Key: s3cret$'
unlike "and not in the URL" "$(cat "$T/log")" s3cret
rules <<-END2
	version => 302 http://127.0.0.1:$port/elsewhere
END2
status "a redirect" 74 load t
is "is not followed" "$(wc -l <"$T/log")" 1
rules <<-'END2'
	INSERT => 500 Code: 202. DB::Exception: Too many simultaneous queries\n
END2
status "a server with too much to do" 75 load t
rules <<-'END2'
	version => 503 busy
END2
status "and one behind a proxy that says so" 75 load t

# A cluster.
rules <"$T/none"
status "on a cluster" 0 load --cluster two t
is "all shards exchange both tables" "$(asked)" 'CREATE TABLE `_hs_r` ON CLUSTER `two` AS `t_local`
ALTER TABLE `_hs_r` ON CLUSTER `two` ADD COLUMN `b` Nullable(String)
CREATE TABLE `_hs_R` AS `_hs_r` ENGINE = Distributed('"'two', 'default', '_hs_r'"', id)
INSERT INTO `_hs_R` (`id`, `a`, `b`) FORMAT TabSeparated
CREATE TABLE `_hs_f` ON CLUSTER `two` AS `_hs_r` ENGINE = Distributed('"'two', 'default', 't_local'"', id)
EXCHANGE TABLES `_hs_r` AND `t_local`, `_hs_f` AND `t` ON CLUSTER `two`
DROP TABLE IF EXISTS `_hs_R`
DROP TABLE IF EXISTS `_hs_r` ON CLUSTER `two`
DROP TABLE IF EXISTS `_hs_f` ON CLUSTER `two`'
like "and rows wait for all of them" "$(cat "$T/log")" \
	'&distributed_ddl_output_mode=throw&insert_distributed_sync=1&distributed_ddl_task_timeout=60 INSERT'
rules <"$T/merged"
status "a merge" 0 load --cluster two -m merge t
like "is one ATTACH on all of them" "$(asked)" \
	'^ALTER TABLE `t_local` ON CLUSTER `two` ATTACH PARTITION ID .all. FROM `_hs_r`$'
rules <<-'END2'
	EXCHANGE => 200 h\t1\t0\t\t1\t0\ni\t2\t57\tCode: 57. DB::Exception: There\t0\t0\n
END2
status "an error of one of them in an answer that went well" 75 load --cluster two t
like "is read" "$(cat "$T/err")" '^hs-load-clickhouse: `default`.`t`: i:2: Code: 57'
rules <<-'END2'
	EXCHANGE => 200 h\t1\t0\t\t1\t0\ni\t2\t\N\t\N\t1\t0\n
END2
status "one that has not answered in time" 75 load --cluster two t
like "is named" "$(cat "$T/err")" ': i:2: not done in time$'
rules <<-'END2'
	EXCHANGE => 500 Code: 159. DB::Exception: Distributed DDL task x is not finished on 1 of 2 hosts\n
	system, one => 500 Code: 279. DB::NetException: All connection tries failed. Log: \n\nCode: 210. DB::NetException: Connection refused (i:2)\n\n
END2
status "one that is down" 75 load --cluster two t
like "is asked for" "$(cat "$T/err")" ': Code: 279.*Connection refused \(i:2\): Code: 159'
is "and for what was made nobody waits" \
	"$(sed -n 's/.*task_timeout=\([0-9]*\) DROP.*/\1/p' "$T/log" | sort -u)" 0
t_done
