/* SPDX-FileCopyrightText: 2026 the hs-tools authors
 * SPDX-License-Identifier: MIT */
/* hs-fetch: a HubSpot object as pages on standard output. */
#include <errno.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "endpoint.h"
#include "run.h"
#include "since.h"
#include "stats.h"
#include "token.h"
#include "tool.h"

#define BASE_URL "https://api.hubapi.com"
#define VERSION "2026-09"
#define JOBS 8

enum {
	HISTORY = 256,
	LABELS,
	SENSITIVE,
	ARCHIVED,
	SINCE,
	MARK,
	LIMIT,
	PAGE_SIZE,
	VERIFY,
	RESULTS,
	RESUME,
	RESTART,
	TOKEN_FILE,
	ADDRESS,
	BASE,
	API_VERSION,
	TIMEOUT,
	RETRY_TIME,
	MAX_BODY,
	STATS,
};

static const struct hs_option options[] = {
    {'p', "properties", "LIST",
	"all (default), default, a,b,c; all,a; or @FILE"},
    {'a', "associations", "LIST", "bring these associated types along"},
    {LABELS, "labels", NULL, "with -a: label, category and typeId, too"},
    {HISTORY, "history", "LIST", "properties with their earlier values"},
    {SENSITIVE, "sensitive", NULL, "all means sensitive properties, too"},
    {ARCHIVED, "archived", NULL, "archived records only"},
    {SINCE, "since", "TIME", "what changed since: 2026-11-28T06:30:00Z"},
    {MARK, "mark", "FILE", "leave the time in FILE, for --since @FILE"},
    {LIMIT, "limit", "N", "a sample of N records"},
    {PAGE_SIZE, "page-size", "N", "records a page at most (default 100)"},
    {VERIFY, "verify-count", NULL, "compare with the search's total"},
    {RESULTS, "results", "NAME",
	"of a path: where its answers have the records; . is the whole"},
    {'o', "output", "FILE", "write to FILE"},
    {RESUME, "resume", NULL, "go on with what is in FILE"},
    {RESTART, "restart-if-changed", NULL,
	"with --resume: begin FILE anew when what is asked for has changed"},
    {'n', "dry-run", NULL, "say what would be requested"},
    {'j', "jobs", "N", "requests at once (default 8)"},
    {TOKEN_FILE, "token-file", "FILE", "the token; - is standard input"},
    {ADDRESS, "address", "ADDRESS", "hubspot://?api_key={HUBSPOT_API_KEY}"},
    {BASE, "base-url", "URL", "default " BASE_URL},
    {API_VERSION, "api-version", "V", "YYYY-MM or v3 (default " VERSION ")"},
    {TIMEOUT, "timeout", "SECONDS", "without a byte (default 60)"},
    {RETRY_TIME, "retry-time", "SECONDS", "to go on trying (default 600)"},
    {MAX_BODY, "max-body", "SIZE", "of one answer (default 256M)"},
    {STATS, "stats", "FILE", "write counts there as JSON"},
    {'q', "quiet", NULL, "no progress, no warnings"},
    {'v', "verbose", NULL, "say what is tried again and what was done"},
    {0},
};

static const struct hs_usage usage = {
    .name = "hs-fetch",
    .synopsis =
	"[-nqv] [-p PROPERTIES] [-a TYPES] [-j N] [-o FILE [--resume]] OBJECT",
    .help =
	"Writes a HubSpot object as pages (one line of JSON each) to standard\n"
	"output.\n\n"
	"OBJECT is companies, contacts, deals, tickets, products, quotes or "
	"another\n"
	"standard type; custom:NAME; TYPE:ASSOCIATED,...; objects; schemas;\n"
	"schemas:TYPE; properties:TYPE; pipelines:TYPE; owners; teams; "
	"lists;\n"
	"memberships:LISTID; or a path of the API, /marketing/v3/forms.\n",
    .options = options,
};

/* What the command line says. */
struct line {
	struct run run;
	const char *associations, *stats, *token_file, *address, *since;
	char since_text[SINCE_SIZE];
	bool dry_run;
};

static void
set_session(struct line *l, int key, const char *arg)
{
	struct session_options *s = &l->run.session;

	switch (key) {
	case 'j': s->jobs = (int)hs_tool_number("-j", arg, 1, JOBS_MAX); break;
	case BASE: s->base_url = arg; break;
	case API_VERSION:
		if (!endpoint_version(arg))
			hs_tool_usage("--api-version: %s is neither YYYY-MM, "
				      "YYYY-MM-beta nor v3",
			    arg);
		s->version = arg;
		break;
	case TIMEOUT:
		s->timeout = (long)hs_tool_number("--timeout", arg, 1, 86400);
		break;
	case RETRY_TIME:
		s->retry_time =
		    (long)hs_tool_number("--retry-time", arg, 0, 864000);
		break;
	case MAX_BODY:
		s->max_body =
		    (size_t)hs_tool_size("--max-body", arg, 1024, SIZE_MAX / 8);
		break;
	case TOKEN_FILE: l->token_file = arg; break;
	case ADDRESS: l->address = arg; break;
	}
}

static void
set(struct line *l, int key, const char *arg)
{
	struct run *r = &l->run;

	switch (key) {
	case 'p': r->choice.properties = arg; break;
	case 'a': l->associations = arg; break;
	case 'o': r->output = strcmp(arg, "-") != 0 ? arg : NULL; break;
	case 'n': l->dry_run = true; break;
	case 'q': r->draw = false; break;
	case LABELS: r->list.labels = true; break;
	case HISTORY: r->choice.history = arg; break;
	case SENSITIVE: r->choice.sensitive = true; break;
	case ARCHIVED: r->list.archived = true; break;
	case SINCE: l->since = arg; break;
	case MARK: r->mark = arg; break;
	case LIMIT:
		r->list.limit =
		    hs_tool_number("--limit", arg, 1, 1000000000000);
		break;
	case PAGE_SIZE:
		r->list.page_size =
		    (unsigned)hs_tool_number("--page-size", arg, 1, 100);
		break;
	case VERIFY: r->list.verify = true; break;
	case RESULTS: r->list.results = arg; break;
	case RESUME: r->resume = true; break;
	case RESTART: r->restart = true; break;
	case STATS: l->stats = arg; break;
	default: set_session(l, key, arg);
	}
}

static bool
is_results(const struct run *r)
{
	size_t n = strlen(r->list.results);

	return r->object.path && n > 0 && n <= 100 &&
	       !strpbrk(r->list.results, ",?");
}

/* Options that make no sense together are mistakes. */
static void
check_options(const struct line *l)
{
	const struct run *r = &l->run;
	bool records = r->object.records;

	if (r->resume && !r->output)
		hs_tool_usage("--resume needs -o FILE");
	if (r->restart && !r->resume)
		hs_tool_usage("--restart-if-changed goes with --resume");
	if (l->stats && strcmp(l->stats, "-") == 0)
		hs_tool_usage("--stats needs a file; /dev/stderr is one");
	if (r->resume && r->list.limit > 0)
		hs_tool_usage("--resume and --limit exclude each other");
	if (r->list.verify && (r->list.archived || r->list.limit > 0))
		hs_tool_usage("--verify-count counts all records that are not "
			      "archived: neither --archived nor --limit");
	if (!records &&
	    (r->choice.properties || r->choice.history || r->choice.sensitive ||
		r->list.verify || r->object.assocs > 0))
		hs_tool_usage("-p, -a, --history, --sensitive and "
			      "--verify-count are for records");
	if (r->list.labels && r->object.assocs == 0)
		hs_tool_usage("--labels are those of associations: name their "
			      "types with -a");
	if (!records && !r->object.path && r->list.limit > 0)
		hs_tool_usage("--limit is for records and paths");
	if (r->list.results && !is_results(r))
		hs_tool_usage("--results NAME is for a path: a name of at most "
			      "100 bytes, or .");
	if (r->object.path && r->list.archived)
		hs_tool_usage("--archived does not go with a path: write "
			      "?archived=true after it");
	if (r->list.archived && !r->object.kind->archived)
		hs_tool_usage("--archived is for records and owners");
	if (l->since && !records)
		hs_tool_usage("--since is for records: the search knows no "
			      "other changes");
	if (l->since && r->list.verify)
		hs_tool_usage("--verify-count counts all records, and --since "
			      "reads some");
	if (r->mark && r->list.limit > 0)
		hs_tool_usage("--mark is for whole runs: --limit reads a "
			      "sample");
	if (l->token_file && l->address)
		hs_tool_usage("--token-file and --address exclude each other");
}

static void
read_options(struct line *l, int argc, char **argv)
{
	const char *base = getenv("HUBSPOT_BASE_URL");
	struct run *r = &l->run;
	struct hs_err e;
	const char *arg;
	int key;

	r->session = (struct session_options){
	    .base_url = base && base[0] ? base : BASE_URL,
	    .version = VERSION,
	    .jobs = JOBS,
	    .timeout = 60,
	    .retry_time = 600,
	    .max_body = (size_t)256 << 20,
	};
	r->draw = true;
	r->note = hs_tool_note;
	r->warn = hs_tool_warn;
	while ((key = hs_tool_option(argc, argv, &arg)) != -1)
		set(l, key, arg);
	if (argc - optind != 1)
		hs_tool_usage(argc == optind ? "OBJECT is missing"
					     : "more than one OBJECT");
	if (hs_object_parse(&r->object, argv[optind], &e) < 0 ||
	    (l->associations &&
		hs_object_assoc(&r->object, l->associations, &e) < 0)) {
		if (e.kind != HS_USAGE)
			hs_tool_fail(&e);
		hs_tool_usage("%s", e.text);
	}
	check_options(l);
	if (!l->since)
		return;
	if (since_read(l->since, l->since_text, &e) < 0)
		hs_tool_fail(&e);
	r->list.since = l->since_text;
}

static int
fetch(struct line *l, struct hs_err *e)
{
	struct hs_buf plan = {0};
	FILE *stats = NULL;

	if (l->stats && !(stats = stats_open(l->stats, l->run.output, e)))
		return -1;
	if (l->dry_run)
		l->run.plan = &plan;
	int n = run(&l->run, e);
	if (plan.len > 0)
		fwrite(plan.data, 1, plan.len, stdout);
	if (n == 0 && (fflush(stdout) == EOF || ferror(stdout)))
		n = hs_err_set(
		    e, HS_IO, "standard output: %s", strerror(errno));
	if (stats)
		n = stats_close(stats, l->stats, &l->run, n, e);
	hs_buf_free(&plan);
	return n;
}

int
main(int argc, char **argv)
{
	static struct line l;
	static struct token token;
	struct hs_err e;

	hs_tool_start(&usage);
	read_options(&l, argc, argv);
	if (token_read(&token, l.token_file, l.address, &e) < 0)
		hs_tool_fail(&e);
	if (token.literal)
		hs_tool_warn("the address has the token written out, for "
			     "everybody on this machine to see; write "
			     "{HUBSPOT_API_KEY} instead");
	l.run.session.token = &token;
	int n = fetch(&l, &e);
	run_free(&l.run);
	token_wipe(&token);
	if (n < 0)
		hs_tool_fail(&e);
	return 0;
}
