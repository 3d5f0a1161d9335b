/* SPDX-FileCopyrightText: 2026 the hs-tools authors
 * SPDX-License-Identifier: MIT */
/* How many records to ask for at once. */
#include "size.h"

#define PATIENCE_MIN 4
#define PATIENCE_MAX 256

void
size_start(struct size *s, unsigned most)
{
	*s = (struct size){.now = most, .most = most, .patience = PATIENCE_MIN};
}

bool
size_failed(struct size *s, unsigned n)
{
	if (n <= 1)
		return false;
	/* Requests of before that are under way may ask for more. */
	if (n <= s->now) {
		/* It was doubled too early. */
		if (s->raised && s->patience < PATIENCE_MAX)
			s->patience *= 2;
		s->now = n / 2;
		s->good = 0;
		s->raised = false;
	}
	return true;
}

void
size_went_well(struct size *s, unsigned n)
{
	if (n < s->now)
		return;
	s->raised = false;
	if (s->now >= s->most || ++s->good < s->patience)
		return;
	s->now = s->now > s->most / 2 ? s->most : s->now * 2;
	s->good = 0;
	s->raised = true;
}
