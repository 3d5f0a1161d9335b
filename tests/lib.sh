# Sourced by tests/*.t: TAP in plain sh, a directory of one's own, the
# stand-in.  The tests run from the top of the tree.
#
#	. tests/lib.sh
#	is "one and one" "$((1 + 1))" 2
#	status "a wrong option is a usage error" 64 hs-flatten --no-such
#	t_done
# Under nohup(1) SIGHUP is ignored, which a shell can't undo.
case $(sed -n '/^SigIgn/p' /proc/self/status 2>/dev/null) in
*[13579bdf]) exec perl -e '$SIG{HUP} = "DEFAULT"; exec @ARGV' sh "$0" ;;
esac
BUILD=${BUILD:-.build}
PATH=$PWD/$BUILD/bin:$PATH
export BUILD PATH
LC_ALL=C.UTF-8
TZ=UTC
export LC_ALL TZ
unset HUBSPOT_API_KEY HUBSPOT_BASE_URL NO_COLOR COLUMNS
t_n=0
t_bad=0
T=$(mktemp -d "${TMPDIR:-/tmp}/hs-test.XXXXXX") || exit 1

# What a test leaves running ends with it.
t_end() {
	rc=$?
	standin_stop
	chmod -R u+w "$T" 2>/dev/null
	rm -rf "$T"
	exit $rc
}
trap t_end EXIT
trap 'exit 129' HUP
trap 'exit 130' INT
trap 'exit 143' TERM

t_result() { # passed? title
	t_n=$((t_n + 1))
	if [ "$1" = 0 ]; then
		printf 'ok %s - %s\n' "$t_n" "$2"
		return 0
	fi
	t_bad=$((t_bad + 1))
	printf 'not ok %s - %s\n' "$t_n" "$2"
	return 1
}

t_show() { # label text: as comment lines
	printf '%s\n' "$2" | head -c 2000 | sed "s/^/# $1: /"
}

# ok TITLE COMMAND…: the command succeeds.
ok() {
	t_title=$1
	shift
	"$@" >"$T/ok.log" 2>&1
	t_result $? "$t_title" || t_show log "$(cat "$T/ok.log")"
}

# is TITLE GOT WANT
is() {
	[ "$2" = "$3" ]
	t_result $? "$1" || {
		t_show got "$2"
		t_show want "$3"
	}
}

# like TITLE TEXT PATTERN: a line of TEXT matches the extended regex.
like() {
	printf '%s\n' "$2" | grep -Eq -e "$3"
	t_result $? "$1" || {
		t_show text "$2"
		t_show pattern "$3"
	}
}

# unlike TITLE TEXT PATTERN
unlike() {
	! printf '%s\n' "$2" | grep -Eq -e "$3"
	t_result $? "$1" || {
		t_show text "$2"
		t_show pattern "$3"
	}
}

# status TITLE WANT COMMAND…: exit status; output in $T/out and $T/err.
status() {
	t_title=$1
	t_want=$2
	shift 2
	"$@" >"$T/out" 2>"$T/err"
	t_got=$?
	[ "$t_got" = "$t_want" ]
	t_result $? "$t_title" || {
		t_show got "$t_got"
		t_show want "$t_want"
		t_show stderr "$(cat "$T/err")"
	}
}

# same TITLE FILE FILE: byte for byte.
same() {
	cmp "$2" "$3" >"$T/ok.log" 2>&1
	t_result $? "$1" || t_show cmp "$(cat "$T/ok.log")"
}

# skip TITLE REASON
skip() {
	t_n=$((t_n + 1))
	printf 'ok %s - %s # SKIP %s\n' "$t_n" "$1" "$2"
}

t_skip_all() {
	echo "1..0 # SKIP $1"
	exit 0
}

# A test that needs a terminal: script(1) makes one, where there are any.
t_need_terminal() {
	command -v script >/dev/null || t_skip_all "no script(1)"
	script -qec true /dev/null </dev/null >/dev/null 2>&1 ||
		t_skip_all "no terminal can be made here (no /dev/pts?)"
}

t_done() {
	echo "1..$t_n"
	[ "$t_bad" = 0 ]
	exit
}

# standin_start OPTION…: sets URL and what hs-fetch reads from the
# environment.  The stand-in ends when its standard input does.
STANDIN_TOKEN=pat-na1-00000000-0000-4000-8000-000000000001
standin_pid=
standin_start() {
	standin_stop
	# A body that the specification would refuse is refused.
	case "${standin_bodies:-} $*" in
	any* | *-bodies*) ;;
	*) set -- --strict-bodies "$@" ;;
	esac
	rm -f "$T/standin.in" "$T/standin.url"
	mkfifo "$T/standin.in" "$T/standin.url" || exit 1
	"$BUILD/tests/standin/standin" "$@" <"$T/standin.in" \
		>"$T/standin.url" 2>"$T/standin.err" &
	standin_pid=$!
	exec 9>"$T/standin.in"
	read -r URL <"$T/standin.url" || {
		echo "Bail out! the stand-in did not start:" \
			"$(cat "$T/standin.err")"
		exit 1
	}
	HUBSPOT_BASE_URL=$URL
	HUBSPOT_API_KEY=$STANDIN_TOKEN
	export URL HUBSPOT_BASE_URL HUBSPOT_API_KEY
}

# Its exit status tells whether every fault that was asked for was met.
standin_stop() {
	[ -n "$standin_pid" ] || return 0
	exec 9>&-
	wait "$standin_pid"
	standin_status=$?
	standin_pid=
	rm -f "$T/standin.in" "$T/standin.url"
	return 0
}

# What a loader reads, in $T/in: records, as one page.
page() {
	printf '{"results":[%s]}\n' "$*" >"$T/in"
}
