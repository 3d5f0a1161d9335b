#!/bin/sh
# Runs fuzz harnesses, each for FUZZ_TIME seconds on its seeds.
#
#	run.sh PROGRAM…
set -eu
for program; do
	name=$(basename "$program")
	work=$program-corpus
	dict=tests/${program##*/tests/}.dict
	[ -e "$dict" ] && dict=-dict=$dict || dict=
	mkdir -p "$work"
	# shellcheck disable=SC2086 # an option or nothing
	"$program" -max_total_time="${FUZZ_TIME:-60}" -timeout=10 \
		-rss_limit_mb=2048 -print_final_stats=1 \
		-artifact_prefix="$program-" $dict \
		"$work" "tests/fuzz/seeds/$name" 2>"$program.log" || {
		tail -n 40 "$program.log"
		exit 1
	}
	echo "$name: $(sed -n 's/^stat::number_of_executed_units: //p' \
		"$program.log") runs, nothing found"
done
