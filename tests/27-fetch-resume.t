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
fetch 2>"$T/err"
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
for o in '-p name' '-p default -a contacts' '-p default --archived' \
	'-p default --history name' '-p default --api-version v3' '-p all'; do
	status "going on with $o" 65 \
		hs-fetch $o -o "$T/file" --resume companies
	like "going on with $o: is explained" "$(cat "$T/err")" \
		'was begun with other properties, associations or options'
	same "going on with $o: leaves the file alone" "$T/before" "$T/file"
done
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
(jq -c .results[] "$T/want" | head -5) >"$T/file"
status "bare records are no pages" 65 fetch
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
