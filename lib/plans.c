/* SPDX-FileCopyrightText: 2026 the hs-tools authors
 * SPDX-License-Identifier: MIT */
/* The plans of a whole run. */
#include "plans.h"

#include <stdlib.h>
#include <string.h>

static int
check_target(const struct hs_plans *p, size_t i, struct hs_err *e)
{
	const struct hs_plan *plan = &p->v[i];

	for (size_t j = 0; plan->dir && j < i; j++)
		if (p->v[j].dir && strcmp(p->v[j].target, plan->target) == 0) {
			hs_err_set(e, HS_CONFIG, "%s is written by %s, too",
			    plan->target, p->v[j].pipeline->label);
			return hs_config_at(
			    e, plan->pipeline, &plan->pipeline->table);
		}
	return 0;
}

int
hs_plans_make(struct hs_plans *p, char *const *file, const struct hs_site *site,
    struct hs_err *e)
{
	*p = (struct hs_plans){0};
	for (; *file; file++)
		if (hs_config_read(&p->config, *file, e) < 0)
			return -1;
	p->v = calloc(p->config.n, sizeof(*p->v));
	if (!p->v)
		return hs_err_mem(e, "plans");
	for (; p->n < p->config.n; p->n++) {
		const struct hs_pipeline *pipeline = &p->config.pipeline[p->n];
		if (hs_plan_make(&p->v[p->n], pipeline, site, e) < 0 ||
		    check_target(p, p->n, e) < 0) {
			p->n++;
			return -1;
		}
	}
	return 0;
}

void
hs_plans_free(struct hs_plans *p)
{
	for (size_t i = 0; i < p->n; i++)
		hs_plan_free(&p->v[i]);
	free(p->v);
	hs_config_free(&p->config);
	*p = (struct hs_plans){0};
}
