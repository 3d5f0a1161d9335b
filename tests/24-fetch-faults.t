#!/bin/sh
# hs-fetch: whatever the API does wrong, the right records once and status 0,
# or the right status and nothing that passes for the whole.
. tests/lib.sh
XDG_RUNTIME_DIR=$T
export XDG_RUNTIME_DIR

standin_start --records 250 --burst 100000
hs-fetch companies:contacts >"$T/want" || exit 1
standin_stop

# The cases wait more than they work: three dozen at a time, each with a stand-in and
# a directory of its own, told apart by their number.
#	fault WANTED_STATUS TITLE FAULT [OPTION...]
f_n=0
fault() {
	f_n=$((f_n + 1))
	mkdir "$T/$f_n"
	echo "$2" >"$T/$f_n/title"
	(
		want=$T/want
		T=$T/$f_n
		trap - EXIT
		one_fault "$@" >"$T/bad"
		exec 9>&-
	) &
	f_pids="$f_pids $!"
	[ $((f_n % 36)) != 0 ] || faults_done
}
faults_done() {
	wait $f_pids
	f_pids=
}
f_pids=

one_fault() {
	f_want=$1
	f_fault=$3
	shift 3
	standin_start --records 250 --burst 100000 --window 1000 \
		--fault "$f_fault"
	timeout 20 hs-fetch --timeout 1 --retry-time 4 "$@" \
		companies:contacts >"$T/out" 2>"$T/err"
	f_got=$?
	standin_stop
	[ "$f_got" = "$f_want" ] || echo "status $f_got, not $f_want"
	# A server that dies cannot tell.
	[ "$standin_status" = 0 ] || [ "${f_fault#*exit}" != "$f_fault" ] ||
		echo "the fault was never met"
	n=$(wc -c <"$T/out")
	if [ "$f_got" = 0 ]; then
		cmp "$T/out" "$want" 2>&1
	else
		head -c "$n" "$want" | cmp - "$T/out" 2>&1
		[ "$(wc -c <"$want")" -gt "$n" ] || echo "it is whole"
		[ -s "$T/err" ] || echo "no message"
	fi
	! grep 00000000-0000-4 "$T/out" "$T/err" || echo "the token shows"
}

# said PATTERN: what the last case said, looked at when all are done.
said() {
	echo "$1" >"$T/$f_n/said"
}
list='path=/objects/2026-09/companies'

# Passing: tried again.
for s in 408 423 429 477 500 502 503 504 520 521 522 523 524; do
	fault 0 "$s passes" "$list at=2 status=$s"
done
fault 0 "429 with Retry-After" "$list at=2 status=429 header=Retry-After:1"
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
fault 0 "the properties' endpoint fails once" 'path=/properties/ status=500'
fault 0 "a slow but steady body" "$list at=2 drip=20000/50"

# Not passing within the time there is.
fault 75 "503 for ever" "$list at=2 status=503 times=forever" --retry-time 1
fault 75 "resets for ever" "$list at=2 reset times=forever" --retry-time 1
fault 75 "stalls for ever" "$list at=2 stall=100 times=forever" \
	--retry-time 0
fault 75 "a drip that outlasts any patience" \
	"$list at=2 drip=1/300 times=forever" --retry-time 0
fault 75 "429 for longer than there is time" \
	"$list at=2 status=429 header=Retry-After:3600"
fault 75 "477 for hours" "$list at=2 status=477 header=Retry-After:36000"
said 'try again in 60[01] minutes'
fault 75 "500 without retries" "$list at=2 status=500" --retry-time 0
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
fault 76 "cut bodies for ever" "$list at=2 short-length times=forever"
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
fault 76 "control characters for a terminal" \
	"$list at=2 status=400 body={\"message\":\"\\u001b[31mred\"}"
said '\\x1b\[31mred'

faults_done
for i in $(seq "$f_n"); do
	is "$(cat "$T/$i/title")" "$(cat "$T/$i/bad")" "" ||
		t_show stderr "$(cat "$T/$i/err")"
	[ ! -f "$T/$i/said" ] || like "$(cat "$T/$i/title"): is explained" \
		"$(cat "$T/$i/err")" "$(cat "$T/$i/said")"
done

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
