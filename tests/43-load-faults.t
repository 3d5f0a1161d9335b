#!/bin/sh
# hs-load-csv, stopped at every call that touches a file: FILE is always the
# old table byte for byte or the new one whole, success is never claimed for
# the old one, and the next run needs no help and leaves nothing behind.
. tests/lib.sh

shim=$PWD/$BUILD/tests/shim/fault.so
# The sanitizers want to come first, and are content to come later.
ASAN_OPTIONS=${ASAN_OPTIONS:+$ASAN_OPTIONS:}verify_asan_link_order=0
export ASAN_OPTIONS
mkdir "$T/d"
cd "$T/d" || exit 1

# Records with ids FROM to TO: enough of them for several writes.
records() { # from to text
	awk -v from="$1" -v to="$2" -v text="$3" 'BEGIN {
		for (i = from; i <= to; i++) {
			printf "{\"id\":\"%d\",\"a\":\"%s\",\"b\":null", i, text
			for (k = 0; k < 8; k++)
				printf ",\"c%d\":\"some more text, quoted\"", k
			print "}"
		}
	}'
}
records 1 1500 old >../old.json
records 1000 2600 new >../new.json
# A column that comes up after the header has been written.
records 1 21000 new | awk '{ print }
	END { print "{\"id\":\"x\",\"late\":\"column\"}" }' >../late.json
hs-load-csv ../old.csv <../old.json

# One run with a fault; says what is not as it must be after it.
faulty() { # do at input option…
	fault=$1
	at=$2
	input=$3
	shift 3
	cp ../old.csv table.csv
	rm -f ../met
	FAULT_DO=$fault FAULT_AT=$at FAULT_MET=../met LD_PRELOAD=$shim \
		hs-load-csv "$@" table.csv <"$input" 2>../err
	rc=$?
	state=neither
	cmp -s table.csv ../old.csv && state=old
	cmp -s table.csv ../want.csv && state=new
	[ -e ../met ] || echo "the fault was not met"
	[ $state != neither ] || echo "the table is neither old nor new"
	case $fault,$rc,$state in
	kill,137,*) ;;
	fail,7[1-4],* | short,74,old) ;;
	fail,0,new) ;;
	*) echo "exit status $rc, the table is $state: $(cat ../err)" ;;
	esac
}

# The run after it, over what it left.
recover() { # input option…
	input=$1
	shift
	cp ../old.csv table.csv
	hs-load-csv "$@" table.csv <"$input" 2>../err || cat ../err
	cmp -s table.csv ../want.csv || echo "the next run went wrong"
	[ "$(ls -A)" = table.csv ] || echo "litter: $(ls -A)"
}

# Of the calls in the log: number and name of all but most reads.
points() {
	awk '{ name[NR] = $1; last[$1] = NR; if (!($1 in first)) first[$1] = NR }
	END {
		for (i = 1; i <= NR; i++) {
			n = name[i]
			if (n !~ /read/ || first[n] == i || last[n] == i)
				print i, n
		}
	}' ../log
}

# Every point, every fault.
walk() { # input option…
	points | while read -r at name; do
		for fault in fail kill short; do
			[ $fault = short ] && [ "$name" != write ] && continue
			{
				faulty $fault "$at" "$@"
				[ "$(ls -A)" = table.csv ] || recover "$@"
			} 2>/dev/null | sed "s/^/$fault at $name, call $at: /"
		done
	done
}

story() { # title input option…
	title=$1
	shift
	input=$1
	shift
	cp ../old.csv table.csv
	rm -f ../log
	FAULT_LOG=../log LD_PRELOAD=$shim hs-load-csv "$@" table.csv <"$input"
	mv table.csv ../want.csv
	is "$title: $(points | wc -l) calls, none of them spoils the table" \
		"$(walk "$input" "$@" | head -n 5)" ""
	for call in openat write fsync close renameat; do
		grep -qx "$call" ../log || echo "$call is never called"
	done >../missing
	is "$title: each kind of call was there to fail" "$(cat ../missing)" ""
}

story "replace" ../new.json
story "replace, with a late column" ../late.json
is "the late column had it written twice" "$(grep -c renameat ../log)" 2
story "merge" ../new.json -m merge
story "replace if changed" ../new.json --if-changed

# Somebody else writes to the table, or replaces it, while it is read.
cp ../old.csv table.csv
FAULT_LOG=../log3 LD_PRELOAD=$shim hs-load-csv -m merge table.csv <../new.json
at=$(grep -n pread ../log3 | tail -n 1 | cut -d: -f1)
for deed in 'echo x,y >>table.csv' 'cp table.csv t2 && mv t2 table.csv' \
	'rm table.csv; echo id >table.csv'; do
	cp ../old.csv table.csv
	status "changed while it is read: $deed" 74 env FAULT_DO=run \
		FAULT_RUN="$deed" FAULT_AT="$at" LD_PRELOAD="$shim" \
		hs-load-csv -m merge table.csv <../new.json
	mv table.csv ../theirs.csv
	cp ../old.csv table.csv
	sh -c "$deed"
	same "changed while it is read: their work stays" \
		table.csv ../theirs.csv
	is "changed while it is read: no litter" "$(ls -A)" table.csv
done

# Standard output: a failure is never a success.
FAULT_LOG=../log2 LD_PRELOAD=$shim hs-load-csv - <../new.json >../whole.csv
bad=
for at in $(awk '{ print NR }' ../log2); do
	FAULT_DO=fail FAULT_AT=$at LD_PRELOAD=$shim hs-load-csv - \
		<../new.json >../part.csv 2>/dev/null && {
		cmp -s ../part.csv ../whole.csv || bad="$bad $at"
	}
done
is "standard output: no success without the whole table" "$bad" ""
t_done
