#!/bin/sh
# The house's floors: who may include and call whom, who may exit, what a
# program links.
. tests/lib.sh

# The folders: lib, and one for each program.
folders="lib $(ls -d tools/hs-*)"

# A header of ours is the folder's own or lib's.
is "a program's folder includes itself and lib, lib only itself" "$(
	for f in lib/*.[ch] tools/hs-*/*.[ch]; do
		for i in $(sed -n 's/^#include "\(.*\)"/\1/p' "$f"); do
			[ -e "$(dirname "$f")/$i" ] || [ -e "lib/$i" ] ||
				echo "$f:$i"
		done
	done
)" ""
is "a header's name has one home among lib and a program" "$(
	for f in tools/hs-*/*.h; do
		[ ! -e "lib/$(basename "$f")" ] || echo "$f"
	done
)" ""

# The map of a folder is its README.md: a line a module, "- `name`: ..." or
# "- `name`, `name`: ...".  A
# module includes and calls only those further down.
map() { # folder
	sed -n 's/^- \(`[a-z0-9`, -]*\):.*/\1/p' "$1/README.md" |
		tr -d '`,' | tr ' ' '\n'
}
modules() { # folder
	ls "$1"/*.[ch] | sed 's,.*/,,; s/\.[ch]$//' | sort -u
}
includes() { # folder: "file header" a line
	for f in "$1"/*.[ch]; do
		sed -n 's/^#include "\(.*\)\.h"/\1/p' "$f" |
			sed "s,^,$(basename "${f%.?}") ,"
	done
}
calls() { # folder: "object object" a line, of what one needs of another
	for o in $(modules "$1"); do
		[ ! -e "$1/$o.c" ] || [ ! -e "$BUILD/$1/$o.o" ] ||
			nm "$BUILD/$1/$o.o" | sed "s,^,$o ,"
	done | awk '
	$3 ~ /^[TDBRVCWG]$/ { home[$4] = $1 }
	$2 == "U" { needs[$1 " " $3] = $3 }
	END {
		for (k in needs) {
			split(k, from)
			to = home[needs[k]]
			if (to != "" && to != from[1]) print from[1], to
		}
	}' | sort -u
}
rising() { # folder: those of standard input that lead up the map
	awk -v map="$(map "$1" | tr '\n' ' ')" '
	BEGIN { n = split(map, m); for (i = 1; i <= n; i++) rank[m[i]] = i }
	($1 in rank) && ($2 in rank) && rank[$1] > rank[$2] { print $1 ":" $2 }'
}
for d in $folders; do
	if [ "$(ls "$d"/*.[ch] | wc -l)" -gt 10 ] || [ -e "$d/README.md" ]; then
		is "$d/README.md names each module once" \
			"$(map "$d" | sort)" "$(modules "$d")"
		ok "and has at most 40 lines" \
			[ "$(wc -l <"$d/README.md")" -le 40 ]
		is "$d: includes go down the map" \
			"$(includes "$d" | rising "$d")" ""
		is "$d: calls go down the map" \
			"$(calls "$d" | rising "$d")" ""
	fi
	is "$d: no circle of calls" "$(calls "$d" | tsort 2>&1 >/dev/null)" ""
done
like "calls are seen" "$(calls lib)" '^page scan-walk$'

only() { # pattern: the files that match it
	grep -lE "$1" lib/*.[ch] tools/hs-*/*.[ch] | tr '\n' ' '
}
exits='exit|_exit|_Exit|quick_exit|abort|errx?|verrx?'
is "only tool exits, and the child that could not become a program" \
	"$(only "(^|[^_a-z])($exits) ?\\(")" "lib/child.c lib/tool.c "
is "only tool and what draws on a terminal print" \
	"$(only '(^|[^a-z_])(printf|puts|perror|fputs) ?\(|stderr|STDERR_FILENO' |
	tr ' ' '\n' | grep -vE '/(main|in|child|progress|screen|tool)\.[ch]$' | tr -d '\n')" ""
is "libcurl is included in the http modules alone" "$(only '<curl/')" \
	"tools/hs-fetch/http-head.c tools/hs-fetch/http.c tools/hs-load-clickhouse/http.c "
is "libyaml is included in yaml alone" "$(only '<yaml')" \
	"tools/hs-run/yaml.c "
is "cJSON is included only where documents are read" \
	"$(only '<cjson/|<cJSON' | tr ' ' '\n' | grep -vE '^tools/hs-(fetch|schema)/' | tr -d '\n')" ""

if ! command -v readelf >/dev/null; then
	skip "what each program links" "no readelf"
	t_done
fi
case $(nm "$BUILD/bin/hs-flatten" 2>/dev/null) in
*__asan_init*) san='|libasan|libubsan|libm\.|libpthread|libgcc_s|libdl|librt' ;;
*) san= ;;
esac
links() { # program pattern: what it needs beyond the pattern
	readelf -d "$BUILD/bin/$1" | sed -n 's/.*(NEEDED).*\[\(.*\)\]/\1/p' |
		grep -vE "^(libc\.|ld-linux$san$2)" | tr '\n' ' '
}
for p in "$BUILD"/bin/*; do
	p=$(basename "$p")
	case $p in
	hs-fetch) may='|libcurl|libcjson' ;;
	hs-schema | hs-load-csv) may='|libcjson' ;;
	hs-load-clickhouse) may='|libcurl' ;;
	hs-run) may='|libyaml' ;;
	*) may= ;;
	esac
	is "$p links no more than it may" "$(links "$p" "$may")" ""
done
is "hs-fetch links libcurl, so these would be seen" \
	"$(links hs-fetch '|libcjson' | grep -c libcurl)" 1
for p in "$BUILD"/bin/*; do
	like "$(basename "$p") is position-independent" \
		"$(readelf -h "$p")" 'Type: +DYN'
	like "it binds its symbols at the start" \
		"$(readelf -d "$p")" 'FLAGS.*NOW'
	like "and makes their table read-only" "$(readelf -lW "$p")" GNU_RELRO
	unlike "its stack holds no code" "$(readelf -lW "$p")" \
		'GNU_STACK.* RWE '
	nm -D "$p" >"$T/symbols"
	like "its stack is guarded" "$(cat "$T/symbols")" __stack_chk_fail
	if [ -n "$san" ] || ! readelf -d "$p" | grep -q 'libc\.so\.6' ||
		nm "$p" 2>/dev/null | grep -q __gcov_init; then
		skip "it has checked string functions" \
			"not with the sanitizers, musl, make coverage"
	else
		like "it has checked string functions" \
			"$(cat "$T/symbols")" '__[a-z]*printf_chk'
	fi
done
t_done
