#!/bin/sh
# hs-fetch: never more requests than the API allows, all processes together.
. tests/lib.sh
XDG_RUNTIME_DIR=$T
export XDG_RUNTIME_DIR

# How much of the allowance of whole windows of W ms was used, in percent,
# and how many requests were refused.
used() { # WINDOW BURST
	jq -s --argjson w "$1" --argjson b "$2" '
		[.[]|select(.status==200 and (.path|test("search")|not)).t]
		|((max-min)/$w|floor-1) as $n|min as $m
		|[.[]|select(.-$m<$n*$w)]|length*100/($n*$b)|floor' "$T/log"
}
refused() {
	grep -c '"status":429' "$T/log"
}

standin_start --records 60000 --burst 100 --window 1000 --log "$T/log" \
	--prerender companies
status "600 pages at 100 a second" 0 hs-fetch -p default companies
is "no request is refused" "$(refused)" 0
u=$(used 1000 100)
ok "95 % of the allowance are used ($u %)" [ "$u" -ge 95 ]
standin_stop

standin_start --records 12000 --burst 100 --window 1000 --log "$T/log"
for i in 1 2 3 4; do
	hs-fetch -p default companies >"$T/out.$i" 2>"$T/err.$i" &
	eval "p$i=\$!"
done
for i in 1 2 3 4; do
	eval "wait \$p$i"
	is "process $i of four: done" $? 0
	is "process $i of four: all records" \
		"$(jq -s '[.[].results|length]|add' "$T/out.$i")" 12000
done
is "no request of the four is refused" "$(refused)" 0
u=$(used 1000 100)
ok "90 % of the allowance are used by the four ($u %)" [ "$u" -ge 90 ]

# The file that they share.
dir=$T/hs-tools-$(id -u)
is "the directory is for nobody else" "$(stat -c %a "$dir")" 700
is "so are the files" "$(stat -c %a "$dir"/* | sort -u)" 600
is "their names are digests" "$(ls "$dir" | grep -Evc '^[0-9a-f]{32}$')" 0
unlike "the token is in none" "$(cat "$dir"/* | tr -d '\0' | strings)" pat-na1

# A killed process takes its slots with it for two windows at most.
: >"$T/log"
hs-fetch -p default companies >"$T/out" &
pid=$!
while [ ! -s "$T/out" ]; do sleep 0.01; done
kill -9 $pid
wait $pid 2>/dev/null
status "after a kill the next one goes on" 0 timeout 20 \
	hs-fetch -p default --limit 3000 companies
is "and is not refused" "$(refused)" 0

# A file that others could write is not used.
chmod 755 "$dir"
status "a directory that is open to others" 0 \
	hs-fetch -v --limit 10 companies
like "is not used" "$(cat "$T/err")" 'open to others, not used'
chmod 700 "$dir"
for f in "$dir"/*; do chmod 644 "$f"; done
status "a file that is open to others" 0 hs-fetch -v --limit 10 companies
like "is not used" "$(cat "$T/err")" 'open to others, not used'
rm -f "$dir"/*
f=$(hs-fetch --limit 1 companies >/dev/null && ls "$dir")
mv "$dir/$f" "$T/elsewhere"
ln -s "$T/elsewhere" "$dir/$f"
status "a symbolic link" 0 hs-fetch -v --limit 10 companies
like "is not followed" "$(cat "$T/err")" 'not shared'
rm "$dir/$f"
head -c 100000 /dev/urandom >"$dir/$f"
chmod 600 "$dir/$f"
status "a file full of nonsense" 0 timeout 20 hs-fetch --limit 10 companies
standin_stop

# Others use the same limit: the headers tell.
standin_start --records 6000 --burst 50 --window 1000 --log "$T/log"
hs-fetch -p default --limit 100 companies >/dev/null
for i in $(seq 30); do
	curl -s -o /dev/null -H "Authorization: Bearer $HUBSPOT_API_KEY" \
		"$URL/crm/objects/2026-09/companies?limit=1"
done
status "other programs use the same token" 0 hs-fetch -p default companies
is "no request is refused" "$(refused)" 0
standin_stop

# Without headers, what every account has: 100 in 10 seconds.
standin_start --records 20000 --burst 100 --no-limit-headers --log "$T/log"
timeout 5 hs-fetch -p default companies >"$T/out" 2>"$T/err"
is "without headers 100 go out, and no more" \
	"$(wc -l <"$T/log") $(refused)" "100 0"
standin_stop
t_done
