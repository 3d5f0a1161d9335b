/* SPDX-FileCopyrightText: 2026 the hs-tools authors
 * SPDX-License-Identifier: MIT */
/* A row of a table beside a JSON record. */
#include "agree.h"

#include "csv.h"
#include "scan.h"

/* Whether the rest of a row begins with a cell of that very text.  A text with
 * a comma may go beyond the cell; agree() notices that at the row's end, where
 * cells are then wanting. */
static bool
starts_with(struct hs_span rest, struct hs_span text)
{
	return rest.len >= text.len && hs_span_same(rest.p, text.p, text.len) &&
	       (rest.len == text.len || rest.p[text.len] == ',');
}

/* Whether the rest of a row begins with a cell that is the value's text.  An
 * escape is not what it says; it can only be found in a row with a
 * backslash. */
static bool
starts_plainly(
    struct hs_span rest, struct hs_span v, bool backslash, struct hs_span *cell)
{
	struct hs_span text = v;

	if (hs_scan_inner(v, &text) && text.len == 0)
		return false;
	*cell = hs_span(rest.p, text.len);
	return starts_with(rest, text) &&
	       !(backslash && memchr(text.p, '\\', text.len));
}

/* Takes a cell off the row: whether it says what the value does. */
static bool
take_cell(struct hs_span *rest, struct value v, bool compared, bool backslash,
    struct hs_buf *scratch)
{
	struct hs_span cell, after = *rest;

	if (compared && value_none(v))
		return rest->len == 0 || rest->p[0] == ',';
	if (!compared || !starts_plainly(*rest, v.text, backslash, &cell)) {
		(void)hs_csv_next_cell(&after, &cell);
		if (compared &&
		    !value_same((struct value){cell, true}, v, scratch))
			return false;
	}
	*rest = hs_span(rest->p + cell.len, rest->len - cell.len);
	return true;
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
agree(const struct side *table, const struct record *row,
    const struct record *record, struct hs_buf *scratch)
{
	const struct shape *sh = table->shape;
	struct hs_span rest = row->text;
	bool backslash = rest.len && memchr(rest.p, '\\', rest.len);

	for (size_t j = 0; j < table->columns; j++) {
		size_t i = table->column[j];
		if (j > 0) {
			if (rest.len == 0 || rest.p[0] != ',')
				return false;
			rest = hs_span(rest.p + 1, rest.len - 1);
		}
		if (!take_cell(&rest, record_value(record, i),
			sh->v[i].compared, backslash, scratch))
			return false;
	}
	return rest.len == 0 && !(sh->all && has_more(table, record));
}
