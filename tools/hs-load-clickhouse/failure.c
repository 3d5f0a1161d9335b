/* SPDX-FileCopyrightText: 2026 the hs-tools authors
 * SPDX-License-Identifier: MIT */
/* Errors of ClickHouse. */
#include "failure.h"

#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { NO_SHARD = 279 };

/* From ClickHouse's ErrorCodes.cpp. */
static const struct {
	int code;
	enum hs_kind kind;
} known[] = {
    {32, HS_LATER},	  /* the end of an answer: of a shard that has died */
    {57, HS_LATER},	  /* table already exists: another loader */
    {60, HS_LATER},	  /* table is gone: the same */
    {81, HS_CONFIG},	  /* no such database */
    {115, HS_CONFIG},	  /* no such setting */
    {159, HS_LATER},	  /* timeout */
    {164, HS_REFUSED},	  /* read only */
    {192, HS_REFUSED},	  /* no such user */
    {193, HS_REFUSED},	  /* wrong password */
    {194, HS_REFUSED},	  /* password required */
    {195, HS_REFUSED},	  /* address not allowed */
    {201, HS_LATER},	  /* quota */
    {202, HS_LATER},	  /* too many queries */
    {203, HS_LATER},	  /* no free connection */
    {209, HS_LATER},	  /* socket timeout */
    {210, HS_LATER},	  /* network */
    {236, HS_LATER},	  /* aborted: the server ends */
    {241, HS_LATER},	  /* memory */
    {242, HS_LATER},	  /* read only without ZooKeeper */
    {243, HS_LATER},	  /* no space */
    {252, HS_LATER},	  /* too many parts */
    {NO_SHARD, HS_LATER}, /* no connection to a shard */
    {291, HS_REFUSED},	  /* database not allowed */
    {394, HS_LATER},	  /* killed */
    {497, HS_REFUSED},	  /* no such grant */
    {516, HS_REFUSED},	  /* user or password */
    {999, HS_LATER},	  /* ZooKeeper */
};

static bool
has(struct hs_span text, const char *what)
{
	return text.len > 0 &&
	       memmem(text.p, text.len, what, strlen(what)) != NULL;
}

/* The number in "Code: 60, …" or "Code: 60. …"; what the system refused to the
 * server comes with the name of a class in front. */
static int
code_of(struct hs_span said)
{
	static const char *const heads[] = {
	    "Code: ", "Poco::Exception. Code: ", "std::exception. Code: "};
	char head[40];
	size_t most = said.len < sizeof head ? said.len : sizeof head;

	snprintf(head, sizeof head, "%.*s", (int)most, said.p);
	for (size_t i = 0; i < sizeof heads / sizeof *heads; i++) {
		size_t n = strlen(heads[i]);
		if (strncmp(head, heads[i], n) == 0)
			return (int)strtol(head + n, NULL, 10);
	}
	return 0;
}

static enum hs_kind
kind_of(struct hs_span said, int code, long status, enum hs_kind kind)
{
	for (size_t i = 0; i < sizeof known / sizeof *known; i++)
		if (known[i].code == code)
			return known[i].kind;
	if (has(said, "No space left"))
		return HS_LATER;
	if (code == 0 && (status == 401 || status == 403))
		return HS_REFUSED;
	if (code == 0 && (status == 429 || status >= 502))
		return HS_LATER;
	return kind;
}

/* The last line of text that begins with an error's code; or nothing. */
static struct hs_span
last_cause(struct hs_span text)
{
	static const char head[] = "\nCode: ";
	struct hs_span cause = hs_span("", 0);
	const char *at, *end;

	while (text.len > 0 &&
	       (at = memmem(text.p, text.len, head, sizeof head - 1))) {
		text.len -= (size_t)(at + 1 - text.p);
		text.p = at + 1;
		end = memchr(text.p, '\n', text.len);
		cause =
		    hs_span(text.p, end ? (size_t)(end - text.p) : text.len);
	}
	return cause;
}

int
failure(struct hs_span said, long status, enum hs_kind kind, struct hs_err *e)
{
	static const char tail[] = ", e.what() = DB::Exception";
	int code = code_of(said);
	struct hs_span line = said;
	const char *end = said.len ? memchr(said.p, '\n', said.len) : NULL;

	if (end)
		line.len = (size_t)(end - said.p);
	kind = kind_of(said, code, status, kind);
	if (line.len >= sizeof tail - 1 &&
	    memcmp(line.p + line.len - sizeof tail + 1, tail,
		sizeof tail - 1) == 0)
		line.len -= sizeof tail - 1;
	/* "All connection tries failed. Log: " */
	struct hs_span cause = last_cause(said);
	if (code != NO_SHARD)
		cause.len = 0;
	if (code)
		return hs_err_set(e, kind, "%.*s%.*s", (int)line.len, line.p,
		    (int)cause.len, cause.p);
	return hs_err_set(e, kind, "HTTP %ld, and not from ClickHouse: %.*s",
	    status, line.len > 200 ? 200 : (int)line.len, line.p);
}
