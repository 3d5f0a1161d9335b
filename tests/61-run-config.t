#!/bin/sh
# A pipeline file that is wrong: the place, the reason, status 78, and
# nothing has run.
. tests/lib.sh
. tests/fakes.sh
fake_fetch
cd "$T" || exit 1

wrong() { # title, pattern of the message; the file is on standard input
	cat >wrong.yaml
	status "$1" 78 "$hsrun" good.yaml wrong.yaml
	like "$1: the message" "$(cat err)" "^hs-run: wrong\.yaml: $2"
}
pipeline good.yaml companies csv:tables crm.companies

wrong "an unknown key" 'line 2, column 3: unknown key spec.sinc; did you mean sink\?' <<'EOT'
spec:
  sinc: {}
EOT
wrong "a duplicate key" 'line 2, column 1: key name appears twice; first in line 1$' <<'EOT'
name: a
name: b
EOT
wrong "a list for a text" 'line 3, column 27: source.options.source_table is a list' <<'EOT'
source:
  address: hubspot://?api_key={HUBSPOT_API_KEY}
  options: {source_table: [companies]}
EOT
wrong "no object" 'line 1, column 1: source.options.source_table is missing$' <<'EOT'
source:
  address: hubspot://?api_key={HUBSPOT_API_KEY}
EOT
printf 'source:\n\taddress: x\n' >made
wrong "a tab" 'line 2, column 1: a tab; YAML is indented with spaces$' <made
printf 'name: caf\351\n' >made
wrong "Latin-1" 'line 1, column 10: not UTF-8$' <made
wrong "a NUL escape" 'line 1, column 7: a NUL in a text$' <<'EOT'
name: "a\0b"
EOT
wrong "billion laughs" 'line 6, column [0-9]+: too many values' \
	<"$OLDPWD/tests/fuzz/seeds/pipeline/laughs.yaml"
head -c 10485760 /dev/zero | tr '\0' '[' >made
wrong "ten megabytes of nesting" 'is longer than 1048576 bytes' <made
head -c 1000000 /dev/zero | tr '\0' '[' >made
wrong "a megabyte of nesting" 'line 1, column 33: nested too deeply' <made
wrong "incremental_key" 'line 5, column 5: source.options.incremental_key: HubSpot is read as a full snapshot' <<'EOT'
source:
  address: hubspot://?api_key={HUBSPOT_API_KEY}
  options:
    source_table: companies
    incremental_key: updatedAt
EOT
pipeline append.yaml companies csv:tables crm.companies append
wrong "append" 'line 9, column 27: append would add every record again' \
	<append.yaml
pipeline key.yaml companies csv:tables crm.companies merge
echo '    primary_key: name,name' >>key.yaml
wrong "a key that names a column twice" \
	'line 10, column 18: sink.options.primary_key names name twice$' <key.yaml
wrong "a property list with a hole" 'line 4, column 25: source.options.properties has no value$' <<'EOT'
source:
  address: hubspot://?api_key={HUBSPOT_API_KEY}
  source_table: companies
  options: {properties: }
EOT
wrong "a variable that is not set" 'line 2, column 12: parameter api_key: address: variable HS_NO_SUCH is not set; export HS_NO_SUCH$' <<'EOT'
source:
  address: hubspot://?api_key=${HS_NO_SUCH}
  options: {source_table: companies}
EOT
wrong "an object that is an option" 'line 3, column 27: ' <<'EOT'
source:
  address: hubspot://?api_key={HUBSPOT_API_KEY}
  options: {source_table: '--help'}
EOT
{ printf '\357\273\277'; cat good.yaml; } >marked.yaml
is "a byte order mark says nothing" "$("$hsrun" -n marked.yaml)" \
	"$("$hsrun" -n good.yaml)"
wrong "another type" 'line 1, column 7: type: flink is no pipeline' <<'EOT'
type: flink
source:
  address: hubspot://?api_key={HUBSPOT_API_KEY}
  options: {source_table: companies}
EOT
wrong "a tag" 'line 1, column 9: a tag; leave it out$' <<'EOT'
source: !x
  address: hubspot://?api_key={HUBSPOT_API_KEY}
EOT
wrong "an empty file" 'there is no pipeline in it$' </dev/null
wrong "the second document" 'line 6, column 1: unknown key x$' <<'EOT'
source:
  address: hubspot://?api_key={HUBSPOT_API_KEY}
  options: {source_table: companies}
---
# one more
x: y
EOT
pipeline same.yaml deals csv:tables crm.companies
status "two pipelines for one table" 78 "$hsrun" good.yaml same.yaml
like "two pipelines for one table: the message" "$(cat err)" \
	'same.yaml: line 8, column 17: tables/crm/companies.csv is written by good, too$'
for dir in csv:./tables csv:tables/. csv://"$PWD"/tables; do
	pipeline same.yaml deals "$dir" crm.companies
	status "the table as $dir" 78 "$hsrun" good.yaml same.yaml
done
is "nothing has run, good.yaml neither" "$(ls fetched tables 2>/dev/null)" ""

status "a file that is not there" 66 "$hsrun" good.yaml no-such.yaml
like "a file that is not there: the message" "$(cat err)" \
	'^hs-run: no-such.yaml: No such file'
status "no file at all" 64 "$hsrun"
status "no such option" 64 "$hsrun" --no-such good.yaml
status "a number of jobs that is none" 64 "$hsrun" -j 0 good.yaml
status "a depot without address" 64 "$hsrun" -D warehouse good.yaml
is "still nothing has run" "$(ls fetched tables 2>/dev/null)" ""

status "and good.yaml is good" 0 "$hsrun" good.yaml
is "its record is there" "$(sed -n 2p tables/crm/companies.csv)" "1,a"
status "a pipeline on standard input" 0 sh -c "$hsrun - <good.yaml"
{
	echo 'type: nilus'
	echo 'tags: [a, b]'
	echo 'spec:'
	sed -e 1d -e 's/^/  /' good.yaml
	echo '  schedule: {crons: ["0 2 * * *"]}'
	echo '  resources: {requests: {cpu: 1}}'
} >nilus.yaml
status "keys of Nilus's are accepted" 0 "$hsrun" -v nilus.yaml
like "and named with -v" "$(cat err)" \
	'without meaning here: tags \(line 2\), spec.schedule \(line 12\), spec.resources \(line 13\)$'
t_done
