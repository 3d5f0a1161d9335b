#!/bin/sh
# hs-fetch: the list is the same whatever its cursors and ids look like, read
# in one place or in several, and any page's cursor is a place to go on from.
. tests/lib.sh
XDG_RUNTIME_DIR=$T
export XDG_RUNTIME_DIR
n=2400

ids() { # FILE: the ids of its records
	jq -r '.results[].id' "$1"
}
page_sizes() { # FILE: pages of more than a hundred records
	jq -c 'select(.results | length > 100) | .hs.page' "$1"
}

forms='next after last'
for ids in dense steps clumps random; do
	[ $ids != random ] || forms="$forms base64 base64-percent base64-after \
		base64-last base64-plain"
	for form in $forms; do
		name="ids $ids, cursors $form"
		standin_start --records $n --burst 100000 --latency 30 \
			--ids $ids --cursor $form
		hs-fetch -p name --stats "$T/stats" -o "$T/out" companies
		standin_stop
		standin_start --records $n --burst 100000 --ids $ids \
			--cursor $form
		hs-fetch -j1 -p name -o "$T/one" companies
		ids "$T/one" >"$T/want"
		ids "$T/out" >"$T/got"
		same "$name: the records of one chain, in order" \
			"$T/want" "$T/got"
		is "$name: no page of more than a hundred" \
			"$(page_sizes "$T/out")" ""
		ok "$name: by guesses, few of them in vain: $(jq -c \
			'[.guesses, .wasted]' "$T/stats")" \
			jq -e '.guesses > 0 and .wasted <= 2' "$T/stats"
		for k in 1 7 12 23; do
			head -n $k "$T/out" >"$T/cut"
			hs-fetch -j1 -p name -o "$T/cut" --resume companies
			ids "$T/cut" | cmp -s - "$T/want" || echo "page $k"
		done >"$T/bad"
		is "$name: each page's cursor goes on rightly" \
			"$(cat "$T/bad")" ""
		standin_stop
	done
done

# Where answers take long the search names places, too: few requests more than
# pages, and far fewer round trips; with a limit that is felt, and without.
ms=210
far() { # FORM IDS BURST
	mkdir "$T/$1.$2"
	(
		T=$T/$1.$2
		trap - EXIT
		standin_start --records 15000 --ids "$2" --cursor "$1" \
			--burst "$3" --latency $ms --log "$T/log"
		XDG_RUNTIME_DIR=$T hs-fetch -j32 -p name --stats "$T/stats" \
			-o "$T/out" companies
		standin_stop
		standin_start --records 15000 --burst 100000 --ids "$2" \
			--cursor "$1"
		hs-fetch -j1 -p name -o "$T/one" companies
		standin_stop
		ids "$T/one" >"$T/want"
		ids "$T/out" >"$T/got"
	) &
}
far next clumps 190
far after clumps 1000000
far last clumps 190
far base64 clumps 1000000
far next random 1000000
wait
for d in "$T"/*.*/; do
	name="answers take long, ${d#"$T"/}"
	same "$name: the records of one chain, in order" "$d/want" "$d/got"
	ok "$name: few requests more than pages: $(jq -c \
		'[.requests, .guesses, .wasted]' "$d/stats")" jq -e \
		'.requests <= 150 + 45 and .wasted <= 20 and .guesses > 9' \
		"$d/stats"
	ok "$name: in less than half as many round trips as pages" [ "$(jq \
		-s "map(.t) | (max - min) / $ms | floor" "$d/log")" -lt 75 ]
done

# What can't be read as a number is read in order.
for other in '--ids random --cursor opaque' '--ids descending' '--ids texts' \
	'--ids descending --cursor last'; do
	# shellcheck disable=SC2086 # a list of options
	standin_start --records 800 --burst 100000 --latency 30 $other
	hs-fetch -j1 -p name companies >"$T/one"
	hs-fetch -v -p name --stats "$T/stats" companies >"$T/out" 2>"$T/err"
	same "$other: the same bytes" "$T/one" "$T/out"
	is "$other: no guess" "$(jq .guesses "$T/stats")" 0
	is "$other: -v says so, once" \
		"$(grep -c 'companies: read page by page' "$T/err")" 1
	standin_stop
done

# A short list is not slower for it: never more rounds than pages.
for n in 0 1 100 101 200 300 400 500; do
	standin_start --records $n --burst 100000 --latency 60 --ids random \
		--cursor last --log "$T/log"
	hs-fetch -j1 -p name companies >"$T/one"
	: >"$T/log"
	hs-fetch -p name --stats "$T/stats" companies >"$T/out"
	same "$n records: the same bytes" "$T/one" "$T/out"
	ok "$n records: at most 5 requests more" [ "$(wc -l <"$T/log")" -le \
		$(($(wc -l <"$T/one") + 5)) ]
	standin_stop
done

# The search does not know of the newest records, or refuses to tell.
standin_start --records 2400 --burst 100000 --latency 30 --ids random \
	--search-lag 150
hs-fetch -j1 -p name companies >"$T/one"
hs-fetch -p name companies >"$T/out"
is "the search is behind: all records" "$(ids "$T/out" | cksum)" \
	"$(ids "$T/one" | cksum)"
standin_stop
standin_start --records 2400 --burst 100000 --latency 30 --ids random \
	--fault 'path=/search status=403'
hs-fetch -p name --stats "$T/stats" companies >"$T/out"
is "the search is refused: all records" "$(ids "$T/out" | cksum)" \
	"$(ids "$T/one" | cksum)"
ok "and guesses all the same" jq -e '.guesses > 0' "$T/stats"
standin_stop
t_done
