# shellcheck shell=sh
# shellcheck disable=SC2154 # variables of run.sh
# Sourced by run.sh: hs-load-csv, replacing and merging.
table=$dir/table.csv
copy=$dir/copy.csv
peer=$dir/peer.csv
plain() { # file: what the file system needs for it alone
	echo "dd if=$1 of=$copy bs=256k conv=fsync 2>/dev/null"
}

hs-load-csv "$table" <"$FLATPAGES"
cat >"$dir/peer.py" <<'END'
import csv, json, sys
rows = [json.loads(line) for line in sys.stdin]
out = csv.DictWriter(sys.stdout, dict.fromkeys(k for r in rows for k in r))
out.writeheader()
out.writerows(rows)
END
n=$(size "$FLATPAGES")
m=$(size "$FLAT10")
add 'hs-load-csv, pages' "$n" "hs-load-csv $table <$FLATPAGES"
add 'hs-load-csv, bare records' "$n" "hs-load-csv $table <$FLAT"
add 'the table written and synced by dd' "$n" "$(plain "$table")"
add 'cat' "$n" "cat <$FLATPAGES >/dev/null"
add_if duckdb 'DuckDB, bare records' "$n" "duckdb -c \"copy (select * from read_json('$FLAT', format='newline_delimited')) to '$peer' (header)\" >/dev/null"
add_if python3 "Python's json and csv, bare records, a tenth" "$m" "python3 $dir/peer.py <$FLAT10 >$peer"
add_if mlr 'Miller, bare records, a tenth' "$m" "mlr --ijsonl --ocsv unsparsify <$FLAT10 >$peer"
compare "hs-load-csv, replacing; a table of $(($(size "$table") / 1000000)) MB"

# A table of ten times the records, of which each tenth is in the stream.
# Two streams take turns, so that each merge changes all rows it has.
ten_times() {
	awk '{ for (k = 0; k < 10; k++) {
		line = $0; sub(/"id":"/, "&" k "-", line); print line } }'
}
changed() { # text
	sed "s/\"id\":\"/&7-/; s/\"archived\":[a-z]*/\"archived\":\"$1\"/"
}
old=$dir/old-$records.csv
[ -s "$old" ] || ten_times <"$FLAT" | hs-load-csv "$old"
ten_times <"$FLAT10" | hs-load-csv "$dir/old10.csv"
changed one <"$FLAT" >"$dir/one.ndjson"
changed two <"$FLAT" >"$dir/two.ndjson"
changed one <"$FLAT10" >"$dir/one10.ndjson"
hs-load-csv "$dir/one10.csv" <"$dir/one10.ndjson"
cp "$old" "$dir/merged.csv"
merge="hs-load-csv -m merge $dir/merged.csv"

cat >"$dir/upsert.sql" <<END
.mode csv
.import --csv $dir/old10.csv t
create unique index i on t (id);
.import --csv $dir/one10.csv n
insert or replace into t select * from n;
.headers on
.once $peer
select * from t;
END
n=$((2 * $(size "$old")))
m=$(size "$dir/old10.csv")
add 'hs-load-csv -m merge, twice' "$n" "$merge <$dir/one.ndjson && $merge <$dir/two.ndjson"
add 'cat old >new, sync new, twice' "$n" "for i in 1 2; do cat $old >$copy && sync $copy; done"
add 'the table written and synced by dd, twice' "$n" "$(plain "$old") && $(plain "$old")"
add_if duckdb 'DuckDB, an anti join, twice' "$n" "for i in 1 2; do duckdb -c \"copy (select * from read_csv('$old', all_varchar=true) where id not in (select id from read_json('$dir/one.ndjson', format='newline_delimited')) union all by name select * from read_json('$dir/one.ndjson', format='newline_delimited')) to '$peer' (header)\" >/dev/null; done"
add_if mlr 'Miller, an anti join of two CSV files, a tenth' "$m" "{ mlr --csv join --np --ur -j id -f $dir/one10.csv $dir/old10.csv; mlr --icsv --ocsv --headerless-csv-output cat $dir/one10.csv; } >$peer"
add_if sqlite3 'sqlite3, both imported from CSV, upserted, exported, a tenth' "$m" "sqlite3 :memory: <$dir/upsert.sql"
compare "Merging $records records into $((records * 10)) ($(($(size "$old") / 1000000)) MB); MB are the old table's"
rm -f "$dir/merged.csv"

# Memory does not grow with the table.
long=$dir/long-$records.csv
[ -s "$long" ] || awk -v n="$records" 'BEGIN {
	print "id,name,createdate"
	for (i = 0; i < n * 100; i++)
		printf "%d,\"Some, name\",2026-01-01T00:00:00Z\n", i
}' >"$long"
awk -v n="$records" 'BEGIN {
	for (i = 0; i < n; i++)
		printf "{\"id\":\"%d\",\"name\":\"Another name\"}\n", i * 101
}' >"$dir/short.ndjson"
add 'hs-load-csv -m merge' "$(size "$long")" "hs-load-csv -m merge $long <$dir/short.ndjson"
add 'cat old >new, sync new' "$(size "$long")" "cat $long >$copy && sync $copy"
compare "Merging $records short records into $((records * 100)); MB are the old table's"
rm -f "$copy" "$peer"
