#!/bin/sh
# hs-load-csv: the old table or the new one, whatever happens.
. tests/lib.sh
mkdir "$T/d"
cd "$T/d" || exit 1

printf 'id,a\n1,old\n' >../old.csv
printf 'id,a\n1,new\n' >../new.csv
page='{"results":[{"id":"1","a":"new"}]'
printf '%s}\n' "$page" >../stream

# stands TITLE INPUT OPTION…: refused with 65, the table is untouched.
stands() {
	title=$1
	printf "$2" >../input
	shift 2
	for mode in replace merge; do
		cp -p ../old.csv t.csv
		status "$title: $mode is refused" 65 \
			hs-load-csv -m $mode "$@" t.csv <../input
		same "$title: $mode: the table stands" t.csv ../old.csv
	done
}
stands "an empty stream" ''
stands "an empty stream, though incomplete ones are allowed" '' \
	--allow-incomplete
stands "a stream that was cut off" "$page,\"paging\":{\"next\":{\"after\":\"1\"}}}\n"
stands "a page cut in two" "$page"
stands "garbage behind a page" "$page}\nproxy error\n"
stands "a record that is no object" '{"results":[{"id":"1"},2]}\n'
stands "not UTF-8" '{"id":"\377"}\n'
stands "pages mixed with records" "$page}\n{\"id\":\"2\"}\n"
stands "a page that is missing" \
	"$page,\"paging\":{\"next\":{\"after\":\"1\"}},\"hs\":{\"object\":\"x\",\"page\":0}}\n$page,\"hs\":{\"object\":\"x\",\"page\":2}}\n"
stands "another object behind the first" \
	"$page,\"hs\":{\"object\":\"x\",\"page\":0}}\n$page,\"hs\":{\"object\":\"y\",\"page\":0}}\n"
stands "a next page without a cursor" "$page,\"paging\":{\"next\":{\"link\":\"x\"}}}\n"
like "and the message says that it is incomplete" "$(cat "$T/err")" \
	'incomplete: its last page, line 1,'
asked() { # page request: a page's label
	printf '"hs":{"object":"x","page":%s,"request":"%s"}' "$1" "$2"
}
stands "a page of another request" \
	"$page,\"paging\":{\"next\":{}},$(asked 0 a)}\n$page,$(asked 1 b)}\n"
# What the API sends in place of records.
stands "an error of the API" '{"status":"error","message":"no \\u001b[31m scope","correlationId":"x"}\n'
like "its message is quoted, control characters made harmless" \
	"$(cat "$T/err")" 'line 1: an error of the API, no record: no \\x1b\[31m scope'
stands "an error behind a page" \
	"$page}\n"'{"status":"error","message":"late","category":"RATE_LIMITS"}\n'
like "is called one" "$(cat "$T/err")" 'line 2: an error of the API.*late'
stands "an error behind a record" \
	'{"name":"a"}\n{"name":"b"}\n{"category":"c","message":"m","correlationId":"x"}\n'
status "a record with a status and a message is none" 0 hs-load-csv t.csv <<-E
	{"id":"1","status":"error","message":"m"}
	{"id":"2","status":"error","message":"m"}
E
stands "bare records where pages are required" '{"id":"1"}\n' --require-pages
stands "the same, though incomplete ones are allowed" '{"id":"1"}\n' \
	--require-pages --allow-incomplete
is "no litter" "$(ls -A)" t.csv

printf '%s,"paging":{"next":{"after":"1"}}}\n' "$page" >../cut
status "--allow-incomplete loads what there is" 0 \
	hs-load-csv --allow-incomplete t.csv <../cut
same "--allow-incomplete loads what there is: the table" t.csv ../new.csv
like "--allow-incomplete says that it is incomplete" "$(cat "$T/err")" incomplete
status "pages are pages" 0 hs-load-csv --require-pages t.csv <../stream

# What carries changes only is merged, and never replaces.
printf '%s,"hs":{"object":"x","page":0,"since":"2026-01-01T00:00:00Z"}}\n' \
	"$page" >../since
for option in -q -n --allow-incomplete; do
	cp -p ../old.csv t.csv
	status "changes do not replace a table ($option)" 65 \
		hs-load-csv $option t.csv <../since
	like "and the message says why ($option)" "$(cat "$T/err")" \
		'only what changed \(hs.since\)'
	same "the table stands ($option)" t.csv ../old.csv
done
status "nor go to standard output" 65 hs-load-csv - <../since
is "where nothing is written" "$(cat "$T/out")" ''
status "changes are merged" 0 hs-load-csv -m merge t.csv <../since
same "changes are merged: the table" t.csv ../new.csv

# A stream that is complete and lacks too many of the table's rows.
seq 1 100 | sed 's/.*/{"id":"&","a":"x"}/' >../hundred
ids() { # from to
	seq "$1" "$2" | sed 's/.*/{"id":"&","a":"x"}/'
}
keep() { # title status limit: the stream is ../some
	hs-load-csv t.csv <../hundred
	cp t.csv ../before.csv
	hs-load-csv ../after.csv <../some
	[ "$2" = 0 ] || cp ../before.csv ../after.csv
	status "$1" "$2" hs-load-csv --max-removed "$3" t.csv <../some
	same "$1: the table" t.csv ../after.csv
}
ids 11 100 >../some
keep "ten rows may go" 0 10
keep "no more than nine" 65 9
like "both numbers are told" "$(cat "$T/err")" \
	"t.csv: 10 of its 100 rows are not in the stream, more than --max-removed 9 allows"
keep "none at all" 65 0
keep "ten of a hundred" 0 10%
keep "nine of a hundred" 65 9%
like "a share is told as one" "$(cat "$T/err")" 'more than --max-removed 9% allows'
ids 101 200 >../some
keep "as many records, of another account" 65 99%
keep "all of them may go" 0 100%
echo '{"results":[]}' >../some
keep "an account that was emptied" 65 50%
keep "an account that may be empty" 0 100
ids 1 150 >../some
keep "more than before" 0 0
rm -f t.csv
status "a table that is not there yet" 0 hs-load-csv --max-removed 0 t.csv <../some
hs-load-csv ../after.csv <../some
same "is the stream" t.csv ../after.csv
sed 's/"id"/"nr"/' ../hundred >../nr
hs-load-csv t.csv <../nr
status "another key" 0 hs-load-csv --max-removed 0 -k nr t.csv <../nr
status "a key that is not there" 65 hs-load-csv --max-removed 0 t.csv <../nr
hs-load-csv t.csv <../hundred
ids 3 100 >../some
status "a dry run tells, too" 65 hs-load-csv -n --max-removed 1 t.csv <../some
like "behind its numbers" "$(cat "$T/out")" '^removed	2$'
for value in '' % -1 1.5 101% 5%% x 99999999999999999999; do
	status "--max-removed '$value' is no number" 64 \
		hs-load-csv --max-removed "$value" t.csv <../some
done
status "a merge removes nothing" 64 hs-load-csv --max-removed 1 -m merge t.csv
status "nor does standard output" 64 hs-load-csv --max-removed 1 -

# Without the option a table that becomes empty is worth a warning.
echo '{"results":[]}' >../none
status "a table with rows that becomes empty" 0 hs-load-csv t.csv <../none
is "is empty" "$(cat t.csv)" id,a
like "with a warning" "$(cat "$T/err")" \
	't.csv: has rows, and the stream has no records'
status "one that was empty" 0 hs-load-csv t.csv <../none
is "without" "$(cat "$T/err")" ''
printf '{"fields":[{"name":"id"}]}' >../schema.json
hs-load-csv t.csv <../hundred
status "one whose header is a schema's" 0 \
	hs-load-csv -s ../schema.json t.csv <../none
like "with a warning, too" "$(cat "$T/err")" 'has rows'
rm -f t.csv

# Other formats are called by their names, with the cure.
stands "JSON over several lines" '{\n  "id": "1"\n}\n'
like "is told how to be read" "$(cat "$T/err")" 'jq -c \. '
stands "an array" '[{"id":"1"}]\n'
like "is told how to be read" "$(cat "$T/err")" "jq -c '\.\[\]'"

# Mode, owner, links.
cp ../old.csv t.csv
chmod 604 t.csv
hs-load-csv t.csv <../stream
is "the mode stays" "$(stat -c %a t.csv)" 604
(umask 027 && hs-load-csv u.csv <../stream)
is "a new file has the umask's mode" "$(stat -c %a u.csv)" 640
if [ "$(id -u)" = 0 ]; then
	chown 65534:65534 t.csv
	hs-load-csv t.csv <../stream
	is "the owner stays" "$(stat -c %u:%g:%a t.csv)" 65534:65534:604
else
	skip "the owner stays" "only root can give files away"
fi
mkdir sub
cp ../old.csv sub/real.csv
ln -s sub/real.csv link.csv
hs-load-csv link.csv <../stream
same "a link's file is replaced" sub/real.csv ../new.csv
is "and the link stays" "$(readlink link.csv)" sub/real.csv
hs-load-csv -m merge link.csv <../stream
same "a merge follows it, too" sub/real.csv ../new.csv
rm -r sub ./*.csv

# Descriptor 8 is a pipe that a loader reads.  Once it has taken more than fits
# into one, it has the lock.
hold() {
	awk 'BEGIN { while (i++ < 150000) print "{\"id\":\"9\"}" }' >&8
}

# Names as long as a file system takes them, one byte less, and as long as
# the temporary file's leave room for.
mkfifo ../pipe
for n in 246 247 254 255; do
	name=$(printf "%0$((n - 4))d" 0).csv
	cp ../old.csv "$name"
	status "a name of $n bytes" 0 hs-load-csv -m merge "$name" <../stream
	same "a name of $n bytes: the table" "$name" ../new.csv
	cp ../old.csv "$name"
	hs-load-csv "$name" <../pipe &
	first=$!
	exec 8>../pipe
	hold
	hs-load-csv "$name" <../stream 2>../said 8>&- &
	second=$!
	until [ -s ../said ]; do kill -0 $second || break; done
	exec 8>&-
	wait $first
	wait $second
	same "a name of $n bytes: the second loader waits" "$name" ../new.csv
	rm ./*.csv ../said
	is "a name of $n bytes: no litter" "$(ls -A)" ""
done
cp ../old.csv "$(printf %0249d 0)é.csv"
status "a long name in UTF-8" 0 hs-load-csv "$(printf %0249d 0)é.csv" <../stream
rm ./*.csv

# Places that can't be written.
for name in /dev/stdout /dev/fd/1 /proc/self/fd/1; do
	[ -e $name ] || continue
	echo before >../out
	hs-load-csv $name <../stream >>../out 2>../err
	is "$name: refused" $? 73
	is "$name: what was written there stays" "$(cat ../out)" before
	like "$name: says what to write" "$(cat ../err)" 'write - for standard'
done
status "a directory" 73 hs-load-csv . <../stream
like "a directory: says so" "$(cat "$T/err")" 'is a directory'
status "a device" 73 hs-load-csv /dev/null <../stream
like "a device: says so" "$(cat "$T/err")" 'is a device'
status "a device, -n" 73 hs-load-csv -n /dev/null <../stream
status "a directory that is not there" 73 hs-load-csv no/such.csv <../stream
if [ "$(id -u)" = 0 ]; then
	as="setpriv --reuid=65534 --regid=65534 --clear-groups"
	chmod 755 "$T" "$T/d"
	$as true 2>/dev/null || as=
else
	as=env
fi
if [ "$as" ]; then
	cp ../old.csv t.csv
	chmod 644 t.csv ../stream
	chmod 555 .
	prog=$(command -v hs-load-csv)
	cp "$prog" ../load
	status "a read-only directory" 73 $as ../load t.csv <../stream
	same "a read-only directory: the table stands" t.csv ../old.csv
	chmod 755 .
	echo old >s.csv
	[ "$(id -u)" = 0 ] && chown 65534:65534 s.csv
	chmod 777 .
	chmod 6750 s.csv
	status "odd modes" 0 $as ../load s.csv <../stream
	is "odd modes stay" "$(stat -c %a s.csv) $(cat s.csv)" \
		"6750 $(cat ../new.csv)"
	rm s.csv
	chmod 755 .
	if [ "$(id -u)" = 0 ]; then
		chmod 777 .
		status "somebody else's file, whose owner can't be kept" 73 \
			$as ../load t.csv <../stream
		like "somebody else's file: says so" "$(cat "$T/err")" \
			'belongs to user 0'
		is "no litter" "$(ls -A)" t.csv
		chmod 755 .
	fi
	rm -f t.csv
else
	skip "a read-only directory" "no way to be another user"
fi

# --if-changed
hs-load-csv t.csv <../stream
touch -d 2001-01-01 t.csv
status "--if-changed, the same table" 0 hs-load-csv --if-changed t.csv <../stream
is "--if-changed, the same table: not touched" \
	"$(date -r t.csv +%Y) $(ls -A)" "2001 t.csv"
hs-load-csv --if-changed -m merge t.csv <../stream
is "--if-changed, a merge of the same: not touched" "$(date -r t.csv +%Y)" 2001
cp ../old.csv t.csv
hs-load-csv --if-changed t.csv <../stream
same "--if-changed, another table: replaced" t.csv ../new.csv
hs-load-csv t.csv <../stream
touch -d 2001-01-01 t.csv
hs-load-csv t.csv <../stream
unlike "without it: replaced all the same" "$(date -r t.csv +%Y)" 2001
rm t.csv

# Loaders of one file wait for each other: none undoes another's work.
echo '{"results":[]}' | hs-load-csv t.csv
pids=
for i in 1 2 3 4 5 6 7 8 9 10 11 12; do
	echo "{\"id\":\"$i\",\"a\":\"loader $i\"}" |
		hs-load-csv -q -m merge t.csv &
	pids="$pids $!"
done
bad=
for pid in $pids; do
	wait "$pid" || bad="$bad $?"
done
is "twelve loaders at once: all succeed" "$bad" ""
is "twelve loaders at once: each row is there" \
	"$(tail -n +2 t.csv | sort -n | cut -d, -f1 | tr '\n' ' ')" \
	"1 2 3 4 5 6 7 8 9 10 11 12 "
hs-load-csv t.csv <../pipe &
first=$!
exec 8>../pipe
hold
hs-load-csv t.csv <../stream 2>../said 8>&- &
second=$!
until [ -s ../said ]; do kill -0 $second || break; done
like "a loader that waits says so" "$(cat ../said)" 'waiting for another writer'
exec 8>&-
wait $first
wait $second
same "and then has its turn" t.csv ../new.csv
is "no litter" "$(ls -A)" t.csv

# A signal.  A shell has its background jobs ignore SIGINT; perl undoes that.
for signal in INT TERM HUP; do
	cp ../old.csv t.csv
	perl -e '$SIG{INT} = "DEFAULT"; exec @ARGV' hs-load-csv t.csv <../pipe &
	pid=$!
	exec 8>../pipe
	hold
	kill -$signal $pid
	wait $pid 2>/dev/null
	is "SIG$signal ends it" "$(kill -l $?)" $signal
	exec 8>&-
	same "SIG$signal: the table stands" t.csv ../old.csv
	is "SIG$signal: no litter" "$(ls -A)" t.csv
done

# Not enough room.
awk 'BEGIN {
	for (i = 0; i < 20000; i++)
		printf "{\"id\":\"%d\",\"a\":\"some text for row %d\"}\n", i, i
}' >../big
for mode in replace merge; do
	cp ../old.csv t.csv
	status "a limit on file sizes: $mode" 74 sh -c \
		"ulimit -f 100; exec hs-load-csv -m $mode t.csv" <../big
	like "a limit on file sizes: $mode: says so" "$(cat "$T/err")" 'too large'
	same "a limit on file sizes: $mode: the table stands" t.csv ../old.csv
	is "a limit on file sizes: $mode: no litter" "$(ls -A)" t.csv
done
mkdir "$T/small"
cat >../full.sh <<'END'
mount -t tmpfs -o size=300k none "$1" && cd "$1" || exit
echo there
cp ../old.csv t.csv
hs-load-csv -m $2 t.csv <../big
echo $?
cmp t.csv ../old.csv && ls -A
END
for mode in replace merge; do
	unshare -m sh ../full.sh "$T/small" $mode >../out 2>../err
	if ! [ -s ../out ]; then # as in a plain chroot
		skip "a full disk: $mode" "a small file system can't be mounted"
		continue
	fi
	is "a full disk: $mode: 74, the table stands, no litter" \
		"$(tr '\n' ' ' <../out)" "there 74 t.csv "
	like "a full disk: $mode: says so" "$(cat ../err)" 'No space left'
done

# Kills at any time.  The merge is timed once, the kills are spread over it.
hs-load-csv ../before.csv <../big
sed 's/some text/other text/' ../big >../more
cp ../before.csv ../after.csv
ms=$({ date +%s%N; hs-load-csv -m merge ../after.csv <../more
	date +%s%N; } | awk 'NR == 1 { t = $1 } END { print ($1 - t) / 1e6 + 1 }')
killed=0
bad=
for i in $(seq 100); do
	cp ../before.csv t.csv
	timeout -s KILL "$(echo "$i $ms" | awk '{ print $1 * $2 / 90000 }')" \
		hs-load-csv -m merge t.csv <../more 2>/dev/null
	[ $? = 137 ] && killed=$((killed + 1))
	cmp -s t.csv ../before.csv || cmp -s t.csv ../after.csv ||
		bad="$bad $i"
done 2>/dev/null
is "100 kills: always the old table or the new one" "$bad" ""
ok "100 kills: $killed of them came in time" [ $killed -gt 20 ]
hs-load-csv -m merge t.csv <../more
same "100 kills: the next run needs no help" t.csv ../after.csv
is "100 kills: and clears up" "$(ls -A)" t.csv
t_done
