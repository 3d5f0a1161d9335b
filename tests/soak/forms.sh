# shellcheck shell=sh
# shellcheck disable=SC2154 # variables of run.sh
# Sourced by run.sh: lists with ids, cursors, latencies, faults, and numbers of
# jobs by chance.  Read in several places at once the records are those of one
# chain, in its order.  Where records come and go meanwhile, those that stay
# are there once and in order, or the status is 75.
#
# Each round draws from SOAK_SEED and its number, which SOAK_FIRST sets to
# have that round again.
draw() { # words: one of them
	draw_sum=$(printf %s "$seed.$round.$draws" | cksum)
	shift $((${draw_sum%% *} / 7 % $#))
	echo "$1"
}
# In a variable, since a subshell would forget the count.
pick() { # variable words
	draws=$((draws + 1))
	pick_name=$1
	shift
	eval "$pick_name=\$(draw \"\$@\")"
}
list=path=/objects/2026-09/companies
forms_faults() {
	set -- status=500 status=503 status=429 reset truncate=3000 \
		short-length empty-page garbage cut-valid status=400
	for i in 1 2 3; do
		pick kind "$@"
		pick at 1 2 3 4 5 6 8 10 13 17 21
		# The list's end is believed, and 400 is final, if it is the
		# first chain's.
		case $kind in
		cut-valid | status=400) [ "$lies" = yes ] || continue ;;
		# Where ids lie close no other cursor leads to the same place.
		empty-page) [ $ids = steps ] || [ $ids = random ] || continue ;;
		esac
		echo "$list at=$at $kind"
	done
}
ids_of() {
	jq -r '.results[].id' "$1"
}
# Any page's cursor is a place to go on from.
forms_resume() {
	pick cut 1 2 3 5 8 13 21
	[ "$(wc -l <"$D/many")" -gt "$cut" ] || return 0
	head -n "$cut" "$D/many" >"$D/cut"
	set -- --records "$n" --ids "$ids" --cursor "$form"
	[ "$properties" != '-p all' ] ||
		set -- "$@" --properties 300 --property-name-length 40
	standin "$@"
	# shellcheck disable=SC2086 # several words
	hs-fetch -q $properties --base-url "$URL" -o "$D/cut" --resume \
		companies || fail "$forms_about: resume at $cut: $?"
	ids_of "$D/cut" >"$D/got"
	cmp -s "$D/want" "$D/got" || fail "$forms_about: resume at $cut"
	exec 9>&-
	wait
	exec 9<>"$D/standin.in"
}
forms_round() {
	draws=0
	pick n 0 1 99 100 101 250 700 1500 2400 3333
	pick ids dense steps random clumps descending repeated
	pick form next after last base64 base64-percent base64-after \
		base64-last base64-plain opaque
	pick latency 0 21 30 45
	pick j 2 3 4 8 16 32
	pick faulty no no yes
	pick lies no no no yes
	pick moving no no no vanish appear
	pick lag 0 0 0 50 150
	pick properties '-p name' '-p name' '-p name,domain -a contacts' '-p all'
	pick k 1 2 5 9 12
	pick from 0 1 50 99 150 420 1000
	pick many 0 1 120 300
	forms_about="round $round: $n $ids, $form, $latency ms, -j $j, $properties, faults $faulty $lies, $moving $k $from $many, lag $lag"
	set -- --records "$n" --ids $ids --cursor $form
	standin "$@"
	one=$URL
	set -- "$@" --latency $latency --search-lag $lag
	[ "$properties" != '-p all' ] ||
		set -- "$@" --properties 300 --property-name-length 40
	[ $moving = no ] || [ $ids = descending ] || [ $ids = repeated ] ||
		set -- "$@" --$moving "companies=$k:$from-$((from + many))"
	if [ $faulty = yes ]; then
		forms_faults >"$D/faults"
		while IFS= read -r fault; do
			set -- "$@" --fault "$fault"
		done <"$D/faults"
	fi
	standin "$@"
	# shellcheck disable=SC2086 # two words
	hs-fetch -q -j1 -p name --base-url "$one" companies >"$D/one" ||
		[ $ids = repeated ] || fail "$forms_about: -j1: $?"
	rc=0
	# shellcheck disable=SC2086 # two words
	timeout -s ABRT 120 hs-fetch -q -j$j $properties --retry-time 60 \
		--base-url "$URL" companies >"$D/many" 2>"$D/said" || rc=$?
	ids_of "$D/one" >"$D/want"
	ids_of "$D/many" >"$D/got"
	exec 9>&-
	wait
	exec 9<>"$D/standin.in"
	[ -z "$(jq -c 'select(.results|length>100)|1' "$D/many")" ] ||
		fail "$forms_about: a page of more than 100"
	case $rc in
	0) ;;
	75) [ $moving != no ] || fail "$forms_about: 75"
		return ;;
	76) [ $lies = yes ] || [ $ids = repeated ] || fail "$forms_about: 76"
		return ;;
	69) [ $lies = yes ] || fail "$forms_about: $rc"
		return ;;
	*) fail "$forms_about: status $rc" ;;
	esac
	if [ $moving != no ] && [ $ids != descending ] && [ $ids != repeated ]
	then
		# Those in between may be there or not.
		sed "$((from + 1)),$((from + many + 1))d" "$D/want" >"$D/stay"
		awk -v a=$((from + 1)) -v b=$((from + many + 1)) \
			'NR >= a && NR <= b' "$D/want" >"$D/move"
		grep -vxFf "$D/move" "$D/got" >"$D/rest" || :
		[ -s "$D/move" ] || cp "$D/got" "$D/rest"
		sort -n -c -u "$D/got" || fail "$forms_about: order"
		[ "$lies" = yes ] || cmp -s "$D/stay" "$D/rest" ||
			fail "$forms_about: records that stay"
		return
	fi
	[ "$lies" = no ] || return 0
	cmp -s "$D/want" "$D/got" || fail "$forms_about: other records"
	[ $ids = repeated ] || forms_resume
}
round=${SOAK_FIRST:-1}
forms_done=0
while [ $(($(date +%s) - began)) -lt "$limit" ]; do
	[ -z "$runs" ] || [ $forms_done -lt "$runs" ] || break
	forms_round
	forms_done=$((forms_done + 1))
	round=$((round + 1))
done
echo "soak: $forms_done lists as read by one chain, seed $seed"
