/* SPDX-FileCopyrightText: 2026 the hs-tools authors
 * SPDX-License-Identifier: MIT */
/* hs-fetch: a HubSpot object as pages on standard output. */
#include <errno.h>
#include <getopt.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "endpoint.h"
#include "run.h"
#include "stats.h"
#include "token.h"
#include "tool.h"

#define BASE_URL "https://api.hubapi.com"
#define VERSION "2026-09"
#define JOBS 8

static const struct hs_usage usage = {"hs-fetch",
    "[-nqv] [-p PROPERTIES] [-a TYPES] [-j N] [-o FILE [--resume]] OBJECT",
    "Writes a HubSpot object as pages (one line of JSON each) to standard "
    "output.\n\n"
    "OBJECT is companies, contacts, deals, tickets, products, quotes or "
    "another\n"
    "standard type; custom:NAME; TYPE:ASSOCIATED,...; schemas; owners;\n"
    "properties:TYPE; or pipelines:TYPE.\n\n"
    "  -p, --properties LIST    all (default), default, a,b,c, all,a or @FILE\n"
    "  -a, --associations LIST  associated types to bring along\n"
    "      --history LIST       properties with their earlier values\n"
    "      --archived           archived records only\n"
    "      --limit N            a sample of N records\n"
    "      --page-size N        records a page at most (100)\n"
    "      --verify-count       compare with the search's total at the end\n"
    "  -o, --output FILE        write to FILE\n"
    "      --resume             go on with what is in FILE\n"
    "  -n, --dry-run            say what would be requested\n"
    "  -j, --jobs N             requests at once (8)\n"
    "      --token-file FILE    the token; - is standard input\n"
    "      --address ADDRESS    hubspot://?api_key={HUBSPOT_API_KEY}\n"
    "      --base-url URL       https://api.hubapi.com\n"
    "      --api-version V      2026-09 (default), 2026-03, 2025-09, v3\n"
    "      --timeout SECONDS    without a byte (60)\n"
    "      --retry-time SECONDS to go on trying (600)\n"
    "      --max-body SIZE      of one answer (256M)\n"
    "      --stats FILE         write counts there as JSON\n"
    "  -q, --quiet  -v, --verbose  -h, --help  --version\n",
    NULL, NULL};

enum {
	OPT_HISTORY = 256,
	OPT_ARCHIVED,
	OPT_LIMIT,
	OPT_PAGE_SIZE,
	OPT_VERIFY,
	OPT_RESUME,
	OPT_TOKEN_FILE,
	OPT_ADDRESS,
	OPT_BASE_URL,
	OPT_API_VERSION,
	OPT_TIMEOUT,
	OPT_RETRY_TIME,
	OPT_MAX_BODY,
	OPT_STATS,
	OPT_VERSION,
};

static const struct option options[] = {
    {"properties", required_argument, NULL, 'p'},
    {"associations", required_argument, NULL, 'a'},
    {"history", required_argument, NULL, OPT_HISTORY},
    {"archived", no_argument, NULL, OPT_ARCHIVED},
    {"limit", required_argument, NULL, OPT_LIMIT},
    {"page-size", required_argument, NULL, OPT_PAGE_SIZE},
    {"verify-count", no_argument, NULL, OPT_VERIFY},
    {"output", required_argument, NULL, 'o'},
    {"resume", no_argument, NULL, OPT_RESUME},
    {"dry-run", no_argument, NULL, 'n'},
    {"jobs", required_argument, NULL, 'j'},
    {"token-file", required_argument, NULL, OPT_TOKEN_FILE},
    {"address", required_argument, NULL, OPT_ADDRESS},
    {"base-url", required_argument, NULL, OPT_BASE_URL},
    {"api-version", required_argument, NULL, OPT_API_VERSION},
    {"timeout", required_argument, NULL, OPT_TIMEOUT},
    {"retry-time", required_argument, NULL, OPT_RETRY_TIME},
    {"max-body", required_argument, NULL, OPT_MAX_BODY},
    {"stats", required_argument, NULL, OPT_STATS},
    {"quiet", no_argument, NULL, 'q'},
    {"verbose", no_argument, NULL, 'v'},
    {"help", no_argument, NULL, 'h'},
    {"version", no_argument, NULL, OPT_VERSION},
    {NULL, 0, NULL, 0},
};

/* What the command line says. */
struct line {
	struct run run;
	const char *associations, *stats, *token_file, *address;
	bool dry_run;
};

static _Noreturn void
help_or_mistake(int c)
{
	if (c == 'h')
		hs_tool_help();
	if (c == OPT_VERSION)
		hs_tool_version();
	hs_tool_usage(NULL);
}

static void
set_session(struct line *l, int c, const char *arg)
{
	struct session_options *s = &l->run.session;

	switch (c) {
	case 'j': s->jobs = (int)hs_tool_number("-j", arg, 1, JOBS_MAX); break;
	case OPT_BASE_URL: s->base_url = arg; break;
	case OPT_API_VERSION:
		if (!endpoint_version(arg))
			hs_tool_usage("--api-version: %s is not known", arg);
		s->version = arg;
		break;
	case OPT_TIMEOUT:
		s->timeout = (long)hs_tool_number("--timeout", arg, 1, 86400);
		break;
	case OPT_RETRY_TIME:
		s->retry_time =
		    (long)hs_tool_number("--retry-time", arg, 0, 864000);
		break;
	case OPT_MAX_BODY:
		s->max_body =
		    (size_t)hs_tool_size("--max-body", arg, 1024, SIZE_MAX / 8);
		break;
	case OPT_TOKEN_FILE: l->token_file = arg; break;
	case OPT_ADDRESS: l->address = arg; break;
	default: help_or_mistake(c);
	}
}

static void
set(struct line *l, int c, const char *arg)
{
	struct run *r = &l->run;

	switch (c) {
	case 'p': r->properties = arg; break;
	case 'a': l->associations = arg; break;
	case 'o': r->output = strcmp(arg, "-") != 0 ? arg : NULL; break;
	case 'n': l->dry_run = true; break;
	case 'q':
		r->draw = false;
		hs_tool_quiet();
		break;
	case 'v': hs_tool_verbose(); break;
	case OPT_HISTORY: r->history = arg; break;
	case OPT_ARCHIVED: r->list.archived = true; break;
	case OPT_LIMIT:
		r->list.limit =
		    hs_tool_number("--limit", arg, 1, 1000000000000);
		break;
	case OPT_PAGE_SIZE:
		r->list.page_size =
		    (unsigned)hs_tool_number("--page-size", arg, 1, 100);
		break;
	case OPT_VERIFY: r->list.verify = true; break;
	case OPT_RESUME: r->resume = true; break;
	case OPT_STATS: l->stats = arg; break;
	default: set_session(l, c, arg);
	}
}

/* Combinations that make no sense are mistakes, not silently something. */
static void
check_options(const struct line *l)
{
	const struct run *r = &l->run;
	bool records = r->object.records;

	if (r->resume && !r->output)
		hs_tool_usage("--resume needs -o FILE");
	if (l->stats && strcmp(l->stats, "-") == 0)
		hs_tool_usage("--stats needs a file; /dev/stderr is one");
	if (r->resume && r->list.limit > 0)
		hs_tool_usage("--resume and --limit exclude each other");
	if (r->list.verify && (r->list.archived || r->list.limit > 0))
		hs_tool_usage("--verify-count counts all records that are not "
			      "archived: neither --archived nor --limit");
	if (!records && (r->properties || r->history || r->list.verify ||
			    r->object.assocs > 0 || r->list.limit > 0))
		hs_tool_usage("-p, -a, --history, --limit and --verify-count "
			      "are for records");
	if (r->list.archived && !r->object.kind->archived)
		hs_tool_usage("--archived is for records and owners");
	if (l->token_file && l->address)
		hs_tool_usage("--token-file and --address exclude each other");
}

static void
read_options(struct line *l, int argc, char **argv)
{
	const char *base = getenv("HUBSPOT_BASE_URL");
	struct run *r = &l->run;
	struct hs_err e;
	int c;

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
	while (
	    (c = getopt_long(argc, argv, "p:a:o:nj:qvh", options, NULL)) != -1)
		set(l, c, optarg);
	if (argc - optind != 1)
		hs_tool_usage(argc == optind ? "OBJECT is missing"
					     : "more than one OBJECT");
	if (hs_object_parse(&r->object, argv[optind], &e) < 0 ||
	    (l->associations &&
		hs_object_assoc(&r->object, l->associations, &e) < 0))
		hs_tool_usage("%s", e.text);
	check_options(l);
}

static int
fetch(struct line *l, struct hs_err *e)
{
	struct hs_buf plan = {0};
	FILE *stats = NULL;
	int n;

	if (l->stats &&
	    (stats = stats_open(l->stats, l->run.output, e)) == NULL)
		return -1;
	if (l->dry_run)
		l->run.plan = &plan;
	n = run(&l->run, e);
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
	int n;

	hs_tool_start(&usage);
	read_options(&l, argc, argv);
	if (token_read(&token, l.token_file, l.address, &e) < 0)
		hs_tool_fail(&e);
	if (token.literal)
		hs_tool_warn("the address has the token written out, for "
			     "everybody on this machine to see; write "
			     "{HUBSPOT_API_KEY} instead");
	l.run.session.token = token.text;
	n = fetch(&l, &e);
	run_free(&l.run);
	token_wipe(&token);
	if (n < 0)
		hs_tool_fail(&e);
	return 0;
}
