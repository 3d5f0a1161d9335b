/* SPDX-FileCopyrightText: 2026 the hs-tools authors
 * SPDX-License-Identifier: MIT */
/* Errors as values with context. */
#include "err.h"

#include <errno.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

int
hs_err_set(struct hs_err *e, enum hs_kind kind, const char *fmt, ...)
{
	va_list ap;

	if (!e)
		return -1;
	e->kind = kind;
	va_start(ap, fmt);
	vsnprintf(e->text, sizeof e->text, fmt, ap);
	va_end(ap);
	return -1;
}

int
hs_err_at(struct hs_err *e, const char *fmt, ...)
{
	char prefix[sizeof e->text / 2];
	va_list ap;

	if (!e)
		return -1;
	va_start(ap, fmt);
	vsnprintf(prefix, sizeof prefix - 2, fmt, ap);
	va_end(ap);
	strcat(prefix, ": ");
	size_t n = strlen(prefix), room = sizeof e->text - n;
	size_t len = strlen(e->text);
	if (len >= room)
		len = room - 1;
	memmove(e->text + n, e->text, len);
	memcpy(e->text, prefix, n);
	e->text[n + len] = '\0';
	return -1;
}

int
hs_err_mem(struct hs_err *e, const char *what)
{
	if (errno == EFBIG)
		return hs_err_set(
		    e, HS_DATA, "%s is larger than allowed", what);
	return hs_err_set(e, HS_SYSTEM, "out of memory for %s", what);
}
