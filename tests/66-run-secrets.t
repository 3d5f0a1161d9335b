#!/bin/sh
# The token: in no argument, no message, no other program's environment.
. tests/lib.sh
. tests/fakes.sh
top=$PWD
cd "$T" || exit 1
token=pat-na1-abcdef-secret
fake hs-fetch <<'EOF'
[ "$1" = --stats ] && shift 2
printf '%s\n' "$@" >arguments
echo "$HUBSPOT_API_KEY" >key
echo '{"results":[]}'
EOF
fake hs-schema <<'EOF'
printf '%s\n' "$@" >>arguments
env >environment
echo '{}' >"$2"
exec cat
EOF

pipeline p.yaml companies csv:tables crm.companies
HUBSPOT_API_KEY=$token
status "a token in a variable" 0 "$hsrun" -v p.yaml
is "hs-fetch reads the variable itself" "$(sed -n 2p arguments)" \
	"hubspot://?api_key={HUBSPOT_API_KEY}"
unlike "nothing says it" "$(cat err arguments)" "$token"

unset HUBSPOT_API_KEY
sed "s/{HUBSPOT_API_KEY}/$token/" p.yaml >literal.yaml
chmod 600 literal.yaml
status "a token that is written out" 0 "$hsrun" -v literal.yaml
is "is in hs-fetch's environment" "$(cat key)" "$token"
is "and in no argument" "$(head -n 1 arguments)" "companies"
unlike "nor in another program's environment" "$(cat environment)" "$token"
unlike "nor in a message" "$(cat err)" "$token"
like "-v says what is run, a line each" "$(cat err)" '^hs-run: mkdir -p tables/crm '
unlike "of a file of one's own there is no warning" "$(cat err)" 'others can'
status "-n" 0 "$hsrun" -n literal.yaml
unlike "-n does not print it" "$(cat out err)" "$token"
like "-n says where it has to go" "$(head -n 1 out)" \
	'^# p: put its token into HUBSPOT_API_KEY first$'
chmod 644 literal.yaml
status "a token in a file that others can read" 0 "$hsrun" literal.yaml
like "draws a warning" "$(cat err)" \
	'^hs-run: literal.yaml: line 3: others can read this file, and the token in it; chmod 600 it or write \{HUBSPOT_API_KEY\}$'
unlike "which does not show it" "$(cat err)" "$token"
sed 's,dest_table: .*,dest_table: ../x,' literal.yaml >wrong.yaml
status "a mistake beside it" 78 "$hsrun" wrong.yaml
unlike "does not show it either" "$(cat err)" "$token"
sed 's,hubspot://?,hubspot://host?,' literal.yaml >wrong.yaml
status "a mistake in the address" 78 "$hsrun" wrong.yaml
unlike "does not show it either" "$(cat err)" "$token"

sed "s,hubspot:.*,dataos://portal," p.yaml >depot.yaml
HS_DEPOT_PORTAL="hubspot://?service_key=$token"
export HS_DEPOT_PORTAL
: >key
status "a token in HS_DEPOT_NAME" 0 "$hsrun" -v depot.yaml
is "HS_DEPOT_NAME: it gets there" "$(cat key)" "$token"
unlike "HS_DEPOT_NAME: nothing says it" "$(cat err arguments)" "$token"
unset HS_DEPOT_PORTAL
status "a token in -D" 0 "$hsrun" -D "portal=hubspot://?api_key=$token" depot.yaml
like "-D: a warning" "$(cat err)" \
	'^hs-run: -D portal: everybody on this machine can see the token'

fake hs-load-pg <<'EOF'
cat >/dev/null
EOF
HUBSPOT_API_KEY=$token
export HUBSPOT_API_KEY
pipeline sink.yaml companies 'pg://me:sesame@db/x' a.b
status "a sink's password that is written out" 0 "$hsrun" sink.yaml
like "draws a warning" "$(cat err)" \
	"^hs-run: sink.yaml: line 6: everybody on this machine can see the sink's password; write \{VARIABLE\} instead$"
pipeline sink.yaml companies 'pg://me:{PW}@db/x' a.b
status "one in a variable that is not set" 78 "$hsrun" sink.yaml
like "is missed before anything runs" "$(cat err)" \
	'^hs-run: sink.yaml: line 6, column 12: address: variable PW is not set'
status "one in a variable" 0 env PW=sesame "$hsrun" sink.yaml
unlike "draws no warning" "$(cat err)" password

unset HUBSPOT_API_KEY
status "-n works where no variable is set" 0 "$hsrun" -n sink.yaml
like "and says so of the source's" "$(cat err)" \
	'^hs-run: sink.yaml: line 3, column 12: parameter api_key: address: variable HUBSPOT_API_KEY is not set; export HUBSPOT_API_KEY$'
like "and of the sink's" "$(cat err)" \
	'^hs-run: sink.yaml: line 6, column 12: address: variable PW is not set; export PW$'
is "and prints the line" "$(sed 's,^/.*/hs-fetch,hs-fetch,' out | cut -d ' ' -f 1-3)" \
	"hs-fetch --address 'hubspot://?api_key={HUBSPOT_API_KEY}'"
pipeline folder.yaml companies 'csv:{NO_FOLDER}' a.b
status "but a folder has to be known" 78 "$hsrun" -n folder.yaml
is "and nothing is printed" "$(cat out)" ""

# The token's copies in memory.
case $(nm "$hsrun" 2>/dev/null) in
*__asan_init*) skip "memory is wiped" "the sanitizers have their own" ;;
*)
	shim=$top/$BUILD/tests/shim/wipe.so
	status "a token that is written out" 0 env LD_PRELOAD="$shim" \
		WIPE_SECRET="$token" "$hsrun" -n literal.yaml
	unlike "is in no memory that is released" "$(cat err)" 'is released'
	sed "s/options:.*/options: {source_table: [/" literal.yaml >wrong.yaml
	status "nor after a mistake" 78 env LD_PRELOAD="$shim" \
		WIPE_SECRET="$token" "$hsrun" -n wrong.yaml
	unlike "in the YAML" "$(cat err)" 'is released'
	sed "s/^name: .*/name: $token.no-secret/" literal.yaml >named.yaml
	chmod 600 named.yaml
	env LD_PRELOAD="$shim" WIPE_SECRET="$token.no" "$hsrun" -n named.yaml \
		>out 2>err
	like "what is released would be seen" "$(cat err)" 'is released'
	;;
esac
t_done
