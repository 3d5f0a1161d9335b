#!/bin/sh
# make coverage: which lines and branches of lib and tools the tests take.
#
#	run.sh		builds into .build/cov, runs the tests, and reports:
#			lines and branches of each file, the worst first
#	run.sh FILE	what FILE did not take in the last run
#
# COVERAGE_MIN="98 94": fails below these percentages of lines, of branches.
set -eu
b=.build/cov
ends=$b/tests/coverage/ends.o
GCOV_ERROR_FILE=/dev/null # a test may be another user
SWEEP_POINTS=${SWEEP_POINTS:-64} # of tests/sweep.sh: more than in make check
export GCOV_ERROR_FILE SWEEP_POINTS

# gcov's own text of all files, or of one source.
counted() { # [source]
	find $b/lib $b/tools -path "$b/${1:+${1%.c}.}*gcno" \
		-exec gcov -b -c -t {} + 2>/dev/null
}
build() { # target flag…
	target=$1
	shift
	${MAKE:-make} --no-print-directory -j2 BUILD=$b $target \
		CFLAGS="-O0 -g -U_FORTIFY_SOURCE $1" LDFLAGS="$2"
}

if [ $# -gt 0 ]; then
	counted "$1" | awk -v source="$1" '
	/^ *-: *0:Source:/ { sub(/.*Source:/, ""); mine = $0 == source }
	/^ *[-#=*0-9]+: *[0-9]+:/ { at = $0 }
	mine && /^ *#####:/ { print; at = "" }
	mine && at != "" && /^branch .* taken 0/ { print at; at = "" }'
	exit
fi

build $ends '' ''
find $b -name '*.gcda' -exec rm {} +
covered() { # target
	build "$1" '--coverage -fprofile-update=atomic' \
		"$ends -Wl,--wrap=_exit,--wrap=raise,--wrap=signal"
}
covered programs
chmod -R a+rwX $b
rc=0
covered check || rc=1

counted | awk -v least="${COVERAGE_MIN:-0 0}" '
function percent(part, all) { return all ? 100 * (all - part) / all : 100 }
function row(name) {
	printf "%6.1f %% of %5d lines %6.1f %% of %5d branches, %4d never: %s\n",
		percent(missed[name], lines[name]), lines[name],
		percent(never[name], branches[name]), branches[name],
		never[name], name | "sort -t , -k 2nr"
}
/^ *-: *0:Source:/ { sub(/.*Source:/, ""); file = /^(lib|tools).*c$/ ? $0 : "" }
file == "" { next }
/^ *(#####|[0-9]+\*?):/ { lines[file]++; lines["all"]++ }
/^ *#####:/ { missed[file]++; missed["all"]++ }
/^branch / { branches[file]++; branches["all"]++ }
/^branch .*(taken 0|never executed)/ { never[file]++; never["all"]++ }
END {
	for (f in lines)
		row(f)
	split(least, min, " ")
	exit percent(missed["all"], lines["all"]) < min[1] ||
		percent(never["all"], branches["all"]) < min[2]
}' || {
	echo "less than the $COVERAGE_MIN % that are wanted" >&2
	rc=1
}
if command -v gcovr >/dev/null; then
	gcovr -r . -f lib/ -f tools/ --html-details $b/coverage.html $b
	echo "see $b/coverage.html"
fi
exit $rc
