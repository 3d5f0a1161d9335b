#!/bin/sh
# hs-load-sql into PostgreSQL: what is in the stream is in the table, and the
# table grows with it.
. tests/lib.sh
. tests/pg.sh
. tests/wide.sh
. tests/rest.sh
pg_start
db=postgres:///

load() {
	hs-load-sql --address $db "$@" <"$T/in"
}

# Every cell of a portal with HubSpot's quirks.  As text, each is the
# record's; typed, each is what the server makes of that text.
standin_start --records 250
hs-fetch -a contacts,deals companies | hs-flatten >"$T/in"
status "a portal is loaded as text" 0 load --text as_text
like "and counted by the server" "$(cat "$T/err")" \
	'^hs-load-sql: "as_text": 250 rows added, 0 changed, 0 unchanged, 0 removed$'
jq -c '.results[] | map_values(if type == "string" or . == null then . else
	tojson end) | to_entries | map(select(.value != null)) | sort |
	from_entries' "$T/in" | sort >"$T/want"
q 'select row_to_json(t) from as_text t' | jq -c 'to_entries |
	map(select(.value != null)) | sort | from_entries' | sort >"$T/got"
same "each cell is the record's value" "$T/got" "$T/want"
status "and with types" 0 load typed
is "each has the value that its text has in that type" "$(q "
	select string_agg(format('select %L from as_text a join typed t on
		a.id = t.id::text where nullif(a.%I, '''')::%s is distinct from
		%s', attname, attname, format_type(atttypid, null),
		format(case atttypid when 'text'::regtype
		then 'nullif(t.%I, '''')' else 't.%I' end, attname)), ' union all ')
	from pg_attribute where attrelid = 'typed'::regclass
	and attnum > 0" | psql -XAt)" ""
like "numbers, times, JSON and text are there" "$(q "
	select string_agg(distinct format_type(atttypid, null), ' ') from
	pg_attribute where attrelid = 'typed'::regclass and attnum > 0")" \
	'bigint.*jsonb.*text timestamp with time zone'
is "\"\" and null stay two things in text" "$(
	page '{"id":1,"a":"x","b":"","n":"5"},{"id":2,"a":"","n":""},{"id":3}'
load -q blank
	q "select id, coalesce(quote_literal(a), 'null'),
		coalesce(quote_literal(b), 'null'), n from blank order by id" |
		tr '\n' ' ')" "1|'x'|''|5 2|''|null| 3|null|null| "
is "also where today's values are all numbers" "$(
	page '{"id":1,"a":"7","n":"6"},{"id":2,"a":"","n":""},{"id":3}'
load -q blank
	q "select id, coalesce(quote_literal(a), 'null'), n from blank
		order by id" | tr '\n' ' ')" "1|'7'|6 2|''| 3|null| "
# Many of them, in columns that come late, become text, or repeat a key.
awk 'BEGIN { printf "{\"results\":[{\"id\":0,\"none\":null}"
	for (i = 1; i <= 9000; i++) printf \
		",{\"id\":%d,\"n\":\"%s\",\"t\":\"%s\"%s}", i % 8999, i % 2 ? "" : i,
		i < 8000 ? "" : "x", i < 500 ? "" : ",\"late\":\"" (i % 3 ? "true" : "") "\""
	print "]}" }' >"$T/in"
many() { # table: what is in its columns
	q "select count(*), count(n), count(late), sum((t = '')::int),
		max(n::text) filter (where id = 1) from $1"
}
status "many empty strings" 0 load -q --filled many
is "are null where the type is not text" "$(many many)" '8999|4500|5667|7998|9000'
status "again" 0 load --filled many
like "nothing changes" "$(cat "$T/err")" \
	'0 rows added, 0 changed, 8999 unchanged, 0 removed; 2 records gave way'
q 'alter table many alter n type text, alter late type text'
load -q many
is "and themselves where it is" "$(many many)
$(q "select count(*) filter (where n = ''), count(*) filter (where late = '')
	from many")" '8999|8999|8501|7998|9000
4499|2834'
cat >"$T/in" <<'END'
{"results":[{"id":"1","a":"tab\there","b":"line\nfeed\r\n","c":"back\\slash \\. \\N","d":"quote ' \" $hs$ :hs_note","e":"\\.","f":"é€😀\u00e9","g":{"k":"\\ \" \n \u00e9"},"h":"\u0001\b\f"}]}
END
load -q odd
is "no character of a text has a meaning" \
	"$(q 'select row_to_json(t) from odd t' | jq -c .)" \
	"$(jq -c '.results[0] | .id = 1' "$T/in")"

# Modes.
one='{"id":"1","a":"x","n":"1"},{"id":"2","a":"y","n":"2"},{"id":"3","a":"z"}'
two='{"id":"2","a":"Y","new":true},{"id":"4","a":"w"},{"id":"4","a":"last"}'
page "$one"
load -q crm.t
is "the schema of the table is made, too" "$(q 'select count(*) from crm.t')" 3
q 'create table log (what text)' 'create function note() returns trigger
	language plpgsql as $$ begin insert into log values (tg_op);
	return null; end $$' \
	'create trigger log after insert or update or delete on crm.t
	for each row execute function note()'
page "$one"
status "the same stream again" 0 load crm.t
like "changes nothing" "$(cat "$T/err")" \
	'0 rows added, 0 changed, 3 unchanged, 0 removed$'
is "no row is written" "$(q 'select count(*) from log')" 0
page "$two"
status "-n" 0 load -n crm.t
is "says what would change" "$(tr '\n\t' ' =' <"$T/out")" \
	'added=1 changed=1 unchanged=0 removed=2 '
is "and changes nothing" "$(q 'select count(*) from log')" 0
page "$two"
status "a merge" 0 load -m merge crm.t
like "adds, changes, and removes nothing; the last of equal keys counts" \
	"$(cat "$T/err")" '1 rows added, 1 changed, 0 unchanged, 0 removed; 1 '
is "a column that the stream lacks keeps its values" \
	"$(q 'select * from crm.t order by id' | tr '\n' ' ')" \
	'1|x|1| 2|Y|2|t 3|z|| 4|last|| '
page "$two"
status "a replacement" 0 load crm.t
is "is the stream, null where it has nothing" \
	"$(q 'select * from crm.t order by id' | tr '\n' ' ')" \
	'2|Y||t 4|last|| '
like "and says so" "$(cat "$T/err")" 'not in the stream, so null: n$'
page
status "an empty stream" 0 load -q crm.t
is "empties the table, which keeps its columns" \
	"$(q 'select count(*), count(n) from crm.t')" '0|0'
page
status "and makes none" 0 load crm.none
page '{"from":"1","to":"2"},{"from":"1","to":"2"},{"from":"1","to":"3"}'
load -q links
status "without a key, too" 0 load links
like "the same stream changes nothing" "$(cat "$T/err")" \
	'0 rows added, 0 changed, 3 unchanged, 0 removed$'
page '{"from":"1","to":"2"}'
load -q links
is "and another one replaces the table" "$(q 'select * from links')" '1|2'
page '{"a":1,"b":"x"},{"a":1,"b":"y","c":5}'
load -q -m merge -k a,b keys
page '{"a":1,"b":"y","c":6}'
load -q -m merge -k a,b keys
is "a key has several columns" "$(q 'select * from keys order by b' |
	tr '\n' ' ')" '1|x| 1|y|6 '
page '{"id":1},{"x":2}'
status "a record without its key" 65 \
	load -m merge crm.t
like "is refused" "$(cat "$T/err")" 'id has no value in 1 of 2'
page '{"id":1,"a":"x"},{"id":2,"a":"y"},{"id":3,"a":"z"}'
load -q soft
page '{"id":2,"a":"y"}'
load -q --deleted-at gone soft
is "--deleted-at keeps what the stream has not, and marks it" "$(q \
	'select id, gone is null from soft order by id' | tr '\n' ' ')" \
	'1|f 2|t 3|f '
page '{"id":2,"a":"y"},{"id":3,"a":"z"}'
load -q --deleted-at gone soft
is "a row that comes back loses the mark" "$(q \
	'select id, gone is null from soft order by id' | tr '\n' ' ')" \
	'1|f 2|t 3|t '
page '{"id":4}'
status "--max-removed" 65 load --max-removed 1 soft
like "says how many" "$(cat "$T/err")" '3 of 3 rows of "soft" would be removed'
page '{"id":2},{"id":3}'
status "or how many in a hundred" 0 \
	load -q --max-removed 34% soft

# Growth.
page '{"id":1,"i":"1","d":"2024-01-31","b":"true","n":1.5,"t":"x","u":"7"}'
load -q grow
page '{"id":1,"i":"1.5","d":"2024-01-31T10:00:00Z","b":"5","n":7,"t":"1","u":""}'
status "types are widened" 0 load grow
is "along the lattice" "$(q "select string_agg(attname || ' ' ||
	format_type(atttypid, null), ', ' order by attnum) from pg_attribute
	where attrelid = 'grow'::regclass and attnum > 0")" \
	'id bigint, i numeric, d timestamp with time zone, b text, n numeric, t text, u bigint'
is "and hold the values" "$(q 'select * from grow')" \
	'1|1.5|2024-01-31 10:00:00+00|5|7|1|'
page '{"id":"A7","i":"01","d":"soon"}'
load -q grow
is "down to text" "$(q 'select id, i, d from grow')" 'A7|01|soon'
page '{"id":"A7","new":1}'
status "--no-alter" 65 load --no-alter grow
like "names the columns" "$(cat "$T/err")" 'new is new'
q 'create table narrow (id int primary key, v varchar(3), m numeric(6,2),
	k json, f float8, s timestamp(0) with time zone, g int generated always
	as (id * 2) stored, at timestamptz not null default now())'
page '{"id":1,"v":"abc","m":"12.50","k":{"a":1},"f":0.1,"s":"2024-01-31T10:00:00Z"}'
status "a table of somebody's own" 0 load narrow
is "keeps its types where they hold the values" "$(q "select
	string_agg(format_type(atttypid, atttypmod), ', ' order by attnum)
	from pg_attribute where attrelid = 'narrow'::regclass and attnum > 0")" \
	'integer, character varying(3), numeric(6,2), json, double precision, timestamp(0) with time zone, integer, timestamp with time zone'
page '{"id":3000000000,"v":"abcd","m":"12.505","f":"0.12345678901234567","s":"2024-01-31T10:00:00.5Z"}'
status "its generated column stands in the way" 74 load narrow
q 'alter table narrow drop g'
page '{"id":3000000000,"v":"abcd","m":"12.505","f":"0.12345678901234567","s":"2024-01-31T10:00:00.5Z"}'
status "and not where they don't" 0 load narrow
is "with every digit" "$(q 'select id, v, m, f, s from narrow')" \
	'3000000000|abcd|12.505|0.12345678901234567|2024-01-31 10:00:00.5+00'

# Types and labels from files.
page '{"id":1,"zip":"12345","amount":"7","on":"true","day":null}'
cat >"$T/properties" <<'END'
{"results":[{"name":"zip","type":"string","label":"Zip's code","description":"5\n\u0000 digits"},{"name":"amount","type":"number","label":"Amount"},{"name":"day","type":"date"},{"name":"id","type":"bool"}]}
END
types() { # table
	q "select string_agg(attname || ' ' || format_type(atttypid, null) ||
		coalesce(' ' || col_description(attrelid, attnum), ''), ', '
		order by attnum) from pg_attribute
		where attrelid = '$1'::regclass and attnum > 0"
}
status "--declared" 0 load -q --declared "$T/properties" declared
is "gives types, and labels as comments" "$(types declared)" \
	"id bigint, zip text Zip's code: 5   digits, amount numeric Amount, on boolean, day date"
page '{"id":1,"amount":"many"}'
status "a value of another type" 0 load --declared "$T/properties" declared
like "is told" "$(cat "$T/err")" 'amount: declared number, but 1 of 1.*first many'
is "and the column is widened" "$(q 'select amount from declared')" many
page '{"id":"7","zip":"12345","new":"1"}'
echo '{"fields":[{"name":"id","type":"string"},{"name":"zip","type":"string"}]}' \
	>"$T/schema"
status "-s" 0 load -q -s "$T/schema" given
is "gives the types of a Table Schema" "$(types given)" \
	"id text, zip text, new bigint"
status "one of the two" 64 load -s "$T/schema" --declared "$T/properties" given
status "a schema that is none" 65 load -s "$T/in" given
status "one that is not there" 66 load --declared "$T/none" given

# What depends on a table stays.
page '{"id":1,"a":"x","n":1},{"id":2,"a":"y","n":2}'
load -q dep
q 'create view dep_v as select id, n from dep' \
	'create materialized view dep_m as select a from dep' \
	'create table child (dep bigint references dep)' \
	'insert into child values (2)' 'create role reader' \
	'grant select on dep to reader' 'alter table dep enable row level security' \
	'create policy p on dep for select to reader using (n > 1)' \
	'create index dep_n on dep (n)' 'create publication pub for table dep' \
	2>/dev/null
page '{"id":2,"a":"yy","n":2},{"id":3,"a":"z","n":3}'
status "a table with views, a foreign key, grants and policies" 0 \
	load dep
is "is replaced, and they go on" "$(q 'set role reader' \
	'select * from dep' 'reset role' 'select * from dep_v' \
	"select count(*) from pg_index where indrelid = 'dep'::regclass" |
	tr '\n' ' ')" '2|yy|2 3|z|3 2|2 3|3 2 '
page '{"id":3,"a":"z","n":3}'
status "a row that another table needs" 74 \
	load dep
like "stays, and so does the table" \
	"$(cat "$T/err")" 'violates foreign key.*\(id\)=\(2\) is still referenced'
page '{"id":2,"a":"y","n":"many"}'
status "a view on a column that has to be wider" 74 load dep
like "is named" "$(cat "$T/err")" 'n becomes text.*view dep_v depends'
is "nothing has changed" "$(q 'select * from dep' | tr '\n' ' ')" \
	'2|yy|2 3|z|3 '
page '{"id":1}'
status "a view is no table" 65 load dep_v

# Names.
x60=xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx
page "{\"id\":1,\"${x60}aaaaa\":\"a\",\"${x60}aaaab\":\"b\",\"Name\":\"N\",\"name\":\"n\",\"xmin\":5,\"a\\\"b; --\":6}"
load -q 'Odd.Na"me'
page "{\"id\":1,\"${x60}aaaab\":\"b2\",\"${x60}aaaaa\":\"a2\",\"Name\":\"N\",\"name\":\"n\",\"xmin\":5,\"a\\\"b; --\":6}"
load -q 'Odd.Na"me'
is "long names, system columns and quotes: each has its own column" \
	"$(q 'select row_to_json(t) from "Odd"."Na""me" t' |
		sed 's/x\{40,\}_[0-9a-f]*/long/g')" \
	'{"id":1,"long":"a2","long":"b2","Name":"N","name":"n","xmin_c6fc4cf5":5,"a\"b; --":6}'

page '{"id":1}'
load -q hs_load && load -q hs_stage && load -q hs_column
is "names of the loader's own tables are free" \
	"$(load hs_stage 2>&1; q 'select * from hs_load, hs_column')" \
	'hs-load-sql: "hs_stage": 0 rows added, 0 changed, 1 unchanged, 0 removed
1|1'

# What the server can't hold is said before it hears of it.
page '{"id":1,"a":"x"},{"id":2,"a":"x\u0000y"}'
status "a NUL character" 65 load new
like "is refused with its place" "$(cat "$T/err")" \
	'line 1: record 2: column a holds a NUL'
page '{"id":2,"a":{"k":["\ud800"]}}'
status "half a surrogate pair" 65 load new
like "in JSON, too" "$(cat "$T/err")" 'column a holds half a surrogate'
page '{"id":2,"a":["x\u0000\\u0000\ud83d\ude00\udead"],"b":"\udead\u0000"}'
status "--replace-invalid" 0 load -q --replace-invalid mended
is "drops and replaces" "$(q 'select a, b from mended')" \
	'["x\\u0000😀�"]|�'
awk 'BEGIN { printf "{\"results\":[{\"id\":1"; for (i = 0; i < 1600; i++)
	printf ",\"c%d\":1", i; print "}]}" }' >"$T/in"
status "1,601 columns" 65 load new
like "are too many" "$(cat "$T/err")" '1601 columns.*at most 1600'
is "no table was made" "$(q "select to_regclass('new')")" ""
line() {
	q "$@" | tr '\n' ' '
}
wide_test
wide_edge 23 330 345
wide_edge 24 440 460
wide_columns 1600

# A portal that is wider than a row.
rest_rows() {
	q "select row_to_json(t) from $1 t"
}
rest_columns() {
	q "select count(*) from pg_attribute where attrelid = '$1'::regclass and attnum > 0"
}
rest_test 1900
status "a table without room for more columns" 65 load --rest id portal
like "is no place for a column of the stream" "$(cat "$T/err")" \
	'--rest: the stream has a column id of its own'
rest_portal 5 1900 >"$T/in"
hs-load-sql --rest more piped <"$T/in" >"$T/script" 2>"$T/err"
status "the script of a wide portal" 0 client <"$T/script"
status "once more" 0 client <"$T/script"
jq -c '.p1 = null' "$T/in" | hs-load-sql --rest more piped >"$T/script" 2>"$T/err"
status "does not move a column of the table" 3 client <"$T/script"
like "and tells a way" "$(cat "$T/err")" 'p1 is a column of its own'
q 'alter table piped drop column p2'
hs-load-sql --rest more piped <"$T/in" >"$T/script" 2>"$T/err"
status "nor out of the one that has the others" 3 client <"$T/script"
like "and says which" "$(cat "$T/err")" 'p2 may be in more$'
q 'alter table piped alter more type jsonb'
status "a column of jsonb" 0 load -q --rest more piped
status "has the others, too" 0 load --rest more piped
like "without a change" "$(cat "$T/err")" '0 changed, 5 unchanged'
{ printf 'create table schema_made (x int);'; hs-schema -f sql --rest more \
	--table made <"$T/in"; } | psql -Xq -v ON_ERROR_STOP=1
status "a table that hs-schema has planned" 0 load --rest more made
unlike "gets no column more" "$(cat "$T/err")" 'is new'
t_done
