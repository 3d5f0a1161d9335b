#!/bin/sh
# The recipe of hs-tools(7) that backs up a portal.
. tests/lib.sh
. tests/recipes.sh
for need in make jq; do
	command -v $need >/dev/null || t_skip_all "needs $need"
done
XDG_RUNTIME_DIR=$T
export XDG_RUNTIME_DIR
case $BUILD in
/*) PATH=$BUILD/bin:$PATH ;;
*) PATH=$PWD/$BUILD/bin:$PATH ;;
esac

block hs-tools.7 what.mk >"$T/Makefile"
ok "it is one page" [ "$(grep -c . "$T/Makefile")" -le 40 ]
back_up() {
	make -s -C "$T" DAY=today "$@"
}
standin_start --records 30 --records companies=250 --members 130 --lists 2 \
	--burst 100000 --log "$T/log" \
	--fault 'path=/crm/objects/2026-09/companies query=after at=1 status=400'
status "a run that fails" 2 back_up -j4 -k
status "goes on" 0 back_up -j4
hs-fetch objects | jq -r '.results[]|select(.usage>0).object' >"$T/types"
for type in $(cat "$T/types"); do
	for f in $type.csv links/$type.csv properties/$type.pages; do
		[ -e "$T/today/$f" ] || echo "$f"
	done
done >"$T/missing"
is "every type has its table, its links and its definitions" \
	"$(cat "$T/missing")" ""
types=$(paste -sd, "$T/types")
hs-fetch -a "$types" companies >"$T/want"
same "the pages are those of one run" "$T/want" "$T/today/companies.pages"
hs-flatten --links "$T/want" | hs-load-csv "$T/links"
same "and so are the links" "$T/links" "$T/today/links/companies.csv"
is "pipelines, owners, lists and their members" "$(cd "$T/today" &&
	ls -d pipelines/deals.pages pipelines/2-* owners.pages schemas.pages \
		lists.pages memberships/* | wc -l)" "$(($(grep -c '^2-' \
	"$T/types") + 6))"
is "nothing is left half" "$(find "$T/today" -name '*.part' -o -name '*.new')" ""
: >"$T/log"
status "the same day again" 0 back_up
is "nothing is asked for" "$(cat "$T/log")" ""
standin_stop
t_done
