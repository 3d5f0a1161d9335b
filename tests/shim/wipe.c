/* SPDX-FileCopyrightText: 2026 the hs-tools authors
 * SPDX-License-Identifier: MIT */
/*
 * Memory that is released with a secret in it: preloaded (LD_PRELOAD), it says
 * so on standard error.
 *
 *	WIPE_SECRET=TEXT  what may not be in it
 */
#include <dlfcn.h>
#include <malloc.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define REAL(name) (__extension__(__typeof__(&name)) dlsym(RTLD_NEXT, #name))

void
free(void *p)
{
	static const char said[] = "a secret is released\n";
	static void (*real)(void *);
	static const char *secret;
	static int busy;

	if (!real && !busy++) {
		real = REAL(free);
		secret = getenv("WIPE_SECRET");
		busy--;
	}
	if (p && secret &&
	    memmem(p, malloc_usable_size(p), secret, strlen(secret)) &&
	    write(STDERR_FILENO, said, sizeof said - 1) < 0)
		_exit(99);
	if (real)
		real(p);
}
