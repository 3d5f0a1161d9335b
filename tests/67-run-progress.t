#!/bin/sh
# What a terminal shows: a line for each pipeline, which is written over, then
# the summary.
. tests/lib.sh
. tests/fakes.sh
t_need_terminal
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
on_terminal() {
	TERM=$1 script -qefc "$hsrun $2 p.yaml" typescript >/dev/null 2>&1
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
like "two pipelines: the summary" "$(cat seen)" 'hs-run: q: deals: .* s, tables'
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
