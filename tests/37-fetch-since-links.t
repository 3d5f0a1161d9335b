#!/bin/sh
# hs-fetch --since with associations: all of them, by batch, as in the list.
. tests/lib.sh
XDG_RUNTIME_DIR=$T
export XDG_RUNTIME_DIR

portal='--records companies=1100 --records contacts=3000
	--records line_items=300 --burst 100000
	--associations companies:contacts:7=700'
what=companies:contacts,line_items,custom:invoices
records() { # of pages, the many associations of one in any order
	jq -cS '.results[]|del(.url)|if (.associations.contacts.results//[])
		|length>100 then .associations.contacts.results|=sort else . end'
}
standin_start $portal --log "$T/log"
for more in "" --labels; do
	hs-fetch $more -p name $what | records >"$T/want"
	: >"$T/log"
	status "${more:-no labels}: associations of what changed" 0 \
		hs-fetch $more --since 1990-01-01 -p name --stats "$T/stats" $what
	records <"$T/out" >"$T/got"
	same "are those of the list, with its names" "$T/got" "$T/want"
	n=$(grep -c '"POST",.*/associations/' "$T/log")
	ok "by a thousand records and type, and the names ($n)" [ "$n" -le 12 ]
	n=$(grep -c '"GET",.*/companies/[0-9]' "$T/log")
	ok "that a few records tell ($n)" [ "$n" -le 5 ]
done
like "-n counts them" "$(hs-fetch -n --since 1990-01-01 -p name $what)" \
	'^requests: 12 \(6 of them for associations\)'
hs-fetch --api-version v3 --since 1990-01-01 -p name $what | records >"$T/v3"
hs-fetch --since 1990-01-01 -p name $what | records >"$T/want"
same "v3, too" "$T/want" "$T/v3"
hs-flatten "$T/out" >"$T/flat"
ok "they are merged" hs-load-csv -m merge "$T/table.csv" <"$T/flat"
standin_stop

# Records without associations are missing, or errors.
standin_start $portal --missing
hs-fetch --since 1990-01-01 -p name $what | records >"$T/got"
same "207 for those that have none" "$T/want" "$T/got"
standin_stop

one='--records companies=1 --burst 100000 --associations companies:contacts=1'
associated() {
	jq -c '.results[].associations'
}
named='[{"id":"12675603496","type":"HUBSPOT_DEFINED:449"}]'
standin_start $one --fault 'path=/companies/ query=hs_object_id body={"id":"105"}'
is "what no record tells is called by category and number" "$(hs-fetch \
	--since 1990-01-01 -p name companies:contacts | associated)" \
	"{\"contacts\":{\"results\":$named}}"
standin_stop
standin_start $one --fault 'path=/companies/ query=hs_object_id status=404'
hs-fetch -q --since 1990-01-01 -p name companies:contacts >"$T/out"
is "a record that is gone is left out" "$(jq -c .results "$T/out")" '[]'
standin_stop
standin_start $one --fault 'path=/companies/ query=hs_object_id body={"id":"77"}' \
	--fault 'path=/associations/ at=2 body={"results":[],"errors":7}'
hs-fetch -q --since 1990-01-01 -p name companies:contacts >"$T/out"
is "so is one that was merged into another" "$(jq -c .results "$T/out")" '[]'
hs-fetch --since 1990-01-01 -p name companies:contacts >"$T/out"
is "no answer for a record means no associations" "$(associated <"$T/out")" null
standin_stop
standin_start $one --fault 'path=/companies/ query=hs_object_id times=3 body=[]'
status "an answer that is no record" 76 \
	hs-fetch --since 1990-01-01 -p name companies:contacts
standin_stop
bad='body={"results":[],"errors":[{"category":"INTERNAL"}]}'
standin_start $one --fault "path=/associations/ times=2 $bad"
hs-fetch --since 1990-01-01 -p name companies:contacts >"$T/out"
is "an error that passes" "$(associated <"$T/out" | jq -c \
	'.contacts.results|length>0')" true
standin_stop
standin_start $one --fault "path=/associations/ times=forever $bad"
status "and one that stays" 75 \
	hs-fetch --since 1990-01-01 -p name companies:contacts
standin_stop
bad='body={"results":[{"from":{"id":"105"},"to":[7]}]}'
standin_start $one --fault "path=/associations/ times=3 $bad"
status "associations that can't be read" 76 \
	hs-fetch --since 1990-01-01 -p name companies:contacts
standin_stop
t_done
