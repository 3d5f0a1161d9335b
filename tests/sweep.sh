# Sourced by tests/82-memory.t and tests/83-files.t, behind tests/lib.sh.
#
# Each program's main jobs in small, with one call of $shim's kind that fails,
# or all from one on: it does its work all the same, or it says in one line
# that it could not, its status says so too, and every file is as it was.
shim=$PWD/$BUILD/tests/shim/$shim.so
# The sanitizers want to come first, and are content to come later.
ASAN_OPTIONS=${ASAN_OPTIONS:+$ASAN_OPTIONS:}verify_asan_link_order=0
export ASAN_OPTIONS
standin_start --records 30 --burst 1000000
XDG_RUNTIME_DIR=$T
export XDG_RUNTIME_DIR
mkdir "$T/d"
cd "$T/d" || exit 1

is_files() {
	[ "${shim##*/}" = fault.so ]
}

# What the directory holds; what it may hold is asked of this, too.
holds() {
	ls -A
	cat -- * */* */*/* 2>/dev/null
}

# What a run that failed may leave.
as_it_was() {
	[ "$(holds)" = "$old" ]
}
lines=1

# How a run with a fault came out, where that is not as it may be.
judge() {
	case $rc in
	0)
		[ "$(cat ../out)" = "$want_out" ] || echo "other output"
		[ "$(holds)" = "$want" ] || echo "status 0 without the work"
		return
		;;
	66 | 69 | 7[0-8]) ;;
	65) [ "$FAULT_OF" = hs-run ] || echo "status $rc" ;; # a stage's
	*) echo "status $rc" ;;
	esac
	as_it_was || may_be_done || echo "files have changed: $(ls -A)"
	[ -s ../err ] && [ "$(wc -l <../err)" -le $lines ] ||
		echo "not one message: $(cat ../err)"
}

# What is in place and cannot be made to last, or is done when a file cannot be
# closed, is an error, too.
may_be_done() {
	is_files && [ "$(holds)" = "$want" ]
}

# What could not be removed is the next run's to remove.
may_litter() { # stays?
	[ "$1" ] || grep -q unlink ../met 2>/dev/null
}

# faulty N STAYS: one run in which call N fails.
faulty() {
	rm -rf ./* .[!.]* ../met
	before
	(
		FAULT_AT=$1 FAULT_STAYS=$2 FAULT_MET=../met LD_PRELOAD=$shim
		export FAULT_AT FAULT_STAYS FAULT_MET LD_PRELOAD
		job
	) >../out 2>../err
	rc=$?
	may_litter "$2" && find . -name '.?*' -type f -exec rm {} +
	judge >../wrong
	[ ! -s ../wrong ] || sed "s/^/call $1${2:+ and all later}, $(
		head -n 1 ../met 2>/dev/null): /" ../wrong >>../bad
}

# sweep TITLE PROGRAM [FILE...]: job() is what is done, before() what was
# there.  Of many allocations some SWEEP_POINTS are taken, in make soak all.
sweep() {
	export FAULT_OF="$2"
	rm -rf ./* .[!.]* ../count
	before
	old=$(holds)
	(export FAULT_COUNT=../count LD_PRELOAD="$shim" && job) >../out 2>../err
	rc=$?
	count=$(cat ../count)
	want=$(holds)
	want_out=$(cat ../out)
	ok "$1: $count calls" test $rc = 0 -a "$count" -gt 2
	: >../bad
	n=1
	while [ $n -le "$count" ]; do
		faulty $n ''
		faulty $n 1
		n=$((n + 1 + count / ${SWEEP_POINTS:-16}))
	done
	is "$1: each may fail" "$(head -n 9 ../bad)" ""
}

records() { # from to text
	awk -v from="$1" -v to="$2" -v text="$3" 'BEGIN {
		for (i = from; i <= to; i++)
			printf "{\"id\":\"%d\",\"a\":\"%s\",\"b\":null,\"c\":%d}\n",
				i, text, i * 3
	}'
}
records 1 20 old >../old.json
records 10 30 new >../new.json
printf '{"results":[%s],"paging":{"next":{"after":"2"}}}\n{"results":[]}\n' \
	'{"id":"1","properties":{"a":"x","b":"2024-01-01"},"associations":{"contacts":{"results":[{"id":"7","type":"t"}]}}}' >../pages
hs-flatten <../pages >../flat
hs-load-csv ../old.csv <../old.json
hs-schema -o ../old.schema <../old.json >/dev/null

before() { :; }
job() { hs-flatten <../pages; }
sweep flatten hs-flatten
job() { hs-flatten --links ../pages; }
sweep links hs-flatten
job() { LC_ALL=C hs-schema -f table <../flat; }
sweep "schema as a table" hs-schema
job() { hs-schema -f sql --dialect postgres <../flat; }
sweep "schema as sql" hs-schema
job() { hs-schema --diff ../old.schema -o new.schema <../old.json; }
sweep "schema and its difference" hs-schema

before() { cp ../old.csv t.csv; }
job() { hs-load-csv t.csv <../new.json; }
sweep replace hs-load-csv
job() { hs-load-csv -m merge t.csv <../new.json; }
sweep merge hs-load-csv
job() { hs-load-csv -n t.csv <../new.json; }
sweep "replace, but only in thought" hs-load-csv
job() { hs-load-sql -m merge t <../new.json; }
sweep "a script for psql" hs-load-sql
if command -v sqlite3 >/dev/null; then
	hs-load-sql -q --address sqlite:../old.db t <../old.json
	before() { cp ../old.db t.db; }
	job() { hs-load-sql -m merge --address sqlite:t.db t <../new.json; }
	sweep "a table of SQLite's" hs-load-sql
fi
before() { cp ../old.csv t.csv; }
job() { LC_ALL=C hs-diff -f text -o changes t.csv ../new.json; }
sweep "differences as text" hs-diff
job() { hs-diff -o changes ../old.json ../new.json; }
sweep "differences in a file" hs-diff

cat >../definitions <<'END'
{"results":[{"name":"a","label":"A","type":"enumeration","options":[{"value":"old","label":"Old"},{"value":"new","label":"New"}]}],"hs":{"object":"properties:deals","page":0}}
END
before() { :; }
job() { hs-label ../definitions <../new.json; }
sweep labels hs-label
job() { hs-label --replace --headings ../definitions <../new.json; }
sweep "labels for a spreadsheet" hs-label

# The libraries allocate as they like: what fails within them is no success.
job() { hs-fetch -q --retry-time 0 companies; }
sweep "a list" hs-fetch
# Whole pages stay in the file.
as_it_was() {
	[ ! -e pages ] ||
		head -c "$(wc -c <pages)" ../whole | cmp -s - pages
}
job() {
	hs-fetch -q -j1 --retry-time 0 -p name -a contacts --resume -o pages \
		companies
}
job && cp pages ../whole
sweep "a list in a file" hs-fetch

cat >../p.yaml <<'END'
name: companies
version: v1alpha
type: nilus
spec:
  type: batch
  source:
    address: hubspot://?api_key={HUBSPOT_API_KEY}
    options: {source_table: companies}
  sink:
    address: csv:tables
    options: {dest_table: crm.companies, incremental_strategy: replace}
END
# Each program of a pipeline may say why it ends.  The table is not there, or,
# where only its schema failed behind the last page, it is whole: hs-schema's
# end, or hs-run's behind the pipeline's.
as_it_was() {
	set -- tables/crm/.[!.]*
	[ "$*" = "tables/crm/.[!.]*" ] || return
	[ ! -e tables/crm/companies.csv ] || {
		{ is_files || [ "$FAULT_OF" = hs-schema ] ||
			[ "$FAULT_OF" = hs-run ]; } &&
			cmp -s tables/crm/companies.csv ../whole.csv
	}
}
lines=5
job() { hs-run -q ../p.yaml; }
job && cp tables/crm/companies.csv ../whole.csv
for program in hs-run hs-flatten hs-schema hs-load-csv; do
	sweep "a pipeline: $program" $program
done

# A table of ClickHouse is the old one or, where what failed was the answer to
# the swap or what came behind it, the new one; no other one is left.
cd "$OLDPWD" || exit 1
. tests/clickhouse.sh
if ch_try; then
	cd "$T/d" || exit 1
	lines=1
	holds() {
		q 'select * except _version from t final order by id'
	}
	before() {
		q 'create table if not exists old as t'
		q "insert into old values (1, 'x', null, 2, 'd', 1), (10, 'y', null, 3, 'e', 1)"
		q 'rename table t to new, old to t'
		q 'drop table new'
	}
	as_it_was() {
		set -- "$(holds)"
		[ "$1" = "$old" ] || [ "$1" = "$want" ]
	}
	job() { hs-load-clickhouse -q -m $mode --address "$db" t <../new.json; }
	# A merge cannot be into partitions.
	for mode in replace merge; do
		q 'drop table if exists t'
		q "create table t (id Int64, a Nullable(String),
			b Nullable(String), c Nullable(Int64),
			d Nullable(String), _version UInt64)
			engine = ReplacingMergeTree(_version) $(
			[ $mode = merge ] || echo 'partition by intDiv(id, 10)'
			) order by id"
		sweep "a $mode in ClickHouse" hs-load-clickhouse
	done
	job
	is "the next run removes what is left" "$(q "select name from
		system.tables where name like '\\_hs%'")" ""
else
	skip "a table of ClickHouse" "$ch_why"
fi
