/* SPDX-FileCopyrightText: 2026 the hs-tools authors
 * SPDX-License-Identifier: MIT */
/* Hashes nobody can foresee, the index that uses them, growing arrays. */
#include "../../lib/hash.c"

#include <sys/wait.h>

#include "grow.h"
#include "tap.h"

/* Values of SipHash-1-3 with a key of zeros, as CPython 3.11 computes them. */
static void
vectors(void)
{
#if __BYTE_ORDER__ == __ORDER_LITTLE_ENDIAN__
	seeded = true;
	key[0] = key[1] = 0;
	tap_ok(hs_hash(HS_SPAN("a")) == UINT64_C(0x407448d2b89b1813) &&
		   hs_hash(HS_SPAN("properties_name_of_a_company")) ==
		       UINT64_C(0x8371f4dcc523155b),
	    "the hash is SipHash-1-3");
	tap_ok(hs_hash_more(7, HS_SPAN("abc")) == UINT64_C(0x4eae98b98e0b46e9),
	    "a part that follows is hashed with what came before");
	seeded = false;
#else
	tap_skip("the hash is SipHash-1-3", "words are in another order here");
#endif
}

/* The hash of a text in a process that has hashed nothing before. */
static uint64_t
in_another(void)
{
	uint64_t h = 0;
	int ends[2];

	if (pipe(ends) < 0)
		return 0;
	if (fork() == 0) {
		h = hs_hash(HS_SPAN("name"));
		_exit(write(ends[1], &h, sizeof h) != sizeof h);
	}
	if (read(ends[0], &h, sizeof h) != sizeof h)
		h = 0;
	wait(NULL);
	close(ends[0]);
	close(ends[1]);
	return h;
}

static void
secrecy(void)
{
	uint64_t a = in_another(), b = in_another();

	tap_ok(a != 0 && b != 0 && a != b, "no two processes hash alike");
	tap_ok(hs_hash(HS_SPAN("x")) == hs_hash(HS_SPAN("x")) &&
		   hs_hash_number(5) == hs_hash_number(5),
	    "one hashes the same text the same");
	tap_ok(hs_hash_more(hs_hash(HS_SPAN("ab")), HS_SPAN("c")) !=
		   hs_hash_more(hs_hash(HS_SPAN("a")), HS_SPAN("bc")),
	    "where a key is cut into parts counts");
}

/* How many slots are looked at to find n numbers, hashed by hash(). */
static size_t
probes(size_t n)
{
	struct hs_index x = {0};
	size_t steps = 0, found = 0;

	for (size_t i = 0; i < n; i++)
		hs_index_add(&x, hs_hash_number(i), i);
	for (size_t i = 0; i < n; i++) {
		size_t at, step = 0;
		uint64_t h = hs_hash_number(i);
		while ((at = hs_index_next(&x, h, &step)) != HS_INDEX_NONE &&
		       at != i)
			continue;
		found += at == i;
		steps += step;
	}
	hs_index_free(&x);
	return found == n ? steps : SIZE_MAX;
}

static void
indexes(void)
{
	struct hs_index x = {0};
	size_t step = 0;

	tap_ok(hs_index_next(&x, 7, &step) == HS_INDEX_NONE,
	    "an empty index has nothing");
	tap_ok(probes(100000) < 300000, "all is found, in few steps");
	hs_index_add(&x, 7, 3);
	hs_index_add(&x, 7, 5);
	hs_index_add(&x, (UINT64_C(1) << 32) + 7, 4);
	size_t a = hs_index_next(&x, 7, &(size_t){0});
	step = 0;
	size_t sum = 0, at;
	while ((at = hs_index_next(&x, 7, &step)) != HS_INDEX_NONE)
		sum += at;
	tap_ok(a == 3 && sum == 12, "elements of one hash come one by one");
	for (size_t i = 0; i < 100000; i++)
		hs_index_add(&x, hs_hash_number(i), i);
	hs_index_clear(&x);
	step = 0;
	tap_ok(hs_index_next(&x, 7, &step) == HS_INDEX_NONE && x.n == 0,
	    "cleared, it has nothing");
	hs_index_add(&x, 1, 1);
	hs_index_clear(&x);
	tap_ok(x.slots == 0, "a large one that is hardly used is given back");
	errno = 0;
	tap_ok(hs_index_add(&x, 1, HS_INDEX_MAX) < 0 && errno == EFBIG,
	    "a place out of bounds is refused");
	hs_index_free(&x);
}

static void
arrays(void)
{
	struct {
		uint32_t *v;
		size_t n, cap;
	} a = {0};
	bool good = true;

	for (uint32_t i = 0; i < 100000 && good; i++) {
		good = HS_GROW(a.v, a.n, a.cap) == 0;
		if (good)
			a.v[a.n++] = i;
	}
	for (uint32_t i = 0; i < a.n; i++)
		good &= a.v[i] == i;
	tap_ok(good && a.n == 100000 && a.cap < 200000, "an array grows");
#ifdef __SANITIZE_ADDRESS__
	tap_skip(
	    "a size that overflows is refused", "the sanitizer ends there");
#else
	size_t cap = SIZE_MAX / 4;
	errno = 0;
	tap_ok(HS_GROW(a.v, cap, cap) < 0 && errno == ENOMEM &&
		   cap == SIZE_MAX / 4 && a.v[99999] == 99999,
	    "a size that overflows is refused");
#endif
	free(a.v);
}

int
main(void)
{
	vectors();
	secrecy();
	indexes();
	arrays();
	return tap_done();
}
