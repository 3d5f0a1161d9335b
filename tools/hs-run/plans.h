/* SPDX-FileCopyrightText: 2026 the hs-tools authors
 * SPDX-License-Identifier: MIT */
#ifndef HS_PLANS_H
#define HS_PLANS_H

#include <stddef.h>

#include "pipeline.h"
#include "err.h"
#include "plan.h"

/* The plans of all pipelines in some files: what a run is going to do, whole
 * before anything is done. */
struct hs_plans {
	struct hs_config config;
	struct hs_plan *v;
	size_t n;
};

/* file ends with a NULL; its strings stay the caller's.  Besides what a file
 * or a plan can be refused for, no two pipelines may write the same table.
 * The caller frees in both cases. */
int hs_plans_make(struct hs_plans *p, char *const *file,
    const struct hs_site *site, struct hs_err *e);

void hs_plans_free(struct hs_plans *p);

#endif
