/* SPDX-FileCopyrightText: 2026 the hs-tools authors
 * SPDX-License-Identifier: MIT */
/* The keys that the next object likely has. */
#include "scan-known.h"

#include <stdlib.h>

#include "grow.h"

#define TEXT_MAX ((size_t)256 << 10)
#define MISSED_MAX 8
#define REST 1000

void
hs_known_learn(struct hs_known *k, size_t i, struct hs_span text)
{
	if (i > k->n || i >= HS_KNOWN_MAX || text.len > HS_KNOWN_KEY_MAX)
		return;
	k->changes++;
	/* Keys that were replaced still take room: start again. */
	if (k->text.len + text.len > TEXT_MAX) {
		hs_buf_clear(&k->text);
		k->n = 0;
		return;
	}
	if (HS_GROW(k->v, i, k->cap) < 0 || hs_buf_put(&k->text, text) < 0)
		return;
	k->v[i] = (struct hs_known_key){
	    (uint32_t)(k->text.len - text.len), (uint32_t)text.len};
	if (i == k->n)
		k->n++;
}

void
hs_known_end(struct hs_known *k, bool surprised)
{
	k->missed = surprised ? k->missed + 1 : 0;
	if (k->missed < MISSED_MAX)
		return;
	k->missed = 0;
	k->rest = REST;
}

void
hs_known_free(struct hs_known *k)
{
	hs_buf_free(&k->text);
	free(k->v);
	*k = (struct hs_known){0};
}
