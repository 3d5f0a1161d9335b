/* SPDX-FileCopyrightText: 2026 the hs-tools authors
 * SPDX-License-Identifier: MIT */
#ifndef TAP_H
#define TAP_H

/* The Test Anything Protocol for unit tests: one header, one program. */
#include <stdarg.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>

static int tap_count, tap_failed;

__attribute__((format(printf, 2, 3), unused)) static bool
tap_ok(bool pass, const char *fmt, ...)
{
	va_list ap;

	printf("%s %d - ", pass ? "ok" : "not ok", ++tap_count);
	va_start(ap, fmt);
	vprintf(fmt, ap);
	va_end(ap);
	putchar('\n');
	if (!pass)
		tap_failed++;
	return pass;
}

__attribute__((unused)) static bool
tap_is_str(const char *got, const char *want, const char *title)
{
	bool same = got && want ? strcmp(got, want) == 0 : got == want;

	if (!tap_ok(same, "%s", title))
		printf("# got:  %s\n# want: %s\n", got ? got : "(null)",
		    want ? want : "(null)");
	return same;
}

/* The text is as wanted or, behind ~, has that in it. */
__attribute__((unused)) static bool
tap_like(const char *got, const char *want, const char *title)
{
	if (*want != '~')
		return tap_is_str(got, want, title);
	bool has = strstr(got, want + 1);
	if (!tap_ok(has, "%s", title))
		printf("# got: %s\n", got);
	return has;
}

__attribute__((unused)) static void
tap_skip(const char *title, const char *reason)
{
	printf("ok %d - %s # SKIP %s\n", ++tap_count, title, reason);
}

/* The plan, and main()'s result. */
__attribute__((unused)) static int
tap_done(void)
{
	printf("1..%d\n", tap_count);
	return tap_failed ? 1 : 0;
}

#endif
