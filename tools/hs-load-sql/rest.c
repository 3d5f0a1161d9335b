/* SPDX-FileCopyrightText: 2026 the hs-tools authors
 * SPDX-License-Identifier: MIT */
/* Columns that go together into one. */
#include "rest.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "json.h"
#include "rowsize.h"

struct choice {
	struct script *s;
	const struct hs_dialect *d;
	struct hs_sqlnames names;
	bool *moved;		     /* by column */
	struct hs_sparse *candidate; /* n of them, the sparsest first */
	size_t n;
	size_t first;		/* of those that stay columns */
	struct hs_width *width; /* by column */
	size_t *bytes;		/* of a row's values, by column */
	struct hs_buf scratch;
};

/* Whether the column is left out where the table has none. */
static bool
is_vacant(const struct script *s, size_t i)
{
	const struct hs_field *f = &s->rows->schema.field[i];

	return s->filled && f->filled == 0 && f->blank == 0;
}

static int
find_candidates(struct choice *c, struct hs_err *e)
{
	const struct hs_schema *schema = &c->s->rows->schema;
	struct hs_span rest = hs_span_str(c->s->rest);
	size_t n = hs_schema_sparsest(schema, c->candidate);

	for (size_t i = 0; i < schema->n; i++)
		if (script_same_name(c->d, hs_sqlnames_at(&c->names, i), rest))
			return hs_err_set(e, HS_DATA,
			    "--rest: the stream has a column %s of its own",
			    c->s->rest);
	for (size_t k = 0; k < n; k++) {
		size_t i = c->candidate[k].column;
		if (!is_vacant(c->s, i) &&
		    !script_knows(c->s, c->d, hs_sqlnames_at(&c->names, i)))
			c->candidate[c->n++] = c->candidate[k];
	}
	return 0;
}

/* How many columns there would be, with the one that the others go to. */
static size_t
count_columns(const struct choice *c)
{
	const struct script *s = c->s;
	size_t n = s->known.n > 0 ? s->known.n : s->rows->schema.key.n;

	return n + c->n - c->first + (c->first > 0) + (s->deleted_at != NULL);
}

/* Reads the bytes that each value of a row takes, and their sum. */
static size_t
measure(struct choice *c, struct hs_span row)
{
	struct hs_span cell;
	size_t sum = 0;

	for (size_t i = 0; hs_copyrows_cell(&row, &cell); i++) {
		const struct hs_width *w = &c->width[i];
		size_t len = cell.p[0] == '"' ? cell.len - 2 : cell.len;
		/* Half of the most that may align it. */
		c->bytes[i] = hs_span_is(cell, "\\N")
				  ? 0
				  : hs_rowsize_add(w, 0, len) + w->align / 2;
		sum += c->moved[i] ? 0 : c->bytes[i];
	}
	return sum;
}

static void
move_next(struct choice *c)
{
	c->moved[c->candidate[c->first++].column] = true;
}

/* Moves columns until each row fits. */
static int
fit_rows(struct choice *c, struct hs_err *e)
{
	/* A pointer to the object, and what aligns it. */
	size_t room = c->d->row_max / 4 * 3 - 24;
	struct hs_span row;
	int got;

	while ((got = hs_copyrows_row(c->s->rows, &row, e)) > 0) {
		size_t sum = measure(c, row);
		while (c->first < c->n &&
		       hs_rowsize_head(c->d, count_columns(c)) + sum > room) {
			sum -= c->bytes[c->candidate[c->first].column];
			move_next(c);
		}
	}
	hs_copyrows_rewind(c->s->rows);
	return got;
}

static int
choose(struct choice *c, struct hs_err *e)
{
	const struct hs_schema *schema = &c->s->rows->schema;

	if (find_candidates(c, e) < 0)
		return -1;
	while (c->first < c->n &&
	       (c->s->has_rest ||
		   (c->d->columns_max && count_columns(c) > c->d->columns_max)))
		move_next(c);
	for (size_t i = 0; i < schema->n; i++)
		c->width[i] = hs_rowsize_width(c->d, &schema->field[i],
		    c->s->text, script_key(c->s, i) > 0);
	return c->d->row_max ? fit_rows(c, e) : 0;
}

/* Adds a member.  A text has no escapes that it does not need, so that texts
 * that say the same are the same. */
static void
put_member(struct hs_buf *b, struct hs_span name, struct hs_span value,
    struct hs_buf *scratch)
{
	struct hs_span inner, text;

	if (b->len > 1)
		hs_buf_addc(b, ',');
	hs_json_string(b, name);
	hs_buf_addc(b, ':');
	if (!hs_scan_inner(value, &inner) || !memchr(inner.p, '\\', inner.len))
		hs_buf_put(b, value);
	else if (hs_scan_says(inner, scratch, &text, NULL) == 0)
		hs_json_string(b, text);
	else
		b->failed = ENOMEM;
}

/* Takes a held row apart: the values of columns, and the object of the others
 * behind them.  Returns how many there are. */
static size_t
split(struct choice *c, struct hs_span row, struct hs_span *value,
    struct hs_buf *object)
{
	const struct hs_span *name = c->s->moved.name;
	struct hs_span cell;
	size_t n = 0;

	hs_buf_clear(object);
	hs_buf_addc(object, '{');
	for (size_t i = 0; hs_copyrows_cell(&row, &cell); i++) {
		bool null = hs_span_is(cell, "\\N");
		if (!c->moved[i])
			value[n++] = null ? hs_span(NULL, 0) : cell;
		else if (!null)
			put_member(object, *name, cell, &c->scratch);
		name += c->moved[i];
	}
	hs_buf_addc(object, '}');
	if (c->first > 0)
		value[n++] = hs_buf_span(object);
	return n;
}

/* Writes the held rows to a new file. */
static int
write_rows(struct choice *c, struct hs_copyrows *to, const struct hs_page *pg,
    size_t *longest, struct hs_err *e)
{
	struct hs_copyrows *from = c->s->rows;
	struct hs_span *value = calloc(from->schema.n + 1, sizeof *value), row;
	struct hs_buf object = {0};
	int got = value ? 0 : hs_err_mem(e, "columns");

	while (value && (got = hs_copyrows_row(from, &row, e)) > 0) {
		size_t n = split(c, row, value, &object);
		if (object.len > *longest)
			*longest = object.len;
		if (hs_buf_check(&object, e, "a cell") < 0 ||
		    hs_copyrows_put(to, pg, value, n, e) < 0) {
			got = -1;
			break;
		}
	}
	hs_buf_free(&object);
	free(value);
	return got;
}

/* Keeps the names of what is moved. */
static int
keep_names(const struct choice *c, struct hs_err *e)
{
	struct script *s = c->s;
	const struct hs_schema *schema = &s->rows->schema;
	size_t at;

	for (size_t i = 0; i < schema->n; i++)
		if (c->moved[i] &&
		    (hs_columns_add(
			 &s->moved, schema->columns.name[i], &at, e) < 0 ||
			hs_columns_add(&s->moved_as,
			    hs_sqlnames_at(&c->names, i), &at, e) < 0))
			return -1;
	return 0;
}

/* The rows and the columns become those that are left. */
static int
regroup(struct choice *c, const struct hs_page *pg, struct hs_err *e)
{
	struct hs_copyrows *r = c->s->rows;
	struct hs_copyrows to = {.takes_nul = r->takes_nul,
	    .replace_invalid = r->replace_invalid,
	    .keep_blanks = r->keep_blanks};
	size_t columns = r->schema.n, longest = 0;

	if (keep_names(c, e) < 0 || hs_copyrows_open(&to, e) < 0)
		return -1;
	int rc = c->first == 0 ? 0
			       : hs_schema_gather(&r->schema, c->moved,
				     hs_span_str(c->s->rest), e);
	to.schema = r->schema;
	to.schema.records = 0; /* written */
	r->schema = (struct hs_schema){.n = columns};
	if (rc == 0)
		rc = write_rows(c, &to, pg, &longest, e);
	if (rc == 0 && c->first > 0)
		to.schema.field[to.schema.n - 1].longest = longest;
	r->schema.n = 0;
	hs_copyrows_free(r);
	*r = to;
	return rc;
}

int
rest(struct script *s, const struct hs_dialect *d, const struct hs_page *pg,
    struct hs_err *e)
{
	size_t n = s->rows->schema.n;
	struct choice c = {.s = s, .d = d};
	int rc = -1;

	if (hs_sqlnames_make(
		&c.names, d, s->table, &s->rows->schema.columns, e) < 0)
		goto out;
	c.moved = calloc(n + 1, sizeof *c.moved);
	c.candidate = calloc(n + 1, sizeof *c.candidate);
	c.width = calloc(n + 1, sizeof *c.width);
	c.bytes = calloc(n + 1, sizeof *c.bytes);
	if (!c.moved || !c.candidate || !c.width || !c.bytes)
		rc = hs_err_mem(e, "columns");
	else if (choose(&c, e) == 0)
		rc = regroup(&c, pg, e);
out:
	free(c.moved);
	free(c.candidate);
	free(c.width);
	free(c.bytes);
	hs_buf_free(&c.scratch);
	hs_sqlnames_free(&c.names);
	return rc;
}
