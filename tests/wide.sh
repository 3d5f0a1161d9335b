# Sourced by the tests of hs-load-sql: --filled, for any database.  They have
# page, load and line.
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
