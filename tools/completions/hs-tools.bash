# bash completion for hs-tools: options as each program's own help lists
# them, the words that an option takes, objects for hs-fetch, else files.
_hs_tools() {
	local word=${COMP_WORDS[COMP_CWORD]} words=

	case ${COMP_WORDS[COMP_CWORD - 1]} in
	-m | --mode) words='replace merge' ;;
	-f | --format)
		words='json table sql bigquery'
		[[ $1 == *hs-diff ]] && words='pages text ids csv counts'
		;;
	--dialect) words='postgres duckdb sqlite mysql clickhouse bigquery snowflake' ;;
	--api-version) words='2026-09 2026-03 2025-09 v3' ;;
	-o | --output | -s | --schema | --declared | --diff | --stats | \
		--token-file | --mark) ;;
	*)
		if [[ $word == -* ]]; then
			words=$("$1" --help | grep -oE -- '--[a-z][a-z-]+' |
				sort -u)
		elif [[ $1 == *hs-fetch ]]; then
			words='companies contacts deals tickets products quotes
				schemas owners line_items invoices orders leads
				calls emails meetings notes tasks custom:
				properties: pipelines: schemas:
				objects teams lists memberships:'
		fi
		;;
	esac
	if [[ $words ]]; then
		mapfile -t COMPREPLY < <(compgen -W "$words" -- "$word")
	else
		mapfile -t COMPREPLY < <(compgen -f -- "$word")
	fi
}
complete -o filenames -F _hs_tools hs-fetch hs-flatten hs-label hs-schema \
	hs-load-csv hs-load-sql hs-load-clickhouse hs-diff hs-run
