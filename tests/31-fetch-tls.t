#!/bin/sh
# hs-fetch over TLS and HTTP/2: nghttpx stands before the stand-in.
. tests/lib.sh
command -v nghttpx >/dev/null || t_skip_all "no nghttpx"
command -v openssl >/dev/null || t_skip_all "no openssl"
XDG_RUNTIME_DIR=$T
export XDG_RUNTIME_DIR

proxy=
proxy_stop() {
	[ -z "$proxy" ] || kill "$proxy"
	proxy=
}
trap 'proxy_stop; t_end' EXIT
openssl req -x509 -newkey rsa:2048 -nodes -keyout "$T/key" -out "$T/cert" \
	-days 2 -subj /CN=localhost -addext subjectAltName=DNS:localhost \
	2>"$T/openssl.log" || t_skip_all "no certificate: $(cat "$T/openssl.log")"

# proxy_start: sets BASE.  It can't tell a port that the system picks,
# so ports are tried.
proxy_start() {
	port=$((20000 + $$ % 10000))
	while :; do
		nghttpx --conf=/dev/null -f"127.0.0.1,$port" -n 1 \
			-b"127.0.0.1,${URL##*:}" --accesslog-file="$T/access" \
			--errorlog-file="$T/proxy.log" "$T/key" "$T/cert" \
			>/dev/null 2>&1 9>&- &
		proxy=$!
		BASE=https://localhost:$port
		while kill -0 $proxy 2>/dev/null; do
			curl -s -o /dev/null --cacert "$T/cert" "$BASE/" &&
				return
			sleep 0.05
		done
		wait $proxy
		port=$((port + 1))
		[ $port -lt 30100 ] || t_skip_all "nghttpx does not start"
	done
}

standin_start --records 3000 --burst 100000 --latency 10
hs-fetch companies:contacts >"$T/want"
proxy_start
status "a certificate that nobody vouches for" 78 \
	hs-fetch --retry-time 0 --base-url "$BASE" companies
like "is refused" "$(cat "$T/err")" \
	"the certificate of localhost:[0-9]+ is not trusted: .*set CURL_CA_BUNDLE"
is "before the token is sent" "$(grep -c hs-tools "$T/access")" 0
CURL_CA_BUNDLE=$T/none
export CURL_CA_BUNDLE
status "a file of certificates that is not there" 78 \
	hs-fetch --retry-time 0 --base-url "$BASE" companies
CURL_CA_BUNDLE=$T/cert
for jobs in 1 8; do
	status "-j $jobs over TLS" 0 \
		hs-fetch -j $jobs --base-url "$BASE" companies:contacts
	same "-j $jobs: the same bytes" "$T/want" "$T/out"
done
is "all of it in HTTP/2" "$(grep hs-tools "$T/access" | grep -cv HTTP/2)" 0
ok "as the access log shows" grep -q 'HTTP/2.*hs-tools' "$T/access"
CURL_CA_BUNDLE=
SSL_CERT_FILE=$T/cert
export SSL_CERT_FILE
status "SSL_CERT_FILE names it as well" 0 \
	hs-fetch --base-url "$BASE" --limit 1 companies
proxy_stop
standin_stop
t_done
