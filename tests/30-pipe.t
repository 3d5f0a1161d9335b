#!/bin/sh
# hs-fetch | hs-flatten | hs-load-csv under a plain sh, which tells nobody
# that a program of the pipe has died: the table of before stays.
. tests/lib.sh
XDG_RUNTIME_DIR=$T
export XDG_RUNTIME_DIR
table=$T/companies.csv

# start OPTION…: the pipe in the background; the pid of its hs-fetch in
# $T/pid, its own status in $T/rc, each program's in $T/rc.*.
start() {
	rm -f "$T/pid" "$T/rc"*
	cat >"$T/pipe" <<'END'
(sh -c 'echo $$ >"$0.new"; mv "$0.new" "$0"; exec hs-fetch "$@"' \
	"$T/pid" "$@" companies; echo $? >"$T/rc.fetch") | hs-flatten |
	hs-load-csv "$T/companies.csv"
echo $? >"$T/rc"
END
	sh "$T/pipe" "$@" 2>"$T/err" &
	pipe_pid=$!
}
# Waits until the stand-in has answered that many requests.
answered() {
	while [ "$(wc -l <"$T/log")" -lt "$1" ]; do
		kill -0 $pipe_pid 2>/dev/null || return
		sleep 0.01
	done
}
# stayed TITLE STATUS MESSAGE: of hs-fetch; the loader's are always the same.
stayed() {
	wait $pipe_pid
	is "$1: hs-fetch's status" "$(cat "$T/rc.fetch")" "$2"
	[ -z "$3" ] || like "$1: its message" "$(cat "$T/err")" "$3"
	is "$1: the pipe fails" "$(cat "$T/rc")" 65
	like "$1: and says why" "$(cat "$T/err")" \
		'^hs-load-csv: standard input: .*(incomplete|empty)'
	same "$1: the table is as it was" "$T/before" "$table"
	is "$1: and nothing lies beside it" "$(ls "$T"/companies* \
		"$T"/.companies* 2>/dev/null)" "$table"
}
export T

standin_start --records 1500 --burst 100000 --latency 20 --log "$T/log"
start
wait $pipe_pid
is "a good run makes the table" "$(cat "$T/rc")" 0
cp "$table" "$T/before"
is "each in a row" "$(hs-fetch companies | hs-flatten |
	hs-load-csv -n "$table")" "added	0
changed	0
unchanged	1500
removed	0"

: >"$T/log"
start -j 1
answered 5
kill -9 "$(cat "$T/pid")"
stayed "SIGKILL of hs-fetch" 137 ""

: >"$T/log"
HUBSPOT_API_KEY=pat-na1-wrong
start
stayed "a token that is refused" 77 '^hs-fetch: .*the token was refused: 401'
HUBSPOT_API_KEY=$STANDIN_TOKEN

: >"$T/log"
start -j 1 --retry-time 1
answered 5
exec 9>&-
kill -9 "$standin_pid"
stayed "a server that dies" 75 '^hs-fetch: companies.*: no complete answer'
standin_stop 2>/dev/null
t_done
