# shellcheck shell=sh
# shellcheck disable=SC2154 # variables of run.sh
# Sourced by run.sh: where the cycles go, by perf(1) where it is and may look:
# the kernel's share, and the functions that take most.
profiled() { # title command
	if ! perf record -q -F 4000 -o "$dir/perf.data" -- sh -c "exec $2" \
		2>"$dir/perf.log"; then
		printf '\n%s: perf may not look: %s\n' "$1" "$(head -n 1 "$dir/perf.log")"
		return
	fi
	printf '\n**%s**: ' "$1"
	perf report -i "$dir/perf.data" --stdio --comms "${2%% *}" \
		--percentage relative --sort dso,symbol 2>/dev/null |
		awk '$1 ~ /%$/ {
			share = $1 + 0
			if ($3 == "[k]") {
				kernel += share
				name = "kernel " $4
			} else {
				name = $4 ~ /^0x/ ? "a function of " $2 : $4
				by[$2] += share
			}
			if (n++ < 9)
				list = list sprintf(", %s %.0f", name, share)
		}
		END {
			printf "kernel %.0f %%", kernel
			for (so in by)
				if (by[so] >= 1)
					printf ", %s %.0f %%", so, by[so]
			printf "; most:%s.\n", substr(list, 2)
		}'
}

if ! have perf; then
	printf '\nno perf: no profiles\n'
	return
fi
printf '\n### Where the cycles go, in per cent of each program\n'
profiled 'hs-flatten' "hs-flatten $PAGES >/dev/null"
profiled 'hs-schema' "hs-schema <$FLATPAGES >/dev/null"
profiled 'hs-load-csv, replacing' "hs-load-csv $dir/table.csv <$FLATPAGES"
old=$dir/old-$records.csv
if [ -s "$old" ]; then
	cp "$old" "$dir/merged.csv"
	sync "$dir/merged.csv"
	profiled 'hs-load-csv -m merge' "hs-load-csv -m merge $dir/merged.csv <$dir/two.ndjson"
	rm -f "$dir/merged.csv"
fi
mkfifo "$dir/pipe"
cat "$PAGES" >"$dir/pipe" &
profiled 'hs-flatten between two pipes' "hs-flatten <$dir/pipe | cat >/dev/null"
rm -f "$dir/pipe"
standin --records "companies=$records" --prerender companies
hs-fetch -q companies >/dev/null
profiled 'hs-fetch, no latency' 'hs-fetch -q companies >/dev/null'
rm -f "$dir/perf.data" "$dir/perf.log"
