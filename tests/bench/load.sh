# shellcheck shell=sh
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
add 'hs-load-csv, pages' "hs-load-csv $table <$FLATPAGES"
add 'hs-load-csv, bare records' "hs-load-csv $table <$FLAT"
add 'the table written and synced by dd' "$(plain "$table")"
add_if duckdb 'DuckDB, bare records' "duckdb -c \"copy (select * from read_json('$FLAT', format='newline_delimited')) to '$peer' (header)\" >/dev/null"
add_if python3 "Python's json and csv, bare records" "python3 $dir/peer.py <$FLAT >$peer"
add_if mlr 'Miller, bare records' "mlr --ijsonl --ocsv unsparsify <$FLAT >$peer"
compare "hs-load-csv, replacing; a table of $(($(size "$table") / 1000000)) MB" \
	"$(size "$FLATPAGES")"

# A table of ten times the records, of which each tenth is in the stream.
# Two streams take turns, so that each merge changes all rows it has.
old=$dir/old-$records.csv
ten_times() {
	awk '{ for (k = 0; k < 10; k++) {
		line = $0; sub(/"id":"/, "&" k "-", line); print line } }'
}
[ -s "$old" ] || ten_times <"$FLAT" | hs-load-csv "$old"
for text in one two; do
	sed "s/\"id\":\"/&7-/; s/\"archived\":[a-z]*/\"archived\":\"$text\"/" \
		<"$FLAT" >"$dir/$text.ndjson"
done
cp "$old" "$dir/merged.csv"
merge="hs-load-csv -m merge $dir/merged.csv"
add 'hs-load-csv -m merge, twice' "$merge <$dir/one.ndjson && $merge <$dir/two.ndjson"
add 'cat old >new, sync new, twice' "for i in 1 2; do cat $old >$copy && sync $copy; done"
add 'the table written and synced by dd, twice' "$(plain "$old") && $(plain "$old")"
add_if duckdb 'DuckDB, an anti join, twice' "for i in 1 2; do duckdb -c \"copy (select * from read_csv('$old', all_varchar=true) where id not in (select id from read_json('$dir/one.ndjson', format='newline_delimited')) union all by name select * from read_json('$dir/one.ndjson', format='newline_delimited')) to '$peer' (header)\" >/dev/null; done"
compare "merging $records records into $((records * 10)) ($(($(size "$old") / 1000000)) MB), MB/s of the old table" \
	"$((2 * $(size "$old")))"

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
add 'hs-load-csv -m merge' "hs-load-csv -m merge $long <$dir/short.ndjson"
compare "merging $records short records into $((records * 100)), MB/s of the old table" \
	"$(size "$long")"
