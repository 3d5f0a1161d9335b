# shellcheck shell=sh
# shellcheck disable=SC2154 # variables of run.sh
# Sourced by run.sh: how fast a list is read under the API's limit, for each
# form of its cursors.  The programs wait most of the time, so the forms run
# side by side, each with a stand-in of its own.  BENCH_LIST=quick makes a few
# of the rows; BENCH_LIST_IDS (clumps) says how the ids lie.
list_ids=${BENCH_LIST_IDS:-clumps}
list_window=10

# list_row FORM MS JOBS RECORDS LIMIT KIND: its line of the table, in a file.
# The least seconds are those of whole windows, and then of the last one's
# requests, JOBS at a time.
list_row() {
	trap - EXIT
	dir=$dir/list-$1-$6
	XDG_RUNTIME_DIR=$dir
	fifo=$dir/standin.in
	rm -rf "$dir"
	mkdir "$dir"
	case $6 in
	wide) set -- "$@" --properties 70 --property-name-length 250 ;;
	links) set -- "$@" --associations companies:contacts=150 ;;
	esac
	form=$1 ms=$2 jobs=$3 n=$4 limit=$5 kind=$6
	shift 6
	standin --records "$n" --ids "$list_ids" --cursor "$form" \
		--latency "$ms" --burst "$limit" \
		--window $((list_window * 1000)) --log "$dir/log" "$@"
	case $kind in
	list) set -- -p name companies ;;
	wide) set -- companies ;;
	links) set -- -p name companies:contacts ;;
	esac
	hs-fetch -q -j "$jobs" --stats "$dir/stats" "$@" >/dev/null || :
	jq -r --arg form "$form" --arg kind "$kind" --argjson ms "$ms" \
		--argjson j "$jobs" --argjson n "$n" --argjson limit "$limit" \
		--argjson w $list_window \
		--argjson refused "$(grep -c '"status":429' "$dir/log" || :)" '
		def places($d): . * $d | round / $d;
		(.requests - (.wasted // 0)) as $needed
		| (($needed - 1) / $limit | floor) as $full
		| ($full * $w + (($needed - $full * $limit) / $j | ceil)
			* $ms / 1000) as $least
		| [$kind, $form, $ms, $j, $n, $limit, .requests,
			(.guesses // "-"), (.wasted // "-"), $refused,
			(.seconds | places(10)), ($least | places(10)),
			"\($least * 100 / .seconds | round) %",
			(.requests / .seconds | places(10)),
			"\(.requests * 100 * $w / $limit / .seconds | round) %",
			if .records == $n and .status == 0 then empty
			else "FAILED: \(.records) records" end]
		| "| " + (map(tostring) | join(" | ")) + " |"' \
		"$dir/stats" >"$dir.row"
	standin_end
	rm -rf "$dir"
}
# list_rows MS JOBS RECORDS LIMIT KIND FORM…
list_rows() {
	ms=$1 jobs=$2 n=$3 limit=$4 kind=$5
	shift 5
	pids=
	for form; do
		(list_row "$form" "$ms" "$jobs" "$n" "$limit" "$kind") &
		pids="$pids $!"
	done
	for pid in $pids; do
		wait "$pid"
	done
	for form; do
		cat "$dir/list-$form-$kind.row"
		rm -f "$dir/list-$form-$kind.row"
	done
}

cat <<T

### A list under the limit, by the form of its cursors

Ids: $list_ids. A limit is of requests in $list_window s. "Least" is the time in
seconds that limit, latency and -j allow for the requests that were not wasted,
"reached" its share in the time that was taken. "Of the limit" compares the
requests a second with the limit's mean; a whole window's requests may pass at
once, so a short list can exceed it. Wide: 70 properties with long names, read
in batches. Links: 150 contacts of each company. Opaque cursors are read in
order.

| | cursor | ms | -j | records | limit | requests | guesses | wasted | 429 | seconds | least | reached | a second | of the limit |
|---|---|---|---|---|---|---|---|---|---|---|---|---|---|---|
T
if [ "${BENCH_LIST:-}" = quick ]; then
	list_rows 150 8 17500 100 list next after last base64
	list_rows 1000 32 17500 100 list next after last base64
	list_rows 150 8 5000 190 list opaque
	return
fi
for wait in '40 8' '150 8' '400 32' '1000 32'; do
	for n in 17500 100000; do
		for limit in 100 190; do
			# shellcheck disable=SC2086 # two words
			list_rows $wait "$n" "$limit" list next after last base64
		done
	done
	for kind in wide links; do
		# shellcheck disable=SC2086
		list_rows $wait 17500 190 $kind next after last base64
	done
done
list_rows 150 8 17500 190 list opaque
