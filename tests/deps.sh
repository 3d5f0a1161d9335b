#!/bin/sh
# Installs what building, the demo and the tests need ("dev": what lint and
# fuzz need besides; "test": the databases in which tests run what hs-schema
# writes for them, which they skip where absent; "bench": the programs that
# are measured beside ours).  Asks for sudo only to run the package manager,
# and not at all when everything is there.
set -eu

as_root() {
	if [ "$(id -u)" = 0 ]; then
		"$@"
	else
		echo "+ sudo $*"
		sudo "$@"
	fi
}

apt() {
	set -- gcc libc6-dev make libcurl4-openssl-dev libcjson-dev \
		libyaml-dev libmicrohttpd-dev zlib1g-dev perl jq curl \
		util-linux bsdutils procps mandoc ca-certificates openssl \
		nghttp2-proxy sqlite3 postgresql mariadb-server
	if [ "$what" = dev ]; then
		set -- clang clang-format clang-tidy libclang-rt-dev cppcheck \
			valgrind miller sqlite3 git
	elif [ "$what" = test ]; then
		set -- sqlite3 postgresql mariadb-server
		# Debian 12 has it, and no later one.
		if apt-cache show clickhouse-server >/dev/null 2>&1; then
			set -- "$@" clickhouse-server clickhouse-client \
				libzookeeper-java default-jre-headless
		fi
	elif [ "$what" = bench ]; then
		set -- jq curl miller sqlite3 python3 python3-pandas \
			python3-psycopg2
	fi
	missing=
	for p; do
		dpkg-query -W -f '${db:Status-Status}\n' "$p" 2>/dev/null |
			grep -qx installed || missing="$missing $p"
	done
	[ -n "$missing" ] || return 0
	as_root apt-get update -qq
	# shellcheck disable=SC2086 # a list of words
	DEBIAN_FRONTEND=noninteractive as_root apt-get install -y -qq \
		--no-install-recommends $missing >/dev/null
}

dnf() {
	set -- gcc make libcurl-devel cjson-devel libyaml-devel \
		libmicrohttpd-devel zlib-devel perl-Test-Harness jq curl \
		util-linux procps-ng mandoc sqlite postgresql-server postgresql-contrib
	[ "$what" = dev ] && set -- clang clang-tools-extra compiler-rt \
		cppcheck valgrind miller sqlite git
	[ "$what" = test ] && set -- sqlite postgresql-server postgresql-contrib
	[ "$what" = bench ] && set -- jq curl miller sqlite python3 python3-pandas
	as_root "$(command -v dnf)" install -y -q "$@"
}

apk() {
	set -- gcc musl-dev make curl-dev cjson-dev yaml-dev \
		libmicrohttpd-dev zlib-dev perl perl-utils jq curl util-linux \
		procps mandoc sqlite postgresql mariadb mariadb-client
	[ "$what" = dev ] && set -- clang clang-extra-tools compiler-rt \
		cppcheck valgrind sqlite git
	[ "$what" = test ] && set -- sqlite postgresql mariadb mariadb-client
	[ "$what" = bench ] && set -- jq curl sqlite python3 py3-pandas
	as_root "$(command -v apk)" add -q "$@"
}

pacman() {
	set -- gcc make curl cjson libyaml libmicrohttpd zlib perl jq \
		util-linux procps-ng mandoc sqlite postgresql mariadb
	[ "$what" = dev ] && set -- clang compiler-rt cppcheck valgrind \
		miller sqlite git
	[ "$what" = test ] && set -- sqlite postgresql mariadb
	[ "$what" = bench ] && set -- jq curl miller sqlite python python-pandas
	as_root "$(command -v pacman)" -S --needed --noconfirm "$@"
}

brew() {
	set -- curl cjson libyaml libmicrohttpd jq mandoc sqlite \
		postgresql mariadb
	[ "$what" = dev ] && set -- llvm cppcheck miller sqlite
	[ "$what" = test ] && set -- sqlite postgresql mariadb
	[ "$what" = bench ] && set -- jq curl miller sqlite python3
	"$(command -v brew)" install -q "$@"
}

what=${1:-build}
for manager in apt dnf apk pacman brew; do
	program=$manager
	[ $manager = apt ] && program=apt-get
	if command -v $program >/dev/null; then
		$manager
		exit
	fi
done
echo "deps: no package manager known here; needed: a C compiler, make," \
	"libcurl, cJSON, libyaml; for the tests libmicrohttpd, zlib, perl's" \
	"prove, jq, curl, mandoc" >&2
exit 69
