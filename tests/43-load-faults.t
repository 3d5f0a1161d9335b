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
records 1 21000 new | awk '{ gsub(", quoted", " as it is"); print }
	END { print "{\"id\":\"x\",\"late\":\"column\"}" }' >../late.json
hs-load-csv ../old.csv <../old.json
hs-load-csv ../next.csv <../new.json

# What can change a file.  A program that begins to use another one of these
# has to have it in the shim, or nobody knows what happens when it fails.
changing='chmod|chown|copy_file_range|creat|dup|dup2|dup3|fallocate|fchmod
fchmodat|fchown|fchownat|fclose|fcntl|fdatasync|fopen|freopen|fsync|ftruncate
futimens|lchown|link|linkat|mkdir|mkdirat|mkostemp|mkstemp|mmap|msync|open
open64|openat|openat64|posix_fallocate|pwrite|pwrite64|pwritev|remove|rename
renameat|renameat2|rmdir|sendfile|splice|symlink|symlinkat|syncfs|tmpfile
truncate|unlink|unlinkat|utime|utimensat|write|writev'
names() { # which file…: what they need, or give, of those
	nm -D "$@" | sed 's/.* //; s/@.*//; s/64$//' |
		grep -xE "$(echo "$changing" | tr '\n' '|')" | sort
}
if ! command -v nm >/dev/null; then
	skip "every call that changes files can be made to fail" "no nm"
elif nm "$(command -v hs-load-csv)" 2>/dev/null | grep -q __gcov_dump; then
	skip "every call that changes files can be made to fail" \
		"the counts of make coverage are files, too"
else
	# hs-fetch --stats alone writes by these two.
	names --undefined-only "$OLDPWD/$BUILD"/bin/* |
		grep -vxE 'fopen|fclose' | sort -u >../uses
	names --defined-only "$shim" >../knows
	is "every call that changes files is one that can be made to fail" \
		"$(comm -23 ../uses ../knows)" ""
	ok "and they are found" grep -qx renameat ../uses
fi

# What is not as it must be, with the point where it went wrong.
wrong() {
	echo "$fault at $name, call $at: $*"
}

# Whether there is nothing but the table; without a process of its own.
is_clean() {
	set -- * .[!.]*
	[ "$*" = "table.csv .[!.]*" ]
}

# One run with a fault.  Few processes are started here: there are hundreds of
# runs.
faulty() { # input option…
	input=$1
	shift
	[ "$state" = old ] || cp ../old.csv table.csv
	: >../met
	FAULT_DO=$fault FAULT_AT=$at FAULT_MET=../met LD_PRELOAD=$shim \
		hs-load-csv "$@" table.csv <"$input" 2>../err
	rc=$?
	state=neither
	if [ $rc != 0 ] && cmp -s table.csv ../old.csv; then
		state=old
	elif cmp -s table.csv ../want.csv; then
		state=new
	fi
	[ -s ../met ] || wrong "the fault was not met"
	[ $state != neither ] || wrong "the table is neither old nor new"
	case $fault,$rc,$state in
	kill,137,*) ;;
	fail,7[1-4],* | short,74,old) ;;
	fail,0,new) ;;
	*) wrong "exit status $rc, the table is $state: $(cat ../err)" ;;
	esac
	is_clean || recover
}

# The run after it, over what it left, whoever that was.
recover() {
	state=recovered
	hs-load-csv table.csv <../new.json 2>../err || wrong "$(cat ../err)"
	cmp -s table.csv ../next.csv || wrong "the next run went wrong"
	is_clean || wrong "litter: $(ls -A)"
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
	state=
	points | while read -r at name; do
		for fault in fail kill short; do
			[ $fault = short ] && [ "$name" != write ] && continue
			faulty "$@"
		done
	done 2>/dev/null
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
	is "$title: written, synced, put in place, and that synced" \
		"$(grep -xE 'write|fsync|renameat' ../log | tail -n 4 |
			tr '\n' ' ')" "write fsync renameat fsync "
	is "$title: $(points | wc -l) calls, none of them spoils the table" \
		"$(walk "$input" "$@" | head -n 5)" ""
	for call in openat write fsync close renameat fchmod flock fcntl \
		fstat fstatat; do
		grep -qx "$call" ../log || echo "$call is never called"
	done >../missing
	is "$title: each kind of call was there to fail" "$(cat ../missing)" ""
}

story "replace" ../new.json
story "replace, with a late column" ../late.json
is "the late column had it written twice" "$(grep -c renameat ../log)" 2
story "merge" ../new.json -m merge
story "replace if changed" ../new.json --if-changed

# Ended by a signal at any of its calls it leaves nothing but a table.
for mode in replace merge; do
	rm -f ../log
	cp ../old.csv table.csv
	FAULT_LOG=../log LD_PRELOAD=$shim hs-load-csv -m $mode table.csv \
		<../new.json
	mv table.csv ../want.csv
	points >../points
	while read -r at name; do
		cp ../old.csv table.csv
		FAULT_DO=run FAULT_RUN='kill -TERM $PPID' FAULT_AT=$at \
			LD_PRELOAD=$shim hs-load-csv -m $mode table.csv \
			<../new.json 2>/dev/null
		[ $? = 143 ] || echo "call $at, $name: not ended"
		cmp -s table.csv ../old.csv || cmp -s table.csv ../want.csv ||
			echo "call $at, $name: neither the old table nor the new"
		is_clean || echo "call $at, $name: litter: $(ls -A)"
		rm -f .[!.]*
	done <../points >../bad 2>/dev/null
	ok "$mode: SIGTERM at any call" grep -q renameat ../points
	is "$mode: leaves nothing behind" "$(head -n 5 ../bad)" ""
done
cp ../old.csv table.csv

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
