#!/bin/sh
# hs-diff: which changes it finds, and how it writes them.
. tests/lib.sh
cd "$T" || exit 1

# differ TITLE OLD NEW WANT OPTION…: bare records of a change, or "" for none.
differ() {
	title=$1
	want=$4
	printf '%s\n' "$2" >old
	printf '%s\n' "$3" >new
	shift 4
	hs-diff -qr "$@" old new >got 2>err
	rc=$?
	is "$title" "$(cat got err)" "$want"
	[ -z "$want" ] || want=1
	is "$title: exit status" "$rc" "${want:-0}"
}

differ "the same" '{"id":"1","a":5}' '{"id":"1","a":5}' ''
differ "another order of members is none" \
	'{"id":"1","a":5}' '{"a":5,"id":"1"}' ''
differ "an insertion holds the record as it is" \
	'{"id":"1"}' '{"id":"1"}
{"id":"2", "a":[1, 2],"b":1.10}' \
	'{"op":"insert","id":"2","after":{"id":"2", "a":[1, 2],"b":1.10}}'
differ "a deletion does, too" '{"id":"1"}
{ "id":2,"a":"\u00e9" }' '{"id":"1","a":null}' \
	'{"op":"delete","id":2,"before":{ "id":2,"a":"\u00e9" }}'
differ "an update holds what changed" \
	'{"id":"1","a":1,"b":"x","c":0}' '{"id":"1","a":9007199254740993,"b":"\ud83d","c":0}' \
	'{"op":"update","id":"1","changed":["a","b"],"before":{"a":1,"b":"x"},"after":{"a":9007199254740993,"b":"\ud83d"}}'
differ "with --full, all" '{"id":"1","a":1,"b":"x"}' '{"id":"1","a":2,"b":"x"}' \
	'{"op":"update","id":"1","changed":["a"],"before":{"id":"1","a":1,"b":"x"},"after":{"id":"1","a":2,"b":"x"}}' \
	--full
differ "5 and \"5\" differ in JSON" '{"id":"1","a":5}' '{"id":"1","a":"5"}' \
	'{"op":"update","id":"1","changed":["a"],"before":{"a":5},"after":{"a":"5"}}'
differ "a string is what it says" '{"id":"1","a":"\u0041\n"}' \
	'{"id":"1","\u0061":"A\u000a"}' ''
differ "and one of a later record is that record's" '{"id":"1","a":"x"}
{"id":"2","\u0061b":"y"}' '{"id":"1","a":"X"}
{"id":"2","ab":"Y"}' \
	'{"op":"update","id":"1","changed":["a"],"before":{"a":"x"},"after":{"a":"X"}}
{"op":"update","id":"2","changed":["ab"],"before":{"ab":"y"},"after":{"ab":"Y"}}'
differ "two halves of surrogate pairs differ" '{"id":"1","a":"\ud800"}' \
	'{"id":"1","a":"\ud801"}' \
	'{"op":"update","id":"1","changed":["a"],"before":{"a":"\ud800"},"after":{"a":"\ud801"}}'
differ "null, and a member that is missing" \
	'{"id":"1","a":null,"b":1}
{"id":"2","a":1,"b":1}' '{"id":"1","b":1}
{"id":"2","b":null,"a":1}' \
	'{"op":"update","id":"2","changed":["b"],"before":{"b":1},"after":{"b":null}}'
differ "\"\" is not null" '{"id":"1","a":null}' '{"id":"1","a":""}' \
	'{"op":"update","id":"1","changed":["a"],"before":{"a":null},"after":{"a":""}}'
differ "of a name that stands twice the last counts" \
	'{"id":"1","a":1,"a":2}' '{"id":"1","a":2}' ''
differ "of a key that stands twice, too" '{"id":"1","a":1}
{"id":"1","a":2}' '{"id":1,"a":3}
{"id":"2"}
{"id":"2","a":4}
{"id":"1","a":2}' '{"op":"insert","id":"2","after":{"id":"2","a":4}}'
differ "and in the old order, which is guessed" '{"id":"1","a":1}
{"id":"2","a":1}
{"id":"3","a":1}' '{"id":"1","a":1}
{"id":"2","a":1}
{"id":"3","a":1}
{"id":"3","a":1}
{"id":"2","a":2}
{"id":"3","a":1}' \
	'{"op":"update","id":"2","changed":["a"],"before":{"a":1},"after":{"a":2}}'
differ "which may be a change" '{"id":"1","a":1}' '{"id":"1","a":1}
{"id":"1","a":2}' \
	'{"op":"update","id":"1","changed":["a"],"before":{"a":1},"after":{"a":2}}'
differ "keys are compared by their text" '{"id":1,"a":1}' '{"id":"1","a":2}' \
	'{"op":"update","id":"1","changed":["id","a"],"before":{"id":1,"a":1},"after":{"id":"1","a":2}}'
differ "another key" '{"name":"a","x":1}' '{"name":"a","x":2}' \
	'{"op":"update","id":"a","changed":["x"],"before":{"x":1},"after":{"x":2}}' \
	-k name
differ "a key of two columns" '{"f":1,"t":"a","x":1}
{"f":1,"t":"b"}' '{"f":"1","t":"a","x":2}' \
	'{"op":"update","id":["1","a"],"changed":["f","x"],"before":{"f":1,"x":1},"after":{"f":"1","x":2}}
{"op":"delete","id":[1,"b"],"before":{"f":1,"t":"b"}}' -k f,t
differ "the order is the new side's, deletions last" '{"id":"9"}
{"id":"8"}
{"id":"3","a":0}
{"id":"1","a":0}' '{"id":"1","a":1}
{"id":"2","a":1}
{"id":"3","a":1}' '{"op":"update","id":"1","changed":["a"],"before":{"a":0},"after":{"a":1}}
{"op":"insert","id":"2","after":{"id":"2","a":1}}
{"op":"update","id":"3","changed":["a"],"before":{"a":0},"after":{"a":1}}
{"op":"delete","id":"9","before":{"id":"9"}}
{"op":"delete","id":"8","before":{"id":"8"}}'
differ "-i leaves columns out" '{"id":"1","a":1,"b":1}' \
	'{"id":"1","a":2,"b":2}' \
	'{"op":"update","id":"1","changed":["b"],"before":{"b":1},"after":{"b":2}}' -i a
differ "all of them: no change" '{"id":"1","a":1,"b":1}' \
	'{"id":"1","a":2,"b":2}' '' -i a --ignore=b
differ "-c leaves all others out" '{"id":"1","a":1,"b":1}' \
	'{"id":"1","a":2,"b":2}' \
	'{"op":"update","id":"1","changed":["a"],"before":{"a":1},"after":{"a":2}}' --only a
differ "an empty stream of old" '{"results":[]}' '{"results":[{"id":"1"}]}' \
	'{"op":"insert","id":"1","after":{"id":"1"}}'
differ "an empty stream of new" '{"results":[{"id":"1"}]}' '{"results":[]}' \
	'{"op":"delete","id":"1","before":{"id":"1"}}'
differ "two empty streams" '{"results":[]}' '{"results":[]}' ''
differ "pages and bare records" '{"results":[{"id":"1"},{"id":"2"}]}' '{"id":"2"}
{"id":"1"}' ''

# New and vanished columns.
printf '{"id":"1","a":1,"b":1}\n{"id":"2","a":1,"b":1}\n' >old
printf '{"id":"1","a":1,"c":1}\n{"id":"2","a":1,"c":null}\n' >new
status "new columns are a change of the columns" 1 hs-diff -r old new
is "and of no record" "$(cat "$T/out")" ""
is "they are said once" "$(cat "$T/err")" "hs-diff: new columns: c
hs-diff: columns that are gone: b"
status "with --columns" 1 hs-diff -r --columns old new
is "--columns: they change records" "$(cat "$T/out")" \
	'{"op":"update","id":"1","changed":["b","c"],"before":{"b":1,"c":null},"after":{"b":null,"c":1}}
{"op":"update","id":"2","changed":["b"],"before":{"b":1},"after":{"b":null}}'
status "columns that are not compared are no change" 0 hs-diff -r -i b,c old new
is "nor said" "$(cat "$T/err")" ""
awk 'BEGIN { printf "{\"id\":\"1\""; for (i = 0; i < 30; i++)
	printf ",\"c%d\":1", i; print "}" }' >wide
hs-diff -r old wide >out 2>err
like "many are not all named" "$(cat err)" ', c19 and 10 more$'
status "a slip in -c" 65 hs-diff -c nothere old new
like "-c: is explained" "$(cat "$T/err")" 'neither side has a column nothere'
status "a slip in -i is a warning" 1 hs-diff -i nothere old new
like "-i: is explained" "$(cat "$T/err")" 'neither side has a column nothere'

# Forms.
cat >old <<'END'
{"results":[{"id":"1","n":"Acme","a":5},{"id":"2","n":"B","a":null}]}
END
cat >new <<'END'
{"results":[{"id":"1","n":"a, \"b\"\u001b[31m\n","a":"5"},{"id":"3","n":""}]}
END
hs-diff -f text old new >got
is "for people" "$(cat got)" '~ 1  n: Acme → a, "b"\x1b[31m\n, a: 5 → "5"
+ 3
- 2'
LC_ALL=C hs-diff -f text old new >got
like "without UTF-8" "$(cat got)" 'n: Acme -> a'
terminal() { # VARIABLE=…: what a terminal gets
	env "$@" script -qec 'hs-diff -f text old new' /dev/null </dev/null |
		tr '\033\r' '%\n' | grep ' 3'
}
if script -qec true /dev/null </dev/null >/dev/null 2>&1; then
	like "coloured on a terminal" "$(terminal TERM=xterm)" \
		'^%\[32m\+ 3%\[0m'
	for plain in NO_COLOR=1 TERM=dumb; do
		like "not with $plain" "$(terminal TERM=xterm $plain)" '^\+ 3'
	done
	like "NO_COLOR may be empty" "$(terminal TERM=xterm NO_COLOR=)" '^%'
else
	skip "colours" "no terminal can be made here"
fi
hs-diff -f text --full old new >got
is "all of it for people" "$(cat got)" \
	'~ 1  id: 1, n: Acme → a, "b"\x1b[31m\n, a: 5 → "5"
+ 3  id: 3, n: ""
- 2  id: 2, n: B'
# Sixty bytes of a value are shown; nothing in it commands a terminal.
sixty=$(printf %060d 0)
printf '{"id":"1","a":"%s","b":"1\\u0085é\\t\\u007f","c":"x"}\n' "$sixty" >t1
printf '{"id":"1","a":"%s1","b":null,"c":null}\n' "$sixty" >t2
hs-diff -f text t1 t2 >got
is "a long value is cut, controls are escaped" "$(cat got)" \
	"~ 1  a: $sixty → $sixty…, b: 1\\xc2\\x85é\\t\\x7f → (none), c: x → (none)"
LC_ALL=C hs-diff -f text t1 t2 >got
is "without UTF-8, bytes are" "$(cat got)" \
	"~ 1  a: $sixty -> $sixty..., b: 1\\xc2\\x85\\xc3\\xa9\\t\\x7f -> (none), c: x -> (none)"
hs-diff -f text --full t1 t2 >got
is "with --full the whole of it, and what is none now" "$(cat got)" \
	"~ 1  id: 1, a: $sixty → ${sixty}1, b: 1\\xc2\\x85é\\t\\x7f → (none), c: x → (none)"
rm t1 t2
hs-diff -f ids old new >got
is "ids" "$(cat got)" "$(printf 'update\t1\ninsert\t3\ndelete\t2')"
hs-diff -f csv old new >got
is "csv" "$(cat got)" 'id,op,column,before,after
1,update,n,Acme,"a, ""b""'"$(printf '\033[31m')"'
"
1,update,a,5,5
3,insert,id,,3
3,insert,n,,""
2,delete,id,2,
2,delete,n,B,'
hs-diff -f counts old new >got
is "counts" "$(cat got)" "$(printf \
	'insert\t1\nupdate\t1\ndelete\t1\nsame\t0')"
awk 'BEGIN { for (i = 1; i <= 250; i++) printf "{\"id\":\"%d\"}\n", i }' >many
hs-diff -q old many >pages
is "pages of a hundred" "$(wc -l <pages)" 3
is "the last one is the last" "$(grep -c paging pages)" 2
ok "a loader takes them" hs-load-csv --require-pages changes.csv <pages
is "all of them" "$(wc -l <changes.csv)" 249
tail -n 2 pages >torn
status "and notices a lost one" 65 hs-load-csv changes.csv <torn
head -n 2 pages >torn
status "and a missing end" 65 hs-load-csv changes.csv <torn
hs-diff old old >pages
is "no change is an empty page" "$(cat pages)" \
	'{"results":[],"hs":{"object":"changes","page":0}}'
ok "which is a table" hs-load-csv none.csv <pages
printf '{"results":[{"id":"1"}],"hs":{"object":"deals","page":0}}\n' >deals
printf '{"results":[],"hs":{"object":"contacts","page":0}}\n' >contacts
hs-diff deals deals >pages
like "the pages name the object" "$(cat pages)" '"object":"changes:deals"'
status "two objects cannot be compared" 65 hs-diff deals contacts
like "two objects: is explained" "$(cat "$T/err")" 'deals holds deals and'
printf '{"results":[{"name":"x","a":1}],"hs":{"object":"schemas","page":0}}\n' >s1
printf '{"results":[{"name":"x","a":2}],"hs":{"object":"schemas","page":0}}\n' >s2
hs-diff -f ids s1 s2 >got
is "the key is the object's" "$(cat got)" "$(printf 'update\tx')"

# Sides.
hs-diff -f ids old - <new >got
is "standard input is the new side" "$(wc -l <got)" 3
hs-diff -f ids old <new >got
is "by default" "$(wc -l <got)" 3
cat old | hs-diff -f ids - new >got
is "or the old side" "$(wc -l <got)" 3
mkfifo p q
cat old >p &
cat new >q &
hs-diff -f ids p q >got
is "both may be pipes" "$(wc -l <got)" 3
wait
status "a missing file" 66 hs-diff nothere new
status "-N: is empty" 1 hs-diff -N -f counts nothere new
like "-N: all is new" "$(cat "$T/out")" "insert	2"
status "-N: not for the new side" 66 hs-diff -N old nothere
status "a directory" 74 hs-diff . new
: >empty
status "an empty file is no stream" 65 hs-diff empty new
status "nor an empty pipe" 65 hs-diff old <empty
: >empty.csv
status "an empty table is one" 1 hs-diff empty.csv new
head -c 60 old >cut
for bad in '{"results":[],"paging":{"next":{"after":"1"}}}' '{"id":}' \
	'[{"id":"1"}]' '{"id":"1"}
{"results":[]}' '{"id":"1"} x' '{"a":1}' '{"id":null}' '{"id":""}' \
	'{"results":[{"id":"1"}],"hs":{"object":"x","page":1}}' \
	'{"status":"error","message":"no","correlationId":"1"}'; do
	printf '%s\n' "$bad" >bad
	status "an old side that is none: $bad" 65 hs-diff bad new
	is "nothing is written" "$(cat "$T/out")" ""
	status "a new side that is none" 65 hs-diff old bad
	is "nothing is written" "$(cat "$T/out")" ""
done
status "a torn end" 65 hs-diff old cut
printf '{"id":"1"}\n{"id":"2"}\n{"idx":"2"}\n' >bad
hs-diff old bad 2>err
like "a record without a key has a place" "$(cat err)" \
	'bad: line 3: record 3: no id, which is the key'
printf '{"id":"1"}\n' >bare
status "--require-pages" 65 hs-diff --require-pages old bare
printf '{"results":[{"id":"1","a":6}],"hs":{"object":"x","page":0,"since":"2026-01-01"}}\n' >since
status "what changed is no old side" 65 hs-diff since old
status "as a new side" 1 hs-diff -q -f ids old since
is "an absence in it is no deletion" "$(cat "$T/out")" "$(printf 'update\t1')"
status "nor the absence of a column" 1 hs-diff -r --columns old since
unlike "no column is gone" "$(cat "$T/err" "$T/out")" 'gone|"n"'
status "a long line" 65 hs-diff --max-line 20 old new
status "a long row" 65 sh -c 'printf "id,a\n1,%030d\n" 1 |
	hs-diff --max-line 20 empty.csv -'

# The command line.
for args in '' 'a b c' '- -' '-f x a b' '-k a,a a b' '-o - a b' '--append a b' \
	'-r -f text a b' '-o x --append -f csv a b' '--full -f ids a b' \
	'-k a,b,c,d,e,f,g,h,i,j,k,l,m,n,o,p,q a b' '-i ,, a b' '--nope a b' \
	'-o a a b' '-o b a b'; do
	status "usage: $args" 64 hs-diff $args
done
t_done
