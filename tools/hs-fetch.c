/* SPDX-FileCopyrightText: 2026 the hs-tools authors
 * SPDX-License-Identifier: MIT */
/* hs-fetch: a HubSpot object as pages on standard output. */
#include <errno.h>
#include <getopt.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "crm-fetch.h"
#include "in.h"
#include "progress.h"
#include "resume.h"
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
    "  -p, --properties LIST    all (default), default, a,b,c or @FILE\n"
    "  -a, --associations LIST  associated types to bring along\n"
    "      --history LIST       properties with their earlier values\n"
    "      --archived           archived records only\n"
    "      --limit N            a sample of N records\n"
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
    "  -q, --quiet  -v, --verbose  -h, --help  --version\n"};

enum {
	OPT_HISTORY = 256,
	OPT_ARCHIVED,
	OPT_LIMIT,
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

/* All of a run. */
struct run {
	struct hs_crm_options session;
	struct hs_fetch_options fetch;
	struct hs_object object;
	struct hs_token token;
	struct hs_crm crm;
	struct hs_seen seen;
	struct hs_resume resumed;
	struct hs_out out;
	struct hs_fetch_progress sum;
	struct hs_progress progress;
	struct hs_err e;
	const char *properties, *history, *associations;
	const char *output, *stats, *token_file, *address;
	char label[HS_OBJECT_NAME_MAX + 16];
	bool resume, dry_run, drawing, quiet;
	int64_t started;
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
set_session(struct run *r, int c, const char *arg)
{
	struct hs_crm_options *s = &r->session;

	switch (c) {
	case 'j':
		s->jobs = (int)hs_tool_number("-j", arg, 1, HS_CRM_JOBS_MAX);
		break;
	case OPT_BASE_URL: s->base_url = arg; break;
	case OPT_API_VERSION:
		if (!hs_crm_version(arg))
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
		s->max_body = (size_t)hs_tool_size(
		    "--max-body", arg, 1024, (size_t)1 << 34);
		break;
	case OPT_TOKEN_FILE: r->token_file = arg; break;
	case OPT_ADDRESS: r->address = arg; break;
	default: help_or_mistake(c);
	}
}

static void
set(struct run *r, int c, const char *arg)
{
	switch (c) {
	case 'p': r->properties = arg; break;
	case 'a': r->associations = arg; break;
	case 'o': r->output = arg; break;
	case 'n': r->dry_run = true; break;
	case 'q':
		r->quiet = true;
		hs_tool_quiet();
		break;
	case 'v': hs_tool_verbose(); break;
	case OPT_HISTORY: r->history = arg; break;
	case OPT_ARCHIVED: r->fetch.archived = true; break;
	case OPT_LIMIT:
		r->fetch.limit =
		    hs_tool_number("--limit", arg, 1, 1000000000000);
		break;
	case OPT_VERIFY: r->fetch.verify = true; break;
	case OPT_RESUME: r->resume = true; break;
	case OPT_STATS: r->stats = arg; break;
	default: set_session(r, c, arg);
	}
}

/* Combinations that make no sense are mistakes, not silently something. */
static void
check_options(struct run *r)
{
	bool records = r->object.class == HS_OBJECT_RECORDS;

	if (r->resume && r->output == NULL)
		hs_tool_usage("--resume needs -o FILE");
	if (r->resume && r->fetch.limit > 0)
		hs_tool_usage("--resume and --limit exclude each other");
	if (r->fetch.verify && (r->fetch.archived || r->fetch.limit > 0))
		hs_tool_usage("--verify-count counts all records that are not "
			      "archived: neither --archived nor --limit");
	if (!records && (r->properties || r->history || r->fetch.verify ||
			    r->object.assocs > 0 || r->fetch.limit > 0))
		hs_tool_usage("-p, -a, --history, --limit and --verify-count "
			      "are for records");
	if (!records && r->fetch.archived &&
	    r->object.class != HS_OBJECT_OWNERS)
		hs_tool_usage("--archived is for records and owners");
	if (r->token_file != NULL && r->address != NULL)
		hs_tool_usage("--token-file and --address exclude each other");
}

static void
read_options(struct run *r, int argc, char **argv)
{
	const char *base = getenv("HUBSPOT_BASE_URL");
	int c;

	r->session = (struct hs_crm_options){
	    .base_url = base != NULL && base[0] ? base : BASE_URL,
	    .version = VERSION,
	    .jobs = JOBS,
	    .timeout = 60,
	    .retry_time = 600,
	    .max_body = (size_t)256 << 20,
	};
	while (
	    (c = getopt_long(argc, argv, "p:a:o:nj:qvh", options, NULL)) != -1)
		set(r, c, optarg);
	if (argc - optind != 1)
		hs_tool_usage(argc == optind ? "OBJECT is missing"
					     : "more than one OBJECT");
	if (hs_object_parse(&r->object, argv[optind], &r->e) < 0 ||
	    (r->associations &&
		hs_object_assoc(&r->object, r->associations, &r->e) < 0))
		hs_tool_usage("%s", r->e.text);
	check_options(r);
}

static void
note(void *user, const char *text)
{
	struct run *r = user;

	if (r->drawing)
		fputs("\r\033[K", stderr);
	hs_tool_note("%s", text);
}

static void
draw(void *user, const struct hs_fetch_progress *p)
{
	struct run *r = user;
	char line[HS_PROGRESS_MAX];

	if (hs_progress_line(&r->progress, r->resumed.records + p->records,
		r->crm.stats.daily_remaining, hs_pace_now(), line))
		fprintf(stderr, "\r%s\033[K", line);
}

/* The total for the progress line; without one where it can't be had. */
static void
start_drawing(struct run *r)
{
	struct hs_err ignored;

	if (r->quiet || !isatty(STDERR_FILENO))
		return;
	r->drawing = true;
	r->fetch.progress = draw;
	r->fetch.user = r;
	r->progress = (struct hs_progress){.object = r->label,
	    .start = r->resumed.records,
	    .started = hs_pace_now()};
	if (r->object.class == HS_OBJECT_RECORDS && !r->fetch.archived)
		r->progress.has_total = hs_crm_total(&r->crm, r->object.type,
					    &r->progress.total, &ignored) == 0;
	if (r->progress.has_total && r->fetch.limit > 0 &&
	    r->fetch.limit < r->progress.total)
		r->progress.total = r->fetch.limit;
}

static int
read_list(struct hs_strings *s, const char *path, struct hs_err *e)
{
	struct hs_in in;
	struct hs_span line;
	int n;

	if (hs_in_open(&in, path, e) < 0)
		return -1;
	while ((n = hs_in_line(&in, &line, e)) > 0) {
		char *text = strndup(line.p, line.len);

		if (text == NULL)
			n = hs_err_mem(e, path);
		else
			n = hs_strings_split(s, text, e);
		free(text);
		if (n < 0)
			break;
	}
	hs_in_close(&in);
	return n;
}

static int
choose_properties(struct run *r)
{
	const char *p = r->properties ? r->properties : "all";
	struct hs_strings *names = &r->fetch.properties;

	if (r->history &&
	    hs_strings_split(&r->fetch.history, r->history, &r->e) < 0)
		return -1;
	if (r->object.class != HS_OBJECT_RECORDS || strcmp(p, "default") == 0)
		return 0;
	r->fetch.some_properties = true;
	if (strcmp(p, "all") == 0)
		return hs_crm_properties(&r->crm, r->object.type, names, &r->e);
	if (p[0] == '@')
		return read_list(names, p + 1, &r->e);
	return hs_strings_split(names, p, &r->e);
}

static void
make_label(struct run *r)
{
	static const char *const names[] = {[HS_OBJECT_SCHEMAS] = "schemas",
	    [HS_OBJECT_OWNERS] = "owners",
	    [HS_OBJECT_PROPERTIES] = "properties:",
	    [HS_OBJECT_PIPELINES] = "pipelines:"};
	const char *name = names[r->object.class];

	snprintf(r->label, sizeof(r->label), "%s%s", name ? name : "",
	    r->object.type ? r->object.type : "");
	r->fetch.label = r->label;
	r->fetch.object = &r->object;
}

static int
dry_run(struct run *r)
{
	unsigned long long total = 0, pages;
	struct hs_fetch_plan plan = {0};
	long limit, used;
	char n[32];

	if (hs_fetch_plan(&r->crm, &r->fetch, &plan, &r->e) < 0)
		return -1;
	printf("list: GET %s\n", hs_buf_str(&plan.url));
	hs_buf_free(&plan.url);
	if (r->object.class == HS_OBJECT_RECORDS) {
		if (hs_crm_total(&r->crm, r->object.type, &total, &r->e) < 0)
			return -1;
		printf("records: %s\n", hs_progress_number(total, n));
		if (r->fetch.limit > 0 && r->fetch.limit < total)
			total = r->fetch.limit;
		pages = total / plan.limit + (total % plan.limit > 0);
		pages = pages > 0 ? pages : 1;
		printf("requests: %s%s\n",
		    hs_progress_number(plan.batches ? 2 * pages : pages, n),
		    plan.batches ? " (half of them batch reads: the "
				   "properties do not fit into a URL)"
				 : "");
	}
	if (hs_crm_daily(&r->crm, &limit, &used, &r->e) < 0 || limit < 0)
		printf("daily quota left: not known\n");
	else
		printf("daily quota left: %ld of %ld\n", limit - used, limit);
	if (fflush(stdout) == EOF || ferror(stdout))
		return hs_err_set(
		    &r->e, HS_IO, "standard output: %s", strerror(errno));
	return 0;
}

static int
open_output(struct run *r)
{
	struct hs_resume *at = &r->resumed;

	if (r->output == NULL || strcmp(r->output, "-") == 0) {
		hs_out_init(&r->out, STDOUT_FILENO, "standard output");
		return 0;
	}
	if (hs_resume_open(
		at, r->output, r->resume, r->label, &r->seen, &r->e) < 0)
		return -1;
	hs_out_init(&r->out, at->fd, r->output);
	r->fetch.after = at->after;
	r->fetch.page = at->pages;
	r->fetch.records = at->records;
	if (at->cut)
		hs_tool_note("%s: a torn end is cut off", r->output);
	return 0;
}

static int
close_output(struct run *r)
{
	/* A pipe or a device can't be synced, and needs not. */
	if (r->output != NULL && hs_out_flush(&r->out, &r->e) == 0 &&
	    fsync(r->out.fd) < 0 && errno != EINVAL && errno != EROFS)
		return hs_err_set(&r->e, HS_IO, "%s: cannot sync: %s",
		    r->output, strerror(errno));
	return hs_out_close(&r->out, &r->e);
}

static int
fetch(struct run *r)
{
	int n;

	if (open_output(r) < 0)
		return -1;
	if (r->resumed.complete) {
		hs_tool_warn("%s is complete: %llu records; nothing to do",
		    r->output, r->resumed.records);
		return close_output(r);
	}
	start_drawing(r);
	if (r->output != NULL && r->out.fd == r->resumed.fd &&
	    hs_resume_ready(&r->resumed, r->output, &r->e) < 0)
		return -1;
	n = hs_fetch(&r->crm, &r->fetch, &r->seen, &r->out, &r->sum, &r->e);
	if (r->drawing)
		fputs("\r\033[K", stderr);
	return n < 0 ? -1 : close_output(r);
}

/* An unknown name is answered with the known ones. */
static void
explain_object(struct run *r)
{
	char text[1400] = "";

	for (size_t i = 0; hs_object_standard_name(i) != NULL; i++) {
		size_t n = strlen(text);

		snprintf(text + n, sizeof(text) - n, "%s%s", i ? ", " : "",
		    hs_object_standard_name(i));
	}
	hs_crm_customs(&r->crm, text, sizeof(text));
	snprintf(r->e.text + strlen(r->e.text),
	    sizeof(r->e.text) - strlen(r->e.text),
	    "; there are: %s; HubSpot shows custom ones under Settings > "
	    "Objects > Custom Objects",
	    text);
}

static int
work(struct run *r)
{
	bool looked_up = r->object.custom && r->object.type != NULL &&
			 !hs_object_exact(r->object.type);

	if (hs_crm_open(&r->crm, &r->session, &r->e) < 0)
		return -1;
	if (r->crm.pace.why[0] != '\0')
		hs_tool_note("pace: %s: not shared with other processes",
		    r->crm.pace.why);
	if (hs_crm_resolve(&r->crm, &r->object, &r->e) < 0)
		return -1;
	make_label(r);
	if (choose_properties(r) < 0 ||
	    (r->dry_run ? dry_run(r) : fetch(r)) < 0) {
		if (r->e.kind == HS_NOOBJECT && !looked_up)
			explain_object(r);
		return -1;
	}
	return 0;
}

static int
write_stats(struct run *r, int result)
{
	const struct hs_crm_stats *s = &r->crm.stats;
	FILE *f = fopen(r->stats, "w");
	int n = -1;

	if (f != NULL)
		n = fprintf(f,
		    "{\"object\":\"%s\",\"status\":%d,\"requests\":%llu,"
		    "\"retries\":%llu,\"limited\":%llu,\"paced_seconds\":%.3f,"
		    "\"pages\":%llu,\"records\":%llu,\"dropped\":%llu,"
		    "\"bytes_received\":%llu,\"bytes_written\":%llu,"
		    "\"seconds\":%.3f,\"daily_remaining\":%ld}\n",
		    r->label, result < 0 ? (int)r->e.kind : 0, s->requests,
		    s->retries, s->limited, (double)s->paced_ns / 1e9,
		    r->sum.pages, r->sum.records, r->sum.dropped, s->received,
		    r->out.written, (double)(hs_pace_now() - r->started) / 1e9,
		    s->daily_remaining);
	if (f == NULL || n < 0 || fclose(f) == EOF)
		return hs_err_set(&r->e, HS_IO, "%s: cannot write: %s",
		    r->stats, strerror(errno));
	return result;
}

static void
report(const struct run *r)
{
	hs_tool_note("%s: %llu records in %llu pages, %llu requests, %.1f s",
	    r->label, r->sum.records, r->sum.pages, r->crm.stats.requests,
	    (double)(hs_pace_now() - r->started) / 1e9);
	if (r->sum.dropped > 0)
		hs_tool_warn("%s: %llu records were deleted while the list "
			     "was read, and left out",
		    r->label, r->sum.dropped);
	if (r->fetch.limit > 0 && r->sum.records >= r->fetch.limit)
		hs_tool_warn("%s: a sample of %llu records as asked; the "
			     "stream is incomplete unless that was the end",
		    r->label, r->sum.records);
}

int
main(int argc, char **argv)
{
	static struct run r;
	int result;

	hs_tool_start(&usage);
	r.started = hs_pace_now();
	read_options(&r, argc, argv);
	if (hs_token_read(&r.token, r.token_file, r.address, &r.e) < 0)
		hs_tool_fail(&r.e);
	if (r.token.literal)
		hs_tool_warn("the address has the token written out, for "
			     "everybody on this machine to see; write "
			     "{HUBSPOT_API_KEY} instead");
	r.session.token = r.token.text;
	r.session.note = note;
	r.session.user = &r;
	result = work(&r);
	if (r.stats != NULL)
		result = write_stats(&r, result);
	if (result == 0 && !r.dry_run)
		report(&r);
	hs_crm_close(&r.crm);
	hs_token_wipe(&r.token);
	if (result < 0)
		hs_tool_fail(&r.e);
	return 0;
}
