#!/bin/sh
# hs-load-clickhouse: what is in the stream is in the table, the table grows
# with it, and a merge replaces rows by their key.
. tests/lib.sh
. tests/clickhouse.sh
ch_start
# Types, before version 22 and since.
if [ -z "$CHDB" ]; then
	portal='^Int64 Nullable\(Date\) Nullable\(Float64\) Nullable\(Int64\) Nullable\(String\) $'
	bool=String date=Date time=String big='Decimal(38, 0)'
	old=String at=2020-01-02T03:04:05.678Z
else
	portal="^Int64 Nullable\\(Bool\\) Nullable\\(Date32\\) Nullable\\(DateTime64\\(9, .*\\)\\) Nullable\\(Float64\\) Nullable\\(Int64\\) Nullable\\(String\\) $"
	bool=Bool date=Date32 time="DateTime64(9, \\'UTC\\')" big=Int128
	old=Date32 at='2020-01-02 03:04:05.678000000'
fi
load() {
	hs-load-clickhouse --address "$db" "$@" <"$T/in"
}
types() { # table: its columns
	q "select name, type from system.columns where table = '$1'" |
		tr '\t\n' ' ,'
}
rows() { # table [final]
	q "select * from $1 $2 order by id" | tr '\n' ';'
}

# Every cell of a portal with HubSpot's quirks.
standin_start --records 250
hs-fetch -a contacts,deals companies | hs-flatten >"$T/in"
status "a portal is loaded as text" 0 load --text crm.as_text
like "and counted" "$(cat "$T/err")" \
	'^hs-load-clickhouse: `crm`.`as_text`: 250 rows$'
jq -c '.results[] | map_values(if type == "string" or . == null then . else
	tojson end) | to_entries | map(select(.value != null)) | sort |
	from_entries' "$T/in" | sort >"$T/want"
q 'select * from crm.as_text format JSONEachRow' | jq -c 'to_entries |
	map(select(.value != null)) | sort | from_entries' | sort >"$T/got"
same "each cell is the record's value" "$T/got" "$T/want"
status "and with types" 0 load typed
like "they are ClickHouse's" "$(q "select distinct type from system.columns
	where table = 'typed'" | sort | tr '\n' ' ')" "$portal"
status "the portal again" 0 load typed
is "is no more" "$(q 'select count() from typed')" 250

# Values.
cat >"$T/in" <<'END2'
{"results":[{"id":"1","a":"x\r\ny\tz\u0000\\N","e":{"k":"\\ \" \n"},"n":"5","b":"true","d":"2020-01-02","t":"2020-01-02T03:04:05.678Z","big":"12345678901234567890","f":0.1,"old":"1969-01-01"},{"id":"2","a":"","n":"","b":null,"d":"","big":""}]}
END2
status "values of all types" 0 load values
is "have types that hold them" "$(types values)" "id Int64,a Nullable(String),e Nullable(String),n Nullable(Int64),b Nullable($bool),d Nullable($date),t Nullable($time),big Nullable($big),f Nullable(Float64),old Nullable($old),"
is "an empty text is one, and null elsewhere" "$(q 'select a = '"''"', isNull(n),
	isNull(d), isNull(big) from values where id = 2')" "1	1	1	1"
is "no character of a text has a meaning" "$(q 'select hex(a), e, n, b, d, t,
	big, f, old from values where id = 1')" '780D0A79097A005C4E	{"k":"\\\\ \\" \\n"}	5	true	2020-01-02	'"$at"'	12345678901234567890	0.1	1969-01-01'
page '{"id":"1","a b`\\c":1,"_version":"2","x.y":"3"}'
status "names of columns" 0 load 'na`m\e'
is "are quoted; one that a merge needs gets another" \
	"$(q "describe table \`na\\\`m\\\\e\`" | cut -f 1 | tr '\n' ' ')" \
	'id a b`\\c _version_b035a024 x.y '

# A replacement.
page '{"id":"1","a":"x","n":"1"},{"id":"2","a":"y","n":"2"}'
load -q t
page '{"id":"2","a":"z","n":"3.5","new":true},{"id":"3"}'
status "a table is replaced" 0 load t
is "is the stream; its columns are added and widened" "$(types t) $(rows t)" \
	"id Int64,a Nullable(String),n Nullable(Float64),new Nullable($bool), 2	z	3.5	true;3	\N	\N	\N;"
page '{"id":"2","a":"7"}'
status "a stream with fewer columns" 0 load t
like "makes the others null" "$(cat "$T/err")" 'so null: `n`, `new`$'
is "and narrows none" "$(types t) $(rows t)" \
	"id Int64,a Nullable(String),n Nullable(Float64),new Nullable($bool), 2	7	\N	\N;"
page '{"id":"x","a":"7"}'
status "a key's type cannot be changed" 65 load t
like "and is named" "$(cat "$T/err")" 'column id is Int64 .* need String; it orders'
page '{"id":"1","a":"7","more":"1"}'
status "--no-alter" 65 load --no-alter t
like "adds no column" "$(cat "$T/err")" 'column more would be added'
status "and makes no table" 65 load --no-alter t2
page '{"id":"1","n":"x"}'
status "nor does it widen one" 65 load --no-alter t
like "it says so" "$(cat "$T/err")" 'column n would be widened'
q 'create table own (id UInt32, n Int8, e Enum8('"'a'"' = 1), m String
	materialized toString(id), d DateTime) engine = MergeTree
	partition by id % 2 order by id'
page '{"id":"1","n":"1","e":"a","d":"2020-01-02T03:04:05Z"},{"id":"2"}'
status "a table of one's own" 0 load own
is "keeps engine, types and partitions; nulls make columns nullable" \
	"$(q "select engine, partition_key from system.tables
	where name = 'own'") $(types own | sed 's/m String,//') $(rows own)" \
	"MergeTree	id % 2 id UInt32,n Nullable(Int8),e Nullable(Enum8(\\'a\\' = 1)),d Nullable(DateTime), 1	1	a	2020-01-02 03:04:05;2	\\N	\\N	\\N;"
page '{"id":"1","m":"x"}'
status "a computed column takes no values" 65 load own
page '{"id":"1"},{"id":"2"},{"id":"3"}'
load -q many
page '{"id":"1"}'
status "--max-removed" 65 load --max-removed 1 many
like "counts" "$(cat "$T/err")" '2 of 3 rows would be removed'
status "as a share, too" 65 load --max-removed 50% many
is "it removes nothing" "$(rows many)" '1;2;3;'
status "what it allows" 0 load --max-removed 67% many
page
status "no records" 0 load many
is "make an empty table of one that there is" "$(q 'select count() from many')" 0
status "and no other" 0 load none
like "with a message" "$(cat "$T/err")" 'no table is made'
page '{"id":"1"}'
q 'create view look as select 1'
status "a view is no table" 65 load look
like "the reason is its engine" "$(cat "$T/err")" 'its engine is View'

# A merge.
page '{"id":"1","a":"x","k":"keep"},{"id":"2","a":"y"},{"id":"2","a":"last"}'
status "a merge makes a table" 0 load -m merge m
is "that keeps the last row of a key" "$(q "select engine_full from
	system.tables where name = 'm'" | sed 's/(id)/id/')" \
	'ReplacingMergeTree(_version) ORDER BY id SETTINGS index_granularity = 8192'
is "of the stream, too" "$(q 'select id, a from m final order by id' |
	tr '\n\t' '; ')" '1 x;2 last;'
page '{"id":"1","a":"new","n":"1"},{"id":"3","a":"z","n":"2"}'
status "the next one" 0 load -m merge m
is "adds rows and columns; what the stream lacks stays" \
	"$(q 'select id, a, k, n from m final order by id' | tr '\n\t' '; ')" \
	'1 new keep 1;2 last \N \N;3 z \N 2;'
page '{"id":"3","a":"zz","n":"text"}'
status "--optimize" 0 load -m merge --optimize m
is "removes what was replaced; an integer becomes text" \
	"$(q 'select id, a, k, n from m order by id' | tr '\n\t' '; ')" \
	'1 new keep 1;2 last \N \N;3 zz \N text;'
page
status "no records" 0 load -m merge m
like "change nothing" "$(cat "$T/err")" 'nothing changes'
page '{"id":"9","a":"only"}'
status "a merged table is replaced" 0 load m
is "and stays one" "$(q 'select id, a from m') $(q "select engine from
	system.tables where name = 'm'")" "9	only ReplacingMergeTree"
status "--max-removed sees what replaced rows leave" 0 load --max-removed 0 m
status "a table of another engine is not merged" 65 load -m merge t
like "the reason is its engine" "$(cat "$T/err")" \
	'its engine is MergeTree; a merge needs ReplacingMergeTree'
status "nor is one with another key" 65 load -m merge -k a m
q 'create table parts (id Int64, a String, _version UInt64) engine =
	ReplacingMergeTree(_version) partition by id order by id'
status "nor one with partitions" 65 load -m merge parts
page '{"id":"1","a":"x"},{"id":"2","a":"y"}'
status "which can be replaced" 0 load parts
is "each of them" "$(q 'select id, a from parts order by id' | tr '\n\t' '; ')" \
	'1 x;2 y;'
q 'create table two (id Int64, b Int64, _version UInt64) engine =
	ReplacingMergeTree(_version) partition by (id % 2, b) primary key id
	order by (id, b)'
page '{"id":"1","b":"1"},{"id":"2","b":"2"}'
status "a key in part" 0 load -k id,b two
is "keeps the partitions' rows" "$(q 'select id, b from two order by id' | tr '\n\t' '; ')" \
	'1 1;2 2;'
is "no other table is left" "$(q "select name from system.tables
	where name like '\\_hs%'")" ""

# -n prints the statements.
page '{"id":"2","a":"z","b":"1"}'
q 'select * from m' >"$T/before"
status "-n" 0 load -n -m merge m
like "prints a merge" "$(cat "$T/out")" '^ALTER TABLE `default`.`m` ATTACH PARTITION'
status "-n" 0 load -n own2
like "prints a new table" "$(cat "$T/out")" \
	'^CREATE TABLE .* \(`id` Int64, `a` Nullable\(String\), `b` Nullable\(Int64\)\) ENGINE = MergeTree ORDER BY \(`id`\);$'
q 'select * from m' >"$T/after"
same "and changes nothing" "$T/before" "$T/after"
t_done
