#!/bin/sh
# hs-load-sql into MariaDB: what is in the stream is in the table, the table
# grows with it, and it is old or new whatever is cut or killed.
. tests/lib.sh
. tests/wide.sh
. tests/rest.sh
. tests/maria.sh
. tests/recipes.sh
maria_start
MARIA_DB=crm
address="mysql://root@/crm?socket=$T/maria/s"

page() { # records, as one page
	printf '{"results":[%s]}\n' "$*" | tr -d '\n' >"$T/in"
}
load() {
	hs-load-sql --address "$address" "$@" <"$T/in"
}
line() {
	m "$@" | tr '\n\t' ' |'
}
manual=$(block hs-load-sql.1 'mariadb -Nr' | tr -d '\\\n' | sed 's/.*| mariadb//')
client() { # as the manual has it
	eval "mariadb --no-defaults -u root $manual"
}

# Every cell of a portal with HubSpot's quirks, by a file and by statements.
standin_start --records 250
hs-fetch -a contacts,deals companies | hs-flatten >"$T/in"
status "a portal is loaded as text" 0 load --text as_text
like "and counted by the database" "$(cat "$T/err")" '^hs-load-sql: `crm`.`as_text`: 250 rows added, 0 changed, 0 unchanged, 0 removed$'
jq -c '.results[] | map_values(if type == "string" or . == null then . else
	tojson end) | to_entries | map(select(.value != null)) | sort |
	from_entries' "$T/in" | sort >"$T/want"
cells() { # table
	m "set group_concat_max_len = 1000000; select concat('select json_object(',
		group_concat(quote(column_name), ', \`', column_name, '\`'),
		') from $1') into @s from information_schema.columns
		where table_name = '$1'; prepare s from @s; execute s" |
		sed 's/\\\\/\\/g' | jq -c 'to_entries |
		map(select(.value != null)) | sort | from_entries' | sort
}
cells as_text >"$T/got"
same "each cell is the record's value" "$T/got" "$T/want"
m 'set global local_infile = 0'
status "where rows go by statements" 0 load --text by_insert
cells by_insert >"$T/got"
same "they are the same" "$T/got" "$T/want"
m 'set global local_infile = 1'
status "and with types" 0 load typed
is "they are MariaDB's" "$(line 'select distinct data_type from
	information_schema.columns where table_name = "typed" order by 1')" \
	'bigint date datetime decimal longtext tinyint '
status "the portal again" 0 load typed
like "changes nothing" "$(cat "$T/err")" ' 0 changed, 250 unchanged, 0 removed$'
cat >"$T/in" <<'END'
{"results":[{"id":"1","a":"x\r\ny\rz\u0000\u0001","b":"delimiter x\n\\! ls\n\\\nquit;","c":"quote ' \" ` \\ ${HOME}","d":"é€😀\u00e9","e":{"k":"\\ \" \n"}}]}
END
for file in 1 0; do
	m "set global local_infile = $file"
	load -q odd$file
	is "no character of a text has a meaning" "$(m "select hex(a), hex(b),
		c, d, e from odd$file")" "780D0A790D7A0001	$(printf \
		'delimiter x\n\\! ls\n\\\nquit;' | od -An -v -tx1 |
		tr -d ' \n' | tr a-f A-F)	quote ' \" \` \\\\ \${HOME}	é€😀é	{\"k\":\"\\\\\\\\ \\\\\" \\\\n\"}"
done
m 'set global local_infile = 1'
page '{"id":1,"t":"2024-02-03T04:05:06.789Z","o":"2024-02-03T04:05:06+05:30","d":"2024-02-03","b":"true","x":"0.125","big":"123456789012345678901"},
	{"id":2,"t":"","b":"","x":"","d":""},{"id":3,"t":"1999-12-31T23:59:59Z"}'
load -q kinds
is "times are UTC, and empty values of other types null" \
	"$(line 'select * from kinds order by id')" \
	'1|2024-02-03 04:05:06.789|2024-02-02 22:35:06.000|2024-02-03|1|0.125|123456789012345678901 2|NULL|NULL|NULL|NULL|NULL|NULL 3|1999-12-31 23:59:59.000|NULL|NULL|NULL|NULL|NULL '
page '{"id":"a"},{"id":"A"},{"id":"ä"},{"id":"a "}'
load -q bytes
is "keys compare by bytes" "$(m 'select count(*) from bytes')" 4

# Modes.
one='{"id":"1","a":"x","n":"1"},{"id":"2","a":"y","n":"2"},{"id":"3","a":"z"}'
two='{"id":"2","a":"Y","new":true},{"id":"4","a":"w"},{"id":"4","a":"last"}'
page "$one"
load -q space.t
is "a schema is a database" "$(m 'select count(*) from space.t')" 3
load -q t
m 'create table log (what int);' 'create trigger log_u after update on t
	for each row insert into log values (1);' \
	'create view v as select id, n from t;' 'create index by_n on t (n)'
status "the same stream again" 0 load t
like "changes nothing" "$(cat "$T/err")" \
	'0 rows added, 0 changed, 3 unchanged, 0 removed$'
is "no row is written" "$(m 'select count(*) from log')" 0
page "$two"
status "-n" 0 load -n t
is "says what would change" "$(tr '\n\t' ' =' <"$T/out")" \
	'added=1 changed=1 unchanged=0 removed=2 '
is "and changes nothing" "$(m 'select count(*) from log')" 0
status "a merge" 0 load -m merge t
like "adds, changes, and removes nothing; the last of equal keys counts" \
	"$(cat "$T/err")" '1 rows added, 1 changed, 0 unchanged, 0 removed; 1 '
is "a column that the stream lacks keeps its values" \
	"$(line 'select * from t order by id')" \
	'1|x|1|NULL 2|Y|2|1 3|z|NULL|NULL 4|last|NULL|NULL '
status "a replacement" 0 load t
is "is the stream, null where it has nothing" \
	"$(line 'select * from t order by id')" '2|Y|NULL|1 4|last|NULL|NULL '
like "and says so" "$(cat "$T/err")" 'not in the stream, so null: `n`$'
page '{"id":"2","n":"01"},{"id":"A7","n":"1.5"}'
status "types are widened" 0 load t
is "and hold the values" "$(line 'select id, n from t order by id')" \
	'2|01 A7|1.5 '
is "the view, the index and the trigger stay" "$(line 'select * from v;
	show triggers like "t"; show index from t where key_name = "by_n"' |
	cut -c-40)" '2|01 A7|1.5 log_u|UPDATE|t|insert into l'
page '{"id":1,"i":"1","r":"1.5","k":"5","d":"2024-01-01","b":true}'
load -q grow
page '{"id":1,"i":"1.25","r":"9007199254740993","k":"x","d":"2024-01-01T10:00:00Z","b":"no"}'
load -q grow
is "each type grows in its own way" "$(line 'select i, r, k, d, b from grow')" \
	'1.25|9007199254740993.0|x|2024-01-01 10:00:00.000|no '
m 'create table own (`a ``q``` int unsigned, `ID` int primary key,
	b decimal(5,2) default 3, v varchar(9) character set latin1 not null
	default "o o" comment "its", at datetime default now(),
	s tinyint, g int as (s + 1), j json) comment "mine"'
page '{"id":1,"a `q`":"-1","b":"1.50","v":"long, longer, longest €","s":"300","j":{"a":1}}'
status "a table of somebody's own is understood" 0 load own
is "and goes on" "$(m 'select `a ``q```, id, b, v, at is null, s, g, j from own')" \
	'-1	1	1.50	long, longer, longest €	0	300	301	{"a":1}'
like "with what its columns had" "$(m 'show create table own')" "DEFAULT 'o o' COMMENT 'its'"
page '{"id":1,"j":"no json"}'
load -q -m merge own
is "a JSON column becomes text" "$(m 'select j from own')" 'no json'
page '{"id":1,"new":1}'
status "--no-alter" 65 load --no-alter own
like "names the columns" "$(cat "$T/err")" '`new` is new'
status "and makes no table" 65 load --no-alter none
status "a view is no table" 65 load v
m 'create table my (id int) engine = myisam'
status "a table without transactions" 65 load my
m 'create table ci (id varchar(20) primary key) collate utf8mb4_general_ci'
page '{"id":"b"},{"id":"B"}'
status "keys that are one in the table's collation" 65 load ci
like "are refused" "$(cat "$T/err")" 'are one in the collation'
page '{"from":"1","to":"2"},{"from":"1","to":"2"},{"from":"1","to":"3"}'
load -q links
status "without a key, too" 0 load links
like "the same stream changes nothing" "$(cat "$T/err")" \
	'0 rows added, 0 changed, 3 unchanged, 0 removed$'
page '{"from":"1","to":"2"}'
load -q links
is "and another one replaces the table" "$(line 'select * from links')" '1|2 '
page
load -q links
is "an empty stream empties it" "$(m 'select count(*) from links')" 0
load no_such
is "and makes none" "$(m 'show tables like "no_such"')" ""
page '{"id":1,"a":"x"},{"id":2,"a":""},{"id":3,"n":""}'
load -q --deleted-at gone soft
page '{"id":2,"a":"","n":1}'
load -q --deleted-at gone soft
is "--deleted-at keeps what the stream has not, and marks it" "$(line \
	'select id, gone is null from soft order by id')" '1|0 2|1 3|0 '
is '"" and null are two things in text' "$(line 'select id, a is null,
	a = "" from soft where id > 1 order by id')" '2|0|1 3|1|NULL '
page '{"id":3}'
load -q -n --deleted-at gone soft >"$T/out"
is "-n knows of the mark" "$(tr '\n\t' ' =' <"$T/out")" \
	'added=0 changed=1 unchanged=0 removed=1 '
page '{"id":4}'
status "--max-removed" 65 load --max-removed 30% t
like "says how many" "$(cat "$T/err")" '2 of 2 rows of `crm`.`t` would be removed'
m 'create table child (own int references own (id))' \
	'; insert into child values (1)'
page '{"id":7}'
status "a row that another table needs" 74 load own
like "stays" "$(cat "$T/err")" 'foreign key constraint fails'
awk 'BEGIN { printf "{\"id\":\"x%s\"}", sprintf("%799s", "") }' >"$T/in"
status "a key that is too long" 65 load long
like "is told before" "$(cat "$T/err")" 'at most 768'

# The server's packet counts bytes, not characters.
m 'set global max_allowed_packet = 1048576'
for file in 1 0; do
	m "set global local_infile = $file"
	awk 'BEGIN { printf "{\"id\":1,\"a\":\""
		for (i = 0; i < 340000; i++) printf "€"; print "\"}" }' >"$T/in"
	status "1,020,000 bytes in 340,000 characters" 0 load -q "packet$file"
	status "are compared" 0 load -q "packet$file"
	sed 's/"a":"/&€€€€€€€€€€€€/; s/€€€/&&/g' "$T/in" >"$T/more"
	status "twice as many are told before" 65 hs-load-sql --address \
		"$address" "packet$file" <"$T/more"
	like "with the server's limit" "$(cat "$T/err")" \
		'record 1: column a: .* max_allowed_packet is 1048576$'
done
m 'set global local_infile = 1; set global max_allowed_packet = 16777216'

wide_test
wide_edge 40 190 198
wide_edge 41 360 375
wide_columns 1016

# A portal that is wider than a row.
rest_rows() {
	m "set group_concat_max_len = 1000000; select concat('select json_object(',
		group_concat(quote(column_name), ', convert(\`', column_name, '\` using utf8mb4) collate utf8mb4_bin'),
		') from $1') into @s from information_schema.columns
		where table_name = '$1'; prepare s from @s; execute s" |
		sed 's/\\\\/\\/g'
}
rest_columns() {
	m "select count(*) from information_schema.columns where table_name = '$1'"
}
rest_test 1900
rest_portal 5 1900 >"$T/in"
hs-load-sql --dialect mysql --rest more piped <"$T/in" >"$T/script" 2>"$T/err"
status "the script of a wide portal" 0 client <"$T/script"
jq -c '.p1 = null' "$T/in" | hs-load-sql --dialect mysql --rest more piped \
	>"$T/script" 2>"$T/err"
status "does not move a column of the table" 1 client <"$T/script"
like "and tells a way" "$(cat "$T/err")" 'p1 is a column of its own'

# Addresses and failures.
page '{"id":1}'
status "an address without a database" 78 hs-load-sql --address \
	mysql://root@h t <"$T/in"
status "a parameter that is unknown" 78 hs-load-sql --address \
	'mysql://root@h/d?ssl=1' t <"$T/in"
status "no such database" 78 hs-load-sql --address \
	"mariadb://root@/no?socket=$T/maria/s" t <"$T/in"
status "no server" 75 hs-load-sql --address \
	"mysql://root@/crm?socket=$T/no" t <"$T/in"
m 'create user u identified by "secret"'
status "a user who may not" 77 env P=wrong hs-load-sql --address \
	"mysql://u:{P}@/crm?socket=$T/maria/s" t <"$T/in"
mkdir "$T/bin"
ln -s "$(command -v hs-load-sql)" "$T/bin"
status "no client" 69 env "PATH=$T/bin" hs-load-sql --address "$address" t \
	<"$T/in"
like "names the package" "$(cat "$T/err")" 'the package mariadb-client$'
ln -s "$(command -v mysql)" "$T/bin"
status "mysql does as well" 0 env "PATH=$T/bin" hs-load-sql --address \
	"$address" as_mysql <"$T/in"

# Cuts: a few hundred bytes at a time here, each one in make soak.
page '{"id":1,"a":"old"}'
load -q cut
page '{"id":1,"a":"new"},{"id":2,"a":"COMMIT;\nCOMMIT;"}'
hs-load-sql --dialect mysql cut <"$T/in" >"$T/script"
commit=$(grep -abo '^COMMIT' "$T/script" | tail -n 1 | cut -d: -f1)
n=0
while [ $n -lt "$commit" ]; do
	head -c $n "$T/script" | client >"$T/log" 2>&1 && echo "$n passes"
	n=$((n + ${SQL_CUT:-997}))
done >"$T/wrong"
is "a script cut before COMMIT fails" "$(cat "$T/wrong")" ""
is "and changes nothing" "$(line 'select * from cut')" '1|old '
status "the whole one succeeds" 0 client <"$T/script"
is "with the table new" "$(line 'select count(*), max(a) from cut')" '2|new '

# Readers, two loaders, kills.
big() { # version
	awk -v v="$1" 'BEGIN { for (i = 1; i <= 50; i++) {
		printf "{\"results\":["
		for (j = 1; j <= 100; j++) printf "%s{\"id\":%d,\"v\":%d,\"text\":" \
			"\"some text that fills the row %d\"}", (j > 1 ? "," : ""),
			i * 100 + j, v, j
		printf "]%s}\n", (i < 50 ? ",\"paging\":{\"next\":{\"after\":\"1\"}}" : "") } }'
}
big 1 >"$T/1"
big 2 >"$T/2"
big_load() { # version
	hs-load-sql --address "$address" -q big <"$T/$1"
}
version() {
	m 'select min(v), max(v), count(*) from big' | tr '\t' ' '
}
big_load 1
big_load 1 &
big_load 2 2>"$T/err"
second=$?
wait $!
is "two loaders at once both succeed" "$? $second" '0 0'
like "one after the other" "$(version)" '^(1 1|2 2) 5000$'
( while [ ! -e "$T/enough" ]; do version; done >"$T/seen" ) &
reader=$!
big_load 1
big_load 2
: >"$T/enough"
wait $reader
is "a reader sees old or new" "$(sort -u "$T/seen" |
	grep -v -e '^1 1 5000' -e '^2 2 5000')" ""
v=2
for what in $(seq "${SQL_KILLS:-6}"); do
	v=$((3 - v))
	hs-load-sql --address "$address" -q big <"$T/$v" 2>"$T/err" &
	loader=$!
	sleep "0.$(od -An -N2 -tu2 /dev/urandom | awk '{ printf "%03d", $1 % 350 }')"
	if [ $((what % 3)) = 0 ]; then
		maria_kill
		maria_up
	else
		kill -9 $loader 2>/dev/null
	fi
	wait $loader 2>/dev/null
	state=$?
	case "$(version) $state" in
	"$v $v 5000 "[07]* | "1 1 5000 "[17]* | "2 2 5000 "[17]*) ;;
	*) echo "$v: $(version), status $state, $(cat "$T/err")" ;;
	esac
done >"$T/wrong" 2>/dev/null
is "killed, loader or server, the table is old or new" "$(cat "$T/wrong")" ""
t_done
