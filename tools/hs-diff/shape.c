/* SPDX-FileCopyrightText: 2026 the hs-tools authors
 * SPDX-License-Identifier: MIT */
/* The columns of both sides. */
#include "shape.h"

#include <stdlib.h>
#include <string.h>

void
shape_init(struct shape *sh)
{
	for (size_t k = 0; k < KEY_MAX; k++)
		sh->key_at[k] = SHAPE_NONE;
}

static int
grow(struct shape *sh, struct hs_err *e)
{
	size_t cap = sh->names.cap > 64 ? sh->names.cap : 64;
	struct column *v = reallocarray(sh->v, cap, sizeof *v);

	if (!v)
		return hs_err_mem(e, "columns");
	memset(v + sh->cap, 0, (cap - sh->cap) * sizeof *v);
	sh->v = v;
	sh->cap = cap;
	return 0;
}

static bool
is_compared(const struct shape *sh, struct hs_span name)
{
	return (sh->only.n == 0 || hs_columns_has(&sh->only, name)) &&
	       !hs_columns_has(&sh->ignore, name);
}

int
shape_enter(struct shape *sh, size_t i, int side, struct hs_err *e)
{
	struct hs_span name = sh->names.name[i];

	if (i >= sh->cap && grow(sh, e) < 0)
		return -1;
	struct column *c = &sh->v[i];
	c->in[side] = true;
	c->compared = is_compared(sh, name);
	sh->has[side] = true;
	size_t k = hs_columns_at(&sh->key, name);
	if (k != HS_COLUMNS_NONE)
		sh->key_at[k] = i;
	return 0;
}

bool
shape_changed(const struct shape *sh, size_t i, int *side)
{
	const struct column *c = &sh->v[i];

	*side = c->in[NEW] ? NEW : OLD;
	/* A side without columns says nothing of them; nor does what changed
	 * say that a column is gone. */
	if (!c->compared || !sh->has[OLD] || !sh->has[NEW] ||
	    (sh->partial && !c->in[NEW]))
		return false;
	return c->in[OLD] != c->in[NEW];
}

bool
shape_counts(const struct shape *sh, size_t i)
{
	const struct column *c = &sh->v[i];

	if (!c->compared || (sh->partial && !c->in[NEW]))
		return false;
	return sh->all || (c->in[OLD] && c->in[NEW]);
}

void
shape_free(struct shape *sh)
{
	hs_columns_free(&sh->key);
	hs_columns_free(&sh->only);
	hs_columns_free(&sh->ignore);
	hs_columns_free(&sh->names);
	free(sh->v);
	sh->v = NULL;
	sh->cap = 0;
}
