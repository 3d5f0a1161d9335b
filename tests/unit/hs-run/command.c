/* SPDX-FileCopyrightText: 2026 the hs-tools authors
 * SPDX-License-Identifier: MIT */
/* From documents to command lines: depots, folders, tables, tokens. */
#include "hs-run/loader.h"
#include "hs-run/shell.h"

#include <fcntl.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "../tap.h"

static char bin[4096];
static const char *const programs[] = {
    "hs-fetch", "hs-flatten", "hs-schema", "hs-load-csv", "hs-load-pg"};
#define PROGRAMS (sizeof programs / sizeof *programs)

/* A folder of programs, which is PATH, so that commands name them shortly. */
static bool
make_programs(void)
{
	const char *tmp = getenv("TMPDIR");

	snprintf(bin, sizeof bin, "%s/hs-command.XXXXXX", tmp ? tmp : "/tmp");
	if (!mkdtemp(bin))
		return false;
	for (size_t i = 0; i < PROGRAMS; i++) {
		char path[5000];
		snprintf(path, sizeof path, "%s/%s", bin, programs[i]);
		int fd = open(path, O_WRONLY | O_CREAT | O_EXCL, 0755);
		if (fd < 0)
			return false;
		close(fd);
	}
	return setenv("PATH", bin, 1) == 0;
}

static void
remove_programs(void)
{
	for (size_t i = 0; i < PROGRAMS; i++) {
		char path[5000];
		snprintf(path, sizeof path, "%s/%s", bin, programs[i]);
		unlink(path);
	}
	rmdir(bin);
}

/* What the document becomes: its command line, or the error. */
static void
becomes(const char *document, const char *want, const char *title)
{
	static const char *const depot[] = {"far=pg://{USER}:{PASS}@db/wh",
	    "open=pg://me:secret@db/wh", "here=/data/wh/", "again=dataos://far",
	    "portal=hubspot://?api_key={K}"};
	struct site site = {.bin = bin};
	bool literal;
	struct pipelines p = {0};
	struct command c = {0};
	struct hs_buf b = {0};
	struct hs_err e = {0};

	for (size_t i = 0; i < sizeof depot / sizeof *depot; i++)
		depots_add(&site.depots, depot[i], &literal, &e);
	if (pipelines_parse(&p, "f", hs_span_str(document), &e) == 0 &&
	    command_make(&c, &p.v[0], &site, &e) == 0) {
		shell_print(&c, &b);
		tap_is_str(hs_buf_str(&b), want, title);
	} else {
		tap_is_str(e.text, want, title);
	}
	hs_buf_free(&b);
	command_free(&c);
	pipelines_free(&p);
	depots_free(&site.depots);
}

#define FROM(object)                                                           \
	"source: {address: 'hubspot://?api_key={K}', options: {source_table: " \
	"'" object "'}}\n"
#define TO(address, table) \
	"sink:\n  address: " address "\n  options:\n    dest_table: " table "\n"
#define FETCH(object) "hs-fetch --address 'hubspot://?api_key={K}' " object

/* A table in a folder. */
#define TABLE(fetch, dir, name, load)                                    \
	"mkdir -p " dir " && " fetch " | hs-flatten | hs-schema -o " dir \
	"/." name ".schema.json.$$ | hs-load-csv " load " " dir "/" name \
	".csv && mv " dir "/." name ".schema.json.$$ " dir "/" name      \
	".schema.json\n"

static void
pipelines(void)
{
	becomes(FROM("companies") TO("csv:out", "crm.c"),
	    TABLE(FETCH("companies"), "out/crm", "c", "-m replace"),
	    "a table in a folder");
	becomes(FROM("company") TO("csv:out", "crm.c"),
	    TABLE(FETCH("company"), "out/crm", "c", "-m replace"),
	    "an object in the singular");
	becomes(FROM("custom:invoices:contacts,deals"),
	    FETCH("custom:invoices:contacts,deals") "\n",
	    "the short form is a fetch");
	becomes(FROM("schemas")
		    TO("csv:out", "crm.s") "    incremental_strategy: merge\n",
	    TABLE(FETCH("schemas"), "out/crm", "s", "-m merge -k name"),
	    "schemas merge by name");
	becomes(FROM("deals")
		    TO("csv:out", "crm.d") "    incremental_strategy: "
					   "merge\n    primary_key: a,b\n",
	    TABLE(FETCH("deals"), "out/crm", "d", "-m merge -k a,b"),
	    "a pipeline's own key goes first");
	becomes(FROM("deals")
		    TO("csv:out", "crm.d") "    incremental_strategy: "
					   "merge\n    primary_key: [a, b]\n",
	    TABLE(FETCH("deals"), "out/crm", "d", "-m merge -k a,b"),
	    "a key can be a list");
	becomes("source: {address: 'hubspot:?api_key={K}', options: {"
		"source_table: deals, properties: [dealname, amount], "
		"history: dealstage, archived: true, page-size: 50}}\n",
	    "hs-fetch --address 'hubspot:?api_key={K}' --properties "
	    "dealname,amount --history dealstage --archived --page-size 50 "
	    "deals\n",
	    "options of hs-fetch");
	becomes("source: {address: 'hubspot:?api_key={K}', options: {"
		"source_table: deals, properties: '@my list', "
		"archived: False, page_size: 10000}}\n",
	    "hs-fetch --address 'hubspot:?api_key={K}' --properties "
	    "'@my list' deals\n",
	    "a file of properties; a flag that is off; pages larger than any");
	becomes(FROM("deals") TO("csv:out", "crm.d") "    replace_invalid: "
						     "true\n    max_removed: "
						     "10%\n",
	    "mkdir -p out/crm && " FETCH(
		"deals") " | hs-flatten | hs-schema -o "
			 "out/crm/.d.schema.json.$$ --replace-invalid | "
			 "hs-load-csv -m replace -k id --replace-invalid "
			 "--max-removed 10% out/crm/d.csv && "
			 "mv out/crm/.d.schema.json.$$ "
			 "out/crm/d.schema.json\n",
	    "options of the loader");
	becomes(FROM("deals")
		    TO("csv:out", "crm.d") "    incremental_strategy: "
					   "merge\n    max_removed: 5\n",
	    "f: line 7, column 18: a merge removes no rows; max_removed goes "
	    "with replace",
	    "nothing that a merge could remove");
	becomes(FROM("deals") TO("pg://x", "crm.d") "    replace_invalid: "
						    "true\n    max_removed: "
						    "0\n",
	    FETCH("deals") " | hs-flatten | hs-load-pg --address pg://x "
			   "--table crm.d --mode replace --key id "
			   "--replace-invalid --max-removed 0\n",
	    "other loaders are given them, too");
	becomes(FROM("deals") TO("pg://{U}@db/wh", "crm.d"),
	    FETCH("deals") " | hs-flatten | hs-load-pg --address "
			   "'pg://{U}@db/wh' --table crm.d --mode replace "
			   "--key id\n",
	    "another scheme is another loader");
	becomes("source: {address: 'hubspot://?api_key=pat-1', options: "
		"{source_table: deals}}\n",
	    "# deals: put its token into HUBSPOT_API_KEY first\n"
	    "hs-fetch deals\n",
	    "a token that is written out is in no argument");
}

static void
addresses(void)
{
#define LINE(dir) TABLE(FETCH("deals"), dir "/a", "b", "-m replace")
	becomes(FROM("deals") TO("dataos://warehouse?purpose=rw", "a.b"),
	    LINE("warehouse"), "a depot that nobody knows is a folder");
	becomes(FROM("deals") TO("dataos://here", "a.b"), LINE("/data/wh"),
	    "a depot's folder");
	setenv("HS_DEPOT_MY_WH", "csv:${HS_DEPOT_TEST}/x", 1);
	setenv("HS_DEPOT_TEST", "/tmp/y", 1);
	becomes(FROM("deals") TO("dataos://my-wh", "a.b"), LINE("/tmp/y/x"),
	    "a depot and a folder out of the environment");
	becomes(
	    FROM("deals") TO("csv:///x/y", "a.b"), LINE("/x/y"), "csv:///DIR");
	becomes(FROM("deals") TO("file:///x/y/", "a.b"), LINE("/x/y"),
	    "file:///DIR");
	becomes(FROM("deals") TO("csv:-x", "a.b"), LINE("./-x"),
	    "a folder that starts with a dash");
	becomes(FROM("deals") TO("csv:/", "a.b"), LINE(""), "the root");
	becomes(FROM("deals") TO("dataos://far", "a.b"),
	    FETCH("deals") " | hs-flatten | hs-load-pg --address "
			   "'pg://{USER}:{PASS}@db/wh' --table a.b --mode "
			   "replace --key id\n",
	    "a depot of another scheme, its variables unfilled");
	becomes("source: {address: 'dataos://portal', options: "
		"{source_table: deals}}\n",
	    FETCH("deals") "\n", "a source's depot");
	becomes(FROM("deals") TO("csv:a'b c", "a.b"),
	    "mkdir -p 'a'\\''b c/a' && " FETCH(
		"deals") " | hs-flatten | "
			 "hs-schema -o 'a'\\''b c/a/.b.schema.json.'$$ | "
			 "hs-load-csv -m replace 'a'\\''b c/a/b.csv' && "
			 "mv 'a'\\''b c/a/.b.schema.json.'$$ "
			 "'a'\\''b c/a/b.schema.json'\n",
	    "names are quoted for sh");
}

/* A key that names its columns wrongly. */
static void
wrong_keys(void)
{
#define KEY(key)                                       \
	"source:\n  address: 'hubspot:?api_key={K}'\n" \
	"  options:\n    source_table: deals\n"        \
	"    primary_key: " key "\n" TO("csv:x", "a.b")
#define KEY_AT "f: line 5, column 18: "
	becomes(KEY("name,name"),
	    KEY_AT "source.options.primary_key names name twice",
	    "a key that names a column twice");
	becomes(KEY("[a, b, a]"),
	    KEY_AT "source.options.primary_key names a twice",
	    "in a list, too");
	becomes(KEY("a,,b"),
	    KEY_AT "source.options.primary_key has an empty name",
	    "a key with an empty name");
	becomes(KEY("a,"),
	    KEY_AT "source.options.primary_key has an empty name",
	    "a key that ends with a comma");
	becomes(KEY("name,names"),
	    TABLE("hs-fetch --address 'hubspot:?api_key={K}' deals", "x/a", "b",
		"-m replace"),
	    "names that only begin alike are two");
}

static void
wrong_addresses(void)
{
#define AT "f: line 3, column 12: "
	becomes(FROM("deals") TO("dataos://again", "a.b"),
	    AT "depot again is another depot", "a depot in a depot");
	becomes(FROM("deals") TO("dataos://../x", "a.b"),
	    AT "a depot's address is dataos://NAME, the name of letters, "
	       "digits, - and _, 64 at most",
	    "a depot that climbs");
	becomes(FROM("deals") TO("dataos://x?mode=rw", "a.b"),
	    AT "unknown parameter mode of a depot", "a depot's parameter");
	becomes(FROM("deals") TO("csv://x/y", "a.b"),
	    AT "a folder's address is csv:DIR or csv:///DIR",
	    "two slashes too many");
	becomes(FROM("deals") TO("'csv:'", "a.b"),
	    AT "there is no folder in the address", "no folder");
	becomes(FROM("deals") TO("csv:{HS_NO_SUCH}", "a.b"),
	    AT "address: variable HS_NO_SUCH is not set; export HS_NO_SUCH",
	    "a folder whose variable is not set");
	becomes(FROM("deals") TO("warehouse", "a.b"),
	    AT "address: no scheme, such as hubspot: or csv:", "no scheme");
	becomes(FROM("deals") TO("ducks://x", "a.b"),
	    AT "program hs-load-ducks is neither beside hs-run nor in PATH",
	    "a scheme without a program");
	becomes("source: {address: 'hubspot://', options: {source_table: "
		"deals}}\n",
	    "f: line 1, column 19: HubSpot's address is "
	    "hubspot://?api_key={HUBSPOT_API_KEY} and nothing else",
	    "an address without a token");
	becomes("source: {address: 'pg://x', options: {source_table: "
		"deals}}\n",
	    "f: line 1, column 19: pg is no source here; HubSpot's address "
	    "is hubspot://?api_key={HUBSPOT_API_KEY}",
	    "another source");
	becomes("source: {address: 'dataos://x', options: {source_table: "
		"deals}}\n",
	    "f: line 1, column 19: depot x is not known; say where it is "
	    "with -D x='hubspot://?api_key={HUBSPOT_API_KEY}'",
	    "a source's depot that nobody knows");
}

static void
wrong_names(void)
{
#define NAME_AT "f: line 5, column 17: "
	becomes(FROM("deals") TO("csv:x", "../b"),
	    NAME_AT "a table's name has no / in it", "a table that climbs");
	becomes(FROM("deals") TO("csv:x", "...b"),
	    NAME_AT "a part of the table's name is empty", "a table of dots");
	becomes(FROM("deals") TO("csv:x", ".b"),
	    NAME_AT "a part of the table's name is empty", "a hidden file");
	becomes(FROM("deals") TO("csv:x", "b."),
	    NAME_AT "a part of the table's name is empty", "no table");
	becomes(FROM("deals") TO("csv:x", "b"),
	    NAME_AT "a table is named SCHEMA.TABLE", "no schema");
	becomes(FROM("deals") TO("pg://x", "../../b"),
	    NAME_AT "a table's name has no / in it",
	    "other loaders are spared it, too");
	becomes(FROM("deals")
		    TO("csv:x", "a.b") "    incremental_strategy: append\n",
	    "f: line 6, column 27: append would add every record again on "
	    "every run, since HubSpot is read as a full snapshot; write "
	    "replace or merge",
	    "append");
	becomes(FROM("deals")
		    TO("csv:x", "a.b") "    incremental_strategy: scd2\n",
	    "f: line 6, column 27: unknown incremental_strategy scd2; write "
	    "replace or merge",
	    "another strategy");
	becomes(FROM("--help"), "f: line 1, column 69: no such object: --help",
	    "an object that is an option");
	char longer[400] = FROM("deals") "sink: {address: 'csv:x', options: "
					 "{dest_table: a.";
	size_t n = strlen(longer);
	memset(longer + n, 'x', TABLE_NAME_MAX + 1);
	memcpy(longer + n + TABLE_NAME_MAX + 1, "}}\n", 4);
	becomes(longer,
	    "f: line 2, column 48: a part of the table's name is longer than "
	    "200 bytes",
	    "a table of 201 bytes");
}

/* What is not in the command line. */
static void
secrets(void)
{
	static const char text[] = FROM("deals") TO("dataos://open",
	    "a.b") "---\n"
		   "source: {address: 'hubspot://?api_key=pat-1', options: "
		   "{source_table: deals}}\n";
	struct site site = {.bin = bin};
	bool literal;
	struct pipelines p = {0};
	struct command c;
	struct hs_err e = {0};

	unsetenv("K");
	depots_add(&site.depots, "open=pg://me:pw@db", &literal, &e);
	tap_ok(
	    pipelines_parse(&p, "f", HS_SPAN(text), &e) == 0, "two documents");
	tap_ok(command_make(&c, &p.v[0], &site, &e) == 0 && c.password,
	    "a password that is written out is noticed");
	tap_is_str(c.unset[0],
	    "f: line 1, column 19: parameter api_key: address: variable K is "
	    "not set; export K",
	    "and a variable that is not set");
	command_free(&c);
	tap_ok(command_make(&c, &p.v[1], &site, &e) == 0,
	    "the second becomes a command");
	tap_is_str(c.token, "pat-1", "the token goes apart");
	tap_ok(c.in_file, "it came from the file");
	tap_ok(!c.unset[0], "and needs no variable");
	command_free(&c);
	pipelines_free(&p);
	depots_free(&site.depots);
}

int
main(void)
{
	if (!tap_ok(make_programs(), "programs to make commands of"))
		return tap_done();
	pipelines();
	addresses();
	wrong_keys();
	wrong_addresses();
	wrong_names();
	secrets();
	remove_programs();
	return tap_done();
}
