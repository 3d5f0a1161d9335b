#!/bin/sh
# Formatting, manuals, shell and static analysis; each check is left out,
# aloud, where its program is absent.  Arguments: the C sources.
set -u
bad=0
have() {
	command -v "$1" >/dev/null || {
		echo "lint: no $1, not checked" >&2
		return 1
	}
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
c_files=$(printf '%s\n' "$@" | grep '\.c$')
# shellcheck disable=SC2086 # lists of words throughout
{
	have clang-format &&
		check format clang-format --dry-run -Werror $c_files
	have mandoc && check manuals mandoc -Tlint -Wwarning man/*.[157]
	have cppcheck && check cppcheck cppcheck -q --std=c11 \
		--error-exitcode=1 --inline-suppr \
		--enable=warning,portability -Ilib lib tools
	have clang-tidy && check clang-tidy clang-tidy --quiet \
		--warnings-as-errors='*' \
		--checks='-*,bugprone-*,cert-*,clang-analyzer-*,-bugprone-easily-swappable-parameters,-bugprone-narrowing-conversions,-bugprone-assignment-in-if-condition,-clang-analyzer-security.insecureAPI.*,-clang-analyzer-valist.*,-cert-err33-c,-cert-err34-c,-cert-dcl37-c,-cert-dcl51-cpp,-bugprone-reserved-identifier,-cert-msc50-cpp,-cert-msc30-c,-bugprone-signal-handler,-cert-sig30-c' \
		lib/*.c tools/*.c -- -std=c11 $CPPFLAGS
}
is_utf8() {
	! git ls-files -z ':!tests/fuzz/seeds' | xargs -0 grep -nI '[[:space:]]$' -- 2>/dev/null
}
git rev-parse -q --git-dir >/dev/null 2>&1 && check "white space" is_utf8
exit $bad
