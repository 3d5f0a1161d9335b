#!/bin/sh
# The stand-in's lists: every form of cursor leads through the same records,
# from wherever it points.
. tests/lib.sh
for need in curl jq; do
	command -v $need >/dev/null || t_skip_all "needs $need"
done
. tests/standin/ask.sh

ids() { # from pages (standard input) to ids
	jq -c ".results[].id"
}
list() { # query: its ids and its cursor
	get "$new/companies?$1" |
		jq -c '[[.results[].id|tonumber],.paging.next.after]'
}

# --- forms of cursors; companies begin with 105 113 115 127 134
standin_start
ids=$(pages "$new/companies?limit=60" | ids)
is 'the usual cursor is the next id' "$(list limit=2)" '[[105,113],"115"]'
is 'one that names no record, too, leads on' \
	"$(list 'limit=2&after=114')" '[[115,127],"134"]'
opaque='^\["\+\+\+/[A-Za-z0-9+/]{11}="\]$'
for form in next:115 after:114 last:113 base64:MTE1Cg== \
	base64-percent:MTE1Cg%3D%3D base64-plain:MTE1 base64-after:MTE0Cg== \
	base64-last:MTEzCg== encoded:MDExNQ%3D%3D opaque:; do
	cursor=${form#*:}
	form=${form%%:*}
	standin_start --cursor $form
	page=$(list limit=2)
	if [ -n "$cursor" ]; then
		is "$form: the cursor" "$page" "[[105,113],\"$cursor\"]"
		link=$(get "$new/companies?limit=2" |
			jq -r '.paging.next.link|sub(".*after=";"")')
		is "$form: its link is one to follow" \
			"$(list "limit=2&after=$link" | jq -c '.[0]')" '[115,127]'
	else
		like "$form: the cursor" "$(echo "$page" | jq -c .[1:])" "$opaque"
	fi
	is "$form: every record once, in order" \
		"$(pages "$new/companies?limit=60" | ids)" "$ids"
done

# from FORM NUMBER: that number as a cursor of the form
from() {
	case $1 in
	base64-plain) printf %s "$2" | base64 ;;
	base64*) echo "$2" | base64 ;;
	*) echo "$2" ;;
	esac | jq -rR @uri
}
for form in next after base64 base64-plain base64-percent base64-after \
	last base64-last; do
	standin_start --cursor $form
	got=
	for n in 1 104 105 106 113 114 115; do
		got="$got $(list "limit=1&after=$(from $form $n)" | jq '.[0][0]')"
	done
	case $form in
	*last)
		is "$form: a number leads to the first id beyond it" \
			"$got" ' 105 105 113 113 115 115 127'
		;;
	*)
		is "$form: a number leads to the first id not below it" \
			"$got" ' 105 105 105 113 113 115 115'
		;;
	esac
	is "$form: the last id, and beyond the end" \
		"$(for n in 1847 1848 1849 99999; do
			get "$new/companies?after=$(from $form $n)" |
				jq -c '[[.results[].id],has("paging")]'
		done | xargs)" "$(
			case $form in
			*last) echo '[[1848],false] [[],false] [[],false] [[],false]' ;;
			*) echo '[[1848],false] [[1848],false] [[],false] [[],false]' ;;
			esac)"
done
standin_start --cursor base64-percent
is 'percent signs may be encoded once more' \
	"$(list 'limit=1&after=MTE1Cg%253D%253D' | jq '.[0][0]')" 115
for bad in base64:115 base64:MTE1 base64:MTE1Cg base64-plain:MTE1Cg== \
	base64:MTE1CgA= base64-last:Cg== next:MTE1Cg== opaque:115 \
	opaque:MTE1Cg== opaque:%2B%2B%2B%2FAA==; do
	standin_start --cursor "${bad%%:*}"
	is "${bad%%:*}: ${bad#*:} is none" \
		"$(code "$new/companies?after=${bad#*:}")" 400
done
standin_start --seed 1 --cursor opaque
one=$(list limit=2 | jq -r .[1])
standin_start --seed 2 --cursor opaque
is 'what an opaque cursor looks like depends on the seed' \
	"$([ "$one" != "$(list limit=2 | jq -r .[1])" ] && echo other)" other
status 'a form that there is not' 64 "$BUILD/tests/standin/standin" \
	--cursor nosuch

# --- faults of lists, in every form
for form in next after last base64 base64-last opaque; do
	standin_start --cursor $form --fault 'path=/companies empty-page' \
		--fault 'path=/companies query=after= empty-page' \
		--fault 'path=/companies query=limit=7 repeat-cursor'
	is "$form: empty pages lead on" \
		"$(pages "$new/companies?limit=60" | ids)" "$ids"
	after=$(get "$new/companies?limit=2" | jq -r '.paging.next.after|@uri')
	is "$form: the cursor that was just used" \
		"$(get "$new/companies?limit=7&after=$after" |
			jq -r '.paging.next.after|@uri')" "$after"
	standin_stop
	is "$form: they were met" "$standin_status" 0
done

# --- records that come and go: behind two pages of ten the records with
# indexes 12, 15, 20 to 30 and 249 are gone
come_and_go() { # option: with the whole list in $T/whole
	standin_start $2 ${3:+--cursor $3} $1 2:12 $1 2:20-30 \
		$1 companies=2:249 $1 contacts=2:35
}
jq -rn --arg ids "$ids" '$ids' | tr -d '"' >"$T/whole"
sed '13d;21,31d;250d' "$T/whole" >"$T/fewer"
for form in next after last base64 opaque; do
	come_and_go --vanish "" $form
	pages "$new/companies?limit=10" | tee "$T/pages" | all >"$T/ids"
	sed '21,31d;250d' "$T/whole" >"$T/want"
	same "$form: the third page lacks what is gone" "$T/want" "$T/ids"
	is "$form: pages are full nevertheless" \
		"$(jq '.results|length' "$T/pages" | sort | uniq -c | xargs)" \
		'23 10 1 8'
	pages "$new/companies?limit=10" | all >"$T/ids"
	same "$form: so does all that is read later" "$T/fewer" "$T/ids"
	come_and_go --appear "" $form
	pages "$new/companies?limit=10" | all >"$T/ids"
	sed '13d;21,31d' "$T/whole" >"$T/want"
	same "$form: what is new comes on later pages" "$T/want" "$T/ids"
	pages "$new/companies?limit=10" | all >"$T/ids"
	same "$form: then all is there" "$T/whole" "$T/ids"
done
come_and_go --vanish
there() { # one record, a batch of two, search
	id=$(sed -n 13p "$T/whole")
	batch='{"inputs":[{"id":"105"},{"id":"'$id'"}]}'
	echo "$(code $new/companies/"$id")"
	get $new/companies/batch/read -d "$batch" | jq -c '[.results[].id]|length'
	get $new/companies/search -d '{"limit":1,"sorts":["-hs_object_id"]}' |
		jq -c '[.total,.results[0].id]'
	get $new/companies/search -d '{"limit":20}' |
		jq -c '[.results[].id]' | cksum
}
whole=$(there)
get "$new/companies?limit=1" >"$T/page"
get "$new/companies?limit=1" >"$T/page"
is 'until the third page is asked for all is there' "$(there)" "$whole"
is 'single records, batches and search' "$(there | head -n 3 | xargs)" \
	"200 2 [250,$(tail -n 1 "$T/whole")]"
get "$new/companies?limit=1" >"$T/page"
is 'they agree with the list afterwards' "$(there | head -n 3 | xargs)" \
	"404 1 [237,$(tail -n 1 "$T/fewer")]"
is 'search gives those that are left' \
	"$(get $new/companies/search -d '{"limit":200,"after":"9"}' | all |
		head -n 20)" "$(sed -n 10,29p "$T/fewer")"
is 'archived ones stay' \
	"$(get "$new/companies?archived=true&limit=100" | all | wc -l)" 15
is 'a type counts its own pages' \
	"$(pages "$new/contacts?limit=10" | all | wc -l)" 237
for bad in 2 x:1 2:x 2:3-x nosuch=1:2; do
	status "--vanish $bad is refused" 64 \
		"$BUILD/tests/standin/standin" --vanish $bad
done
t_done
