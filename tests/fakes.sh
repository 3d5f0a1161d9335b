# Sourced by tests/6*.t behind lib.sh: hs-run beside programs that do as the
# test says.  A tool that is not faked is found along PATH.
#
#	fake hs-fetch <<-'EOF'
#	echo "hs-fetch: no luck" >&2
#	exit 69
#	EOF
mkdir -p "$T/bin"
cp "$BUILD/bin/hs-run" "$T/bin/hs-run" || exit 1
hsrun=$T/bin/hs-run
HUBSPOT_API_KEY=$STANDIN_TOKEN
export HUBSPOT_API_KEY T

fake() { # name; the script's body is on standard input
	{
		echo '#!/bin/sh'
		cat
	} >"$T/bin/$1"
	chmod +x "$T/bin/$1"
}

# Three records in two pages, and --stats as hs-fetch writes them.
fake_fetch() {
	fake hs-fetch <<-'EOF'
	if [ "$1" = --stats ]; then
		stats=$2
		shift 2
	fi
	printf '%s\n' "$@" >>"$T/fetched"
	echo '{"results":[{"id":"1","properties":{"name":"a"}},{"id":"2"}],"paging":{"next":{"after":"3"}},"hs":{"object":"companies","page":0}}'
	echo '{"results":[{"id":"3","properties":{"name":null}}],"hs":{"object":"companies","page":1}}'
	echo '{"requests":2,"records":3}' >"$stats"
	EOF
}

# pipeline FILE OBJECT [ADDRESS TABLE [STRATEGY]]: writes a file.
pipeline() {
	{
		echo "name: $(basename "$1" .yaml)"
		echo "source:"
		echo "  address: hubspot://?api_key={HUBSPOT_API_KEY}"
		echo "  options: {source_table: '$2'}"
		[ -z "$3" ] || {
			echo "sink:"
			echo "  address: '$3'"
			echo "  options:"
			echo "    dest_table: '$4'"
			echo "    incremental_strategy: ${5:-replace}"
		}
	} >"$1"
}

# wait_for COMMAND…: until it succeeds, ten seconds at most.
wait_for() {
	t_tries=0
	until "$@" 2>/dev/null; do
		t_tries=$((t_tries + 1))
		[ $t_tries -lt 1000 ] || return 1
		sleep 0.01
	done
}
