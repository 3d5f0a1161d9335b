#!/bin/sh
# hs-fetch: what a person at a terminal sees, and a pipe doesn't.
. tests/lib.sh
XDG_RUNTIME_DIR=$T
export XDG_RUNTIME_DIR

t_need_terminal
standin_start --records 2500 --burst 100000 --daily 5000 --latency 100

script -qec "hs-fetch -j 2 -p default companies >'$T/out'" "$T/seen" \
	>/dev/null 2>&1
tr '\r' '\n' <"$T/seen" >"$T/lines"
like "records, total, rate, time left and quota" "$(cat "$T/lines")" \
	'^companies: [0-9,]+ of 2,500 records, [0-9,]+/s, [0-9]+ s left, quota [0-9,]+'
ok "it moves" [ "$(grep -c '^companies: ' "$T/lines")" -ge 3 ]
like "the line is wiped at the end" "$(tail -2 "$T/lines")" "$(printf \
	'^\033\\[K')"
is "the records are the same" \
	"$(jq -s '[.[].results|length]|add' "$T/out")" 2500
script -qec "hs-fetch -q -p default companies >'$T/out'" "$T/seen" \
	>/dev/null 2>&1
unlike "-q draws nothing" "$(cat "$T/seen")" 'companies: '
script -qec "hs-fetch --limit 300 -p default companies >'$T/out'" \
	"$T/seen" >/dev/null 2>&1
unlike "a sample's total is the sample" "$(cat "$T/seen")" 'of 2,500'
hs-fetch -p default companies >"$T/out" 2>"$T/err"
is "in a pipe there is silence" "$(cat "$T/err")" ""
hs-fetch -v -p default companies >"$T/out" 2>"$T/err"
like "-v says a summary" "$(cat "$T/err")" \
	'^hs-fetch: companies: 2500 records in 25 pages, [0-9]+ requests'
standin_stop

standin_start --records 2500 --burst 100000 --latency 100 \
	--fault 'path=/search times=forever status=403'
script -qec "hs-fetch -j 2 -p default companies >'$T/out'" "$T/seen" \
	>/dev/null 2>&1
like "without the search there is no total" "$(tr '\r' '\n' <"$T/seen")" \
	'^companies: [0-9,]+ records, [0-9,]+/s'
is "but all the records" "$(jq -s '[.[].results|length]|add' "$T/out")" 2500
standin_stop
t_done
