# bash completion for hs-tools: options as each program's own help lists
# them, objects for hs-fetch, files for the rest.
_hs_tools() {
	local word=${COMP_WORDS[COMP_CWORD]}

	if [[ $word == -* ]]; then
		mapfile -t COMPREPLY < <(compgen -W "$("$1" --help |
			grep -oE -- '--[a-z][a-z-]+')" -- "$word")
	elif [[ $1 == *hs-fetch && ${COMP_WORDS[COMP_CWORD - 1]} != -* ]]; then
		mapfile -t COMPREPLY < <(compgen -W "companies contacts deals
			tickets products quotes schemas owners line_items
			invoices orders leads calls emails meetings notes tasks
			custom properties pipelines" -- "$word")
	else
		mapfile -t COMPREPLY < <(compgen -f -- "$word")
	fi
}
complete -o filenames -F _hs_tools hs-fetch hs-flatten hs-schema hs-load-csv \
	hs-run
