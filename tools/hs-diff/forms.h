/* SPDX-FileCopyrightText: 2026 the hs-tools authors
 * SPDX-License-Identifier: MIT */
#ifndef HS_DIFF_FORMS_H
#define HS_DIFF_FORMS_H

#include <stdbool.h>
#include <stddef.h>

#include "buf.h"
#include "changes.h"
#include "err.h"
#include "out.h"
#include "shape.h"

/*
 * The forms in which changes are written.  They are added to an output; a
 * failure is HS_DATA for what the form can't express, HS_IO or HS_SYSTEM.
 */
enum form { FORM_PAGES, FORM_BARE, FORM_TEXT, FORM_IDS, FORM_CSV, FORM_COUNTS };

struct format {
	/* Given. */
	enum form form;
	bool full;	    /* updates with all columns */
	bool colour, utf8;  /* of a text for people */
	const char *at;	    /* the time of the run, or NULL */
	const char *object; /* of the records, or "" */
	const struct shape *shape;
	struct hs_out *out;

	/* Private. */
	unsigned long long page;
	unsigned in_page;
	struct hs_buf scratch; /* a failure lasts, and is found at the end */
};

/* What a value says, until the next call.  A failure is scratch's. */
static inline struct hs_span
format_says(struct format *f, struct value v, size_t *lone)
{
	f->scratch.len = 0;
	return value_says(v, &f->scratch, lone);
}

/* JSON (record.c): a change as an object. */
int put_json(struct format *f, const struct change *ch, struct hs_err *e);

/* For people (text.c): a line. */
int put_text(struct format *f, const struct change *ch, struct hs_err *e);

/* CSV (cells.c): a header; a row for each cell that differs. */
int put_csv_header(struct format *f, struct hs_err *e);
int put_csv(struct format *f, const struct change *ch, struct hs_err *e);

#endif
