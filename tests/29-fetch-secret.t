#!/bin/sh
# hs-fetch: where the token comes from, and that it is nowhere else.
. tests/lib.sh
XDG_RUNTIME_DIR=$T/run
export XDG_RUNTIME_DIR
mkdir -p "$T/run"

standin_start --records 500 --burst 100000 --latency 20 --log "$T/log"
token=$HUBSPOT_API_KEY
works() { # TITLE COMMAND...
	w_title=$1
	shift
	status "$w_title" 0 "$@"
	is "$w_title: records came" \
		"$(jq -s '[.[].results|length]|add' "$T/out")" 500
	unlike "$w_title: it is not shown" "$(cat "$T/out" "$T/err")" "$token"
}
works "from the environment" hs-fetch companies
works "with Bearer in front" env HUBSPOT_API_KEY="Bearer $token" \
	hs-fetch companies
status "two of them" 78 hs-fetch \
	--address 'hubspot://?api_key={HUBSPOT_API_KEY}&service_key=x' companies
like "are one too many" "$(cat "$T/err")" 'both api_key and service_key$'
status "Bearer alone is none" 78 env HUBSPOT_API_KEY=Bearer hs-fetch companies
works "in quotes and with a newline" env HUBSPOT_API_KEY="\"$token\"
" hs-fetch companies
MY=$token
export MY
unset HUBSPOT_API_KEY
works "by an address with a variable" \
	hs-fetch --address 'hubspot://?api_key={MY}' companies
works "by an address with a dollar" \
	hs-fetch --address 'hubspot://?api_key=${MY}' companies
works "as a service key" \
	hs-fetch --address 'hubspot://?service_key={MY}' companies
echo "$token" >"$T/token"
works "from a file" hs-fetch --token-file "$T/token" companies
works "from standard input" sh -c "hs-fetch --token-file - companies \
	<'$T/token'"
works "written out in the address" \
	hs-fetch --address "hubspot://?api_key=$token" companies
like "which warns" "$(cat "$T/err")" 'token written out'

# Where there is none.
status "no token" 78 hs-fetch companies
like "says what to do" "$(cat "$T/err")" 'export HUBSPOT_API_KEY'
status "a variable that is not set" 78 \
	hs-fetch --address 'hubspot://?api_key={NOSUCH}' companies
like "is named" "$(cat "$T/err")" 'variable NOSUCH is not set'
status "an address of another kind" 78 \
	hs-fetch --address "csv:$token" companies
unlike "is not repeated" "$(cat "$T/err")" "$token"
status "an empty token" 78 env HUBSPOT_API_KEY= hs-fetch companies
printf 'a\033b' >"$T/bad"
status "a token with a control character" 78 \
	hs-fetch --token-file "$T/bad" companies
printf 'a\0b' >"$T/bad"
status "a token with a NUL" 78 hs-fetch --token-file "$T/bad" companies
head -c 5000 /dev/zero | tr '\0' x >"$T/bad"
status "a token that is too long" 78 \
	hs-fetch --token-file "$T/bad" companies
status "a file that is not there" 66 \
	hs-fetch --token-file "$T/none" companies

# Looked for wherever it might be while a run goes on.
HUBSPOT_API_KEY=$token
export HUBSPOT_API_KEY
mkfifo "$T/fifo"
hs-fetch -vv -j 4 --stats "$T/stats" companies >"$T/fifo" 2>"$T/err" &
pid=$!
exec 8<"$T/fifo"
head -c 1 <&8 >/dev/null
seen=
if [ -r "/proc/$pid/cmdline" ]; then
	tr '\0' ' ' <"/proc/$pid/cmdline" | grep -q "$token" &&
		seen="its arguments"
	for p in $(cat "/proc/$pid/task/$pid/children" 2>/dev/null); do
		tr '\0' '\n' <"/proc/$p/environ" 2>/dev/null |
			grep -q "$token" && seen="$seen a child"
	done
	is "not in its arguments, nor with a child" "$seen" ""
else
	skip "not in its arguments, nor with a child" "no /proc here"
fi
cat <&8 >/dev/null
exec 8<&-
wait $pid
is "the run went well" $? 0
is "in no file: pace, statistics, messages" \
	"$(grep -rl "$token" "$T/run" "$T/stats" "$T/err")" ""
ok "there was a pace file to look at" [ -n "$(ls "$T/run"/hs-tools-*)" ]
is "nor in a part" "$(grep -rl 0000-4000-8000 "$T/run" "$T/stats" \
	"$T/err")" ""
HUBSPOT_API_KEY=${token}x
status "a wrong one" 77 hs-fetch -v companies
unlike "is not shown either" "$(cat "$T/err")" "$token"
standin_stop

# A token that expires in the middle, and another in its file.
HUBSPOT_API_KEY=$token
next=pat-na1-00000000-0000-4000-8000-000000000002
renewing() { # OPTIONS OF THE STAND-IN
	echo "$token" >"$T/token"
	standin_start --records 2500 --burst 100000 --log "$T/log" \
		--expire-after 6 --next-token $next "$@"
}
standin_start --records 2500 --burst 100000
hs-fetch -p name companies >"$T/want"
standin_stop
for jobs in 1 8; do
	renewing --latency 20
	(
		while [ "$(wc -l 2>/dev/null <"$T/log")" -lt 4 ]; do
			sleep 0.01
		done
		echo $next >"$T/token.new"
		mv "$T/token.new" "$T/token"
	) &
	status "-j $jobs: a token that expires is read again" 0 \
		hs-fetch -v -j $jobs --token-file "$T/token" -p name companies
	wait $!
	same "-j $jobs: nothing is lost" "$T/want" "$T/out"
	like "-j $jobs: -v says so" "$(cat "$T/err")" \
		'going on with the new one in its file$'
	unlike "-j $jobs: neither is shown" "$(cat "$T/err")" "$token|$next"
	standin_stop
done
renewing
# Once the old one has been refused.
(
	until grep -q '"status":401' "$T/log" 2>/dev/null; do sleep 0.01; done
	echo $next >"$T/token"
) &
status "a new token that is late" 0 \
	hs-fetch --token-file "$T/token" -p name companies
wait $!
same "is waited for" "$T/want" "$T/out"
standin_stop
renewing
status "a file that still has the expired token" 77 \
	hs-fetch --token-file "$T/token" -p name companies
like "is said" "$(cat "$T/err")" '401.*expired'
standin_stop
renewing
status "a token that does not come from a file" 77 \
	hs-fetch -j 1 -p name companies
is "is not tried again" "$(grep -c '"status":401' "$T/log")" 1
standin_stop

# Never to another host.
standin_start --log "$T/other"
other=$URL
exec 7>&9
other_pid=$standin_pid
standin_pid=
mv "$T/standin.in" "$T/other.in"
standin_start --records 500 \
	--fault "path=/objects redirect=$other/crm/objects/2026-09/companies"
status "a redirect" 76 hs-fetch companies
is "reaches nobody" "$(cat "$T/other" 2>/dev/null)" ""
standin_stop
exec 7>&-
wait $other_pid

# A proxy sees nothing of what goes to the loopback in the clear.
standin_start --records 500 --burst 100000
http_proxy=http://127.0.0.1:1 all_proxy=http://127.0.0.1:1 \
	status "a proxy is not asked for the loopback" 0 \
	hs-fetch --retry-time 0 companies
standin_stop

standin_start --records 5 \
	--fault 'status=401 times=forever body={"message":"*** is no good, nor **"}'
for stars in '***' '*'; do
	status "a token of stars: $stars" 77 timeout 20 \
		env HUBSPOT_API_KEY="$stars" hs-fetch -p default companies
done
standin_stop
t_done
