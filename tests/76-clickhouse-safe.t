#!/bin/sh
# hs-load-clickhouse: old or new, whatever is cut, refused or killed; who may
# see the password; pipelines into ClickHouse.
. tests/lib.sh
. tests/fakes.sh
. tests/clickhouse.sh
fake_fetch
ch_tls
ch_start
cd "$T" || exit 1
load() {
	hs-load-clickhouse --address "$db" "$@" <"$T/in"
}
left() { # names of tables that runs have left
	q "select name from system.tables where name like '\\_hs%'"
}
records() { # from to [value]
	seq "$1" "$2" | sed "s/.*/{\"id\":\"&\",\"a\":\"${3:-old}\",\"b\":\"&\"}/" |
		paste -sd, | sed 's/.*/{"results":[&]}/'
}

# Addresses and users.
records 1 3 >in
auth=127.0.0.1:$ch_port
P="a'b@c:d/e"
export P
status "user and password" 0 hs-load-clickhouse \
	--address "clickhouse://loader:{P}@$auth" t <in
CLICKHOUSE_USER=loader CLICKHOUSE_PASSWORD=$P \
	hs-load-clickhouse -q --address "clickhouse://$auth/default" t <in
is "from the environment, too" "$?" 0
if [ -z "$CHDB" ]; then
	status "a wrong password" 77 hs-load-clickhouse \
		--address "clickhouse://loader:wr0ng@$auth" t <in
	like "is the server's word" "$(cat err)" 'Code: 193.*Wrong password'
	like "and should not be written in an address" "$(cat err)" '^hs-load-clickhouse: the password is written'
	unlike "it is not repeated" "$(cat err)" wr0ng
	status "no such user" 77 hs-load-clickhouse --address "clickhouse://x@$auth" t <in
	status "a user that only reads" 77 hs-load-clickhouse \
		--address "clickhouse://reader@$auth" t <in
fi
status "no such database" 78 hs-load-clickhouse --address "clickhouse://$auth/none" t <in
status "nobody listens" 75 hs-load-clickhouse \
	--address "clickhouse://127.0.0.1:1" t <in
status "a password over plain http" 78 env CLICKHOUSE_PASSWORD=x \
	hs-load-clickhouse --address clickhouse://ch.example.org t <in
like "is not sent" "$(cat err)" 'plain http'
status "a line end in it" 78 env "CLICKHOUSE_PASSWORD=a
b" hs-load-clickhouse --address "clickhouse://$auth" t <in
# Its first message may look like the beginning of a request.
status "TLS where there is none" 75 hs-load-clickhouse --timeout 1 \
	--address "clickhouses://$auth" t <in

if [ -z "$CHDB" ]; then
	# TLS.
	unset CURL_CA_BUNDLE SSL_CERT_FILE
	tls=localhost:$ch_tls_port
	status "a certificate that nobody vouches for" 78 env "CLICKHOUSE_PASSWORD=$P" \
		hs-load-clickhouse --address "clickhouses://loader@$tls" secure <in
	like "is refused" "$(cat err)" "certificate is not trusted: .*CURL_CA_BUNDLE"
	status "one of another host" 78 env "CURL_CA_BUNDLE=$T/cert" hs-load-clickhouse \
		--address "clickhouses://loader:{P}@127.0.0.1:$ch_tls_port" secure <in
	is "too" "$(q 'exists table secure')" 0
	for name in CURL_CA_BUNDLE SSL_CERT_FILE; do
		status "$name has it" 0 env "$name=$T/cert" hs-load-clickhouse \
			--address "clickhouses://loader:{P}@$tls" secure <in
	done
	is "and the table is loaded over TLS" "$(q 'select count() from secure')" 3
fi
for bad in csv:x clickhouse:x clickhousex://x 'clickhouse://a b' \
	'clickhouse://{NONE}@/x' 'clickhouse://h:port'; do
	status "an address that is none: $bad" 78 hs-load-clickhouse \
		--address "$bad" t <in
done
status "no address" 64 hs-load-clickhouse t <in
status "--optimize without a merge" 64 load --optimize t
status "a mode that is none" 64 load -m append t

# What cannot be made.
if [ -z "$CHDB" ]; then
	: >ch/data/metadata/blocked
	status "a database that cannot be made" 73 load blocked.t
	like "is named, with the server's word" "$(cat err)" \
		'^hs-load-clickhouse: `blocked`.`t`: .*Code: [0-9]+, .*blocked'
	q 'create database bare'
	rm -rf ch/data/data/bare
	: >ch/data/data/bare
	status "a table that cannot be made" 73 load bare.t
	like "too" "$(cat err)" '^hs-load-clickhouse: `bare`.`t`: .*Code: [0-9]+, .*not a directory'
fi

# A stream that may not be loaded.
q 'select * from t' >want
echo '{"results":[{"id":"9"}],"paging":{"next":{"after":"9"}}}' >in
status "a cut stream" 65 load t
status "in a merge, too" 65 load -m merge m
printf '{"results":[{"id":"9"' >in
status "an invalid one" 65 load t
q 'select * from t' >got
same "change nothing" got want
is "and leave nothing" "$(left)" ""

# What the server refuses in the middle.
q 'create table e (id Int64, a Nullable(Enum8('"'x'"' = 1))) engine = MergeTree
	order by id'
printf '%s\n' '{"results":[{"id":"1","a":"x"},{"id":"2","a":"no"}]}' >in
status "a value that a column of one's own does not take" 74 load e
like "is the server's word" "$(cat err)" \
	'^hs-load-clickhouse: `default`.`e`: Code: [0-9]+[,.] .*no'
records 1 200000 x | sed 's/"b":"150000"/"b":"5,"/' >in
q 'create table f (id Int64, a Nullable(Enum8('"'x'"' = 1)), b Nullable(String))
	engine = MergeTree order by id'
sed 's/"a":"x","b":"5,"/"a":"no","b":"5"/' in >in2 && mv in2 in
status "far behind the first" 74 load f
like "as well" "$(cat err)" 'Code: [0-9]+[,.] '
is "and nothing is left" "$(q 'select count() from f') $(left)" "0 "

# What killed runs have left.
q 'select * from t' >want
records 1 3 new >in
mine=$(load -n t | sed -n 's/.*`\(_hs_[0-9a-f]*_[0-9a-f]*\)_.*/\1/p' | head -n 1)
far=${mine%_*}_00000001
now=$(date +%s)
for name in "${mine}_1_${now}_0_r" "${far}_999999999_${now}_0_r" "${mine}_x" \
	"${mine}_999999999_${now}_0_r" "${far}_1_1000000000_0_n"; do
	q "create table $name (a String) engine = Memory"
done
load -q t
is "goes; tables of runs that may go on stay" "$(left | sort)" "$(printf '%s\n' \
	"${mine}_1_${now}_0_r" "${far}_999999999_${now}_0_r" "${mine}_x" | sort)"
for name in $(left); do
	q "drop table $name"
done
q 'select * from t' >want
q "rename table t to ${mine}_999999999_${now}_0_o"
status "a table that a dying server left under another name" 65 load -m merge t
is "gets its own one back" "$(q 'select * from t')" "$(cat want)"

# Killed at any moment: CLICKHOUSE_KILLS times, after up to CLICKHOUSE_MS.
records 1 20000 old >old
records 1 30000 new >new
load -q t <old >/dev/null
cp old in
load -q t
load -q -m merge m
cp new in
start=$(date +%s%N)
load -q copy
took=$((($(date +%s%N) - start) / 1000000 + 1))
bad='' kills=${CLICKHOUSE_KILLS:-6}
sum='select count(), countIf(a = '"'old'"'), countIf(a = '"'new'"') from'
for i in $(seq "$kills"); do
	case $((i % 2)) in
	0) table=t want='20000	20000	0|30000	0	30000' from=t ;;
	1) table=m want='20000	20000	0|30000	0	30000' from='m final' ;;
	esac
	mode=replace
	[ $table = t ] || mode=merge
	hs-load-clickhouse -q --address "$db" -m $mode $table <new 2>err &
	pid=$!
	perl -e 'select undef, undef, undef, $ARGV[0] / 1000' \
		$((took * (i - 1) / (kills > 1 ? kills - 1 : 1)))
	kill -9 $pid 2>/dev/null
	wait $pid 2>/dev/null
	got=$(q "$sum $from")
	case "|$want|" in
	*"|$got|"*) ;;
	*) bad="$bad $i:$got" ;;
	esac
	case $got in
	30000*)
		q "drop table $table"
		cp old in
		load -q -m $mode $table || bad="$bad $i:load"
		;;
	esac
done
is "a loader that is killed leaves old or new" "$bad" ""
cp old in
load -q t && load -q -m merge m
is "and the next run removes what it left" "$(left)" ""

# Readers see no part of a swap.
cp new in
for i in 1 2 3 4 5; do
	curl -s "$ch_url/" --data-binary "$sum t"
done >seen &
reader=$!
load -q t
wait $reader
is "readers see old or new" "$(sort -u seen | grep -vx '30000	0	30000' |
	grep -vx '20000	20000	0')" ""

# Two runs at once.
cp old in
load -q t &
one=$!
hs-load-clickhouse -q --address "$db" t <new
is "two loaders do not mix" "$?" 0
wait $one
is "neither fails" "$?" 0
like "the table is one's" "$(q "$sum t")" '^(20000	20000	0|30000	0	30000)$'
is "nothing is left of either" "$(left)" ""

# The server dies.
q 'select count() from t' >want
hs-load-clickhouse --address "$db" t <new 2>err &
pid=$!
ch_down
wait $pid
like "a server that dies is said to have" "$? $(cat err)" \
	'^75 .*(no whole answer|cannot connect)'
status "one that is gone cannot be reached" 75 load t
ch_up
is "the table is whole after a new start" "$(q 'select count() from t')" "$(cat want)"
cp old in
status "and can be loaded" 0 load t
is "then nothing is left" "$(left)" ""

# Pipelines.
pipeline plain.yaml companies "clickhouse://$auth" crm.companies
status "a pipeline into ClickHouse" 0 "$hsrun" plain.yaml
is "is loaded" "$(q 'select id, name from crm.companies order by id' |
	tr '\n\t' '; ')" '1 a;2 \N;3 \N;'
pipeline merge.yaml companies dataos://db crm.merged merge
status "through a depot, in a merge" 0 "$hsrun" -D "db=clickhouse://$auth" merge.yaml
is "too" "$(q 'select count() from crm.merged')" 3
pipeline secret.yaml companies "clickhouse://loader:a'\''b%40c:d%2fe@$auth/default" t
sed -i "s,'clickhouse.*,\"clickhouse://loader:a'b%40c:d%2fe@$auth/default\"," secret.yaml
status "-n" 0 "$hsrun" -n secret.yaml
like "prints the stage" "$(cat out)" \
	"hs-load-clickhouse --address clickhouse://loader@$auth/default --table t --mode replace --key id"
like "and where its password goes" "$(cat out)" 'CLICKHOUSE_PASSWORD first$'
unlike "but not the password" "$(cat out err)" 'b(%40|@)c'
status "the server has it" 0 "$hsrun" secret.yaml
pipeline three.yaml companies "clickhouses://x" a.b.c
status "a name of three parts" 78 "$hsrun" three.yaml
t_done
