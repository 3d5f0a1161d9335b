# shellcheck shell=sh
# shellcheck disable=SC2154 # variables of lib.sh
# Sourced by the tests of the stand-in after tests/lib.sh: asking it.
# shellcheck disable=SC2034 # the tests use it
new=/crm/objects/2026-09
standin_bodies=any
get() { # path, curl's arguments: the body
	path=$1
	shift
	curl -sg -m 20 -H "Authorization: Bearer $STANDIN_TOKEN" "$@" \
		"$URL$path"
}
code() { # path, curl's arguments: HTTP's status
	get "$@" -o "$T/body" -w '%{http_code}'
}
pages() { # path?query: follows the cursors; each page a line
	after=
	while :; do
		page=$(get "$1${after:+&after=$after}") || return
		printf '%s\n' "$page"
		after=$(printf '%s\n' "$page" | cursor)
		[ -n "$after" ] || return 0
	done
}
# From a page to its cursor, as a query has it.  jq takes 30 ms to start.
cursor() {
	sed -n 's/.*\],"paging":{"next":{"after":"\([^"]*\)",[^{}]*}}}$/\1/
		t encode
		d
		:encode
		s/%/%25/g; s/+/%2B/g; s,/,%2F,g; s/=/%3D/g; p'
}
all() { # pages to ids without quotes
	jq -r '.results[].id' "$@"
}
