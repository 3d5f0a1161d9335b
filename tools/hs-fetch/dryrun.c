/* SPDX-FileCopyrightText: 2026 the hs-tools authors
 * SPDX-License-Identifier: MIT */
/* hs-fetch --dry-run. */
#include "dryrun.h"

#include "list.h"
#include "progress.h"

static int
add_requests(const struct list_options *o, const struct list_plan *plan,
    unsigned long long total, struct hs_buf *text)
{
	unsigned long long pages;
	char n[32];

	if (o->limit > 0 && o->limit < total)
		total = o->limit;
	pages = total / plan->limit + (total % plan->limit > 0);
	pages = pages > 0 ? pages : 1;
	return hs_buf_printf(text, "requests: %s%s\n",
	    progress_number(plan->batches ? 2 * pages : pages, n),
	    plan->batches ? " (half of them batch reads: the properties do "
			    "not fit into a URL)"
			  : "");
}

/* The search counts records that are not archived. */
static int
add_records(struct session *api, const struct list_options *o,
    const struct list_plan *plan, struct hs_buf *text, struct hs_err *e)
{
	unsigned long long total = 0;
	char n[32];

	if (!o->object->records)
		return 0;
	if (o->archived)
		return hs_buf_puts(text, "records: not known\n");
	if (lookup_total(api, o->object->type, &total, e) < 0)
		return -1;
	hs_buf_printf(text, "records: %s\n", progress_number(total, n));
	return add_requests(o, plan, total, text);
}

int
dryrun(struct session *api, const struct list_options *o, struct hs_buf *text,
    struct hs_err *e)
{
	struct list_plan plan = {0};
	long limit, used;
	struct hs_err ignored;

	if (list_plan(api, o, &plan, e) < 0)
		return -1;
	hs_buf_printf(text, "list: GET %s\n", hs_buf_str(&plan.url));
	hs_buf_free(&plan.url);
	if (add_records(api, o, &plan, text, e) < 0)
		return -1;
	if (lookup_daily(api, &limit, &used, &ignored) < 0 || limit < 0)
		hs_buf_puts(text, "daily quota left: not known\n");
	else
		hs_buf_printf(text, "daily quota left: %ld of %ld\n",
		    limit - used, limit);
	return hs_buf_check(text, e, "plan");
}
