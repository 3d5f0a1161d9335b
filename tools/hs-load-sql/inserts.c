/* SPDX-FileCopyrightText: 2026 the hs-tools authors
 * SPDX-License-Identifier: MIT */
/* Rows as INSERT statements. */
#include "inserts.h"

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
	const char *before = "(";
	struct hs_span cell;

	while (hs_copyrows_cell(&row, &cell)) {
		if (hs_buf_reserve(b, 2 * cell.len + INSERTS_ROOM) < 0)
			return;
		hs_buf_puts(b, before);
		if (hs_span_is(cell, "\\N"))
			hs_buf_puts(b, "NULL");
		else
			f->put(b, cell);
		before = ",";
	}
	hs_buf_addc(b, ')');
}

static void
begin_statement(
    const struct script *s, const struct inserts_form *f, struct hs_buf *b)
{
	hs_buf_printf(b, "INSERT INTO %s (", f->stage);
	inserts_columns(s, b, "");
	hs_buf_puts(b, ") VALUES\n");
}

int
inserts_copy(const struct script *s, const struct inserts_form *f,
    struct hs_out *out, struct hs_err *e)
{
	struct hs_buf *b = &out->buf;
	size_t statement = 0; /* bytes of the open one; 0: none is */
	struct hs_span row;
	int got;

	while ((got = hs_copyrows_row(s->rows, &row, e)) > 0) {
		size_t start = b->len;
		bool full = statement + row.len > f->statement;
		if (statement > 0)
			hs_buf_puts(b, full ? ";\n" : ",\n");
		if (statement == 0 || full) {
			begin_statement(s, f, b);
			statement = 0;
		}
		put_row(f, row, b);
		statement += b->len - start;
		if (hs_out_commit(out, e) < 0)
			return -1;
	}
	if (got < 0)
		return -1;
	hs_buf_puts(b, statement > 0 ? ";\n" : "");
	return hs_out_commit(out, e);
}
