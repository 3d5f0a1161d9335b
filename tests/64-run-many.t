#!/bin/sh
# Several pipelines: at once or one by one, each for itself, and one status.
. tests/lib.sh
. tests/fakes.sh
shim=$PWD/$BUILD/tests/shim/spawn.so
# The sanitizers want to come first, and are content to come later.
ASAN_OPTIONS=${ASAN_OPTIONS:+$ASAN_OPTIONS:}verify_asan_link_order=0
export ASAN_OPTIONS
cd "$T" || exit 1

# Fails with the status that its object's name ends in: x-75.
fake hs-fetch <<'EOF'
[ "$1" = --stats ] && stats=$2
for object; do :; done
case $object in
*-*)
	echo "hs-fetch: $object: cannot" >&2
	exit "${object##*-}"
	;;
esac
echo "hs-fetch: $object: fetching" >&2
echo "{\"results\":[{\"id\":\"1\"}],\"hs\":{\"object\":\"$object\",\"page\":0}}"
echo '{"records":1}' >"$stats"
EOF
for object in deals contacts quotes l-69 m-75 n-77; do
	pipeline $object.yaml $object csv:tables crm.$object
done
many() { # title, status, hs-run's arguments
	t_what=$1 t_st=$2
	shift 2
	rm -rf tables
	status "$t_what" "$t_st" "$hsrun" "$@"
}
tables() {
	ls tables/crm | grep -c 'csv$'
}
many "three succeed" 0 deals.yaml contacts.yaml quotes.yaml
is "three tables" "$(tables)" "3"
is "a line for each, in their order" \
	"$(sed -n 's/^hs-run: \(.*\): 1 record, [0-9.]* s, \(.*\)/\1 \2/p' err)" \
	"deals tables/crm/deals.csv
contacts tables/crm/contacts.csv
quotes tables/crm/quotes.csv"
like "what a stage says has the pipeline's name in front" "$(cat err)" \
	'^contacts: hs-fetch: contacts: fetching$'
many "one" 0 deals.yaml
like "one: its name is in front, too" "$(cat err)" \
	'^deals: hs-fetch: deals: fetching$'
many "-j 3" 0 -j 3 deals.yaml contacts.yaml quotes.yaml
is "three tables again" "$(tables)" "3"
many "one that fails does not stop the others" 69 l-69.yaml deals.yaml
is "the other's table" "$(sed -n 2p tables/crm/deals.csv)" "1"
like "the failure is the last line" "$(tail -n 1 err)" \
	'^hs-run: l-69: failed after [0-9.]+ s: hs-fetch: l-69: cannot; tables/crm/l-69.csv is as it was$'
many "the first failure gives the status" 77 n-77.yaml l-69.yaml deals.yaml
like "the second has a line, too" "$(cat err)" 'hs-run: l-69: failed after'
many "but one that passes by itself gives way" 77 m-75.yaml n-77.yaml l-69.yaml
many "75: all of it may pass" 75 m-75.yaml deals.yaml
many "-q" 0 -q deals.yaml
is "-q: nothing but the stages' messages" "$(cat err)" \
	"deals: hs-fetch: deals: fetching"
many "-q with failures" 69 -q deals.yaml l-69.yaml n-77.yaml
is "-q: each failure is said, and nothing else" \
	"$(sed -n 's/^hs-run: \([^:]*: [a-z]*\).*/\1/p' err)" "n-77: failed
l-69: failed"
{
	cat deals.yaml
	echo ---
	cat contacts.yaml
} >two.yaml
many "two documents in a file" 0 two.yaml
is "are two tables" "$(tables)" "2"

# They do run at once: each waits for the other.
fake hs-flatten <<'EOF'
: >"here.$$"
while [ "$(ls here.* | wc -l)" -lt 2 ]; do
	[ "$((n = n + 1))" -lt 2000 ] || exit 70
	sleep 0.005
done
exec cat
EOF
many "-j 2: two pipelines that wait for each other" 0 \
	-j 2 deals.yaml contacts.yaml
rm -f here.*
# And with -j 1 they do not.
fake hs-flatten <<'EOF'
mkdir alone || exit 70
cat
rmdir alone
EOF
many "-j 1: one at a time" 0 deals.yaml contacts.yaml quotes.yaml
rm bin/hs-flatten

# A record of the run.
many "--stats" 69 -j 2 --stats run.json deals.yaml l-69.yaml
is "--stats: a line for each pipeline" \
	"$(jq -c '[.name,.object,.target,.status,.records,.failed,.message]' run.json)" \
	'["deals","deals","tables/crm/deals.csv",0,1,null,null]
["l-69","l-69","tables/crm/l-69.csv",69,null,"hs-fetch","l-69: cannot"]'
ok "--stats: seconds are a number" jq -e '.seconds | type == "number"' run.json
many "--stats that can't be created" 73 --stats no/such deals.yaml
is "keeps all from running" "$(ls tables 2>/dev/null)" ""
echo x >input
pipeline file.yaml deals csv:input crm.deals
for run in "--stats no/such deals.yaml" file.yaml; do
	status "$run" 73 env LD_PRELOAD="$shim" SPAWN_CLOSED="$T/closed" \
		sh -c "exec $hsrun $run <input"
done
is "what was never opened is not closed" "$(cat closed 2>/dev/null)" ""
if [ -w /dev/full ]; then
	many "--stats on a full disk" 74 --stats /dev/full deals.yaml
else
	skip "--stats on a full disk" "no /dev/full"
fi

# Pages of short forms follow each other on standard output.
pipeline s1.yaml deals
pipeline s2.yaml contacts
fake hs-fetch <<'EOF'
for object; do :; done
mkdir alone || exit 70
for page in 0 1 2; do
	echo "{\"results\":[],\"object\":\"$object\",\"page\":$page}"
done
rmdir alone
EOF
many "short forms, -j 2" 0 -j 2 s1.yaml s2.yaml
is "their pages one behind the other" "$(jq -c '[.object,.page]' out)" \
	'["deals",0]
["deals",1]
["deals",2]
["contacts",0]
["contacts",1]
["contacts",2]'
fake hs-fetch <<'EOF'
while :; do echo '{"results":[]}'; done
EOF
"$hsrun" s1.yaml 2>err | head -n 1 >out
is "a reader of pages who goes away" "$(cat out)" '{"results":[]}'
is "ends it quietly" "$(cat err)" ""
t_done
