/* SPDX-FileCopyrightText: 2026 the hs-tools authors
 * SPDX-License-Identifier: MIT */
#ifndef HS_GROW_H
#define HS_GROW_H

#include <stddef.h>

/*
 * Arrays that grow.  HS_GROW(v, n, cap) makes room for one more element
 * behind the n that v holds; cap is how many fit, and v may move.  Both start
 * as NULL and 0, and v is the caller's to free.
 *
 *	if (HS_GROW(l->v, l->n, l->cap) < 0)
 *		return hs_err_mem(e, "links");
 *	l->v[l->n++] = link;
 *
 * Returns 0, or -1 with errno ENOMEM and the array as it was.
 */
#define HS_GROW(v, n, cap) \
	((n) < (cap) ? 0 : hs_grow(&(v), &(cap), sizeof *(v)))

/* Makes the array at *v, of *cap elements of a size, larger. */
int hs_grow(void *v, size_t *cap, size_t size);

#endif
