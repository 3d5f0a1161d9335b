# shellcheck shell=sh
# shellcheck disable=SC2154 # variables of run.sh
# Sourced by run.sh: hs-load-sql into a PostgreSQL of its own, beside psql's
# \copy of the same rows from a prepared file, and Python.  The server's CPU is
# in no row: the wall counts.
# A vacuum that begins by chance would be in some row, and in the WAL.
PG_OPTIONS="-c shared_buffers=1GB -c max_wal_size=8GB -c autovacuum=off"
. tests/pg.sh
if ! pg_try; then
	echo "no PostgreSQL: $pg_why" >&2
	return
fi
load="hs-load-sql -q --address postgres://"
run="psql -Xq -v ON_ERROR_STOP=1"

# What \copy takes: the table's rows, and tables for them.
hs-load-sql new <"$FLATPAGES" >"$dir/new.script"
hs-load-sql same <"$FLATPAGES" >"$dir/same.script"
$load same <"$FLATPAGES"
q "\\copy same to $dir/rows.copy"
q 'create table bare (like same)'

# As dlt and ingestr do it: a stage, COPY, an upsert.
cat >"$dir/upsert.py" <<'END'
import csv, io, json, sys
import psycopg2
rows = [json.loads(line) for line in sys.stdin]
names = list(dict.fromkeys(k for r in rows for k in r))
text = io.StringIO()
out = csv.writer(text)
for r in rows:
    v = [r.get(k) for k in names]
    out.writerow([json.dumps(x) if isinstance(x, (dict, list)) else x for x in v])
text.seek(0)
quoted = ", ".join('"%s"' % k for k in names)
db = psycopg2.connect("")
c = db.cursor()
c.execute("create table if not exists peer (%s, primary key (id))" %
    ", ".join('"%s" text' % k for k in names))
c.execute("create temp table stage (like peer) on commit drop")
c.copy_expert("copy stage (%s) from stdin csv" % quoted, text)
c.execute("insert into peer (%s) select %s from stage on conflict (id) do update set %s"
    % (quoted, quoted, ", ".join('"%s" = excluded."%s"' % (k, k) for k in names)))
db.commit()
END
# One record in a hundred is another one in turn.
awk 'NR % 100 == 0 { sub(/"updatedAt":"20/, "\"updatedAt\":\"19") } { print }' \
	"$FLAT" >"$dir/changed.flat"
$load part <"$FLAT"
echo "Script made from $(($(size "$FLATPAGES") / 1000000)) MB of pages:"
n=$(size "$FLATPAGES")
add 'hs-load-sql, the script to a file' "$n" "hs-load-sql new <$FLATPAGES >$dir/new.script"
add 'hs-load-csv' "$n" "hs-load-csv $dir/peer.csv <$FLATPAGES"
compare 'Making the script'

add '\copy from a prepared file, no key' "$n" "$run -c 'truncate bare' -c '\\copy bare from $dir/rows.copy'"
add '\copy, and then a primary key' "$n" "$run -c 'drop table if exists made; create table made (like bare)' -c '\\copy made from $dir/rows.copy' -c 'alter table made add primary key (id)'"
add 'the script, a table that is not there' "$n" "$run -c 'drop table if exists new' -f $dir/new.script 2>/dev/null"
add 'hs-flatten, hs-load-sql, from saved pages' "$(size "$PAGES")" "$run -c 'drop table if exists new' && hs-flatten $PAGES | $load new"
add 'the script, nothing has changed' "$n" "$run <$dir/same.script 2>/dev/null"
add 'hs-load-sql, 1 % changed, twice' $((2 * n)) "$load part <$dir/changed.flat && $load part <$FLAT"
if python3 -c 'import psycopg2' 2>/dev/null; then
	add "Python's json, psycopg2's COPY, an upsert, a tenth" "$(size "$FLAT10")" "python3 $dir/upsert.py <$FLAT10"
fi
compare "Into PostgreSQL: $records rows"

wal() { # command…: the bytes of WAL that it makes
	from=$(q 'select pg_current_wal_lsn()')
	"$@"
	q "select pg_current_wal_lsn() - '$from'::pg_lsn"
}
q 'checkpoint'
whole=$(wal sh -c "$load -k id whole" <"$FLAT")
q 'checkpoint'
first=$(wal sh -c "$load part" <"$dir/changed.flat")
one=$(wal sh -c "$load part" <"$FLAT")
none=$(wal sh -c "$load part" <"$FLAT")
echo
echo "WAL: the table new $whole bytes; 1 % of its rows changed $one" \
	"($((one * 100 / whole)) %), the first time behind a checkpoint, with" \
	"whole pages, $first; nothing changed $none."
pg pg_ctl -D "$T/pg/data" -m immediate stop >/dev/null 2>&1
