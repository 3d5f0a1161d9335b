#!/bin/sh
# Formatting, manuals, static analysis, shell, white space.  A check whose
# program is absent is left out, aloud; where CI is set, that is a fault.
# Arguments: the preprocessor's flags.
set -u
cd "$(dirname "$0")/.." || exit
bad=0

have() { # program
	command -v "$1" >/dev/null && return
	echo "lint: no $1, not checked" >&2
	[ -z "${CI:-}" ] || bad=1
	return 1
}
check() { # name command…
	name=$1
	shift
	if "$@"; then
		echo "lint: $name: clean"
	else
		echo "lint: $name: see above"
		bad=1
	fi
}

formats() {
	clang-format --dry-run -Werror lib/*.[ch] tools/*/*.[ch] \
		tests/*/*.c tests/*/*/*.c
}

# What clang-tidy looks for.
checks='-*,bugprone-*,cert-*,clang-analyzer-*'
without() { # check…
	for c; do
		checks="$checks,-$c"
	done
}
# Matters of taste, decided otherwise here.
without bugprone-assignment-in-if-condition bugprone-easily-swappable-parameters
# The compiler's -Wconversion says it better.
without bugprone-narrowing-conversions
# Takes the element of an array of pointers for a mistake.
without bugprone-sizeof-expression
# calloc(0): does not see that a header has at least one cell.
without clang-analyzer-optin.portability.UnixAPI
# Wants every snprintf() looked at; writes are checked at the last flush.
without cert-err33-c
# Wants Annex K, which no libc here has, and never a strcat().
without 'clang-analyzer-security.insecureAPI.*'
tidy() { # flags…
	printf '%s\n' lib/*.c tools/*/*.c |
		xargs -P "$(getconf _NPROCESSORS_ONLN)" -I{} \
			clang-tidy --quiet --warnings-as-errors='*' \
			--checks="$checks" {} -- -std=c11 \
			-fno-caret-diagnostics "$@"
}

# What shellcheck may say and we mean: the names that ls lists are our own
# (2010, 2045); files that read each other share variables (2034, 2154); a
# test's file or variable may be called like a command (2209, 2238); and every
# sh that we meet has ulimit -v (3045).
shells() {
	shellcheck -S warning -s bash .ci/run tools/completions/*.bash &&
		shellcheck -S warning -s sh \
			-e SC2010,SC2034,SC2045,SC2154,SC2209,SC2238,SC3045 \
			tests/*.sh tests/*.t tests/*/*.sh
}
no_trailing() {
	! git grep -nI '[[:space:]]$' -- ':!tests/fuzz/seeds'
}

have clang-format && check format formats
have mandoc && check manuals mandoc -Tlint -Wwarning man/*.[157]
have cppcheck && check cppcheck cppcheck -q --std=c11 --error-exitcode=1 \
	--inline-suppr --enable=warning,portability -Ilib -Itools lib tools
have clang-tidy && check clang-tidy tidy "$@"
# Welcome, not needed.
command -v shellcheck >/dev/null && check shell shells
git rev-parse -q --git-dir >/dev/null 2>&1 &&
	check "white space" no_trailing
exit $bad
