#!/bin/sh
# The stand-in's lists: every form of cursor leads through the same records,
# from wherever it points.
. tests/lib.sh
for need in curl jq; do
	command -v $need >/dev/null || t_skip_all "needs $need"
done
. tests/standin/ask.sh

ids() { # from pages to ids
	jq -c '.results[].id' "$@"
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
t_done
