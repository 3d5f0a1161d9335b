# shellcheck shell=sh
# shellcheck disable=SC2154 # variables of run.sh
# Sourced by run.sh: hs-schema, every value of every record looked at.
n=$(size "$FLATPAGES")
m=$(size "$FLAT10")
add 'hs-schema, pages' "$n" "hs-schema <$FLATPAGES >/dev/null"
add 'hs-schema, bare records' "$n" "hs-schema <$FLAT >/dev/null"
add 'hs-schema -o, passing the stream on' "$n" "hs-schema -o $dir/schema.json <$FLATPAGES >/dev/null"
add 'hs-schema -f table' "$n" "hs-schema -f table <$FLATPAGES >/dev/null"
add 'read, memcpy, write' "$n" "copy <$FLATPAGES >/dev/null"
add cat "$n" "cat <$FLATPAGES >/dev/null"
add_if duckdb 'DuckDB DESCRIBE, bare records, all of them' "$n" "duckdb -c \"describe select * from read_json('$FLAT', format='newline_delimited', sample_size=-1)\" >/dev/null"
add_if mlr 'Miller summary, bare records, a tenth' "$m" "mlr --ijsonl --ojson summary -a field_type,null_count,maxlen then cat <$FLAT10 >/dev/null"
add_if jq 'jq, JSON types only, bare records, a tenth' "$m" "jq -nc 'reduce (inputs|to_entries[]) as \$e ({}; .[\$e.key][\$e.value|type] += 1)' <$FLAT10 >/dev/null"
if have csvstat; then
	hs-load-csv - <"$FLAT10" >"$dir/tenth.csv"
	add 'csvstat --type, a tenth' "$m" "csvstat --type $dir/tenth.csv >/dev/null"
fi
compare 'hs-schema, the types of all columns'
