/* SPDX-FileCopyrightText: 2026 the hs-tools authors
 * SPDX-License-Identifier: MIT */
/*
 * Memory that runs out on purpose: preloaded (LD_PRELOAD), it counts the
 * allocations of one program, and lets one of them fail.
 *
 *	FAULT_OF=NAME	  in which program; in others nothing happens
 *	FAULT_AT=N	  which allocation, from 1, since main() began
 *	FAULT_STAYS=1	  all later ones fail, too
 *	FAULT_COUNT=FILE  their number is written to FILE at the exit
 *
 * What the loader and the libraries' own start allocate before main() is not
 * counted: no program can answer for it.
 */
#include <dlfcn.h>
#include <errno.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

void shim_rest(void);

#define REAL(name) (__extension__(__typeof__(&name)) dlsym(RTLD_NEXT, #name))

static long counted, at;
static bool ours, stays, rests;

/* What comes now is the work of `make coverage` (tests/coverage/ends.c). */
void
shim_rest(void)
{
	rests = true;
}

__attribute__((constructor)) static void
begin(void)
{
	const char *name = getenv("FAULT_OF"), *n = getenv("FAULT_AT");
	const char *stay = getenv("FAULT_STAYS");

	if (name && strcmp(name, program_invocation_short_name) == 0) {
		ours = true;
		at = n ? atol(n) : 0;
		stays = stay && *stay;
	}
}

__attribute__((destructor)) static void
end(void)
{
	const char *file = getenv("FAULT_COUNT");
	FILE *f = NULL;

	if (!ours || !file)
		return;
	ours = false;
	f = fopen(file, "we");
	if (!f)
		return;
	fprintf(f, "%ld\n", counted);
	fclose(f);
}

static bool
fails(void)
{
	if (!ours || rests)
		return false;
	counted++;
	if (at == 0 || counted < at || (counted > at && !stays))
		return false;
	errno = ENOMEM;
	return true;
}

void *
malloc(size_t n)
{
	static void *(*real)(size_t);

	if (!real)
		real = REAL(malloc);
	return fails() ? NULL : real(n);
}

void *
realloc(void *p, size_t n)
{
	static void *(*real)(void *, size_t);

	if (!real)
		real = REAL(realloc);
	return fails() ? NULL : real(p, n);
}

void *
calloc(size_t n, size_t size)
{
	static void *(*real)(size_t, size_t);

	if (!real)
		real = REAL(calloc);
	return fails() ? NULL : real(n, size);
}
