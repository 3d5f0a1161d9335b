/* SPDX-FileCopyrightText: 2026 the hs-tools authors
 * SPDX-License-Identifier: MIT */
/* The changes from one side to the other. */
#include "changes.h"

#include <stdlib.h>
#include <string.h>

#include "agree.h"
#include "grow.h"

/* In at[NEW]: the pair is in order[]; both of its records are the same. */
#define LISTED (UINT64_C(1) << 63)
#define SAME (UINT64_C(1) << 62)
#define OFFSET (SAME - 1)

const char *
op_name(enum op op)
{
	static const char *const names[] = {"insert", "update", "delete"};

	return names[op];
}

static inline off_t
offset(const struct pair *p, int side)
{
	return (off_t)(p->at[side] & OFFSET) - 1;
}

static bool
same_key(const struct key *a, const struct key *b)
{
	for (size_t i = 0; i < a->n; i++)
		if (!hs_span_eq(a->part[i], b->part[i]))
			return false;
	return true;
}

/* Whether the pair has the key; if so its old record, or else its new one, is
 * *found. */
static int
confirm(struct changes *c, size_t i, struct record **found, struct hs_err *e)
{
	const struct pair *p = &c->pair[i];
	struct side *s = &c->side[p->at[OLD] ? OLD : NEW];
	size_t missing;

	if (side_load(s, offset(p, s->which), found, e) < 0 ||
	    side_key(s, *found, &c->other, &missing, e) < 0)
		return -1;
	return same_key(&c->key, &c->other);
}

/* Reads the key of the record that a side stands at. */
static int
read_key(struct changes *c, struct side *s, struct record *r, struct hs_err *e)
{
	size_t missing;

	if (side_key(s, r, &c->key, &missing, e) < 0)
		return -1;
	if (missing == c->key.n)
		return 0;
	return side_fault(s, e,
	    "no %.200s, which is the key; name another "
	    "one with -k",
	    c->shape->key.name[missing].p);
}

/* Adds a pair for the key, which is new. */
static int
add_pair(struct changes *c, int side, off_t at, struct hs_err *e)
{
	if (HS_GROW(c->pair, c->n, c->cap) < 0 ||
	    hs_index_add(&c->index, c->key.hash, c->n) < 0)
		return hs_err_mem(e, "keys");
	c->pair[c->n] = (struct pair){{0, 0}};
	c->pair[c->n++].at[side] = (uint64_t)at + 1;
	return 0;
}

/* The pair may be a change: it is looked at once more at the end. */
static int
list(struct changes *c, size_t i, struct hs_err *e)
{
	if (c->pair[i].at[NEW] & LISTED)
		return 0;
	if (HS_GROW(c->order, c->orders, c->order_cap) < 0)
		return hs_err_mem(e, "changes");
	c->order[c->orders++] = (uint32_t)i;
	c->pair[i].at[NEW] |= LISTED;
	return 0;
}

static int
read_old(struct changes *c, struct record *r, off_t at, struct hs_err *e)
{
	struct record *other;
	size_t i, step = 0;

	if (read_key(c, &c->side[OLD], r, e) < 0)
		return -1;
	while ((i = hs_index_next(&c->index, c->key.hash, &step)) !=
	       HS_INDEX_NONE) {
		int got = confirm(c, i, &other, e);
		if (got > 0)
			c->pair[i].at[OLD] = (uint64_t)at + 1;
		if (got != 0)
			return got < 0 ? -1 : 0;
	}
	return add_pair(c, OLD, at, e);
}

/* Whether two records are the same in all columns that may count. */
static int
same_record(
    struct changes *c, struct record *old, struct record *new, struct hs_err *e)
{
	const struct shape *sh = c->shape;

	if (old->cells != new->cells) {
		const struct record *row = old->cells ? old : new;
		const struct side *table = &c->side[old->cells ? OLD : NEW];
		return agree(table, row->text, true, old->cells ? new : old,
			   &c->scratch)
			   ? 1
			   : hs_buf_check(&c->scratch, e, "a value");
	}
	if (side_split(&c->side[OLD], old, e) < 0 ||
	    side_split(&c->side[NEW], new, e) < 0)
		return -1;
	for (size_t i = 0; i < sh->names.n; i++) {
		if (shape_compares(sh, i) &&
		    !value_same(record_value(old, i), record_value(new, i),
			&c->scratch))
			return hs_buf_check(&c->scratch, e, "a value");
	}
	return 1;
}

/* The new side has the key of the pair, whose old record may be `old`. */
static int
meet(struct changes *c, size_t i, struct record *old, struct record *new,
    off_t at, struct hs_err *e)
{
	struct pair *p = &c->pair[i];
	int same = 0;

	/* In another order a wrong guess would cost a read each. */
	c->guess = i == c->last + 1 ? i + 1 : c->n;
	c->last = i;
	if (!old)
		same = 1;
	else if (p->at[OLD])
		same = same_record(c, old, new, e);
	if (same < 0)
		return -1;
	p->at[NEW] = (p->at[NEW] & LISTED) | ((uint64_t)at + 1);
	if (same)
		p->at[NEW] |= SAME;
	return same ? 0 : list(c, i, e);
}

/* Whether the record says what the old row there does.  Of the row so much is
 * looked at as it can then have: two bytes for each of the record, and one for
 * each cell's end. */
static int
agrees(struct changes *c, off_t at, const struct record *r, struct hs_err *e)
{
	struct side *old = &c->side[OLD];
	size_t n = 2 * r->text.len + old->columns;
	struct hs_span text;

	if (side_look(old, at, n, &text, e) < 0)
		return -1;
	return agree(old, text, text.len < n, r, &c->scratch)
		   ? 1
		   : hs_buf_check(&c->scratch, e, "a value");
}

/* Where the new side follows the old one's order, the next pair is guessed: a
 * record that is the same as its old one has its key, too, which need not be
 * looked up. */
static int
guessed(struct changes *c, const struct record *r, struct hs_err *e)
{
	if (c->guess >= c->n || !c->pair[c->guess].at[OLD])
		return 0;
	off_t at = offset(&c->pair[c->guess], OLD);
	if (c->alike)
		return side_has(&c->side[OLD], at, r->text, e);
	return c->comparable ? agrees(c, at, r, e) : 0;
}

static int
read_new(struct changes *c, struct record *r, off_t at, struct hs_err *e)
{
	size_t i, step = 0;
	int got = guessed(c, r, e);

	if (got < 0)
		return -1;
	if (got > 0)
		return meet(c, c->guess, NULL, r, at, e);
	if (read_key(c, &c->side[NEW], r, e) < 0)
		return -1;
	while ((i = hs_index_next(&c->index, c->key.hash, &step)) !=
	       HS_INDEX_NONE) {
		const struct pair *p = &c->pair[i];
		struct record *old = NULL;
		got = 0;
		if (c->alike && p->at[OLD])
			got =
			    side_has(&c->side[OLD], offset(p, OLD), r->text, e);
		if (got == 0)
			got = confirm(c, i, &old, e);
		if (got < 0)
			return -1;
		if (got > 0)
			return meet(c, i, old, r, at, e);
	}
	if (add_pair(c, NEW, at, e) < 0)
		return -1;
	return list(c, c->n - 1, e);
}

/* Whether records with the same bytes say the same. */
static bool
are_alike(const struct side *old, const struct side *new)
{
	if (old->csv != new->csv)
		return false;
	return !old->csv ||
	       (old->columns == new->columns &&
		   (old->columns == 0 ||
		       memcmp(old->column, new->column,
			   old->columns * sizeof *old->column) == 0));
}

/* Whether records of the new side can be held against rows of a table, their
 * keys included. */
static bool
are_comparable(const struct changes *c)
{
	const struct shape *sh = c->shape;
	bool are = c->side[OLD].csv && sh->has[OLD] && !c->side[NEW].csv;

	for (size_t k = 0; are && k < sh->key.n; k++)
		are = shape_compares(sh, sh->key_at[k]);
	return are;
}

int
changes_read(struct changes *c, struct hs_err *e)
{
	struct side *old = &c->side[OLD], *new = &c->side[NEW];
	struct record *r;
	off_t at;
	int got;

	if (side_header(old, e) < 0)
		return -1;
	while ((got = side_next(old, &r, &at, e)) > 0)
		if (read_old(c, r, at, e) < 0)
			return -1;
	if (got < 0 || side_header(new, e) < 0)
		return -1;
	c->alike = are_alike(old, new);
	c->comparable = are_comparable(c);
	while ((got = side_next(new, &r, &at, e)) > 0)
		if (read_new(c, r, at, e) < 0)
			return -1;
	c->shape->partial = new->since;
	return got;
}

static int
load(struct changes *c, size_t i, int side, struct record **r, struct hs_err *e)
{
	struct side *s = &c->side[side];

	*r = NULL;
	if (!c->pair[i].at[side])
		return 0;
	if (side_load(s, offset(&c->pair[i], side), r, e) < 0)
		return -1;
	return side_split(s, *r, e);
}

/* Finds the columns that differ, now that all columns are known. */
static int
differ(struct changes *c, struct change *ch, struct hs_err *e)
{
	c->columns = 0;
	for (size_t i = 0; i < c->shape->names.n; i++) {
		if (!shape_counts(c->shape, i) ||
		    value_same(record_value(ch->old, i),
			record_value(ch->new, i), &c->scratch))
			continue;
		if (HS_GROW(c->column, c->columns, c->column_cap) < 0)
			return hs_err_mem(e, "columns");
		c->column[c->columns++] = i;
	}
	ch->column = c->column;
	ch->columns = c->columns;
	return hs_buf_check(&c->scratch, e, "a value");
}

/* Looks at the i-th pair: 1 when it is a change of the new side. */
static int
look(struct changes *c, size_t i, struct change *ch, struct hs_err *e)
{
	*ch = (struct change){.op = OP_INSERT};
	if (c->pair[i].at[NEW] & SAME)
		return 0;
	if (load(c, i, OLD, &ch->old, e) < 0 ||
	    load(c, i, NEW, &ch->new, e) < 0)
		return -1;
	if (!ch->old || !ch->new)
		return 1;
	ch->op = OP_UPDATE;
	return differ(c, ch, e) < 0 ? -1 : ch->columns > 0;
}

/* Pairs without a new record are deletions. */
static int
next_gone(struct changes *c, struct change *ch, struct hs_err *e)
{
	for (; c->next_gone < c->n; c->next_gone++) {
		if (c->pair[c->next_gone].at[NEW] || c->shape->partial)
			continue;
		*ch = (struct change){.op = OP_DELETE};
		if (load(c, c->next_gone++, OLD, &ch->old, e) < 0)
			return -1;
		c->op[OP_DELETE]++;
		return 1;
	}
	return 0;
}

int
changes_next(struct changes *c, struct change *ch, struct hs_err *e)
{
	while (c->next < c->orders) {
		int got = look(c, c->order[c->next++], ch, e);
		if (got < 0)
			return -1;
		if (got == 0)
			continue;
		c->op[ch->op]++;
		return 1;
	}
	return next_gone(c, ch, e);
}

unsigned long long
changes_same(const struct changes *c)
{
	unsigned long long both = 0;

	for (size_t i = 0; i < c->n; i++)
		both += c->pair[i].at[OLD] && c->pair[i].at[NEW];
	return both - c->op[OP_UPDATE];
}

void
changes_free(struct changes *c)
{
	free(c->pair);
	free(c->order);
	free(c->column);
	hs_index_free(&c->index);
	hs_buf_free(&c->key.scratch);
	hs_buf_free(&c->other.scratch);
	hs_buf_free(&c->scratch);
}
