#!/bin/sh
# Where tables go: depots, folders, loaders that anyone can add, and names
# that must not lead anywhere else.
. tests/lib.sh
. tests/fakes.sh
fake_fetch
top=$PWD
manual=$PWD/man/hs-pipeline.5
# The sanitizers want to come first, and are content to come later.
ASAN_OPTIONS=${ASAN_OPTIONS:+$ASAN_OPTIONS:}verify_asan_link_order=0
export ASAN_OPTIONS
cd "$T" || exit 1

goes() { # title, file that has to appear; hs-run's arguments
	t_what=$1 t_file=$2
	shift 2
	rm -rf tables warehouse "$T/far"
	status "$t_what" 0 "$hsrun" "$@"
	is "$t_what: the table" "$(sed -n 2p "$t_file")" "1,a"
	ok "$t_what: its schema" jq -e '.fields[0].name == "id"' \
		"${t_file%.csv}.schema.json"
}
pipeline depot.yaml companies 'dataos://warehouse?purpose=rw' crm.companies
goes "a depot is the folder of its name" warehouse/crm/companies.csv depot.yaml
goes "-D says where it is" tables/crm/companies.csv \
	-D warehouse=csv:tables depot.yaml
goes "a depot can be a path" "$T/far/crm/companies.csv" \
	--depot "warehouse=$T/far" depot.yaml
HS_DEPOT_WAREHOUSE=file://$T/far/away
export HS_DEPOT_WAREHOUSE
goes "HS_DEPOT_NAME says where it is" "$T/far/away/crm/companies.csv" depot.yaml
goes "-D goes before" tables/crm/companies.csv -D warehouse=./tables depot.yaml
unset HS_DEPOT_WAREHOUSE
pipeline csv.yaml companies csv:tables crm.companies
goes "csv:DIR" tables/crm/companies.csv csv.yaml
pipeline csv3.yaml companies "csv://$T/far" crm.companies
goes "csv:///DIR" "$T/far/crm/companies.csv" csv3.yaml
pipeline file3.yaml companies "file:{T}/far" crm.companies
goes "file:DIR, with a variable" "$T/far/crm/companies.csv" file3.yaml
pipeline odd.yaml companies "csv:a 'b\$x" 'c d."e"'
sed "s/address: 'csv.*/address: \"csv:a 'b\$x\"/" odd.yaml >odd2.yaml
goes "a folder with a quote in its name" "a 'b\$x/c d/\"e\".csv" odd2.yaml
ln -s "$T/far" link
pipeline link.yaml companies csv:link crm.companies
mkdir -p "$T/far"
status "a folder may be a link" 0 "$hsrun" link.yaml
is "its table is behind it" "$(ls far/crm)" "companies.csv
companies.schema.json"

# A schema that is a link: what it leads to is replaced, and keeps its mode.
mv far/crm/companies.schema.json kept.json
chmod 640 kept.json
ln -s ../../kept.json far/crm/companies.schema.json
echo old >kept.json
status "a schema may be a link" 0 "$hsrun" link.yaml
ok "which stays one" [ -L far/crm/companies.schema.json ]
ok "and leads to the new schema" jq -e .fields kept.json
is "whose mode is the old one's" "$(ls -l kept.json | cut -c 1-10)" -rw-r-----
is "nothing is left beside either" "$(ls -A far/crm) $(ls -A | grep kept)" \
	"companies.csv
companies.schema.json kept.json"

mkdir elsewhere
ln -s "$T/elsewhere" far/sales
pipeline link.yaml companies csv:link sales.companies
status "a schema's folder may be one, too" 0 "$hsrun" link.yaml
is "its table is behind that" "$(ls elsewhere)" "companies.csv
companies.schema.json"

for table in ../x.y 'x/../../y.z' .x ..x x. x..y '...' x a.b.c \
	/etc.passwd '..'; do
	pipeline bad.yaml companies csv:tables "$table"
	status "no table is named $table" 78 "$hsrun" bad.yaml
	like "$table: the place is named" "$(cat err)" \
		'^hs-run: bad.yaml: line 8, column 17: a '
done
printf 'source: {address: "hubspot:?api_key={T}", options: {source_table: deals}}\nsink: {address: "csv:tables", options: {dest_table: "a.b\\x1bc"}}\n' >bad.yaml
status "nor has a name control characters" 78 "$hsrun" bad.yaml
for address in dataos://.. dataos://a/b 'dataos://a%2fb' csv://x/y csv: \
	'csv:x?y=z' 'csv:{HS_NO_SUCH}/x' nowhere://x x; do
	pipeline bad.yaml companies "$address" a.b
	status "no sink is $address" 78 "$hsrun" bad.yaml
	like "$address: the place is named" "$(cat err)" \
		'^hs-run: bad.yaml: line 6, column 12: '
done
echo x >file
pipeline bad.yaml companies csv:file a.b
status "a file where a folder has to be" 73 "$hsrun" bad.yaml

# Options of the fetch and of the loader.
pipeline options.yaml companies csv:tables crm.companies
sed 's/^  options: {.*/  options: {source_table: companies, properties: [name, domain], history: name, archived: true, page_size: 20}/' \
	options.yaml >options2.yaml
echo '    replace_invalid: true' >>options2.yaml
: >fetched
status "options of the fetch" 0 "$hsrun" options2.yaml
is "are its own" "$(tr '\n' ' ' <fetched)" \
	"--address hubspot://?api_key={HUBSPOT_API_KEY} --properties name,domain --history name --archived --page-size 20 companies "
fake hs-fetch <<'EOT'
echo '{"results":[{"id":"1","name":"x\ud83dy","b\udc00":"2"}]}'
EOT
status "half a surrogate pair" 65 "$hsrun" options.yaml
status "half a surrogate pair with replace_invalid" 0 "$hsrun" options2.yaml
is "is U+FFFD" "$(sed -n 2p tables/crm/companies.csv)" \
	"$(printf '1,x\357\277\275y,2')"
is "in a name, too" "$(sed -n 1p tables/crm/companies.csv)" \
	"$(printf 'id,name,b\357\277\275')"
is "and in the schema" "$(jq -r '.fields[2].name' \
	tables/crm/companies.schema.json)" "$(printf 'b\357\277\275')"
fake_fetch
pipeline fewer.yaml companies csv:fewer crm.companies
echo '    max_removed: 40%' >>fewer.yaml
status "three records" 0 "$hsrun" fewer.yaml
fake hs-fetch <<'EOT'
echo '{"results":[{"id":"1"},{"id":"4"}]}'
EOT
status "two of three rows would go, and 40 % may" 65 "$hsrun" fewer.yaml
like "the loader says so" "$(tail -n 1 err)" \
	'^hs-run: fewer: companies: failed after .*: hs-load-csv: .*; fewer/crm/companies.csv is as it was$'
is "the table is as it was" "$(grep -c . fewer/crm/companies.csv)" 4
fake_fetch

# Folders that are made are written to disk.
shim=$top/$BUILD/tests/shim/spawn.so
pipeline deep.yaml companies csv:a/b/c crm.companies
if [ -d /proc/self/fd ]; then
	rm -f synced
	status "folders that are not there" 0 env LD_PRELOAD="$shim" \
		SPAWN_SYNCED="$T/synced" "$hsrun" deep.yaml
	is "each folder that one is made in is synced" \
		"$(sed "s,^$(pwd -P),.," synced | head -n 4)" ".
./a
./a/b
./a/b/c"
	is "and the schema's" "$(sed -n '5,$p' synced)" \
		"$(pwd -P)/a/b/c/crm"
else
	skip "folders that are made are synced" "no /proc to look at"
fi

# A sink of one's own, as hs-pipeline(5) shows it.
awk '/^#!\/bin\/sh/ { on = 1 } /^\.Ed/ { on = 0 } on' "$manual" |
	sed -e 's/\\e/\\/g' >"$T/bin/hs-load-pages"
{
	sed 1q bin/hs-load-pages
	echo 'printf "%s\n" "$@" >"$T/arguments"'
	sed 1d bin/hs-load-pages
} >hs-load-pages
mv hs-load-pages bin/hs-load-pages
chmod +x bin/hs-load-pages
pipeline own.yaml schemas 'pages://{HOME}@host/db?x=1' crm.companies merge
status "a sink written in sh" 0 "$hsrun" own.yaml
is "it has the flat stream" "$(jq -c '.results[0]' crm.companies | head -n 1)" \
	'{"id":"1","name":"a"}'
is "and its arguments, variables unfilled" "$(tr '\n' ' ' <arguments)" \
	"--address pages://{HOME}@host/db?x=1 --table crm.companies --mode merge --key name "
like "the summary names it" "$(cat err)" \
	'^hs-run: own: schemas: 3 records, [0-9.]+ s, pages crm.companies$'
status "a depot can be such a sink" 0 "$hsrun" -D warehouse=pages://x depot.yaml
is "with the pipeline's key" "$(tail -n 1 arguments)" "id"

# Sources may be depots, too.
pipeline source.yaml deals
sed 's,hubspot:.*,dataos://portal,' source.yaml >source2.yaml
: >fetched
status "a source's depot" 0 "$hsrun" \
	-D 'portal=hubspot://?api_key={HUBSPOT_API_KEY}' source2.yaml
is "is hs-fetch's address" "$(tr '\n' ' ' <fetched)" \
	"--address hubspot://?api_key={HUBSPOT_API_KEY} deals "
status "which has no default" 78 "$hsrun" source2.yaml
like "so it is asked for" "$(cat err)" 'depot portal is not known'
t_done
