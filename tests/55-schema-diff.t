#!/bin/sh
# hs-schema --diff: drift, for make and cron.
. tests/lib.sh

page() { # records
	printf '{"results":[%s],"hs":{"object":"companies","page":0}}\n' "$1"
}
page '{"id":"1","a":"x","n":"1","gone":"true","never":null,"d":"2023-01-15"}' \
	>"$T/old.pages"
hs-schema <"$T/old.pages" >"$T/old"

status "nothing changed: 0" 0 hs-schema --diff "$T/old" <"$T/old.pages"
is "and nothing to say" "$(cat "$T/out")" ""
page '{"d":"2024-02-29","n":"-7","gone":"false","never":"","a":"","id":"2"},{"id":"3","a":"more"}' \
	>"$T/same.pages"
status "other rows, order and counts are no drift" 0 \
	hs-schema --diff "$T/old" <"$T/same.pages"

page '{"id":"1","a":"x","n":"1.5","never":"7","d":"2023-01-15T05:00:00Z","new":"1","n\u001bx":"9223372036854775808"}' \
	>"$T/new.pages"
status "columns new, gone and changed: 1" 1 \
	hs-schema --diff "$T/old" <"$T/new.pages"
is "are listed" "$(cat "$T/out")" '~ n: integer -> number
- gone: boolean
~ never: string (no value) -> integer
~ d: date -> datetime
+ new: integer
+ "n\u001bx": integer (beyond 64 bits)'
is "on standard output alone" "$(cat "$T/err")" ""
hs-schema <"$T/new.pages" >"$T/new"
page '{"id":"1","a":"x","n":"1.5","never":"7","d":"2023-01-15T05:00:00Z","new":"9223372036854775808","n\u001bx":"9223372036854775808"}' |
	hs-schema --diff "$T/new" >"$T/out"
is "growing beyond 64 bits is a change" "$(cat "$T/out")" \
	'~ new: integer -> integer (beyond 64 bits)'
status "so is another key" 1 hs-schema --diff "$T/old" -k a,id <"$T/old.pages"
is "which is listed" "$(cat "$T/out")" '~ primaryKey: id -> a id'

# Without any value there is no type to compare.
page '{"id":"1","a":null,"n":"","gone":null,"never":null,"d":null},{"id":"2"}' \
	>"$T/blank.pages"
status "a column without any value now is no drift" 0 \
	hs-schema --diff "$T/old" <"$T/blank.pages"
is "and nothing to say" "$(cat "$T/out")" ""
page '{"id":"1","a":null,"n":null,"never":null,"d":null}' |
	hs-schema --diff "$T/old" >"$T/out"
is "one that no record has is gone" "$(cat "$T/out")" '- gone: boolean'
page '' >"$T/none.pages"
status "a stream without records is an error, not drift" 65 \
	hs-schema --diff "$T/old" <"$T/none.pages"
is "nothing is listed" "$(cat "$T/out")" ""
like "and why is said" "$(cat "$T/err")" 'no records: nothing to compare'
cp "$T/old" "$T/file"
status "the same with -o" 65 \
	hs-schema -o "$T/file" --diff "$T/file" <"$T/none.pages"
same "FILE is as it was" "$T/file" "$T/old"
echo '{"results":[{"id":"1","n":"0.5"}],"hs":{"object":"companies","page":0,"since":"2026-01-01"}}' \
	>"$T/since.pages"
status "a stream of changes may have drift" 1 \
	hs-schema --diff "$T/old" <"$T/since.pages"
is "but no column that is gone" "$(cat "$T/out")" '~ n: integer -> number'
like "it is called one" "$(cat "$T/err")" 'only what changed'

# With -o as well: the next run compares with the new one.
cp "$T/old" "$T/file"
status "--diff and -o on one FILE" 1 \
	hs-schema -o "$T/file" --diff "$T/file" <"$T/new.pages"
same "the stream goes through" "$T/out" "$T/new.pages"
like "drift goes to standard error" "$(cat "$T/err")" '^- gone: boolean$'
same "FILE is the new schema" "$T/file" "$T/new"
status "then there is no drift" 0 \
	hs-schema -o "$T/file" --diff "$T/file" <"$T/new.pages"

# A stream that is not whole says nothing about drift.
printf '%s\n' '{"results":[{"id":"1"}],"paging":{"next":{"after":"2"}}}' \
	>"$T/cut"
status "an incomplete stream is no drift" 65 \
	hs-schema --diff "$T/old" <"$T/cut"
is "and nothing is listed" "$(cat "$T/out")" ""

# Schemas of other programs.
cat >"$T/other" <<'END'
{
  "$schema": "https://datapackage.org/profiles/2.0/tableschema.json",
  "fields": [
    {"name": "id", "type": "integer", "constraints": {"unique": true}},
    {"name": "a"},
    {"name": "n", "type": "geopoint"}
  ],
  "primaryKey": ["id"],
  "missingValues": ["", "-"]
}
END
page '{"id":"1","a":"x","n":"y"}' >"$T/plain.pages"
status "another program's schema: no type, or an unknown one, is string" 0 \
	hs-schema --diff "$T/other" <"$T/plain.pages"
is "so that nothing changed" "$(cat "$T/out")" ""
refused() { # title text
	printf '%s' "$2" >"$T/bad"
	status "refused: $1" 65 hs-schema --diff "$T/bad" <"$T/old.pages"
}
refused "nothing" ''
refused "no schema" '{"results":[]}'
refused "an array" '[]'
refused "fields twice" '{"fields":[{"name":"a"}],"fields":[]}'
refused "a field twice" '{"fields":[{"name":"a"},{"name":"\u0061"}]}'
refused "a field without name" '{"fields":[{"type":"string"}]}'
refused "a key that is none" '{"fields":[],"primaryKey":7}'
refused "a key of no field" '{"primaryKey":"b","fields":[{"name":"a"}]}'
refused "more text behind it" '{"fields":[]} x'
printf '{\n"fields":[\n{"name":"a"},\n{"name":5}]}' >"$T/bad"
status "a mistake on a later line" 65 hs-schema --diff "$T/bad" </dev/null
like "is told with line and column" "$(cat "$T/err")" 'bad: line 4, column 9: '
status "no such file" 66 hs-schema --diff "$T/no" <"$T/old.pages"
t_done
