# shellcheck shell=sh
# shellcheck disable=SC2154 # variables of run.sh
# Sourced by run.sh: one program of the pipe is killed (SIGKILL) at some
# moment, in turns in a shell's pipeline and in that of hs-run, hs-run itself
# included.  Table and schema are those of before or those of the other
# portal, and nothing else lies about.
tables=$D/warehouse/crm
cat >"$D/pipeline.yaml" <<END
source:
  address: hubspot://?api_key={HUBSPOT_API_KEY}
  options: {source_table: companies}
sink:
  address: csv:$D/warehouse
  options: {dest_table: crm.t, incremental_strategy: replace}
END

# Each tool by a stage of its own; hs-run takes those that lie beside it.
mkdir "$D/run"
cp "$BUILD/bin/hs-run" "$D/run/"
for tool in hs-fetch hs-flatten hs-schema hs-load-csv; do
	cat >"$D/run/$tool" <<-END
	#!/bin/sh
	[ \$victim = $tool ] && when="-k \$ms" || when=
	exec stage \$when $D/$tool.end $PWD/$BUILD/bin/$tool "\$@"
	END
done
chmod +x "$D"/run/*
typed=$("$D/run/hs-run" -n "$D/pipeline.yaml")
by_shell() {
	rm -f "$D/hs-run.end"
	sh -c "$typed"
}
by_hs_run() {
	when=
	[ "$victim" != hs-run ] || when="-k $ms"
	# shellcheck disable=SC2086 # one word or two
	stage $when "$D/hs-run.end" "$D/run/hs-run" "$D/pipeline.yaml"
}
which_is() { # file suffix: 1, 2, or empty
	for i in 1 2; do
		! cmp -s "$1" "$D/$i.$2" || echo $i
	done
}

# judge HOW: after a run from portal $before to portal $target.
judge() {
	table=$(which_is "$tables/t.csv" csv)
	schema=$(which_is "$tables/t.schema.json" json)
	[ -n "$table" ] || fail "a table that is neither: $what"
	[ -n "$schema" ] || fail "a schema that is neither: $what"
	case $(status_of hs-load-csv 2>/dev/null) in
	0) [ "$table" = "$target" ] || fail "status 0, an old table: $what" ;;
	'' | 137 | 143) ;;
	*) [ "$table" = "$before" ] || fail "a failure, a new table: $what" ;;
	esac
	# A killed writer's temporary file is its next run's.
	may='/t\.csv$|/t\.schema\.json$'
	case $killed$victim in
	1hs-run) may="$may|hs-new$" ;;
	1hs-load-csv) may="$may|/\.t\.csv\.hs-new$" ;;
	esac
	# A schema whose table failed stays in a shell, and where hs-run is
	# killed; the next hs-run removes it.
	case $1$killed$victim in
	by_shell* | *1hs-run) may="$may|/\.*t\.schema\.json\.[0-9]*(\.hs-new)?$" ;;
	esac
	case $killed$victim in
	1hs-run | 1hs-schema | 1hs-load-csv) ;;
	*)
		[ "$table" = "$schema" ] || [ "$table" = "$before" ] ||
			fail "a new table, an old schema: $what"
		[ "$schema" = "$table" ] || [ "$schema" = "$schema_before" ] ||
			fail "a new schema, an old table: $what"
		;;
	esac
	litter=$(find "$D/tmp" "$tables" -type f | grep -vE "$may") || :
	[ -z "$litter" ] || fail "litter: $litter: $what"
}

# run HOW: from what there is to the other portal, and judges it.
run() {
	before=$(which_is "$tables/t.csv" csv)
	schema_before=$(which_is "$tables/t.schema.json" json)
	target=$((3 - before))
	eval "HUBSPOT_BASE_URL=\$url$target"
	rm -f "$D"/hs-*.end
	what="$1, $victim after $ms ms"
	start=$(date +%s%N)
	"$1" >"$D/said" 2>&1 || :
	killed=0
	if [ "$(status_of "$victim" 2>/dev/null)" = 137 ]; then
		killed=1
	else # it took its time: kills are spread over that, and a bit more
		eval "span_$1=$((($(date +%s%N) - start) * 11 / 10000000))"
	fi
	judge "$1"
}

for portal in 1 2; do
	standin --seed $portal --records companies=3000
	eval "url$portal=\$URL"
done
victim=none
ms=0
export victim ms HUBSPOT_BASE_URL
for portal in 1 2; do
	eval "HUBSPOT_BASE_URL=\$url$portal"
	by_shell 2>"$D/said" || fail "the first run"
	cp "$tables/t.csv" "$D/$portal.csv"
	cp "$tables/t.schema.json" "$D/$portal.json"
done
! cmp -s "$D/1.csv" "$D/2.csv" || fail "the portals are the same"
for how in by_shell by_hs_run; do
	run $how
	[ "$table" = "$target" ] || fail "the first run $how"
done
echo "soak: kills begin, seed $seed"

dice=$seed
roll() { # sides: 0 up to them, not included
	dice=$(((dice * 1103515245 + 12345) % 2147483648))
	dice_is=$((dice / 65536 % $1))
}
more() {
	if [ -n "$runs" ]; then
		[ "$in_time" -lt "$runs" ]
	else
		[ $(($(date +%s) - began)) -lt "$limit" ]
	fi
}
tried=0
in_time=0
news=0
: >"$D/victims"
while more; do
	roll 5
	victim=$(echo hs-fetch hs-flatten hs-schema hs-load-csv hs-run |
		cut -d ' ' -f $((dice_is + 1)))
	how=by_shell
	[ $((tried % 2)) = 0 ] && [ "$victim" != hs-run ] || how=by_hs_run
	eval "roll \$span_$how"
	ms=$dice_is
	run $how
	tried=$((tried + 1))
	[ $killed = 0 ] || {
		in_time=$((in_time + 1))
		echo "$victim, $how" >>"$D/victims"
		[ "$table" = "$before" ] || news=$((news + 1))
	}
done
victim=none
run by_hs_run
[ "$table" = "$target" ] || fail "the run after all"
echo "soak: $in_time of $tried runs were killed in time; then the table was" \
	"new $news times, else old, never anything but that; no litter"
sort "$D/victims" | uniq -c
