#!/bin/sh
# hs-label: what gets which label, what members are called, and that all else
# stays byte for byte.
. tests/lib.sh

put() { # line…
	printf '%s\n' "$@"
}
page() { # object results: a whole stream
	put "{\"results\":[$2],\"hs\":{\"object\":\"$1\",\"page\":0}}"
}

page properties:deals '{"name":"amount","label":"Amount","type":"number","options":[]},{"name":"source","label":"Source","type":"enumeration","options":[{"label":"Paid social","value":"PAID_SOCIAL","hidden":true},{"label":"E-mail","value":"EMAIL"},{"label":"second","value":"EMAIL"},{"label":"says \"a;b\" \u00e9","value":"x\"\u0041\/"},{"label":null,"value":"NONE"},{"label":"","value":"BARE"}]},{"name":"vip","label":"VIP","type":"bool","options":[{},{"label":"Yes","value":"true"}]},{"name":"pipeline","label":"Pipeline","type":"enumeration","options":[]},{"name":"dealstage","label":"Deal stage","type":"enumeration","options":[{"label":"from options","value":"opt"},{"label":"never seen","value":"only-a"}]},{"name":"hubspot_owner_id","label":"Deal owner","type":"enumeration","options":[],"referencedObjectType":"OWNER"},{"name":"team_ids","label":"Team","type":"enumeration","referencedObjectType":"OWNER"},{"name":"plain","label":"Plain","type":"string","options":[{"label":"L","value":"l"}]}' >"$T/properties"
page pipelines:deals '{"id":"p1","label":"Sales","stages":[{"id":"1","label":"New"},{"id":"2","label":"Won"},{"id":"only-a","label":"Only in Sales"},{"id":"same","label":"Same"}]},{"id":"p2","label":"Partner sales","stages":[{"id":"1","label":"Arrived"},{"id":"3","label":"Lost"},{"id":"same","label":"Same"}]}' >"$T/pipelines"
page owners '{"id":"71","firstName":"Ines","lastName":"\u00d6zt\u00fcrk","email":"i@x"},{"id":"72","firstName":"","lastName":"Brown","email":"b@x"},{"id":"73","firstName":null,"email":"mail@x"},{"id":"74"}' >"$T/owners"
page owners '{"id":"80","firstName":"Gone","lastName":"Away"}' >"$T/archived"
all="$T/properties $T/pipelines $T/owners $T/archived"

label() { # record option…: the record, labelled
	record=$1
	shift
	# shellcheck disable=SC2086 # several files
	put "$record" | hs-label -q "$@" $all
}

# Options.
is "an option's label follows its value at once" \
	"$(label '{"id":"1","source":"PAID_SOCIAL","amount":"5"}')" \
	'{"id":"1","source":"PAID_SOCIAL","source_label":"Paid social","amount":"5"}'
is "of an option that is there twice the first counts" \
	"$(label '{"source":"EMAIL"}')" \
	'{"source":"EMAIL","source_label":"E-mail"}'
is "values are the same however escapes spell them" \
	"$(label '{"source":"x\u0022A/"}' | cat)" \
	'{"source":"x\u0022A/","source_label":"says \"a;b\" \u00e9"}'
is "several values have several labels, in their order" \
	"$(label '{"source":"EMAIL;PAID_SOCIAL;EMAIL"}')" \
	'{"source":"EMAIL;PAID_SOCIAL;EMAIL","source_label":"E-mail;Paid social;E-mail"}'
is "empty parts stay empty" "$(label '{"source":";EMAIL;;EMAIL;"}')" \
	'{"source":";EMAIL;;EMAIL;","source_label":";E-mail;;E-mail;"}'
is "a semicolon may be an escape" \
	"$(label '{"source":"EMAIL\u003bEMAIL\u003B\u003b"}')" \
	'{"source":"EMAIL\u003bEMAIL\u003B\u003b","source_label":"E-mail;E-mail;;"}'
is "nothing but semicolons" "$(label '{"source":";;"}')" \
	'{"source":";;","source_label":";;"}'
is "null has the label null, an empty text the empty one" \
	"$(label '{"source":null}'; label '{"source":""}')" \
	'{"source":null,"source_label":null}
{"source":"","source_label":""}'
is "a label may be empty" "$(label '{"source":"BARE"}')" \
	'{"source":"BARE","source_label":""}'
is "what is absent stays absent" "$(label '{"id":"1"}')" '{"id":"1"}'
is "bool and text have no label" "$(label '{"vip":"true","plain":"l"}')" \
	'{"vip":"true","plain":"l"}'
is "white space stays where it is" \
	"$(label ' { "source" : "EMAIL" , "amount" : 1 } ')" \
	' { "source" : "EMAIL","source_label":"E-mail" , "amount" : 1 } '
is "a name may be spelled with escapes" "$(label '{"\u0073ource":"EMAIL"}')" \
	'{"\u0073ource":"EMAIL","\u0073ource_label":"E-mail"}'

# Owners.
is "an owner's name, or what there is of it, else the address" "$(
	for i in 71 72 73; do label "{\"hubspot_owner_id\":\"$i\"}"; done
)" '{"hubspot_owner_id":"71","hubspot_owner_id_label":"Ines \u00d6zt\u00fcrk"}
{"hubspot_owner_id":"72","hubspot_owner_id_label":"Brown"}
{"hubspot_owner_id":"73","hubspot_owner_id_label":"mail@x"}'
is "several, the archived ones too, where the definition refers to owners" \
	"$(label '{"team_ids":"80;71"}')" \
	'{"team_ids":"80;71","team_ids_label":"Gone Away;Ines \u00d6zt\u00fcrk"}'
is "a number has the label of its digits" \
	"$(label '{"hubspot_owner_id":80}')" \
	'{"hubspot_owner_id":80,"hubspot_owner_id_label":"Gone Away"}'
is "one without name and address has none" \
	"$(label '{"hubspot_owner_id":"74"}')" \
	'{"hubspot_owner_id":"74","hubspot_owner_id_label":null}'
is "owners alone are enough" \
	"$(put '{"hubspot_owner_id":"72"}' | hs-label "$T/owners")" \
	'{"hubspot_owner_id":"72","hubspot_owner_id_label":"Brown"}'
is "without owners their ids have no labels" \
	"$(put '{"hubspot_owner_id":"72"}' | hs-label "$T/properties")" \
	'{"hubspot_owner_id":"72"}'

# Pipelines and stages.
is "a stage is one of its record's pipeline" "$(
	label '{"pipeline":"p1","dealstage":"1"}'
	label '{"dealstage":"1","pipeline":"p2"}'
)" '{"pipeline":"p1","pipeline_label":"Sales","dealstage":"1","dealstage_label":"New"}
{"dealstage":"1","dealstage_label":"Arrived","pipeline":"p2","pipeline_label":"Partner sales"}'
is "else of any, if the id is used once" "$(
	label '{"pipeline":"p1","dealstage":"3"}'
	label '{"dealstage":"2"}'
)" '{"pipeline":"p1","pipeline_label":"Sales","dealstage":"3","dealstage_label":"Lost"}
{"dealstage":"2","dealstage_label":"Won"}'
is "used twice it says nothing, unless the labels are the same" "$(
	label '{"dealstage":"1"}'
	label '{"pipeline":"gone","dealstage":"same"}'
)" '{"dealstage":"1","dealstage_label":null}
{"pipeline":"gone","pipeline_label":null,"dealstage":"same","dealstage_label":"Same"}'
is "the options of the definition come second" "$(
	label '{"pipeline":"p2","dealstage":"opt"}'
	label '{"pipeline":"p2","dealstage":"only-a"}'
)" '{"pipeline":"p2","pipeline_label":"Partner sales","dealstage":"opt","dealstage_label":"from options"}
{"pipeline":"p2","pipeline_label":"Partner sales","dealstage":"only-a","dealstage_label":"Only in Sales"}'
sed 's/pipelines:deals/pipelines:tickets/' "$T/pipelines" >"$T/tickets"
is "other types have hs_pipeline and hs_pipeline_stage" \
	"$(put '{"hs_pipeline":"p2","hs_pipeline_stage":"1","pipeline":"p2"}' |
		hs-label "$T/tickets")" \
	'{"hs_pipeline":"p2","hs_pipeline_label":"Partner sales","hs_pipeline_stage":"1","hs_pipeline_stage_label":"Arrived","pipeline":"p2"}'

# What has no label.
put '{"results":[{"source":"old","pipeline":"p1"},{"source":"EMAIL;older;old"},{"source":"EMAIL","pipeline":"p9"}],"paging":null}' >"$T/in"
# shellcheck disable=SC2086
status "a value without a label is no failure" 0 hs-label $all <"$T/in"
is "its label is null; among others it stays as it is" "$(cat "$T/out")" \
	'{"results":[{"source":"old","source_label":null,"pipeline":"p1","pipeline_label":"Sales"},{"source":"EMAIL;older;old","source_label":"E-mail;older;old"},{"source":"EMAIL","source_label":"E-mail","pipeline":"p9","pipeline_label":null}],"paging":null}'
is "at the end one warning for each property" "$(cat "$T/err")" \
	'hs-label: source: 3 values without a label in the definitions, the first: "old"
hs-label: pipeline: 1 values without a label in the definitions, the first: "p9"'
is "-q silences it" "$(label "$(cat "$T/in")" 2>&1 >/dev/null)" ""
# shellcheck disable=SC2086
status "--strict" 65 hs-label --strict $all <"$T/in"
is "stops there and says where" "$(cat "$T/err")" \
	'hs-label: standard input: line 1, column 24: source: the value "old" has no label (in record 1)'
is "with nothing of the line written" "$(cat "$T/out")" ""
status "--strict finds one among several" 65 sh -c \
	"echo '{\"source\":\"EMAIL;x\"}' | hs-label --strict $T/properties"
# shellcheck disable=SC2086
status "--strict has nothing against null and empty" 0 hs-label --strict $all <<END
{"source":null,"hubspot_owner_id":"","dealstage":";","pipeline":"p1"}
END

# --replace.
is "--replace: in the value's place" \
	"$(label '{"source":"EMAIL;old","vip":"true","pipeline":"p2","dealstage":"1","hubspot_owner_id":71}' --replace)" \
	'{"source":"E-mail;old","vip":"true","pipeline":"Partner sales","dealstage":"Arrived","hubspot_owner_id":"Ines \u00d6zt\u00fcrk"}'
is "what is unknown, null or empty keeps its value" \
	"$(label '{"source":"o\u006cd;x","dealstage":null,"pipeline":"","hubspot_owner_id":[1]}' --replace)" \
	'{"source":"o\u006cd;x","dealstage":null,"pipeline":"","hubspot_owner_id":[1]}'

# --headings.
is "--headings: members are called by their property's label" \
	"$(label '{"id":"1","source":"EMAIL","vip":"true","amount":null,"createdAt":"c","other":1}' --headings)" \
	'{"id":"1","Source":"EMAIL","Source (label)":"E-mail","VIP":"true","Amount":null,"createdAt":"c","other":1}'
is "with --replace it is the label's" \
	"$(label '{"id":"1","dealstage":"2","vip" : "true"}' --headings --replace)" \
	'{"id":"1","Deal stage":"Won","VIP" : "true"}'
page properties:deals '{"name":"amount","label":"Amount","type":"number"},{"name":"amount_2","label":"Amount","type":"number"},{"name":"a","label":"b","type":"string"},{"name":"b","label":"B","type":"string"},{"name":"c","label":"id","type":"string"},{"name":"d","label":"Stage (label)","type":"string"},{"name":"e","label":"Stage","type":"enumeration","options":[{"value":"1","label":"one"}]},{"name":"f","label":"e_label","type":"string"},{"name":"g","label":"","type":"string"},{"name":"h","label":"half \ud800","type":"string"},{"name":"i","label":"Amount (amount)","type":"string"},{"name":"j","label":"j","type":"string"},{"name":"k","label":"\u0042","type":"string"},{"name":"url","label":"URL","type":"string"}' >"$T/clash"
is "names that would be the same are told apart by brackets" \
	"$(put '{"id":"1","amount":1,"amount_2":2,"a":3,"b":4,"c":5,"d":6,"e":"1","f":8,"g":9,"h":10,"i":11,"j":12,"k":13,"properties_url":14,"url":15}' |
		hs-label --headings "$T/clash")" \
	'{"id":"1","Amount (amount) (amount)":1,"Amount (amount_2)":2,"b (a)":3,"B (b)":4,"id (c)":5,"Stage (label)":6,"Stage (e)":"1","Stage (e) (label)":"one","e_label (f)":8,"g":9,"h":10,"Amount (amount)":11,"j":12,"\u0042 (k)":13,"URL":14,"url":15}'
is "an association may have a heading's name" \
	"$(put '{"id":"1","amount":1,"e":"1","Stage":[],"i":2,"Amount (amount_2)":3,"amount_2":4,"Amount (amount_2) (amount_2)":5}' '{"amount_2":4}' |
		hs-label --headings "$T/clash")" \
	'{"id":"1","Amount (amount) (amount)":1,"Stage (e)":"1","Stage (e) (label)":"one","Stage":[],"Amount (amount)":2,"Amount (amount_2)":3,"Amount (amount_2) (amount_2) (amount_2)":4,"Amount (amount_2) (amount_2)":5}
{"Amount (amount_2)":4}'

page properties:deals '{"name":"a","type":"enumeration","options":[{"value":"1","label":"one"}]},{"name":"a_label","type":"enumeration","options":[{"value":"2","label":"two"}]}' >"$T/taken"
put '{"a":"1","a_label":"2"}' '{"a":"1"}' >"$T/in"
status "a label's name may be a property's" 0 hs-label "$T/taken" <"$T/in"
is "which keeps it" "$(cat "$T/out")" \
	'{"a":"1","a_label":"2","a_label_label":"two"}
{"a":"1"}'
is "and is told" "$(cat "$T/err")" \
	"hs-label: a: its values get no labels, since a_label is a property"

# -p.
is "-p: only these" \
	"$(label '{"source":"EMAIL","dealstage":"2","amount":"1"}' -p dealstage,amount --headings)" \
	'{"source":"EMAIL","Deal stage":"2","Deal stage (label)":"Won","Amount":"1"}'
# shellcheck disable=SC2086
status "-p with a name that is no property" 64 hs-label -p source,sorce $all </dev/null
like "names it" "$(cat "$T/err")" \
	'^hs-label: -p: the definitions have no property sorce$'

# A second run.
put '{"results":[{"id":"1","source":"EMAIL","dealstage":"2","hubspot_owner_id":"71"},{"id":"2","source":null}],"hs":{"object":"deals","page":0}}' >"$T/in"
# shellcheck disable=SC2086
{
	hs-label $all <"$T/in" >"$T/once"
	hs-label $all <"$T/once" >"$T/twice"
	hs-label --headings $all <"$T/in" >"$T/head"
	hs-label --headings $all <"$T/head" >"$T/head2"
	hs-label --headings $all <"$T/once" >"$T/head3"
}
same "a second run adds nothing" "$T/twice" "$T/once"
same "nor with --headings" "$T/head2" "$T/head"
same "and --headings may come later" "$T/head3" "$T/head"

# All else.
put ' {"results": [ {"a":1} , {"id":"2", "x":[{"source":"EMAIL"}]}],"paging":{"next":{"after":"7","link":"\u0041"}},"more":{"source":"EMAIL"}, "hs":{"object":"deals","page":3,"request":"ab"}} ' '{"n":-0.0,"e":1e400}' '{"results":[]}' >"$T/in"
printf '{"last":"line"}' >>"$T/in"
# shellcheck disable=SC2086
hs-label --headings $all <"$T/in" >"$T/out"
echo >>"$T/in"
same "a stream with nothing to label stays byte for byte" "$T/out" "$T/in"
put '{"results":[{"properties":[{"source":"EMAIL"}]}]}' >"$T/in"
# shellcheck disable=SC2086
hs-label $all <"$T/in" >"$T/out"
same "so do records of schemas" "$T/out" "$T/in"

# Records with other keys than the one before, often.
awk 'BEGIN {
	for (i = 0; i < 3000; i++) {
		printf "{\"id\":\"%d\"", i
		for (j = 0; j < i % 7; j++)
			printf ",\"k%d\":null", (i * 31 + j) % 97
		print i % 3 ? ",\"source\":\"EMAIL\"}" : ",\"source\":\"PAID_SOCIAL\",\"dealstage\":\"2\"}"
	}
}' >"$T/in"
sed -e 's/"EMAIL"/&,"source_label":"E-mail"/' \
	-e 's/"PAID_SOCIAL"/&,"source_label":"Paid social"/' \
	-e 's/"dealstage":"2"/&,"dealstage_label":"Won"/' "$T/in" >"$T/want"
# shellcheck disable=SC2086
hs-label $all <"$T/in" >"$T/out"
same "records of many kinds" "$T/out" "$T/want"

# From hs-fetch to the table.
standin_start --records 150
hs-fetch properties:deals >"$T/p"
hs-fetch pipelines:deals >"$T/l"
hs-fetch owners >"$T/o"
hs-fetch deals | hs-flatten >"$T/flat"
hs-label --strict -p dealstage,pipeline,hubspot_owner_id,origin \
	"$T/p" "$T/l" "$T/o" <"$T/flat" >"$T/labelled"
if command -v jq >/dev/null; then
	jq -c --slurpfile p "$T/p" --slurpfile l "$T/l" --slurpfile o "$T/o" '
	($o | map(.results[]) | map({(.id): "\(.firstName) \(.lastName)"}) | add) as $owner |
	($l | map(.results[]) | map({(.id): .}) | add) as $pipe |
	($p | map(.results[]) | map({(.name): (.options // [] | map({(.value): .label}) | add)}) | add) as $opt |
	.results[] | [.id,
		(if .pipeline then $pipe[.pipeline].label else null end),
		(.pipeline as $n | .dealstage as $s | if $s then
			$pipe[$n].stages | map(select(.id == $s))[0].label else null end),
		(if .hubspot_owner_id then $owner[.hubspot_owner_id] else null end),
		(if .origin then $opt.origin[.origin] else null end)]' \
		"$T/flat" >"$T/want"
	jq -c '.results[] | [.id, .pipeline_label, .dealstage_label,
		.hubspot_owner_id_label, .origin_label]' "$T/labelled" >"$T/out"
	same "jq's joins of the stand-in's portal come to the same" \
		"$T/out" "$T/want"
	ok "the portal's labels differ from its values" test \
		"$(jq -r '.results[] | select(.pipeline == .pipeline_label or
			.dealstage == .dealstage_label or (.origin != null and
			.origin == .origin_label))' "$T/labelled")" = ""
else
	skip "jq's joins come to the same" "no jq"
fi
status "the labelled stream is complete, still" 0 \
	hs-load-csv "$T/deals.csv" <"$T/labelled"
head -n 1 "$T/labelled" >"$T/part"
status "and an incomplete one is not" 65 \
	hs-load-csv "$T/deals.csv" <"$T/part"
t_done
