/* SPDX-FileCopyrightText: 2026 the hs-tools authors
 * SPDX-License-Identifier: MIT */
/* Names that are spelled alike. */
#include "near.h"

#include <stdio.h>

#define LENGTH_MAX 100 /* of names that are compared */
#define SHOWN 3

static unsigned
least(unsigned a, unsigned b)
{
	return a < b ? a : b;
}

/* How many letters to add, to drop or to replace make b of a; two that are
 * exchanged count once. */
static unsigned
distance(struct hs_span a, struct hs_span b)
{
	unsigned rows[3][LENGTH_MAX + 1], *two = rows[0], *one = rows[1];
	unsigned *row = rows[2];

	for (size_t j = 0; j <= b.len; j++)
		one[j] = (unsigned)j;
	for (size_t i = 1; i <= a.len; i++) {
		row[0] = (unsigned)i;
		for (size_t j = 1; j <= b.len; j++) {
			row[j] = least(one[j] + 1, row[j - 1] + 1);
			row[j] = least(
			    row[j], one[j - 1] + (a.p[i - 1] != b.p[j - 1]));
			if (i > 1 && j > 1 && a.p[i - 1] == b.p[j - 2] &&
			    a.p[i - 2] == b.p[j - 1])
				row[j] = least(row[j], two[j - 2] + 1);
		}
		unsigned *free_row = two;
		two = one;
		one = row;
		row = free_row;
	}
	return one[b.len];
}

void
near_names(
    const struct names *names, struct hs_span name, char *text, size_t size)
{
	unsigned most = name.len < 6 ? 1 : name.len < 12 ? 2 : 3;
	size_t shown = 0;

	text[0] = '\0';
	if (name.len > LENGTH_MAX)
		return;
	for (unsigned d = 0; d <= most && shown == 0; d++) {
		for (size_t i = 0; i < names->n && shown < SHOWN; i++) {
			struct hs_span other = hs_span_str(names->v[i]);
			size_t n = strlen(text);

			if (other.len > LENGTH_MAX ||
			    distance(name, other) != d)
				continue;
			/* It is spelled right. */
			if (d == 0)
				return;
			snprintf(text + n, size - n, "%s%s",
			    shown++ > 0 ? ", " : "", names->v[i]);
		}
	}
}
