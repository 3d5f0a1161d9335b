#!/bin/sh
# Every recipe of README and the manuals that hands data to another program,
# run with it on data that has empty strings, nulls, quotes, late columns and
# dates.
. tests/lib.sh
. tests/pg.sh
. tests/recipes.sh
top=$PWD
mkdir "$T/bin" "$T/store" "$T/home"
cp "$BUILD/bin/hs-run" "$T/bin" # which looks beside itself for hs-fetch
for page in man/*.[157] README.md; do
	recipes "$page" | sed 's/\o37.*//' >"$T/${page#*/}.recipes"
done
man() { # page text: a block, from anywhere
	(cd "$top" && block "$1" "$2")
}
pg_ready=
pg_try && pg_ready=yes
cd "$T" || exit 1
cat >bin/hs-fetch <<'END2'
#!/bin/sh
# The pages of the object that is named last, to standard output or FILE (-o).
file=
printf '%s\n' "${HUBSPOT_API_KEY:-}" >>"$PAGES/tokens"
for a; do
	case ${before:-} in
	-o) file=$a ;;
	--token-file) cat "$a" >>"$PAGES/tokens" ;;
	--stats) echo '{"records":5}' >"$a" ;;
	esac
	case $a in --archived) file2=.archived ;; esac
	before=$a
done
set -- "$PAGES/$(echo "$before" | tr / _)${file2:-}"
[ -n "$file" ] || exec cat "$1"
cat "$1" >"$file"
END2
chmod +x bin/hs-fetch
PATH=$T/bin:$PATH
PAGES=$T/store
export PAGES

pages() { # object records…: a page for each
	object=$1 n=0
	name=$(echo "$1" | tr / _)
	shift
	: >"store/$name"
	for records; do
		n=$((n + 1)) next=
		[ $n = $# ] || next="\"paging\":{\"next\":{\"after\":\"$n\"}},"
		printf '{"results":[%s],%s"hs":{"object":"%s","page":%s}}\n' \
			"$records" "$next" "${object%:*,*}" $((n - 1))
	done >>"store/$name"
}
contact() { # id email [more]
	printf '{"id":"%s","properties":{"email":%s%s}}' "$1" "$2" "${3:-}"
}
deal() { # id name stage owner [more]
	printf '{"id":"%s","properties":{"dealname":%s,"pipeline":"default","dealstage":%s,"hubspot_owner_id":%s,"closedate":"2024-02-29"%s}}' \
		"$1" "$2" "$3" "$4" "${5:-}"
}
to() { # id…: contacts
	printf ',"associations":{"contacts":{"results":['
	comma=
	for i; do
		printf '%s{"id":"%s","type":"company_to_contact"}' "$comma" "$i"
		comma=,
	done
	printf ']}}'
}
pages companies '{"id":"1","properties":{"name":"Say \"hi\", all","industry":"","n":"","on":"","day":"","at":"","amount":"","text":"","none":null,"tags":[]},"archived":false'"$(to 11 12)"'},{"id":"2","properties":{"name":null,"industry":"A;B","n":"7","on":"true","day":"2024-02-29","at":"2023-01-15T05:00:00.178Z","amount":"0.10","text":"two\nlines","none":null},"archived":false'"$(to 11)"'}' \
	'{"id":"3","properties":{"name":"","industry":"A;B","n":null,"on":"false","day":null,"at":null,"amount":"12345678901234567.25","text":"\\.","late":"9","late_text":"x"},"archived":true},{"id":"4","properties":{"late":"","late_text":"","mixed":"2023-01-15"}},{"id":"5","properties":{"mixed":"2023-01-15T05:00:00Z"}}'
pages contacts "$(contact 1 '"a@x"'),$(contact 2 '""')" \
	"$(contact 3 null ',"note":"say \"hi\",\nyou"')"
pages deals "$(deal 1 '"The \"big\" one, new"' '"s2"' '"71"'),$(
	deal 2 '""' '"s1"' null)" "$(deal 3 null '"s2"' '""' ',"late":"x"'),$(
	deal 4 '"d4"' '"s2"' '"72"'),$(deal 5 '"d5"' '"old"' null),$(
	deal 6 '"d6"' '"s1"' null)"
pages owners '{"id":"71","email":"z@x","firstName":"Zoë","lastName":"O'"'"'N \"Z\""},{"id":"72","email":"b@x","firstName":null,"lastName":"B"}'
cp store/owners store/owners.archived
pages pipelines:deals '{"id":"default","label":"Sales, \"new\"","displayOrder":0,"stages":[{"id":"s1","label":"It'"'"'s, \"cold\"","displayOrder":0},{"id":"s2","label":"Won","displayOrder":1}]}'
pages properties:companies '{"name":"name","label":"The \"name\", it'"'"'s","type":"string","fieldType":"text"},{"name":"n","label":"","type":"number","fieldType":"number"},{"name":"late","label":"Late","type":"string","fieldType":"text"}'
pages properties:deals '{"name":"dealname","label":"Deal \"name\"","type":"string","fieldType":"text"}'
pages properties:tickets '{"name":"subject","label":"Say \"it\"","type":"string"},{"name":"on","label":"","type":"bool"}' '{"name":"late","type":"date","label":null}'
pages companies:contacts '{"id":"1","associations":{"contacts":{"results":[{"id":"11","type":"company_to_contact","label":"Decision maker","category":"USER_DEFINED","typeId":1},{"id":"11","type":"company_to_contact","label":null,"category":"HUBSPOT_DEFINED","typeId":280},{"id":"12","type":"x","label":"\"Boss\", it","category":"USER_DEFINED","typeId":2}]}}}' \
	'{"id":"2","associations":{"contacts":{"results":[{"id":"11","type":"x","label":"Decision maker","category":"USER_DEFINED","typeId":1}]}}}'
pages deals:companies,contacts '{"id":"1","associations":{"contacts":{"results":[{"id":"11","type":"say \"hi\""}]}}}' \
	'{"id":"2","associations":{"line items":{"results":[{"id":"9","type":null}]}}}'
pages objects '{"object":"deals","singularLabel":"\"Deal\"","usage":6},{"object":"quotes","singularLabel":null,"usage":0}' '{"object":"2-7","usage":1}'
pages '/account-info/{V}/details' '{"portalId":1,"timeZone":"Europe/Berlin"}'
pages memberships:1 '{"recordId":"1","membershipTimestamp":"2024-02-29T00:00:00Z"}'
for object in tickets products quotes; do
	pages $object "$(contact 1 '"q\"uote"')" "$(contact 2 '""')"
done

# recipe PAGE TEXT…: its commands that have one of these, in order.
: >ran
recipe() {
	of=$1
	shift
	while IFS= read -r command; do
		for text; do
			case $command in *"$text"*) ;; *) continue ;; esac
			printf '%s\n' "$command" >>ran
			sh -c "$command" 2>err </dev/null || {
				echo "status $?"
				cat err
			}
			break
		done
	done <"$of.recipes" >out
}
shows() { # title output
	is "$1" "$(cat out)" "$2"
}
have() { # program title
	command -v "$1" >/dev/null && return
	skip "$2" "no $1"
	return 1
}

for of in README.md hs-tools.7; do
	recipe $of '--limit 3 companies'
	is "$of: records, on the terminal" "$(jq -c '[.id, .name]' out)" \
		'["1","Say \"hi\", all"]
["2",null]
["3",""]
["4",null]
["5",null]'
done
recipe hs-tools.7 -p\ name
shows "names" 'Say "hi", all
null

null
null'
recipe hs-fetch.1 'jq -r '\''.results[].properties.dealname'
shows "deals' names" 'The "big" one, new

null
d4
d5
d6'
recipe hs-fetch.1 '"Decision maker"'
shows "who decides" '["1","11"]
["2","11"]'
recipe hs-fetch.1 properties:tickets
is "properties" "$(tr '\t' '|' <out)" 'subject|string|Say "it"
on|bool|
late|date|'
recipe hs-fetch.1 pipelines:deals
shows "stages" 'It'\''s, "cold"
Won'
recipe hs-fetch.1 /account-info/
shows "one object of the API" '"Europe/Berlin"'
recipe hs-fetch.1 'hs-fetch objects'
shows "types with records" 'deals
2-7'
recipe hs-flatten.1 '>companies.pages' 'jq -r .to_id' 'grep -c'
shows "contacts with the most companies, and what is not archived" \
	'      2 11
      1 12
2'
recipe hs-load-csv.1 'jq -c '\''.results[].properties'
shows "no output" ''
is "properties, by way of jq" "$(head -n 4 properties.csv)" \
	'name,industry,n,on,day,at,amount,text,none,tags,late,late_text,mixed
"Say ""hi"", all","","","","","","","",,[],,,
,A;B,7,true,2024-02-29,2023-01-15T05:00:00.178Z,0.10,"two
lines",,,,,'
recipe hs-stream.5 '>companies.pages' named.csv 'jq -c '\''.results[]'
is "what jq chooses stays complete" "$(cut -d , -f 1,2 named.csv)" \
	'id,name
1,"Say ""hi""
3,""'
jq -s 'map(.results[])' companies.pages >served
cd "$top" && standin_start --serve "/crm/v3/objects/companies=$T/served"
cd "$T" || exit 1
recipe hs-stream.5 by-curl
jq -c '.[]' served | hs-flatten | hs-load-csv want.csv
same "a table by way of curl" by-curl.csv want.csv
is "and jq's bare records are loaded" "$(grep -c '^[1-5],' companies.csv)" 5

# What was deleted.
recipe hs-tools.7 '-q -o changes.pages contacts.csv' 'select(.op == "delete")'
shows "at first nothing" ''
pages contacts "$(contact 1 '""')" "$(contact 3 '"c@x"')"
recipe hs-tools.7 '-q -o changes.pages contacts.csv' 'select(.op == "delete")'
shows "what was deleted" 2
rm -f contacts.csv
recipe README.md '-o changes.pages'
shows "README's feed" ''
pages contacts "$(contact 1 null)" "$(contact 3 '"c@x"')"
recipe README.md -f\ text
shows "what would change now" '~ 1  email: "" → (none)
status 1'
# The journals.
recipe hs-tools.7 deals.journal
sed -i 's/"at":"[^"]*"/"at":"2024-02-29T00:00:00Z"/g' deals.journal
recipe hs-tools.7 pipelines:deals\ '|' deals.new
shows "no deal went back yet" ''
pages deals "$(deal 1 '"The \"big\" one, new"' '"s1"' '"71"'),$(
	deal 3 null null '""' ',"late":"y"'),$(deal 4 '"d4"' '""' '"72"'),$(
	deal 5 '"d5"' '"s1"' null),$(deal 6 '"d6"' '"s2"' null),$(
	deal 7 '"new"' '"s1"' null)"
recipe hs-tools.7 deals.new
shows "a deal went back; others left the known stages" 'deal 1: s2 -> s1'
if have sqlite3 "a journal in SQLite"; then
	recipe hs-tools.7 deals.journal history.db
	sed 's/|20[^|]*-[^|]*Z/|T/2' out >at
	is "a journal in SQLite" "$(cat at)" \
		'1|s2|2024-02-29T00:00:00Z|T
1|s1|'"$(sed -n '2s/^1|s1|\([^|]*\)|.*/\1/p' out)"'|
2|s1|2024-02-29T00:00:00Z|T
3|s2|2024-02-29T00:00:00Z|T
3||'"$(sed -n '5s/^3||\([^|]*\)|.*/\1/p' out)|"
	is "its records are whole" "$(sqlite3 history.db \
		"SELECT json_extract(record, '\$.dealname') FROM deals
		WHERE id = '1' AND valid_to IS NULL")" 'The "big" one, new'
fi
rm -f deals.csv deals.journal
recipe hs-diff.1 '>old.pages' '>new.pages' 'for new in' journal
shows "a journal, one record" "$(jq -c '.results[] | select(.id == "1")' \
	deals.journal)"
is "the states of the record" "$(jq -r '.op, .after.amount' out | tr '\n' ' ')" \
	'insert 7 update 5 '

# Tables of other people.
if have sqlite3 "a join in SQLite"; then
	recipe hs-tools.7 owners.csv pipelines.csv 'deals | hs-flatten | hs-load-csv deals.csv' \
		'for t in' 'd.dealname, p.label'
	shows "a join in SQLite" 'The "big" one, new|Sales, "new"|It'\''s, "cold"|Zoë O'\''N "Z"
|Sales, "new"||
d4|Sales, "new"|| B
d5|Sales, "new"|It'\''s, "cold"|
d6|Sales, "new"|Won|
new|Sales, "new"|It'\''s, "cold"|'
fi
recipe hs-tools.7 '-o companies.schema.json'
have mlr "Miller" && {
	recipe hs-tools.7 mlr
	shows "Miller" 'industry count
-        3
A;B      2'
}
have sqlite3 "SQLite's import" && {
	rm -f crm.db
	recipe hs-tools.7 "'.import --csv companies.csv"
	is "SQLite's import" "$(sqlite3 crm.db 'SELECT id, name, at, late,
		quote(text) FROM companies LIMIT 3')" '1|Say "hi", all|||'\'\''
2||2023-01-15T05:00:00.178Z||'\''two
lines'\''
3|||9|'\''\.'\'
}
have duckdb "DuckDB" && {
	recipe hs-tools.7 'SELECT count'
	like "DuckDB" "$(cat out)" '(^|[^0-9])5($|[^0-9])'
	recipe hs-tools.7 "COPY (FROM 'companies.csv')"
	is "into a Parquet file" "$(duckdb -noheader -list -nullvalue NULL -c \
		"SELECT id, name, n, \"on\", day, late FROM 'companies.parquet'
		ORDER BY id")" \
		'1|Say "hi", all|NULL|NULL|NULL|NULL
2|NULL|7|true|2024-02-29|NULL
3|NULL|NULL|false|NULL|9
4|NULL|NULL|NULL|NULL|NULL
5|NULL|NULL|NULL|NULL|NULL'
	rm companies.parquet
	man hs-tools.7 'companies.parquet: companies.csv' >Makefile
	ok "by make" make companies.parquet
	ok "there it is" test -s companies.parquet
}

# Makefiles.
man hs-tools.7 '%.csv: FORCE' >Makefile
ok "a table for each object, by make" make -s -j 4
is "they are all there" "$(wc -l companies.csv contacts.csv deals.csv \
	tickets.csv products.csv quotes.csv | awk '{ print $1 }' | tr '\n' ' ')" \
	'7 3 7 3 3 3 26 '
touch -d 2020-01-01 ./*.csv
ok "again" make -s -j 4
is "what is the same is left alone" "$(find . -name '*.csv' -newermt 2020-01-02 |
	wc -l)" 0
# bq itself wants an account: what it is given is checked.
cat >bin/bq <<'END2'
#!/bin/sh
schema=$(printf '%s\n' "$@" | sed -n 's/^--schema=//p')
for file; do :; done
jq -r '.[].name' "$schema" | sort >bq.names
jq -r 'keys[]' "$file" | sort -u | diff - bq.names
END2
chmod +x bin/bq
man hs-tools.7 'bq load' >Makefile
ok "what bq loads has the columns of its schema" make -s bigquery

# By cron: from the home directory, with next to nothing in the environment,
# a line a job.
by_cron() { # title page text
	man "$2" "$3" >crontab
	t_job=$(sed -n 's/^[0-9]* [0-9*]* \* \* \*  *//p' crontab)
	is "$1: a path and a job, without %" "$(grep -c . crontab) $(
		grep -c '^PATH=/usr/local/bin:' crontab) ${t_job##*%*}" "2 1 $t_job"
	: >"$PAGES/tokens"
	(cd home && env -i HOME="$T/home" LOGNAME=u SHELL=/bin/sh PATH="$PATH" \
		PAGES="$PAGES" PGSERVICEFILE="$T/home/.pg_service.conf" \
		sh -c "$t_job") >out 2>&1
	echo "status $?" >>out
	shows "$1: nothing to mail" 'status 0'
	is "$1: with the token" "$(sort -u "$PAGES/tokens" | grep .)" secret
}
mkdir home/crm
cp "$top/tests/demo/companies.yaml" home/crm
(umask 077 && echo secret >home/crm/token)
by_cron "every night" hs-tools.7 '5 3 * * *'
is "the table is there" "$(wc -l <home/crm/warehouse/crm/hubspot_companies.csv)" 7
by_cron "several at once" hs-run.1 '0 2 * * *'
recipe hs-run.1 companies.yaml
is "hs-run says how many" "$(tail -n 1 out)" 5

# PostgreSQL.
scripts() { # client: the line of hs-load-sql(1) that feeds it a script
	hs-flatten store/deals | sh -c "$(sed -n "/^\.Dl .*| $1 /{
		s/^\.Dl //; s/\\\\(aq/'/g; p; }" "$top/man/hs-load-sql.1")" >out 2>&1
}
pg_only() { # title
	[ -n "$pg_ready" ] && return
	skip "$1" "$pg_why"
	return 1
}
select_all='select id, n, "on", day, amount, late from companies order by id'
rows='1|NULL|NULL|NULL|NULL|NULL
2|7|t|2024-02-29|0.10|NULL
3|NULL|f|NULL|12345678901234567.25|9
4|NULL|NULL|NULL|NULL|NULL
5|NULL|NULL|NULL|NULL|NULL'
texts='1|Say "hi", all||NULL
2|NULL|two
lines|NULL
3||\.|x
4|NULL|NULL|
5|NULL|NULL|NULL'
p() { # database statement
	psql -X -q -A -t -P null=NULL -d "$1" -c "$2"
}
holds() { # title database [table]
	is "$1: numbers, flags, days" "$(p "$2" "$select_all")" "$rows"
	is "$1: texts, nulls apart from empty strings" "$(p "$2" \
		"select id, name, text, late_text from companies order by id")" "$texts"
	is "$1: times" "$(PGTZ=UTC p "$2" \
		'select at from companies where at is not null')" \
		'2023-01-15 05:00:00.178+00'
	is "$1: days and times together are text" "$(p "$2" \
		'select mixed from companies where mixed is not null order by id')" \
		'2023-01-15
2023-01-15T05:00:00Z'
}
if pg_only "PostgreSQL"; then
	createdb crm
	recipe hs-tools.7 companies.flat companies.sql copy.sql
	holds "psql alone" postgres
	is "its types" "$(p postgres "select string_agg(data_type, ' '
		order by ordinal_position) from information_schema.columns
		where table_name = 'companies'")" "bigint text text bigint boolean date \
timestamp with time zone numeric text text json boolean json bigint text text"
	p postgres 'drop table companies'
	p postgres "create table companies ($(head -n 1 companies.csv |
		sed 's/[^,]*/"&" text/g'))"
	recipe hs-load-csv.1 psql
	is "columns of text: nulls apart from empty strings" "$(p postgres \
		"select id, name, text, late_text from companies order by id")" \
		"$texts"
	recipe README.md postgres:
	holds "README" crm
	recipe hs-tools.7 companies.properties
	holds "hs-tools(7)" crm
	is "labels are comments" "$(p crm "select col_description(attrelid, attnum)
		from pg_attribute where attrelid = 'companies'::regclass
		and attname = 'name'")" "The \"name\", it's"
	recipe hs-load-sql.1 postgres: psql '>changes'
	is "hs-load-sql(1)" "$(grep -v '	' out)" "1|x|
2|y|
3||t"
	PGOPTIONS=-csearch_path=crm
	export PGOPTIONS
	holds "in a schema" crm
	unset PGOPTIONS
	(PGDATABASE=crm && scripts psql)
	is "into psql, by the script" "$(p crm 'select id, dealname, late
		from crm.companies where id < 4 order by id')" \
		'1|The "big" one, new|NULL
3|NULL|y'
	is "deals, by the script" "$(p crm 'select id, dealname, dealstage, late
		from crm.deals order by id')" '1|The "big" one, new|s1|NULL
3|NULL|NULL|y
4|d4||NULL
5|d5|s1|NULL
6|d6|s2|NULL
7|new|s1|NULL'

	p postgres 'create role loader login; create role reader login'
	man hs-tools.7 'CREATE SCHEMA' | psql -Xq -v ON_ERROR_STOP=1 -d crm
	man hs-tools.7 'dbname=crm' |
		sed "s,^host=.*,host=$PGHOST," >home/.pg_service.conf
	is "the service" "$(grep -v sslmode home/.pg_service.conf)" "[crm]
host=$PGHOST
dbname=crm
user=loader"
	sed -i /sslmode/d home/.pg_service.conf
	man hs-tools.7 hubspot.\$@ >home/crm/Makefile
	by_cron "every hour" hs-tools.7 '7 * * * *'
	PGUSER=reader PGOPTIONS=-csearch_path=hubspot
	export PGOPTIONS
	holds "for those who read" crm
	PGUSER=u
	unset PGOPTIONS
fi
recipe hs-tools.7 sales.db
shows "SQLite, by hs-load-sql" 6
recipe hs-load-sql.1 sqlite:crm.db "sqlite3 crm.db"
shows "hs-load-sql(1) and SQLite" '1|x'
scripts sqlite3
is "into sqlite3, by the script" "$(sqlite3 crm.db 'SELECT id, dealname, late FROM deals
	WHERE id < 4')" '1|The "big" one, new|
3||y'

# Nothing was left out, but for programs that are not here.
foreign='(^|[ |(])(jq|mlr|sqlite3|duckdb|psql|mariadb|bq) |(postgres|sqlite|mysql):'
absent='^$'
for program in mlr sqlite3 duckdb; do
	command -v $program >/dev/null || absent="$absent|$program "
done
[ -n "$pg_ready" ] || absent="$absent|psql |postgres:"
cat ./*.recipes | grep -E "$foreign" | grep -Ev "$absent" | sort -u >all
sort -u ran | comm -23 all - >left
is "every recipe that hands over to another program was run" "$(cat left)" ''
t_done
