#!/bin/sh
# The stand-in's ids: each pattern lies as it should, and every endpoint
# tells of the same records.
. tests/lib.sh
for need in curl jq; do
	command -v $need >/dev/null || t_skip_all "needs $need"
done
. tests/standin/ask.sh

gaps() { # ids, one a line: how far each is from the one before
	awk 'NR > 1 { printf "%.0f\n", $1 - last } { last = $1 }'
}
range() { # numbers, one a line: the least and the greatest
	sort -n | sed -n '1p;$p' | xargs
}

# --- how they lie
standin_start --records 500 --ids dense
pages "$new/companies?limit=100" | all >"$T/ids"
is 'dense: each one more' "$(gaps <"$T/ids" | range)" '1 1'
standin_start --records 500 --ids steps
pages "$new/companies?limit=100" | all >"$T/ids"
is 'steps: 1, 51, 101' "$(head -n 3 "$T/ids" | xargs)" '1 51 101'
is 'steps: of fifty' "$(gaps <"$T/ids" | range)" '50 50'
standin_start --records 5000 --ids random
pages "$new/companies?limit=100" | all >"$T/ids"
is 'random: of 11 digits' "$(awk '{ print length }' "$T/ids" | range)" '11 11'
is 'random: with gaps of up to some millions' \
	"$(gaps <"$T/ids" | range | awk '{ print ($1 < 5000),
		($2 > 3900000 && $2 <= 4000000) }')" '1 1'
pages "$new/deals?limit=100" | all | cmp -s - "$T/ids"
is 'random: another type, others' $? 1
standin_start --records 5000 --ids companies=clumps
pages "$new/companies?limit=100" | all >"$T/ids"
is 'clumps: an old account first' \
	"$(head -n 1000 "$T/ids" | gaps | range)" '50 50'
is 'clumps: then dense runs of hundreds' \
	"$(tail -n +1100 "$T/ids" | gaps | uniq -c |
		awk '$2 == 1 && $1 > 400 { n++ } END { print (n > 2) }')" 1
is 'clumps: and gaps of millions' \
	"$(tail -n +1100 "$T/ids" | gaps |
		awk '$1 > 1000000 { n++ } END { print (n > 100) }')" 1
is 'clumps: they rise' "$(gaps <"$T/ids" | awk '$1 < 1' | wc -l)" 0
is 'one type has a pattern, the others not' \
	"$(get "$new/contacts?limit=1" | all)" 12675602287
status 'a pattern that there is not' 64 "$BUILD/tests/standin/standin" \
	--ids nosuch
status 'a type that there is not' 64 "$BUILD/tests/standin/standin" \
	--ids nosuch=dense
standin_start --ids repeated
is 'repeated: a record comes twice' \
	"$(get "$new/companies?limit=10" | all | uniq -d | wc -l)" 1
is 'repeated: every so often' \
	"$(pages "$new/companies?limit=60" | all | uniq -d | wc -l)" 13
standin_start --ids texts
is 'texts: UUIDs' "$(pages "$new/companies?limit=100" | all |
	grep -Ecx '[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-8[0-9a-f]{3}-[0-9a-f]{12}')" 250
like 'texts: cursors are opaque' \
	"$(get "$new/companies?limit=1" | jq -r .paging.next.after)" '^[+][+][+]/'
is 'texts: what is no id is not found' \
	"$(code $new/companies/1) $(code \
		$new/companies/00000000-0000-4000-8000-000000000000)" '404 404'

# --- what all endpoints tell of it
for pattern in usual dense steps random clumps descending texts; do
	standin_start --ids $pattern --associations companies:contacts=120
	pages "$new/companies?limit=60" | tee "$T/pages" | all >"$T/ids"
	is "$pattern: every record once" "$(sort -u "$T/ids" | wc -l)" 250
	case $pattern in
	texts) ;;
	descending)
		is "$pattern: falling" "$(sort -rnc "$T/ids" 2>&1)" ''
		;;
	*)
		is "$pattern: rising" "$(sort -nc "$T/ids" 2>&1)" ''
		;;
	esac
	for form in after last base64 opaque; do
		[ $pattern != texts ] || break
		standin_start --ids $pattern --cursor $form \
			--associations companies:contacts=120
		pages "$new/companies?limit=60" | all >"$T/$form"
		same "$pattern: the same with cursors $form" "$T/ids" "$T/$form"
	done
	sed -n '101,200p' "$T/ids" >"$T/some"
	sed 's/.*/["&",/' "$T/some" >"$T/quoted"
	jq -Rnc '{properties:["name"],inputs:[inputs|{id:.}]}' <"$T/some" |
		get $new/companies/batch/read -d @- >"$T/batch"
	is "$pattern: a batch has the records asked for" \
		"$(all "$T/batch" | sort)" "$(sort "$T/some")"
	is "$pattern: as the list has them" \
		"$(jq -c '.results[]|[.id,.properties.name]' "$T/batch" | sort)" \
		"$(jq -c '.results[]|[.id,.properties.name]' "$T/pages" |
			grep -F -f "$T/quoted" | sort)"
	id=$(sed -n 3p "$T/ids")
	is "$pattern: one record, its property and its address" \
		"$(get "$new/companies/$id" |
			jq -r '.id,.properties.hs_object_id,
				(.url|sub(".*/";""))' | xargs)" "$id $id $id"
	search() { # from the members of a body to ids
		get $new/companies/search -d "{$1}" | all
	}
	tail -n 1 "$T/ids" >"$T/greatest"
	[ $pattern != descending ] || head -n 1 "$T/ids" >"$T/greatest"
	is "$pattern: search knows the greatest" \
		"$(search '"limit":1,"sorts":["-hs_object_id"]')" \
		"$(cat "$T/greatest")"
	if [ $pattern = texts ]; then
		cp "$T/ids" "$T/sorted"
	else
		sort -n "$T/ids" >"$T/sorted"
	fi
	ten=$(sed -n 240p "$T/sorted")
	is "$pattern: and those beyond one" \
		"$(search '"limit":200,"filterGroups":[{"filters":[{
			"propertyName":"hs_object_id","operator":"GT",
			"value":"'"$ten"'"}]}]')" "$(tail -n 10 "$T/sorted")"
	is "$pattern: or below one" \
		"$(search '"limit":200,"filterGroups":[{"filters":[{
			"propertyName":"hs_object_id","operator":"LT",
			"value":"'"$ten"'"}]}]' | wc -l)" 200
	pages "$new/companies?limit=10&archived=true" | all >"$T/archived"
	is "$pattern: archived records are others" \
		"$(sort -u "$T/archived" "$T/ids" | wc -l)" 265
	links=$(get "$new/companies?limit=1&associations=contacts" |
		jq -c '.results[0]|.id as $id|.associations.contacts|
			{inputs:[{$id,after:.paging.next.after}],results}')
	is "$pattern: associations are records of the other type" \
		"$( (echo "$links" | all
			echo "$links" | jq -c '{inputs}' |
			get /crm/v4/associations/0-2/0-1/batch/read -d @- |
			jq -r '.results[].to[].toObjectId') | sort -u >"$T/to"
		pages "$new/contacts?limit=100" | all | sort |
			comm -12 - "$T/to" | wc -l)" 120
done
t_done
