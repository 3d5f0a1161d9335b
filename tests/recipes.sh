# Sourced by tests that run what README and the manuals show.

# recipes PAGE: its commands, a line each, and behind each the lines that it
# is shown to print, with \037 before each of them.  A command is a line of a
# literal block that begins with "$ ", with those that continue it; in
# Markdown any line of a block "sh".
recipes() {
	awk '
	function done() {
		if (command != "")
			print command shown
		command = shown = ""
	}
	/^\.Bd -literal/ { block = 1; next }
	/^```sh/ { block = all = 1; next }
	/^\.Ed/ || /^```$/ { block = more = all = 0; done(); next }
	!block { next }
	{
		line = $0
		gsub(/\\&/, "", line)
		gsub(/\\-/, "-", line)
		gsub(/\\\(aq/, "\047", line)
		gsub(/\\e/, "\\", line)
	}
	/^\$ / || more || all {
		if (!more)
			done()
		sub(/^\$ /, "", line)
		more = line ~ /(\\|\|)$/
		sub(/\\$/, "", line)
		command = command line " "
		next
	}
	command != "" { shown = shown "\037" line }' "$1"
}

# block PAGE TEXT: the literal block of a manual that has TEXT.
block() {
	awk -v text="$2" '
	/^\.Bd -literal/ { block = 1; lines = ""; next }
	/^\.Ed/ {
		if (index(lines, text))
			printf "%s", lines
		block = 0
	}
	block {
		gsub(/\\&/, "")
		gsub(/\\\(aq/, "\047")
		gsub(/\\e/, "\\")
		lines = lines $0 "\n"
	}' "man/$1"
}
