#!/bin/sh
# hs-diff -o: the changes are in place whole or not at all, a table behind it
# is replaced only where they are, and a journal is never torn.
. tests/lib.sh

shim=$PWD/$BUILD/tests/shim/fault.so
ASAN_OPTIONS=${ASAN_OPTIONS:+$ASAN_OPTIONS:}verify_asan_link_order=0
export ASAN_OPTIONS
mkdir "$T/d"
cd "$T/d" || exit 1

pages() { # text to: pages of a hundred records each
	awk -v text="$1" -v to="$2" 'BEGIN {
		next_page = ",\"paging\":{\"next\":{\"after\":\"1\"}}"
		for (p = 0; p < to; p++) {
			printf "{\"results\":["
			for (i = 0; i < 100; i++) {
				if (i) printf ","
				printf "{\"id\":\"%d\",\"a\":\"%s\",\"b\":\"%060d\"}", p * 100 + i, text, i
			}
			print "]" (p < to - 1 ? next_page : "") "}"
		}
	}'
}
pages one 40 >../old.pages
pages two 41 >../new.pages
head -n 30 ../new.pages >../cut.pages
hs-load-csv ../old.csv <../old.pages
hs-load-csv ../new.csv <../new.pages

cp ../old.csv t.csv
status "changes and table in one pipe" 0 sh -c '
	hs-diff -o changes t.csv <../new.pages | hs-load-csv t.csv'
same "the table is the new one" t.csv ../new.csv
hs-diff ../old.csv ../new.pages >../want.changes
same "the changes are those of both" changes ../want.changes
status "with -o the status is 0" 0 hs-diff -o changes ../old.csv ../new.pages
same "the stream passes through byte for byte" "$T/out" ../new.pages
printf '%s' "$(cat ../new.pages)" >torn
status "without its last newline" 0 hs-diff -o changes ../old.csv torn
same "too" "$T/out" torn
status "a table passes through" 0 hs-diff -o changes ../old.pages ../new.csv
same "byte for byte" "$T/out" ../new.csv

# The file is there before standard output ends.
hs-diff -o seen ../old.csv ../new.pages |
	sh -c 'cat >/dev/null; cat seen >at-end'
same "the changes are there when the stream ends" at-end ../want.changes

echo before >changes
cp ../old.csv t.csv
status "an incomplete stream" 65 hs-diff -o changes t.csv ../cut.pages
is "changes nothing" "$(cat changes)" before
status "no changes, no table" 65 sh -c '
	hs-diff -o changes t.csv <../cut.pages | hs-load-csv t.csv'
same "the table is the old one" t.csv ../old.csv
status "a directory that is not there" 73 hs-diff -o no/x t.csv ../new.pages
is "passes nothing on" "$(cat "$T/out")" ""
if [ -w /dev/full ]; then
	status "a full standard output" 74 sh -c \
		'hs-diff ../old.csv ../new.pages >/dev/full'
	status "with -o" 74 sh -c \
		'hs-diff -o changes ../old.csv ../new.pages >/dev/full'
	is "leaves the changes as they were" "$(cat changes)" before
else
	skip "a full standard output" "no /dev/full"
fi
sh -c 'hs-diff -o changes ../old.csv ../new.pages; echo $? >rc' | head -c 1 >x
like "a reader that goes away ends it" "$(cat rc)" '^(141|74)$'
echo before >x
ok "and leaves the changes whole, the old ones or the new" sh -c \
	'cmp changes x || cmp changes ../want.changes'
rm -f ./*
echo before >changes

# A journal.
cp ../old.csv t.csv
status "a journal is made" 0 hs-diff -o j --append t.csv ../new.pages
n=$(wc -l <j)
status "and added to" 0 hs-diff -o j --append ../new.csv ../old.pages
ok "which is more" [ "$(wc -l <j)" -gt "$n" ]
status "no change adds nothing" 0 hs-diff -o j --append t.csv ../old.pages
cp j j2
status "no change" 0 hs-diff -o j --append t.csv ../old.pages
same "leaves it as it is" j j2
same "and passes the stream on" "$T/out" ../old.pages
ok "a loader reads it" hs-load-csv journal.csv --require-pages <j
is "each change has its time" "$(jq -r '.results[].at' j | sort -u | wc -l)" 2
like "in UTC" "$(jq -r '.results[0].at' j)" \
	'^20..-..-..T..:..:..\.[0-9]{3}Z$'
status "pages and records do not mix" 65 hs-diff -r -o j --append t.csv ../new.pages
same "the journal stays" j j2
printf torn >>j
status "a torn journal is not added to" 65 hs-diff -o j --append t.csv ../new.pages
rm -f j
status "no change and no journal" 0 hs-diff -o j --append t.csv ../old.pages
is "is an empty page" "$(jq -c .results j)" '[]'
rm -f j
for i in 1 2 3 4 5 6; do
	hs-diff -q -r -o j --append t.csv ../new.pages >/dev/null &
done
wait
is "six at once: all lines are there" "$(jq -c .op j | wc -l)" 24600
hs-diff -q -r t.csv ../new.pages | jq -r .id >ids
is "in runs" "$(jq -r .id j | cksum)" "$(cat ids ids ids ids ids ids | cksum)"

# Stopped at every call that touches a file.
head -n 3 ../old.pages | sed '$s/,"paging.*/}/' >../old.small
head -n 4 ../new.pages | sed '$s/,"paging.*/}/' >../new.small
hs-load-csv ../small.csv <../old.small
small() { # command…: with a fault, if the environment says so
	"$@" -o changes ../small.csv <../new.small
}
walk() { # title option…
	title=$1
	shift
	rm -f changes ../log
	[ "$before" = none ] || cp ../before changes
	FAULT_LOG=../log LD_PRELOAD=$shim hs-diff "$@" -o changes ../small.csv \
		<../new.small >../passed || echo "no run without a fault"
	lines=$(wc -l <changes)
	bad=
	# All but most reads.
	awk '{ name[NR] = $1; last[$1] = NR; if (!($1 in first)) first[$1] = NR }
	END { for (i = 1; i <= NR; i++)
		if (name[i] !~ /read/ || first[name[i]] == i ||
			last[name[i]] == i) print i, name[i] }' ../log >../points
	calls=$(wc -l <../points)
	while read -r at name; do
		for fault in fail kill short; do
			[ $fault = short ] && [ "$name" != write ] && continue
			rm -f changes .changes* ../met
			[ "$before" = none ] || cp ../before changes
			FAULT_DO=$fault FAULT_AT=$at FAULT_MET=../met \
				LD_PRELOAD=$shim hs-diff "$@" -o changes \
				../small.csv <../new.small >../passed 2>../err
			rc=$?
			state=neither
			if [ ! -e changes ]; then
				[ "$before" = none ] && state=old
			elif [ "$before" != none ] && cmp -s changes ../before; then
				state=old
			elif [ "$(wc -l <changes)" = "$lines" ] &&
				[ "$(tail -c 1 changes)" = "" ]; then
				state=new
			fi
			# The last page goes out only with the changes in place.
			whole=no
			cmp -s ../passed ../new.small && whole=yes
			case $fault,$rc,$state,$whole in
			*,0,new,yes | *,*,old,no | *,*,new,*) ;;
			*) bad="$bad $fault@$at:$rc,$state,$whole" ;;
			esac
			[ $rc = 0 ] && [ $fault = kill ] && [ -e ../met ] &&
				bad="$bad $fault@$at:unkilled"
		done
	done 2>/dev/null <../points
	is "$title: $calls calls, none of them spoils the file" "$bad" ""
	rm -f changes .changes* ../met
	ok "$title: and the next run is right" small hs-diff "$@"
}
before=none
walk "a new file"
printf '{"results":[],"hs":{"object":"changes","page":0}}\n' >../before
before=file
walk "a file that was there"
walk "a journal" --append

# One write that fails is enough, also where the stream is longer than a block.
rm -f ../log changes
FAULT_LOG=../log LD_PRELOAD=$shim hs-diff -o changes ../old.csv \
	<../new.pages >../passed
cp changes ../want
writes=$(grep -n '^write$' ../log | cut -d: -f1)
for at in $writes; do
	rm -f changes
	FAULT_DO=fail FAULT_AT=$at LD_PRELOAD=$shim hs-diff -o changes \
		../old.csv <../new.pages >../passed 2>../err
	[ $? = 74 ] || echo "call $at: no failure"
	[ ! -e changes ] || cmp -s changes ../want || echo "call $at: changes"
	! cmp -s ../passed ../new.pages || [ -e changes ] ||
		echo "call $at: all was passed on"
done >../bad
ok "a long stream has several writes" [ "$(echo "$writes" | wc -l)" -gt 3 ]
is "each of them fails the run" "$(cat ../bad)" ""
rm -f changes

# Somebody else changes OLD while it is read, at any time: an error.  Behind the
# last look at it nobody can tell.
jq -c '.results[]' ../old.small >../small.json
for old in csv json; do
	for deed in 'truncate -s 100 old' 'echo "{}" >>old' \
		'yes "{" | head -c 40000 | dd of=old conv=notrunc status=none'; do
		rm -f ../log
		cp ../small.$old old
		FAULT_LOG=../log LD_PRELOAD=$shim hs-diff -q old ../new.small \
			>/dev/null
		last=$(awk '/^fstat$/ { n = NR } END { print n }' ../log)
		for at in $(awk -v n="$last" 'NR <= n && /^(pread|read)$/ {
			print NR }' ../log); do
			cp ../small.$old old
			FAULT_DO=run FAULT_RUN=$deed FAULT_AT=$at \
				LD_PRELOAD=$shim hs-diff -q old ../new.small \
				>/dev/null 2>../err
			rc=$?
			case $rc in
			65 | 74) [ -s ../err ] || echo "$at: no message" ;;
			*) echo "call $at: status $rc: $(cat ../err)" ;;
			esac
		done >../bad
		is "OLD in $old: ${deed%% *} while it is read" "$(cat ../bad)" ""
	done
done
rm old

# A signal removes the temporary file.
mkfifo ../in
rm -f changes
hs-diff -o changes ../old.csv <../in >/dev/null 2>&1 &
pid=$!
exec 8>../in
head -n 1 ../new.pages >&8
until [ -e .changes.hs-new ]; do
	sleep 0.01
done
kill -TERM $pid
wait $pid 2>/dev/null
exec 8>&-
is "SIGTERM leaves nothing behind" "$(ls -A | grep changes)" ""
t_done
