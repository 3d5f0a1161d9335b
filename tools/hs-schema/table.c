/* SPDX-FileCopyrightText: 2026 the hs-tools authors
 * SPDX-License-Identifier: MIT */
/* A schema as a table for people. */
#include "output.h"

#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <wchar.h>

#include "utf8.h"

/* How a character is shown. */
struct glyph {
	char text[16];
	size_t len;
	size_t width; /* columns on the terminal */
};

struct table {
	const struct hs_schema *s;
	bool utf8;
	size_t width;
	size_t name, type, bar, longest, example; /* width of each part */
};

static uint32_t
code_point(const char *p, size_t n)
{
	static const unsigned char mask[] = {0, 0x7f, 0x1f, 0x0f, 0x07};
	uint32_t cp = (unsigned char)p[0] & mask[n];

	for (size_t i = 1; i < n; i++)
		cp = cp << 6 | ((unsigned char)p[i] & 0x3f);
	return cp;
}

/* Characters without width that turn or hide the text around them (Unicode's
 * bidirectional controls and the like). */
static bool
is_invisible(uint32_t cp)
{
	return cp == 0xad || cp == 0x61c || (cp >= 0x200b && cp <= 0x200f) ||
	       (cp >= 0x2028 && cp <= 0x202e) ||
	       (cp >= 0x2060 && cp <= 0x206f) || cp == 0xfeff;
}

/* Sets *g to the character at p, control characters as escapes; returns where
 * the character ends. */
static const char *
show(const char *p, const char *end, bool utf8, struct glyph *g)
{
	size_t n = hs_utf8_len(p, end);
	uint32_t cp = n ? code_point(p, n) : 0xfffd;
	int width = cp >= 0x20 && cp < 0x7f ? 1 : -1;

	if (utf8 && cp >= 0xa0 && n && !is_invisible(cp))
		width = wcwidth((wchar_t)cp);
	if (width >= 0) {
		memcpy(g->text, p, n);
		g->len = n;
		g->width = (size_t)width;
		return p + n;
	}
	int len, letter = cp == '\n' ? 'n' : cp == '\r' ? 'r' : 't';
	if (cp == '\n' || cp == '\r' || cp == '\t')
		len = snprintf(g->text, sizeof g->text, "\\%c", letter);
	else
		len = snprintf(g->text, sizeof g->text, "\\u%04x", cp);
	g->len = g->width = (size_t)len;
	return p + (n ? n : 1);
}

static size_t
shown_width(struct hs_span text, bool utf8)
{
	const char *p = text.p, *end = text.p + text.len;
	struct glyph g;
	size_t w = 0;

	while (p < end) {
		p = show(p, end, utf8, &g);
		w += g.width;
	}
	return w;
}

static void
put_spaces(struct hs_buf *b, size_t n)
{
	while (n-- > 0)
		hs_buf_addc(b, ' ');
}

/* Adds text in at most `width` columns; returns how many it took.  A longer
 * text loses its end, or, with `tail` columns of that kept, its middle. */
static size_t
put_text(const struct table *t, struct hs_span text, size_t width, size_t tail,
    struct hs_buf *b)
{
	const char *p = text.p, *end = text.p + text.len;
	size_t total = shown_width(text, t->utf8), at = 0, used = 0;
	bool cut = total > width, marked = false;
	size_t head = cut ? width - 1 - tail : width;
	struct glyph g;

	while (p < end) {
		p = show(p, end, t->utf8, &g);
		if (at + g.width <= head && !marked) {
			hs_buf_add(b, g.text, g.len);
			used += g.width;
		} else if (!marked) {
			hs_buf_puts(b, t->utf8 ? "\u2026" : "~");
			used++;
			marked = true;
		}
		/* A combining mark right behind the ellipsis belongs to what
		 * was cut. */
		if (marked && at >= total - tail &&
		    (g.width > 0 || at > total - tail)) {
			hs_buf_add(b, g.text, g.len);
			used += g.width;
		}
		at += g.width;
	}
	return used;
}

/* The same, filled up with spaces. */
static void
put_cell(const struct table *t, struct hs_span text, size_t width, size_t tail,
    struct hs_buf *b)
{
	put_spaces(b, width - put_text(t, text, width, tail, b));
}

/* A bar is empty only where no record has a value, full only where all do. */
static void
put_bar(const struct table *t, const struct hs_field *f, struct hs_buf *b)
{
	static const char *const parts[] = {"", "\u258f", "\u258e", "\u258d",
	    "\u258c", "\u258b", "\u258a", "\u2589"};
	unsigned steps = t->utf8 ? 8 : 1;
	unsigned long long all = t->s->records;
	size_t n = (size_t)((double)f->filled / (double)all *
			    (double)(t->bar * steps));

	if (n == 0)
		n = 1;
	if (n >= t->bar * steps && f->filled < all)
		n = t->bar * steps - 1;
	for (size_t i = 0; i < n / steps; i++)
		hs_buf_puts(b, t->utf8 ? "\u2588" : "#");
	hs_buf_puts(b, t->utf8 ? parts[n % steps] : "");
	put_spaces(b, t->bar - (n + steps - 1) / steps);
}

static void
put_share(const struct table *t, const struct hs_field *f, struct hs_buf *b)
{
	double share = (double)f->filled / (double)t->s->records * 100;

	if (f->filled == t->s->records)
		hs_buf_puts(b, " 100%");
	else if (share < 1)
		hs_buf_puts(b, "  <1%");
	else
		hs_buf_printf(b, "  %2d%%", (int)share);
}

static const char *
type_text(const struct hs_field *f)
{
	enum hs_type t = hs_field_type(f);

	return t == HS_TYPE_INTEGER && f->facts.big ? "integer >64"
						    : hs_type_name(t);
}

static void
put_row(const struct table *t, size_t i, struct hs_buf *b)
{
	const struct hs_field *f = &t->s->field[i];

	put_cell(t, t->s->columns.name[i], t->name, (t->name - 1) / 2, b);
	hs_buf_printf(b, "  %-*s  ", (int)t->type, type_text(f));
	put_bar(t, f, b);
	put_share(t, f, b);
	hs_buf_printf(b, "  %*zu  ", (int)t->longest, f->longest);
	put_text(t, hs_buf_span(&f->example), t->example, 0, b);
	hs_buf_addc(b, '\n');
}

static void
put_head(const struct table *t, struct hs_buf *b)
{
	const struct hs_schema *s = t->s;

	if (s->object[0]) {
		put_text(t, hs_span_str(s->object), t->width / 2, 0, b);
		hs_buf_puts(b, ": ");
	}
	hs_buf_printf(b, "%llu record%s, %zu column%s%s", s->records,
	    s->records == 1 ? "" : "s", s->n, s->n == 1 ? "" : "s",
	    s->paged && !s->complete ? ", incomplete" : "");
	for (size_t i = 0; i < s->key.n; i++) {
		hs_buf_puts(b, i ? " + " : ", key ");
		put_text(t, s->key.name[i], t->name, 0, b);
	}
	hs_buf_addc(b, '\n');
}

/* Columns without a value are many in a real portal: names only. */
static void
put_empty(const struct table *t, size_t n, struct hs_buf *b)
{
	size_t at = t->width;

	hs_buf_printf(b, "\nNo value in %zu column%s:", n, n == 1 ? "" : "s");
	for (size_t i = 0; i < t->s->n; i++) {
		struct hs_span name = t->s->columns.name[i];
		if (!hs_field_empty(&t->s->field[i]))
			continue;
		if (at + 2 + shown_width(name, t->utf8) > t->width) {
			hs_buf_addc(b, '\n');
			at = 0;
		}
		hs_buf_puts(b, "  ");
		at += 2 + put_text(t, name, t->width - 2, 0, b);
	}
	hs_buf_addc(b, '\n');
}

/* Divides the width among the parts; examples get what the names leave. */
static void
lay_out(struct table *t)
{
	size_t name = 6, most = 0, least = t->width < 100 ? 16 : 30;

	t->type = 8;
	t->longest = 7;
	for (size_t i = 0; i < t->s->n; i++) {
		const struct hs_field *f = &t->s->field[i];
		size_t w = shown_width(t->s->columns.name[i], t->utf8);
		size_t type = strlen(type_text(f));
		if (hs_field_empty(f))
			continue;
		name = w > name ? w : name;
		t->type = type > t->type ? type : t->type;
		most = f->longest > most ? f->longest : most;
	}
	for (size_t n = most / 10000000; n > 0; n /= 10)
		t->longest++;
	t->bar = t->width < 100 ? 8 : 16;
	size_t fixed = 2 + t->type + 2 + t->bar + 5 + 2 + t->longest + 2;
	size_t room = t->width - fixed;
	t->name = name < room - least ? name : room - least;
	t->example = room - t->name;
}

void
put_table(const struct hs_schema *s, size_t width, bool utf8, struct hs_buf *b)
{
	/* Narrower than this there is no room for the parts. */
	struct table t = {
	    .s = s, .utf8 = utf8, .width = width < 64 ? 64 : width};
	size_t empty = 0;

	lay_out(&t);
	put_head(&t, b);
	for (size_t i = 0; i < s->n; i++)
		empty += hs_field_empty(&s->field[i]);
	if (empty < s->n)
		hs_buf_printf(b, "\n%-*s  %-*s  %-*s  %*s  %s\n", (int)t.name,
		    "COLUMN", (int)t.type, "TYPE", (int)t.bar + 5, "FILLED",
		    (int)t.longest, "LONGEST", "EXAMPLE");
	for (size_t i = 0; i < s->n; i++)
		if (!hs_field_empty(&s->field[i]))
			put_row(&t, i, b);
	if (empty > 0)
		put_empty(&t, empty, b);
}
