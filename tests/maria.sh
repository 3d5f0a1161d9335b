# Sourced by tests that need a MariaDB: one of their own, in $T/maria, on a
# socket, without network.
#
#	maria_start
#	m 'select 1'
PATH=$PATH:/usr/sbin:/usr/libexec
maria_pid=
maria_as=

maria_up() {
	rm -f "$T/maria/s"
	$maria_as mariadbd --no-defaults --datadir="$T/maria/data" \
		--socket="$T/maria/s" --skip-networking --tmpdir="$T/maria/tmp" \
		--pid-file="$T/maria/pid" --innodb-flush-log-at-trx-commit=2 \
		--innodb-log-file-size=32M --innodb-buffer-pool-size=64M \
		${MARIA_OPTIONS:-} >"$T/maria.log" 2>&1 &
	maria_pid=$!
	for _ in $(seq 200); do
		[ -S "$T/maria/s" ] && return 0
		kill -0 $maria_pid 2>/dev/null || return 1
		sleep 0.05
	done
	return 1
}

# The server dies.
maria_kill() {
	kill -9 $maria_pid 2>/dev/null || :
	wait $maria_pid 2>/dev/null || :
}

maria_ended() {
	rc=$?
	maria_kill
	(exit $rc)
	t_end
}

# Starts it; fails with the reason in $maria_why where there is none.
maria_try() {
	for maria_program in mariadbd mariadb-install-db mariadb; do
		maria_why="no $maria_program: make deps"
		command -v $maria_program >/dev/null || return 1
	done
	mkdir "$T/maria"
	if [ "$(id -u)" = 0 ]; then
		maria_why="root, and no setpriv"
		command -v setpriv >/dev/null || return 1
		maria_as="setpriv --reuid=65534 --regid=65534 --clear-groups"
		chown 65534:65534 "$T/maria" && chmod 711 "$T"
	fi
	# Servers that start remove what others keep in a common one.
	$maria_as mkdir "$T/maria/tmp"
	$maria_as mariadb-install-db --no-defaults --datadir="$T/maria/data" \
		--auth-root-authentication-method=normal --skip-test-db \
		>"$T/maria.log" 2>&1 || {
		maria_why="mariadb-install-db: $(tail -n 1 "$T/maria.log")"
		return 1
	}
	trap maria_ended EXIT
	maria_up || {
		maria_why="MariaDB does not start: $(tail -n 1 "$T/maria.log")"
		return 1
	}
	unset MYSQL_PWD MYSQL_HOST MYSQL_TCP_PORT
	MYSQL_UNIX_PORT=$T/maria/s
	export MYSQL_UNIX_PORT
	m 'create database crm'
}

# The same, or ends the test.
maria_start() {
	maria_try || t_skip_all "$maria_why"
}

m() { # statement…: their rows, tabs between the cells
	mariadb --no-defaults --default-character-set=utf8mb4 -u root -N -B \
		-D "${MARIA_DB:-}" -e "$*"
}
