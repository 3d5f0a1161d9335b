/* SPDX-FileCopyrightText: 2026 the hs-tools authors
 * SPDX-License-Identifier: MIT */
/* hs-fetch --dry-run. */
#include "run.h"

static int
add_requests(struct run *r, const struct list_plan *plan,
    unsigned long long total, struct hs_buf *text)
{
	unsigned long long pages;
	char n[32];

	if (r->list.limit > 0 && r->list.limit < total)
		total = r->list.limit;
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
add_records(struct run *r, const struct list_plan *plan, struct hs_buf *text,
    struct hs_err *e)
{
	unsigned long long total = 0;
	char n[32];

	if (!r->object.records)
		return 0;
	if (r->list.archived)
		return hs_buf_puts(text, "records: not known\n");
	if (lookup_total(&r->api, r->object.type, &total, e) < 0)
		return -1;
	if (hs_buf_printf(text, "records: %s\n", progress_number(total, n)) < 0)
		return hs_err_mem(e, "plan");
	return add_requests(r, plan, total, text);
}

int
dryrun(struct run *r, struct hs_err *e)
{
	struct hs_buf *text = r->plan;
	struct list_plan plan = {0};
	long limit, used;
	struct hs_err ignored;
	int n;

	if (list_plan(&r->api, &r->list, &plan, e) < 0)
		return -1;
	n = hs_buf_printf(text, "list: GET %s\n", hs_buf_str(&plan.url));
	hs_buf_free(&plan.url);
	if (n < 0)
		return hs_err_mem(e, "plan");
	if (add_records(r, &plan, text, e) < 0)
		return -1;
	if (lookup_daily(&r->api, &limit, &used, &ignored) < 0 || limit < 0)
		n = hs_buf_puts(text, "daily quota left: not known\n");
	else
		n = hs_buf_printf(text, "daily quota left: %ld of %ld\n",
		    limit - used, limit);
	return n < 0 ? hs_err_mem(e, "plan") : 0;
}
