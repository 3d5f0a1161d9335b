/* SPDX-FileCopyrightText: 2026 the hs-tools authors
 * SPDX-License-Identifier: MIT */
/* Where further chains begin. */
#include "guess.h"

#include "clock.h"
#include "mark.h"
#include "part.h"

#define RISK 3
/* Pages that are worth a guess that may be in vain, and when too many were. */
#define RISKY_FEW 6
#define RISKY_MANY 12
#define GUESSES_MIN 8
/* Eighths of a page that a guess lies before the end of a chain's page: where
 * ids lie evenly, the chain's last page then holds the next one's first
 * record, and no further page is needed to meet it. */
#define EARLY 2
#define FIT_JOBS 24 /* places that are enough where all fits into a window */
#define SPLIT_MIN 4 /* pages that are worth another chain */

/* What a page takes of the ids that are left, on the average; 0: the ids of
 * the head lie otherwise, or it is not known. */
static uint64_t
even_span(const struct fetch *f)
{
	const struct lookup_range *r = f->o->range;
	const struct chain *head = f->chains;
	unsigned long long have = f->o->records + f->accepted;
	uint64_t mean;

	if (!r->known || r->total < have + f->limit ||
	    r->greatest < head->position || head->span == 0)
		return 0;
	mean =
	    chain_span(r->greatest - head->position, r->total - have, f->limit);
	return mean / 2 < head->span && head->span / 2 < mean ? mean : 0;
}

/*
 * How many guesses the list may cost in all: where ids lie evenly each means a
 * third of a request more than reading in order, else about half a one.  A list
 * that fits into one window of the rate limit stays within it, unless it would
 * take longer than the window so.
 */
static size_t
affordable(const struct fetch *f)
{
	size_t limit = (size_t)pace_limit(&f->api->pace);
	size_t pages = (size_t)(f->o->range->total / f->limit + 1);
	size_t most = pages / 3;

	if (!f->o->range->known || limit == 0)
		return SIZE_MAX;
	if (even_span(f) && part_fits(f)) {
		size_t n = (limit - pages - PART_SPARE) * 3;
		int64_t alone = (int64_t)pages * f->round_trip;

		if (alone / (int64_t)n < pace_window(&f->api->pace) * HS_MS)
			most = n;
	}
	return most < GUESSES_MIN ? GUESSES_MIN : most;
}

/* How many pages a chain should have to read: enough to make the page that
 * overlaps with the next chain cheap. */
static size_t
stretch_of(const struct fetch *f)
{
	size_t jobs = (size_t)f->api->options.jobs, left = (size_t)part_left(f);
	size_t most = chain_longest(f), n = affordable(f);

	if (jobs > n)
		jobs = n;
	if (f->by_part && part_fits(f) && jobs > FIT_JOBS)
		jobs = FIT_JOBS;
	if (f->o->range->known) {
		/* Equal parts for all jobs, in as many rounds as it takes. */
		size_t rounds = (left + jobs * most - 1) / (jobs * most);

		n = (left + jobs * rounds - 1) / (jobs * rounds);
	} else {
		/* A list that may be short is cut into small pieces. */
		n = CHAIN_LENGTH_MIN + (size_t)(f->accepted / f->limit / 4);
	}
	return n < CHAIN_LENGTH_MIN ? CHAIN_LENGTH_MIN : n > most ? most : n;
}

/* How many requests may be in vain: where the list's length is known, less
 * than a twentieth of its pages. */
static unsigned long long
allowance(const struct fetch *f, unsigned long long pages)
{
	const struct lookup_range *r = f->o->range;

	if (r->known)
		pages = r->total / f->limit;
	if (f->by_part)
		return pages / 20;
	return pages < 20 && r->known ? 3 : 1 + pages / 30;
}

/* Whether there is room for another chain, and for its pages. */
static bool
has_room(const struct fetch *f)
{
	int active = mark_pending(f);

	for (const struct chain *c = f->chains; c; c = c->next)
		active += chain_is_active(c);
	return active < f->api->options.jobs && f->held < HELD_BYTES;
}

/* Whether one more guess may be in vain: about one in RISK finds nothing new
 * where ids do not lie evenly.  *waiting is how many have not found their
 * place. */
static bool
may_risk(const struct fetch *f, unsigned long long *waiting)
{
	unsigned long long pages = f->accepted / f->limit;

	*waiting = 0;
	for (const struct chain *c = f->chains; c; c = c->next) {
		*waiting += !c->started && !c->sure;
		pages += c->held;
	}
	return RISK * f->p->wasted + *waiting < RISK * allowance(f, pages);
}

/* Whether a chain that begins at the number is far enough from the end. */
static bool
before_end(const struct fetch *f, uint64_t number, uint64_t span)
{
	if (f->end_known || number > CHAIN_SPAN_MAX)
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
		uint64_t end = c->next ? c->next->guess : f->o->range->greatest;

		if (!chain_is_active(c) || !c->started || c->span == 0 ||
		    end <= c->position ||
		    (end - c->position) / c->span < widest)
			continue;
		widest = (end - c->position) / c->span + 1;
		*behind = c;
		*number = c->position + (end - c->position) / 2;
	}
	return *behind;
}

/* Ids that lie evenly: behind the last chain, or between two that are far
 * apart. */
static bool
ahead_evenly(const struct fetch *f, uint64_t span, struct chain **behind,
    uint64_t *number)
{
	uint64_t far = span * stretch_of(f);

	for (struct chain *c = f->chains; c; c = c->next) {
		if (!chain_is_active(c))
			continue;
		*behind = c;
		*number = c->position + far - span * EARLY / 8;
		if (!c->next && before_end(f, *number, span))
			return true;
		if (c->next && c->started && c->next->guess > c->position &&
		    c->next->guess - c->position > 2 * far)
			return true;
	}
	return f->o->range->known && split_widest(f, behind, number);
}

/* Other ids: ahead of a chain that has found its place, one guess for each;
 * then in the middle of what lies behind the last guess. */
static bool
ahead_locally(const struct fetch *f, struct chain **behind, uint64_t *number)
{
	const struct lookup_range *r = f->o->range;
	size_t stretch = stretch_of(f);
	struct chain *last = f->chains;
	size_t waiting = 0;

	for (struct chain *c = f->chains; c; c = c->next) {
		last = c;
		waiting += !c->started;
		if (!chain_is_active(c) || !c->started || c->span == 0 ||
		    c->span > CHAIN_SPAN_MAX / stretch ||
		    (c->next && !c->next->started))
			continue;
		uint64_t far = c->span * stretch;

		*behind = c;
		*number = c->position + far - c->span * EARLY / 8;
		if (c->next ? c->next->guess > c->position &&
				  c->next->guess - c->position > 2 * far
			    : before_end(f, *number, c->span))
			return true;
	}
	*behind = last;
	if (last->started || waiting > 1 || last->span == 0)
		return false;
	if (!r->known) {
		*number = last->position + last->span * stretch;
		return before_end(f, *number, last->span);
	}
	*number = last->position + (r->greatest - last->position) / 2;
	return !f->end_known && r->greatest > last->position &&
	       r->greatest - last->position > 2 * last->span * stretch;
}

/* Whether guesses go part by part, as they do once ids have been found not to
 * lie evenly, and answers to take long. */
static bool
by_part(struct fetch *f)
{
	if (f->round_trip > MARK_FAR_NS && even_span(f) == 0)
		f->by_part = true;
	f->by_part &= mark_help(f);
	return f->by_part;
}

void
guess_ask(struct fetch *f)
{
	if (by_part(f))
		part_ask(f, stretch_of(f));
}

bool
guess_next(struct fetch *f, struct place *at)
{
	uint64_t span = even_span(f);
	unsigned long long waiting;
	size_t risky = SIZE_MAX;

	*at = (struct place){0};
	if (!has_room(f))
		return false;
	if (by_part(f)) {
		if (may_risk(f, &waiting))
			risky = RISKY_FEW;
		else if (waiting == 0)
			risky = RISKY_MANY;
		return part_next(f, stretch_of(f), risky, at);
	}
	if (f->o->range->known && !part_may_cut(f, 0, span > 0 ? 3 : 2))
		return false;
	if (span == 0 && !may_risk(f, &waiting))
		return false;
	if (span > 0 && span < CHAIN_SPAN_MAX / CHAIN_LENGTH_MAX
		? !ahead_evenly(f, span, &at->behind, &at->number)
		: !ahead_locally(f, &at->behind, &at->number))
		return false;
	const struct chain *c = at->behind;

	at->span = c->span;
	at->rank = c->rank + c->read;
	if (c->span > 0)
		at->rank += (at->number - c->position) / c->span * f->limit;
	return true;
}
