/* SPDX-FileCopyrightText: 2026 the hs-tools authors
 * SPDX-License-Identifier: MIT */
/* Answers and the error objects among them. */
#include "answer.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

void
answer_header(struct answer *a, const char *name, const char *value)
{
	if (a->nheaders == HEADERS_MAX)
		return;
	unsigned n = a->nheaders++;
	snprintf(a->headers[n].name, sizeof(a->headers[n].name), "%s", name);
	snprintf(a->headers[n].value, sizeof(a->headers[n].value), "%s", value);
}

void
answer_number(struct answer *a, const char *name, long long value)
{
	char text[32];

	snprintf(text, sizeof(text), "%lld", value);
	answer_header(a, name, text);
}

void
answer_error(struct answer *a, unsigned status, const char *category,
    const char *format, ...)
{
	char message[1024];
	va_list ap;

	va_start(ap, format);
	vsnprintf(message, sizeof(message), format, ap);
	va_end(ap);
	a->status = status;
	a->body.len = 0;
	bytes_lit(&a->body, "{\"status\":\"error\",\"message\":");
	bytes_json(&a->body, message, strlen(message));
	bytes_lit(&a->body,
	    ",\"correlationId\":\"5a6f1d0e-0000-4000-8000-000000000000\"");
	if (category != NULL) {
		bytes_lit(&a->body, ",\"category\":");
		bytes_json(&a->body, category, strlen(category));
	}
	bytes_char(&a->body, '}');
}

void
answer_free(struct answer *a)
{
	bytes_free(&a->body);
}
