# Sourced by the tests of hs-load-sql: what a row has room for, and --filled,
# for any database.  They have page, load and line.

# A record, behind a short one, with so many texts of so many bytes.
wide_row() { # texts bytes
	awk -v n="$1" -v len="$2" 'BEGIN { srand(7)
		printf "{\"id\":1}\n{\"id\":2"
		for (i = 1; i <= n; i++) {
			s = ""
			for (j = 0; j < len; j++)
				s = s sprintf("%c", 65 + int(26 * rand()))
			printf ",\"c%d\":\"%s\"", i, s
		}
		print "}" }' >"$T/in"
}
wide_edge() { # bytes fits refused
	wide_row "$2" "$1"
	status "a row has room for $2 texts of $1 bytes" 0 load -q "room$1"
	status "once more" 0 load -q "room$1"
	wide_row "$3" "$1"
	status "and not for $3" 65 load -q "noroom$1"
	like "the record, its columns and bytes are told" "$(cat "$T/err")" \
		"^hs-load-sql: record 2: its row of $(($3 + 1)) columns has 8[0-9]{3} bytes; one of [a-z]+ has at most 8[0-9]+; --filled "
}
wide_columns() { # most
	wide_row "$(($1 - 1))" 2
	status "$1 columns" 0 load -q columns
	status "are compared" 0 load -q columns
	wide_row "$1" 2
	status "and not one more" 65 load -q columns
	like "their number is told" "$(cat "$T/err")" \
		"^hs-load-sql: $(($1 + 1)) columns, of which a record fills up to $(($1 + 1)): .* has at most $1; --filled "
}

wide_test() {
	page '{"id":1,"a":"x"}'
	load -q thin
	page '{"b":null,"id":1,"a":null},{"id":2,"b":null,"c":"1","d":null},{"id":3}'
	status "--filled" 0 load -m merge --filled thin
	is "makes no column without a value, and empties those that are there" \
		"$(line 'select id, a is null as a, c from thin order by id' |
			sed 's/NULL//g; s/|t/|1/g')" '1|1| 2|1|1 3|1| '
	like "and says how many" "$(cat "$T/err")" \
		'; 2 columns without a value are left out$'
	status "in a replacement, too" 0 load --filled thin
	like "where nothing else changes" "$(cat "$T/err")" '0 rows added, 0 changed, 3 unchanged, 0 removed$'
	awk 'BEGIN { for (r = 1; r <= 3; r++) {
		printf "{\"id\":%d", r
		for (i = 1; i < 2500; i++)
			printf ",\"c%d\":%s", i, i % 5 ? "null" : "\"v" r i "\""
		print "}" } }' >"$T/in"
	status "2,500 properties, 500 of them with a value" 0 load -q --filled sparse
	is "are 500 columns" "$(line 'select count(*), min(c5), max(c2495)
		from sparse')" '3|v15|v32495 '
}
