/* SPDX-FileCopyrightText: 2026 the hs-tools authors
 * SPDX-License-Identifier: MIT */
/* A change as a JSON object. */
#include "forms.h"
#include "json.h"
#include "utf8.h"

/* Adds a value as JSON; a cell becomes a string or null. */
static int
put_value(struct format *f, struct value v, struct hs_err *e)
{
	struct hs_buf *b = &f->out->buf;

	if (value_none(v)) {
		hs_buf_puts(b, "null");
		return 0;
	}
	if (!v.cell) {
		hs_buf_put(b, v.text);
		return 0;
	}
	struct hs_span text = format_says(f, v, NULL);
	if (hs_utf8_valid(text) < text.len)
		return hs_err_set(e, HS_DATA,
		    "a cell of the table is not UTF-8, which JSON cannot "
		    "express: %.*s",
		    text.len > 60 ? 60 : (int)text.len, text.p);
	hs_json_string(b, text);
	return 0;
}

static int
put_member(struct format *f, const struct record *r, size_t i, bool first,
    struct hs_err *e)
{
	struct hs_buf *b = &f->out->buf;

	if (!first)
		hs_buf_addc(b, ',');
	hs_json_string(b, f->shape->names.name[i]);
	hs_buf_addc(b, ':');
	return put_value(f, record_value(r, i), e);
}

/* Adds all of a record. */
static int
put_whole(struct format *f, const struct record *r, struct hs_err *e)
{
	struct hs_buf *b = &f->out->buf;
	bool first = true;

	if (!r->cells) {
		hs_buf_put(b, r->text);
		return 0;
	}
	hs_buf_addc(b, '{');
	for (size_t i = 0; i < r->n; i++) {
		/* A cell has its place in the row; a column of the other side
		 * has none. */
		if (!r->value[i].p)
			continue;
		if (put_member(f, r, i, first, e) < 0)
			return -1;
		first = false;
	}
	hs_buf_addc(b, '}');
	return 0;
}

/* Adds one side of a change. */
static int
put_side(struct format *f, const char *name, const struct record *r,
    const struct change *ch, struct hs_err *e)
{
	struct hs_buf *b = &f->out->buf;

	if (!r)
		return 0;
	hs_buf_printf(b, ",\"%s\":", name);
	if (f->full || ch->op != OP_UPDATE)
		return put_whole(f, r, e);
	hs_buf_addc(b, '{');
	for (size_t k = 0; k < ch->columns; k++)
		if (put_member(f, r, ch->column[k], k == 0, e) < 0)
			return -1;
	hs_buf_addc(b, '}');
	return 0;
}

/* Adds the key: its value, or an array of several. */
static int
put_id(struct format *f, const struct change *ch, struct hs_err *e)
{
	const struct shape *sh = f->shape;
	struct hs_buf *b = &f->out->buf;
	bool several = sh->key.n > 1;

	if (several)
		hs_buf_addc(b, '[');
	for (size_t k = 0; k < sh->key.n; k++) {
		if (k > 0)
			hs_buf_addc(b, ',');
		if (put_value(f, record_value(change_record(ch), sh->key_at[k]),
			e) < 0)
			return -1;
	}
	if (several)
		hs_buf_addc(b, ']');
	return 0;
}

int
put_json(struct format *f, const struct change *ch, struct hs_err *e)
{
	struct hs_buf *b = &f->out->buf;

	hs_buf_printf(b, "{\"op\":\"%s\",\"id\":", op_name(ch->op));
	if (put_id(f, ch, e) < 0)
		return -1;
	if (f->at)
		hs_buf_printf(b, ",\"at\":\"%s\"", f->at);
	for (size_t k = 0; k < ch->columns; k++) {
		hs_buf_puts(b, k ? "," : ",\"changed\":[");
		hs_json_string(b, f->shape->names.name[ch->column[k]]);
	}
	if (ch->columns > 0)
		hs_buf_addc(b, ']');
	if (put_side(f, "before", ch->old, ch, e) < 0 ||
	    put_side(f, "after", ch->new, ch, e) < 0)
		return -1;
	hs_buf_addc(b, '}');
	return 0;
}
