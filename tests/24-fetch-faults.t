#!/bin/sh
# hs-fetch: whatever the API does wrong, the right records once and status 0,
# or the right status and nothing that passes for the whole.
. tests/lib.sh
. tests/faults.sh
XDG_RUNTIME_DIR=$T
export XDG_RUNTIME_DIR

standin_start --records 250 --burst 100000
hs-fetch companies:contacts >"$T/want" || exit 1
names=$(hs-fetch properties:companies | jq -r '[.results[].name]|join(",")')

# What the API would say to a page that is asked for.
page() { # QUERY
	curl -s -H "Authorization: Bearer $HUBSPOT_API_KEY" \
		"$URL/crm/objects/2026-09/companies?limit=100&properties=$names&associations=contacts$1"
}
page '' >"$T/first"
a=$(jq -r .paging.next.after "$T/first")
page "&after=$a" >"$T/second"
last=$(jq -c '.results[99]' "$T/first")
# The cursors as numbers; a record of the first page again in the second.
sed 's/"after":"\([0-9]*\)"/"after":\1/' "$T/first" >"$T/number"
jq -c --argjson r "$last" '.results|=[$r]+.[:99]' "$T/second" >"$T/shifted"
sed 's/},{"id":/},\n{"id":/g' "$T/second" >"$T/lines"
# A thousand levels, and one.
awk 'BEGIN { printf "{\"results\":[{\"id\":\"1\",\"a\":"
	for (i = 0; i < 1001; i++) printf "["
	for (i = 0; i < 1001; i++) printf "]"
	printf "}]}" }' >"$T/deep"
standin_stop

f_portal='--records 250 --burst 100000 --window 1000'
f_object=companies:contacts
f_want=$T/want
list='path=/objects/2026-09/companies'

# Passing: tried again.
for s in 408 423 429 477 500 502 503 504 520 521 522 523 524; do
	fault 0 "$s passes" "$list at=2 status=$s"
done
fault 0 "429 with Retry-After" "$list at=2 status=429 header=Retry-After:1"
fault 0 "429 with Retry-After 0" "$list at=2 status=429 header=Retry-After:0"
fault 0 "429 with a Retry-After that is none" \
	"$list at=2 status=429 header=Retry-After:soon"
fault 0 "429 with a date that is past" \
	"$list at=2 status=429 header=Retry-After:Sun,06Nov199408:49:37GMT"
fault 0 "429 in HTML" "$list at=2 status=429 html"
fault 0 "503 with a page of HTML" "$list at=2 status=503 html"
fault 0 "503 without a body" "$list at=2 status=503 empty"
fault 0 "477 for a second" "$list at=3 status=477 header=Retry-After:1"
fault 0 "a connection that is reset" "$list at=2 reset"
fault 0 "a body cut short of its length" "$list at=2 truncate=5000"
fault 0 "a chunked body that is cut" "$list at=2 truncate-chunked=5000"
fault 0 "a body cut with its length" "$list at=2 short-length"
fault 0 "a body that stalls" "$list at=2 stall=3000"
fault 0 "a body that never starts" "$list at=2 stall=0"
fault 0 "garbage under a 200, once" "$list at=2 garbage"
fault 0 "an empty body under a 200, once" "$list at=2 empty"
fault 0 "HTML under a 200, once" "$list at=2 html"
fault 0 "NaN, once" "$list at=2 nan"
fault 0 "an error object under a 200, once" "$list at=2 no-results"
fault 0 "broken gzip, once" "$list at=2 badgzip"
fault 0 "a wrong charset" "$list at=2 charset times=forever"
fault 0 "no content type" "$list at=2 no-content-type times=forever"
fault 0 "an empty page object under a 200, once" "$list at=2 body={}"
fault 0 "a page of null under a 200, once" "$list at=2 body=null"
# For that page, whichever request it is on a slow machine.
second="path=/objects/2026-09/companies query=after=$a"
fault 0 "JSON with line breaks" "$second body=@$T/lines"
fault 0 "a cursor that is a number" "$list at=1 body=@$T/number"
fault 0 "rubbish behind the JSON, once" "$list at=3 body={\"results\":[]} x"
fault 0 "a slow but steady body" "$list at=2 drip=20000/50"

fault 0 "488 passes" "$list at=2 status=488 times=2"
fault 0 "403 with a page of HTML passes" "$list at=2 status=403 html times=2"
fault 0 "404 with a page of HTML passes" "$list at=2 status=404 html times=2"

# Not passing within the time there is.
fault 75 "503 for ever" "$list at=2 status=503 times=forever" --retry-time 1
fault 75 "resets for ever" "$list at=2 reset times=forever" --retry-time 1
fault 75 "stalls for ever" "$list at=2 stall=100 times=forever" \
	--retry-time 0
fault 75 "a drip that outlasts any patience" \
	"$list at=2 drip=1/300 times=forever" --retry-time 0
fault 75 "429 for longer than there is time" \
	"$list at=2 status=429 header=Retry-After:3600"
fault 75 "429 for longer than a number says" \
	"$list at=2 status=429 header=Retry-After:9223372036854775807"
fault 75 "429 for longer than any number" \
	"$list at=2 status=429 header=Retry-After:99999999999999999999999"
fault 75 "477 for hours" "$list at=2 status=477 header=Retry-After:36000"
said 'try again in 60[01] minutes'
fault 75 "500 without retries" "$list at=2 status=500" --retry-time 0
fault 75 "501" "$list at=2 status=501"
fault 75 "525" "$list at=2 status=525"
fault 75 "526" "$list at=2 status=526"
fault 75 "the daily limit" "$list at=2 status=429 body={\"status\":\"error\",\"policyName\":\"DAILY\",\"message\":\"You have reached your daily limit.\"}"
said 'midnight.*--resume'
fault 75 "the daily limit without a name" "$list at=2 status=429 body={\"message\":\"You have reached your daily limit.\"}"
fault 0 "the burst limit by its name" "$list at=2 status=429 body={\"policyName\":\"TEN_SECONDLY_ROLLING\"}"
fault 75 "the server dies" "$list at=2 exit=2000" --retry-time 1

# Broken contracts.
for f in garbage empty html nan no-results badgzip; do
	fault 76 "$f for ever" "$list at=2 $f times=forever"
done
bad() { # TITLE BODY: for ever
	fault 76 "$1" "$list at=2 times=forever body=$2"
}
bad "results that are an object" '{"results":{}}'
bad "results that are null" '{"results":null}'
bad "results that are text" '{"results":"[]"}'
bad "results twice" '{"results":[],"results":[]}'
bad "a record that is null" '{"results":[null]}'
bad "a record that is a list" '{"results":[[]]}'
bad "a record without an id" '{"results":[{"properties":{}}]}'
bad "a record whose id is null" '{"results":[{"id":null}]}'
bad "a record whose id is empty" '{"results":[{"id":""}]}'
bad "a list instead of a page" '[]'
bad "an error with results" '{"status":"error","message":"x","results":[]}'
bad "an empty cursor" '{"results":[{"id":"9"}],"paging":{"next":{"after":""}}}'
bad "a cursor that is false" '{"results":[],"paging":{"next":{"after":false}}}'
bad "a cursor that is an object" '{"results":[],"paging":{"next":{"after":{}}}}'
bad "a next page without a cursor" '{"results":[{"id":"9"}],"paging":{"next":{"link":"x"}}}'
said 'names a next page without a cursor'
bad "a next page whose cursor is null" '{"results":[{"id":"9"}],"paging":{"next":{"after":null}}}'
bad "paging that is a list" '{"results":[],"paging":[]}'
bad "rubbish with a cursor at its end" '{"results":[{"id":1,}],"paging":{"next":{"after":"7"}}}'
bad "rubbish behind the JSON" '{"results":[]}{'
bad "text that is no UTF-8" "$(printf '{"results":[{"id":"1","a":"\377"}]}')"
bad "a raw control character" "$(printf '{"results":[{"id":"1","a":"\001"}]}')"
bad "a page nested too deeply" "@$T/deep"
fault 76 "204 for ever" "$list at=2 status=204 empty times=forever"
fault 76 "206 with JSON" "$list at=2 status=206 times=forever body={\"results\":[]}"
fault 76 "206 with a part" "$list at=2 status=206 times=forever body={\"resu"
fault 76 "cut bodies for ever" "$list at=2 short-length times=forever"
fault 76 "cursors that go in a circle" "$list at=3 body={\"results\":[{\"id\":\"999999999999\"}],\"paging\":{\"next\":{\"after\":\"$a\"}}}" -j1
said 'named the cursor [0-9]+ a second time'
fault 75 "a page that has shifted" "$second body=@$T/shifted"
said 'record [0-9]+ came twice: the list moved while it was read; run again'
fault 76 "a repeated cursor" "$list at=2 repeat-cursor times=forever"
fault 76 "a page that repeats a record" "$list at=2 duplicate"
fault 76 "a body beyond the limit" "$list at=2 huge=3000000" --max-body 2M
fault 76 "spaces beyond the limit" "$list at=2 huge-spaces=3000000" \
	--max-body 2M
fault 76 "a gzip bomb" "$list at=2 bomb" --max-body 2M
fault 76 "400" "$list at=2 status=400"
fault 76 "414 where nothing can be left out" \
	"path=/objects/2026-09/companies at=2 status=414 times=forever"
fault 76 "a redirect to another host" \
	"$list at=2 redirect=http://127.0.0.2:1/"
said 'refused to be redirected \(302\) to http://127\.0\.0\.2:1/'
fault 76 "a redirect without Location" "$list at=2 status=307"

# Refusals.
fault 77 "401" "$list at=2 status=401"
fault 77 "403" "$list at=2 status=403"
fault 77 "530" "$list at=2 status=530"
fault 69 "404" "$list at=2 status=404"
fault 77 "a token that is echoed" "$list at=2 status=401 body={\"message\":\"bad token pat-na1-00000000-0000-4000-8000-000000000001 given\"}"
said 'bad token \[token\] given'
# However a token comes back, no part of it is shown.
token=$HUBSPOT_API_KEY
pad=$(printf '%0590d' 0)
echo "{\"message\":\"$pad $token\"}" >"$T/cut"
fault 77 "a token where the message is cut" "$list at=2 status=401 body=@$T/cut"
fault 77 "a token with escapes" "$list at=2 status=401 body={\"message\":\"\\u0070${token#p}\"}"
said ': \[token\];'
fault 77 "a token as the correlation id" "$list at=2 status=401 body={\"correlationId\":\"$token\"}"
fault 77 "a token as a scope" "$list at=2 status=403 body={\"errors\":[{\"context\":{\"requiredScopes\":[\"$token\"]}}]}"
fault 76 "a token in a redirect" "$list at=2 redirect=http://127.0.0.2:1/$(printf '%0230d' 0)$token"
fault 76 "a very long message" "$list at=2 status=400 body={\"message\":\"$pad$pad$pad\"}"
fault 76 "control characters for a terminal" \
	"$list at=2 status=400 body={\"message\":\"\\u001b[31mred\"}"
said '\\x1b\[31mred'

faults_done

# An empty page that names a next one belongs to the list.
standin_start --records 250 --burst 100000 --fault "$list at=2 empty-page"
status "an empty page in the middle" 0 hs-fetch companies:contacts
is "is passed on, and the records follow" \
	"$(jq -c '.results|length' "$T/out" | tr '\n' ' ')" '100 0 100 50 '
is "all of them, once" "$(jq -c '.results[]' "$T/out" | cksum)" \
	"$(jq -c '.results[]' "$T/want" | cksum)"
standin_stop
standin_start --records 250 --burst 100000 \
	--fault "$list times=forever empty-page"
status "empty pages for ever" 76 timeout 20 hs-fetch companies
standin_stop

# The account is in another region.
region() { # TITLE TOKEN PATTERN
	standin_start --token "$2" --fault 'status=488 times=forever body={"message":"unknown to this Hublet"}'
	HUBSPOT_API_KEY=$2 status "$1" 78 hs-fetch companies
	like "$1: is explained" "$(cat "$T/err")" "$3"
	standin_stop
}
region "a token of another region" pat-eu1-x \
	'in another region than 127\.0\.0\.1:[0-9]+: 488: unknown.*names its region: try --base-url https://api-eu1\.hubapi\.com$'
region "a token of the first region" pat-na1-x \
	'try --base-url https://api\.hubapi\.com$'
region "a token that names no region" CKxyz \
	'try --base-url with that of the account: https://api\.hubapi\.com, https://api-eu1'

# Pages of HTML are not the API's.
standin_start --records 250 --fault 'path=/objects/ status=404 html times=forever'
status "a page of HTML under 404, for ever" 75 \
	hs-fetch --retry-time 1 -p name companies
like "is no missing object" "$(cat "$T/err")" \
	'refused on its way, by a proxy or a firewall: 404 with a page of HTML'
standin_stop
standin_start --records 250 --fault 'status=403 times=forever body= <html>'
status "a page of HTML under 403, for ever" 75 \
	hs-fetch --retry-time 1 companies
unlike "is no missing scope" "$(cat "$T/err")" 'scope'
standin_stop
# A token revoked in the middle.
standin_start --records 550 --burst 100000 --revoke-after 4
status "a token that is revoked meanwhile" 77 hs-fetch -j 1 companies
is "leaves an incomplete stream" \
	"$(tail -1 "$T/out" | jq '.paging.next.after!=null')" true
standin_stop
standin_start --records 10 --expired
status "an expired token" 77 hs-fetch companies
like "says so" "$(cat "$T/err")" '401.*check that it is current'
standin_stop

# Where nothing may be sent.
HUBSPOT_API_KEY=pat-x
export HUBSPOT_API_KEY
for u in http://api.example.com http://127.0.0.1.example.com \
	http://localhost.example.com ftp://127.0.0.1/ https:// \
	http://user@127.0.0.1 'http://127.0.0.1?x'; do
	status "the base URL $u is refused" 78 hs-fetch --base-url "$u" companies
done
like "with the reason" "$(hs-fetch --base-url http://h companies 2>&1)" \
	'plain http would show the token'
status "nobody listens" 75 hs-fetch --retry-time 1 \
	--base-url http://127.0.0.1:1 companies
t_done
