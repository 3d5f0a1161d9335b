/* SPDX-FileCopyrightText: 2026 the hs-tools authors
 * SPDX-License-Identifier: MIT */
/* Bodies through gzip, sound ones and others. */
#include "pack.h"

#include <stdio.h>
#include <stdlib.h>
#include <zlib.h>

#include "bytes.h"

#define GZIP 31 /* window bits 15, and 16 for a gzip head */
#define BLOCK (1 << 20)
#define BLOCKS 2100

static void
start(z_stream *z, int level)
{
	*z = (z_stream){0};
	if (deflateInit2(z, level, Z_DEFLATED, GZIP, 8, Z_DEFAULT_STRATEGY)) {
		fputs("standin: zlib refused\n", stderr);
		abort();
	}
}

static void
feed(z_stream *z, struct bytes *to, const void *p, size_t n, int flush)
{
	z->next_in = (unsigned char *)p;
	z->avail_in = (unsigned)n;
	do {
		bytes_need(to, n / 4 + 256);
		z->next_out = (unsigned char *)to->at + to->len;
		z->avail_out = (unsigned)(to->cap - to->len);
		deflate(z, flush);
		to->len = to->cap - z->avail_out;
	} while (z->avail_out == 0);
}

void
pack(struct bytes *to, const struct bytes *plain)
{
	z_stream z;

	start(&z, Z_BEST_SPEED);
	feed(&z, to, plain->len ? plain->at : "", plain->len, Z_FINISH);
	deflateEnd(&z);
}

static void
add_word(struct bytes *b, uint32_t n)
{
	for (int i = 0; i < 4; i++)
		bytes_char(b, (char)(n >> 8 * i & 0xff));
}

/* A full flush makes a block that stands by itself: one block of spaces is
 * packed and then repeated.  zlib's own trailer counts it once, so the
 * trailer is made here. */
void
pack_bomb(struct bytes *to)
{
	static const char head[] = "{\"results\":[", tail[] = "]}";
	char *spaces = malloc(BLOCK);
	z_stream z;

	start(&z, Z_BEST_COMPRESSION);
	memset(spaces, ' ', BLOCK);
	feed(&z, to, head, sizeof(head) - 1, Z_FULL_FLUSH);
	size_t from = to->len;
	feed(&z, to, spaces, BLOCK, Z_FULL_FLUSH);
	size_t size = to->len - from;
	unsigned long block = crc32(0, (unsigned char *)spaces, BLOCK);
	unsigned long crc =
	    crc32(0, (const unsigned char *)head, sizeof(head) - 1);
	crc = crc32_combine(crc, block, BLOCK);
	bytes_need(to, size * BLOCKS);
	for (int i = 1; i < BLOCKS; i++) {
		bytes_add(to, to->at + from, size);
		crc = crc32_combine(crc, block, BLOCK);
	}
	feed(&z, to, tail, sizeof(tail) - 1, Z_FINISH);
	deflateEnd(&z);
	free(spaces);
	to->len -= 8;
	crc = crc32_combine(crc,
	    crc32(0, (const unsigned char *)tail, sizeof(tail) - 1),
	    sizeof(tail) - 1);
	add_word(to, (uint32_t)crc);
	add_word(to, (uint32_t)(sizeof(head) + sizeof(tail) - 2 +
				(uint64_t)BLOCK * BLOCKS));
}

void
pack_break(struct bytes *packed)
{
	size_t middle = packed->len / 2;

	for (size_t i = middle; i < packed->len && i < middle + 32; i++)
		packed->at[i] = (char)0xff;
}
