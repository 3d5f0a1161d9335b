#!/bin/sh
# hs-load-csv: what becomes of records, cell by cell.
. tests/lib.sh
cd "$T" || exit 1

# load TITLE STREAM WANT OPTION…: the table is WANT.
load() {
	title=$1
	printf '%s\n' "$2" >stream
	printf '%s\n' "$3" >want
	shift 3
	rm -f table.csv
	status "$title" 0 hs-load-csv "$@" table.csv <stream
	same "$title: the table" table.csv want
}

load "each kind of value" \
	'{"results":[{"id":"1","n":-1.50e+3,"t":true,"z":null,"s":"x"}]}' \
	'id,n,t,z,s
1,-1.50e+3,true,,x'
load "a null is empty, an empty string is not" \
	'{"id":"1","a":null,"b":""}' 'id,a,b
1,,""'
load "numbers keep their digits" \
	'{"id":9007199254740993,"a":1.10,"b":0.1e1}' 'id,a,b
9007199254740993,1.10,0.1e1'
load "comma, quote and line ends are quoted" \
	'{"id":"a,b","q":"say \"hi\"","l":"two\nlines","c":"c\rr"}' \
	"$(printf 'id,q,l,c\n"a,b","say ""hi""","two\nlines","c\rr"')"
load "nested values are their JSON text" \
	'{"id":"1","a":[1, 2],"o":{"k":"v"},"e":[],"f":{}}' \
	'id,a,o,e,f
1,"[1, 2]","{""k"":""v""}",[],{}'
load "escapes are decoded" \
	'{"id":"\u00e9\ud83d\ude00\t\/\\ \u0041","é":"\u0022"}' \
	"$(printf 'id,é\né😀\t/\\ A,""""')"
load "the end of a COPY is quoted, and nothing like it" \
	'{"id":"\\.","a":"\\..","b":"\\"}' 'id,a,b
"\.",\..,\'
load "spaces stay as they are" '{"id":"  a ","b":" "}' 'id,b
  a , '
load "of a name that stands twice, the last one counts" \
	'{"id":"1","a":"x","a":null,"a":"y"}' 'id,a
1,y'
load "names of columns are cells, too" \
	'{"id":"1","a,b":2,"say \"x\"":3,"":4,"\\.":5}' \
	'id,"a,b","say ""x""","","\."
1,2,3,4,5'
load "a name is what it says, not how it is spelled" \
	'{"results":[{"id":"1","né":"a"},{"id":"2","n\u00e9":"b"}]}' 'id,né
1,a
2,b'
load "a first column's byte order mark is text" \
	'{"\ufeffid":"1"}' "$(printf '"\357\273\277id"\n1')"
printf '{"id":"a\\u0000b"}\n' | hs-load-csv table.csv
is "a NUL goes out as it is" "$(od -An -c <table.csv | tr -d ' \n')" \
	'id\na\0b\n'

load "columns come in order of first appearance, late ones too" \
	'{"results":[{"id":"1"},{"b":2,"id":"2"},{"a":3,"id":"3"}]}' 'id,b,a
1,,
2,2,
3,,3'

# Late is what comes after megabytes: the table is then written once more.
awk 'BEGIN {
	for (i = 1; i < 200; i++)
		text = text "a few words, "
	for (i = 1; i <= 4000; i++) {
		printf "{\"id\":\"%d\",\"text\":\"%s%s\"", i, text,
			"\\\"quotes\\\" and \\n line ends"
		if (i > 2000 && i % 7 == 0)
			printf ",\"seven\":%d", i
		if (i > 3990)
			printf ",\"last\":null"
		print "}"
	}
}' >stream
status "late columns" 0 hs-load-csv table.csv <stream
jq -r '"\(.id),\"\(.text | gsub("\""; "\"\""))\",\(.seven // ""),"' \
	<stream >want
is "late columns: the header" "$(head -n 1 table.csv)" id,text,seven,last
tail -n +2 table.csv >rows
same "late columns: all rows are padded" rows want
awk '{ gsub("\"last\":null", "\"seven\":null,\"last\":1"); print }' \
	<stream >more
cat stream more >both
status "late columns on standard output" 0 hs-load-csv - <both
tail -n +2 "$T/out" >rows
jq -r '"\(.id),\"\(.text | gsub("\""; "\"\""))\",\(.seven // ""),\(.last // "")"' \
	<both >want
same "late columns on standard output: all rows" rows want

cat >schema.json <<'END'
{"fields": [{"name": "b", "type": "string"}, {"type": "any", "name": "i\u0064"},
  {"name": "unused"}], "missingValues": [""]}
END
load "a schema's order, columns that the stream lacks, and those it lacks" \
	'{"id":"1","x":9,"b":"2"}' 'b,id,unused,x
2,1,,9' -s schema.json
like "what is not in the schema is named" "$(cat err)" 'column x is not in sch'
load "a schema gives an empty table its columns" '{"results":[]}' \
	'b,id,unused' --schema=schema.json
for bad in '[]' '{}' '{"fields":[{"type":"x"}]}' '{"fields":[{"name":1}]}' \
	'{"fields":{}}' '{"fields":[{"name":"a"},{"name":"\u0061"}]}' \
	'{"fields":[]} x' '{"fields":[{"name":"a"' '' \
	'{"fields":[{"name":"\ud800"}]}'; do
	printf '%s' "$bad" >bad.json
	status "no schema: $bad" 65 hs-load-csv -s bad.json table.csv <stream
done
printf '{"fields":\n[{"name":7}]}' >bad.json
hs-load-csv -s bad.json table.csv <stream 2>err
like "a schema's fault has its place" "$(cat err)" \
	'bad.json: line 2, column 10: '
status "a schema that is not there" 66 \
	hs-load-csv -s no-such.json table.csv <stream

printf '{"id":"1"}\n{"id":"2","name":"x\\ud83d"}\n' >lone
echo old >table.csv
status "half a surrogate pair" 65 hs-load-csv table.csv <lone
like "half a surrogate pair: record and column are named" "$(cat err)" \
	'record 2: column name '
is "half a surrogate pair: the old table stands" "$(cat table.csv)" old
printf '{"id":"1"}\n{"id":"2","n\\ud83d":"x"}\n' >lone
status "half a surrogate pair in a name" 65 hs-load-csv table.csv <lone
like "half a surrogate pair in a name: the cure" "$(cat err)" \
	'line 2: record 2: a column name .*--replace-invalid'
load "half a surrogate pair in a name, replaced" \
	'{"id":"1","n\ud83d":"x"}' "$(printf 'id,n\357\277\275\n1,x')" \
	--replace-invalid
load "half a surrogate pair, replaced" '{"id":"\udc00x\ud800"}' \
	"$(printf 'id\n\357\277\275x\357\277\275')" --replace-invalid

load "formulas are made text" \
	'{"id":"1","a":"=1+1","b":"+49 1","c":"@x","d":"-x","e":"\tx","=f":"a=b"}' \
	"$(printf "id,a,b,c,d,e,'=f\n1,'=1+1,'+49 1,'@x,'-x,'\tx,a=b")" \
	--escape-formulas
echo '{"id":"1","=f":"A","'"'"'=f":"B"}' >two
status "two columns that would be one" 65 hs-load-csv --escape-formulas two.csv <two
like "are named" "$(cat err 2>/dev/null || cat "$T/err")" "columns '=f and =f"
load "numbers are none" '{"id":"-1","a":-5,"b":"-1.5e3","c":"--1"}' \
	"id,a,b,c
-1,-5,-1.5e3,'--1" --escape-formulas

# Tables without rows or columns.
status "an empty stream is no stream" 65 hs-load-csv new.csv </dev/null
is "an empty stream is no stream: nothing is made" "$(ls -A | grep new)" ""
echo '{"results":[]}' >none
status "no records, no columns" 0 hs-load-csv new.csv <none
is "no records, no columns: an empty file" "$(wc -c <new.csv)" 0
printf '\357\273\277id,"a\r\nb"\r\n1,2\r\n' >table.csv
status "no records: a table keeps its header" 0 hs-load-csv table.csv <none
is "no records: a table keeps its header, as it is" "$(od -An -c <table.csv)" \
	"$(printf '\357\273\277id,"a\r\nb"\r\n' | od -An -c)"
printf '\357\273\277id,name' >table.csv
status "no records: a header without a line's end" 0 hs-load-csv table.csv <none
is "no records: gets one" "$(od -An -c <table.csv)" \
	"$(printf '\357\273\277id,name\n' | od -An -c)"
awk 'BEGIN { printf "\357\273\277id"; while (n++ < 50000) printf ",column%d", n
	print "" }' >table.csv
cp table.csv wide.csv
status "no records: a wide header" 0 hs-load-csv table.csv <none
same "no records: stays, too" table.csv wide.csv
echo '{"results":[{}]}' >bare
status "records without members make no table" 65 hs-load-csv table.csv <bare
load "a record without members among others" '{"results":[{},{"a":1,"b":2}]}' \
	'a,b
,
1,2'
load "one column: a null is an empty line" '{"results":[{"a":1},{"a":null}]}' \
	'a
1
'

# Standard output.
printf '{"results":[{"id":"1"},{"id":"2","x":"late"}]}\n' >stream
hs-load-csv - <stream >out.csv
hs-load-csv table.csv <stream
same "standard output gets the same table" out.csv table.csv
printf '{"results":[{"id":"1"}],"paging":{"next":{"after":"2"}}}\n' >cut
status "standard output: an incomplete stream" 65 hs-load-csv - <cut
is "standard output: an incomplete stream writes nothing" "$(cat out)" ""
status "standard output that is full" 74 sh -c \
	'hs-load-csv - <stream >/dev/full'
status "standard output that is closed" 74 sh -c 'hs-load-csv - <stream >&-'
status "standard input that is closed" 74 sh -c 'hs-load-csv table.csv <&-'
same "standard input that is closed: the old table stands" out.csv table.csv

# The command line.
status "help" 0 hs-load-csv --help
like "help is on standard output" "$(cat out)" '^usage: hs-load-csv '
status "version" 0 hs-load-csv --version
for args in "" "a b" "-m append a" "-k id a" "-m merge -" "-n -" \
	"--if-changed -" "-m merge -k a,,b a" \
	"-m merge -k id,id a" "-m merge -k id -k id a" "--max-line 0 a" "--no-such a" \
	"-m merge -k 1,2,3,4,5,6,7,8,9,10,11,12,13,14,15,16,17 a"; do
	# shellcheck disable=SC2086
	status "usage: '$args'" 64 hs-load-csv $args <stream
done
is "usage errors make nothing" "$(ls a 2>/dev/null)" ""
status "a line beyond --max-line" 65 hs-load-csv --max-line 20 t.csv <stream
# A byte order mark, for Excel.
mark=$(printf '\357\273\277')
load "a byte order mark that is asked for" '{"id":"1"}' "${mark}id
1" --bom
printf '{"id":"1"}\n{"id":"2","b":"x"}\n' >stream
rm -f table.csv
hs-load-csv table.csv <stream
is "a new table has none" "$(cat table.csv)" "id,b
1,
2,x"
printf '%sid\n1\n' "$mark" >table.csv
hs-load-csv table.csv <stream
is "it stays when the table is replaced" "$(cat table.csv)" "${mark}id,b
1,
2,x"
hs-load-csv --if-changed -v table.csv <stream 2>err
like "a table with a mark may be unchanged" "$(cat err)" unchanged
echo '{"results":[]}' | hs-load-csv -q table.csv
is "it stays before a header without rows" "$(cat table.csv)" "${mark}id,b"
printf 'id,b' >table.csv
echo '{"results":[]}' | hs-load-csv -q --bom table.csv
is "a header that stays gets one, too" "$(cat table.csv)" "${mark}id,b"
is "and a line end" "$(wc -l <table.csv)" 1
hs-load-csv --no-bom table.csv <stream
is "unless it is not wanted" "$(cat table.csv)" "id,b
1,
2,x"
is "on standard output it is asked for" "$(hs-load-csv --bom - <stream)" \
	"${mark}id,b
1,
2,x"
is "or not there" "$(hs-load-csv - <stream)" "id,b
1,
2,x"
awk 'BEGIN {
	for (i = 1; i <= 70000; i++)
		printf "{\"id\":\"%d\",\"text\":\"%064d\"}\n", i, i
	print "{\"id\":\"x\",\"late\":\"y\"}"
}' >stream
hs-load-csv table.csv <stream
hs-load-csv --bom marked.csv <stream
{ printf %s "$mark" && cat table.csv; } >want
same "late columns, with a mark" marked.csv want
# Columns that no record has a value for.
wide='{"results":[{"id":"1","a":null,"b":"","c":null,"d":"x,y"},{"id":"2","e":null,"c":"","f":[]},{"id":"3","f":""}]}'
load "columns without a value are left out" "$wide" 'id,d,f
1,"x,y",
2,,[]
3,,""' --drop-empty
is "on standard output, too" "$(echo "$wide" | hs-load-csv --drop-empty -)" \
	"$(cat table.csv)"
load "the first column, too" '{"z":null,"id":"1"}' 'id
1' --drop-empty
echo '{"results":[]}' >none
printf 'id,a\n1,\n' >table.csv
status "no records: the header stays" 0 hs-load-csv -q --drop-empty table.csv <none
is "no records: all of it" "$(cat table.csv)" id,a
printf '{"fields":[{"name":"a"},{"name":"d"},{"name":"id"}]}' >order.json
load "with a schema" "$wide" 'd,id,f
"x,y",1,
,2,[]
,3,""' --drop-empty -q -s order.json
echo '{"a":null}' >stream
status "no value at all" 65 hs-load-csv --drop-empty table.csv <stream
printf 'id,a\n1,old\n' >table.csv
echo "$wide" | hs-load-csv -m merge --drop-empty table.csv
is "a merge adds no column without a value, and keeps its own" \
	"$(cat table.csv)" 'id,a,d,f
1,,"x,y",
2,,,[]
3,,,""'
echo "$wide" >stream
is "what would change is counted with all columns" \
	"$(hs-load-csv -n --drop-empty table.csv <stream | tr '\n\t' ' =')" \
	'added=0 changed=0 unchanged=3 removed=0 '
t_done
