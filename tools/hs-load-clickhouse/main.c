/* SPDX-FileCopyrightText: 2026 the hs-tools authors
 * SPDX-License-Identifier: MIT */
/* hs-load-clickhouse: a stream becomes a table of ClickHouse, whole or not at
 * all. */

#include "options.h"
#include "run.h"
#include "sqlload-options.h"

enum {
	ADDRESS = 256,
	TEXT,
	NO_ALTER,
	MAX_REMOVED,
	OPTIMIZE,
	CLUSTER,
	SHARD,
	TIMEOUT,
};

static const struct hs_option options[] = {
    {ADDRESS, "address", "ADDRESS",
	"the server: clickhouse://USER@HOST/DATABASE, or clickhouses:// with "
	"TLS"},
    HS_SQLLOAD_OPTIONS,
    {OPTIMIZE, "optimize", NULL,
	"after a merge, remove the rows that later ones replace"},
    {MAX_REMOVED, "max-removed", "N",
	"fail if more than N rows (or N%) would be removed"},
    {CLUSTER, "cluster", "NAME",
	"a table on each shard, and a Distributed one before them"},
    {SHARD, "shard", "EXPRESSION",
	"what places a row of a new table (default: a hash of the key)"},
    {NO_ALTER, "no-alter", NULL, "add no table and no column, widen none"},
    {TEXT, "text", NULL, "make new columns text, whatever they hold"},
    {HS_SQLLOAD_REPLACE_INVALID, "replace-invalid", NULL,
	"write U+FFFD for half a surrogate pair"},
    {TIMEOUT, "timeout", "SECONDS",
	"give up after so long without a byte (default: 600)"},
    HS_SQLLOAD_MORE_OPTIONS,
    {'n', "dry-run", NULL, "print the statements, and change nothing"},
    {'q', "quiet", NULL, "no warnings, no counts"},
    {0},
};

static const struct hs_usage usage = {
    .name = "hs-load-clickhouse",
    .synopsis = "[-nq] --address ADDRESS [-m replace|merge] [-k KEY,...] "
		"[OPTION...] TABLE",
    .help = "Reads an hs-stream from standard input and, once it is complete, "
	    "makes it\nthe TABLE of a ClickHouse server, in one step.\n",
    .options = options,
};

static void
read_options(struct job *j, int argc, char **argv)
{
	const char *arg;

	for (int c; (c = hs_tool_option(argc, argv, &arg)) != -1;)
		switch (c) {
		case ADDRESS: j->address = arg; break;
		case OPTIMIZE: j->optimize = true; break;
		case MAX_REMOVED:
			j->limited = true;
			j->max_removed = hs_option_limit(arg, &j->percent);
			break;
		case CLUSTER:
			j->cluster.name = arg;
			j->db.cluster = true;
			break;
		case SHARD: j->cluster.shard = arg; break;
		case NO_ALTER: j->no_alter = true; break;
		case TEXT: j->text = true; break;
		case TIMEOUT:
			j->db.timeout =
			    (long)hs_tool_number("--timeout", arg, 1, 1000000);
			break;
		case 'n': j->db.dry_run = true; break;
		case 'q': break;
		default: hs_sqlload_option(&j->load, c, arg);
		}
	hs_sqlload_operands(&j->load, argc, argv);
	if (!j->address)
		hs_tool_usage("--address is missing");
	if (j->optimize && !j->load.merge)
		hs_tool_usage("--optimize goes with -m merge");
	if (j->cluster.shard && !j->cluster.name)
		hs_tool_usage("--shard goes with --cluster");
	j->load.keyed = j->limited;
}

int
main(int argc, char **argv)
{
	struct job j = {
	    .load = {.max_line = HS_IN_MAX_LINE, .warn = hs_tool_warn},
	    .db = {.timeout = 600},
	};
	struct hs_err e;

	hs_tool_start(&usage);
	read_options(&j, argc, argv);
	int rc = run(&j, &e);
	job_free(&j);
	if (rc < 0)
		hs_tool_fail(&e);
	return HS_OK;
}
