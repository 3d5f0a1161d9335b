/* SPDX-FileCopyrightText: 2026 the hs-tools authors
 * SPDX-License-Identifier: MIT */
/* What the database has room for. */
#include "fit.h"

#include <stdlib.h>
#include <string.h>

#include "rowsize.h"

#define FIT_WAYS                                              \
	"; --filled leaves out columns without a value, and " \
	"--rest COLUMN puts those with the fewest into one"

/* The bytes of a cell's text, without the backslashes of its escapes. */
static size_t
text_length(struct hs_span cell)
{
	size_t n = cell.len;

	for (size_t i = 0; i < cell.len; i++)
		if (cell.p[i] == '\\') {
			n--;
			i++;
		}
	return n;
}

static size_t
row_length(const struct hs_width *w, size_t head, struct hs_span row)
{
	struct hs_span cell;
	size_t at = head;

	for (size_t i = 0; hs_copyrows_cell(&row, &cell); i++) {
		if (hs_span_is(cell, "\\N"))
			continue;
		at = hs_rowsize_add(&w[i], at, text_length(cell));
	}
	return at;
}

/* Looks at every row. */
static int
look(const struct script *s, const struct hs_width *w, size_t columns,
    struct hs_err *e)
{
	size_t head = hs_rowsize_head(&s->dialect, columns);
	unsigned long long record = 0;
	struct hs_span row;
	int got;

	while ((got = hs_copyrows_row(s->rows, &row, e)) > 0) {
		size_t bytes = row_length(w, head, row);
		record++;
		if (bytes > s->dialect.row_max)
			return hs_err_set(e, HS_DATA,
			    "record %llu: its row of %zu columns has %zu "
			    "bytes; one of %s has at most %zu" FIT_WAYS,
			    record, columns, bytes, s->dialect.name,
			    s->dialect.row_max);
	}
	hs_copyrows_rewind(s->rows);
	return got;
}

static int
fit_rows(const struct script *s, size_t columns, struct hs_err *e)
{
	const struct hs_schema *c = &s->rows->schema;
	size_t longest = hs_rowsize_longest(&s->dialect, c, NULL, 4);

	/* What aligns a value, or its text, may take a little more. */
	if (longest > 0 && longest + 16 * c->fullest <= s->dialect.row_max)
		return 0;
	struct hs_width *w = calloc(c->n + 1, sizeof *w);
	if (!w)
		return hs_err_mem(e, "columns");
	for (size_t i = 0; i < c->n; i++)
		w[i] = hs_rowsize_width(
		    &s->dialect, &c->field[i], s->text, script_key(s, i) > 0);
	int rc = look(s, w, columns, e);
	free(w);
	return rc;
}

int
fit(const struct script *s, struct hs_err *e)
{
	const struct hs_schema *c = &s->rows->schema;
	const struct hs_dialect *d = &s->dialect;
	size_t columns = c->n - s->empties + (s->deleted_at != NULL);

	if (d->columns_max && columns > d->columns_max)
		return hs_err_set(e, HS_DATA,
		    "%zu columns, of which a record fills up to %zu: a table "
		    "of %s has at most %zu" FIT_WAYS,
		    columns, c->fullest, d->name, d->columns_max);
	return d->row_max ? fit_rows(s, columns, e) : 0;
}
