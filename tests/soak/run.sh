#!/bin/sh
# make soak: the tools stay up, and no table is ever half a table.
#
#	run.sh [long] [kills] [memory] [forms] [sql] [ids]
#		[clickhouse]
#
# long: SOAK_RECORDS (300000) records through all four tools, while 1 % of
# the requests fail in mixed ways.  kills: runs in which one program is
# killed at some moment, until SOAK_TIME (300 s, from the very start) is
# over, or SOAK_RUNS of them.  memory: each allocation of some jobs fails, and
# each call for files.  forms: lists of all kinds are read in several places at
# once, for as long.  sql: a load into a database is cut at each byte and
# killed, some twenty minutes.  ids: ten million ids are listed, and memory
# stays.  clickhouse: loads into one server and into two shards are killed,
# SOAK_RUNS (100) times each.  SOAK_SEED repeats the same faults and kills.
# shellcheck disable=SC2034 # the parts use them
set -eu
began=$(date +%s)
records=${SOAK_RECORDS:-300000}
runs=${SOAK_RUNS:-}
limit=${SOAK_TIME:-300}
seed=${SOAK_SEED:-$began}
D=$(mktemp -d "${TMPDIR:-/tmp}/hs-soak.XXXXXX")
mkdir "$D/tmp" "$D/bin"
TMPDIR=$D/tmp # what the tools leave there is litter
XDG_RUNTIME_DIR=$D
HUBSPOT_API_KEY=pat-na1-00000000-0000-4000-8000-000000000001
PATH=$PWD/$BUILD/bin:$D/bin:$PATH
export TMPDIR XDG_RUNTIME_DIR HUBSPOT_API_KEY PATH
trap 'exec 9>&-; wait; rm -rf "$D"' EXIT
trap 'exit 130' INT
trap 'exit 143' TERM
${CC:-cc} -std=c11 -D_GNU_SOURCE -O2 -o "$D/bin/stage" tests/soak/stage.c

fail() {
	echo "soak: $*; seed $seed" >&2
	cat "$D"/said* >&2 2>/dev/null || :
	exit 1
}

# standin OPTION…: one more, which ends with this script; $URL.  Limits are
# not what this is about.
mkfifo "$D/standin.in"
exec 9<>"$D/standin.in"
standin() {
	rm -f "$D/url"
	stage "$D/standin.end" "$BUILD/tests/standin/standin" --burst 1000000 \
		--window 1000 --gzip "$@" <"$D/standin.in" 9>&- >"$D/url" &
	while [ ! -s "$D/url" ]; do
		kill -0 $! || exit 1
		sleep 0.05
	done
	URL=$(cat "$D/url")
}
status_of() { # file of a stage
	cut -d ' ' -f 1 "$D/$1.end"
}

[ $# -gt 0 ] || set -- long kills memory
for part; do
	# shellcheck source=/dev/null
	. "tests/soak/$part.sh"
done
