#!/bin/sh
# What a terminal shows: a line for each pipeline, which is written over, then
# the summary.
. tests/lib.sh
. tests/fakes.sh
t_need_terminal
XDG_RUNTIME_DIR=$T
export XDG_RUNTIME_DIR
top=$PWD
cd "$T" || exit 1
pipeline p.yaml companies csv:tables crm.companies
# Begins, and ends once the progress has been seen, or after ten seconds.
fake hs-fetch <<'EOF'
echo '{"results":[]}'
n=0
until grep -q "p: [1-9] s" typescript 2>/dev/null || [ $n = 1000 ]; do
	sleep 0.01
	n=$((n + 1))
done
echo "hs-fetch: seen" >&2
EOF
on_terminal() { # kind option… [stty's words]
	TERM=$1 script -qefc "stty $3; $hsrun $2 p.yaml" typescript >/dev/null 2>&1
	tr -d '\r' <typescript | sed "s/$(printf '\033')/ESC/g" >seen
}
on_terminal xterm
like "progress is one line" "$(cat seen)" '^(ESC\[K)?p: 1 s'
like "a message takes its place" "$(cat seen)" 'ESC\[Kp: hs-fetch: seen$'
like "the summary, too" "$(cat seen)" '^hs-run: p: companies: .* s, tables'
pipeline q.yaml deals csv:tables crm.deals
on_terminal xterm "-j 2 q.yaml"
is "two pipelines: a line each, behind one for both" \
	"$(grep -A2 -m1 '0 of 2 done' seen | sed 's/ESC.*//; s/[0-9]* s$/N s/')" \
	"0 of 2 done
q: N s
p: N s"
like "three lines are erased from the last one up" "$(cat seen)" \
	'ESC\[KESC\[AESC\[KESC\[AESC\[K'
on_terminal xterm "-j 2 q.yaml" "cols 11 rows 5"
like "a narrow terminal has as much as fits" "$(cat seen)" '(^|K)0 of 2 don$'
like "two pipelines: the summary" "$(cat seen)" 'hs-run: q: deals: .* s, tables'
# What the stages tell of themselves: see hs-run(1), HS_PROGRESS.
cat >wait_for_screen <<'EOF'
n=0
until grep -Eq "$1" typescript 2>/dev/null || [ $n = 1000 ]; do
	sleep 0.01
	n=$((n + 1))
done
EOF
fake hs-fetch <<'EOF'
echo '{"records":12300,"total":20000,"rate":1230,"left":6,"quota":249871}' \
	>"$HS_PROGRESS"
echo '{"results":[]}'
sh wait_for_screen '12,300 of'
EOF
fake hs-load-csv <<'EOF'
cat >/dev/null
echo '{"stage":"writing"}' >"$HS_PROGRESS"
sh wait_for_screen 'writing [1-9] s'
echo '{"stage":null}' >"$HS_PROGRESS"
sh wait_for_screen 'hs-load-csv [2-9] s'
EOF
on_terminal xterm
like "records, their total, rate, time left and the quota" "$(cat seen)" \
	'^(ESC\[K)?p: 12,300 of 20,000 records, 1,230/s, 6 s left, quota 249,871'
like "what goes on after the last page" "$(cat seen)" \
	'p: 12,300 records, writing [1-9] s'
like "or at least whose work it is" "$(cat seen)" \
	'p: 12,300 records, hs-load-csv [2-9] s'
on_terminal xterm "-j 2 q.yaml"
like "two pipelines: the quota once, for both" "$(cat seen)" \
	'(^|K)0 of 2 done, quota 249,871$'
like "two pipelines: the progress of the one" "$(cat seen)" \
	'^q: 12,300 of 20,000 records, 1,230/s, 6 s left$'
like "and of the other" "$(cat seen)" \
	'^p: 12,300 of 20,000 records, 1,230/s, 6 s left(ESC|$)'
rm "$T/bin/hs-load-csv"

# Another loader has the table's lock, until that has been seen.
fake hs-fetch <<'EOF'
echo '{"results":[]}'
EOF
mkdir -p tables/crm
mkfifo held
hs-load-csv tables/crm/companies.csv <held >loader 2>&1 &
loader=$!
exec 8>held
wait_for [ -e tables/crm/.companies.csv.hs-new ]
(exec 8>&-; on_terminal xterm) &
runner=$!
wait_for grep -Eq 'waiting for the lock [1-9] s' typescript
echo '{"results":[]}' >&8
exec 8>&-
wait $loader
wait $runner
like "a loader that waits for another one" "$(cat seen)" \
	'p: [0-9]+ s, waiting for the lock [1-9] s'
like "gets its turn" "$(cat seen)" '(^|K)hs-run: p: companies: .* s, tables'
# hs-fetch tells it.
rm bin/hs-fetch
cd "$top" || exit 1
standin_start --records 2500 --burst 100000 --daily 5000 --latency 400
cd "$T" || exit 1
on_terminal xterm
like "the progress of a fetch" "$(cat seen)" \
	'p: [0-9,]+ of 2,500 records, [0-9,]+/s, [0-9]+ s left, quota 4,9[0-9]+'
standin_stop

fake hs-fetch <<'EOF'
echo '{"results":[]}'
EOF
on_terminal dumb
unlike "a dumb terminal is spared it" "$(cat seen)" ESC
on_terminal xterm -q
unlike "-q: so is who wants quiet" "$(cat seen)" ESC
pipeline short.yaml deals
cat >tostop <<'EOF'
stty tostop
exec timeout --foreground 20 "$@"
EOF
script -qefc "sh tostop $hsrun short.yaml" typescript >/dev/null 2>&1
is "a terminal that stops who writes in the background: not hs-run" $? 0
like "and has the pages" "$(cat typescript)" '^\{"results":\[\]\}'
cat >bin/hs-load-ask <<'EOF'
#!/bin/sh
cat >/dev/null
read -r password </dev/tty
exit 73
EOF
chmod +x bin/hs-load-ask
pipeline ask.yaml deals ask://x crm.deals
script -qefc "timeout --foreground 20 $hsrun ask.yaml" typescript >/dev/null 2>&1
is "a loader that asks the terminal gets no answer, and does not wait" $? 73
TERM=xterm "$hsrun" p.yaml 2>err
unlike "and a file" "$(cat err | sed "s/$(printf '\033')/ESC/g")" ESC
t_done
