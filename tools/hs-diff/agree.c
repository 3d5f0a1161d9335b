/* SPDX-FileCopyrightText: 2026 the hs-tools authors
 * SPDX-License-Identifier: MIT */
/* A row of a table beside a JSON record. */
#include "agree.h"

#include "csv.h"
#include "scan.h"

/* The functions below take the place in a row where a cell starts, and return
 * the one where it ends, or NULL if it does not say what the value does. */

static inline bool
ends(const char *p, const char *end)
{
	return p == end || *p == ',' || *p == '\n' || *p == '\r';
}

/* A cell, whatever it says. */
static const char *
skip_cell(const char *p, const char *end)
{
	struct hs_span rest = hs_span(p, (size_t)(end - p)), cell;

	if (p < end && *p == '"') {
		(void)hs_csv_next_cell(&rest, &cell);
		return p + cell.len;
	}
	while (!ends(p, end))
		p++;
	return p;
}

/* A cell of that very text, which has no quotes.  A text with a comma may go
 * beyond the cell; then cells are wanting at the row's end. */
static inline const char *
same_plain(const char *p, const char *end, struct hs_span text)
{
	if (text.len == 0 || (size_t)(end - p) < text.len ||
	    !hs_span_same(p, text.p, text.len) || !ends(p + text.len, end))
		return NULL;
	return p + text.len;
}

/* A cell in quotes, where those of the text stand doubled. */
static const char *
same_quoted(const char *p, const char *end, struct hs_span text)
{
	for (p++; text.len > 0;) {
		const char *quote = memchr(text.p, '"', text.len);
		size_t n = quote ? (size_t)(quote + 1 - text.p) : text.len;
		if ((size_t)(end - p) <= n || !hs_span_same(p, text.p, n))
			return NULL;
		p += n;
		if (quote && *p++ != '"')
			return NULL;
		text = hs_span(text.p + n, text.len - n);
	}
	return p < end && *p == '"' && ends(p + 1, end) ? p + 1 : NULL;
}

/* A cell of what any value says.  No cell has half a surrogate pair. */
static const char *
same_value(
    const char *p, const char *end, struct value v, struct hs_buf *scratch)
{
	size_t lone = 0;

	scratch->len = 0;
	struct hs_span text = value_says(v, scratch, &lone);
	if (lone > 0)
		return NULL;
	if (p < end && *p == '"')
		return same_quoted(p, end, text);
	const char *stop = skip_cell(p, end);
	return hs_span_eq(text, hs_span(p, (size_t)(stop - p))) ? stop : NULL;
}

/* A cell of a value that is not none.  Strings without escapes, numbers and
 * words have no quotes. */
static inline const char *
same_cell(
    const char *p, const char *end, struct value v, struct hs_buf *scratch)
{
	struct hs_span text = v.text;
	bool plain = hs_scan_inner(v.text, &text)
			 ? text.len == 0 || !memchr(text.p, '\\', text.len)
			 : *text.p != '[' && *text.p != '{';

	if (!plain)
		return same_value(p, end, v, scratch);
	if (p == end || *p != '"')
		return same_plain(p, end, text);
	return same_quoted(p, end, text);
}

/* Whether the record has a value in a column that the table lacks. */
static bool
has_more(const struct side *table, const struct record *record)
{
	const struct shape *sh = table->shape;

	for (size_t i = 0; i < record->n; i++)
		if (sh->v[i].compared && !sh->v[i].in[table->which] &&
		    !value_none(record_value(record, i)))
			return true;
	return false;
}

bool
agree(const struct side *table, struct hs_span text, bool whole,
    const struct record *record, struct hs_buf *scratch)
{
	const char *p = text.p, *end = text.p + text.len;
	const struct shape *sh = table->shape;
	const size_t *column = table->column;
	const struct hs_span *value = record->value;

	for (size_t j = 0; j < table->columns; j++) {
		struct value v = {value[column[j]], false};
		if (j > 0 && (p == end || *p++ != ','))
			return false;
		if (!shape_compares(sh, column[j]))
			p = skip_cell(p, end);
		else if (!value_none(v))
			p = same_cell(p, end, v, scratch);
		else if (!ends(p, end))
			return false;
		if (!p)
			return false;
	}
	return (p < end ? *p != ',' : whole) &&
	       !(sh->all && has_more(table, record));
}
