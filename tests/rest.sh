# Sourced by the tests of hs-load-sql: --rest, for any database.  They have
# load and line, and rest_rows TABLE: its rows, an object a line, the column of
# the others as a member called more; rest_columns TABLE: how many it has.

# A portal: properties of which each record has a value for about 1,000; the
# first 100 always have one.
rest_portal() { # records properties
	awk -v n="$1" -v m="$2" 'BEGIN { for (r = 1; r <= n; r++) {
		printf "{\"id\":\"%d\"", r
		for (i = 1; i < m; i++) {
			v = "null"
			if (i <= 100 || (i * 7919 + r * 104729) % (m - 101) < 900)
				v = i % 3 == 0 ? "\"" r * 1000 + i "\"" \
					: i % 3 == 1 ? "\"x\\u00e9 " r "-" i "\"" \
					: "\"some text of a portal, " i " in " r "\""
			printf ",\"p%d\":%s", i, v
		}
		print "}" } }'
}
rest_texts() {
	jq -cS 'with_entries(select(.value != null))' | sort
}
rest_found() { # what
	rest_rows portal | jq -c '(.more | if type == "string" then fromjson
		else . end) as $m | del(.more) + $m' | rest_texts >"$T/got"
	same "every value of every record is found $1" "$T/got" "$T/want"
}
rest_test() { # properties
	rest_portal 12 "$1" >"$T/in"
	status "1,000 of $1 properties" 65 load portal
	like "are too many" "$(cat "$T/err")" \
		": $1 columns, of which .* --filled .* and --rest COLUMN "
	status "with --rest they" 0 load --text --rest more portal
	like "go into columns, and some together into one" "$(cat "$T/err")" \
		'^hs-load-sql: [0-9]+ columns are in more: p[0-9]+, .*p[0-9]+,$'
	rest_texts <"$T/in" >"$T/want"
	rest_found "in a new table"
	rest_kept=$(rest_columns portal)
	status "the same again" 0 load --text --rest more portal
	like "changes nothing" "$(cat "$T/err")" \
		' 0 rows added, 0 changed, 12 unchanged, 0 removed$'
	rest_portal 13 "$1" | jq -c 'if .id == "3" then .p'$(($1 - 1))' = "new" |
		.p5 = "five" | .p'$(($1 - 2))' = null elif .id == "4" then
		.p3 = null | .later = "it" else . end | select(.id != "7")' \
		>"$T/in"
	rest_texts <"$T/in" >"$T/want"
	status "another stream, with a property more" 0 load --text --rest more \
		portal
	rest_found "in a table that is changed"
	like "rows that differ are" "$(cat "$T/err")" \
		'1 rows added, 2 changed, 9 unchanged, 1 removed$'
	is "its columns stay" "$(rest_columns portal)" "$rest_kept"
	printf '{"id":"1","p2":"m","p%d":"merged","latest":{"a": [1.50]}}\n{"id":"2","p2":"m","p%d":null,"latest":null}\n' \
		$(($1 - 1)) $(($1 - 1)) >"$T/in"
	cp "$T/want" "$T/old"
	jq -c --slurpfile new "$T/in" '. as $o | . + ($new |
		map(select(.id == $o.id))[0] // {})' "$T/old" |
		rest_texts >"$T/want"
	status "a merge of few properties" 0 load --text -m merge --rest more \
		portal
	rest_found "in a table that is merged into"
	like "where members change as columns do" "$(cat "$T/err")" \
		'0 rows added, 2 changed, 0 unchanged, 0 removed$'
	status "the merge again" 0 load --text -m merge --rest more portal
	like "changes nothing, either" "$(cat "$T/err")" \
		'0 rows added, 0 changed, 2 unchanged, 0 removed$'
}
