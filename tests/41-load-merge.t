#!/bin/sh
# hs-load-csv -m merge: rows taken over, added, kept.
. tests/lib.sh
cd "$T" || exit 1

printf '{"fields":[{"name":"id"},{"name":"a"}]}' >schema.json

# merge TITLE OLD STREAM WANT OPTION…: texts for printf.
merge() {
	title=$1
	printf "$2" >table.csv
	printf '%s\n' "$3" >stream
	printf "$4" >want
	shift 4
	status "$title" 0 hs-load-csv -m merge "$@" table.csv <stream
	same "$title: the table" table.csv want
}

# refused TITLE OLD STREAM MESSAGE OPTION…
refused() {
	title=$1
	printf "$2" >table.csv
	cp table.csv before
	printf '%s\n' "$3" >stream
	message=$4
	shift 4
	status "$title: 65" 65 hs-load-csv -m merge "$@" table.csv <stream
	like "$title: the message" "$(cat err)" "$message"
	same "$title: the table stands" table.csv before
}

merge "a row in its place, a new one at the end" \
	'id,name\n1,one\n2,two\n3,three\n' \
	'{"results":[{"id":"4","name":"vier"},{"id":"2","name":"zwei"}]}' \
	'id,name\n1,one\n2,zwei\n3,three\n4,vier\n'
merge "the table's order of columns stays" 'name,x,id\none,a,1\n' \
	'{"id":"1","name":"eins"}' 'name,x,id\neins,a,1\n'
merge "columns that the stream lacks keep their values" \
	'id,a,b\n1,"x,y",\n2,,""\n' '{"id":"1","b":"new"}' \
	'id,a,b\n1,"x,y",new\n2,,""\n'
merge "a null of the stream is one" 'id,a\n1,x\n' '{"id":"1","a":null}' \
	'id,a\n1,\n'
merge "a member that only this record lacks is a null, too" \
	'id,a\n1,x\n2,y\n' '{"results":[{"id":"1"},{"id":"2","a":"z"}]}' \
	'id,a\n1,\n2,z\n'
merge "new columns are added to all rows" 'id\n1\n2\n' \
	'{"results":[{"id":"2","n":"x","m,":1}]}' 'id,n,"m,"\n1,,\n2,x,1\n'
merge "columns that come late in the stream" 'id,a\n1,x\n' \
	'{"results":[{"id":"2"},{"id":"3","b":1},{"id":"1","c":2}]}' \
	'id,a,b,c\n1,x,,2\n2,,,\n3,,1,\n'
merge "the last of equal keys wins" 'id,a\n1,x\n' \
	'{"results":[{"id":"1","a":"p"},{"id":"5","a":"q"},{"id":"6","a":"r"},{"id":"5","a":"s"},{"id":"1","a":"t"}]}' \
	'id,a\n1,t\n5,s\n6,r\n'
merge "keys compare by what they say" 'id,a\n"1",x\n"a""b",y\nü,z\n' \
	'{"results":[{"id":1,"a":"p"},{"id":"a\u0022b","a":"q"},{"id":"\u00fc","a":"r"}]}' \
	'id,a\n1,p\n"a""b",q\nü,r\n'
merge "a row that says the same stays byte for byte" \
	'id,a,b\n"1","x",\n2,y,z\n' \
	'{"results":[{"id":"1","a":"x","b":null},{"id":"2","a":"y","b":"!"}]}' \
	'id,a,b\n"1","x",\n2,y,!\n'
merge "keys of several columns" 'a,b,c\n1,1,x\n1,2,y\n' \
	'{"results":[{"b":2,"a":1,"c":"Y"},{"a":2,"b":1,"c":"Z"}]}' \
	'a,b,c\n1,1,x\n1,2,Y\n2,1,Z\n' -k a,b
merge "the same with -k twice" 'a,b,c\n1,1,x\n1,2,y\n' \
	'{"results":[{"b":2,"a":1,"c":"Y"}]}' 'a,b,c\n1,1,x\n1,2,Y\n' -k a -k b
merge "parts of a key are not run together" 'a,b\n1,11\n' \
	'{"results":[{"a":"11","b":"1"}]}' 'a,b\n1,11\n11,1\n' -k a,b
merge "object schemas go by their name" 'name,id\ncar,1\n' \
	'{"results":[{"id":"2","name":"car"}],"hs":{"object":"schemas","page":0}}' \
	'name,id\ncar,2\n'
merge "so do property definitions" 'name,label\namount,A\n' \
	'{"results":[{"name":"amount","label":"B"}],"hs":{"object":"properties:deals","page":0}}' \
	'name,label\namount,B\n'
merge "pipelines go by their id" 'id,label\n7,A\n' \
	'{"results":[{"id":"7","label":"B"}],"hs":{"object":"pipelines:deals","page":0}}' \
	'id,label\n7,B\n'
merge "CRLF stays" 'id,a\r\n1,"x\r\ny"\r\n2,y\r\n' \
	'{"results":[{"id":"3","a":"z"},{"id":"2","a":"Y"}]}' \
	'id,a\r\n1,"x\r\ny"\r\n2,Y\r\n3,z\r\n'
merge "CRLF stays, with a new column" 'id\r\n1\r\n' '{"id":"2","b":1}' \
	'id,b\r\n1,\r\n2,1\r\n'
merge "a byte order mark stays" '\357\273\277id,a\n1,x\n' \
	'{"id":"1","a":"y"}' '\357\273\277id,a\n1,y\n'
merge "a missing last line end, nothing appended" 'id,a\n1,x\n2,y' \
	'{"id":"2","a":"z"}' 'id,a\n1,x\n2,z\n'
merge "a missing last line end, nothing changed" 'id,a\n1,x\n2,y' \
	'{"id":"1","a":"x"}' 'id,a\n1,x\n2,y\n'
merge "a missing last line end, a new column" 'id,a\r\n1,x\r\n2,y' \
	'{"id":"1","b":"z"}' 'id,a,b\r\n1,x,z\r\n2,y,\r\n'
merge "a header without a line end, and no records" 'id,a' \
	'{"results":[]}' 'id,a\n'
merge "a byte order mark that is asked for" 'id,a\n1,x\n' \
	'{"id":"1","a":"y"}' '\357\273\277id,a\n1,y\n' --bom
merge "one that is there already" '\357\273\277id,a\n1,x\n' \
	'{"id":"1","a":"y"}' '\357\273\277id,a\n1,y\n' --bom
merge "one that is not wanted" '\357\273\277id,a\n1,x\n' \
	'{"id":"1","a":"y"}' 'id,a\n1,y\n' --no-bom
merge "a missing last line end, a row appended" 'id,a\n1,x\n2,y' \
	'{"id":"3","a":"z"}' 'id,a\n1,x\n2,y\n3,z\n'
merge "a header without a line end" 'id,a' '{"id":"3","a":"z"}' 'id,a\n3,z\n'
merge "an empty file is a table without columns" '' '{"id":"3","a":"z"}' \
	'id,a\n3,z\n'
merge "an empty stream of pages changes nothing" 'id,a\n1,"x"\n' \
	'{"results":[]}' 'id,a\n1,"x"\n'
merge "it may add columns, though, by a schema" 'id\n1\n' \
	'{"results":[]}' 'id,a\n1,\n' -s schema.json
merge "a schema does not empty what the stream lacks" 'id,a\n1,x\n2,y\n' \
	'{"id":"1","b":2}' 'id,a,b\n1,x,2\n2,y,\n' -s schema.json
merge "NUL bytes of other rows stay" 'id,a\n1,\0\n2,x\n' \
	'{"id":"2","a":"\u0000"}' 'id,a\n1,\0\n2,\0\n'
merge "nulls and empty strings change places" 'id,a,b\n1,,""\n2,,""\n' \
	'{"id":"1","a":"","b":null}' 'id,a,b\n1,"",\n2,,""\n'
merge "the end of a COPY stays quoted" 'id,a\n1,"\\."\n2,"\\."\n"\\.",x\n' \
	'{"results":[{"id":"2","a":"y"},{"id":"\\.","a":"\\."}]}' \
	'id,a\n1,"\\."\n2,y\n"\\.","\\."\n'
merge "a nested value is a key by its text, and so are true and 1.0" \
	'id,a\n"[1, ""x""]",a\n1,b\ntrue,c\n' \
	'{"results":[{"id":[1, "x"],"a":"A"},{"id":1.0,"a":"B"},{"id":true,"a":"C"}]}' \
	'id,a\n"[1, ""x""]",A\n1,b\ntrue,C\n1.0,B\n'
merge "a byte order mark and nothing else" '\357\273\277' '{"id":"1"}' \
	'\357\273\277id\n1\n'
merge "formulas are compared as they are written" "id,'=f\n'=1,x\n" \
	'{"id":"=1","=f":"@y"}' "id,'=f\n'=1,'@y\n" --escape-formulas

rm -f table.csv
printf '{"results":[{"id":"1","a":"x"},{"id":"1","a":"y"},{"id":"2"}]}\n' |
	hs-load-csv -m merge table.csv
is "without a table there will be one" "$(cat table.csv)" 'id,a
1,y
2,'

refused "a record without the key" 'id,a\n1,x\n' \
	'{"results":[{"id":"1"},{"id":"2"},{"a":"x"}]}' 'record 3 has no id'
refused "a null for a key" 'id,a\n1,x\n' \
	'{"results":[{"id":"1"},{"id":null}]}' 'record 2 has no id'
refused "an empty key" 'id,a\n1,x\n' '{"id":"","a":1}' 'record 1 has no id'
refused "a part of the key is missing" 'a,b\n1,1\n' '{"a":1,"b":null}' \
	'record 1 has no b' -k a,b
refused "no record has the key" 'id,a\n1,x\n' '{"a":"x"}' 'has the key id;'
refused "a key that the table lacks" 'a,b\n1,x\n' '{"id":"1"}' \
	'table.csv: has no column id'
refused "a key that stands twice in the table" 'id,a\n1,x\n2,y\n1,z\n' \
	'{"id":"1"}' 'table.csv: line 4: the key 1 appears a second time'
refused "a row without a key" 'id,a\n1,x\n,y\n' '{"id":"1"}' \
	'table.csv: line 3: a row without a key'
refused "a header with a name twice" 'id,a,"a"\n' '{"id":"1"}' \
	'its header has the column a twice'
refused "a short row" 'id,a\n1,"x\n\n"\n2\n' '{"id":"1"}' \
	'table.csv: line 5: a row of 1 cells under a header of 2'
refused "a long row" 'id,a\n1,2,3\n' '{"id":"1"}' 'line 2: a row of 3 cells'
refused "an empty line" 'id,a\n1,x\n\n' '{"id":"1"}' \
	'table.csv: line 3: a row of 1 cells under a header of 2'
refused "an empty header" '\n1\n' '{"id":"1"}' 'has no column id'
refused "a quote that is never closed" 'id,a\n1,"x\n2,y\n' '{"id":"1"}' \
	'line [0-9]*: a quote is never closed'
refused "a quote inside a cell" 'id,a\n1,x"y"\n' '{"id":"1"}' \
	'table.csv: line 2: a quote inside'
refused "a lone CR" 'id,a\n1,x\ry\n' '{"id":"1"}' 'line 2: .*CR without LF'
refused "an incomplete stream" 'id\n1\n' \
	'{"results":[{"id":"1"}],"paging":{"next":{"after":"2"}}}' 'incomplete'
refused "a row beyond --max-line" "id,a\n1,$(printf '%0400000d' 0)\n" \
	'{"id":"1"}' 'table.csv: line 2: the row is longer' --max-line 100k

# What -n says, and that it only says it.
printf 'id,a\n1,x\n2,y\n3,z\n' >table.csv
cp table.csv before
printf '{"results":[{"id":"2","a":"y"},{"id":"3","a":"Z"},{"id":"4"}]}\n' >stream
status "-n" 0 hs-load-csv -n -m merge table.csv <stream
is "-n: a merge" "$(tr '\t\n' '= ' <out)" \
	"added=1 changed=1 unchanged=2 removed=0 "
hs-load-csv --dry-run table.csv <stream >out
is "-n: a replacement" "$(tr '\t\n' '= ' <out)" \
	"added=1 changed=1 unchanged=1 removed=1 "
echo '{"results":[{"id":"3","b":1},{"id":"3","b":1}]}' >stream
hs-load-csv -n -k id table.csv <stream >out
is "-n: a replacement has repeated keys as rows of their own" \
	"$(tr '\t\n' '= ' <out)" "added=1 changed=1 unchanged=0 removed=2 "
same "-n changes nothing" table.csv before
hs-load-csv -n no-such.csv <stream >out
is "-n: a new table" "$(tr '\t\n' '= ' <out)" \
	"added=2 changed=0 unchanged=0 removed=0 "
is "-n makes nothing" "$(ls -A | grep -e such -e hs-)" ""
status "-n: a full disk is noticed" 74 sh -c \
	'hs-load-csv -n table.csv <stream >/dev/full'
# A table of another encoding would end with two.
refused "a table that is not UTF-8" 'id,name\n1,x\n2,M\374ller\n' \
	'{"id":"3","name":"M\u00fcller"}' 'line 3: is not UTF-8'
refused "in its header" 'id,n\344me\n' '{"id":"1"}' 'line 1: is not UTF-8'
refused "in a row that the stream replaces" 'id,name\n1,M\374ller\n' \
	'{"id":"1","name":"x"}' 'line 2: is not UTF-8'
refused "at its very end" 'id,name\n1,M\303' '{"id":"1","name":"x"}' \
	'line 2: is not UTF-8'
refused "with half a surrogate pair" 'id,name\n1,\355\240\200\n' \
	'{"id":"1","name":"x"}' 'line 2: is not UTF-8'
for to in UTF-16LE UTF-16BE UTF-16 UTF-32; do
	printf 'id,name\n1,x\n' | iconv -f UTF-8 -t $to >table.csv
	cp table.csv before
	status "a table in $to: 65" 65 hs-load-csv -m merge table.csv <<-E
		{"id":"1","name":"x"}
	E
	like "it is called $to" "$(cat err)" "is $to; iconv -f $to -t UTF-8"
	same "a table in $to stands" table.csv before
done
awk 'BEGIN { print "id,name"; for (i = 0; i < 100000; i++)
	print i ",ein längerer Text – " substr("abcdefghi", 1, i % 9) }' >table.csv
echo '{"id":"7","name":"x"}' >stream
sed 's/^7,.*/7,x/' table.csv >want
status "characters that blocks cut in two" 0 hs-load-csv -m merge table.csv <stream
same "characters that blocks cut in two: the table" table.csv want
printf '100000,\344\n' >>table.csv
status "a bad byte behind many rows: 65" 65 hs-load-csv -m merge table.csv <stream
like "its line is told" "$(cat err)" 'line 100002: is not UTF-8'
printf 'id,n\344me\n' >table.csv
cp table.csv before
status "a header that stays, and is not UTF-8: 65" 65 \
	hs-load-csv table.csv <<-E
	{"results":[]}
E
same "the table stands" table.csv before
echo '{"id":"1"}' | hs-load-csv table.csv
is "a table that is replaced may be in any encoding" "$(cat table.csv)" 'id
1'
t_done
