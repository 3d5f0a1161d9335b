#!/bin/sh
# hs-fetch: which objects there are, and what they may be called.
. tests/lib.sh
XDG_RUNTIME_DIR=$T
export XDG_RUNTIME_DIR

standin_start --records 120 --burst 100000 --log "$T/log" \
	--custom contacts=120 --custom 'a%b & c=120'

object() { # TITLE ARGUMENT WANT: [object, pages, records]
	status "$1" 0 hs-fetch "$2"
	is "$1: is what came" "$(jq -sc '[.[0].hs.object,length,
		([.[].results|length]|add)]' "$T/out")" "$3"
	like "$1: whole" "$(tail -1 "$T/out")" '^\{"results":\[.*\],"hs":\{'
}
object "a standard type by its id" 0-2 '["0-2",2,120]'
object "another standard type" line_items '["line_items",2,120]'
object "schemas" schemas '["schemas",1,6]'
object "owners, in pages" owners '["owners",2,130]'
object "properties" properties:deals '["properties:deals",1,40]'
object "pipelines" pipelines:deals '["pipelines:deals",1,2]'
object "a custom object by its name" custom:credentialing \
	'["2-30931773",2,120]'
object "by its name in other case" custom:CREDENTIALING '["2-30931773",2,120]'
object "by its plural label" custom:invoices '["2-1001",2,120]'
object "by its id, without custom:" 2-30931773 '["2-30931773",2,120]'
object "the exact name before another in other case" custom:VEHICLE \
	'["2-2002",2,120]'
object "a custom object with a standard name" custom:contacts \
	'["2-3039",2,120]'
object "a name that is no path" 'custom:a%b & c' '["2-3040",2,120]'
is "its properties by that name" \
	"$(hs-fetch 'properties:custom:a%b & c' | jq -r .hs.object)" \
	properties:2-3040
object "properties of a custom object" properties:custom:credentialing \
	"[\"properties:2-30931773\",1,$(hs-fetch properties:2-30931773 |
		jq '.results|length')]"
is "invoices is the standard type" \
	"$(hs-fetch invoices | head -1 | jq -r .hs.object)" invoices

# The singular, as most clients use it.
for o in company:contact,deal invoice properties:company pipelines:deal \
	tax line_item postal_mail; do
	hs-fetch "$o" >"$T/singular" 2>"$T/err"
	hs-fetch "$(echo "$o" | sed 's/company/companies/; s/invoice$/&s/
		s/contact/&s/; s/deal$/&s/; s/tax/&es/; s/item/&s/')" >"$T/plural"
	same "$o is the plural" "$T/plural" "$T/singular"
	ok "$o: something came" [ -s "$T/singular" ]
done
hs-fetch -a contact companies >"$T/singular"
hs-fetch -a contacts companies >"$T/plural"
same "-a contact is -a contacts" "$T/plural" "$T/singular"
status "custom: in front means a custom object" 69 hs-fetch custom:company

: >"$T/log"
hs-fetch --api-version v3 custom:credentialing >"$T/out"
is "v3's schemas have the path that is documented" \
	"$(grep -c '"/crm-object-schemas/v3/schemas"' "$T/log")" 1

: >"$T/log"
hs-fetch p23451017_credentialing >"$T/out"
is "a qualified name needs no schemas" "$(grep -c schemas "$T/log")" 0

status "several matches are an error" 69 hs-fetch custom:vehicle
like "that lists them" "$(cat "$T/err")" '2-2001, 2-2002'
status "several matches by the plural label, too" 69 hs-fetch custom:FLEET
like "are listed" "$(cat "$T/err")" '2-2001, 2-2002; ask for one of these ids'
status "a custom object is no standard one" 69 hs-fetch custom:companies
status "the bare name of a custom object is none" 69 hs-fetch 'a%b & c'
is "and was asked for with escapes" "$(grep -c \
	'"/crm/properties/2026-09/a%25b%20%26%20c"' "$T/log")" 1
status "a path is no name" 64 hs-fetch ../owners
status "no match is an error" 69 hs-fetch custom:nosuch
like "that lists what there is" "$(cat "$T/err")" \
	'custom:credentialing \(2-30931773\)'
like "and where to look" "$(cat "$T/err")" \
	'Settings > Objects > Custom Objects'
status "an unknown type" 69 hs-fetch nosuch
like "lists the standard ones, too" "$(cat "$T/err")" \
	'companies, contacts.*custom:credentialing'
status "an unknown associated type" 69 hs-fetch companies:nosuch

# Associations in the argument and as an option.
hs-fetch custom:credentialing:contacts,custom:invoices >"$T/colon"
hs-fetch -a contacts,invoices custom:credentialing >"$T/option"
is "associations come under the API's names" "$(jq -c \
	'[.results[].associations|select(.)|keys[]]|unique' "$T/colon" |
	sort -u)" '["contacts","p23451017_invoices"]'
is "a standard name means the standard type" "$(jq -c \
	'[.results[].associations|select(.)|keys[]]|unique' "$T/option" |
	sort -u)" '["contacts","invoices"]'
is "a key may differ from the name that was asked" "$(hs-fetch \
	companies:line_items | jq -r '.results[].associations|select(.)
	|keys[]' | sort -u)" 'line items'

is "custom: in front means the custom type" "$(hs-fetch -p name \
	-a custom:contacts companies | jq -r '.results[].associations|select(.)
	|keys[]' | sort -u)" p23451017_contacts

# Histories and archived records.
hs-fetch --history city,zip -p city companies >"$T/out"
is "histories come fifty records a page" \
	"$(jq '.results|length' "$T/out" | tr '\n' ' ')" '50 50 20 '
is "of the properties asked for" "$(jq -c \
	'.results[0].propertiesWithHistory|keys' "$T/out" | head -1)" \
	'["city","zip"]'
hs-fetch --archived companies >"$T/out"
is "archived records, and no others" \
	"$(jq -c '.results[]|[.archived,.archivedAt!=null]' "$T/out" |
		sort -u)" '[true,true]'
standin_stop

standin_start --records 120 --scopes crm.objects.companies.read
status "a qualified name needs no scope for schemas" 77 \
	hs-fetch 2-30931773
like "but its own, which is named" "$(cat "$T/err")" \
	'crm\.objects\.custom\.read'
status "a missing scope" 77 hs-fetch contacts
like "is named" "$(cat "$T/err")" 'one of: .*crm\.objects\.contacts\.read'
unlike "without the token" "$(cat "$T/err")" "$HUBSPOT_API_KEY"
standin_stop

standin_start --records 5 --fault 'path=/schemas times=forever status=500'
status "a wrong name, and nobody knows the right ones" 69 \
	timeout 20 hs-fetch nosuch
standin_stop
HUBSPOT_BASE_URL=http://127.0.0.1:1
status "a misspelt name and a server that does not answer" 75 \
	hs-fetch --retry-time 0 compnies
like "what is near it is said at once" "$(head -n 1 "$T/err")" \
	'compnies is no object that hs-fetch knows; near it: companies$'
for object in deal deals:contact p12_deals 0-2 2-30931773 custom:x owners; do
	hs-fetch --retry-time 0 $object 2>&1
done >"$T/err"
unlike "not of others, known or not" "$(cat "$T/err")" 'near it'
t_done
