/* SPDX-FileCopyrightText: 2026 the hs-tools authors
 * SPDX-License-Identifier: MIT */
/* The command line. */
#include "options.h"

#include <ctype.h>
#include <getopt.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "help.h"
#include "server.h"

#define USAGE 64
#define TOKEN "pat-na1-00000000-0000-4000-8000-000000000001"
#define CACHE_MAX ((size_t)2 << 30)

enum choice {
	OPT_HELP = 256,
	OPT_PORT,
	OPT_STAY,
	OPT_LOG,
	OPT_SEED,
	OPT_RECORDS,
	OPT_IDS,
	OPT_VANISH,
	OPT_APPEAR,
	OPT_PROPERTIES,
	OPT_NAME_LENGTH,
	OPT_SENSITIVE,
	OPT_CUSTOM,
	OPT_OWNERS,
	OPT_ODD_TEXT,
	OPT_ASSOCIATIONS,
	OPT_ASSOCIATION_PAGE,
	OPT_STRING_IDS,
	OPT_LISTS,
	OPT_MEMBERS,
	OPT_SERVE,
	OPT_CURSOR,
	OPT_NULL_PAGING,
	OPT_MISSING,
	OPT_SEARCH_LAG,
	OPT_SEARCH_RESULTS,
	OPT_STRICT,
	OPT_BARE_BODIES,
	OPT_TOKEN,
	OPT_EXPIRED,
	OPT_MALFORMED,
	OPT_SCOPES,
	OPT_REVOKE,
	OPT_EXPIRE,
	OPT_NEXT_TOKEN,
	OPT_BURST,
	OPT_WINDOW,
	OPT_DAILY,
	OPT_BARE_429,
	OPT_RETRY_AFTER,
	OPT_NO_HEADERS,
	OPT_LATENCY,
	OPT_PROPERTY_LATENCY,
	OPT_GZIP,
	OPT_PRERENDER,
	OPT_PRERENDER_BYTES,
	OPT_FAULT
};

static const struct option long_options[] = {
    {"help", no_argument, NULL, OPT_HELP},
    {"port", required_argument, NULL, OPT_PORT},
    {"stay", no_argument, NULL, OPT_STAY},
    {"log", required_argument, NULL, OPT_LOG},
    {"seed", required_argument, NULL, OPT_SEED},
    {"records", required_argument, NULL, OPT_RECORDS},
    {"ids", required_argument, NULL, OPT_IDS},
    {"vanish", required_argument, NULL, OPT_VANISH},
    {"appear", required_argument, NULL, OPT_APPEAR},
    {"properties", required_argument, NULL, OPT_PROPERTIES},
    {"property-name-length", required_argument, NULL, OPT_NAME_LENGTH},
    {"sensitive", required_argument, NULL, OPT_SENSITIVE},
    {"custom", required_argument, NULL, OPT_CUSTOM},
    {"owners", required_argument, NULL, OPT_OWNERS},
    {"odd-text", no_argument, NULL, OPT_ODD_TEXT},
    {"associations", required_argument, NULL, OPT_ASSOCIATIONS},
    {"association-page", required_argument, NULL, OPT_ASSOCIATION_PAGE},
    {"string-ids", no_argument, NULL, OPT_STRING_IDS},
    {"lists", required_argument, NULL, OPT_LISTS},
    {"members", required_argument, NULL, OPT_MEMBERS},
    {"serve", required_argument, NULL, OPT_SERVE},
    {"cursor", required_argument, NULL, OPT_CURSOR},
    {"null-paging", no_argument, NULL, OPT_NULL_PAGING},
    {"missing", no_argument, NULL, OPT_MISSING},
    {"search-lag", required_argument, NULL, OPT_SEARCH_LAG},
    {"search-results", required_argument, NULL, OPT_SEARCH_RESULTS},
    {"strict-bodies", no_argument, NULL, OPT_STRICT},
    {"bare-bodies", no_argument, NULL, OPT_BARE_BODIES},
    {"token", required_argument, NULL, OPT_TOKEN},
    {"expired", no_argument, NULL, OPT_EXPIRED},
    {"malformed530", no_argument, NULL, OPT_MALFORMED},
    {"scopes", required_argument, NULL, OPT_SCOPES},
    {"revoke-after", required_argument, NULL, OPT_REVOKE},
    {"expire-after", required_argument, NULL, OPT_EXPIRE},
    {"next-token", required_argument, NULL, OPT_NEXT_TOKEN},
    {"burst", required_argument, NULL, OPT_BURST},
    {"window", required_argument, NULL, OPT_WINDOW},
    {"daily", required_argument, NULL, OPT_DAILY},
    {"bare-429", no_argument, NULL, OPT_BARE_429},
    {"retry-after", required_argument, NULL, OPT_RETRY_AFTER},
    {"no-limit-headers", no_argument, NULL, OPT_NO_HEADERS},
    {"latency", required_argument, NULL, OPT_LATENCY},
    {"latency-per-property", required_argument, NULL, OPT_PROPERTY_LATENCY},
    {"gzip", no_argument, NULL, OPT_GZIP},
    {"prerender", required_argument, NULL, OPT_PRERENDER},
    {"prerender-bytes", required_argument, NULL, OPT_PRERENDER_BYTES},
    {"fault", required_argument, NULL, OPT_FAULT},
    {NULL, 0, NULL, 0},
};

__attribute__((noreturn)) static void
refuse(const char *what)
{
	fprintf(stderr, "standin: can't understand %s; try --help\n", what);
	exit(USAGE);
}

static uint64_t
number(uint64_t max)
{
	char *end;
	uint64_t n = strtoull(optarg, &end, 10);

	if (!isdigit((unsigned char)*optarg) || *end != '\0' || n > max)
		refuse(optarg);
	return n;
}

static void
check(int status)
{
	if (status != 0)
		refuse(optarg);
}

/* Custom types come first, so that the others may name them. */
static void
add_customs(struct server *s, int argc, char **argv)
{
	int c;

	while ((c = getopt_long(argc, argv, "", long_options, NULL)) != -1)
		if (c == OPT_CUSTOM)
			check(portal_add_custom(&s->portal, optarg));
		else if (c == '?')
			exit(USAGE);
	if (optind < argc)
		refuse(argv[optind]);
	optind = 1;
}

static void
keep_pages(struct server *s)
{
	struct type *t = portal_type(&s->portal, optarg);

	if (t == NULL || s->cache.ntypes == 8)
		refuse(optarg);
	s->cache.types[s->cache.ntypes++] = t;
}

static void
set_portal(struct server *s, int c)
{
	struct portal *p = &s->portal;

	switch (c) {
	case OPT_SEED: p->seed = number(UINT64_MAX); break;
	case OPT_RECORDS: check(portal_set_records(p, optarg)); break;
	case OPT_IDS: check(portal_set_ids(p, optarg)); break;
	case OPT_VANISH: check(portal_add_absence(p, optarg, false)); break;
	case OPT_APPEAR: check(portal_add_absence(p, optarg, true)); break;
	case OPT_PROPERTIES: check(portal_set_properties(p, optarg)); break;
	case OPT_NAME_LENGTH: p->name_length = number(250); break;
	case OPT_SENSITIVE: p->sensitive = number(20); break;
	case OPT_OWNERS: p->owners = number(1000000); break;
	case OPT_ODD_TEXT: p->odd_text = true; break;
	case OPT_ASSOCIATIONS: check(links_rule_add(&s->rules, optarg)); break;
	case OPT_PRERENDER: keep_pages(s); break;
	case OPT_PRERENDER_BYTES: s->cache.max = number(SIZE_MAX); break;
	case OPT_FAULT: check(fault_add(&s->faults, optarg)); break;
	default: break;
	}
}

static void
set_limits(struct limits *l, int c)
{
	switch (c) {
	case OPT_BURST: l->burst.max = (unsigned)number(1000000); break;
	case OPT_WINDOW: l->burst.ms = (unsigned)number(3600000); break;
	case OPT_DAILY: l->daily = (unsigned)number(UINT32_MAX); break;
	case OPT_BARE_429: l->bare = true; break;
	case OPT_RETRY_AFTER: l->retry = optarg; break;
	case OPT_NO_HEADERS: l->silent = true; break;
	default: break;
	}
}

static void
set_manner(struct manner *m, int c)
{
	switch (c) {
	case OPT_ASSOCIATION_PAGE: m->association_page = number(100000); break;
	case OPT_STRING_IDS: m->number_ids = false; break;
	case OPT_CURSOR: check(cursor_form(&m->cursor, optarg)); break;
	case OPT_NULL_PAGING: m->null_paging = true; break;
	case OPT_MISSING: m->report_missing = true; break;
	case OPT_SEARCH_LAG: m->search_lag = number(UINT64_MAX); break;
	case OPT_SEARCH_RESULTS: m->search_results = number(10000); break;
	case OPT_LISTS: m->lists = number(1000000); break;
	case OPT_MEMBERS: m->members = number(UINT32_MAX); break;
	case OPT_STRICT: m->strict_bodies = true; break;
	case OPT_BARE_BODIES: m->bare_bodies = true; break;
	case OPT_TOKEN: m->token = optarg; break;
	case OPT_EXPIRED: m->expired = true; break;
	case OPT_MALFORMED: m->malformed530 = true; break;
	case OPT_SCOPES: m->scopes = optarg; break;
	case OPT_REVOKE: m->revoke_after = (unsigned)number(UINT32_MAX); break;
	case OPT_EXPIRE: m->expire_after = (unsigned)number(UINT32_MAX); break;
	case OPT_NEXT_TOKEN: m->next_token = optarg; break;
	case OPT_LATENCY: m->latency = (unsigned)number(3600000); break;
	case OPT_PROPERTY_LATENCY:
		m->property_latency = (unsigned)number(1000000);
		break;
	case OPT_GZIP: m->gzip = true; break;
	default: break;
	}
}

void
options_read(struct options *o, struct server *s, int argc, char **argv)
{
	int c;

	*o = (struct options){0};
	portal_init(&s->portal);
	pthread_mutex_init(&s->faults.lock, NULL);
	s->manner.token = TOKEN;
	s->manner.number_ids = true;
	s->manner.association_page = 500;
	s->manner.lists = 3;
	s->manner.members = 250;
	s->limits.burst.ms = 10000;
	s->cache.max = CACHE_MAX;
	add_customs(s, argc, argv);
	while ((c = getopt_long(argc, argv, "", long_options, NULL)) != -1) {
		switch (c) {
		case OPT_HELP: fputs(help, stdout); exit(0);
		case OPT_PORT: o->port = (unsigned short)number(65535); break;
		case OPT_LOG: o->log = optarg; break;
		case OPT_STAY: o->stay = true; break;
		case OPT_SERVE: check(files_add(&s->files, optarg)); break;
		default:
			set_portal(s, c);
			set_limits(&s->limits, c);
			set_manner(&s->manner, c);
		}
	}
	portal_finish(&s->portal);
	limits_start(&s->limits);
	cache_start(&s->cache);
}
