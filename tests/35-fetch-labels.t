#!/bin/sh
# hs-fetch --labels: category, number and label of each association.
. tests/lib.sh
XDG_RUNTIME_DIR=$T
export XDG_RUNTIME_DIR

portal='--records companies=1300 --records contacts=3000 --records deals=300
	--burst 100000 --associations companies:contacts:7=700'
standin_start $portal --log "$T/log"
status "labels are read" 0 hs-fetch --labels -p name companies:contacts,deals
mv "$T/out" "$T/labels"
n=$(grep -c '/associations/' "$T/log")
ok "with a request in ten pages and type ($n)" [ "$n" -le 5 ]
hs-fetch -p name companies:contacts,deals >"$T/plain"
is "one by one they are the API's" "$(jq -r '.results[].associations[]?
	.results[]|[.label,.category,.typeId,(.type|endswith("_unlabeled"))]
	|@csv' "$T/labels" | sort -u)" '"Decision maker","USER_DEFINED",37,false
,"HUBSPOT_DEFINED",449,true'
keys() {
	jq -c '.results[]|[.id,(.associations//{}|map_values([.results[]
		|[.id,.type]]|sort))]' "$1"
}
keys "$T/labels" >"$T/got"
keys "$T/plain" >"$T/want"
same "the same associations as without, past the hundred, too" \
	"$T/got" "$T/want"
is "no nested paging is left" "$(grep -c '"paging":{"next":{"after":"[^"]*","' \
	"$T/labels")" 0
hs-fetch -j 1 --labels -p name companies:contacts,deals >"$T/one"
same "one at a time gives the same" "$T/labels" "$T/one"
hs-fetch --api-version v3 --labels -p name companies:contacts,deals |
	jq -c 'del(.hs.request)|del(.results[].url)' >"$T/v3"
jq -c 'del(.hs.request)|del(.results[].url)' "$T/labels" >"$T/dated"
same "v3 gives the same, by way of v4" "$T/dated" "$T/v3"
head -n 9 "$T/labels" >"$T/cut"
status "--resume goes on" 0 \
	hs-fetch --labels --resume -o "$T/cut" -p name companies:contacts,deals
same "to the same" "$T/labels" "$T/cut"
status "not with other options" 65 \
	hs-fetch --resume -o "$T/cut" -p name companies:contacts,deals
like "-n counts the requests" "$(hs-fetch -n --labels -p name \
	companies:contacts,deals)" '^requests: 17 \(4 of them for labels\)'
status "without associations there are none" 64 hs-fetch --labels companies

hs-flatten "$T/labels" >"$T/flat"
is "hs-flatten keeps them" "$(jq -c '.results[]|.contacts,.deals|select(.)
	|.[]|keys_unsorted' "$T/flat" | sort -u)" \
	'["id","type","label","category","typeId"]'
is "none is lost" "$(jq '.results[]|.contacts,.deals|select(.)|.[].id' \
	"$T/flat" | wc -l)" \
	"$(jq '.results[].associations[]?.results[].id' "$T/labels" | wc -l)"
hs-flatten --links "$T/labels" | hs-load-csv "$T/links.csv"
is "with --links as columns" "$(head -n 1 "$T/links.csv")" \
	'from_id,to_id,association,type,label,category,typeId'
standin_stop

# Between the list and its labels the associations may go.
standin_start --records companies=1 --burst 100000 \
	--associations companies:contacts=1 \
	--fault 'path=/associations/ times=forever body={"results":[]}' \
	--fault 'path=/companies/ query=hs_object_id body={"id":"105"}'
status "associations that are gone meanwhile" 0 \
	hs-fetch --labels -p name companies:contacts
is "are left out" \
	"$(jq -c '.results[].associations' "$T/out")" '{"contacts":{"results":[]}}'
standin_stop
t_done
