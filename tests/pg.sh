# Sourced by tests that need a PostgreSQL: one of their own, in $T/pg, on a
# socket, without network.  The server refuses to run as root.
#
#	pg_start
#	q 'select 1'
for pg_dir in $(ls -d /usr/lib/postgresql/*/bin /usr/libexec/postgresql* \
	2>/dev/null); do
	PATH=$PATH:$pg_dir
done
pg_as=

pg() { # command…: as the server's user
	(cd "$T/pg" && HOME=$T/pg $pg_as "$@")
}

pg_up() {
	pg pg_ctl -D "$T/pg/data" -w -s -l "$T/pg/log" -o "-F -k $T/pg \
		-c listen_addresses= -c max_connections=20 ${PG_OPTIONS:-}" \
		start >"$T/pg.log" 2>&1
}

pg_ended() {
	rc=$?
	pg pg_ctl -D "$T/pg/data" -m immediate stop >/dev/null 2>&1 || :
	(exit $rc)
	t_end
}

# Starts it; fails with the reason in $pg_why where there is none.
pg_try() {
	for pg_program in initdb pg_ctl postgres psql; do
		pg_why="no $pg_program: make deps"
		command -v $pg_program >/dev/null || return 1
	done
	mkdir "$T/pg"
	if [ "$(id -u)" = 0 ]; then
		pg_why="root, and no setpriv"
		command -v setpriv >/dev/null || return 1
		pg_as="setpriv --reuid=65534 --regid=65534 --clear-groups"
		chown 65534:65534 "$T/pg" && chmod 711 "$T"
	fi
	pg initdb -D "$T/pg/data" -U u -A trust -N -E UTF8 \
		--locale=C.UTF-8 >"$T/pg.log" 2>&1 || {
		pg_why="initdb fails: $(tail -n 1 "$T/pg.log")"
		return 1
	}
	trap pg_ended EXIT
	pg_up || {
		pg_why="PostgreSQL does not start: $(tail -n 1 "$T/pg/log")"
		return 1
	}
	PGHOST=$T/pg PGUSER=u PGDATABASE=postgres
	export PGHOST PGUSER PGDATABASE
	unset PGPASSWORD PGSERVICE PGPORT PGOPTIONS
}

# The same, or ends the test.
pg_start() {
	pg_try || t_skip_all "$pg_why"
}

q() { # statement…: its rows, unaligned
	for pg_statement; do
		set -- "$@" -c "$pg_statement"
		shift
	done
	psql -X -q -A -t -v ON_ERROR_STOP=1 "$@"
}

client() { # as the manual has it, a script on standard input
	psql -Xq -v ON_ERROR_STOP=1
}
