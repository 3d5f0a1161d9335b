/* SPDX-FileCopyrightText: 2026 the hs-tools authors
 * SPDX-License-Identifier: MIT */
/* hs-fetch --dry-run. */
#include "run.h"

static int
add_requests(struct hs_fetch_run *r, const struct hs_fetch_plan *plan,
    unsigned long long total, struct hs_buf *text)
{
	unsigned long long pages;
	char n[32];

	if (r->list.limit > 0 && r->list.limit < total)
		total = r->list.limit;
	pages = total / plan->limit + (total % plan->limit > 0);
	pages = pages > 0 ? pages : 1;
	return hs_buf_printf(text, "requests: %s%s\n",
	    hs_progress_number(plan->batches ? 2 * pages : pages, n),
	    plan->batches ? " (half of them batch reads: the properties do "
			    "not fit into a URL)"
			  : "");
}

/* The search counts records that are not archived. */
static int
add_records(struct hs_fetch_run *r, const struct hs_fetch_plan *plan,
    struct hs_buf *text, struct hs_err *e)
{
	unsigned long long total = 0;
	char n[32];

	if (!r->object.records)
		return 0;
	if (r->list.archived)
		return hs_buf_puts(text, "records: not known\n");
	if (hs_crm_total(&r->crm, r->object.type, &total, e) < 0)
		return -1;
	if (hs_buf_printf(text, "records: %s\n", hs_progress_number(total, n)) <
	    0)
		return hs_err_mem(e, "plan");
	return add_requests(r, plan, total, text);
}

int
hs_fetch_run_plan(struct hs_fetch_run *r, struct hs_err *e)
{
	struct hs_buf *text = r->plan;
	struct hs_fetch_plan plan = {0};
	long limit, used;
	struct hs_err ignored;
	int n;

	if (hs_fetch_plan(&r->crm, &r->list, &plan, e) < 0)
		return -1;
	n = hs_buf_printf(text, "list: GET %s\n", hs_buf_str(&plan.url));
	hs_buf_free(&plan.url);
	if (n < 0)
		return hs_err_mem(e, "plan");
	if (add_records(r, &plan, text, e) < 0)
		return -1;
	if (hs_crm_daily(&r->crm, &limit, &used, &ignored) < 0 || limit < 0)
		n = hs_buf_puts(text, "daily quota left: not known\n");
	else
		n = hs_buf_printf(text, "daily quota left: %ld of %ld\n",
		    limit - used, limit);
	return n < 0 ? hs_err_mem(e, "plan") : 0;
}
