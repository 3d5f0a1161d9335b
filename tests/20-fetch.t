#!/bin/sh
# hs-fetch: objects as pages, the command line, the token, the output.
. tests/lib.sh
XDG_RUNTIME_DIR=$T
export XDG_RUNTIME_DIR

standin_start --records 250 --burst 100000 --log "$T/log"

status "help goes to standard output" 0 hs-fetch --help
like "and shows the usage" "$(head -1 "$T/out")" '^usage: hs-fetch '
is "and nothing else is said" "$(cat "$T/err")" ""
status "the version" 0 hs-fetch --version

# The command line.
status "no object is a mistake" 64 hs-fetch
status "two objects are a mistake" 64 hs-fetch companies contacts
status "an unknown option is a mistake" 64 hs-fetch --nosuch companies
status "an object that can't be is a mistake" 64 hs-fetch 'companies:'
status "no jobs are a mistake" 64 hs-fetch -j 0 companies
status "an unknown API version is a mistake" 64 \
	hs-fetch --api-version 2020 companies
for v in 2026-9 2026-09-alpha 2026-09x v4 202a-09 ''; do
	status "--api-version '$v' is none" 64 \
		hs-fetch --api-version "$v" companies
done
status "--resume needs a file" 64 hs-fetch --resume companies
status "--resume does not go with a sample" 64 \
	hs-fetch --resume -o "$T/x" --limit 5 companies
status "-p is for records" 64 hs-fetch -p all owners
status "associations are for records" 64 hs-fetch -a deals schemas
status "--verify-count does not count archived records" 64 \
	hs-fetch --verify-count --archived companies
status "two sources of the token are a mistake" 64 \
	hs-fetch --token-file "$T/x" --address 'hubspot://?api_key=x' companies
like "a mistake ends with the usage" "$(tail -1 "$T/err")" '^usage: hs-fetch'

# The six objects, with all of their properties.
for o in companies contacts deals tickets products quotes; do
	status "$o" 0 hs-fetch $o
	is "$o: three pages, numbered, of this object" \
		"$(jq -c '[.hs.object,.hs.page,(.results|length)]' "$T/out" |
			tr '\n' ' ')" \
		"[\"$o\",0,100] [\"$o\",1,100] [\"$o\",2,50] "
	is "$o: only the last page names no other" \
		"$(jq -c '.paging.next.after!=null' "$T/out" | tr '\n' ' ')" \
		"true true false "
	is "$o: every record has every property" \
		"$(jq -c '.results[].properties|keys' "$T/out" | sort -u)" \
		"$(curl -s -H "Authorization: Bearer $HUBSPOT_API_KEY" \
			"$URL/crm/properties/2026-09/$o" |
			jq -c '[.results[].name]|sort')"
done

# Values leave as they came.
props=$(hs-fetch properties:companies | jq -r '[.results[].name]|join(",")')
curl -s -H "Authorization: Bearer $HUBSPOT_API_KEY" \
	"$URL/crm/objects/2026-09/companies?limit=100&properties=$props" |
	sed 's/\],"paging".*//' >"$T/raw"
echo >>"$T/raw"
hs-fetch companies | head -1 | sed 's/\],"paging".*//' >"$T/ours"
same "a page's records are the API's, byte for byte" "$T/raw" "$T/ours"

# Choosing properties.
count() {
	hs-fetch "$@" companies | jq -c '.results[0].properties|keys|length'
}
is "-p default: the API's choice" \
	"$(hs-fetch -p default companies |
		jq -c '.results[0].properties|has("name") and has("domain")' |
		sort -u)" true
is "-p a,b: these, and the three that always come" \
	"$(hs-fetch -p city,zip companies | jq -c '.results[]
		|.properties|has("city") and has("zip") and length<=5' |
		sort -u)" true
printf 'city\nzip, phone\n' >"$T/list"
is "-p @FILE" "$(hs-fetch -p "@$T/list" companies | jq -c '.results[]
	|.properties|has("city") and has("zip") and has("phone")' |
	sort -u)" true
for p in '' ', ,' @/dev/null; do
	status "a list without a name is a mistake: -p '$p'" 64 \
		hs-fetch -p "$p" companies
done
status "a list that is not there" 66 hs-fetch -p "@$T/none" companies

# Versions.
for v in 2026-09 2026-03 2025-09 2027-03 2027-03-beta v3; do
	hs-fetch --api-version $v companies:contacts 2>"$T/err" |
		jq -c 'del(.results[].url,.hs.request)' >"$T/$v" # v3 has no url
	same "API version $v gives the same" "$T/2026-09" "$T/$v"
done
is "v3 asked v3" "$(tail -1 "$T/log" | grep -c '/crm/v3/objects/companies')" 1

# Samples.
status "a sample" 0 hs-fetch --limit 150 companies
is "has as many records as asked" "$(jq '.results|length' "$T/out" |
	tr '\n' ' ')" "100 50 "
is "and is incomplete" "$(tail -1 "$T/out" | jq '.paging.next.after!=null')" \
	true
like "and says so" "$(cat "$T/err")" 'sample of 150 records'
status "a sample that is larger than the list" 0 hs-fetch --limit 900 companies
is "is the list, complete" "$(tail -1 "$T/out" | jq '.paging')" null

# Output.
hs-fetch companies >"$T/all"
status "-o FILE" 0 hs-fetch -o "$T/file" companies
same "holds the stream" "$T/all" "$T/file"
is "and standard output nothing" "$(cat "$T/out")" ""
is "in a pipe nothing is said" "$(cat "$T/err")" ""
status "a full disk is an error" 74 sh -c 'hs-fetch companies >/dev/full'
status "with -o, too" 74 hs-fetch -o /dev/full companies
status "a file that can't be made" 73 hs-fetch -o "$T/no/such" companies
echo old >"$T/old"
for p in all name; do
	HUBSPOT_API_KEY=pat-wrong status "a refused token (-p $p)" 77 \
		hs-fetch -p $p -o "$T/old" companies
	is "leaves the old file alone" "$(cat "$T/old")" old
	HUBSPOT_API_KEY=pat-wrong status "a refused token and a new file" 77 \
		hs-fetch -p $p -o "$T/new" companies
	ok "leave no file" [ ! -e "$T/new" ]
done
status "another list" 0 hs-fetch -p name -o "$T/old" --limit 10 companies
is "takes an old file's place" "$(jq '.results|length' "$T/old")" 10
status "nothing to write to is an error" 74 sh -c 'hs-fetch companies >&-'
status "nothing to read the token from, too" 66 \
	sh -c 'hs-fetch --token-file - companies <&-'
status "standard error may be closed" 0 sh -c 'hs-fetch -v companies 2>&-'
same "and nothing of it is among the data" "$T/all" "$T/out"
# The pipe would hold all of it: the reader goes first.
(
	while [ ! -e "$T/left" ]; do sleep 0.01; done
	hs-fetch -v companies 2>"$T/err"
	echo $? >"$T/rc"
) | {
	exec <&-
	: >"$T/left"
}
is "a closed pipe ends it quietly" "$(cat "$T/rc" "$T/err")" 141

# Counts.
status "--stats" 0 hs-fetch -j 1 --stats "$T/stats" companies
is "has the counts" "$(jq -c \
	'[.object,.status,.requests,.retries,.pages,.records]' "$T/stats")" \
	'["companies",0,6,0,3,250]'
status "--stats of a strange name" 69 hs-fetch --stats "$T/stats" 'a"b\c'
is "is JSON all the same" "$(jq -r .object "$T/stats")" 'a"b\c'
status "--stats that can't be made" 73 hs-fetch --stats "$T/no/x" companies
is "and nothing was fetched" "$(cat "$T/out")" ""
status "--stats" 0 hs-fetch -j 1 --stats "$T/stats" companies
is "and the bytes" "$(jq .bytes_written "$T/stats")" "$(wc -c <"$T/out")"
for f in "$T/all" "$T/new"; do
	status "--stats to where the pages go" 64 \
		hs-fetch --stats "$f" -o "$f" companies
done
ok "is no file" [ ! -e "$T/new" ]
ok "and harms none" [ -s "$T/all" ]
status "--stats to standard output" 64 hs-fetch --stats - companies
status "--resume of standard output" 64 hs-fetch -o - --resume companies
HUBSPOT_API_KEY=pat-wrong status "--stats of a failure" 77 \
	hs-fetch --stats "$T/stats" companies
is "has its status" "$(jq -c '[.status,.pages]' "$T/stats")" '[77,0]'

: >"$T/log"
status "--dry-run" 0 hs-fetch -n companies
like "names the request" "$(cat "$T/out")" '^list: GET http.*properties='
like "the records" "$(cat "$T/out")" '^records: 250$'
like "how many requests" "$(cat "$T/out")" '^requests: 3$'
like "and the quota" "$(cat "$T/out")" '^daily quota left: [0-9]+ of [0-9]+$'
is "and reads no list" "$(grep -c 'GET.*objects' "$T/log")" 0

ln -s "$T/later" "$T/link"
HUBSPOT_API_KEY=pat-wrong status "a link to nothing, and no page" 77 \
	hs-fetch -p default -o "$T/link" companies
ok "stays a link" [ -L "$T/link" ]
ok "to nothing" [ ! -e "$T/later" ]
for url in http://127.0.0.1:99999 http://127.0.0.1:0 http://127.0.0.1:x; do
	status "no port: $url" 78 hs-fetch --base-url $url companies
done
: >"$T/log"
status "a base URL with a slash at its end" 0 \
	hs-fetch --base-url "$URL//" companies
is "is the one without" "$(grep -c '"/*/crm' "$T/log") $(grep -c '"//' "$T/log")" \
	"$(grep -c . "$T/log") 0"

standin_stop
standin_start --records 250 --log "$T/log" \
	--fault 'path=/search times=forever status=403' \
	--fault 'path=/crm/limits times=forever status=403'
status "--dry-run where the token may not search" 0 hs-fetch -n companies
like "says that it may not" "$(cat "$T/err")" \
	'search of companies: .*403.*; the number of records is not known$'
like "names the request" "$(cat "$T/out")" '^list: GET http.*properties='
like "not the records" "$(cat "$T/out")" '^records: not known \(no search\)$'
like "and the quota" "$(cat "$T/out")" '^daily quota left: [0-9]+ of [0-9]+$'
standin_stop
standin_start --records 250 --burst 100000 --log "$T/log"
HUBSPOT_API_KEY=pat-wrong status "--dry-run with a token that is refused" 77 \
	hs-fetch -n -p default companies

like "of archived records the number is not known" \
	"$(hs-fetch -n --archived companies)" '^records: not known$'
status "--dry-run to a full disk" 74 sh -c 'hs-fetch -n companies >/dev/full'
status "--dry-run of what is not there" 69 hs-fetch -n nosuch
is "prints nothing" "$(cat "$T/out")" ""

status "--verify-count of a whole list" 0 hs-fetch --verify-count companies
same "is the list" "$T/all" "$T/out"
status "--verify-count of a few properties" 0 \
	hs-fetch --verify-count -p city,name companies
status "--verify-count misses a property" 76 \
	hs-fetch --verify-count -p name,nosuch companies
like "and names it" "$(cat "$T/err")" \
	'record [0-9]+ comes without the property nosuch'
is "and writes no page without it" "$(cat "$T/out")" ""
standin_stop

standin_start --records 250 --burst 100000 \
	--fault 'path=/objects/2026-09/companies at=2 cut-valid' \
	--fault 'path=/objects/2026-09/companies at=4 cut-valid'
status "a page cut to valid JSON can't be noticed from itself" 0 \
	hs-fetch companies
is "as the count shows" "$(jq -s '[.[].results|length]|add' "$T/out")" 150
status "--verify-count notices" 76 hs-fetch --verify-count companies
is "and the stream stays incomplete" \
	"$(tail -1 "$T/out" | jq '.paging.next.after!=null')" true
standin_stop

# A reader that leaves while the next page is waited for; signals.
list='path=/objects/2026-09/companies'
standin_start --records 2500 --burst 100000 --log "$T/log" \
	--fault "$list query=after= times=forever stall=0"
(
	timeout 60 hs-fetch -j1 -p name companies 2>"$T/err"
	echo $? >"$T/rc"
) | {
	head -1
	until [ "$(wc -l <"$T/log")" -ge 2 ]; do sleep 0.01; done
} >"$T/out"
is "a reader that leaves ends the waiting, too" \
	"$(cat "$T/rc" "$T/err")" 141
is "after the page that it wanted" "$(jq .hs.page "$T/out")" 0
is "and one request behind that" "$(wc -l <"$T/log")" 2
# A shell has SIGINT ignored by what it puts into the background.
signals='15 1' default=
if env --default-signal=INT true 2>/dev/null; then
	signals="2 $signals" default='env --default-signal=INT'
fi
for sig in $signals; do
	$default hs-fetch -p name -o "$T/sig" companies 2>"$T/err" &
	pid=$!
	# A page whole: a write may be cut off by what ends a program.
	while ! [ "$(wc -l 2>/dev/null <"$T/sig")" = 1 ] && kill -0 $pid; do
		sleep 0.01
	done
	kill -$sig $pid
	wait $pid
	is "signal $sig ends a run" "$?" $((128 + sig))
	is "signal $sig: nothing is said" "$(cat "$T/err")" ""
	is "signal $sig: the page that came stays" \
		"$(jq -c '[.hs.page,.paging.next.after!=null]' "$T/sig")" \
		'[0,true]'
	rm "$T/sig"
done
standin_stop

standin_start --records 150 --burst 100000 --null-paging --gzip
hs-fetch companies >"$T/out" 2>"$T/err"
is "paging null is the end; gzip is understood" \
	"$(jq -c '[(.results|length),.paging.next.after!=null]' "$T/out" |
		tr '\n' ' ')" '[100,true] [50,false] '
standin_stop

standin_start --records 0
status "an empty list" 0 hs-fetch companies
is "is one empty page" "$(sed 's/,"request":"[0-9a-f]*"//' "$T/out")" \
	'{"results":[],"hs":{"object":"companies","page":0}}'
standin_stop
t_done
