/* SPDX-FileCopyrightText: 2026 the hs-tools authors
 * SPDX-License-Identifier: MIT */
/* The labels of properties as the names of members. */
#include "headings.h"

#include <errno.h>

void
headings_spell(const struct properties *p, const struct property *v,
    unsigned brackets, const char *suffix, struct hs_buf *b)
{
	hs_buf_clear(b);
	hs_buf_put(b, properties_text(p, v->label));
	for (; brackets > 0; brackets--) {
		hs_buf_puts(b, " (");
		hs_buf_put(b, properties_text(p, v->name));
		hs_buf_addc(b, ')');
	}
	hs_buf_puts(b, suffix);
}

/* Whether the label of a property can be its heading. */
static int
is_usable(struct properties *p, const struct property *v, struct hs_err *e)
{
	struct hs_buf scratch = {0};
	struct hs_span label = properties_text(p, v->label), said;
	size_t lone = 0;
	int r = hs_scan_says(label, &scratch, &said, &lone);

	hs_buf_free(&scratch);
	if (r < 0)
		return hs_err_mem(e, "a label");
	const struct name *n = properties_name(p, label);
	return v->chosen && label.len > 0 && lone == 0 &&
	       !(n && n->property == (size_t)(v - p->v));
}

/* Whether a name is free, but for at most so many labels that say it. */
static bool
is_free(struct properties *p, const struct hs_buf *name, size_t labels)
{
	const struct name *n = properties_name(p, hs_buf_span(name));

	if (!n)
		return true;
	return !name_is_taken(n) && n->labels <= labels &&
	       !properties_reserved(properties_text(p, n->said));
}

static int
take(struct properties *p, const struct hs_buf *name, size_t number,
    struct hs_err *e)
{
	struct name *n = properties_name_add(p, hs_buf_span(name), e);

	if (!n)
		return -1;
	n->heading_of = number;
	return 0;
}

static int
make_one(struct properties *p, size_t number, bool apart, struct hs_buf *b,
    struct hs_err *e)
{
	struct property *v = &p->v[number];
	bool labelled = apart && v->labelled;

	for (v->brackets = 0;; v->brackets++) {
		headings_spell(p, v, v->brackets, "", b);
		if (hs_buf_check(b, e, "a heading") < 0)
			return -1;
		if (!is_free(p, b, v->brackets == 0))
			continue;
		headings_spell(p, v, v->brackets, HEADINGS_LABEL, b);
		if (!labelled || is_free(p, b, 0))
			break;
	}
	if (labelled && take(p, b, number, e) < 0)
		return -1;
	headings_spell(p, v, v->brackets, "", b);
	if (hs_buf_check(b, e, "a heading") < 0 || take(p, b, number, e) < 0)
		return -1;
	return properties_keep(p, hs_buf_span(b), &v->heading, e);
}

int
headings_make(struct properties *p, bool apart, struct hs_err *e)
{
	struct hs_buf b = {.max = PROPERTIES_TEXT_MAX};
	int r = 0;

	for (size_t i = 0; i < p->n && r >= 0; i++) {
		if ((r = is_usable(p, &p->v[i], e)) <= 0)
			continue;
		hs_buf_clear(&b);
		hs_buf_put(&b, properties_text(p, p->v[i].label));
		r = hs_buf_check(&b, e, "a label");
		struct name *n =
		    r < 0 ? NULL : properties_name_add(p, hs_buf_span(&b), e);
		if (n)
			n->labels++;
		else
			r = -1;
	}
	for (size_t i = 0; i < p->n && r >= 0; i++)
		if ((r = is_usable(p, &p->v[i], e)) > 0)
			r = make_one(p, i, apart, &b, e);
	hs_buf_free(&b);
	if (r >= 0 && p->nomem) {
		errno = ENOMEM;
		r = hs_err_mem(e, "a heading");
	}
	return r < 0 ? -1 : 0;
}
