#!/bin/sh
# The documents' pipelines, as they stand there, against the stand-in.
. tests/lib.sh
standin_start --records 250
top=$PWD
documents=$top/tests/demo
cd "$T" || exit 1

status "the companies batch runs unchanged" 0 hs-run "$documents/companies.yaml"
like "its summary" "$(cat err)" \
	'^hs-run: hubspot-companies-batch: companies: 250 records, [0-9.]+ s, warehouse/crm/hubspot_companies.csv$'
is "nothing else is said" "$(wc -l <err)" 1
is "standard output stays empty" "$(cat out)" ""
hs-fetch companies >pages
is "the table has every record" \
	"$(hs-flatten pages | hs-load-csv - | cksum)" \
	"$(cksum <warehouse/crm/hubspot_companies.csv)"
is "its schema has every column" \
	"$(jq -r '.fields[].name' warehouse/crm/hubspot_companies.schema.json | paste -sd, -)" \
	"$(head -n 1 warehouse/crm/hubspot_companies.csv)"

# What is printed does what is run.
mv warehouse run
status "-n" 0 hs-run -n "$documents/companies.yaml"
is "-n runs nothing" "$(ls)" "$(printf 'err\nout\npages\nrun\nstandin.err\nstandin.in\nstandin.url')"
is "-n prints what a person would type" "$(cat out)" \
	"mkdir -p warehouse/crm && hs-fetch --address 'hubspot://?api_key={HUBSPOT_API_KEY}' companies | hs-flatten | hs-schema -o warehouse/crm/.hubspot_companies.schema.json.\$\$ | hs-load-csv -m replace warehouse/crm/hubspot_companies.csv && mv warehouse/crm/.hubspot_companies.schema.json.\$\$ warehouse/crm/hubspot_companies.schema.json"
cp out line
ok "pasted into sh it runs" sh line
ok "and does the same" diff -r run warehouse
cat >odd.yaml <<'EOF'
source: {address: 'hubspot://?api_key=${HUBSPOT_API_KEY}', options: {source_table: deals}}
sink: {address: "csv:it's $HOME; a \"folder\"", options: {dest_table: 'a b.c*d'}}
EOF
status "a folder with all that a shell reads" 0 hs-run odd.yaml
file="it's \$HOME; a \"folder\"/a b/c*d.csv"
mv "$file" odd.csv
hs-run -n odd.yaml >line
ok "pasted, too" sh line
same "is the same folder" "$file" odd.csv

# The short form: bare source, pages on standard output.
for object in custom:invoices custom:invoices:contacts,deals; do
	cat >short.yaml <<-EOF
	source:
	  address: hubspot://?api_key={HUBSPOT_API_KEY}
	  options:
	    source_table: $object
	EOF
	status "$object" 0 hs-run short.yaml
	hs-fetch "$object" >pages
	same "$object: hs-fetch's pages" out pages
	is "$object: all of them" "$(jq '.results[].id' out | wc -l)" 250
done
ok "with associations" jq -e '.results[0].associations.contacts' out
cat >short.yaml <<'EOF'
    source:
        address: hubspot://?api_key={HUBSPOT_API_KEY}
        options:
        source-table: custom:invoices
EOF
status "the short form with its options outdented" 0 hs-run short.yaml
is "is the same" "$(jq '.results[].id' out | wc -l)" 250

# The singular, as most clients of the API have it.
sed 's/source_table: companies/source_table: company/' \
	"$documents/companies.yaml" >company.yaml
mv run plural
status "company" 0 hs-run -D warehouse=./one company.yaml
ok "is companies" cmp one/crm/hubspot_companies.csv \
	plural/crm/hubspot_companies.csv
mv plural run

# schemas merge on name: a second run changes nothing, and adds nothing.
cat >schemas.yaml <<'EOF'
name: hubspot-schemas
version: v1alpha
type: nilus
spec:
  type: batch
  compute: universe-compute
  source:
    address: hubspot://?api_key={HUBSPOT_API_KEY}
    options:
      source_table: schemas
  sink:
    address: dataos://warehouse?purpose=rw
    options:
      dest_table: crm.schemas
      incremental_strategy: merge
EOF
status "schemas" 0 hs-run schemas.yaml
is "schemas: all of them" "$(cksum <warehouse/crm/schemas.csv)" \
	"$(hs-fetch schemas | hs-flatten | hs-load-csv - | cksum)"
cp warehouse/crm/schemas.csv first.csv
status "schemas again" 0 hs-run schemas.yaml
same "schemas: nothing has changed" first.csv warehouse/crm/schemas.csv
like "schemas are merged by name" "$(hs-run -n schemas.yaml)" \
	'hs-load-csv -m merge -k name warehouse/crm/schemas.csv &&'

status "a record of the run" 0 hs-run --stats stats.json -j 2 \
	"$documents/companies.yaml" schemas.yaml
is "counts records" "$(jq -c '[.name,.records,.status]' stats.json)" \
	'["hubspot-companies-batch",250,0]
["hubspot-schemas",'"$(hs-fetch schemas | jq '.results | length')"',0]'

# Failures of the API keep the table.
cp warehouse/crm/hubspot_companies.csv before.csv
standin_stop
cd "$top" || exit 1
standin_start --records 250 --expired
cd "$T" || exit 1
status "a token that has expired" 77 hs-run "$documents/companies.yaml"
like "is said in the summary" "$(tail -n 1 err)" \
	'^hs-run: hubspot-companies-batch: companies: failed after .*: hs-fetch: .*; warehouse/crm/hubspot_companies.csv is as it was$'
same "the table is as it was" before.csv warehouse/crm/hubspot_companies.csv
t_done
