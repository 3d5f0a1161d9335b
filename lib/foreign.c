/* SPDX-FileCopyrightText: 2026 the hs-tools authors
 * SPDX-License-Identifier: MIT */
/* What comes in place of a stream. */
#include "foreign.h"

#include <stddef.h>

#include "scan.h"

/* Seen in answers of the API; its specification (CRM, "Error") requires
 * category, correlationId and message. */
static const char *const members[] = {
    "status", "message", "category", "correlationId", "id"};
enum { STATUS, MESSAGE, CATEGORY, CORRELATION, ID, N };

bool
hs_foreign_error(struct hs_span object, struct hs_span *message)
{
	struct hs_span v[N], status = {0};
	struct hs_scan s;

	hs_scan_init(&s, object);
	if (hs_scan_pick(&s, members, N, v) < 0 || v[ID].p)
		return false;
	if (!v[MESSAGE].p || !hs_scan_inner(v[MESSAGE], message))
		return false;
	bool is_error = v[STATUS].p && hs_scan_inner(v[STATUS], &status) &&
			hs_scan_is(status, "error");
	return is_error || v[CORRELATION].p;
}

struct hs_span
hs_foreign_key(struct hs_span object)
{
	struct hs_span key = {0};
	struct hs_scan s;

	hs_scan_init(&s, object);
	if (hs_scan_enter(&s, '{') < 0 || hs_scan_member(&s, &key) <= 0)
		return hs_span(NULL, 0);
	return key;
}

bool
hs_foreign_is_errors(struct hs_span key)
{
	for (size_t i = STATUS; i < ID; i++)
		if (hs_scan_is(key, members[i]))
			return true;
	return false;
}

static bool
starts(struct hs_span line, struct hs_span with)
{
	return line.len >= with.len && memcmp(line.p, with.p, with.len) == 0;
}

static bool
is_word(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
	       (c >= '0' && c <= '9') || c == '_' || c == '-';
}

/* A document's start, or a key. */
static bool
is_yaml(struct hs_span line)
{
	size_t n = 0;

	if (starts(line, HS_SPAN("---")) || starts(line, HS_SPAN("%YAML")))
		return true;
	while (n < line.len && is_word(line.p[n]))
		n++;
	return n > 0 && n < line.len && line.p[n] == ':' &&
	       (n + 1 == line.len || line.p[n + 1] == ' ');
}

/* Names with separators between them. */
static bool
is_csv(struct hs_span line)
{
	bool separated = false;

	if (line.len == 0 || !(is_word(*line.p) || *line.p == '"'))
		return false;
	for (size_t i = 0; i < line.len; i++) {
		unsigned char c = (unsigned char)line.p[i];
		if (c == ',' || c == ';' || c == '\t')
			separated = true;
		else if (c < ' ' && c != '\r')
			return false;
	}
	return separated;
}

const char *
hs_foreign_format(struct hs_span line)
{
	static const struct {
		struct hs_span start;
		const char *what;
	} known[] = {
	    {{"\xef\xbb\xbf", 3},
		"it begins with a byte order mark: tail -c +4 removes it"},
	    {{"\xff\xfe", 2}, "it is UTF-16: iconv -f UTF-16 -t UTF-8"},
	    {{"\xfe\xff", 2}, "it is UTF-16: iconv -f UTF-16 -t UTF-8"},
	    {{"\x1f\x8b", 2}, "it is compressed: gzip -dc"},
	    {{"<", 1}, "it is HTML or XML, no answer of the API"},
	    {{"HTTP/", 5}, "it is an answer with its header: curl without -i"},
	};

	for (size_t i = 0; i < sizeof known / sizeof *known; i++)
		if (starts(line, known[i].start))
			return known[i].what;
	if (is_yaml(line))
		return "it looks like YAML: hs-run runs a pipeline, "
		       "yq -o=json -I=0 makes JSON of it";
	if (is_csv(line))
		return "it looks like CSV: mlr --icsv --ojsonl cat makes JSON "
		       "of it";
	return NULL;
}
