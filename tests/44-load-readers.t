#!/bin/sh
# An awkward table of hs-load-csv's, read by programs of other people: all of
# them find in each cell what the stream had in it.
. tests/lib.sh
cd "$T" || exit 1

cat >stream <<'END'
{"results":[
{"id":"\\.","a":null,"b":"","c":"plain","d e":"x"},
{"id":"2","a":"a,b","b":"say \"hi\"","c":"\"","d e":"\"\""},
{"id":"3","a":"two\nlines","b":"\n","c":"end\n","d e":"cr\r\nlf"},
{"id":"4","a":" leading","b":"trailing ","c":"\ttab\t","d e":" "},
{"id":"5","a":"\\","b":"\\\\","c":"\\N","d e":"a\\nb"},
{"id":"6","a":"NULL","b":"null","c":"00123","d e":"1e5"},
{"id":"7","a":"é€😀","b":"e\u0301","c":"\u00a0","d e":"\u2028"},
{"id":"8","a":"=1+1","b":"'","c":"''","d e":";"},
{"id":"9","a":"\\.x","b":"x\\.","c":"#","d e":"|"},
{"id":"10","a":null,"b":null,"c":null,"d e":null},
{"id":"11","a":"","b":"","c":"","d e":""},
{"id":"12","a":"[{\"k\":\"v\"}]","b":",","c":",,","d e":"\","}
]}
END
tr -d '\n' <stream >page
hs-load-csv table.csv <page
jq -c '.results[] | [.id, .a, .b, .c, .["d e"]]' <page >nulls
jq -c 'map(. // "")' <nulls >texts
is "there is a table" "$(wc -l <texts)" 12

if python3 -c 'import csv' 2>/dev/null; then
	python3 - >got <<'END'
import csv, json
with open("table.csv", newline="", encoding="utf-8") as f:
    for row in list(csv.reader(f))[1:]:
        print(json.dumps(row))
END
	jq -c . <got >got.json
	same "Python's csv" got.json texts
else
	skip "Python's csv" "no python3"
fi

if command -v mlr >/dev/null; then
	# Miller 6 drops the CR of a CRLF, even inside quotes.
	jq -c 'map(gsub("\r\n"; "\n"))' <texts >want
	mlr --icsv --ojson -S cat table.csv | jq -c '.[] | [.[]]' >got
	same "Miller, but for CRLF" got want
else
	skip "Miller, but for CRLF" "no mlr"
fi

if command -v sqlite3 >/dev/null; then
	sqlite3 -batch :memory: ".mode csv" ".import table.csv t" \
		".mode list" 'select json_array(id, a, b, c, "d e") from t' |
		jq -c . >got
	same "sqlite3" got texts
else
	skip "sqlite3" "no sqlite3"
fi

# DuckDB guesses from the first 20,480 rows what quotes mean.
awk 'BEGIN {
	for (i = 0; i < 60000; i++) {
		name = "name" i; n = i
		if (i == 50000) name = "say \\\"hi\\\", you"
		if (i == 50001) name = n = ""
		if (i == 50002) name = "two\\nlines"
		if (i == 50003) printf "{\"id\":\"%d\",\"name\":null}\n", i
		else printf "{\"id\":\"%d\",\"name\":\"%s\",\"n\":\"%s\"}\n",
			i, name, n
	}
}' >late
hs-load-csv late.csv <late
is "names are quoted where the first quoted cell comes late" \
	"$(head -n 1 late.csv)" '"id","name","n"'
is "on standard output, too" "$(hs-load-csv - <late | head -n 1)" \
	'"id","name","n"'
rm -f merged.csv
hs-load-csv -m merge merged.csv <late
same "and in a merge that makes the table" merged.csv late.csv
grep -v 'say\|""\|lines' late | hs-load-csv merged.csv
is "a table without quotes has a header without them, or is plain" \
	"$(sed 1d merged.csv | grep -c '"')" 0
sed -i '1s/"//g' merged.csv
hs-load-csv -m merge merged.csv <late
is "a merge that brings the first quotes mends the header" \
	"$(head -n 1 merged.csv)" '"id","name","n"'
echo '{"id":"x","name":"a, b","more":"1"}' >one
head -n 20000 late >head
hs-load-csv short.csv <head
hs-load-csv -m merge short.csv <one
is "so does one that makes it large, for new columns, too" \
	"$(head -n 1 short.csv)" '"id","name","n","more"'
head -n 20000 late | hs-load-csv short.csv
is "not in a table of few rows" "$(head -n 1 short.csv)" id,name,n
{ echo '{"id":"x","name":"","n":"1"}'; cat late; } | hs-load-csv quoted.csv
is "nor where a quoted cell comes early" "$(head -n 1 quoted.csv)" id,name,n
hs-schema -f sql --dialect duckdb --table t <late >t.sql
like "the statement comes with its load command" "$(cat t.sql)" \
	"^-- INSERT INTO \"t\" SELECT \* REPLACE \(nullif\(\"n\", ''\) AS \"n\"\) FROM read_csv\('FILE.csv'"
printf '%s\n' '{"a\nb":"1","it'"'"'s":"x"}' | hs-schema -f sql --dialect duckdb >names.sql
like "which names the columns where a name had to be changed" \
	"$(cat names.sql)" "names = \['a_b_[0-9a-f]{8}', 'it''s'\]\);$"
if command -v duckdb >/dev/null; then
	rows="where id between 50000 and 50003 order by id"
	duckdb -noheader -list -nullvalue NULL -c \
		"select id, name, n from 'late.csv' $rows" >got
	is "DuckDB reads it by its defaults, empty strings as nulls" \
		"$(cat got)" '50000|say "hi", you|50000
50001|NULL|NULL
50002|two
lines|50002
50003|NULL|NULL'
	for file in late merged; do
		[ $file = late ] || sed -i '1s/"//g' merged.csv
		{
			grep -v '^--' t.sql
			sed -n "s/^-- \(INSERT.*\)FILE/\1$file/p" t.sql
			echo "select id, name, n from t $rows;"
		} >load.sql
		is "the load command reads $file.csv exactly" \
			"$(duckdb -noheader -list -nullvalue NULL -c "$(cat load.sql)")" \
			'50000|say "hi", you|50000
50001||NULL
50002|two
lines|50002
50003|NULL|NULL'
	done
else
	skip "DuckDB" "no duckdb"
fi

# PostgreSQL, which also tells a null from an empty string.  Its server
# refuses root.
pg_bin=$(ls -d /usr/lib/postgresql/*/bin 2>/dev/null | tail -n 1)
PATH=$PATH:$pg_bin
as=
[ "$(id -u)" = 0 ] && as="setpriv --reuid=65534 --regid=65534 --clear-groups"
pg=$T/pg
start_postgres() {
	command -v initdb >/dev/null && command -v psql >/dev/null || return 1
	chmod 755 "$T"
	mkdir "$pg" && { [ -z "$as" ] || chown 65534:65534 "$pg"; } || return 1
	(cd "$pg" && $as initdb -D "$pg/data" -U hs -A trust -N -E UTF8 \
		--locale=C && $as pg_ctl -D "$pg/data" -w -l "$pg/log" \
		-o "-F -k $pg -c listen_addresses=''" start) >pg.log 2>&1
}
if start_postgres; then
	psql -q -X -h "$pg" -U hs -d postgres -v ON_ERROR_STOP=1 -A -t >got <<END
create table t (id text, a text, b text, c text, "d e" text);
\\copy t from 'table.csv' (format csv, header)
select json_build_array(id, a, b, c, "d e") from t;
truncate t;
END
	jq -c . <got >got.json
	same "PostgreSQL, nulls apart from empty strings" got.json nulls
	(cd "$pg" && $as pg_ctl -D "$pg/data" -w -m immediate stop) >/dev/null
else
	skip "PostgreSQL, nulls apart from empty strings" "no server to start"
fi
t_done
