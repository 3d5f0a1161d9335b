/* SPDX-FileCopyrightText: 2026 the hs-tools authors
 * SPDX-License-Identifier: MIT */
/* CSV cells and rows. */
#include "csv.h"

#include <stdint.h>
#if defined(__SSE2__) && !defined(HS_PORTABLE)
#include <emmintrin.h>
#endif

#include "grow.h"

/*
 * Rows are read 64 bytes at a time.  Four words have a bit for each byte: it
 * is a quote, a comma, an LF, a CR.  A running exclusive or over the bits of
 * the quotes tells which bytes are inside quotes (Langdale and Lemire,
 * "Parsing Gigabytes of JSON per Second", 2019).
 */
#define BLOCK 64

struct marks {
	uint64_t quote, comma, lf, cr;
};

#if defined(__SSE2__) && !defined(HS_PORTABLE)
static inline uint64_t
equal16(const char *p, __m128i x)
{
	__m128i v = _mm_loadu_si128((const __m128i *)(const void *)p);

	return (unsigned)_mm_movemask_epi8(_mm_cmpeq_epi8(v, x));
}

static inline uint64_t
equal(const char *p, char c)
{
	const __m128i x = _mm_set1_epi8(c);

	return equal16(p, x) | equal16(p + 16, x) << 16 |
	       equal16(p + 32, x) << 32 | equal16(p + 48, x) << 48;
}

static inline struct marks
mark(const char *p)
{
	return (struct marks){
	    equal(p, '"'), equal(p, ','), equal(p, '\n'), equal(p, '\r')};
}
#else
static inline struct marks
mark(const char *p)
{
	struct marks m = {0};

	for (int i = 0; i < BLOCK; i++) {
		m.quote |= (uint64_t)(p[i] == '"') << i;
		m.comma |= (uint64_t)(p[i] == ',') << i;
		m.lf |= (uint64_t)(p[i] == '\n') << i;
		m.cr |= (uint64_t)(p[i] == '\r') << i;
	}
	return m;
}
#endif

/* Bit i of the result is the exclusive or of the bits 0 to i of x. */
static inline uint64_t
running_xor(uint64_t x)
{
	x ^= x << 1;
	x ^= x << 2;
	x ^= x << 4;
	x ^= x << 8;
	x ^= x << 16;
	return x ^ x << 32;
}

/* How many bits are set.  The compiler's builtin is a call on processors that
 * may lack the instruction. */
static inline unsigned
ones(uint64_t x)
{
	x -= x >> 1 & UINT64_C(0x5555555555555555);
	x = (x & UINT64_C(0x3333333333333333)) +
	    (x >> 2 & UINT64_C(0x3333333333333333));
	x = (x + (x >> 4)) & UINT64_C(0x0f0f0f0f0f0f0f0f);
	return (unsigned)(x * UINT64_C(0x0101010101010101) >> 56);
}

/* What a block needs to know of the byte before it. */
struct carry {
	uint64_t inside; /* all ones: it is inside quotes */
	uint64_t closed; /* 1: it closed a quoted cell, or is the first half of
			  * a doubled quote */
	uint64_t apart;	 /* 1: it ended a cell */
	uint64_t cr;	 /* 1: it is a CR outside quotes */
};

/* Notes why and where the row is wrong; -1. */
static int
malformed(struct hs_csv_row *row, size_t at, uint64_t open)
{
	row->at = at;
	row->why = open ? "a quote inside an unquoted cell"
			: "text after a closing quote, or a CR without LF";
	return -1;
}

/* Reads a block of n bytes, which is at an offset in the text: 1 when the row
 * ends there, 0 when it goes on, -1. */
static inline int
block(
    const char *p, size_t at, size_t n, struct carry *c, struct hs_csv_row *row)
{
	const uint64_t real = n < BLOCK ? (UINT64_C(1) << n) - 1 : UINT64_MAX;
	struct marks m = mark(p);
	uint64_t in = running_xor(m.quote) ^ c->inside;
	uint64_t open = m.quote & in, close = m.quote & ~in;
	uint64_t comma = m.comma & ~in, lf = m.lf & ~in, cr = m.cr & ~in;
	uint64_t behind_close = close << 1 | c->closed;
	uint64_t behind_cr = cr << 1 | c->cr;
	uint64_t behind_cell = comma << 1 | c->apart;
	/* The row's own bytes: up to the line end, which is included. */
	uint64_t ours = real & (lf ^ (lf - 1));
	uint64_t bad_open = open & ~(behind_cell | behind_close) & ours;
	uint64_t bad =
	    ((behind_close & ~(m.quote | comma | lf | cr)) | (behind_cr & ~lf));

	bad = (bad & ours) | bad_open;
	if (bad) {
		uint64_t first = bad & (0 - bad);
		return malformed(
		    row, at + (size_t)__builtin_ctzll(bad), first & bad_open);
	}
	row->cells += ones(comma & ours);
	if (lf) {
		unsigned end = (unsigned)__builtin_ctzll(lf);
		row->len = at + end + 1;
		row->body = at + end - (behind_cr >> end & 1);
		return 1;
	}
	c->inside = 0 - (in >> 63);
	c->closed = close >> 63;
	c->apart = comma >> 63;
	c->cr = cr >> (n - 1) & 1;
	return 0;
}

/* The text ended before the row did. */
static int
cut(struct hs_span text, const struct carry *c, struct hs_csv_row *row)
{
	row->at = text.len;
	if (c->inside)
		row->why = "a quote is never closed";
	else if (c->cr)
		row->why = "a CR without LF";
	if (row->why)
		return -1;
	row->len = row->body = text.len;
	return 1;
}

int
hs_csv_find_row(struct hs_span text, bool last, struct hs_csv_row *row)
{
	struct carry c = {.apart = 1};
	size_t at = 0;
	int r;

	*row = (struct hs_csv_row){.cells = 1};
	for (; text.len - at >= BLOCK; at += BLOCK)
		if ((r = block(text.p + at, at, BLOCK, &c, row)) != 0)
			return r;
	if (at < text.len) {
		char rest[BLOCK] = {0};
		memcpy(rest, text.p + at, text.len - at);
		if ((r = block(rest, at, text.len - at, &c, row)) != 0)
			return r;
	}
	return last ? cut(text, &c, row) : 0;
}

/* The end of the quoted cell at p: behind its closing quote. */
static const char *
quoted_end(const char *p, const char *end)
{
	for (p++; p < end; p += 2) {
		p = memchr(p, '"', (size_t)(end - p));
		if (!p)
			return end;
		if (p + 1 == end || p[1] != '"')
			return p + 1;
	}
	return end;
}

bool
hs_csv_next_cell(struct hs_span *rest, struct hs_span *cell)
{
	const char *p = rest->p, *stop;

	if (!p)
		return false;
	const char *end = p + rest->len;
	if (p < end && *p == '"') {
		stop = quoted_end(p, end);
	} else {
		stop = rest->len ? memchr(p, ',', rest->len) : NULL;
		if (!stop)
			stop = end;
	}
	*cell = hs_span(p, (size_t)(stop - p));
	if (stop < end)
		*rest = hs_span(stop + 1, (size_t)(end - stop - 1));
	else
		*rest = hs_span(NULL, 0);
	return true;
}

int
hs_csv_split(struct hs_csv_cells *c, struct hs_span body, struct hs_err *e)
{
	for (c->n = 0; body.p; c->n++) {
		if (HS_GROW(c->v, c->n, c->cap) < 0)
			return hs_err_mem(e, "a row's cells");
		hs_csv_next_cell(&body, &c->v[c->n]);
	}
	return 0;
}

struct hs_span
hs_csv_unquote(struct hs_span cell, struct hs_buf *scratch)
{
	if (cell.len < 2 || cell.p[0] != '"')
		return cell;
	struct hs_span text = hs_span(cell.p + 1, cell.len - 2);
	if (text.len == 0 || !memchr(text.p, '"', text.len))
		return text;
	if (hs_buf_reserve(scratch, text.len) < 0)
		return hs_span(NULL, 0);
	char *d = scratch->data + scratch->len;
	const char *end = text.p + text.len;
	size_t n = 0;
	/* A run up to a quote, which it keeps; the second one is left out. */
	for (const char *p = text.p; p < end;) {
		const char *q = memchr(p, '"', (size_t)(end - p));
		size_t run = q ? (size_t)(q - p) + 1 : (size_t)(end - p);
		memcpy(d + n, p, run);
		n += run;
		p += run + 1;
	}
	scratch->len += n;
	return hs_span(d, n);
}

static bool
needs_quotes(struct hs_span text)
{
	const char *p = text.p, *end = text.p + text.len;

#if defined(__SSE2__) && !defined(HS_PORTABLE)
	const __m128i quote = _mm_set1_epi8('"'), comma = _mm_set1_epi8(',');
	const __m128i lf = _mm_set1_epi8('\n'), cr = _mm_set1_epi8('\r');
	for (; end - p >= 16; p += 16) {
		__m128i v = _mm_loadu_si128((const __m128i *)(const void *)p);
		__m128i hit = _mm_or_si128(
		    _mm_or_si128(
			_mm_cmpeq_epi8(v, quote), _mm_cmpeq_epi8(v, comma)),
		    _mm_or_si128(_mm_cmpeq_epi8(v, lf), _mm_cmpeq_epi8(v, cr)));
		if (_mm_movemask_epi8(hit))
			return true;
	}
#endif
	for (; p < end; p++)
		if (*p == '"' || *p == ',' || *p == '\n' || *p == '\r')
			return true;
	return text.len == 0 || hs_span_is(text, "\\.");
}

void
hs_csv_put_quoted(struct hs_buf *b, struct hs_span text)
{
	bool fits = text.len <= SIZE_MAX / 2 - 1;

	if (hs_buf_reserve(b, fits ? 2 * text.len + 2 : SIZE_MAX) < 0)
		return;
	char *d = b->data + b->len;
	*d++ = '"';
	/* Without a branch: nested JSON is full of quotes. */
	for (size_t i = 0; i < text.len; i++) {
		*d++ = text.p[i];
		*d = '"';
		d += text.p[i] == '"';
	}
	*d++ = '"';
	b->len = (size_t)(d - b->data);
}

void
hs_csv_put(struct hs_buf *b, struct hs_span text)
{
	if (needs_quotes(text))
		hs_csv_put_quoted(b, text);
	else
		hs_buf_put(b, text);
}
