# Sourced by tests that need a ClickHouse: one of their own, in $T/ch, on a
# port of the loopback.
#
#	ch_start
#	q 'select 1'
ch_pid=
ch_more= # of its configuration

# A port that is free now.
free_port() {
	perl -MIO::Socket::INET -e 'print IO::Socket::INET->new(Listen => 1,
		LocalAddr => "127.0.0.1")->sockport'
}

ch_up() {
	clickhouse-server --config-file="$T/ch/config.xml" >"$T/ch/log" 2>&1 &
	ch_pid=$!
	ch_tries=0
	until curl -sf "$ch_url/ping" >"$T/ch/ping" 2>&1; do
		ch_tries=$((ch_tries + 1))
		[ $ch_tries -lt 200 ] && kill -0 $ch_pid 2>/dev/null || return 1
		sleep 0.05
	done
}

ch_down() {
	[ -n "$ch_pid" ] || return 0
	kill -KILL $ch_pid 2>/dev/null
	wait $ch_pid 2>/dev/null
	ch_pid=
}

ch_ended() {
	rc=$?
	ch_down
	(exit $rc)
	t_end
}

# Has the server that starts next listen with TLS, too, at $ch_tls_port.
ch_tls() {
	ch_tls_port=$(free_port)
	openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 \
		-nodes -keyout "$T/key" -out "$T/cert" -days 2 \
		-subj /CN=localhost -addext subjectAltName=DNS:localhost \
		2>"$T/openssl.log"
	ch_more="$ch_more<https_port>$ch_tls_port</https_port>
	<openSSL><server><certificateFile>$T/cert</certificateFile>
	<privateKeyFile>$T/key</privateKeyFile>
	<verificationMode>none</verificationMode></server></openSSL>"
}

# Starts it; fails with the reason in $ch_why where there is none.
ch_try() {
	ch_why="no clickhouse-server: make deps-test"
	command -v clickhouse-server >/dev/null || return 1
	mkdir -p "$T/ch/data" "$T/ch/tmp"
	ch_port=$(free_port)
	ch_url=http://127.0.0.1:$ch_port
	cat >"$T/ch/config.xml" <<-EOF
	<yandex>
	<logger><level>error</level><console>1</console></logger>
	<http_port>$ch_port</http_port><tcp_port>$(free_port)</tcp_port>
	<listen_host>127.0.0.1</listen_host>
	<path>$T/ch/data/</path><tmp_path>$T/ch/tmp/</tmp_path>
	<users_config>$T/ch/users.xml</users_config>
	<default_profile>default</default_profile>
	<default_database>default</default_database>
	<mark_cache_size>1000000</mark_cache_size>
	$ch_more
	</yandex>
	EOF
	cat >"$T/ch/users.xml" <<-'EOF'
	<yandex>
	<profiles><default/><reader><readonly>1</readonly></reader></profiles>
	<quotas><default/></quotas>
	<users>
	<default><password/><networks><ip>::/0</ip></networks>
	<profile>default</profile><quota>default</quota></default>
	<loader><password>a'b@c:d/e</password>
	<networks><ip>::/0</ip></networks>
	<profile>default</profile><quota>default</quota></loader>
	<reader><password/><networks><ip>::/0</ip></networks>
	<profile>reader</profile><quota>default</quota></reader>
	</users>
	</yandex>
	EOF
	trap ch_ended EXIT
	ch_up || {
		ch_why="ClickHouse does not start: $(tail -n 1 "$T/ch/log")"
		return 1
	}
	db=clickhouse://127.0.0.1:$ch_port
	unset CLICKHOUSE_USER CLICKHOUSE_PASSWORD
}

# The same, or ends the test.
ch_start() {
	ch_try || t_skip_all "$ch_why"
}

q() { # statement: its rows
	curl -s "$ch_url/" --data-binary "$1"
}
