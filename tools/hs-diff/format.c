/* SPDX-FileCopyrightText: 2026 the hs-tools authors
 * SPDX-License-Identifier: MIT */
/* Changes, one after another. */
#include "format.h"

#include <stdio.h>

#include "json.h"

/* Records in a page. */
#define PAGE 100

static void
start_page(struct format *f)
{
	hs_buf_puts(&f->out->buf, "{\"results\":[");
	f->in_page = 0;
}

static void
end_page(struct format *f, bool more)
{
	struct hs_buf *b = &f->out->buf;
	char object[300];

	hs_buf_addc(b, ']');
	if (more)
		hs_buf_printf(b, ",\"paging\":{\"next\":{\"after\":\"%llu\"}}",
		    (f->page + 1) * PAGE);
	snprintf(object, sizeof object, "changes%s%s", f->object[0] ? ":" : "",
	    f->object);
	hs_buf_puts(b, ",\"hs\":{\"object\":");
	hs_json_string(b, hs_span_str(object));
	hs_buf_printf(b, ",\"page\":%llu}}\n", f->page++);
}

static int
in_pages(struct format *f, const struct change *ch, struct hs_err *e)
{
	if (f->in_page == PAGE) {
		end_page(f, true);
		if (hs_out_commit(f->out, e) < 0)
			return -1;
		start_page(f);
	}
	if (f->in_page++ > 0)
		hs_buf_addc(&f->out->buf, ',');
	return put_json(f, ch, e);
}

/* A part of a key as it is where it is plain, else as a JSON string. */
static void
put_plain(struct hs_buf *b, struct hs_span text)
{
	for (size_t i = 0; i < text.len; i++)
		if ((unsigned char)text.p[i] < ' ' || text.p[i] == 0x7f ||
		    text.p[i] == '"') {
			hs_json_string(b, text);
			return;
		}
	hs_buf_put(b, text);
}

static void
put_ids(struct format *f, const struct change *ch)
{
	struct hs_buf *b = &f->out->buf;

	hs_buf_puts(b, op_name(ch->op));
	for (size_t k = 0; k < f->shape->key.n; k++) {
		struct value v =
		    record_value(change_record(ch), f->shape->key_at[k]);
		hs_buf_addc(b, '\t');
		put_plain(b, format_says(f, v, NULL));
	}
	hs_buf_addc(b, '\n');
}

int
format_start(struct format *f, struct hs_err *e)
{
	if (f->form == FORM_PAGES)
		start_page(f);
	return f->form == FORM_CSV ? put_csv_header(f, e) : 0;
}

int
format_change(struct format *f, const struct change *ch, struct hs_err *e)
{
	int rc = 0;

	switch (f->form) {
	case FORM_PAGES: rc = in_pages(f, ch, e); break;
	case FORM_BARE:
		rc = put_json(f, ch, e);
		hs_buf_addc(&f->out->buf, '\n');
		break;
	case FORM_TEXT: rc = put_text(f, ch, e); break;
	case FORM_IDS: put_ids(f, ch); break;
	case FORM_CSV: rc = put_csv(f, ch, e); break;
	case FORM_COUNTS: break;
	}
	if (rc < 0 || hs_buf_check(&f->scratch, e, "a change") < 0)
		return -1;
	/* A page is written whole. */
	if (f->form == FORM_PAGES)
		return hs_buf_check(&f->out->buf, e, "a page");
	return hs_out_commit(f->out, e);
}

int
format_end(struct format *f, const struct changes *c, struct hs_err *e)
{
	if (f->form == FORM_PAGES)
		end_page(f, false);
	if (f->form == FORM_COUNTS) {
		for (enum op op = OP_INSERT; op <= OP_DELETE; op++)
			hs_buf_printf(
			    &f->out->buf, "%s\t%llu\n", op_name(op), c->op[op]);
		hs_buf_printf(&f->out->buf, "same\t%llu\n", changes_same(c));
	}
	return hs_out_commit(f->out, e);
}

void
format_free(struct format *f)
{
	hs_buf_free(&f->scratch);
}
