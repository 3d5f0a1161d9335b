#!/bin/sh
# Which stage a failed pipeline is blamed on, whatever order they end in.
. tests/lib.sh
. tests/fakes.sh
cd "$T" || exit 1
pipeline p.yaml companies csv:tables crm.companies
mkdir -p tables/crm
echo old >tables/crm/companies.csv
cp tables/crm/companies.csv before
echo '{"fields":[]}' >tables/crm/companies.schema.json

page='{"results":[{"id":"1"}],"paging":{"next":{"after":"2"}}}'
last='{"results":[{"id":"2"}]}'
verdict() { # title, status, the summary's end
	status "$1" "$2" "$hsrun" p.yaml
	like "$1: the summary" "$(tail -n 1 err)" "$3\$"
	same "$1: the table is as it was" before tables/crm/companies.csv
	is "$1: so is its schema, and nothing is left" \
		"$(cat tables/crm/*.schema.json) $(ls -A tables/crm | wc -l)" \
		'{"fields":[]} 2'
}
kept='; tables/crm/companies.csv is as it was'

fake hs-fetch <<-EOT
echo '$page'
echo "hs-fetch: first this" >&2
echo "hs-fetch: companies: no such object; there are deals" >&2
exit 69
EOT
verdict "the source fails" 69 \
	"^hs-run: p: companies: failed after [0-9.]+ s: hs-fetch: companies: no such object; there are deals$kept"
like "what the stages said has come through" "$(cat err)" \
	'^p: hs-fetch: first this$'
like "with those downstream" "$(cat err)" '^p: hs-load-csv: '

fake hs-fetch <<-EOT
echo "hs-fetch: --nonsense: what is it?" >&2
echo "usage: hs-fetch ..." >&2
exit 64
EOT
verdict "a usage line is not the message" 64 \
	"hs-fetch: --nonsense: what is it\\?$kept"

fake hs-fetch <<-EOT
echo '$page'
exit 75
EOT
verdict "a stage that says nothing" 75 "hs-fetch: exit status 75$kept"

fake hs-fetch <<-EOT
echo '$page'
kill -KILL \$\$
EOT
verdict "a killed source" 71 "hs-fetch: killed by SIGKILL$kept"

fake hs-fetch <<-EOT
echo '$page'
EOT
verdict "an incomplete stream from a source that succeeds" 65 \
	"hs-schema: .*$kept"

fake hs-fetch <<-EOT
echo '$last'
EOT
fake hs-schema <<-EOT
cat >/dev/null
echo "hs-schema: no room" >&2
exit 74
EOT
verdict "a stage in the middle fails" 74 "hs-schema: no room$kept"

# The source would write for ever: it dies of the broken pipe.
fake hs-fetch <<-EOT
while :; do echo '$page'; done
EOT
fake hs-schema <<-EOT
head -n 1 >/dev/null
echo "hs-schema: enough" >&2
exit 76
EOT
verdict "a broken pipe upstream of it is no failure" 76 "hs-schema: enough$kept"

fake hs-schema <<-EOT
read -r line
exit 0
EOT
verdict "a stage that succeeds too early" 65 \
	"hs-schema: it ended before the stream did, so it has read only a part$kept"

# The source waits and writes nothing: it is asked to end, and does.
fake hs-fetch <<-EOT
trap 'echo asked >asked; exit 143' TERM
echo '$page'
mkfifo wait.\$\$
exec 3<>wait.\$\$
read -r nothing <&3
EOT
fake hs-schema <<-EOT
echo "hs-schema: out of order" >&2
exit 74
EOT
verdict "a source that waits for ever is ended" 74 "hs-schema: out of order$kept"
is "by SIGTERM" "$(cat asked)" "asked"

rm "$T/bin/hs-schema"
fake hs-fetch <<-EOT
echo '$last'
EOT
fake hs-load-csv <<-EOT
cat >/dev/null
echo "hs-load-csv: no room" >&2
exit 74
EOT
verdict "a loader that fails when the new schema is there" 74 \
	"hs-load-csv: no room$kept"
fake hs-load-csv <<-EOT
kill -SEGV \$\$
EOT
fake hs-fetch <<-EOT
echo '$last'
EOT
verdict "a crash" 71 "hs-load-csv: killed by SIGSEGV$kept"
rm "$T/bin/hs-load-csv"

printf '#!/no/such/interpreter\n' >bin/hs-fetch
verdict "a program that can't be executed" 71 \
	"hs-fetch: hs-run: cannot run .*/hs-fetch: No such file or directory$kept"
fake hs-fetch <<-EOT
echo '$last'
EOT
mkdir empty
status "a program that is not there" 71 env PATH="$T/empty" "$hsrun" p.yaml
like "is named" "$(cat err)" \
	'^hs-run: program hs-flatten is neither beside hs-run nor in PATH$'

# Descriptors run out at one point of the start after the other.
fake hs-fetch <<-EOT
exit 69
EOT
n=6 said=
while [ $n -lt 64 ]; do
	sh -c "ulimit -n $n && exec $hsrun p.yaml" 2>err
	[ $? != 69 ] || break
	said="$said $(sed -n 's/.*cannot \(.*\): Too many open files$/\1/p' err)"
	n=$((n + 1))
done
like "no more descriptors for the first stage" "$said" 'start hs-fetch'
like "nor for a later one" "$said" 'start hs-(flatten|schema|load-csv)'
ok "until there are enough" [ $n -lt 64 ]
fake hs-fetch <<-EOT
echo '$last' || exit 74
EOT
status "with standard input and error closed" 0 sh -c "$hsrun p.yaml <&- 2>&-"
ok "a run that succeeds has the new schema" \
	jq -e '.fields[0].name == "id"' tables/crm/companies.schema.json
cp before tables/crm/companies.csv
echo '{"fields":[]}' >tables/crm/companies.schema.json
sed '/^sink/,$d' p.yaml >short.yaml
status "pages to a standard output that is closed" 74 \
	sh -c "$hsrun short.yaml >&-"

# The message comes from outside: it can't write to the terminal.
fake hs-fetch <<-EOT
printf 'hs-fetch: \\033[2Jgone\\n' >&2
exit 76
EOT
verdict "control characters" 76 'hs-fetch: \\x1b\[2Jgone; tables.*'
head -c 100000 /dev/zero | tr '\0' x >long
fake hs-fetch <<-EOT
cat "$T/long" >&2
printf 'hs-fetch: in the end' >&2
exit 76
EOT
status "a line without an end" 76 "$hsrun" p.yaml
is "comes through whole" "$(grep '^p: x' err | tr -cd x | wc -c)" "100000"

# The table is in place, and its schema cannot follow.
fake_fetch
pipeline q.yaml companies csv:other crm.companies
mkdir -p other/crm/companies.schema.json
status "a folder has the schema's name" 74 "$hsrun" q.yaml
like "what is new is told, and what is not" "$(tail -n 1 err)" \
	'other/crm/companies\.csv is new, but not its schema: .*companies\.schema\.json'
is "the table is whole" "$(wc -l <other/crm/companies.csv)" 4
is "nothing is left beside them" "$(ls -A other/crm | tr '\n' ' ')" \
	'companies.csv companies.schema.json '
t_done
