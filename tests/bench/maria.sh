# shellcheck shell=sh
# shellcheck disable=SC2154 # variables of run.sh
# Sourced by run.sh: hs-load-sql into a MariaDB of its own, beside LOAD DATA of
# the same rows from a prepared file.  The server's CPU is in no row: the wall
# counts.
MARIA_OPTIONS="--innodb-buffer-pool-size=1G --innodb-log-file-size=1G"
. tests/maria.sh
if ! maria_try; then
	echo "no MariaDB: $maria_why" >&2
	return
fi
MARIA_DB=crm
load="hs-load-sql -q --address mysql://root@/crm?socket=$T/maria/s"
run="mariadb --no-defaults -u root -D crm"
n=$(size "$FLATPAGES")
hs-load-sql --dialect mysql new <"$FLATPAGES" >"$dir/new.mysql"
m 'set global local_infile = 1'
$load same <"$FLATPAGES"
m "select * into outfile '$T/maria/tmp/rows' character set utf8mb4 from same"
m 'create table bare like same'
add 'LOAD DATA of a prepared file' "$n" "$run --local-infile=1 -e \"truncate bare; load data local infile '$T/maria/tmp/rows' into table bare character set utf8mb4\""
add 'hs-load-sql, a table that is not there, by LOAD DATA' "$n" "$run -e 'drop table if exists new' && $load new <$FLATPAGES"
add 'hs-load-sql, nothing has changed' "$n" "$load same <$FLATPAGES"
add 'the script, a table that is not there, by INSERT' "$n" "$run -e 'drop table if exists new' && $run -Nr --abort-source-on-error -e 'source /dev/stdin; drop temporary table hs_whole' <$dir/new.mysql >/dev/null 2>&1"
add 'hs-load-sql, that script to a file' "$n" "hs-load-sql --dialect mysql new <$FLATPAGES >$dir/new.mysql"
compare "Into MariaDB: $records rows"
maria_kill
