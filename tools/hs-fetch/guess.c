/* SPDX-FileCopyrightText: 2026 the hs-tools authors
 * SPDX-License-Identifier: MIT */
/* Where further chains begin. */
#include "chain.h"

#include <stdio.h>
#include <stdlib.h>

#define PROOF 2	      /* lawful pages before there are more chains */
#define STRETCH_MIN 2 /* pages from one chain's start to the next's */
#define STRETCH_MAX 16
#define GUESS_MAX (UINT64_C(1) << 59)

void
chain_learn(struct fetch *f, const struct hs_listed *l)
{
	f->page_bytes = l->body.len;
	if (!l->lawful || l->n < 2)
		return;
	f->span = (l->item[l->n - 1].number - l->item[0].number) / (l->n - 1) *
		      f->limit +
		  1;
}

/* How many pages a chain should have to read: enough to make the one that
 * overlaps with the next cheap, few enough to hold them all. */
unsigned
chain_stretch(const struct fetch *f)
{
	size_t jobs = (size_t)f->crm->options.jobs;
	size_t n = HELD_BYTES / (jobs * (f->page_bytes + 1));
	size_t young = STRETCH_MIN + (size_t)(f->accepted / f->limit / 4);

	/* A list that may be short is cut into small pieces. */
	if (n > young)
		n = young;
	return n < STRETCH_MIN	 ? STRETCH_MIN
	       : n > STRETCH_MAX ? STRETCH_MAX
				 : (unsigned)n;
}

/* A chain that is far from the next one, or the last; NULL if there is
 * none. */
static struct chain *
find_gap(const struct fetch *f)
{
	uint64_t wide = f->span * chain_stretch(f);

	for (struct chain *c = f->chains; c != NULL; c = c->next) {
		if (c->ended || c->joined)
			continue;
		if (c->next == NULL)
			return f->end_known ? NULL : c;
		if (c->next->guess > c->position &&
		    c->next->guess - c->position > 2 * wide)
			return c;
	}
	return NULL;
}

static bool
wants_more_chains(const struct fetch *f)
{
	int n = 0, waiting = 0;

	for (const struct chain *c = f->chains; c != NULL; c = c->next) {
		n++;
		waiting += !c->started;
	}
	/* Doubles from one answer to the next: a short list costs few
	 * guesses. */
	return n < f->crm->options.jobs && waiting * 2 <= n &&
	       f->held < HELD_BYTES;
}

static bool
may_guess(const struct fetch *f)
{
	return f->proof >= PROOF && f->distrust < DISTRUST &&
	       f->round_trip > CHAIN_NEAR_NS && f->crm->options.jobs > 1 &&
	       f->o->limit == 0 && f->o->object->records &&
	       f->span > 0;
}

int
chain_add(struct fetch *f)
{
	while (may_guess(f) && wants_more_chains(f)) {
		struct chain *c, *at = find_gap(f);
		uint64_t guess;

		if (at == NULL)
			return 0;
		guess = at->position + f->span * chain_stretch(f);
		if (f->span > GUESS_MAX / STRETCH_MAX || guess > GUESS_MAX)
			return 0;
		c = chain_new(f);
		if (c == NULL)
			return -1;
		if (asprintf(&c->cursor, "%llu", (unsigned long long)guess) <
		    0) {
			c->cursor = NULL;
			chain_delete(c);
			return hs_err_mem(f->e, "cursor");
		}
		c->guess = c->position = guess;
		c->next = at->next;
		at->next = c;
		f->repage = true;
	}
	return 0;
}
