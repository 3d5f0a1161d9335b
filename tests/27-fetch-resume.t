#!/bin/sh
# hs-fetch -o FILE --resume: the pages file is the checkpoint.
. tests/lib.sh
XDG_RUNTIME_DIR=$T
export XDG_RUNTIME_DIR

standin_start --records 3000 --burst 100000 --latency 2 --log "$T/log"
fetch() {
	hs-fetch -p default -o "$T/file" --resume companies
}
hs-fetch -p default companies >"$T/want"
lines=$(wc -l <"$T/want")

# Cut at any byte: the rest is read, and the file is the same.
bad=
for at in 0 1 12 13 40 5000 $(wc -c <"$T/want" | awk '{
	srand(7); for (i = 0; i < 44; i++) print int(rand() * $1) }'); do
	head -c "$at" "$T/want" >"$T/file"
	fetch 2>"$T/err" && cmp -s "$T/file" "$T/want" || bad="$bad $at"
done
is "a file cut at any of 50 places is made whole, byte for byte" "$bad" ""

head -c 9000 /dev/zero >"$T/file"
ok "so is one of which nothing reached the disk" fetch
same "as well" "$T/file" "$T/want"

# Killed at any moment, again and again.
bad=
kills=0
round=0
while [ $kills -lt 50 ] && [ $round -lt 300 ]; do
	round=$((round + 1))
	[ $((round % 7)) != 1 ] || rm -f "$T/file"
	hs-fetch -p default -o "$T/file" --resume companies 2>"$T/err" &
	pid=$!
	n=$((round * 37 % 60))
	tries=0
	while [ "$(cat "$T/file" 2>/dev/null | wc -l)" -lt $((n / 2)) ] &&
		[ $tries -lt 300 ]; do
		tries=$((tries + 1))
	done
	kill -9 $pid 2>/dev/null
	wait $pid 2>/dev/null
	# One that was done before does not count, and its file is whole.
	[ $? = 137 ] && kills=$((kills + 1)) || rm -f "$T/file"
	if [ -e "$T/file" ]; then
		n=$(wc -c <"$T/file")
		head -c "$n" "$T/want" | cmp -s - "$T/file" ||
			bad="$bad $round"
	fi
	if [ $((round % 7)) = 0 ]; then
		fetch 2>"$T/err" && cmp -s "$T/file" "$T/want" ||
			bad="$bad r$round"
	fi
done
is "killed runs leave the stream's beginning, and a last one the whole" \
	"$bad" ""
ok "at least 50 were killed ($kills)" [ "$kills" -ge 50 ]

# A whole file is left alone.
cp "$T/want" "$T/file"
touch -d '2020-01-01' "$T/file"
: >"$T/log"
status "a complete file" 0 fetch
like "is said to be complete" "$(cat "$T/err")" \
	'is complete: 3000 records; nothing to do'
is "is not written" "$(stat -c %Y "$T/file")" "$(date -d 2020-01-01 +%s)"
is "and nothing is requested" "$(wc -l <"$T/log")" 0

# Where to go on is known from the file: nothing is read twice.
head -20 "$T/want" >"$T/file"
: >"$T/log"
hs-fetch -j 1 -p default -o "$T/file" --resume companies 2>"$T/err"
is "after 20 of $lines pages the others are read" \
	"$(grep -c 'GET' "$T/log")" $((lines - 20))

# With power cuts a file can have rubbish in it.
head -3 "$T/want" >"$T/file"
head -c 3000 /dev/zero >>"$T/file"
echo >>"$T/file"
sed -n 5,7p "$T/want" >>"$T/file"
status "rubbish behind whole pages is cut off" 0 fetch
same "and read again" "$T/want" "$T/file"

cp "$T/want" "$T/file"
head -c 3000 /dev/zero >>"$T/file"
status "rubbish behind a complete stream" 0 fetch
same "is cut off, too" "$T/want" "$T/file"

# A file of the same object, asked for in another way.
head -20 "$T/want" >"$T/file"
cp "$T/file" "$T/before"
for o in '-p default -a contacts' '-p default --archived' \
	'-p default --history name' '-p default --api-version v3'; do
	status "going on with $o" 65 \
		hs-fetch $o -o "$T/file" --resume companies
	like "going on with $o: is explained" "$(cat "$T/err")" \
		'was begun with other properties, associations or options'
	same "going on with $o: leaves the file alone" "$T/before" "$T/file"
done
# What came and went among the properties.
status "going on with other properties" 65 \
	hs-fetch -p name,city -o "$T/file" --resume companies
like "names them" "$(cat "$T/err")" \
	'was begun with other properties: new: city; gone: domain; give another -o, or begin it anew with --restart-if-changed$'
same "and leaves the file alone" "$T/before" "$T/file"
status "going on with all of them" 65 \
	hs-fetch -p all -o "$T/file" --resume companies
like "names some" "$(cat "$T/err")" ': new: [a-z_]+, .* and [0-9]+ more; give'
status "--restart-if-changed without --resume" 64 \
	hs-fetch --restart-if-changed -o "$T/file" companies
hs-fetch -p name,city companies >"$T/cities"
status "--restart-if-changed begins anew" 0 hs-fetch -p name,city \
	-o "$T/file" --resume --restart-if-changed companies
same "with what is asked for now" "$T/cities" "$T/file"
like "and says why" "$(cat "$T/err")" \
	'properties: new: city; gone: domain; it is begun anew$'
head -20 "$T/cities" >"$T/file"
: >"$T/log"
status "--restart-if-changed goes on where nothing has changed" 0 hs-fetch \
	-j 1 -p name,city -o "$T/file" --resume --restart-if-changed companies
same "to the same bytes" "$T/cities" "$T/file"
is "and reads the rest only" "$(grep -c GET "$T/log")" $((lines - 20))
cp "$T/want" "$T/file"
HUBSPOT_API_KEY=pat-wrong status "--restart-if-changed, refused" 77 hs-fetch \
	-p name,city -o "$T/file" --resume --restart-if-changed companies
same "leaves the old file" "$T/want" "$T/file"
sed 's/"object":"companies"/"object":"contacts"/' "$T/before" >"$T/file"
status "--restart-if-changed does not overwrite another object" 65 hs-fetch \
	-p default -o "$T/file" --resume --restart-if-changed companies
cp "$T/want" "$T/file"
status "a complete file of other properties is not taken for these" 65 \
	hs-fetch -p name -o "$T/file" --resume companies
hs-fetch -p name,city -o "$T/some" --limit 200 companies 2>"$T/err"
status "the order of the properties does not matter" 0 \
	hs-fetch -p city,name -o "$T/some" --resume companies
sed 's/,"request":"[0-9a-f]*"//' "$T/before" >"$T/file"
status "pages that do not say what they are of are taken" 0 fetch
rm -f "$T/file"
for p in default all; do
	HUBSPOT_API_KEY=pat-wrong status "--resume, refused ($p)" 77 \
		hs-fetch -p $p -o "$T/file" --resume companies
	ok "leaves no new file" [ ! -e "$T/file" ]
done

# Files that are something else.
head -2 "$T/want" | sed 's/"object":"companies"/"object":"contacts"/' \
	>"$T/file"
cp "$T/file" "$T/before"
status "a file of another object" 65 fetch
like "is named" "$(cat "$T/err")" 'holds pages of contacts, not of companies'
same "and left alone" "$T/before" "$T/file"
echo "Dear diary" >"$T/file"
status "a file that is no pages file" 65 fetch
is "is left alone" "$(cat "$T/file")" "Dear diary"
(sed -n 1p "$T/want"; sed -n 3p "$T/want") >"$T/file"
status "a page that is missing in the middle" 65 fetch
is "is not papered over" "$(wc -l <"$T/file")" 2
status "a device can't be resumed" 73 \
	hs-fetch -o /dev/null --resume companies
head -20 "$T/want" >"$T/file"
status "two runs on one file" 73 flock "$T/file" \
	hs-fetch -p default -o "$T/file" --resume companies
like "are one too many" "$(cat "$T/err")" 'another run writes it'

# A whole stream and one that was begun, in one file.
hs-fetch -p default --archived companies >"$T/archived"
cat "$T/want" "$T/archived" >"$T/both"
(cat "$T/want"; head -20 "$T/archived") >"$T/file"
status "behind a whole stream a begun one is gone on with" 0 hs-fetch \
	-p default --archived -o "$T/file" --resume companies
same "its pages are numbered from its own start" "$T/both" "$T/file"
status "such a file is two streams" 0 \
	hs-load-csv --allow-incomplete - <"$T/file"
cat "$T/want" "$T/want" | head -$((lines + 20)) >"$T/file"
status "the same stream twice, too" 0 fetch
(cat "$T/want" "$T/want") | cmp -s - "$T/file"
is "and its records come twice" $? 0
(cat "$T/want"; head -20 "$T/archived") >"$T/file"
hs-fetch -p name --archived companies >"$T/names"
status "--restart-if-changed behind a whole stream" 0 hs-fetch -p name \
	--archived -o "$T/file" --resume --restart-if-changed companies
cat "$T/want" "$T/names" | cmp -s - "$T/file"
is "begins the last one anew" $? 0

# A file that another run has removed or replaced.
shim() { # CALL-NUMBER COMMAND: hs-fetch -o file, which meets the command
	rm -f "$T/met"
	env LD_PRELOAD="$PWD/$BUILD/tests/shim/fault.so" FAULT_AT="$1" \
		FAULT_DO="$2" FAULT_RUN="$3" FAULT_MET="$T/met" \
		hs-fetch -j 1 -p default -o "$T/file" companies 2>"$T/err"
}
calls() { # of a run, by name
	rm -f "$T/calls"
	env LD_PRELOAD="$PWD/$BUILD/tests/shim/fault.so" \
		FAULT_LOG="$T/calls" hs-fetch -j 1 -p default -o "$T/file" companies
}
case $BUILD in
*san) skip "a file that was removed" "the shim is not for sanitizers" ;;
*)
	# The pace locks its file, too, again and again; ours is locked once,
	# just after it was opened and looked at.
	: >"$T/file"
	calls
	at=$(awk '$0 == "flock" && last == "fstat" { print NR; exit }
		{ last = $0 }' "$T/calls")
	: >"$T/file"
	shim "$at" run "rm '$T/file'"
	is "a file that is removed before it is locked: done" \
		"$? $(cat "$T/met")" "0 flock"
	same "it is made again" "$T/want" "$T/file"
	shim "$at" run "mv '$T/want' '$T/w'; cp '$T/before' '$T/new'
		mv '$T/new' '$T/file'; mv '$T/w' '$T/want'"
	is "one that is replaced: done" "$? $(cat "$T/met")" "0 flock"
	same "the one that is there is written" "$T/want" "$T/file"
	rm -f "$T/file"
	calls
	at=$(awk '$0 == "fsync" { print NR; exit }' "$T/calls")
	rm -f "$T/file"
	shim "$at" fail
	is "the directory of a new file is synced" "$?" 74
	like "which may fail" "$(cat "$T/err")" 'cannot sync its directory'
	cp "$T/before" "$T/file"
	calls
	is "that of an old one is not" "$(grep -c fsync "$T/calls")" 1
	;;
esac

# A limit for files, as ulimit -f sets it.
rm -f "$T/file"
status "a file that may not grow further is an error" 74 sh -c \
	"ulimit -f 100; exec hs-fetch -p default -o '$T/file' companies"
like "and is said" "$(cat "$T/err")" 'File too large'
status "it can be gone on with" 0 fetch
same "to the whole" "$T/want" "$T/file"

(jq -c .results[] "$T/want" | head -5) >"$T/file"
status "bare records are no pages" 65 fetch
standin_stop

# A file that loses its name while it is written.
standin_start --records 3000 --burst 100000 \
	--fault 'path=/objects/2026-09/companies query=after= delay=2000'
rm -f "$T/file"
hs-fetch -j 1 -p default -o "$T/file" companies 2>"$T/err" &
pid=$!
while [ ! -s "$T/file" ] && kill -0 $pid; do sleep 0.01; done
rm "$T/file"
wait $pid
is "a file that is removed while it is written is an error" $? 74
like "and is said" "$(cat "$T/err")" \
	'was removed or replaced while it was written$'
standin_stop

# A failure in the middle can be gone on from.
standin_start --records 3000 --burst 100000 \
	--fault 'path=/objects/2026-09/companies at=7 status=429 body={"policyName":"DAILY"}'
rm -f "$T/file"
status "the daily limit ends a run" 75 hs-fetch -j 1 -p default \
	-o "$T/file" --resume companies
is "of which whole pages stay" "$(wc -l <"$T/file")" 6
status "the next one goes on" 0 fetch
same "and ends with the same bytes" "$T/want" "$T/file"
standin_stop

# A record that came before must not come again.
standin_start --records 300 --burst 100000
hs-fetch -p default --limit 200 -o "$T/file" companies 2>"$T/err"
sed -i '2s/"after":"[0-9]*"/"after":"1"/' "$T/file"
status "a list that moved is noticed across runs" 65 \
	hs-fetch -p default -o "$T/file" --resume companies
like "to go on would not help" "$(cat "$T/err")" \
	'earlier run: .*begin again without --resume'
standin_stop

# Several chains, batches and long associations, killed and gone on with.
standin_start --records 1500 --burst 100000 --latency 25 \
	--properties companies=250 --property-name-length 40 \
	--associations companies:contacts:7=160 \
	--associations companies:contacts:707=160 \
	--associations companies:contacts:1407=160
hs-fetch -o "$T/want" companies:contacts
rm -f "$T/file"
kills=0
for n in 1 2 4 5 7 9 10 12; do
	hs-fetch -j 8 -o "$T/file" --resume companies:contacts 2>"$T/err" &
	pid=$!
	while [ "$(cat "$T/file" 2>/dev/null | wc -l)" -lt $n ] &&
		kill -0 $pid 2>/dev/null; do
		sleep 0.01
	done
	kill -9 $pid 2>/dev/null
	wait $pid 2>/dev/null
	[ $? != 137 ] || kills=$((kills + 1))
done
ok "runs with chains and batches were killed ($kills)" [ "$kills" -ge 4 ]
status "the last one goes on" 0 \
	hs-fetch -o "$T/file" --resume companies:contacts
same "and ends with the same bytes, too" "$T/want" "$T/file"
is "long associations are whole" "$(jq -r '.results[].associations|select(.)
	|.contacts.results|map(.id)|unique|length|select(.>100)' "$T/file" |
	tr '\n' ' ')" "160 160 160 "
standin_stop
t_done
