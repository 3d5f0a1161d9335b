/* SPDX-FileCopyrightText: 2026 the hs-tools authors
 * SPDX-License-Identifier: MIT */
/* The properties, and the names of members. */
#include "properties.h"

#include <stdlib.h>

#include "grow.h"

bool
properties_reserved(struct hs_span said)
{
	static const char *const names[] = {"id", "createdAt", "updatedAt",
	    "archived", "archivedAt", "url", "properties", "associations",
	    "propertiesWithHistory", "objectWriteTraceId", "results"};

	for (size_t i = 0; i < sizeof names / sizeof *names; i++)
		if (hs_span_is(said, names[i]))
			return true;
	return false;
}

int
properties_keep(struct properties *p, struct hs_span text, struct text *kept,
    struct hs_err *e)
{
	struct text new = {p->text.len, text.len};

	p->text.max = PROPERTIES_TEXT_MAX;
	hs_buf_put(&p->text, text);
	if (hs_buf_check(&p->text, e, "the text of all properties") < 0)
		return -1;
	*kept = new;
	return 0;
}

static struct name *
look_up(const struct properties *p, struct hs_span said, uint64_t hash)
{
	size_t at, step = 0;

	while ((at = hs_index_next(&p->index, hash, &step)) != HS_INDEX_NONE)
		if (p->name[at].said.len == said.len &&
		    hs_span_same(properties_text(p, p->name[at].said).p, said.p,
			said.len))
			return &p->name[at];
	return NULL;
}

const struct name *
properties_name(struct properties *p, struct hs_span name)
{
	struct hs_span said;

	if (hs_scan_says(name, &p->scratch, &said, NULL) < 0) {
		p->nomem = true;
		return NULL;
	}
	return look_up(p, said, hs_hash(said));
}

struct name *
properties_name_add(struct properties *p, struct hs_span name, struct hs_err *e)
{
	struct hs_span said;

	if (hs_scan_says(name, &p->scratch, &said, NULL) < 0) {
		hs_err_mem(e, "a name");
		return NULL;
	}
	uint64_t hash = hs_hash(said);
	struct name *found = look_up(p, said, hash);
	if (found)
		return found;
	struct name new = {.property = PROPERTIES_NONE,
	    .label_of = PROPERTIES_NONE,
	    .heading_of = PROPERTIES_NONE};
	if (properties_keep(p, said, &new.said, e) < 0)
		return NULL;
	if (HS_GROW(p->name, p->names, p->names_cap) < 0 ||
	    hs_index_add(&p->index, hash, p->names) < 0) {
		hs_err_mem(e, "names");
		return NULL;
	}
	p->name[p->names] = new;
	return &p->name[p->names++];
}

/* Adds the property of a member's name. */
static int
add(struct properties *p, struct hs_span name, size_t *number, struct hs_err *e)
{
	struct name *n = properties_name_add(p, name, e);

	if (!n)
		return -1;
	*number = n->property;
	if (n->property != PROPERTIES_NONE)
		return 0;
	struct property new = {.pipeline = PROPERTIES_NONE};
	*number = n->property = p->n;
	if (properties_keep(p, name, &new.name, e) < 0)
		return -1;
	if (HS_GROW(p->v, p->n, p->cap) < 0)
		return hs_err_mem(e, "properties");
	p->v[p->n++] = new;
	return 1;
}

int
properties_add(
    struct properties *p, struct hs_span name, size_t *number, struct hs_err *e)
{
	struct hs_buf member = {0};
	struct hs_span said;

	if (hs_scan_says(name, &p->scratch, &said, NULL) < 0)
		return hs_err_mem(e, "a name");
	if (!properties_reserved(said))
		return add(p, name, number, e);
	hs_buf_puts(&member, "properties_");
	hs_buf_put(&member, name);
	int r = hs_buf_check(&member, e, "a name");
	if (r == 0)
		r = add(p, hs_buf_span(&member), number, e);
	hs_buf_free(&member);
	return r;
}

void
properties_free(struct properties *p)
{
	free(p->v);
	free(p->name);
	hs_buf_free(&p->text);
	hs_buf_free(&p->scratch);
	hs_index_free(&p->index);
	*p = (struct properties){0};
}
