# shellcheck shell=sh
# shellcheck disable=SC2154 # variables of run.sh
# Sourced by run.sh: cost grows with the bytes and nothing else, so the last
# two columns stay near 1, and memory does not grow with the records.
tools_on() { # what pages flat: a row for each tool in a file of its own
	printf '%s\n%s\n%s\n' "$1" "$(size "$2")" "hs-flatten <$2 >/dev/null" \
		>>"$dir/rows.hs-flatten"
	printf '%s\n%s\n%s\n' "$1" "$(size "$3")" "hs-schema <$3 >/dev/null" \
		>>"$dir/rows.hs-schema"
	printf '%s\n%s\n%s\n' "$1" "$(size "$3")" "hs-load-csv - <$3 >/dev/null" \
		>>"$dir/rows.hs-load-csv"
}
compare_tools() { # title
	for tool in hs-flatten hs-schema hs-load-csv; do
		mv "$dir/rows.$tool" "$dir/rows"
		compare "$tool: $1"
	done
}
rm -f "$dir"/rows.*

for n in $((records / 4)) $((records / 2)) "$records"; do
	head -n $((n / 100)) "$PAGES" >"$dir/linear-$n.pages"
	head -n "$n" "$FLAT" >"$dir/linear-$n.flat"
	tools_on "$n records" "$dir/linear-$n.pages" "$dir/linear-$n.flat"
done
compare_tools 'cost by records'
for n in 20 80 320; do
	corpus "columns$n" $((records / 5)) --properties "companies=$n"
	tools_on "$n columns" "$pages" "$flat"
done
compare_tools "cost by columns, $((records / 5)) records"
for n in 1 10 100; do
	corpus "links$n" $((records / 5)) --associations "companies:contacts=$n"
	tools_on "$n associations a record" "$pages" "$flat"
done
compare_tools "cost by associations, $((records / 5)) records"
