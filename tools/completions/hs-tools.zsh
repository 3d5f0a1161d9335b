#compdef hs-fetch hs-flatten hs-label hs-schema hs-load-csv hs-load-sql hs-load-clickhouse hs-diff hs-run
# zsh completion for hs-tools: options as each program's own help lists them.
case $service in
hs-fetch)
	_arguments '*:object:(companies contacts deals tickets products quotes
		schemas owners line_items invoices orders leads calls emails
		meetings notes tasks custom: properties: pipelines:
		schemas: objects teams lists memberships:)' -- ;;
*)
	_arguments '*:file:_files' -- ;;
esac
