/* SPDX-FileCopyrightText: 2026 the hs-tools authors
 * SPDX-License-Identifier: MIT */
/* Where further chains begin, part by part. */
#include "part.h"

#include "clock.h"
#include "mark.h"

#define SPLIT_MIN 4   /* pages that are worth another chain */
#define FREE_MIN 6    /* those that are, where it costs nothing */
#define MARK_PAGES 48 /* from one mark to the next, at most */

struct part {
	struct chain *c;
	unsigned long long begin; /* rank of its first record */
	unsigned long long records;
	uint64_t ids;
	uint64_t front, rear, mean; /* ids that a page takes; 0: unknown */
	bool exact;		    /* both its ranks */
	bool open;		    /* its end says nothing of it */
	size_t pages;		    /* that may be given to another chain */
};

/* What a page takes at the chain's beginning. */
static uint64_t
span_at(const struct chain *c)
{
	return c && (c->started || c->sure) ? c->span : 0;
}

/* The part behind the chain; false: it has less than a page. */
static bool
part_of(const struct fetch *f, struct chain *c, unsigned long long far,
    struct part *p)
{
	unsigned long long known;
	unsigned long long end = c->next ? c->next->rank : f->o->range->total;
	uint64_t end_id = c->next ? c->next->guess : f->o->range->greatest;

	*p = (struct part){.c = c, .begin = c->rank + c->read};
	/* Where the next chain is a guess that has not found its place, this
	 * part's size is one, too. */
	if (!chain_is_active(c) || end < p->begin + f->limit ||
	    end_id <= c->position || (c->next && span_at(c->next) == 0))
		return false;
	p->records = end - p->begin;
	p->ids = end_id - c->position;
	p->front = span_at(c);
	p->rear =
	    c->next ? span_at(c->next)
		    : chain_span(f->o->range->tail, LOOKUP_TAIL - 1, f->limit);
	p->exact = c->exact && (!c->next || c->next->exact);
	known = mark_between(f, p->begin, end < far ? end : far);
	p->pages =
	    known > p->begin ? (size_t)((known - p->begin) / f->limit) : 0;
	/* A long part has many clumps, and a mark will come to this one. */
	p->open = known < end || p->records > 2ULL * MARK_PAGES * f->limit;
	p->mean = chain_span(p->ids, p->records, f->limit);
	return true;
}

/* As far as the chains of all jobs read; nothing is begun behind that. */
static unsigned long long
horizon(const struct fetch *f)
{
	unsigned long long far = f->chains->rank + f->chains->read +
				 (unsigned long long)f->api->options.jobs *
				     chain_longest(f) * f->limit;

	return far < f->o->range->total ? far : f->o->range->total;
}

static bool
is_even(const struct part *p)
{
	return p->mean / 2 < p->front && p->front / 2 < p->mean;
}

/* Whether each page takes as many ids as another.  Where both ends agree in
 * that, a rank may be a little wrong; and what was only reckoned from here is
 * no proof. */
static bool
is_regular(const struct part *p)
{
	const struct chain *b = p->c->next;
	uint64_t one = p->front, mean = p->mean;
	uint64_t far = p->rear == one ? mean / 8 : mean / 64;

	if (b && !b->exact && p->rear != one)
		return false;
	return one > mean ? one - mean < far : mean - one < far;
}

/* The records in front of the place from which on ids lie as they do at the
 * part's rear, if they lie as at its front up to there. */
static double
bend(const struct part *p)
{
	double rear = (double)p->rear, front = (double)p->front;

	return ((double)p->mean - rear) / (front - rear) * (double)p->records;
}

/* How far from an end of the part the place lies, in ids.  A place lies a
 * quarter of a page before the end of a page of the chain, so that this page
 * holds the first record of the next chain; where it is known exactly, two
 * records. */
static void
place_at(const struct fetch *f, const struct part *p, uint64_t span,
    unsigned long long records, bool from_rear, struct place *at)
{
	bool exact = from_rear ? span == f->limit : is_regular(p);

	records -= exact ? 2 : f->limit / 4;
	unsigned long long n = from_rear ? p->records - records : records;
	double ids = (double)n * (double)span / f->limit;

	if (ids >= (double)p->ids)
		ids = 0;
	at->number = p->c->position +
		     (from_rear ? p->ids - (uint64_t)ids : (uint64_t)ids);
	at->rank = p->begin + records;
	at->from_rear = from_rear;
	at->span = span;
}

/* The place so many records into the part. */
static bool
place_in(const struct fetch *f, const struct part *p,
    unsigned long long records, struct place *at)
{
	uint64_t front = p->front, rear = p->rear, mean = p->mean;

	*at = (struct place){.behind = p->c, .span = front ? front : rear};
	if (p->open) {
		if (front > 0 && front < mean)
			place_at(f, p, front, records, false, at);
	} else if (is_regular(p)) {
		at->sure = true;
		place_at(f, p, front, records, false, at);
	} else if (front > 0 && rear > 0 && (front < mean) != (rear < mean)) {
		bool in_rear = bend(p) < (double)records;

		place_at(f, p, in_rear ? rear : front, records, in_rear, at);
	} else if (is_even(p))
		place_at(f, p, mean, records, false, at);
	else if (front > 0 && front < mean)
		place_at(f, p, front, records, false, at);
	else if (rear > 0 && rear < mean)
		place_at(f, p, rear, records, true, at);
	else if (front + rear > 0 && p->exact) {
		at->number = p->c->position + p->ids / 2;
		at->rank = p->begin + p->records / 2;
	}
	return at->number > p->c->position &&
	       at->number - p->c->position < p->ids;
}

bool
part_fits(const struct fetch *f)
{
	return !f->light && f->o->object->assocs == 0 &&
	       f->o->range->total / f->limit + 1 + PART_SPARE <
		   (unsigned)pace_limit(&f->api->pace);
}

void
part_found(const struct chain *b, struct chain *c, uint64_t span)
{
	unsigned long long begin = b->rank + b->read;

	if (c->exact || (c->span / 2 <= span && span / 2 <= c->span))
		return;
	/* Ids lie otherwise from some place on, which may be anywhere between
	 * the chain and the one from which its rank was reckoned. */
	if (!c->from_rear && c->rank > begin)
		c->rank -= (c->rank - begin) / 2;
	else if (c->from_rear && c->next && c->next->rank > c->rank)
		c->rank += (c->next->rank - c->rank) / 2;
}

unsigned long long
part_left(const struct fetch *f)
{
	unsigned long long have = f->o->records + f->accepted, left = 0, end;

	for (const struct chain *c = f->chains; c; c = c->next) {
		end = c->next ? c->next->rank : f->o->range->total;
		if (!c->joined && !c->ended && end > c->rank + c->read)
			left += end - c->rank - c->read;
		have += (unsigned long long)c->held * f->limit;
	}
	if (!f->o->range->known)
		return 0;
	if (!f->by_part)
		left =
		    f->o->range->total > have ? f->o->range->total - have : 0;
	return left / f->limit + 1;
}

bool
part_may_cut(const struct fetch *f, size_t pages, unsigned share)
{
	unsigned long long limit = (unsigned)pace_limit(&f->api->pace);
	unsigned long long due =
	    f->api->stats.requests - (unsigned)f->api->sent + part_left(f);
	unsigned long long chains = 1;
	int64_t more = f->began + pace_window(&f->api->pace) * HS_MS - hs_now();

	if (!part_fits(f) || ((int64_t)pages - 1) * f->round_trip > more)
		return true;
	for (const struct chain *c = f->chains; c; c = c->next)
		chains += !c->joined;
	return due >= limit || due + chains / share < limit;
}

/* Whether a place that the search named is of use still: it lies in what a
 * chain has yet to read. */
static bool
is_free(const struct fetch *f, struct place *at)
{
	struct chain *c = f->chains;

	while (c->next && c->next->guess <= at->number)
		c = c->next;
	at->behind = c;
	return chain_is_active(c) && at->number > c->position &&
	       at->number - c->position > c->span;
}

/* Ranks lie between those that are exact. */
static void
settle_ranks(const struct fetch *f)
{
	unsigned long long least = 0, most;

	for (struct chain *c = f->chains, *b; c; c = c->next) {
		if (c->exact)
			least = c->rank;
		for (b = c; b && !b->exact;)
			b = b->next;
		most = b ? b->rank : f->o->range->total;
		if (c->rank < least)
			c->rank = least;
		if (c->rank > most && most >= least)
			c->rank = most;
	}
}

/* One mark behind the chain, whose rank is exact, before the next such. */
static bool
ask_behind(struct fetch *f, const struct chain *c, unsigned long long far)
{
	unsigned long long pages = f->o->range->total / f->limit / (MARKS + 1);
	unsigned long long begin = c->rank + c->read, at = begin, end;
	const struct chain *b = c->next;

	if (pages > MARK_PAGES)
		pages = MARK_PAGES;
	while (b && !b->exact)
		b = b->next;
	if (b && b->rank < far)
		far = b->rank;
	while ((end = mark_between(f, at, far)) < far)
		at = end;
	if (far <= at || (far - at) / f->limit * 2 < pages * 3)
		return false;
	/* A little before the end of a page of the chain, so that chains that
	 * begin in between may overlap a little. */
	at += pages * f->limit;
	at -= (at - begin) % f->limit + f->limit / 8;
	return mark_ask(f, c, b, at);
}

/* A mark in the middle of the chain's part, if ids lie closer there than at
 * both its ends; e is the last chain whose rank is exact. */
static bool
ask_within(struct fetch *f, const struct chain *e, struct chain *c,
    size_t stretch, unsigned long long far)
{
	const struct chain *b = c->next;
	struct part p;

	if (!part_of(f, c, far, &p) || p.open || p.pages < 2 * stretch ||
	    p.front / 2 <= p.mean || p.rear / 2 <= p.mean)
		return false;
	while (b && !b->exact)
		b = b->next;
	return mark_ask(f, e, b, p.begin + p.records / 2);
}

void
part_ask(struct fetch *f, size_t stretch)
{
	unsigned long long far = horizon(f);
	const struct chain *e = f->chains;

	for (struct chain *c = f->chains; c; c = c->next) {
		if (c->exact)
			e = c;
		while (c->exact && mark_idle(f) && ask_behind(f, c, far))
			;
		if (mark_idle(f))
			(void)ask_within(f, e, c, stretch, far);
	}
}

bool
part_next(struct fetch *f, size_t stretch, size_t risky, struct place *at)
{
	unsigned long long far = horizon(f);
	size_t most = SPLIT_MIN - 1, least = stretch * 3 / 2;
	bool found = false, fits = part_fits(f);
	struct place place;
	struct part p;

	while (mark_take(f, at))
		if (is_free(f, at))
			return true;
	settle_ranks(f);
	for (struct chain *c = f->chains; c; c = c->next) {
		if (!part_of(f, c, far, &p) || p.pages <= most)
			continue;
		/* Where it costs nothing, chains may be shorter. */
		bool regular = is_regular(&p);

		if (!(fits && p.pages >= FREE_MIN && regular) &&
		    (p.pages <= least || !part_may_cut(f, p.pages, 2)))
			continue;
		if (!regular && p.pages < risky)
			continue;
		size_t n =
		    p.pages > 2 * stretch && p.open ? stretch : p.pages / 2;

		if (!place_in(f, &p, n * f->limit, &place))
			continue;
		*at = place;
		most = p.pages;
		found = true;
	}
	return found;
}
