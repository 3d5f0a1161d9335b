/* SPDX-FileCopyrightText: 2026 the hs-tools authors
 * SPDX-License-Identifier: MIT */
/* Where chains meet, and what is certain then. */
#include "meet.h"

#include "pages.h"

static void
count_held(struct fetch *f)
{
	f->held = 0;
	for (struct chain *c = f->chains; c; c = c->next)
		for (struct answer *l = c->pages; l; l = l->next)
			f->held += l->body.cap;
}

/* Nothing of it is wanted; it goes when its call has ended. */
static void
drop(struct fetch *f, struct chain *c)
{
	if (session_unpost(f->api, &c->call))
		f->p->guesses -= c->guess && !c->started;
	else
		f->p->wasted += call_pending(&c->call);
	f->p->wasted += c->held;
	chain_forget(c);
	if (!call_pending(&c->call)) {
		chain_free(c);
		return;
	}
	c->call.once = true;
	c->dropped = true;
	c->next = f->dropped;
	f->dropped = c;
}

void
meet_bury(struct fetch *f, struct chain *c)
{
	struct chain **at = &f->dropped;

	while (*at != c)
		at = &(*at)->next;
	*at = c->next;
	chain_free(c);
}

static void
drop_behind(struct fetch *f, struct chain *c)
{
	struct chain *d = c->next, *next;

	c->next = NULL;
	c->joined = false;
	for (; d; d = next) {
		next = d->next;
		drop(f, d);
	}
	count_held(f);
}

void
meet_distrust(struct fetch *f, struct chain *c)
{
	drop_behind(f, c);
	f->distrust = f->trusted ? f->distrust + 1 : DISTRUST_MAX;
	f->proof = 0;
	f->end_known = false;
}

struct chain *
meet_before(struct fetch *f, const struct chain *c)
{
	struct chain *b = f->chains;

	while (b->next != c)
		b = b->next;
	return b;
}

/* Whether the ids of a's last page from k on are those that its next chain
 * begins with, as far as both are known. */
static bool
overlap_agrees(const struct chain *a, size_t k)
{
	const struct answer *l = a->tail, *m = a->next->pages;
	size_t j = 0;

	for (; k < l->n; k++, j++) {
		if (m && j == m->n) {
			m = m->next;
			j = 0;
		}
		if (!m)
			return true;
		if (j >= m->n || l->item[k].number != m->item[j].number)
			return false;
	}
	return true;
}

/* The chain ended although a later one has a record: read its last page once
 * more, then believe it. */
static void
recheck(struct fetch *f, struct chain *c)
{
	if (c->rechecked)
		return;
	c->rechecked = true;
	f->p->wasted++;
	chain_untake(c);
}

/* Whether the chain's last page may reach into the next chain. */
static bool
crosses(const struct chain *c)
{
	const struct answer *l = c->tail;

	if (!l || !c->next || c->joined)
		return false;
	return !l->more || !l->regular || l->after_number >= c->next->guess;
}

/* The rank of a chain is known now, and those that were reckoned from it. */
static void
set_rank(struct chain *c, unsigned long long rank)
{
	unsigned long long more = rank - c->rank;

	c->rank = rank;
	c->exact = true;
	for (c = c->next; c && !c->exact && !c->from_rear; c = c->next)
		c->rank += more;
}

/* How many records the chains have that have met, or come to the end, tells
 * the rank of one from that of another. */
static void
learn_ranks(struct fetch *f)
{
	unsigned long long total = f->o->range->total;
	bool more = true;

	while (more) {
		more = false;
		for (struct chain *c = f->chains, *b; c; c = b) {
			bool was = c->exact;

			b = c->next;
			if (!b && c->ended && !was && total > c->read)
				set_rank(c, total - c->read);
			if (b && c->joined && was != b->exact) {
				unsigned long long n =
				    c->read - c->tail->n + c->join_at;

				if (was)
					set_rank(b, c->rank + n);
				else
					set_rank(c, b->rank - n);
			}
			more |= c->exact != was;
		}
	}
}

/* Looks where the chain's last page, which crosses, reaches the next chain,
 * whose first record is known. */
static void
check_join(struct fetch *f, struct chain *c)
{
	const struct answer *l = c->tail;
	const struct chain *b = c->next;
	size_t k = 0;

	if (l->regular) {
		while (k < l->n && l->item[k].number < b->first)
			k++;
		c->join_at = k;
		c->joined = k < l->n ? l->item[k].number == b->first &&
					   overlap_agrees(c, k)
				     : l->more;
		if (c->joined) {
			learn_ranks(f);
			f->p->wasted += k == 0;
			f->trusted = true;
			return;
		}
	}
	meet_distrust(f, c);
	if (l->regular && k == l->n && !l->more)
		recheck(f, c);
}

/* Two guesses with nothing between them find the same page: the chain that
 * has read less goes.  Gives the chain to look at next. */
static struct chain *
drop_twin(struct fetch *f, struct chain *c)
{
	struct chain *b = c->next;

	if (b->started && b->first == c->first && b->held > c->held) {
		meet_before(f, c)->next = b;
		/* There is nothing between the two guesses. */
		b->guess = c->guess;
		drop(f, c);
		return b;
	}
	c->next = b->next;
	c->joined = false;
	drop(f, b);
	return c;
}

static bool
is_twin(const struct chain *c, const struct chain *b)
{
	return c->guess > 0 && c->started && c->first >= b->guess &&
	       (!b->started || b->first == c->first);
}

/* Puts together what is known of neighbours. */
static void
join_chains(struct fetch *f)
{
	struct chain *c = f->chains, *b;

	while (c && (b = c->next)) {
		if (b->ended && b->pages && b->pages->n == 0) {
			/* Nothing that far: the guess was past the end. */
			drop_behind(f, c);
			f->end_known = true;
		} else if (is_twin(c, b)) {
			c = drop_twin(f, c);
		} else {
			if (b->started && crosses(c))
				check_join(f, c);
			c = c->next;
		}
	}
}

/* Hands the head's pages over as far as that is safe. */
static int
accept_head(struct fetch *f, struct chain *c)
{
	while (c->pages) {
		bool last = c->pages == c->tail;

		if (last && crosses(c) && !c->next->started)
			return 0;
		struct answer *l = chain_shift(c);
		size_t n = last && c->joined ? c->join_at : l->n;
		int r = pages_accept(f, l, n);

		answer_free(l);
		if (r < 0)
			return -1;
	}
	return 0;
}

int
meet_accept(struct fetch *f)
{
	struct chain *c;

	join_chains(f);
	while ((c = f->chains)) {
		if (accept_head(f, c) < 0)
			return -1;
		if (!c->joined || c->pages)
			break;
		f->chains = c->next;
		set_rank(f->chains, f->o->records + f->accepted);
		chain_free(c);
	}
	count_held(f);
	return 0;
}
