#!/bin/sh
# hs-schema -f table: for people.
. tests/lib.sh

cat >"$T/records" <<'END'
{"id":"1","name":"Acme","amount":"1.5","big":"9223372036854775808","empty":null,"tags":[{"id":"1"}]}
{"id":"2","name":"\u001b[31mred\u0007\n\u009b2J\u202e","amount":"","big":"1","none":""}
{"id":"3","name":"日本語日本語日本語日本語日本語日本語日本語","big":"1","hs_analytics_last_touch_converting_campaign":"x"}
{"id":"4","name":null,"big":"1"}
END
table() {
	hs-schema -f table "$@" <"$T/records"
}
line() { # first word
	table | grep "^$1 "
}
is "it begins with what there is" "$(table | head -n 1)" "4 records, 8 columns"
like "a line tells type, share, longest value, example" "$(line amount)" \
	'^amount +number +██ +25% +3  1\.5$'
like "a full column has a full bar" "$(line id)" '████████ 100% '
like "integers beyond 64 bits are marked" "$(line big)" 'integer >64'
like "columns without a value come last, names only" \
	"$(table | tail -n 2 | tr '\n' '|')" \
	'No value in 2 columns:\|  empty  none\|'
unlike "they have no line of their own" "$(table | head -n 10)" '^empty '
like "a key is shown" "$(table -k id | head -n 1)" 'key id'

# Nothing reaches the terminal raw.
printf '%s\n' '{"a\u001b[2Jb":"\u001b[31mred\u0007\u009b2J\u202e\ufeff\u0000"}' |
	COLUMNS=120 hs-schema -f table >"$T/out"
is "control characters are shown, not sent" \
	"$(tr -d '\n' <"$T/out" | LC_ALL=C tr -d '\040-\176\200-\377')" ""
like "those of eight bits, too, and marks that turn text around" \
	"$(cat "$T/out")" 'u001b.31mred.u0007.u009b2J.u202e.ufeff.u0000$'

# Widths: in characters, or twice that for wide ones.
for w in 64 80 120 200; do
	COLUMNS=$w hs-schema -f table <"$T/records" |
		sed 's/[█▉▊▋▌▍▎▏…]/x/g' >"$T/out"
	n=$(perl -CSD -lne 's/[\x{3000}-\x{9fff}]/xx/g;
		$m = length if length > $m; END { print $m }' "$T/out")
	ok "no line is wider than $w columns" [ "$n" -le "$w" ]
done
unlike "at 80 columns a long name loses its middle" \
	"$(table | cut -c1-40)" hs_analytics_last_touch_converting
like "but keeps both ends" "$(table)" '^hs_analytics.*…[a-z_]*campaign '
like "at 200 columns it is whole" "$(COLUMNS=200 table)" \
	'^hs_analytics_last_touch_converting_campaign '
{
	printf '{"a":"'
	head -c 12345678 /dev/zero | tr '\0' x
	echo '"}'
} >"$T/long"
is "a value of eight digits' length makes no line wider" \
	"$(COLUMNS=80 hs-schema -f table <"$T/long" | perl -CSD -lne '
		$m = length if length > $m; END { print $m }')" 80
marked() { # how many: letters with a mark
	printf '%*s' "$1" '' | sed "s/ /e$(printf '\314\201')/g"
}
is "a name is not cut between a letter and its mark" \
	"$(echo "{\"$(marked 20)\":1}" | COLUMNS=64 hs-schema -f table |
		tail -n 1 | cut -d' ' -f1)" "$(marked 6)…$(marked 5)"
is "nonsense in COLUMNS is not believed" "$(COLUMNS=-3 table)" "$(table)"
terminal() { # columns: what it gets of so many
	script -qec "stty cols $1; hs-schema -f table <'$T/records'" /dev/null \
		</dev/null | tr -d '\r'
}
if script -qec true /dev/null </dev/null >/dev/null 2>&1; then
	for w in 66 200; do
		is "a terminal of $w columns is filled" "$(terminal $w)" \
			"$(COLUMNS=$w table)"
	done
	is "one that says it has none has 80" "$(terminal 0)" "$(table)"
else
	skip "the width of a terminal" "no terminal can be made here"
fi
is "in another locale the table is ASCII" \
	"$(LC_ALL=C table | LC_ALL=C tr -d '\000-\177')" ""
like "with bars of another kind" "$(LC_ALL=C table)" '^amount .* ##  +25%'

# A portal of 300 columns.
awk 'BEGIN { for (r = 0; r < 50; r++) {
	printf "{\"id\":\"%d\"", r
	for (c = 0; c < 300; c++)
		printf ",\"property_number_%d\":%s", c,
			c % 3 == 0 && r % (c + 1) == 0 ? "\"v" r "\"" : "null"
	print "}" } }' >"$T/portal"
hs-schema -f table <"$T/portal" >"$T/out"
is "300 columns: 101 with values have a line" \
	"$(grep -c '%' "$T/out")" 101
like "the others a few together" "$(tail -n 30 "$T/out")" \
	'^  property_number_[0-9]+  property_number_[0-9]+  property_number'
like "less than a percent is not none" \
	"$(awk 'BEGIN { print "{\"a\":1,\"b\":1}"
		for (i = 0; i < 200; i++) print "{\"b\":1}" }' |
		hs-schema -f table | grep '^a ')" '▏ +<1%'
like "almost all is not all" \
	"$(awk 'BEGIN { print "{\"a\":1}"
		for (i = 0; i < 999; i++) print "{\"a\":1,\"b\":1}" }' |
		hs-schema -f table | grep '^b ')" '█▉  99%'
status "a stream without records has no lines" 0 hs-schema -f table <<'END'
{"results":[]}
END
is "but is told of" "$(cat "$T/out")" "0 records, 0 columns"
t_done
