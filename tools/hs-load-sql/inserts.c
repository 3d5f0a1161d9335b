/* SPDX-FileCopyrightText: 2026 the hs-tools authors
 * SPDX-License-Identifier: MIT */
/* Rows as INSERT statements. */
#include "inserts.h"

#include <string.h>

void
inserts_columns(const struct script *s, struct hs_buf *b, const char *type)
{
	const bool *drop = s->rows->drop;
	const char *before = "c";

	for (size_t i = 0; i < s->rows->schema.n; i++) {
		if (drop && drop[i])
			continue;
		hs_buf_printf(b, "%s%zu%s", before, i + 1, type);
		before = ",c";
	}
}

/* Adds a row, a line of COPY text without its end. */
static void
put_row(const struct inserts_form *f, struct hs_span row, struct hs_buf *b)
{
	const char *p = row.p, *end = row.p + row.len, *tab;

	hs_buf_addc(b, '(');
	for (; p; p = tab ? tab + 1 : NULL) {
		tab = memchr(p, '\t', (size_t)(end - p));
		struct hs_span cell =
		    hs_span(p, (size_t)((tab ? tab : end) - p));
		if (hs_buf_reserve(b, 2 * cell.len + INSERTS_ROOM) < 0)
			return;
		if (hs_span_is(cell, "\\N"))
			hs_buf_puts(b, "NULL");
		else
			f->put(b, cell);
		hs_buf_puts(b, tab ? "," : ")");
	}
}

/* Adds the whole rows of a block, whose first `known` bytes have no line end,
 * and takes them away.  `statement` is the bytes of the open one; 0: none is.
 */
static int
put_rows(const struct script *s, const struct inserts_form *f,
    struct hs_buf *block, size_t known, size_t *statement, struct hs_out *out,
    struct hs_err *e)
{
	struct hs_buf *b = &out->buf;
	const char *p = block->data, *end = p + block->len, *line;

	for (const char *from = p + known;
	     (line = memchr(from, '\n', (size_t)(end - from)));
	     from = p = line + 1) {
		struct hs_span row = hs_span(p, (size_t)(line - p));
		if (*statement > 0 && *statement + row.len > f->statement) {
			hs_buf_puts(b, ";\n");
			*statement = 0;
		}
		size_t start = b->len;
		if (*statement > 0) {
			hs_buf_puts(b, ",\n");
		} else {
			hs_buf_printf(b, "INSERT INTO %s (", f->stage);
			inserts_columns(s, b, "");
			hs_buf_puts(b, ") VALUES\n");
		}
		put_row(f, row, b);
		*statement += b->len - start;
		if (hs_out_commit(out, e) < 0)
			return -1;
	}
	block->len = (size_t)(end - p);
	memmove(block->data, p, block->len);
	return 0;
}

int
inserts_copy(const struct script *s, const struct inserts_form *f,
    struct hs_out *out, struct hs_err *e)
{
	struct hs_buf block = {0};
	size_t statement = 0, known = 0;
	int got;

	while ((got = hs_copyrows_next(s->rows, &block, e)) > 0) {
		if (put_rows(s, f, &block, known, &statement, out, e) < 0) {
			got = -1;
			break;
		}
		known = block.len;
	}
	hs_buf_free(&block);
	if (got < 0)
		return -1;
	hs_buf_puts(&out->buf, statement > 0 ? ";\n" : "");
	return hs_out_commit(out, e);
}
