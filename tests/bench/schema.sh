# shellcheck shell=sh
# Sourced by run.sh: hs-schema, every value of every record looked at.
add 'hs-schema, pages' "hs-schema <$FLATPAGES >/dev/null"
add 'hs-schema, bare records' "hs-schema <$FLAT >/dev/null"
add 'hs-schema -o, passing the stream on' "hs-schema -o $dir/schema.json <$FLATPAGES >/dev/null"
add 'hs-schema -f table' "hs-schema -f table <$FLATPAGES >/dev/null"
add 'read, memcpy, write' "copy <$FLATPAGES >/dev/null"
add_if duckdb 'DuckDB DESCRIBE, bare records, all of them' "duckdb -c \"describe select * from read_json('$FLAT', format='newline_delimited', sample_size=-1)\" >/dev/null"
add_if mlr 'Miller summary, bare records' "mlr --ijsonl --ojson summary -a field_type,null_count,maxlen then cat <$FLAT >/dev/null"
compare 'hs-schema, the types of all columns' "$(size "$FLATPAGES")"

# csvkit reads CSV, and slowly: a tenth of the records.
if have csvstat; then
	head -n $((records / 10)) <"$FLAT" >"$dir/tenth.ndjson"
	hs-load-csv - <"$dir/tenth.ndjson" >"$dir/tenth.csv"
	add 'hs-schema' "hs-schema <$dir/tenth.ndjson >/dev/null"
	add 'csvstat --type' "csvstat --type $dir/tenth.csv >/dev/null"
	compare 'types of a tenth of the records' "$(size "$dir/tenth.ndjson")"
fi
