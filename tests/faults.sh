# Sourced by tests that have a table of faults, behind tests/lib.sh.
#
#	f_portal='--records 250'	what the stand-in serves
#	f_object=companies		what is fetched
#	f_want=$T/want			the right stream
#	fault 0 "503 passes" "path=/companies status=503" [OPTION...]
#	said 'trying again'		the last case's message, a pattern
#	faults_done
#
# A case is right with status 0 and the right stream, or with the status that
# is wanted, a message, and a stream that is a beginning of the right one.  A
# fault of several lines is several faults.  The cases wait more than they
# work: each has a stand-in and a directory of its own and begins when the one
# three dozen before it has ended.
f_n=0
f_shown=0
f_pids=

fault() {
	f_n=$((f_n + 1))
	mkdir "$T/$f_n"
	echo "$2" >"$T/$f_n/title"
	(
		T=$T/$f_n
		trap - EXIT
		one_fault "$@" >"$T/bad"
		exec 9>&-
	) &
	f_pids="$f_pids $!"
	[ $f_n -le 36 ] || f_wait
}

f_wait() { # for the first that was not waited for
	set -- $f_pids
	wait $1
	shift
	f_pids=$*
}

said() {
	echo "$1" >>"$T/$f_n/said"
}

# start_faulty FAULTS: one a line.
start_faulty() {
	set -f
	f_ifs=$IFS
	IFS='
'
	set -- $1
	IFS=$f_ifs
	f_i=$#
	while [ $f_i -gt 0 ]; do
		set -- "$@" --fault "$1"
		shift
		f_i=$((f_i - 1))
	done
	standin_start $f_portal "$@"
	set +f
}

one_fault() {
	f_status=$1
	f_fault=$3
	shift 3
	start_faulty "$f_fault"
	# A fault that is met by a guess ahead does not end the run.
	[ "$f_status" = 0 ] || set -- -j1 "$@"
	timeout 60 hs-fetch --timeout 2 --retry-time 5 "$@" $f_object \
		>"$T/out" 2>"$T/err"
	f_got=$?
	standin_stop
	[ "$f_got" = "$f_status" ] || echo "status $f_got, not $f_status"
	# A server that dies cannot tell.
	[ "$standin_status" = 0 ] || [ "${f_fault#*exit}" != "$f_fault" ] ||
		cat "$T/standin.err"
	n=$(wc -c <"$T/out")
	if [ "$f_got" = 0 ]; then
		cmp "$T/out" "$f_want" 2>&1
	else
		head -c "$n" "$f_want" | cmp - "$T/out" 2>&1
		[ "$(wc -c <"$f_want")" -gt "$n" ] || echo "it is whole"
		[ -s "$T/err" ] || echo "no message"
	fi
	! grep 00000000-0000-4 "$T/out" "$T/err" || echo "the token shows"
}

faults_done() {
	while [ -n "$f_pids" ]; do f_wait; done
	while [ $f_shown -lt $f_n ]; do
		f_shown=$((f_shown + 1))
		f_at=$T/$f_shown
		is "$(cat "$f_at/title")" "$(cat "$f_at/bad")" "" ||
			t_show stderr "$(cat "$f_at/err")"
		[ ! -f "$f_at/said" ] || while read -r f_pattern; do
			like "$(cat "$f_at/title"): is explained" \
				"$(cat "$f_at/err")" "$f_pattern"
		done <"$f_at/said"
	done
}
