#!/bin/sh
# hs-diff holds keys in memory, no records; and its recipe for make works.
. tests/lib.sh
. tests/recipes.sh
top=$PWD
cd "$T" || exit 1

# The Makefile of hs-tools(7), word by word.
(cd "$top" && block hs-tools.7 'tickets.pages: FORCE') >Makefile
mkdir bin
printf '#!/bin/sh\ncat tickets\n' >bin/hs-fetch
chmod +x bin/hs-fetch
PATH=$PWD/bin:$PATH
ticket() { # subject time
	printf '{"results":[{"id":"1","properties":{"subject":"%s","hs_lastmodifieddate":"%s"}}]}\n' \
		"$1" "$2" >tickets
}
ticket a 1
ok "make: the first time" make report.txt
like "the report is made" "$(cat report.txt)" subject
echo kept >report.txt
touch -d '2020-01-01' tickets.pages
touch -d '2020-01-02' report.txt
ticket a 2
ok "make: only a time of modification" make report.txt
is "the report stays" "$(cat report.txt)" kept
ticket b 3
ok "make: a change" make report.txt
unlike "the report is made again" "$(cat report.txt)" kept
echo '{"results":' >tickets
status "make: a stream that breaks off" 2 make report.txt
like "the pages stay" "$(cat tickets.pages)" '"subject":"b"'

case $(command -v hs-diff) in
*/san/*)
	skip "memory" "the sanitizers need memory of their own"
	t_done
	;;
esac
stream() { # to
	awk -v to="$1" 'BEGIN {
		for (i = 1; i <= to; i++)
			printf "{\"id\":\"%d\",\"a\":\"some text, which takes room\"}\n", i
	}'
}
stream 1000000 >million
sed '5s/room/space/; 7d' <million >other
hs-load-csv million.csv <million
status "memory for keys that is not there" 71 sh -c '
	ulimit -v 20000; exec hs-diff million other'
like "is said" "$(cat "$T/err")" 'out of memory'
for old in million million.csv; do
	for new in other -; do
		status "a million against a million in 70 MB: $old $new" 1 sh -c '
			ulimit -v 70000; exec hs-diff -f counts "$@"' \
			sh "$old" "$new" <other
		is "right" "$(tr '\n' ' ' <"$T/out")" \
			"$(printf 'insert\t0 update\t1 delete\t1 same\t999998 ')"
	done
done
t_done
