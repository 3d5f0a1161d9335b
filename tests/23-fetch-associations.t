#!/bin/sh
# hs-fetch: associations past the hundred that a list carries.
. tests/lib.sh
XDG_RUNTIME_DIR=$T
export XDG_RUNTIME_DIR

big='--records companies=300 --records contacts=30000 --records deals=3000
	--burst 100000
	--associations companies:contacts:7=1762
	--associations companies:contacts:120=25000
	--associations companies:contacts:121=101
	--associations companies:deals:120=700'
standin_start $big --log "$T/log"
status "associations beyond the inline page" 0 \
	hs-fetch companies:contacts,deals
mv "$T/out" "$T/big"
size() { # INDEX TYPE: ids, of these different
	jq -s -c "[.[].results[]][$1].associations.$2.results
		|[(map(.id)|unique|length),
		(map(.type)|unique|length)]" "$T/big"
}
is "101 arrive whole" "$(size 121 contacts)" '[101,2]'
is "1,762 arrive whole" "$(size 7 contacts)" '[1762,2]'
is "25,000 arrive whole" "$(size 120 contacts)" '[25000,2]'
is "of a second type, too" "$(size 120 deals)" '[700,2]'
is "in the inline shape" "$(jq -c '.results[].associations|select(.)[]
	|.results[]|[keys,(.id|type),(.type|test("^company_to_[a-z_]+$"))]' \
	"$T/big" | sort -u)" '[["id","type"],"string",true]'
is "no nested paging is left" "$(jq -c '.results[].associations|select(.)[]
	|select(has("paging"))' "$T/big")" ""
is "no id and type twice" "$(jq -c '.results[].associations|select(.)[]
	|.results|(length)-(unique|length)' "$T/big" | sort -u)" 0

# The first hundred are as the list gave them.
curl -s -H "Authorization: Bearer $HUBSPOT_API_KEY" \
	"$URL/crm/objects/2026-09/companies?limit=10&associations=contacts" |
	jq -c '.results[7].associations.contacts.results' >"$T/inline"
is "the first hundred are the inline ones" \
	"$(jq -c '.[:98]' "$T/inline")" \
	"$(head -1 "$T/big" |
		jq -c '.results[7].associations.contacts.results[:98]')"
# And all are those of the record's own endpoint.
id=$(head -1 "$T/big" | jq -r '.results[7].id')
own() {
	after=
	while :; do
		curl -s -H "Authorization: Bearer $HUBSPOT_API_KEY" \
			"$URL/crm/objects/2026-09/companies/$id/associations/contacts?limit=500$after" \
			>"$T/page"
		jq -r '.results[].toObjectId' "$T/page"
		after=$(jq -r '.paging.next.after//empty' "$T/page")
		[ -n "$after" ] || break
		after="&after=$after"
	done
}
own >"$T/want"
head -1 "$T/big" | jq -r '.results[7].associations.contacts.results[].id' |
	uniq >"$T/got"
same "all are those of the record itself, in its order" "$T/want" "$T/got"
hs-fetch -j 1 companies:contacts,deals >"$T/one"
same "one at a time gives the same" "$T/big" "$T/one"
hs-fetch --api-version v3 companies:contacts,deals |
	jq -c 'del(.hs.request)' >"$T/v3"
jq -c 'del(.results[].url,.hs.request)' "$T/big" >"$T/dated"
same "v3 gives the same" "$T/dated" "$T/v3"
is "by way of v4" "$(grep -c '/crm/v4/associations/' "$T/log" |
	sed 's/^[1-9].*/some/')" some
standin_stop

standin_start $big --string-ids --association-page 100 --properties 1200 \
	--property-name-length 40
hs-fetch companies:contacts,deals >"$T/out" 2>"$T/err"
is "ids as strings, other pages, properties in batches: the same ones" \
	"$(jq -c '[.results[]|[.id,.associations]]' "$T/out" | cksum)" \
	"$(jq -c '[.results[]|[.id,.associations]]' "$T/big" | cksum)"
standin_stop

standin_start $big --fault 'path=/associations/ partial207'
hs-fetch companies:contacts,deals >"$T/out" 2>"$T/err"
same "inputs that failed once are read again" "$T/big" "$T/out"
standin_stop

standin_start --records 300 --associations companies:contacts=120 \
	--burst 100000 --fault 'path=/associations/ partial207 times=forever'
status "inputs that fail for ever are a failure" 75 hs-fetch companies:contacts
is "and nothing came of it" "$(cat "$T/out")" ""
like "that says whose" "$(cat "$T/err")" \
	'associations of record [0-9]+ could not be read, .*try again later'
standin_stop

standin_start --records 120 --associations companies:contacts=120 \
	--burst 100000 --log "$T/log" \
	--fault 'path=/associations/ partial207 times=forever' \
	--fault 'path=/companies/ query=hs_object_id status=404 times=forever'
status "unless the records are gone" 0 hs-fetch companies:contacts
n=$(grep -c '/companies/[0-9]' "$T/log")
ok "each was asked for by itself ($n)" [ "$n" -gt 0 ]
is "and left out" "$(jq -s '[.[].results|length]|add' "$T/out")" \
	$((120 - n))
is "the others are whole" "$(jq '.results[].associations.contacts.results
	|map(.id)|unique|length' "$T/out" | sort -u)" 120
like "with a note" "$(cat "$T/err")" "$n records were deleted"
standin_stop

# Sixty of 101 are gone when the rest is read: the list showed more.
standin_start --records companies=1 --associations companies:contacts=101
id=$(hs-fetch -p default companies | jq -r '.results[0].id')
curl -s -H "Authorization: Bearer $HUBSPOT_API_KEY" --json \
	"{\"inputs\":[{\"id\":\"$id\"}]}" \
	"$URL/crm/associations/2026-09/companies/contacts/batch/read" |
	jq -c '.results[0].to|=.[60:]' >"$T/fewer"
standin_stop
jq -c '{id:.results[0].from.id,associations:{contacts:{results:
	[.results[0].to[]|{id:(.toObjectId|tostring),type:"x"}]}}}' \
	"$T/fewer" >"$T/record"
fewer="--records companies=1 --associations companies:contacts=101"
standin_start $fewer --fault "path=/associations/ times=forever body=@$T/fewer" \
	--fault "path=/companies/ query=hs_object_id times=forever body=@$T/record"
status "associations removed meanwhile" 0 hs-fetch companies:contacts
is "are left out" "$(jq '.results[0].associations.contacts.results
	|map(.id)|unique|length' "$T/out")" 41
standin_stop
standin_start $fewer --log "$T/log" \
	--fault "path=/associations/ times=forever body=@$T/fewer"
status "but not when the record still has them" 75 hs-fetch companies:contacts
ok "which it was asked" grep -q "/companies/$id\".*associations=contacts" "$T/log"
standin_stop

standin_start $big --fault 'path=/associations/ at=2 times=forever repeat-cursor'
status "a repeated cursor is noticed" 76 hs-fetch companies:contacts
standin_stop

standin_start $big --fault 'path=/associations/ at=2 times=forever empty-page'
status "so is a list that goes on without end, and without associations" 76 \
	hs-fetch companies:contacts
like "after a hundred" "$(cat "$T/err")" '100 answers without associations'
standin_stop

standin_start --records 300 --custom visits=300 --burst 100000 \
	--associations companies:visits=130 \
	--associations companies:line_items=130
hs-fetch companies:custom:visits,line_items >"$T/out" 2>"$T/err"
is "under keys that differ from the names asked, too" "$(jq -c \
	'.results[].associations|map_values(.results|map(.id)|unique|length)' \
	"$T/out" | jq -cS . | sort -u)" '{"line items":130,"p23451017_visits":130}'
standin_stop
t_done
