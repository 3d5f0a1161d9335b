# shellcheck shell=sh
# shellcheck disable=SC2154 # variables of run.sh
# Sourced by run.sh: hs-fetch beside a loop that looks at nothing.
standin --records "companies=$records" --prerender companies
names=$(hs-fetch -q properties:companies | jq -r '[.results[].name] | join(",")')
url="$HUBSPOT_BASE_URL/crm/objects/2026-09/companies?limit=100&properties=$names"
hs-fetch -q companies >"$dir/fetched" # the pages are kept from now on
bare "$url" "$HUBSPOT_API_KEY" >/dev/null
n=$(size "$dir/fetched")
rm -f "$dir/fetched"
add 'a bare libcurl loop: what the stand-in serves' "$n" "bare '$url' $HUBSPOT_API_KEY >/dev/null"
add 'hs-fetch -j1' "$n" 'hs-fetch -q -j1 companies >/dev/null'
add 'hs-fetch' "$n" 'hs-fetch -q companies >/dev/null'
compare 'hs-fetch, no latency'
