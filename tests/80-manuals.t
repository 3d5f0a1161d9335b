#!/bin/sh
# The manuals are right: mandoc finds nothing, options in usage and page are
# the same, references lead somewhere, and every command works and prints what
# is shown; so do README's.
. tests/lib.sh
. tests/pg.sh
. tests/recipes.sh
. tests/clickhouse.sh

if command -v mandoc >/dev/null; then
	ok "mandoc has nothing to say" mandoc -Tlint -Wwarning man/*.[157]
else
	skip "mandoc has nothing to say" "no mandoc"
fi

usage_options() {
	"$1" --help | grep -oE -- '(^|[ ,[|])--?[a-zA-Z][a-z0-9-]*' |
		grep -oE -- '--[a-z][a-z0-9-]+|-[a-zA-Z]$' | sort -u
}
page_options() { # those that the page gives an entry of its own
	sed -n 's/^\.It Fl //p' "man/$1.1" | tr ' ' '\n' |
		sed -n -e 's/^-\([a-z][a-z0-9-]*\)$/--\1/p' \
			-e 's/^\([a-zA-Z]\)$/-\1/p' | sort -u
}
for tool in tools/hs-*; do
	tool=$(basename "$tool")
	usage_options "$tool" >"$T/usage"
	page_options "$tool" >"$T/page"
	is "$tool: usage and manual name the same options" \
		"$(diff "$T/usage" "$T/page")" ""
	for section in NAME SYNOPSIS DESCRIPTION 'EXIT STATUS' EXAMPLES; do
		grep -qx "\.Sh $section" "man/$tool.1" || echo "$section"
	done >"$T/missing"
	is "$tool: the manual has its sections" "$(cat "$T/missing")" ""
done

is "every reference to a page of ours leads to one" "$(
	sed -n 's/^\.Xr \(hs-[a-z-]*\) \([1-9]\).*/\1.\2/p' man/*.[157] |
		sort -u | while read -r page; do
		[ -e "man/$page" ] || echo "$page"
	done
)" ""

sed -n '/^\.Ss Scopes/,/^\.El/p' man/hs-fetch.1 | grep -v '^\.Li' >"$T/scopes"
is "hs-fetch.1 names the scopes of each type" "$(
	sed -n '/^\.It Cm companies/,/^or a type/s/^\.\(It \)*Cm//p' \
		man/hs-fetch.1 | tr -d , | xargs -n 1 | while read -r type; do
		grep -qw "$type" "$T/scopes" || echo "$type"
	done
)" ""

mkdir -p "$T/bin" "$T/cred"
printf '#!/bin/sh\nprintf "%%s\\n" "$HUBSPOT_TOKEN_KEPT"\n' >"$T/bin/pass"
chmod +x "$T/bin/pass"
HUBSPOT_TOKEN_KEPT=$STANDIN_TOKEN
CREDENTIALS_DIRECTORY=$T/cred
export HUBSPOT_TOKEN_KEPT CREDENTIALS_DIRECTORY
printf '%s\n' "$STANDIN_TOKEN" >"$T/cred/hubspot"
standin_start --records 250 --burst 100000
PATH=$PATH:$T/bin
case $BUILD in
/*) bin=$BUILD/bin ;;
*) bin=$PWD/$BUILD/bin ;;
esac
top=$PWD

us=$(printf '\037')
run_examples() { # page
	dir=$T/run/$(basename "$1")
	mkdir -p "$dir"
	cp "$top/tests/demo/companies.yaml" "$dir"
	recipes "$1" >"$T/examples"
	while IFS=$us read -r command shown; do
		title="$(basename "$1"): $command"
		for program in mlr sqlite3 duckdb valgrind; do
			case $command in
			*"$program "*)
				command -v $program >/dev/null && continue
				skip "$title" "no $program"
				continue 2
				;;
			esac
		done
		case $command in
		*clickhouse:*localhost* | *localhost:8123*)
			if [ -z "$ch_ready" ]; then
				skip "$title" "$ch_why"
				continue
			fi
			command=$(printf '%s\n' "$command" | sed \
				"s,clickhouse://localhost,$db,
				s,http://localhost:8123,$ch_url,")
			;;
		esac
		case $1:$command in
		*postgres:* | */hs-load-sql.1:*psql*)
			if [ -z "$pg_ready" ]; then
				skip "$title" "$pg_why"
				continue
			fi
			;;
		*psql*)
			skip "$title" "46-load-recipes.t runs it"
			continue
			;;
		esac
		(cd "$dir" && PATH=$bin:$PATH sh -c "$command") \
			>"$T/out" 2>"$T/err" </dev/null
		t_result $? "$title" || t_show stderr "$(cat "$T/err")"
		[ -z "$shown" ] || is "$title prints what is shown" \
			"$(cat "$T/out")" "$(printf %s "$shown" | tr "$us" '\n')"
	done <"$T/examples"
}
pg_ready=
if pg_try && createdb crm; then
	pg_ready=yes
fi
ch_ready=
if ch_try; then
	ch_ready=yes
fi
all_ended() {
	rc=$?
	ch_down
	(exit $rc)
	pg_ended
}
trap all_ended EXIT
for page in man/*.[157] README.md; do
	run_examples "$top/$page"
done
# README's record becomes README's table.
block() { # language: the first block of README in it
	sed -n '/^```'"$1"'$/,/^```$/p' "$top/README.md" |
		sed '1d;/^```$/,$d'
}
printf '{"results":[%s]}\n' "$(block json | tr -d '\n')" |
	hs-flatten | hs-load-csv -q "$T/shown.csv"
block csv >"$T/want"
same "README's record becomes README's table" "$T/want" "$T/shown.csv"
t_done
