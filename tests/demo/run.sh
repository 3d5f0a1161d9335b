#!/bin/sh
# The main job for real: a HubSpot portal of 1,000 companies, served by the
# local stand-in, becomes a CSV table through the pipeline companies.yaml.
set -eu
PATH=$PWD/$BUILD/bin:$PATH
table=$BUILD/demo/crm/hubspot_companies.csv
fifo=$BUILD/demo/standin.in
url=$BUILD/demo/standin.url

mkdir -p "$BUILD/demo"
rm -f "$fifo" "$url" "$table"
mkfifo "$fifo"
"$BUILD/tests/standin/standin" --records companies=1000 <"$fifo" >"$url" &
exec 9>"$fifo"
trap 'exec 9>&-; rm -f "$fifo" "$url"' EXIT
while [ ! -s "$url" ]; do
	kill -0 $! || exit 1
	sleep 0.05
done
HUBSPOT_BASE_URL=$(cat "$url")
HUBSPOT_API_KEY=pat-na1-00000000-0000-4000-8000-000000000001
HS_DEPOT_WAREHOUSE=csv:$BUILD/demo
export HUBSPOT_BASE_URL HUBSPOT_API_KEY HS_DEPOT_WAREHOUSE

echo "A local stand-in for HubSpot with 1,000 companies: $HUBSPOT_BASE_URL"
echo
echo '$ hs-run tests/demo/companies.yaml'
hs-run tests/demo/companies.yaml 9>&-
echo
echo "The pipeline, as one would type it (hs-run -n):"
hs-run -n tests/demo/companies.yaml
echo
echo "The table: $table, $(wc -c <"$table") bytes. Its first rows:"
head -n 4 "$table" | cut -c 1-100
