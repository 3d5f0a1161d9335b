#!/bin/sh
# Whoever is killed, and however: no process stays, no table changes.
. tests/lib.sh
. tests/fakes.sh
top=$PWD
# The sanitizers want to come first, and are content to come later.
ASAN_OPTIONS=${ASAN_OPTIONS:+$ASAN_OPTIONS:}verify_asan_link_order=0
export ASAN_OPTIONS
cd "$T" || exit 1

# A source that begins, says so, and waits for ever; it and a loader leave
# their numbers.
begun='echo $$ >>pids
echo $$ >source
echo "{\"results\":[{\"id\":\"1\"}],\"paging\":{\"next\":{\"after\":\"2\"}}}"
: >begun
exec sleep 1000'
fake hs-fetch <<EOT
$begun
EOT
fake hs-flatten <<'EOT'
echo $$ >>pids
sleep 1000 >/dev/null &
echo $! >>stray
exec cat
EOT
pipeline p.yaml companies csv:tables crm.companies
pipeline q.yaml deals csv:tables crm.deals
mkdir -p tables/crm
echo old >tables/crm/companies.csv
echo old >tables/crm/deals.csv

start() { # pipelines: hs-run is $run, and all its stages have begun
	rm -f pids stray begun
	"$hsrun" "$@" >out 2>err &
	run=$!
	wait_for [ -e begun ] && wait_for has_lines $((2 * $#)) &&
		wait_for [ -s stray ] ||
		echo "Bail out! the stages did not begin"
}
has_lines() {
	[ "$(grep -c . pids)" -ge "$1" ]
}
state() { # of a process: a letter, nothing when there is none
	if [ -d /proc/self ]; then
		sed 's/.*) //' "/proc/$1/stat" 2>/dev/null | cut -c 1
	elif kill -0 "$1" 2>/dev/null; then
		echo S
	fi
}
is_gone() { # nobody runs; init may be slow to bury orphans
	for pid in $(cat pids stray); do
		case $(state "$pid") in
		'' | Z | X) ;;
		*) return 1 ;;
		esac
	done
}
check_gone() { # title
	ok "$1: no process stays" wait_for is_gone
	is "$1: the table is as it was" "$(cat tables/crm/companies.csv)" old
	is "$1: nothing is left beside it" \
		"$(ls -A tables/crm | grep -v '^companies.csv$' | grep -v '^deals.csv$')" ""
}

for signal in TERM HUP; do
	start p.yaml
	kill -$signal $run
	wait $run 2>/dev/null
	is "SIG$signal: hs-run dies of it" \
		"$(kill -l $?)" $signal
	like "SIG$signal: the summary says so" "$(cat err)" \
		'^hs-run: p: companies: failed after [0-9.]+ s: interrupted; tables/crm/companies.csv is as it was$'
	check_gone SIG$signal
done

if command -v perl >/dev/null; then
	# In a shell's background job SIGINT is ignored, which hs-run
	# respects: this stands in for the terminal.
	cat >bin/foreground <<-'EOT'
	#!/usr/bin/perl
	$SIG{INT} = 'DEFAULT';
	exec @ARGV or die;
	EOT
	chmod +x bin/foreground
	rm -f pids stray begun
	bin/foreground "$hsrun" -j 2 p.yaml q.yaml >out 2>err &
	run=$!
	wait_for has_lines 4 && wait_for [ -s stray ]
	kill -INT $run
	wait $run 2>/dev/null
	is "Ctrl-C on two pipelines: hs-run dies of it" "$(kill -l $?)" INT
	is "Ctrl-C: a line for each" "$(grep -c 'interrupted; tables' err)" 2
	check_gone "Ctrl-C"
	rm -f pids stray begun
	bin/foreground "$hsrun" p.yaml q.yaml >out 2>err &
	run=$!
	wait_for has_lines 2 && wait_for [ -s stray ]
	kill -INT $run
	wait $run 2>/dev/null
	is "Ctrl-C: no further pipeline begins" "$(grep -c . pids)" 2
	like "Ctrl-C: it says so" "$(cat err)" 'hs-run: q: deals: not begun$'
	check_gone "Ctrl-C on the first of two"
else
	skip "Ctrl-C" "no perl to give the signal back its default"
fi

start p.yaml
kill -KILL $run
wait $run 2>/dev/null
is "SIGKILL of hs-run" "$(kill -l $?)" KILL
# The stage's own child is nobody's; it is the test's to end.
kill "$(cat stray)"
if [ -d /proc/self ]; then
	check_gone "SIGKILL of hs-run"
else
	skip "SIGKILL of hs-run: no process stays" "only Linux tells children"
fi

# What a kill has left behind goes with the next run.
touch tables/crm/.companies.schema.json.$$ tables/crm/.companies.schema.json.x
for name in .companies.schema.json.$run ..companies.schema.json.$run.hs-new; do
	touch "tables/crm/$name"
done
start p.yaml
is "the next run removes what a killed one has left, and nothing else" \
	"$(ls -A tables/crm | grep 'schema.json\.' | grep -v "\.$run\.")" \
	".companies.schema.json.$$
.companies.schema.json.x"
rm tables/crm/.companies.schema.json.*
kill -KILL "$(cat source)"
wait $run 2>/dev/null
is "SIGKILL of the source: the status" $? 71
like "SIGKILL of the source: the summary" "$(tail -n 1 err)" \
	'hs-fetch: killed by SIGKILL; tables/crm/companies.csv is as it was$'
check_gone "SIGKILL of the source"

# A stage that will not go is killed at the second signal.
fake hs-fetch <<EOT
trap '' TERM
$begun
EOT
start p.yaml
kill -TERM $run
wait_for [ -e err ]
while kill -TERM $run 2>/dev/null; do sleep 0.02; done
wait $run 2>/dev/null
is "a stage that ignores SIGTERM: a second signal ends it" "$(kill -l $?)" TERM
ok "a stage that ignores SIGTERM: no process stays" wait_for is_gone
is "a stage that ignores SIGTERM: the table is as it was" \
	"$(cat tables/crm/companies.csv)" old
rm -f tables/crm/.*.hs-new

# Ctrl-Z stops the stages, too, and they go on together.
fake hs-fetch <<EOT
$begun
EOT
if [ -d /proc/self ]; then
	is_state() { [ "$(state "$1")" = "$2" ]; }
	start p.yaml
	kill -TSTP $run
	ok "SIGTSTP: the source stops" wait_for is_state "$(cat source)" T
	ok "SIGTSTP: hs-run stops" wait_for is_state $run T
	kill -CONT $run
	ok "SIGCONT: the source goes on" wait_for is_state "$(cat source)" S
	kill -TERM $run
	wait $run 2>/dev/null
	check_gone "after SIGTSTP"
else
	skip "Ctrl-Z" "no /proc to look at"
fi

# A background job has SIGINT ignored: so it stays.
fake hs-fetch <<'EOT'
echo "{\"results\":[]}"
: >begun
exec sleep 0.3
EOT
rm bin/hs-flatten
pipeline p.yaml companies csv:tables crm.companies
rm -f begun
"$hsrun" p.yaml >out 2>err &
run=$!
wait_for [ -e begun ]
kill -INT $run
wait $run 2>/dev/null
is "SIGINT to a background job is ignored" $? 0
# A signal mask survives exec, and some that start programs leave one behind.
if command -v perl >/dev/null; then
	cat >bin/masked <<-'EOT'
	#!/usr/bin/perl
	use POSIX;
	my $set = POSIX::SigSet->new(SIGCHLD, SIGTERM, SIGUSR1);
	POSIX::sigprocmask(SIG_BLOCK, $set) or die;
	exec @ARGV or die;
	EOT
	chmod +x bin/masked
	fake hs-fetch <<-'EOT'
	sed -n 's/^SigBlk:[^0-9a-f]*//p' /proc/self/status >mask
	echo '{"results":[]}'
	# No end of a pipe tells that it ends, but SIGCHLD.
	eval "exec >&- 2>&- ${2#/dev/fd/}>&-"
	sleep 0.3
	EOT
	status "started with SIGCHLD blocked it ends with its work" 0 \
		timeout -s KILL 20 bin/masked "$hsrun" p.yaml
	[ ! -d /proc/self ] || is "the stages begin with a clean mask" \
		"$(tr -d 0 <mask)" ""
	fake hs-fetch <<-EOT
	$begun
	EOT
	rm -f begun
	bin/masked "$hsrun" p.yaml >out 2>err &
	run=$!
	wait_for [ -e begun ]
	kill -TERM $run
	has_ended() { case $(state $run) in '' | Z) ;; *) false ;; esac; }
	wait_for has_ended || kill -KILL $run
	wait $run 2>/dev/null
	is "started with SIGTERM blocked it dies of it" "$(kill -l $?)" TERM
else
	skip "a mask that is inherited" "no perl to make one"
fi

# Between fork and exec a signal meets the child, not the parent's handler.
shim=$top/$BUILD/tests/shim/spawn.so
fake hs-fetch <<'EOT'
echo '{"results":[]}'
EOT
status "a signal before the exec ends the stage" 71 \
	env LD_PRELOAD="$shim" SPAWN_SIGNAL=15 "$hsrun" p.yaml
like "and is not taken for hs-run's own" "$(tail -n 1 err)" \
	'^hs-run: p: companies: failed after [0-9.]+ s: hs-fetch: killed by SIGTERM'
t_done
