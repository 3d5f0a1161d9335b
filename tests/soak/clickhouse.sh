# shellcheck shell=sh
# shellcheck disable=SC2154 # variables of run.sh
# Sourced by run.sh: hs-load-clickhouse is killed at moments spread over a load.
for t in tests/76-clickhouse-safe.t tests/78-clickhouse-cluster.t; do
	CLICKHOUSE_KILLS=${runs:-100} sh $t >"$D/said" 2>&1 || fail "$t"
	echo "$t: ${runs:-100} kills, $(grep -c '^ok' "$D/said") checks"
done
