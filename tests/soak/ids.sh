# shellcheck shell=sh
# shellcheck disable=SC2154 # variables of run.sh
# Sourced by run.sh: lists of SOAK_IDS (ten million) ids, what changed of a
# hundredth of them; memory stays below SOAK_KB (64 MB).
ids=${SOAK_IDS:-10000000}
most=${SOAK_KB:-65536}
read_all() { # how many, hs-fetch's arguments
	n=$1
	shift
	start=$(date +%s)
	stage "$D/hs-fetch.end" hs-fetch -q --stats "$D/stats" "$@" \
		>"$D/null" 2>"$D/said.ids" || fail "$*"
	grep -q "\"records\":$n," "$D/stats" || fail "$*: $(cat "$D/stats")"
	peak=$(cut -d ' ' -f 2 "$D/hs-fetch.end")
	echo "soak: $*: $n records, $(($(date +%s) - start)) s, $peak kB"
	[ "$peak" -le "$most" ] || fail "$*: more than $most kB"
}
ln -s /dev/null "$D/null"
standin --records "companies=$ids" --members "$ids" --associations 1
HUBSPOT_BASE_URL=$URL
export HUBSPOT_BASE_URL
read_all "$ids" -p name companies
read_all "$ids" memberships:1
read_all "$ids" '/crm/objects/{V}/companies?properties=name'
read_all "$ids" -p name --labels companies:contacts
standin --records "companies=$((ids / 100))" --associations 1
HUBSPOT_BASE_URL=$URL
read_all "$((ids / 100))" -p name --since 1990-01-01 companies
read_all "$((ids / 100))" -p name --since 1990-01-01 companies:contacts
