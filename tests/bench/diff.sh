# shellcheck shell=sh
# shellcheck disable=SC2154 # variables of run.sh
# Sourced by run.sh: hs-diff, beside what people do.
changed=$dir/changed.flatpages
sed 's/"domain":"a/"domain":"b/; s/"id":"17/"id":"71/' <"$FLATPAGES" >"$changed"
hs-load-csv "$dir/diff-old.csv" <"$FLATPAGES"
hs-load-csv "$dir/diff-new.csv" <"$changed"
ids() { # pages
	echo "jq -r '.results[].id' $1 | sort"
}
cat >"$dir/diff.py" <<'END'
import csv, sys
def read(path):
    with open(path, newline="", encoding="utf-8") as f:
        return {r["id"]: r for r in csv.DictReader(f)}
old, new = read(sys.argv[1]), read(sys.argv[2])
print(len(new.keys() - old.keys()), len(old.keys() - new.keys()),
    sum(1 for k, r in new.items() if k in old and old[k] != r))
END
cat >"$dir/diff-pandas.py" <<'END'
import sys, pandas
old, new = (pandas.read_csv(p, dtype=str, keep_default_na=False,
    index_col="id") for p in sys.argv[1:])
both = old.index.intersection(new.index)
print(len(new.index.difference(old.index)), len(old.index.difference(new.index)),
    (old.loc[both].values != new.loc[both].values).any(axis=1).sum())
END
pandas=/usr/bin/python3
$pandas -c 'import pandas' 2>/dev/null || pandas=
old=$dir/diff-old.csv
new=$dir/diff-new.csv
n=$(($(size "$FLATPAGES") + $(size "$changed")))
m=$(($(size "$old") + $(size "$new")))
part="$dir/diff-tenth.pages"
head -n $(($(wc -l <"$changed") / 10)) "$changed" >"$part"
hs-load-csv -q --allow-incomplete "$dir/diff-tenth.csv" <"$part"
add 'hs-diff, pages and pages' "$n" "hs-diff -f counts $FLATPAGES $changed >/dev/null || :"
add 'hs-diff, a table and pages' "$(($(size "$old") + $(size "$changed")))" "hs-diff -f counts $old $changed >/dev/null || :"
add 'hs-diff, two tables' "$m" "hs-diff -f counts $old $new >/dev/null || :"
add 'hs-load-csv -n, a table and pages' "$(($(size "$old") + $(size "$changed")))" "hs-load-csv -n $old <$changed >/dev/null"
add_if jq 'jq, sort, comm: the ids alone, a tenth' "$((2 * $(size "$part")))" "$(ids "$part") >$dir/ids.a && $(ids "$part") >$dir/ids.b && comm -3 $dir/ids.a $dir/ids.b >/dev/null"
table() {
	echo "select * from read_csv('$1', all_varchar=true)"
}
except="(($(table "$old") except $(table "$new")) union all ($(table "$new") except $(table "$old")))"
add_if mlr 'Miller, ids of one table alone, a tenth' "$((2 * $(size "$dir/diff-tenth.csv")))" "mlr --icsv --ocsv join --np --ul --ur -j id -f $dir/diff-tenth.csv then cut -f id $dir/diff-tenth.csv >/dev/null"
add_if duckdb 'DuckDB, EXCEPT of two tables, both ways' "$m" "duckdb -c \"select count(*) from $except\" >/dev/null"
[ -z "$pandas" ] || add 'pandas, two tables' "$m" "$pandas $dir/diff-pandas.py $old $new >/dev/null"
add_if python3 "Python's csv, two tables" "$m" "python3 $dir/diff.py $old $new >/dev/null"
compare "hs-diff, $records records a side; MB are both sides'"
