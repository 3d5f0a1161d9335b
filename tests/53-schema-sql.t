#!/bin/sh
# hs-schema -f sql: CREATE TABLE that each engine takes, with types that hold
# every value. PostgreSQL and SQLite run it.
. tests/lib.sh

sql() { # dialect [option…]
	d=$1
	shift
	hs-schema -f sql --dialect "$d" "$@"
}
# type DIALECT JSON-VALUE…: the type of a column of these values.
type_of() {
	d=$1
	shift
	for v; do
		printf '{"a":%s}\n' "$v"
	done | sql "$d" | sed -n 's/^	.a. //p'
}
types() { # JSON-VALUE…: in all dialects
	for d in postgres duckdb sqlite clickhouse bigquery snowflake; do
		type_of $d "$@"
	done | tr '\n' '|'
}
is "MariaDB's and MySQL's types" "$(for v in '"true"' '"12"' '"1.5"' \
	'"2024-02-03"' '"2024-02-03T04:05:06Z"' '"x"' '[1]'; do
	type_of mysql "$v"
done | tr '\n' '|')" \
	'BOOLEAN|BIGINT|DECIMAL(38, 1)|DATE|DATETIME(3)|LONGTEXT|JSON|'
like "a key has a length" "$(echo '{"id":"x"}' | hs-schema -f sql \
	--dialect mysql -k id)" '`id` VARCHAR\(768\),'
is "boolean" "$(types '"true"')" \
	'boolean|BOOLEAN|TEXT|Nullable(Bool)|BOOL|BOOLEAN|'
is "integer of 64 bits" "$(types '"9223372036854775807"')" \
	'bigint|BIGINT|INTEGER|Nullable(Int64)|INT64|NUMBER(38, 0)|'
is "integer beyond that" "$(types '"9223372036854775808"')" \
	'numeric|HUGEINT|TEXT|Nullable(Int128)|NUMERIC|NUMBER(38, 0)|'
d35=99999999999999999999999999999999999
is "integer of 35 digits" "$(types "\"$d35\"")" \
	'numeric|HUGEINT|TEXT|Nullable(Int128)|BIGNUMERIC|NUMBER(38, 0)|'
is "of 70" "$(types "\"$d35$d35\"")" \
	'numeric|VARCHAR|TEXT|Nullable(Int256)|STRING|VARCHAR|'
is "of 105" "$(types "\"$d35$d35$d35\"")" \
	'numeric|VARCHAR|TEXT|Nullable(String)|STRING|VARCHAR|'
is "number of 15 digits in all" "$(types '"1234567890.5"' '"0.12345"')" \
	'numeric|DOUBLE|REAL|Nullable(Float64)|FLOAT64|FLOAT|'
is "number of more" "$(types '"12345678901.5"' '"0.12345"')" \
	'numeric|DECIMAL(38, 5)|TEXT|Nullable(Decimal(76, 5))|NUMERIC|NUMBER(38, 5)|'
is "a large exponent" "$(types 1e300)" \
	'numeric|VARCHAR|TEXT|Nullable(String)|STRING|VARCHAR|'
is "one beyond PostgreSQL's" "$(type_of postgres 1e200000)" text
is "date" "$(types '"2023-01-15"')" \
	'date|DATE|TEXT|Nullable(Date32)|DATE|DATE|'
is "a year that ClickHouse has not" "$(type_of clickhouse '"1492-01-15"')" \
	'Nullable(String)'
is "datetime" "$(types '"2023-01-15T05:00:00.178Z"')" \
	"timestamptz|TIMESTAMPTZ|TEXT|Nullable(DateTime64(9, 'UTC'))|TIMESTAMP|TIMESTAMP_TZ(9)|"
is "of nanoseconds" "$(types '"2023-01-15T05:00:00.123456789Z"')" \
	"text|VARCHAR|TEXT|Nullable(DateTime64(9, 'UTC'))|STRING|TIMESTAMP_TZ(9)|"
is "of more" "$(types '"2023-01-15T05:00:00.1234567891Z"')" \
	"text|VARCHAR|TEXT|Nullable(String)|STRING|VARCHAR|"
is "without zone" "$(types '"2023-01-15T05:00:00"')" \
	"timestamp|TIMESTAMP|TEXT|Nullable(DateTime64(9, 'UTC'))|DATETIME|TIMESTAMP_NTZ(9)|"
is "with and without" \
	"$(type_of postgres '"2023-01-15T05:00:00"' '"2023-01-15T05:00:00Z"')" text
is "a date beside a time with zone is text: a zone would move its day" \
	"$(types '"2023-01-15T05:00:00.178Z"' '"2023-01-15"')" \
	"text|VARCHAR|TEXT|Nullable(String)|STRING|VARCHAR|"
is "in either order" \
	"$(type_of postgres '"2023-01-15"' '"2023-01-15T05:00:00Z"')" text
is "beside one without zone it is midnight" \
	"$(types '"2023-01-15T05:00:00"' '"2023-01-15"')" \
	"timestamp|TIMESTAMP|TEXT|Nullable(DateTime64(9, 'UTC'))|DATETIME|TIMESTAMP_NTZ(9)|"
is "the text -0 is text" "$(type_of postgres '"-0"' '"7"')" text
copy() { # JSON-VALUE…: the COPY command of a column
	for v; do
		printf '{"id":"1","a":%s}\n' "$v"
	done | sql postgres | sed -n 's/^-- .*csv, HEADER//p'
}
is "an empty string is null where the type has none" \
	"$(copy '""' '"7"')" ', FORCE_NULL ("a"))'
is "so it is beside nested values" "$(copy '""' '{}')" ', FORCE_NULL ("a"))'
is "it stays where the column is text" "$(copy '""' '"x"')" ')'
is "also where another type is" "$(copy '""' '[1]' '"x"')" ')'
is "and where the database has none for the type" \
	"$(copy '""' '"2023-01-15T05:00:00Z"' '"2023-01-15"')" ')'
is "nested" "$(types '[]')" \
	'json|JSON|TEXT|Nullable(String)|JSON|VARIANT|'
is "any is text" "$(types '[]' '"x"')" \
	'text|VARCHAR|TEXT|Nullable(String)|STRING|VARCHAR|'
is "no value is text" "$(type_of postgres null)" text

# Names.
names() { # dialect: the columns of records on standard input
	sql "$1" -q | sed -n 's/^	\(["`].*["`]\) [^ ]*$/\1/p;
		s/^	\(["`].*["`]\) [^ ]* -- .*/\1/p' | tr '\n' ' '
}
is "a quote in a name is doubled" "$(printf '%s\n' '{"a\"b":1}' | names postgres)" \
	'"a""b" '
is "or escaped" "$(printf "%s\n" '{"a`\\b":1}' | names clickhouse)" '`a\`\\b` '
is "control characters become _" \
	"$(printf '%s\n' '{"a\u0000\nb":1}' | sql postgres | sed -n '3p')" \
	'	"a__b_a2cdc71a" bigint -- "a\u0000\nb"'
is "no statement is smuggled in by a name" "$(
	printf '%s\n' '{"a\n); DROP TABLE x; --":1}' | sql postgres | grep -c DROP)" 1
is "an empty name gets one" "$(echo '{"":1}' | names postgres)" '"x_4fd0bfc1" '
is "system columns are spared" "$(echo '{"xmin":1}' | names postgres)" \
	'"xmin_c6fc4cf5" '
is "letter case does not tell names apart everywhere" \
	"$(echo '{"Name":1,"name":2,"NAME":3}' | names sqlite)" \
	'"Name_609872a0" "name_4adfb63c" "NAME" '
is "but in PostgreSQL" "$(echo '{"Name":1,"name":2}' | names postgres)" \
	'"Name" "name" '
is "BigQuery's names are words" \
	"$(echo '{"a.b":1,"a/b":2,"_TABLE_x":3,"line items":4}' | names bigquery)" \
	'`a_b_e27bcb35` `a_b_e2480c78` `x_TABLE_x_7e9ba5a9` `line items` '
# A name that is changed goes by a hash of itself: new columns, and another
# order, rename none.
x24=xxxxxxxxxxxxxxxxxxxxxxxx
x30=xxxxxxxxxxxxxxxxxxxxxxxxxxxxxx
echo "{\"${x30}${x30}xxxxa\":1,\"${x30}${x30}xxxxb\":2,\"${x30}${x30}xxx\":3,\"${x30}${x30}xxé\":4}" |
	names postgres >"$T/names"
is "63 bytes are enough, cut between characters, none is cut twice" \
	"$(cat "$T/names")" "\"${x30}${x24}_340097a9\" \"${x30}${x24}_3400af80\" \"${x30}${x30}xxx\" \"${x30}${x24}_0cd80fe2\" "
for d in postgres sqlite bigquery; do
	old="{\"${x30}${x30}xxxxa\":1,\"a.b\":2,\"createdAt\":3,\"Zip\":4,\"id\":5}"
	echo "$old" | names $d | tr ' ' '\n' | sort >"$T/names"
	echo "{\"createdat\":1,\"a_b\":2,\"${x30}${x30}xxx\":3,\"Id\":3}$old" |
		sed 's/}{/,/' | names $d | tr ' ' '\n' | sort >"$T/more"
	is "new columns before them rename no column ($d)" \
		"$(comm -23 "$T/names" "$T/more")" ''
	is "and have names of their own ($d)" \
		"$(sort -u "$T/more" | grep -c .)" 9
done
awk 'BEGIN { printf "{"; for (i = 0; i < 1500; i++)
	printf "%s\"'"$x30$x30"'xxx%d\":%d", i ? "," : "", i, i; print "}" }' \
	>"$T/alike"
is "1,500 names that begin alike stay 1,500" \
	"$(sql postgres -q <"$T/alike" | sed -n 's/^	\("[^"]*"\).*/\1/p' |
		sort -u | wc -l | tr -d ' ')" 1500

like "the table has the object's name" \
	"$(echo '{"results":[{"id":1}],"hs":{"object":"companies","page":0}}' |
		sql postgres)" '^CREATE TABLE "companies" \($'
like "or that of --table, with its schema" \
	"$(echo '{"id":1}' | sql postgres --table 'crm.my "own"')" \
	'^CREATE TABLE "crm"."my ""own""" \($'
like "or none in particular" "$(echo '{"id":1}' | sql bigquery)" \
	'^CREATE TABLE `records` \($'
like "ClickHouse orders by the key" "$(echo '{"id":1,"b":2}' |
	sql clickhouse -k id | tr -d '\n\t')" \
	'`id` Int64,`b` Nullable.Int64.\) ENGINE = MergeTree ORDER BY \(`id`\);$'
like "or by nothing" "$(echo '{"id":1}' | sql clickhouse)" \
	'ORDER BY tuple\(\);$'
status "no records make no table" 65 sql postgres <<'END'
{"results":[]}
END
awk 'BEGIN { printf "{"; for (i = 0; i < 1601; i++)
	printf "%s\"c%d\":1", i ? "," : "", i; print "}" }' >"$T/wide"
status "more columns than PostgreSQL has" 65 sql postgres <"$T/wide"
like "is said" "$(cat "$T/err")" '1601 columns.* 1600'

# A warning before a table is too wide.
wide() { # columns value: a record
	awk -v n="$1" -v v="$2" 'BEGIN { printf "{\"id\":\"1\",\"none\":null"
		for (i = 2; i < n; i++)
			printf ",\"c%d\":%s", i, v
		print "}" }'
}
wide 1441 1 | sql postgres >/dev/null 2>"$T/err"
like "1,441 columns of 1,600 are worth a warning" "$(cat "$T/err")" \
	'1441 columns, and a table of postgres has at most 1600; --drop-empty leaves out 1 '
wide 900 1 | sql postgres >/dev/null 2>"$T/err"
is "900 are not" "$(cat "$T/err")" ''
text='"twenty characters and"'
wide 500 "$text" | sql postgres >/dev/null 2>"$T/err"
like "a record that is longer than a row is" "$(cat "$T/err")" \
	'a record with 499 values may take [0-9]+ bytes, and a row of postgres has 8160'
wide 500 "$text" | sql sqlite >/dev/null 2>"$T/err"
is "where rows have that limit" "$(cat "$T/err")" ''
{ wide 500 null; echo "{\"c7\":$text}"; } | sql postgres >/dev/null 2>"$T/err"
is "columns without values take no room" "$(cat "$T/err")" ''
is "without such columns the table is smaller" \
	"$(wide 3 null | sql postgres --drop-empty)" '-- \copy "records" FROM '"'FILE.csv'"' WITH (FORMAT csv, HEADER)
CREATE TABLE "records" (
	"id" bigint
);'
wide 1700 "$text" | sql postgres --rest more >"$T/out" 2>"$T/err"
is "--rest leaves columns that a row has room for" \
	"$(grep -c '" text,$' "$T/out") $(tail -n 2 "$T/out" | tr -d '\n\t')" \
	'266 "more" json);'
is "and nothing to warn of" "$(cat "$T/err")" ''
is "a table that has room needs none" \
	"$(wide 5 1 | sql mysql --rest more)" "$(wide 5 1 | sql mysql)"
is "2,300 columns are too many for SQLite" \
	"$(wide 2300 1 | sql sqlite --rest more | grep -c '" [A-Z]*,$')" 1999
wide 3 1 >"$T/none3"
status "a column of that name in the stream" 65 hs-schema -f sql --rest c2 \
	<"$T/none3"
status "--rest is for sql" 64 hs-schema --rest more </dev/null
is "--filled is --drop-empty" "$(wide 3 null | sql postgres --filled)" \
	"$(wide 3 null | sql postgres --drop-empty)"
is "so is the schema" "$(wide 3 null | hs-schema --drop-empty |
	jq -c '[.fields[].name]')" '["id"]'
echo '{"results":[{"id":"1","a":null,"b":"","c":"x"},{"a":null,"d":"y"}]}' >"$T/sparse"
is "it has the columns of hs-load-csv --drop-empty" \
	"$(hs-schema --drop-empty <"$T/sparse" | jq -r '[.fields[].name] | join(",")')" \
	"$(hs-load-csv --drop-empty - <"$T/sparse" | head -n 1)"

# A table with one of everything, its statement and its rows.
cat >"$T/records" <<'END'
{"results":[
{"id":"1","flag":"true","n":"12","big":"9223372036854775808","price":"0.10","exact":"12345678901234567.25","day":"2024-02-29","at":"2023-01-15T05:00:00Z","late":"2023-01-15T05:00:00.123456789Z","links":[{"id":"1","type":"a\u0000b"}],"mixed":{},"never":null,"zip":"01234","line items":[]},
{"id":"2","flag":"","n":"","big":"","price":"","exact":"","day":"","at":"","late":"","links":null,"mixed":"x","zip":"","Id":"7"},
{"id":"3","flag":"false","n":"-9223372036854775808","big":"-1","price":"-5","exact":"1","day":"0001-01-01","at":"2022-02-17T19:13:11.178+01:00","late":"2023-01-15","zip":"x \"y\"\n,z","we ird\"; DROP TABLE t; --":"1"}
],"hs":{"object":"companies","page":0}}
END
tr -d '\n' <"$T/records" >"$T/one" && echo >>"$T/one"
hs-load-csv "$T/t.csv" <"$T/one"

if command -v sqlite3 >/dev/null; then
	sql sqlite --table t <"$T/one" >"$T/t.sql"
	status "SQLite takes the statement" 0 sqlite3 "$T/db" ".read $T/t.sql"
	status "and the rows" 0 sqlite3 "$T/db" \
		".import --csv --skip 1 $T/t.csv t"
	is "which come out as they went in" "$(sqlite3 "$T/db" \
		'select id, n, big, exact, day, at from t order by id' |
		tr '\n' '+')" \
		'1|12|9223372036854775808|12345678901234567.25|2024-02-29|2023-01-15T05:00:00Z+2|||||+3|-9223372036854775808|-1|1|0001-01-01|2022-02-17T19:13:11.178+01:00+'
	sql sqlite -q <"$T/alike" >"$T/wide.sql"
	status "1,500 columns, too" 0 sqlite3 "$T/db" ".read $T/wide.sql"
else
	skip "SQLite runs it" "no sqlite3: make deps-test"
fi

for dir in $(ls -d /usr/lib/postgresql/*/bin 2>/dev/null); do
	PATH=$PATH:$dir
done
if ! command -v initdb >/dev/null || ! command -v postgres >/dev/null ||
	! command -v psql >/dev/null; then
	skip "PostgreSQL runs it" "no initdb, postgres or psql: make deps-test"
	t_done
fi
# PostgreSQL refuses to run as root.
as=
if [ "$(id -u)" = 0 ]; then
	command -v setpriv >/dev/null || {
		skip "PostgreSQL runs it" "root, and no setpriv"
		t_done
	}
	as="setpriv --reuid=65534 --regid=65534 --clear-groups"
	mkdir "$T/pg" && chown 65534:65534 "$T/pg" && chmod 711 "$T"
else
	mkdir "$T/pg"
fi
chmod 644 "$T"/t.csv
pg() {
	(cd "$T/pg" && HOME=$T/pg $as "$@")
}
if ! pg initdb -D "$T/pg/data" -U u -A trust -N -E UTF8 --locale=C.UTF-8 \
	>"$T/initdb.log" 2>&1; then
	skip "PostgreSQL runs it" "initdb fails: $(tail -n 1 "$T/initdb.log")"
	t_done
fi
pg_ended() {
	pg pg_ctl -D "$T/pg/data" -m immediate stop >/dev/null 2>&1
	t_end
}
trap pg_ended EXIT
pg pg_ctl -D "$T/pg/data" -w -l "$T/pg/log" \
	-o "-c listen_addresses= -c unix_socket_directories=$T/pg -F" \
	start >"$T/start.log" 2>&1 || {
	skip "PostgreSQL runs it" "does not start: $(tail -n 1 "$T/pg/log")"
	t_done
}
q() {
	psql -X -q -A -t -h "$T/pg" -U u -v ON_ERROR_STOP=1 "$@" postgres
}
sql postgres --table t <"$T/one" >"$T/t.sql"
status "PostgreSQL takes the statement" 0 q -f "$T/t.sql"
sed -n "s,^-- \\(.copy.*\\)FILE.csv,\\1$T/t.csv,p" "$T/t.sql" >"$T/copy.sql"
status "and the rows, with the COPY that it comes with" 0 q -f "$T/copy.sql"
is "numbers come out as they went in" "$(q -c \
	'select id, n, big, price, exact from t order by id' | tr '\n' '+')" \
	'1|12|9223372036854775808|0.10|12345678901234567.25+2||||+3|-9223372036854775808|-1|-5|1+'
is "so do times, in UTC" "$(q -c "set timezone = 'UTC'" \
	-c 'select flag, day, at, late from t order by id' | tr '\n' '+')" \
	't|2024-02-29|2023-01-15 05:00:00+00|2023-01-15T05:00:00.123456789Z+|||+f|0001-01-01|2022-02-17 18:13:11.178+00|2023-01-15+'
is "and text and JSON" "$(q -c \
	"select zip, links, mixed, \"line items\", \"Id\" from t order by id" |
	tr '\n' '+')" \
	'01234|[{"id":"1","type":"a\u0000b"}]|{}|[]|+||x||7+x "y"+,z||||+'
is "the key is one" "$(q -c "select count(*) from pg_index
	where indrelid = 't'::regclass and indisprimary")" 1
sql postgres -q <"$T/alike" >"$T/wide.sql"
status "1,500 columns, too" 0 q -f "$T/wide.sql"
is "all of which are there" "$(q -c "select count(*) from
	information_schema.columns where table_name = 'records'")" 1500
t_done
