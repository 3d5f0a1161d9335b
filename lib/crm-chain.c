/* SPDX-FileCopyrightText: 2026 the hs-tools authors
 * SPDX-License-Identifier: MIT */
/*
 * Reading the list.
 *
 * The API's list is a chain: each page names the cursor of the next, so that
 * a round trip passes between one page and another.  In practice (promised
 * nowhere) ids ascend, pages are full, and the cursor is the id of the next
 * page's first record: the law.  Where two pages in a row have obeyed it,
 * further chains are begun at ids ahead, chosen by guess.
 *
 * A guess never decides what is in the list.  A chain's records are accepted
 * only once the chain before it, which goes on from cursor to cursor, has
 * come upon its first record: in one of its pages (then the ids behind it
 * have to agree, too), or as its cursor.  Whatever else happens, the chains
 * ahead are thrown away and the one in front goes on as if they had never
 * been.
 */
#include "crm-parts.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "scan.h"

#define PROOF 2	      /* lawful pages before there are more chains */
#define DISTRUST 3    /* surprises after which there are none */
#define STRETCH_MIN 2 /* pages from one chain's start to the next's */
#define STRETCH_MAX 16
/* Below this round trip one chain is as fast as the rate limit lets any. */
#define NEAR_NS INT64_C(20000000)
#define GUESS_MAX (UINT64_C(1) << 59)

struct chain {
	struct chain *next;
	struct fetch *f;
	struct hs_call call;
	char *cursor;	   /* of its next page; NULL: the list's start */
	uint64_t position; /* that cursor as a number, or the guess */
	uint64_t guess;	   /* where it began; 0 for the first */
	bool started;	   /* its first page is known: */
	uint64_t first;	   /* that page's first id */
	bool ended;	   /* it has come to the list's end */
	bool joined;	   /* it has come upon the next chain: */
	size_t join_at;	   /* at that record of its last page */
	bool rechecked;
	bool light; /* the page being read has no properties */
	bool dropped;
	struct hs_listed *pages, *tail; /* not yet accepted */
	unsigned held;			/* how many these are */
};

static int page_done(struct hs_call *c, struct hs_err *e);
static int page_failed(struct hs_call *c, struct hs_err *e);

static bool
reading(const struct chain *c)
{
	return c->call.state != HS_CALL_IDLE;
}

static struct chain *
new_chain(struct fetch *f)
{
	struct chain *c = calloc(1, sizeof(*c));

	if (c == NULL) {
		hs_err_mem(f->e, "list");
		return NULL;
	}
	c->f = f;
	c->call.owner = c;
	c->call.done = page_done;
	c->call.failed = page_failed;
	return c;
}

static void
free_pages(struct chain *c)
{
	while (c->pages != NULL) {
		struct hs_listed *l = c->pages;

		c->pages = l->next;
		hs_listed_free(l);
	}
	c->tail = NULL;
	c->held = 0;
}

static void
free_chain(struct chain *c)
{
	free_pages(c);
	hs_call_free(&c->call);
	free(c->cursor);
	free(c);
}

static void
count_held(struct fetch *f)
{
	f->held = 0;
	for (struct chain *c = f->chains; c != NULL; c = c->next)
		for (struct hs_listed *l = c->pages; l != NULL; l = l->next)
			f->held += l->body.cap;
}

/* Throws away the chains behind c. A call under way stays until it ends. */
static void
drop_behind(struct fetch *f, struct chain *c)
{
	struct chain *d = c->next, *next;

	c->next = NULL;
	c->joined = false;
	for (; d != NULL; d = next) {
		next = d->next;
		hs_crm_unpost(f->crm, &d->call);
		if (!reading(d)) {
			free_chain(d);
			continue;
		}
		free_pages(d);
		d->dropped = true;
		d->next = f->dropped;
		f->dropped = d;
	}
	count_held(f);
}

static void
forget_dropped(struct fetch *f, struct chain *c)
{
	struct chain **at = &f->dropped;

	while (*at != c)
		at = &(*at)->next;
	*at = c->next;
	free_chain(c);
}

/* A surprise: back to the one chain, and the law has to be proved anew. */
static void
distrust(struct fetch *f, struct chain *c)
{
	drop_behind(f, c);
	f->distrust++;
	f->proof = 0;
	f->end_known = false;
}

/* Whether the page obeys the law: see above.  A page of the head is compared
 * with the cursor that brought it, a guess need only be reached. */
static bool
lawful(const struct chain *c, const struct hs_listed *l)
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

static void
learn(struct fetch *f, const struct hs_listed *l)
{
	if (l->n < 2)
		return;
	f->page_bytes = l->body.len;
	f->span = (l->item[l->n - 1].number - l->item[0].number) / (l->n - 1) *
		      f->limit +
		  1;
}

/* The cursor as a string, its JSON escapes undone. */
static char *
cursor_text(const struct hs_listed *l)
{
	char *s = calloc(1, l->after.len + 1);

	if (s != NULL)
		s[hs_scan_decode(l->after, s, NULL)] = '\0';
	return s;
}

static int
append(struct chain *c, struct hs_listed *l)
{
	l->requested = c->cursor;
	c->cursor = NULL;
	c->ended = !l->more;
	if (l->more) {
		c->cursor = cursor_text(l);
		if (c->cursor == NULL) {
			hs_listed_free(l);
			return hs_err_mem(c->f->e, "cursor");
		}
		c->position = l->after_number;
	}
	if (c->tail != NULL)
		c->tail->next = l;
	else
		c->pages = l;
	c->tail = l;
	c->held++;
	c->started = true;
	return 0;
}

/* Whether the ids of a's last page from k on are those that its next chain
 * begins with, as far as both are known. */
static bool
overlap_agrees(const struct chain *a, size_t k)
{
	const struct hs_listed *l = a->tail, *m = a->next->pages;
	size_t j = 0;

	for (; k < l->n && m != NULL; k++, j++) {
		if (j == m->n) {
			m = m->next;
			j = 0;
			if (m == NULL)
				return true;
		}
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
	distrust(f, c);
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
			drop_behind(f, c);
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

static int
accept(struct fetch *f)
{
	struct chain *c;

	join_chains(f);
	while ((c = f->chains) != NULL) {
		if (accept_head(f, c) < 0)
			return -1;
		if (!c->joined || c->pages != NULL)
			break;
		f->chains = c->next;
		free_chain(c);
	}
	count_held(f);
	return 0;
}

static int
page_done(struct hs_call *call, struct hs_err *e)
{
	struct chain *c = call->owner;
	struct fetch *f = c->f;
	struct hs_listed *l;

	if (c->dropped) {
		forget_dropped(f, c);
		return 0;
	}
	l = hs_listed_read(
	    &call->request.body, f->o->object->class == HS_OBJECT_RECORDS, e);
	if (l == NULL)
		return e->kind == HS_PROTOCOL ? 1 : -1;
	l->light = c->light;
	f->round_trip = hs_pace_now() - call->sent;
	l->lawful = lawful(c, l);
	if (c != f->chains && !l->lawful) {
		struct chain *before = f->chains;

		hs_listed_free(l);
		while (before->next != c)
			before = before->next;
		distrust(f, before);
		return chain_go_on(f);
	}
	if (l->lawful && !c->started && l->n > 0)
		c->first = l->item[0].number;
	if (c == f->chains)
		f->proof = l->lawful ? f->proof + 1 : 0;
	if (l->lawful)
		learn(f, l);
	return append(c, l) < 0 || accept(f) < 0 || chain_go_on(f) < 0 ? -1 : 0;
}

static int post(struct chain *c);

static int
page_failed(struct hs_call *call, struct hs_err *e)
{
	struct chain *c = call->owner, *before = c->f->chains;
	struct fetch *f = c->f;

	if (c->dropped) {
		forget_dropped(f, c);
		return 0;
	}
	/* The URL was too long after all: read the properties in batches. */
	if (call->request.result == HS_HTTP_ANSWERED &&
	    call->request.status == 414 && !f->light && f->o->some_properties) {
		f->light = true;
		return post(c);
	}
	if (c == f->chains)
		return -1;
	(void)e;
	while (before->next != c)
		before = before->next;
	distrust(f, before);
	f->distrust = DISTRUST;
	return chain_go_on(f);
}

static int
make_url(struct chain *c)
{
	struct fetch *f = c->f;
	struct hs_buf *url = &c->call.url, *base;
	unsigned long long n = f->limit;

	if (f->o->limit > 0 && f->o->limit - f->accepted < n)
		n = f->o->limit - f->accepted;
	c->light = f->light;
	base = f->light ? &f->light_url : &f->url;
	hs_buf_clear(url);
	if (hs_buf_add(url, base->data, base->len) < 0)
		return -1;
	if (f->limit > 0 && hs_buf_printf(url, "&limit=%llu", n) < 0)
		return -1;
	if (c->cursor == NULL)
		return 0;
	if (hs_buf_puts(url, f->limit > 0 ? "&after=" : "?after=") < 0)
		return -1;
	return hs_http_escape(url, c->cursor);
}

static int
post(struct chain *c)
{
	struct fetch *f = c->f;

	if (make_url(c) < 0)
		return hs_err_mem(f->e, "URL");
	snprintf(c->call.what, sizeof(c->call.what), "%.100s, from %s%.60s",
	    f->o->label, c->cursor ? "cursor " : "the start",
	    c->cursor ? c->cursor : "");
	hs_crm_post(f->crm, &c->call);
	return 0;
}

/* How many pages a chain should have to read: enough to make the one that
 * overlaps with the next cheap, few enough to hold them all. */
static unsigned
stretch(const struct fetch *f)
{
	size_t jobs = (size_t)f->crm->options.jobs;
	size_t n = HELD_BYTES / (jobs * (f->page_bytes + 1));
	size_t young = STRETCH_MIN + f->accepted / (4 * f->limit);

	/* A list that may be short is cut into small pieces. */
	if (n > young)
		n = young;
	return n < STRETCH_MIN	 ? STRETCH_MIN
	       : n > STRETCH_MAX ? STRETCH_MAX
				 : (unsigned)n;
}

static bool
may_read(const struct fetch *f, const struct chain *c)
{
	const struct chain *b = c->next;

	if (reading(c) || c->ended || c->joined)
		return false;
	if (c != f->chains &&
	    (c->held >= 2 * stretch(f) || f->held > 2 * HELD_BYTES))
		return false;
	/* Past the next chain's guess only when what it found is known. */
	return b == NULL || b->started || !c->started || c->position < b->guess;
}

/* A chain that is far from the next one, or the last; NULL if there is
 * none. */
static struct chain *
find_gap(const struct fetch *f)
{
	uint64_t wide = f->span * stretch(f);

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
	       f->round_trip > NEAR_NS && f->crm->options.jobs > 1 &&
	       f->o->limit == 0 && f->o->object->class == HS_OBJECT_RECORDS &&
	       f->span > 0;
}

static int
add_chains(struct fetch *f)
{
	while (may_guess(f) && wants_more_chains(f)) {
		struct chain *c, *at = find_gap(f);
		uint64_t guess;

		if (at == NULL)
			return 0;
		guess = at->position + f->span * stretch(f);
		if (f->span > GUESS_MAX / STRETCH_MAX || guess > GUESS_MAX)
			return 0;
		c = new_chain(f);
		if (c == NULL)
			return -1;
		if (asprintf(&c->cursor, "%llu", (unsigned long long)guess) <
		    0) {
			c->cursor = NULL;
			free_chain(c);
			return hs_err_mem(f->e, "cursor");
		}
		c->guess = c->position = guess;
		c->next = at->next;
		at->next = c;
		f->repage = true;
	}
	return 0;
}

int
chain_go_on(struct fetch *f)
{
	int priority = 10;

	if (f->done)
		return 0;
	if (add_chains(f) < 0)
		return -1;
	for (struct chain *c = f->chains; c != NULL; c = c->next) {
		c->call.priority = priority++;
		if (pages_full(f))
			break;
		if (may_read(f, c) && post(c) < 0)
			return -1;
	}
	return 0;
}

int
chain_begin(struct fetch *f, const char *after)
{
	f->chains = new_chain(f);
	if (f->chains == NULL)
		return -1;
	if (after != NULL) {
		f->chains->cursor = strdup(after);
		if (f->chains->cursor == NULL)
			return hs_err_mem(f->e, "cursor");
		hs_seen_number(hs_span_str(after), &f->chains->position);
	}
	return chain_go_on(f);
}

void
chain_free(struct fetch *f)
{
	while (f->chains != NULL) {
		struct chain *c = f->chains;

		f->chains = c->next;
		free_chain(c);
	}
	while (f->dropped != NULL)
		forget_dropped(f, f->dropped);
}
