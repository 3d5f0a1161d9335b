/* SPDX-FileCopyrightText: 2026 the hs-tools authors
 * SPDX-License-Identifier: MIT */
/* The plans of a whole run. */
#include "plans.h"

#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#include "buf.h"

/* Adds the path's parts but those that mean nothing. */
static int
add_parts(struct hs_buf *b, const char *path)
{
	int r = 0;

	while (r == 0 && *path != '\0') {
		size_t n = strcspn(path, "/");

		if (n > 0 && !(n == 1 && *path == '.'))
			r = hs_buf_addc(b, '/') < 0 ? -1
						    : hs_buf_add(b, path, n);
		path += n + (path[n] == '/');
	}
	return r;
}

/* The path with what exists of it resolved, so that two spellings of one
 * file are the same; the caller frees it.  NULL: no memory. */
static char *
canonical(const char *path)
{
	char *head = strdup(path), *real = NULL;
	size_t n = strlen(path);
	struct hs_buf b = {0};

	/* From the whole path up to what is there. */
	while (head != NULL && n > 0 && (real = realpath(head, NULL)) == NULL) {
		while (n > 0 && head[n - 1] == '/')
			n--;
		while (n > 0 && head[n - 1] != '/')
			n--;
		head[n] = '\0';
	}
	if (head != NULL && real == NULL)
		real = realpath(".", NULL);
	if (real == NULL || add_parts(&b, real) < 0 ||
	    add_parts(&b, path + n) < 0 || hs_buf_str(&b) == NULL)
		hs_buf_free(&b);
	free(head);
	free(real);
	return b.data;
}

static bool
is_same(const char *a, const char *b)
{
	char *x = canonical(a), *y = canonical(b);
	bool same =
	    x != NULL && y != NULL ? strcmp(x, y) == 0 : strcmp(a, b) == 0;

	free(x);
	free(y);
	return same;
}

static int
check_target(const struct hs_plans *p, size_t i, struct hs_err *e)
{
	const struct hs_plan *plan = &p->v[i];

	for (size_t j = 0; plan->dir && j < i; j++)
		if (p->v[j].dir && is_same(p->v[j].target, plan->target)) {
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
