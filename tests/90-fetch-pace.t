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
# full TITLE GOT WANT: a machine too slow to use the allowance proves nothing.
full() {
	case $BUILD in
	*san) skip "$1" "the sanitizers are slower than the limit" ;;
	*) ok "$1 ($2 %)" [ "$2" -ge "$3" ] ;;
	esac
}
refused() {
	grep -c '"status":429' "$T/log"
}

# One process, and four on another server meanwhile.  Where another program
# took its turn just then, the one has a second and a third try.
limit='--burst 50 --window 2000'
alone() {
	standin_start --records 22500 $limit --log "$T/log"
	hs-fetch -p default companies >"$T/out" 2>"$T/err"
	echo $? >"$T/rc"
	standin_stop
	used 2000 50 >"$T/used"
}
(
	T=$T/one
	mkdir "$T"
	trap - EXIT
	for i in 1 2 3; do
		rm -f "$T/log"
		alone
		[ "$(cat "$T/used")" -lt 95 ] && [ "$(cat "$T/rc")" = 0 ] &&
			[ "$(refused)" = 0 ] || break
	done
) &
one=$!
standin_start --records 5700 $limit --log "$T/log"
for i in 1 2 3 4; do
	hs-fetch -p default companies >"$T/out.$i" 2>"$T/err.$i" &
	eval "p$i=\$!"
done
for i in 1 2 3 4; do
	eval "wait \$p$i"
	is "process $i of four: done" $? 0
	is "process $i of four: all records" \
		"$(jq -s '[.[].results|length]|add' "$T/out.$i")" 5700
done
is "no request of the four is refused" "$(refused)" 0
full "90 % of the allowance are used by the four" "$(used 2000 50)" 90
wait $one
is "225 pages at 50 in 2 seconds" "$(cat "$T/one/rc")" 0
full "95 % of the allowance are used by one" "$(cat "$T/one/used")" 95
is "and no request is refused" "$(T=$T/one refused)" 0
standin_stop

standin_start --records 12000 --burst 100 --window 1000 --log "$T/log" \
	--prerender companies
hs-fetch -p default --limit 100 companies >"$T/out" 2>"$T/err"

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
f=$(hs-fetch -q --limit 1 companies >/dev/null && ls "$dir")
mv "$dir/$f" "$T/elsewhere"
ln -s "$T/elsewhere" "$dir/$f"
status "a symbolic link" 0 hs-fetch -v --limit 10 companies
like "is not followed" "$(cat "$T/err")" 'not shared'
rm "$dir/$f"
head -c 100000 /dev/urandom >"$dir/$f"
chmod 600 "$dir/$f"
status "a file full of nonsense" 0 timeout 20 hs-fetch --limit 10 companies

# Numbers that nobody wrote: behind the magic, 8 bytes, and the machine's
# run, 40: limit and window, 4 each, a hold, the shortest round trip, and the
# slots, 8 each.
poke() { # OFFSET BYTES
	printf "$2" | dd of="$dir/$f" bs=1 seek="$1" conv=notrunc 2>/dev/null
}
big='\377\377\377\377\377\377\377\177'
poke 56 "$big"
poke 72 "$big$big$big$big"
status "times that lie far ahead" 0 timeout 20 hs-fetch --limit 10 companies
poke 48 '\377\377\377\177'
status "a limit that is none" 0 timeout 20 \
	hs-fetch -p name --retry-time 0 companies
is "is not believed" "$(refused)" 0
if [ "$(id -u)" = 0 ]; then
	chown 65534 "$dir"
	status "another user's directory" 0 hs-fetch --limit 10 companies
	like "is not used, which is said without -v" "$(cat "$T/err")" \
		'the pace is not shared.*belongs to another user, not used'
	status "-q says nothing of it" 0 hs-fetch -q --limit 10 companies
	is "as of nothing" "$(cat "$T/err")" ""
	chown 0 "$dir"
	chown 65534 "$dir/$f"
	status "another user's file" 0 hs-fetch --limit 10 companies
	like "is not used, either" "$(cat "$T/err")" \
		'belongs to another user, not used'
	chown 0 "$dir/$f"
else
	skip "another user's directory and file" "only root can make them"
fi

# Somebody was stopped with the lock in hand.
(
	flock 8
	exec sleep 600
) 8<>"$dir/$f" 9>&- &
pid=$!
while flock -n "$dir/$f" true; do :; done
status "a lock that stays" 0 timeout 60 hs-fetch --limit 10 companies
kill $pid
wait $pid 2>/dev/null
standin_stop

# A 429 holds the others, too, for as long as it says.
standin_start --records 500 --burst 1000 --log "$T/log" \
	--fault 'path=/objects/ query=limit= status=429 header=Retry-After:90' \
	--fault 'path=/objects/ query=limit= at=2 status=429 header=Retry-After:3000'
rm -f "$dir"/*
hs-fetch -p name companies >"$T/out" 2>"$T/err" &
pid=$!
while [ "$(refused)" = 0 ]; do sleep 0.01; done
while hs-fetch -p name --limit 1 --retry-time 5 companies >"$T/out" \
	2>"$T/err"; do :; done
like "who won't wait so long ends and says so" "$(cat "$T/err")" \
	'told another run with this token to wait, for [0-9]+ s from now$'
kill -9 $pid
wait $pid 2>/dev/null
f=$(ls -S "$dir" | head -n 1)
poke 8 'another'
status "a hold from before a reboot is over, 3000 s are too long" 75 \
	timeout 20 hs-fetch -p name --retry-time 5 companies
status "who gives up holds nobody" 0 timeout 20 \
	hs-fetch -p name --retry-time 5 companies
standin_stop

# So does one that answers a search, which is not worth a second try.
standin_start --records 500 --burst 1000 --log "$T/log" --latency 50 \
	--fault 'path=/search status=429 header=Retry-After:2'
rm -f "$dir"/*
status "a search is told to wait" 0 hs-fetch -p name -j 8 companies
ok "and all wait" jq -se '(map(select(.status == 429))[0].t) as $t |
	(map(.t) | max) >= $t + 1900' "$T/log"
standin_stop

# Others use the same limit: the headers tell.
standin_start --records 6000 --burst 50 --window 1000 --log "$T/log"
hs-fetch -q -p default --limit 100 companies >/dev/null
for i in $(seq 30); do
	curl -s -o /dev/null -H "Authorization: Bearer $HUBSPOT_API_KEY" \
		"$URL/crm/objects/2026-09/companies?limit=1"
done
status "other programs use the same token" 0 hs-fetch -p default companies
is "no request is refused" "$(refused)" 0
standin_stop

# Without headers, what every account has: 100 in 10 seconds.
standin_start --records 20000 --burst 100 --no-limit-headers --log "$T/log"
hs-fetch -p default companies >"$T/out" 2>"$T/err" &
pid=$!
while [ "$(wc -l <"$T/log")" -lt 100 ]; do sleep 0.01; done
sleep 1 # a tenth of the window: time for more, if there were any
is "without headers 100 go out, and no more" \
	"$(wc -l <"$T/log") $(refused)" "100 0"
kill $pid
wait $pid 2>/dev/null
standin_stop
t_done
