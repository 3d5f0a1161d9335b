/* SPDX-FileCopyrightText: 2026 the hs-tools authors
 * SPDX-License-Identifier: MIT */
/* hs-fetch --dry-run. */
#include "dryrun.h"

#include "changed.h"
#include "list.h"
#include "meter.h"

static void
add_number(struct hs_buf *text, const char *title, unsigned long long n)
{
	hs_buf_printf(text, "%s: ", title);
	hs_meter_number((long long)n, text);
}

static void
add_requests(const struct list_options *o, const struct list_plan *plan,
    unsigned long long total, struct hs_buf *text)
{
	if (o->limit > 0 && o->limit < total)
		total = o->limit;
	unsigned long long pages =
	    total / plan->limit + (total % plan->limit > 0);
	pages = pages > 0 ? pages : 1;
	unsigned long long together = 1000 / plan->limit;
	unsigned long long linked =
	    o->labels || o->since
		? (pages + together - 1) / together * o->object->assocs
		: 0;
	add_number(
	    text, "requests", (plan->batches ? 2 * pages : pages) + linked);
	if (plan->batches)
		hs_buf_puts(text, " (half of them batch reads: the properties "
				  "do not fit into a URL)");
	if (linked > 0)
		hs_buf_printf(text, " (%llu of them for %s)", linked,
		    o->labels ? "labels" : "associations");
	hs_buf_puts(text, "\n");
}

/* The search counts records that are not archived. */
static int
add_records(struct session *api, const struct list_options *o,
    const struct list_plan *plan, struct hs_buf *text, struct hs_err *refused,
    struct hs_err *e)
{
	unsigned long long total = 0;

	if (!o->object->records)
		return 0;
	if (o->archived) {
		hs_buf_puts(text, "records: not known\n");
	} else if (lookup_total(api, o->object->type, o->since, &total, e) ==
		       0 ||
		   (api->refused == 403 && !o->since &&
		       lookup_usage(api, o->object->type, &total))) {
		add_number(text, "records", total);
		hs_buf_puts(text, "\n");
		add_requests(o, plan, total, text);
	} else if (api->refused == 403) {
		hs_buf_puts(text, "records: not known (no search)\n");
		*refused = *e;
	} else {
		return -1;
	}
	return 0;
}

int
dryrun(struct session *api, const struct list_options *o, struct hs_buf *text,
    struct hs_err *refused, struct hs_err *e)
{
	struct list_plan plan = {0};
	struct hs_err ignored;
	long limit, used;

	refused->text[0] = '\0';
	if (list_plan(api, o, &plan, e) < 0)
		return -1;
	hs_buf_printf(text, "list: %s %s\n",
	    o->object->kind->post || changed_searches(o) ? "POST" : "GET",
	    hs_buf_str(&plan.url));
	hs_buf_free(&plan.url);
	if (add_records(api, o, &plan, text, refused, e) < 0)
		return -1;
	if (lookup_daily(api, &limit, &used, &ignored) < 0 || limit < 0)
		hs_buf_puts(text, "daily quota left: not known\n");
	else
		hs_buf_printf(text, "daily quota left: %ld of %ld\n",
		    limit - used, limit);
	return hs_buf_check(text, e, "plan");
}
