/* SPDX-FileCopyrightText: 2026 the hs-tools authors
 * SPDX-License-Identifier: MIT */
/* The ids that have come. */
#include "seen.h"

#include <stdlib.h>

#include "hash.h"

uint64_t
seen_hash(struct hs_span text)
{
	/* The high bit keeps it apart from the numbers, which are below
	 * 10^18. */
	return hs_hash(text) | UINT64_C(1) << 63;
}

bool
seen_number(struct hs_span text, uint64_t *number)
{
	uint64_t n = 0;

	if (text.len == 0 || text.len > 18 ||
	    (text.len > 1 && text.p[0] == '0'))
		return false;
	for (size_t i = 0; i < text.len; i++) {
		if (text.p[i] < '0' || text.p[i] > '9')
			return false;
		n = n * 10 + (uint64_t)(text.p[i] - '0');
	}
	*number = n;
	return true;
}

/* 1: it is new; 0: it was there.  The table has a free slot. */
static int
put(uint64_t *table, size_t slots, uint64_t id)
{
	size_t i = (size_t)hs_hash_number(id) & (slots - 1);

	/* 0 marks a free slot: ids stand in the table one higher. */
	for (; table[i] != 0; i = (i + 1) & (slots - 1))
		if (table[i] == id + 1)
			return 0;
	table[i] = id + 1;
	return 1;
}

static int
grow(struct seen *s, size_t slots)
{
	uint64_t *table = calloc(slots, sizeof *table);

	if (!table)
		return -1;
	for (size_t i = 0; i < s->slots; i++)
		if (s->table[i] != 0)
			put(table, slots, s->table[i] - 1);
	free(s->table);
	s->table = table;
	s->slots = slots;
	return 0;
}

/* The ids do not ascend: from now on they are kept in a table. */
static int
expand(struct seen *s)
{
	size_t slots = 1024;
	uint64_t id = 0, step = 0;
	int shift = 0;

	while (slots < s->n * 2 + 2)
		slots *= 2;
	s->table = calloc(slots, sizeof *s->table);
	if (!s->table)
		return -1;
	s->slots = slots;
	for (size_t i = 0; i < s->steps.len; i++) {
		unsigned char c = (unsigned char)s->steps.data[i];

		step |= (uint64_t)(c & 0x7f) << shift;
		shift += 7;
		if (c & 0x80)
			continue;
		id += step;
		step = 0;
		shift = 0;
		put(s->table, s->slots, id);
	}
	s->used = s->n;
	hs_buf_free(&s->steps);
	return 0;
}

static int
add_step(struct seen *s, uint64_t id)
{
	uint64_t step = id - s->last;
	char bytes[10];
	size_t n = 0;

	for (; step > 0x7f; step >>= 7)
		bytes[n++] = (char)(step | 0x80);
	bytes[n++] = (char)step;
	if (hs_buf_add(&s->steps, bytes, n) < 0)
		return -1;
	s->last = id;
	s->n++;
	return 1;
}

int
seen_add(struct seen *s, uint64_t id)
{
	if (!s->table && (s->n == 0 || id > s->last))
		return add_step(s, id);
	if (!s->table && expand(s) < 0)
		return -1;
	if (s->used + 1 > s->slots / 2 && grow(s, s->slots * 2) < 0)
		return -1;
	int r = put(s->table, s->slots, id);
	s->used += (size_t)r;
	return r;
}

void
seen_free(struct seen *s)
{
	hs_buf_free(&s->steps);
	free(s->table);
	*s = (struct seen){0};
}
