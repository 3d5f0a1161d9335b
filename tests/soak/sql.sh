# shellcheck shell=sh
# Sourced by run.sh: loads into PostgreSQL and SQLite, cut at each byte of a
# small script and at 100 places of a large one, killed 100 times, and 20
# times with the server, which may not enter our folder.
TMPDIR=/tmp SQL_CUT=1 SQL_CUTS=100 SQL_KILLS=100 SQL_STOPS=20 \
	prove -j2 tests/71-sql-safe.t tests/73-sql-lite.t
CLICKHOUSE_KILLS=100 prove tests/76-clickhouse-safe.t
