/* SPDX-FileCopyrightText: 2026 the hs-tools authors
 * SPDX-License-Identifier: MIT */
/* A schema as bq load takes it. */
#include "output.h"

#include "json.h"
#include "sqlnames.h"

/* Characters of a column's description (BigQuery, "Quotas and limits"). */
#define NOTE_MAX 1024

/* The first NOTE_MAX characters. */
static struct hs_span
cut(struct hs_span text)
{
	size_t n = 0, i = 0;

	for (; i < text.len; i++)
		if (((unsigned char)text.p[i] & 0xc0) != 0x80 &&
		    n++ == NOTE_MAX)
			break;
	return hs_span(text.p, i);
}

static void
put_field(const struct hs_schema *s, const struct hs_sqlnames *n, size_t i,
    struct hs_buf *b)
{
	const struct hs_field *f = &s->field[i];
	bool key = hs_columns_has(&s->key, s->columns.name[i]);

	hs_buf_puts(b, "{\"name\":");
	hs_json_string(b, hs_sqlnames_at(n, i));
	hs_buf_puts(b, ",\"type\":\"");
	hs_dialect_put_type(n->dialect, f, b);
	hs_buf_printf(b, "\",\"mode\":\"%s\"", key ? "REQUIRED" : "NULLABLE");
	if (f->note.len > 0) {
		hs_buf_puts(b, ",\"description\":");
		hs_json_string(b, cut(f->note));
	}
	hs_buf_addc(b, '}');
}

void
put_bigquery(
    const struct hs_schema *s, const struct hs_sqlnames *n, struct hs_buf *b)
{
	hs_buf_puts(b, "[");
	for (size_t i = 0; i < s->n; i++) {
		hs_buf_puts(b, i ? ",\n" : "\n");
		put_field(s, n, i, b);
	}
	hs_buf_puts(b, "\n]\n");
}
