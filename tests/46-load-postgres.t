#!/bin/sh
# The recipe of hs-tools(7) that loads a table into PostgreSQL, as it stands
# there.
. tests/lib.sh
. tests/pg.sh

# The commands of the example that reads companies.flat.
awk '/^\$ hs-fetch companies .*>companies.flat/ { on = 1 }
	/^\.Ed/ { on = 0 }
	on { sub(/^\$ /, ""); gsub(/\\e/, "\\"); print }' man/hs-tools.7 >"$T/recipe"
is "the recipe is there" "$(grep -c . "$T/recipe")" 6
pg_start
cd "$T" || exit 1
mkdir bin
PATH=$T/bin:$PATH
cat >bin/hs-fetch <<'END'
#!/bin/sh
cat pages
END
chmod +x bin/hs-fetch

page() { # number records
	printf '{"results":[%s],%s"hs":{"object":"companies","page":%s}}\n' \
		"$2" "$3" "$1"
}
more='"paging":{"next":{"after":"2"}},'
{
	page 0 '{"id":"1","properties":{"name":"Say \"hi\", all","n":"","on":"","day":"","at":"","amount":"","text":"","none":null,"tags":[]}},{"id":"2","properties":{"name":null,"n":"7","on":"true","day":"2024-02-29","at":"2023-01-15T05:00:00.178Z","amount":"0.10","text":"two\nlines","none":null}}' "$more"
	page 1 '{"id":"3","properties":{"name":"","n":null,"on":"false","day":null,"at":null,"amount":"12345678901234567.25","text":"\\.","late":"9","late_text":"x"}},{"id":"4","properties":{"late":"","late_text":"","mixed":"2023-01-15"}},{"id":"5","properties":{"mixed":"2023-01-15T05:00:00Z"}}' ''
} >pages

status "it runs" 0 sh -e recipe
q() {
	psql -X -q -A -t -P null=NULL -c "$1" | tr '\n' '+'
}
is "numbers, flags, days" "$(q \
	'select id, n, "on", day, amount, late from companies order by id')" \
	'1|NULL|NULL|NULL|NULL|NULL+2|7|t|2024-02-29|0.10|NULL+3|NULL|f|NULL|12345678901234567.25|9+4|NULL|NULL|NULL|NULL|NULL+5|NULL|NULL|NULL|NULL|NULL+'
is "times" "$(PGTZ=UTC q \
	'select at from companies where at is not null')" \
	'2023-01-15 05:00:00.178+00+'
is "texts, nulls apart from empty strings" "$(q \
	"select id, name, text, late_text from companies order by id")" \
	'1|Say "hi", all||NULL+2|NULL|two+lines|NULL+3||\.|x+4|NULL|NULL|+5|NULL|NULL|NULL+'
is "a column of days and times is text" "$(q \
	'select mixed from companies where mixed is not null order by id')" \
	'2023-01-15+2023-01-15T05:00:00Z+'
is "the types are the columns' own" "$(q "select string_agg(data_type, ' '
	order by ordinal_position) from information_schema.columns
	where table_name = 'companies'")" \
	'bigint text bigint boolean date timestamp with time zone numeric text text json bigint text text+'
t_done
