/* SPDX-FileCopyrightText: 2026 the hs-tools authors
 * SPDX-License-Identifier: MIT */
/* Changes as CSV: a row for each cell that differs. */
#include "csv.h"
#include "forms.h"

/* Adds a value as a cell: its text. */
static int
put_cell(struct format *f, struct value v, struct hs_err *e)
{
	size_t lone = 0;

	if (value_none(v))
		return 0;
	struct hs_span text = format_says(f, v, &lone);
	if (lone > 0)
		return hs_err_set(e, HS_DATA,
		    "a value holds half a surrogate pair, which UTF-8 cannot "
		    "express: %.*s",
		    v.text.len > 60 ? 60 : (int)v.text.len, v.text.p);
	hs_csv_put(&f->out->buf, text);
	return 0;
}

int
put_csv_header(struct format *f, struct hs_err *e)
{
	struct hs_buf *b = &f->out->buf;

	for (size_t k = 0; k < f->shape->key.n; k++) {
		hs_csv_put(b, f->shape->key.name[k]);
		hs_buf_addc(b, ',');
	}
	hs_buf_puts(b, "op,column,before,after\n");
	return hs_out_commit(f->out, e);
}

static int
put_row(struct format *f, const struct change *ch, size_t i, struct hs_err *e)
{
	const struct record *r = change_record(ch);
	struct hs_buf *b = &f->out->buf;

	for (size_t k = 0; k < f->shape->key.n; k++) {
		if (put_cell(f, record_value(r, f->shape->key_at[k]), e) < 0)
			return -1;
		hs_buf_addc(b, ',');
	}
	hs_buf_puts(b, op_name(ch->op));
	hs_buf_addc(b, ',');
	hs_csv_put(b, f->shape->names.name[i]);
	hs_buf_addc(b, ',');
	if (ch->old && put_cell(f, record_value(ch->old, i), e) < 0)
		return -1;
	hs_buf_addc(b, ',');
	if (ch->new &&put_cell(f, record_value(ch->new, i), e) < 0)
		return -1;
	hs_buf_addc(b, '\n');
	return 0;
}

int
put_csv(struct format *f, const struct change *ch, struct hs_err *e)
{
	const struct record *r = change_record(ch);

	for (size_t k = 0; k < ch->columns && !f->full; k++)
		if (put_row(f, ch, ch->column[k], e) < 0)
			return -1;
	if (ch->op == OP_UPDATE && !f->full)
		return 0;
	for (size_t i = 0; i < f->shape->names.n; i++) {
		bool none = value_none(record_value(r, i)) &&
			    (ch->op != OP_UPDATE ||
				value_none(record_value(ch->old, i)));
		if (!none && put_row(f, ch, i, e) < 0)
			return -1;
	}
	return 0;
}
