#!/bin/sh
# hs-load-sql into SQLite: what is in the stream is in the table, the table
# grows with it, and it is old or new whatever is cut or killed.
#
# make soak sets SQL_CUT (each so many bytes), SQL_CUTS, SQL_KILLS.
. tests/lib.sh
. tests/wide.sh
. tests/rest.sh
command -v sqlite3 >/dev/null || t_skip_all "no sqlite3: make deps"
db=$T/a.db
mkdir "$T/tmp" "$T/cuts"
TMPDIR=$T/tmp
export TMPDIR

load() {
	hs-load-sql --address "sqlite:$db" "$@" <"$T/in"
}
q() {
	sqlite3 -bail -cmd '.timeout 10000' "$db" "$@"
}
line() {
	q "$@" | tr '\n' ' '
}
client() { # as the manual has it
	sqlite3 -bail "$db" '.read /dev/stdin' 'DROP TABLE temp.hs_whole'
}

# Every cell of a portal with HubSpot's quirks.
standin_start --records 250
hs-fetch -a contacts,deals companies | hs-flatten >"$T/in"
status "a portal is loaded as text" 0 load --text as_text
like "and counted by the database" "$(cat "$T/err")" \
	'^hs-load-sql: "as_text": 250 rows added, 0 changed, 0 unchanged, 0 removed$'
jq -c '.results[] | map_values(if type == "string" or . == null then . else
	tojson end) | to_entries | map(select(.value != null)) | sort |
	from_entries' "$T/in" | sort >"$T/want"
q -json 'select * from as_text' | jq -c '.[] | to_entries |
	map(select(.value != null)) | sort | from_entries' | sort >"$T/got"
same "each cell is the record's value" "$T/got" "$T/want"
status "and with types" 0 load typed
like "they are SQLite's" "$(q 'select distinct type from
	pragma_table_info("typed") order by 1' | tr '\n' ' ')" '^INTEGER (REAL )?TEXT $'
status "the portal again" 0 load typed
like "changes nothing" "$(cat "$T/err")" ' 0 changed, 250 unchanged, 0 removed$'
cat >"$T/in" <<'END2'
{"results":[{"id":"1","a":"x\r\ny\rz\u0000\u0001","b":".quit\n.exit\n/\ngo\n;","c":"quote ' \" $hs$ ${HOME} `id`","d":"é€😀\u00e9","e":{"k":"\\ \" \n"}}]}
END2
load -q odd
is "no character of a text has a meaning" "$(q 'select hex(a), b, c, d, e
	from odd')" "780D0A790D7A0001|.quit
.exit
/
go
;|quote ' \" \$hs\$ \${HOME} \`id\`|é€😀é|{\"k\":\"\\\\ \\\" \\n\"}"

# Modes.
one='{"id":"1","a":"x","n":"1"},{"id":"2","a":"y","n":"2"},{"id":"3","a":"z"}'
two='{"id":"2","a":"Y","new":true},{"id":"4","a":"w"},{"id":"4","a":"last"}'
page "$one"
load -q crm.t
is "a schema's name is the beginning of the table's" \
	"$(q 'select count(*) from crm_t')" 3
q 'create table log (what)' 'create trigger log_u after update on crm_t
	begin insert into log values (1); end' \
	'create view v as select id, n from crm_t' 'create index by_n on crm_t (n)'
status "the same stream again" 0 load crm.t
like "changes nothing" "$(cat "$T/err")" \
	'0 rows added, 0 changed, 3 unchanged, 0 removed$'
is "no row is written" "$(q 'select count(*) from log')" 0
page "$two"
status "-n" 0 load -n crm.t
is "says what would change" "$(tr '\n\t' ' =' <"$T/out")" \
	'added=1 changed=1 unchanged=0 removed=2 '
is "and changes nothing" "$(q 'select count(*) from log')" 0
status "a merge" 0 load -m merge crm.t
like "adds, changes, and removes nothing; the last of equal keys counts" \
	"$(cat "$T/err")" '1 rows added, 1 changed, 0 unchanged, 0 removed; 1 '
is "a column that the stream lacks keeps its values" \
	"$(line 'select * from crm_t order by id')" \
	'1|x|1| 2|Y|2|true 3|z|| 4|last|| '
status "a replacement" 0 load crm.t
is "is the stream, null where it has nothing" \
	"$(line 'select * from crm_t order by id')" '2|Y||true 4|last|| '
like "and says so" "$(cat "$T/err")" 'not in the stream, so null: "n"$'
page '{"id":"2","n":"01"},{"id":"A7","n":"1.5"}'
status "types are widened" 0 load crm.t
is "and hold the values" "$(line 'select id, n from crm_t order by id')" \
	'2|01 A7|1.5 '
is "the view, the index and the trigger stay" "$(line 'select * from v' \
	'select name from sqlite_master where tbl_name = "crm_t"
	and sql is not null order by 1')" '2|01 A7|1.5 by_n crm_t log_u '
page '{"id":1,"i":"1","r":1.5,"k":"5"}'
load -q grow
page '{"id":1,"i":"1.5","r":"9007199254740993","k":"x"}'
load -q grow
is "integers become real numbers, those that are too long text" \
	"$(q 'select i, r, k, typeof(i), typeof(r) from grow')" \
	'1.5|9007199254740993|x|real|text'
q 'create table own ("a ""q"" (x" int, -- int, (
	id integer primary key, [b c] decimal(5,2) default (1 + 2), v varchar(9)
	check (v <> "'"'),('"'"), at text not null default "now")'
page '{"id":1,"a \"q\" (x":"A","b c":"1.50","v":"long"}'
status "a definition of somebody's own is understood" 0 load own
is "and goes on" "$(q 'select * from own')" 'A|1|1.5|long|now'
page '{"id":1,"new":1}'
status "--no-alter" 65 load --no-alter own
like "names the columns" "$(cat "$T/err")" '"new" is new'
status "a view is no table" 65 load v
page '{"from":"1","to":"2"},{"from":"1","to":"2"},{"from":"1","to":"3"}'
load -q links
status "without a key, too" 0 load links
like "the same stream changes nothing" "$(cat "$T/err")" \
	'0 rows added, 0 changed, 3 unchanged, 0 removed$'
page '{"from":"1","to":"2"}'
load -q links
is "and another one replaces the table" "$(q 'select * from links')" '1|2'
page
load -q links
is "an empty stream empties it" "$(q 'select count(*) from links')" 0
page '{"id":1,"a":"x"},{"id":2,"a":""},{"id":3,"n":""}'
load -q --deleted-at gone soft
page '{"id":2,"a":"","n":1}'
load -q --deleted-at gone soft
is "--deleted-at keeps what the stream has not, and marks it" "$(line \
	'select id, gone is null from soft order by id')" '1|0 2|1 3|0 '
is '"" and null are two things in text' "$(line 'select id, a is null,
	a = "" from soft where id > 1 order by id')" '2|0|1 3|1| '
page '{"id":4}'
status "--max-removed" 65 load --max-removed 30% crm.t
like "says how many" "$(cat "$T/err")" '2 of 2 rows of crm_t would be removed'
q 'create table child (own integer references own (id))' \
	'insert into child values (1)'
page '{"id":7}'
status "a row that another table needs" 74 load own
like "stays" "$(cat "$T/err")" 'FOREIGN KEY constraint failed'
awk 'BEGIN { printf "{\"results\":[{\"id\":1"; for (i = 1; i < 1990; i++)
	printf ",\"c%d\":\"%d\"", i, i; print "}]}" }' >"$T/in"
status "1,990 columns" 0 load -q wide
status "again" 0 load -q wide
sed 's/"id":1/&,"more":1/' "$T/in" >"$T/more"
status "one more" 65 hs-load-sql --address "sqlite:$db" wide <"$T/more"

wide_test

# A portal that is wider than a row.
rest_rows() {
	sqlite3 "$db" '.mode json' "select * from $1" | jq -c '.[]'
}
rest_columns() {
	sqlite3 "$db" "select count(*) from pragma_table_info('$1')"
}
rest_test 2500
rest_portal 5 2500 >"$T/in"
hs-load-sql --dialect sqlite --rest more piped <"$T/in" >"$T/script" 2>"$T/err"
status "the script of a wide portal" 0 client <"$T/script"
jq -c '.p1 = null' "$T/in" | hs-load-sql --dialect sqlite --rest more piped \
	>"$T/script" 2>"$T/err"
status "does not move a column of the table" 1 client <"$T/script"
like "and tells a way" "$(cat "$T/err")" 'p1 is a column of its own'

# Addresses and failures.
page '{"id":1}'
status "-n" 0 hs-load-sql --address "sqlite:$T/none.db" -n t <"$T/in"
is "counts" "$(head -n 1 "$T/out")" "added	1"
ok "and makes no file" [ ! -e "$T/none.db" ]
as=
if [ "$(id -u)" = 0 ] && command -v setpriv >/dev/null; then
	as="setpriv --reuid=65534 --regid=65534 --clear-groups"
	chmod 711 "$T" && chmod 777 "$T/tmp"
fi
cp "$db" "$T/ro.db"
chmod 444 "$T/ro.db"
# shellcheck disable=SC2086 # words
status "a file that we may not write" 77 env $as hs-load-sql --address \
	"sqlite:$T/ro.db" crm.t <"$T/in"
status "an address without a file" 78 hs-load-sql --address sqlite: t <"$T/in"
echo 'this is no database, that is for sure' >"$T/junk"
status "no database" 74 hs-load-sql --address "sqlite:$T/junk" t <"$T/in"
status "no such folder" 73 hs-load-sql --address "sqlite:$T/no/a" t <"$T/in"
status "no sqlite3" 69 env "PATH=$(dirname "$(command -v hs-load-sql)")" \
	hs-load-sql --address "sqlite:$db" t <"$T/in"
like "names the package" "$(cat "$T/err")" 'the package sqlite3$'

# Cuts: a few bytes at a time here, each one in make soak.
page '{"id":1,"a":"old"}'
load -q cut
page '{"id":1,"a":"new"},{"id":2,"a":"COMMIT;\nCOMMIT;"}'
hs-load-sql --dialect sqlite cut <"$T/in" >"$T/script"
commit=$(grep -abo '^COMMIT' "$T/script" | tail -n 1 | cut -d: -f1)
n=0
while [ $n -lt "$commit" ]; do
	(TMPDIR=$T/cuts; head -c $n "$T/script" | client >"$T/log" 2>&1) &&
		echo "$n passes"
	n=$((n + ${SQL_CUT:-397}))
done >"$T/wrong"
is "a script cut before COMMIT fails" "$(cat "$T/wrong")" ""
is "and changes nothing" "$(line 'select * from cut')" '1|old '
status "a folder for temporary files that is none" 1 \
	env TMPDIR="$T/none" sqlite3 -bail "$db" '.read /dev/stdin' <"$T/script"
like "is the reason" "$(cat "$T/err")" 'TMPDIR names another directory'
is "and nothing has changed" "$(line 'select * from cut')" '1|old '
status "the whole one succeeds" 0 client <"$T/script"
is "with the table new" "$(q 'select count(*), max(a) from cut')" '2|new'
status "an incomplete stream makes the client fail" 1 sh -c \
	"hs-load-sql --dialect sqlite cut </dev/null 2>/dev/null |
	sqlite3 -bail '$db' '.read /dev/stdin' 'DROP TABLE temp.hs_whole'"

# Readers, two loaders, kills.
big() { # version
	awk -v v="$1" 'BEGIN { for (i = 1; i <= 100; i++) {
		printf "{\"results\":["
		for (j = 1; j <= 100; j++) printf "%s{\"id\":%d,\"v\":%d,\"text\":" \
			"\"some text that fills the row %d\"}", (j > 1 ? "," : ""),
			i * 100 + j, v, j
		printf "]%s}\n", (i < 100 ? ",\"paging\":{\"next\":{\"after\":\"1\"}}" : "") } }'
}
big 1 >"$T/1"
big 2 >"$T/2"
big_load() { # version
	hs-load-sql --address "sqlite:$db" -q big <"$T/$1"
}
version() {
	q 'select min(v), max(v), count(*) from big' | tr '|' ' '
}
big_load 1
random() { # limit: a number below it
	od -An -N4 -tu4 /dev/urandom | awk -v n="$1" '{ print $1 % n }'
}
hs-load-sql --dialect sqlite big <"$T/2" >"$T/script"
commit=$(grep -abo '^COMMIT' "$T/script" | tail -n 1 | cut -d: -f1)
# In a line for another program a cut may end the client by SIGPIPE.
for _ in $(seq "${SQL_CUTS:-3}"); do
	n=$(random "$commit")
	(TMPDIR=$T/cuts; head -c "$n" "$T/script" | client >"$T/log" 2>&1)
	echo "$? $(version)"
done | grep -Ev '^(1|141) 1 1 10000$' >"$T/wrong"
is "its script, cut somewhere, fails and changes nothing" "$(cat "$T/wrong")" ""
cat >"$T/reader" <<END3
begin;
select min(v), max(v), count(*) from big;
.shell hs-load-sql --address sqlite:$db -q big <$T/2; echo \$?
select min(v), max(v), count(*) from big;
commit;
select min(v), max(v), count(*) from big;
END3
is "a reader sees the old table while it reads, and then the new one" \
	"$(sqlite3 "$db" ".read $T/reader" | tr '\n' ' ')" \
	'1|1|10000 0 1|1|10000 2|2|10000 '
big_load 1 &
big_load 2 2>"$T/err"
second=$?
wait $!
is "two loaders at once both succeed" "$? $second" '0 0'
like "one after the other" "$(version)" '^(1 1|2 2) 10000$'
v=1
for _ in $(seq "${SQL_KILLS:-5}"); do
	v=$((3 - v))
	hs-load-sql --address "sqlite:$db" -q big <"$T/$v" 2>/dev/null &
	loader=$!
	sleep "0.$(printf %03d "$(random 250)")"
	kill -9 $loader 2>/dev/null
	wait $loader 2>/dev/null
	state=$?
	case "$(version) $state" in
	"$v $v 10000 "* | "1 1 10000 137" | "2 2 10000 137") ;;
	*) echo "$v: $(version), status $state" ;;
	esac
done >"$T/wrong" 2>/dev/null
is "a loader that is killed leaves the table old or new" "$(cat "$T/wrong")" ""
is "no temporary file is left" "$(ls -A "$T/tmp")" ""
is "the database is sound" "$(q 'pragma integrity_check')" ok
t_done
