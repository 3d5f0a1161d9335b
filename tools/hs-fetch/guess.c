/* SPDX-FileCopyrightText: 2026 the hs-tools authors
 * SPDX-License-Identifier: MIT */
/* Where further chains begin. */
#include "guess.h"

#define STRETCH_MIN 2 /* pages from one chain's start to the next's */
#define STRETCH_MAX 16
#define SPLIT_MIN 4 /* pages that are worth another chain */
#define GUESS_MAX (UINT64_C(1) << 59)

static bool
is_active(const struct chain *c)
{
	return !c->ended && !c->joined;
}

/* Pages that no chain has read yet; 0 where the search does not tell. */
static size_t
pages_left(const struct fetch *f)
{
	unsigned long long have = f->accepted;

	for (const struct chain *c = f->chains; c; c = c->next)
		have += (unsigned long long)c->held * f->limit;
	if (!f->o->range->known || f->o->range->total <= have)
		return 0;
	return (size_t)((f->o->range->total - have) / f->limit + 1);
}

unsigned
guess_stretch(const struct fetch *f)
{
	size_t jobs = (size_t)f->api->options.jobs, left = pages_left(f);
	size_t most = HELD_BYTES / (jobs * (f->page_bytes + 1)), n;

	if (most > STRETCH_MAX)
		most = STRETCH_MAX;
	if (most < STRETCH_MIN)
		most = STRETCH_MIN;
	if (left > 0) {
		/* Equal parts for all jobs, in as many rounds as it takes. */
		size_t rounds = (left + jobs * most - 1) / (jobs * most);

		n = (left + jobs * rounds - 1) / (jobs * rounds);
	} else {
		/* A list that may be short is cut into small pieces. */
		n = STRETCH_MIN + (size_t)(f->accepted / f->limit / 4);
	}
	return (unsigned)(n < STRETCH_MIN ? STRETCH_MIN : n > most ? most : n);
}

/* Whether the ids that are left lie about as far apart as the last ones: then
 * guesses far ahead are as good as near ones. */
static bool
is_even(const struct fetch *f)
{
	const struct lookup_range *r = f->o->range;
	const struct chain *head = f->chains;

	if (!r->known || r->total < f->accepted + f->limit ||
	    r->greatest < head->position || head->span == 0)
		return false;
	uint64_t left = r->greatest - head->position;
	uint64_t mean = left / (r->total - f->accepted) * f->limit;

	return mean / 2 < head->span && head->span / 2 < mean;
}

/* Whether there is room for another chain, and for its pages.  The number of
 * those that have not found their first page is bounded: it doubles or
 * triples from one answer to the next, so that a list of surprises costs few
 * requests. */
static bool
may_have_more(const struct fetch *f)
{
	int active = 0, waiting = 0;

	for (const struct chain *c = f->chains; c; c = c->next) {
		active += is_active(c);
		waiting += !c->started;
	}
	if (active >= f->api->options.jobs || f->held >= HELD_BYTES)
		return false;
	if (f->o->range->known)
		return is_even(f) || waiting <= 2 * (active - waiting);
	return waiting * 2 <= active;
}

/* Whether a chain that begins at the number is far enough from the end. */
static bool
before_end(const struct fetch *f, uint64_t number, uint64_t span)
{
	if (f->end_known || number > GUESS_MAX)
		return false;
	return !f->o->range->known ||
	       number + span / 2 <= f->o->range->greatest;
}

/* The chain with the most pages before it, at least SPLIT_MIN, is halved: all
 * that lies ahead is some chain's already. */
static bool
split_widest(const struct fetch *f, struct chain **behind, uint64_t *number)
{
	uint64_t widest = SPLIT_MIN;

	*behind = NULL;
	for (struct chain *c = f->chains; c; c = c->next) {
		uint64_t end =
		    c->next ? c->next->guess : f->o->range->greatest;

		if (!is_active(c) || !c->started || c->span == 0 ||
		    end <= c->position || (end - c->position) / c->span < widest)
			continue;
		widest = (end - c->position) / c->span + 1;
		*behind = c;
		*number = c->position + (end - c->position) / 2;
	}
	return *behind;
}

bool
guess_next(const struct fetch *f, struct chain **behind, uint64_t *number)
{
	unsigned stretch = guess_stretch(f);

	if (!may_have_more(f))
		return false;
	for (struct chain *c = f->chains; c; c = c->next) {
		if (!is_active(c) || c->span == 0 ||
		    c->span > GUESS_MAX / STRETCH_MAX)
			continue;
		uint64_t wide = c->span * stretch;

		*behind = c;
		*number = c->position + wide;
		if (!c->next && before_end(f, *number, c->span))
			return true;
		if (c->next && c->started && c->next->guess > c->position &&
		    c->next->guess - c->position > 2 * wide)
			return true;
	}
	return f->o->range->known && split_widest(f, behind, number);
}
