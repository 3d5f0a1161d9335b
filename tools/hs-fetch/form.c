/* SPDX-FileCopyrightText: 2026 the hs-tools authors
 * SPDX-License-Identifier: MIT */
/* Which members request bodies have. */
#include "form.h"

#include <ctype.h>
#include <string.h>

/* Whether the text has the name as a word. */
static bool
has_word(struct hs_span text, const char *name)
{
	size_t n = strlen(name);

	if (text.len == 0)
		return false;
	const char *p = text.p, *end = text.p + text.len;
	while ((p = memmem(p, (size_t)(end - p), name, n))) {
		if ((p == text.p || !isalnum((unsigned char)p[-1])) &&
		    (p + n == end || !isalnum((unsigned char)p[n])))
			return true;
		p += n;
	}
	return false;
}

bool
form_turn(struct form *f, const struct request *r, unsigned mine, unsigned sent)
{
	static const char *const names[] = {
	    "filterGroups", "properties", "after", "propertiesWithHistory"};

	for (unsigned i = 0; i < sizeof names / sizeof *names; i++) {
		unsigned bit = mine & ~f->changed & 1U << i;

		if (bit == 0 || !has_word(hs_buf_span(&r->body), names[i]))
			continue;
		f->changed |= bit;
		f->out ^= bit;
	}
	return (f->out & mine) != (sent & mine);
}
