# shellcheck shell=sh
# shellcheck disable=SC2154 # variables of run.sh
# Sourced by run.sh: hs-flatten alone, and between two pipes.
cat >"$dir/flatten.py" <<'END'
import json, sys
for line in sys.stdin:
    page = json.loads(line)
    page["results"] = [{**r.pop("properties"), **r} for r in page["results"]]
    print(json.dumps(page, ensure_ascii=False, separators=(",", ":")))
END
cat >"$dir/flatten.js" <<'END'
require("readline").createInterface({input: process.stdin}).on("line", line => {
	const page = JSON.parse(line);
	page.results = page.results.map(({properties, ...r}) => ({...properties, ...r}));
	process.stdout.write(JSON.stringify(page) + "\n");
});
END
add hs-flatten "$all" "hs-flatten <$PAGES >/dev/null"
add 'read, memcpy, write' "$all" "copy <$PAGES >/dev/null"
add cat "$all" "cat <$PAGES >/dev/null"
add_if jq 'jq, the same, a tenth' "$part" "jq -c '.results[] |= (.properties + del(.properties))' <$PAGES10 >/dev/null"
add_if mlr 'Miller, read and write, a tenth' "$part" "mlr --ijsonl --ojsonl cat <$PAGES10 >/dev/null"
add_if python3 "Python's json, the same, a tenth" "$part" "python3 $dir/flatten.py <$PAGES10 >/dev/null"
add_if python3 "Python's json, parse only" "$all" "python3 -c 'import json,sys; [json.loads(l) and 0 for l in sys.stdin]' <$PAGES"
add_if node "Node's JSON, the same, a tenth" "$part" "node $dir/flatten.js <$PAGES10 >/dev/null"
add_if node 'Node, JSON.parse only' "$all" "node -e 'require(\"readline\").createInterface({input:process.stdin}).on(\"line\",JSON.parse)' <$PAGES"
add_if duckdb 'DuckDB, bare records in and out' "$(size "$FLAT")" "duckdb -c \"copy (select * from read_json('$FLAT', format='newline_delimited')) to '/dev/null' (format json)\" >/dev/null"
compare 'hs-flatten, pages to flat pages'

add 'cat between pipes' "$all" "cat $PAGES | cat | cat >/dev/null"
add 'hs-flatten between pipes' "$all" "cat $PAGES | hs-flatten | cat >/dev/null"
compare 'Between two pipes'
