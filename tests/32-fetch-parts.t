#!/bin/sh
# hs-fetch: what may go wrong with the requests around a list: definitions of
# properties, schemas, batches of properties and of associations.
. tests/lib.sh
. tests/faults.sh
XDG_RUNTIME_DIR=$T
export XDG_RUNTIME_DIR

# Lists of properties.
standin_start --records 120 --burst 100000
hs-fetch companies >"$T/properties.want"
curl -s -H "Authorization: Bearer $HUBSPOT_API_KEY" \
	"$URL/crm/properties/2026-09/companies" >"$T/properties"
jq -c '.results|=.[:15]|.paging={next:{after:"a b"}}' "$T/properties" \
	>"$T/properties.1"
jq -c '.results|=.[15:]|.paging=null' "$T/properties" >"$T/properties.2"
hs-fetch custom:credentialing >"$T/custom.want"
standin_stop

f_portal='--records 120 --burst 100000 --window 1000'
f_object=companies
f_want=$T/properties.want
p='path=/properties/'
for f in status=500 garbage html empty no-results reset truncate=100 \
	short-length nan; do
	fault 0 "properties: $f, once" "$p $f"
done
for f in garbage html no-results 'body={"results":{}}' \
	'body={"results":[]}' 'body={"results":[null]}' 'body={"results":[{"name":"a,b"}]}' \
	'body={"results":[{"name":""}]}'; do
	fault 76 "properties: $f, for ever" "$p times=forever $f"
done
fault 75 "properties: 500 for ever" "$p status=500 times=forever"
fault 75 "properties: a stall" "$p stall=10 times=forever" --retry-time 0
fault 77 "properties: 403" "$p status=403"
fault 69 "properties: 404" "$p status=404"
fault 0 "properties in pages" "$p query=after=a%20b body=@$T/properties.2
$p body=@$T/properties.1"
fault 76 "properties in pages without end" \
	"$p times=forever body=@$T/properties.1"
said 'properties:companies: the API repeated a cursor'
for next in '{"link":"x"}' '{"after":null}' '{"after":""}' '{}' '[]' 7; do
	fault 76 "properties: a next page $next" \
		"$p times=forever body={\"results\":[{\"name\":\"name\"}],\"paging\":{\"next\":$next}}"
	said 'names a next page without a cursor'
done

# Schemas, for a name.
f_object=custom:credentialing
f_want=$T/custom.want
p='path=/schemas'
for f in status=500 garbage html no-results; do
	fault 0 "schemas: $f, once" "$p $f"
done
fault 76 "schemas: no results for ever" "$p no-results times=forever"
fault 75 "schemas: 500 for ever" "$p status=500 times=forever"
fault 77 "schemas: 403" "$p status=403"
fault 69 "schemas: none" "$p body={\"results\":[]}"
said 'no such object: credentialing; there are: no custom objects'
fault 76 "schemas: one without an id" \
	"$p times=forever body={\"results\":[{\"name\":\"credentialing\"}]}"
faults_done

# Batches of properties.
f_portal='--records 120 --properties 250 --property-name-length 40
	--burst 100000 --window 1000'
f_object=companies
f_want=$T/batch.want
standin_start $f_portal
hs-fetch companies >"$T/batch.want"
standin_stop
p='path=batch/read'
for f in status=500 status=408 status=423 garbage html empty no-results reset \
	truncate=5000 truncate-chunked=5000 short-length stall=100 badgzip \
	cut-valid missing=2 extra duplicate; do
	fault 0 "a batch: $f, once" "$p $f"
done
for f in garbage no-results 'body={"results":{}}' 'body={"results":[null]}' \
	'body={"results":[]}' 'body={"results":[{"id":"1"}]}'; do
	fault 76 "a batch: $f, for ever" "$p times=forever $f"
done
fault 0 "a batch that is 207, once" "$p status=207 missing=5"
fault 75 "a batch: 500 for ever" "$p status=500 times=forever"
fault 77 "a batch: 401 for ever" "$p status=401 times=forever"
fault 76 "a batch: a redirect" "$p redirect=http://127.0.0.2:1/"

# Associations past the inline page.
f_portal='--records 120 --burst 100000 --window 1000 --associations 1
	--associations companies:contacts:3=140 --records contacts=500
	--association-page 60'
f_object=companies:contacts
f_want=$T/links.want
standin_start $f_portal --association-page 1000
hs-fetch -p name companies:contacts >"$T/links.want"
id=$(head -1 "$T/links.want" | jq -r '.results[3].id')
curl -s -H "Authorization: Bearer $HUBSPOT_API_KEY" \
	-H 'Content-Type: application/json' \
	-d '{"inputs":[{"id":"'$id'"}]}' \
	"$URL/crm/associations/2026-09/companies/contacts/batch/read" >"$T/to"
standin_stop
half() { # JQ: an answer made of the whole one
	jq -c "$1" "$T/to"
}
half '.results[0]|={from,to:.to[:70],paging:{next:{after:7}}}' >"$T/to.1"
half '.results[0]|={from,to:.to[70:]}' >"$T/to.2"
half '.results|=[.[0],.[0],(.[0]|.from.id="1")]' >"$T/to.more"
half '.results[0].to|=.[:50]' >"$T/to.few"
half '.results[0].to|=[]' >"$T/to.none"
half '.results[0]|={from,to:[],paging:{next:{after:""}}}' >"$T/to.empty"
half '.results[0]|={from,to:.to[:9],paging:{next:{after:"A"}}}' >"$T/to.A"
half '.results[0]|={from,to:.to[:9],paging:{next:{after:"B"}}}' >"$T/to.B"
half '.results[0]|={from,to:.to[:9],paging:{next:{after:true}}}' >"$T/to.true"
half '.results[0]|={from,to:.to[:9],paging:{next:{link:"x"}}}' >"$T/to.link"
half '.results[0].to|=[null]' >"$T/to.null"
half '.results[0].to|=[{toObjectId:null}]' >"$T/to.no-id"
p='path=/associations/'
for f in status=500 status=429 garbage html no-results reset truncate=500 \
	short-length partial207 'body={"results":[]}' \
	"body=@$T/to.few" "body=@$T/to.none"; do
	fault 0 "associations: $(basename "$f"), once" "$p $f" -p name
done
fault 0 "associations: a cursor that is a number" \
	"$p contains=\"after\":\"7\" body=@$T/to.2
$p body=@$T/to.1" -p name
fault 0 "associations: twice, and another's" "$p body=@$T/to.more" -p name
for f in empty A true link null no-id; do
	fault 76 "associations: $f, for ever" \
		"$p times=forever body=@$T/to.$f" -p name
done
fault 76 "associations: cursors in a circle" "$p body=@$T/to.A
$p contains=\"after\":\"A\" times=forever body=@$T/to.B
$p contains=\"after\":\"B\" times=forever body=@$T/to.A" -p name
said 'repeated a cursor'
fault 75 "associations: fewer than were shown, for ever" \
	"$p times=forever body=@$T/to.few" -p name
fault 75 "associations: 500 for ever" "$p status=500 times=forever" -p name
fault 77 "associations: 403" "$p status=403" -p name
said '403 MISSING_SCOPES'
faults_done
t_done
