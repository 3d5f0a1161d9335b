#!/bin/sh
# hs-load-sql into PostgreSQL: old or new, whatever is cut or killed, and the
# exit status says which.
#
# make soak sets SQL_CUT (each so many bytes), SQL_CUTS, SQL_KILLS, SQL_STOPS.
. tests/lib.sh
. tests/pg.sh
pg_start
db=postgres:///

# A script that is cut.  A trigger counts the rows that are written for good.
printf '{"results":[{"id":1,"a":"x\\ty"},{"id":2,"a":"old"}]}\n' |
	hs-load-sql --address $db -q t
q 'create table log (n int)' 'create function note() returns trigger
	language plpgsql as $$ begin insert into log values (1);
	return null; end $$' 'create trigger log after insert or update or delete
	on t for each row execute function note()'
printf '{"results":[{"id":2,"a":"new"},{"id":3,"a":"COMMIT;"},{"id":4,"a":"\\\\."}]}\n' \
	>"$T/stream"
hs-load-sql t <"$T/stream" >"$T/script"
size=$(wc -c <"$T/script")
commit=$(grep -abo '^COMMIT' "$T/script" | cut -d: -f1)
copy=$(grep -abo '^COPY' "$T/script" | cut -d: -f1)
# Each byte where it matters most, and some of the rest.
awk -v commit="$commit" -v copy="$copy" -v each="${SQL_CUT:-499}" 'BEGIN {
	for (i = 1; i < commit + 6; i++)
		if (i < 12 || (i > copy - 3 && i < copy + 60) ||
		    i > commit - 5 || i % each == 0) print i }' >"$T/cuts"
ok "there are cuts to try" [ "$(wc -l <"$T/cuts")" -gt 100 ]
while read -r n; do
	head -c "$n" "$T/script" | client >"$T/log" 2>&1
	echo "$n $?"
done <"$T/cuts" | grep ' 0$' >"$T/passed"
is "a script cut before the end of COMMIT fails" "$(cat "$T/passed")" ""
is "and changes nothing" "$(q 'select count(*) from log')" 0
for n in $((commit + 6)) $((commit + 7)) $((size - 2)); do
	head -c "$n" "$T/script" | client >"$T/log" 2>&1
	echo "$? $(q 'select max(id) from t')"
done >"$T/passed"
is "behind that the table is new, and it fails all the same" \
	"$(sort -u "$T/passed")" '3 4'
status "the whole one succeeds" 0 client <"$T/script"
is "with the table new" "$(q 'select a from t order by id' | tr '\n' ' ')" \
	'new COMMIT; \. '

# A stream that is cut.
printf '{"results":[{"id":9}],"paging":{"next":{"after":"9"}}}\n' >"$T/part"
hs-load-sql t <"$T/part" 2>"$T/err" | client 2>"$T/log"
is "an incomplete stream makes the client fail" "$?" 3
like "for the reason that the loader says" "$(cat "$T/err")" incomplete
status "with --address the loader fails" 65 \
	hs-load-sql --address $db t <"$T/part"
status "or loads it if it has to" 0 hs-load-sql --address $db -n \
	--allow-incomplete t <"$T/part"
hs-load-sql t </dev/null 2>/dev/null | client 2>"$T/log"
is "no stream at all makes it fail" "$?" 3
is "the table is as it was" "$(q 'select count(*) from t')" 3
echo '{"results":[{"id":1}],"hs":{"object":"t","page":0,"since":"2024"}}' \
	>"$T/since"
status "a stream of changes alone replaces no table" 65 \
	hs-load-sql --address $db t <"$T/since"
status "it is merged" 0 hs-load-sql --address $db -n -m merge t <"$T/since"
status "bare records carry no proof" 65 hs-load-sql --address $db \
	--require-pages t <<'END'
{"id":1}
END

# A large table in two versions.
big() { # version
	awk -v v="$1" 'BEGIN { for (i = 1; i <= 200; i++) {
		printf "{\"results\":["
		for (j = 1; j <= 100; j++) printf "%s{\"id\":%d,\"v\":%d,\"text\":" \
			"\"some text that fills the row %d\"}", (j > 1 ? "," : ""),
			i * 100 + j, v, j
		printf "]%s}\n", (i < 200 ? ",\"paging\":{\"next\":{\"after\":\"1\"}}" : "") } }'
}
big 1 >"$T/1"
big 2 >"$T/2"
version() {
	q 'select min(v), max(v), count(*) from big' | tr '|' ' '
}
hs-load-sql --address $db -q big <"$T/1"
is "a large table" "$(version)" '1 1 20000'
random() { # limit: a number below it
	od -An -N4 -tu4 /dev/urandom | awk -v n="$1" '{ print $1 % n }'
}
hs-load-sql big <"$T/2" >"$T/script"
commit=$(grep -abo '^COMMIT' "$T/script" | cut -d: -f1)
for _ in $(seq "${SQL_CUTS:-3}"); do
	n=$(random "$commit")
	head -c "$n" "$T/script" | client >"$T/log" 2>&1
	echo "$? $(version)"
done | grep -v '^3 1 1 20000$' >"$T/wrong"
is "its script, cut somewhere, fails and changes nothing" "$(cat "$T/wrong")" ""

# A reader and a loader don't wait for each other.
cat >"$T/reader" <<END
begin isolation level repeatable read;
select min(v), max(v), count(*) from big;
\\! hs-load-sql --address $db -q big <$T/2; echo \$?
select min(v), max(v), count(*) from big;
commit;
select min(v), max(v), count(*) from big;
END
is "a reader sees the old table while it reads, and then the new one" \
	"$(psql -XqAt -f "$T/reader" | tr '\n' ' ')" \
	'1|1|20000 0 1|1|20000 2|2|20000 '
hs-load-sql --address $db -q big <"$T/1" &
hs-load-sql --address $db -q big <"$T/2" 2>"$T/err"
second=$?
wait $!
is "two loaders at once both succeed" "$? $second" '0 0'
like "one after the other" "$(version)" '^(1 1|2 2) 20000$'
hs-load-sql --address $db -q fresh <"$T/1" &
hs-load-sql --address $db -q fresh <"$T/2" 2>"$T/err"
second=$?
wait $!
is "also where there is no table yet" "$? $second" '0 0'
is "which is made once" "$(q 'select count(*) from fresh')" 20000

# The loader is killed at random moments.
outcome() { # wanted-version status: what is wrong with it
	case "$(version) $2" in
	"$1 $1 20000 "*) ;;
	*" 0") echo "status 0, not new" ;;
	"1 1 20000 "* | "2 2 20000 "*) ;;
	*) echo "neither old nor new: $(version)" ;;
	esac
}
v=1
for _ in $(seq "${SQL_KILLS:-5}"); do
	v=$((3 - v))
	hs-load-sql --address $db -q big <"$T/$v" 2>/dev/null &
	loader=$!
	sleep "0.$(printf %03d "$(random 400)")"
	kill -9 $loader 2>/dev/null
	wait $loader 2>/dev/null
	outcome $v $?
done >"$T/wrong" 2>/dev/null
is "a loader that is killed leaves the table old or new" "$(cat "$T/wrong")" ""
# The server is killed.
for _ in $(seq "${SQL_STOPS:-3}"); do
	v=$((3 - v))
	hs-load-sql --address $db -q big <"$T/$v" 2>"$T/err" &
	loader=$!
	sleep "0.$(printf %03d "$(random 500)")"
	pg pg_ctl -D "$T/pg/data" -m immediate -w -s stop
	wait $loader
	state=$?
	pg_up
	outcome $v $state
	case $state in
	0 | 75) ;;
	*) echo "status $state: $(cat "$T/err")" ;;
	esac
done >"$T/wrong" 2>&1
is "a server that dies leaves the table old or new" "$(cat "$T/wrong")" ""
is "nothing of a load is left" "$(q "select count(*) from pg_class
	where relname like 'hs\\_%'")" 0
t_done
