/* SPDX-FileCopyrightText: 2026 the hs-tools authors
 * SPDX-License-Identifier: MIT */
/* Hashes nobody can foresee, the index that uses them, growing arrays. */
#include "../../lib/hash.c"

#include <sys/wait.h>

#include "grow.h"
#include "tap.h"

static uint64_t
any_number(void)
{
	static uint64_t x = 1;

	return x = hs_hash_number(x);
}

static int
bits(uint64_t x)
{
	int n = 0;

	for (; x; x &= x - 1)
		n++;
	return n;
}

/* Each bit of a text of each length changes about half of the hash. */
static void
spread(void)
{
	char text[50] = {0};
	int fewest = 64, times = 400;

	for (size_t n = 1; n <= sizeof text; n++)
		for (size_t bit = 0; bit < n * 8; bit++) {
			int sum = 0;
			for (int i = 0; i < times; i++) {
				uint64_t x = any_number();
				memcpy(text + i % 42, &x, sizeof x);
				uint64_t h = hs_hash(hs_span(text, n));
				text[bit / 8] ^= (char)(1 << bit % 8);
				sum += bits(h ^ hs_hash(hs_span(text, n)));
			}
			fewest = sum / times < fewest ? sum / times : fewest;
		}
	tap_ok(fewest >= 20, "a bit of the text changes %d of the 64", fewest);
}

static void
portable(void)
{
	int bad = 0;

	for (int i = 0; i < 10000; i++) {
		uint64_t a = any_number(), b = any_number();
		bad += mix(a, b) != mix_halves(a, b);
	}
	tap_ok(bad == 0 && mix(UINT64_MAX, UINT64_MAX) ==
			       mix_halves(UINT64_MAX, UINT64_MAX),
	    "32-bit machines come to the same");
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
	secrecy();
	spread();
	portable();
	indexes();
	arrays();
	return tap_done();
}
