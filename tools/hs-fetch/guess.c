/* SPDX-FileCopyrightText: 2026 the hs-tools authors
 * SPDX-License-Identifier: MIT */
/* Where further chains begin. */
#include "guess.h"

#include "clock.h"

#define STRETCH_MIN 2 /* pages from one chain's start to the next's */
#define STRETCH_MAX 16
#define RISK 3
#define SPARE 4 /* requests that are not the list's */
#define GUESSES_MIN 8
/* Eighths of a page that a guess lies before the end of a chain's page: where
 * ids lie evenly, the chain's last page then holds the next one's first
 * record, and no further page is needed to meet it. */
#define EARLY 2
#define SPLIT_MIN 4 /* pages that are worth another chain */
#define GUESS_MAX (UINT64_C(1) << 59)

/* A chain's most pages: so many that all of them can be held. */
static size_t
longest(const struct fetch *f)
{
	size_t jobs = (size_t)f->api->options.jobs;
	size_t n = HELD_BYTES / (jobs * (f->page_bytes + 1));

	return n < STRETCH_MIN	 ? STRETCH_MIN
	       : n > STRETCH_MAX ? STRETCH_MAX
				 : n;
}

unsigned
guess_hold(const struct fetch *f)
{
	return (unsigned)(2 * longest(f));
}

/* Whether it has pages to read, and may keep them. */
static bool
is_active(const struct fetch *f, const struct chain *c)
{
	return !c->ended && !c->joined &&
	       (c == f->chains || c->held < guess_hold(f));
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

uint64_t
guess_span(uint64_t distance, uint64_t records, unsigned limit)
{
	uint64_t each = distance / records, rest = distance % records;

	if (each > GUESS_MAX / limit)
		return GUESS_MAX;
	return each * limit + rest * limit / records;
}

/* What a page takes of the ids that are left, on the average; 0: the ids of
 * the head lie otherwise, or it is not known. */
static uint64_t
even_span(const struct fetch *f)
{
	const struct lookup_range *r = f->o->range;
	const struct chain *head = f->chains;
	uint64_t mean;

	if (!r->known || r->total < f->accepted + f->limit ||
	    r->greatest < head->position || head->span == 0)
		return 0;
	mean = guess_span(
	    r->greatest - head->position, r->total - f->accepted, f->limit);
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
	if (even_span(f) && pages + SPARE < limit) {
		size_t n = (limit - pages - SPARE) * 3;
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
	size_t jobs = (size_t)f->api->options.jobs, left = pages_left(f);
	size_t most = longest(f), n = affordable(f);

	if (jobs > n)
		jobs = n;

	if (left > 0) {
		/* Equal parts for all jobs, in as many rounds as it takes. */
		size_t rounds = (left + jobs * most - 1) / (jobs * most);

		n = (left + jobs * rounds - 1) / (jobs * rounds);
	} else {
		/* A list that may be short is cut into small pieces. */
		n = STRETCH_MIN + (size_t)(f->accepted / f->limit / 4);
	}
	return n < STRETCH_MIN ? STRETCH_MIN : n > most ? most : n;
}

/* How many requests may be in vain: where the list's length is known, less
 * than a twentieth of its pages. */
static unsigned long long
allowance(const struct fetch *f, unsigned long long pages)
{
	const struct lookup_range *r = f->o->range;

	if (r->known)
		pages = r->total / f->limit;
	return pages < 20 && r->known ? 3 : 1 + pages / 30;
}

/* Whether there is room for another chain, and for its pages.  Where the ids
 * do not lie evenly, about one guess in RISK finds nothing new. */
static bool
may_have_more(const struct fetch *f)
{
	unsigned long long waiting = 0, pages = f->accepted / f->limit;
	int active = 0;

	for (const struct chain *c = f->chains; c; c = c->next) {
		active += is_active(f, c);
		waiting += !c->started;
		pages += c->held;
	}
	if (active >= f->api->options.jobs || f->held >= HELD_BYTES ||
	    f->p->guesses >= affordable(f))
		return false;
	return even_span(f) ||
	       RISK * f->p->wasted + waiting < RISK * allowance(f, pages);
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
		uint64_t end = c->next ? c->next->guess : f->o->range->greatest;

		if (!is_active(f, c) || !c->started || c->span == 0 ||
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
		if (!is_active(f, c))
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
		if (!is_active(f, c) || !c->started || c->span == 0 ||
		    c->span > GUESS_MAX / stretch ||
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

bool
guess_next(const struct fetch *f, struct chain **behind, uint64_t *number)
{
	uint64_t span = even_span(f);

	if (!may_have_more(f))
		return false;
	return span > 0 && span < GUESS_MAX / STRETCH_MAX
		   ? ahead_evenly(f, span, behind, number)
		   : ahead_locally(f, behind, number);
}
