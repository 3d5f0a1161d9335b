/* SPDX-FileCopyrightText: 2026 the hs-tools authors
 * SPDX-License-Identifier: MIT */
/* Changes for people, a line each. */
#include "forms.h"
#include "utf8.h"

/* Bytes of a value that a line shows; --full shows all. */
#define SHOWN 60

/* Adds text that cannot command a terminal: control characters, and bytes
 * that are not UTF-8, as escapes. */
static void
put_safe(struct format *f, struct hs_span text)
{
	struct hs_buf *b = &f->out->buf;
	const char *p = text.p, *end = text.p + text.len;
	const char *stop = f->full || text.len <= SHOWN ? end : p + SHOWN;

	while (p < stop) {
		size_t n = hs_utf8_len(p, end);
		unsigned char c = (unsigned char)*p;
		bool c1 = n == 2 && c == 0xc2 && (unsigned char)p[1] < 0xa0;

		if (c == '\n' || c == '\t')
			hs_buf_puts(b, c == '\n' ? "\\n" : "\\t");
		else if (n == 0 || c < ' ' || c == 0x7f)
			hs_buf_printf(b, "\\x%02x", c);
		else if (c1 || (n > 1 && !f->utf8))
			for (size_t i = 0; i < n; i++)
				hs_buf_printf(
				    b, "\\x%02x", (unsigned char)p[i]);
		else
			hs_buf_add(b, p, n);
		p += n ? n : 1;
	}
	if (stop < end)
		hs_buf_puts(b, f->utf8 ? "…" : "...");
}

static void
put_value(struct format *f, struct value v)
{
	struct hs_buf *b = &f->out->buf;

	if (value_none(v)) {
		hs_buf_puts(b, "(none)");
		return;
	}
	struct hs_span text = format_says(f, v, NULL);
	if (text.len == 0)
		hs_buf_puts(b, "\"\"");
	put_safe(f, text);
}

/* Adds "before → after".  What says the same and differs in type is shown as
 * JSON: 5 → "5". */
static void
put_both(struct format *f, struct value old, struct value new)
{
	struct hs_buf *b = &f->scratch;

	/* Room for both, so that none moves. */
	b->len = 0;
	(void)hs_buf_reserve(b, old.text.len + new.text.len);
	struct hs_span x = value_says(old, b, NULL);
	struct hs_span y = value_says(new, b, NULL);
	bool alike = !value_none(old) && !value_none(new) && hs_span_eq(x, y);
	if (alike)
		put_safe(f, old.text);
	else
		put_value(f, old);
	hs_buf_puts(&f->out->buf, f->utf8 ? " → " : " -> ");
	if (alike)
		put_safe(f, new.text);
	else
		put_value(f, new);
}

/* Adds the column's name and what became of it, or its value. */
static void
put_column(struct format *f, const struct change *ch, size_t i, bool first)
{
	struct hs_buf *b = &f->out->buf;

	hs_buf_puts(b, first ? "  " : ", ");
	put_safe(f, f->shape->names.name[i]);
	hs_buf_puts(b, ": ");
	if (ch->op == OP_UPDATE && !value_same(record_value(ch->old, i),
				       record_value(ch->new, i), &f->scratch))
		put_both(f, record_value(ch->old, i), record_value(ch->new, i));
	else
		put_value(f, record_value(change_record(ch), i));
}

/* All columns with a value. */
static void
put_all(struct format *f, const struct change *ch)
{
	bool first = true;

	for (size_t i = 0; i < f->shape->names.n; i++) {
		if (value_none(record_value(change_record(ch), i)) &&
		    (ch->op != OP_UPDATE ||
			value_none(record_value(ch->old, i))))
			continue;
		put_column(f, ch, i, first);
		first = false;
	}
}

int
put_text(struct format *f, const struct change *ch, struct hs_err *e)
{
	static const char sign[] = "+~-";
	static const char *const colour[] = {
	    "\033[32m", "\033[33m", "\033[31m"};
	const struct shape *sh = f->shape;
	struct hs_buf *b = &f->out->buf;

	if (f->colour)
		hs_buf_puts(b, colour[ch->op]);
	hs_buf_addc(b, sign[ch->op]);
	for (size_t k = 0; k < sh->key.n; k++) {
		hs_buf_addc(b, ' ');
		put_value(f, record_value(change_record(ch), sh->key_at[k]));
	}
	if (f->colour)
		hs_buf_puts(b, "\033[0m");
	if (f->full)
		put_all(f, ch);
	for (size_t k = 0; k < ch->columns && !f->full; k++)
		put_column(f, ch, ch->column[k], k == 0);
	hs_buf_addc(b, '\n');
	return hs_buf_check(b, e, "a change");
}
