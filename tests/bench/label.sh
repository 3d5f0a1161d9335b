# shellcheck shell=sh
# shellcheck disable=SC2154 # variables of run.sh
# Sourced by run.sh: hs-label on deals of which 12 columns get labels.
deals=$dir/deals-$records
if [ ! -s "$deals.flatpages" ]; then
	standin --records "deals=$records" --properties deals=48
	hs-fetch -q -o "$deals.properties" properties:deals
	hs-fetch -q -o "$deals.pipelines" pipelines:deals
	hs-fetch -q -o "$deals.owners" owners
	hs-fetch -q -o "$deals.pages" deals
	hs-flatten "$deals.pages" >"$deals.flatpages.new"
	mv "$deals.flatpages.new" "$deals.flatpages"
	head -n $(($(wc -l <"$deals.flatpages") / 10)) "$deals.flatpages" \
		>"$deals.tenth"
fi
cat >"$dir/label.jq" <<'END'
($o | INDEX(.[].results[]; .id) | map_values("\(.firstName) \(.lastName)")) as $owner
| ($l | INDEX(.[].results[]; .id)
	| map_values({"label": .label, stages: (INDEX(.stages[]; .id) | map_values(.label))})) as $pipe
| ($p | INDEX(.[].results[] | select(.type == "enumeration"); .name)
	| map_values(INDEX(.options[]; .value) | map_values(.label))) as $option
| inputs | .results[] |= (.pipeline as $in | with_entries(., (
	select($option[.key]) | .key as $k | .key += "_label"
	| if .value == null then .
	  elif $k == "pipeline" then .value |= $pipe[.].label
	  elif $k == "dealstage" then .value |= $pipe[$in].stages[.]
	  elif $k == "hubspot_owner_id" then .value |= $owner[.]
	  else .value |= (split(";") | map($option[$k][.]) | join(";")) end)))
END
jq_label() { # file: the command
	echo "jq -nc --slurpfile p $deals.properties --slurpfile l $deals.pipelines --slurpfile o $deals.owners -f $dir/label.jq $1"
}
three="$deals.properties $deals.pipelines $deals.owners"
if have jq; then
	head -n 2 "$deals.tenth" >"$dir/two"
	# shellcheck disable=SC2086 # three files
	hs-label $three <"$dir/two" | jq -c . >"$dir/ours"
	sh -c "$(jq_label "$dir/two")" | cmp - "$dir/ours" ||
		echo "jq comes to something else" >&2
fi
n=$(size "$deals.flatpages")
m=$(size "$deals.tenth")
add 'hs-label' "$n" "hs-label $three <$deals.flatpages >/dev/null"
add 'hs-label --replace --headings' "$n" "hs-label --replace --headings $three <$deals.flatpages >/dev/null"
add 'hs-label -p amount: nothing to label' "$n" "hs-label -p amount $three <$deals.flatpages >/dev/null"
add 'hs-flatten, the same records' "$n" "hs-flatten <$deals.pages >/dev/null"
add cat "$n" "cat <$deals.flatpages >/dev/null"
add_if jq 'jq, the same by INDEX, a tenth' "$m" "$(jq_label "$deals.tenth") >/dev/null"
compare 'hs-label, 12 columns of deals get labels'
