# Sourced by tests that need a ClickHouse: one of their own, in $T/ch, on a
# port of the loopback; or two, in $T/ch and $T/ch2, with a ZooKeeper: the
# shards of the cluster "two".
#
#	ch_start
#	q 'select 1'
#	ch_start_two
#	q 'select 1' 2
ch_pid=
ch_pid2=
zk_pid=
ch_more= # of its configuration
# With CHDB, the modules of npm's chdb, the one server is its engine behind an
# HTTP server: without users, TLS or a cluster.
CHDB=${CHDB:-}
ch_front=$PWD/tests/chdb/front.js

# A port that is free now.
free_port() {
	perl -MIO::Socket::INET -e 'print IO::Socket::INET->new(Listen => 1,
		LocalAddr => "127.0.0.1")->sockport'
}

# Waits for the server of a process at a URL.
ch_wait() { # pid url directory
	ch_tries=0
	until curl -sf "$2/ping" >"$T/$3/ping" 2>&1; do
		ch_tries=$((ch_tries + 1))
		[ $ch_tries -lt 200 ] && kill -0 "$1" 2>/dev/null || return 1
		sleep 0.05
	done
}

ch_up() {
	if [ -n "$CHDB" ]; then
		node "$ch_front" "$CHDB" "$T/ch/data" "$ch_port" \
			>"$T/ch/log" 2>&1 &
	else
		clickhouse-server --config-file="$T/ch/config.xml" \
			>"$T/ch/log" 2>&1 &
	fi
	ch_pid=$!
	ch_wait $ch_pid "$ch_url" ch
}

ch_up2() {
	clickhouse-server --config-file="$T/ch2/config.xml" >"$T/ch2/log" 2>&1 &
	ch_pid2=$!
	ch_wait $ch_pid2 "$ch_url2" ch2
}

ch_kill() { # pid
	[ -n "$1" ] || return 0
	kill -KILL "$1" 2>/dev/null || :
	wait "$1" 2>/dev/null || :
}

ch_down() {
	ch_kill "$ch_pid"
	ch_pid=
}

ch_down2() {
	ch_kill "$ch_pid2"
	ch_pid2=
}

ch_ended() {
	rc=$?
	ch_down
	ch_down2
	ch_kill "$zk_pid"
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

ch_configure() { # directory http-port tcp-port
	mkdir -p "$T/$1/data" "$T/$1/tmp"
	cat >"$T/$1/config.xml" <<-EOF
	<yandex>
	<logger><level>error</level><console>1</console></logger>
	<http_port>$2</http_port><tcp_port>$3</tcp_port>
	<listen_host>127.0.0.1</listen_host>
	<path>$T/$1/data/</path><tmp_path>$T/$1/tmp/</tmp_path>
	<users_config>$T/users.xml</users_config>
	<default_profile>default</default_profile>
	<default_database>default</default_database>
	<mark_cache_size>1000000</mark_cache_size>
	$ch_more
	</yandex>
	EOF
	cat >"$T/users.xml" <<-'EOF'
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
}

# Starts it; fails with the reason in $ch_why where there is none.
ch_try() {
	ch_why="no clickhouse-server: make deps-test"
	[ -n "$CHDB" ] || command -v clickhouse-server >/dev/null || return 1
	ch_port=$(free_port)
	ch_tcp=${ch_tcp:-$(free_port)}
	ch_url=http://127.0.0.1:$ch_port
	ch_configure ch "$ch_port" "$ch_tcp"
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

# ZooKeeper, which answers once it serves.
zk_up() {
	java -Xmx64m -XX:+UseSerialGC -XX:TieredStopAtLevel=1 \
		-cp /usr/share/java/zookeeper.jar \
		org.apache.zookeeper.server.quorum.QuorumPeerMain \
		"$T/zk.cfg" >"$T/zk.log" 2>&1 &
	zk_pid=$!
	until perl -MIO::Socket::INET -e 'alarm 1; my $s =
		IO::Socket::INET->new("127.0.0.1:$ARGV[0]") or exit 1;
		print $s "srvr"; local $/; exit <$s> !~ /Mode/' "$1" \
		2>"$T/zk.wait"; do
		kill -0 $zk_pid 2>/dev/null || return 1
		sleep 0.05
	done
}

# Starts two servers as two shards, or ends the test.
ch_start_two() {
	command -v clickhouse-server >/dev/null &&
		command -v java >/dev/null &&
		[ -e /usr/share/java/zookeeper.jar ] ||
		t_skip_all "no clickhouse-server, or no zookeeper: make deps-test"
	zk_port=$(free_port)
	printf '%s\n' tickTime=500 "clientPort=$zk_port" \
		clientPortAddress=127.0.0.1 "dataDir=$T/zk" \
		admin.enableServer=false >"$T/zk.cfg"
	trap ch_ended EXIT
	zk_up "$zk_port" || t_skip_all "no ZooKeeper: $(tail -n 1 "$T/zk.log")"
	ch_tcp=$(free_port)
	ch_tcp2=$(free_port)
	host='<shard><replica><host>127.0.0.1</host><port>'
	tsoh='</port></replica></shard>'
	ch_more="<remote_servers>
	<two>$host$ch_tcp$tsoh$host$ch_tcp2$tsoh</two>
	<one>$host$ch_tcp$tsoh</one>
	<other>$host$ch_tcp2$tsoh</other>
	<copies><shard><replica><host>127.0.0.1</host><port>$ch_tcp</port>
	</replica><replica><host>127.0.0.1</host><port>$ch_tcp2$tsoh</copies>
	</remote_servers>
	<zookeeper><node><host>127.0.0.1</host><port>$zk_port</port></node>
	</zookeeper>
	<distributed_ddl><path>/ddl</path></distributed_ddl>"
	ch_port2=$(free_port)
	ch_url2=http://127.0.0.1:$ch_port2
	ch_configure ch2 "$ch_port2" "$ch_tcp2"
	ch_start
	ch_up2 || t_skip_all "ClickHouse: $(tail -n 1 "$T/ch2/log")"
	db2=clickhouse://127.0.0.1:$ch_port2
}

q() { # statement [2]: its rows, as the first server says or the second
	if [ "${2:-1}" = 2 ]; then
		curl -s "$ch_url2/" --data-binary "$1"
	else
		curl -s "$ch_url/" --data-binary "$1"
	fi
}
