/* SPDX-FileCopyrightText: 2026 the hs-tools authors
 * SPDX-License-Identifier: MIT */
/* Where chains meet, and what is certain then. */
#include "chain.h"

#include <stdlib.h>

bool
chain_lawful(const struct chain *c, const struct hs_listed *l)
{
	uint64_t last = 0;

	if (l->extra.len > 0 || (l->more && l->n != c->f->limit))
		return false;
	for (size_t i = 0; i < l->n; i++) {
		if (!l->item[i].numeric || (i > 0 && l->item[i].number <= last))
			return false;
		last = l->item[i].number;
	}
	if (l->n > 0 && c->cursor != NULL) {
		bool guessed = c->guess != 0 && c->position == c->guess;
		uint64_t first = l->item[0].number;

		if (!guessed && first != c->position)
			return false;
		/* A guess need only be reached; read again, it has to lead
		 * to the same place. */
		if (guessed &&
		    (c->started ? first != c->first : first < c->guess))
			return false;
	}
	return !l->more || (l->after_numeric && l->after_number > last);
}

/* Whether the ids of a's last page from k on are those that its next chain
 * begins with, as far as both are known. */
static bool
overlap_agrees(const struct chain *a, size_t k)
{
	const struct hs_listed *l = a->tail, *m = a->next->pages;
	size_t j = 0;

	for (; k < l->n; k++, j++) {
		if (m != NULL && j == m->n) {
			m = m->next;
			j = 0;
		}
		if (m == NULL)
			return true;
		if (j >= m->n || l->item[k].number != m->item[j].number)
			return false;
	}
	return true;
}

/* The chain ended although a later one has a record: read its last page once
 * more, then believe it. */
static void
recheck(struct chain *c)
{
	struct hs_listed **at = &c->pages, *l = c->tail;

	if (c->rechecked)
		return;
	c->rechecked = true;
	c->ended = false;
	while (*at != l)
		at = &(*at)->next;
	*at = NULL;
	c->tail = NULL;
	for (struct hs_listed *m = c->pages; m != NULL; m = m->next)
		c->tail = m;
	c->held--;
	free(c->cursor);
	c->cursor = l->requested;
	l->requested = NULL;
	hs_seen_number(hs_span_str(c->cursor ? c->cursor : ""), &c->position);
	hs_listed_free(l);
}

/* Looks whether the chain's last page has come upon the next chain. */
static void
check_join(struct fetch *f, struct chain *c)
{
	const struct hs_listed *l = c->tail;
	const struct chain *b = c->next;
	size_t k = 0;

	if (l->lawful) {
		while (k < l->n && l->item[k].number < b->first)
			k++;
		if (k < l->n && l->item[k].number == b->first &&
		    overlap_agrees(c, k)) {
			c->joined = true;
			c->join_at = k;
			return;
		}
		if (k == l->n && l->more && l->after_number <= b->first) {
			c->joined = l->after_number == b->first;
			c->join_at = l->n;
			return;
		}
	}
	chain_distrust(f, c);
	if (l->lawful && k == l->n && !l->more)
		recheck(c);
}

/* Whether the chain's last page may reach into the next chain. */
static bool
crosses(const struct chain *c)
{
	const struct hs_listed *l = c->tail;

	if (l == NULL || c->next == NULL || c->joined)
		return false;
	return !l->more || !l->lawful || l->after_number >= c->next->guess;
}

/* Puts together what is known of neighbours. */
static void
join_chains(struct fetch *f)
{
	for (struct chain *c = f->chains; c != NULL; c = c->next) {
		struct chain *b = c->next;

		if (b == NULL || !b->started)
			continue;
		if (b->ended && b->pages != NULL && b->pages->n == 0) {
			/* Nothing that far: the guess was past the end. */
			chain_drop_behind(f, c);
			f->end_known = true;
		} else if (crosses(c)) {
			check_join(f, c);
		}
	}
}

/* Hands the head's pages over as far as that is safe. */
static int
accept_head(struct fetch *f, struct chain *c)
{
	while (c->pages != NULL) {
		struct hs_listed *l = c->pages;
		bool last = l == c->tail;
		size_t n = l->n;
		int r;

		if (last && crosses(c) && !c->next->started)
			return 0;
		if (last && c->joined)
			n = c->join_at;
		c->pages = l->next;
		c->held--;
		if (last)
			c->tail = NULL;
		r = pages_accept(f, l, 0, n, n == l->n);
		hs_listed_free(l);
		if (r < 0)
			return -1;
	}
	return 0;
}

int
chain_accept(struct fetch *f)
{
	struct chain *c;

	join_chains(f);
	while ((c = f->chains) != NULL) {
		if (accept_head(f, c) < 0)
			return -1;
		if (!c->joined || c->pages != NULL)
			break;
		f->chains = c->next;
		chain_delete(c);
	}
	chain_count_held(f);
	return 0;
}
