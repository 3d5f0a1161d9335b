/* SPDX-FileCopyrightText: 2026 the hs-tools authors
 * SPDX-License-Identifier: MIT */
/* A file that changes are added to. */
#include "journal.h"

#include <stdio.h>
#include <string.h>
#include <time.h>

#include "in.h"

/* Adding to this first line: whether it is of the other kind. */
static int
check_first(
    const struct hs_in *in, struct hs_span line, bool bare, struct hs_err *e)
{
	struct hs_span page = HS_SPAN("{\"results\":[");
	bool is_page =
	    line.len > page.len && memcmp(line.p, page.p, page.len) == 0;

	if (is_page != bare)
		return 0;
	return hs_err_set(e, HS_DATA, "%s: holds %s already, which do not mix",
	    in->name, is_page ? "pages" : "bare records");
}

static int
copy_lines(struct hs_in *in, struct hs_out *out, bool bare, struct hs_err *e)
{
	struct hs_span line;
	int r;

	while ((r = hs_in_line(in, &line, e)) > 0) {
		if (in->torn)
			return hs_err_set(e, HS_DATA,
			    "%s: its last line has no newline; remove it, or "
			    "mend it",
			    in->name);
		if (in->line == 1 && check_first(in, line, bare, e) < 0)
			return -1;
		hs_buf_put(&out->buf, line);
		hs_buf_addc(&out->buf, '\n');
		if (hs_out_commit(out, e) < 0)
			return -1;
	}
	return r;
}

int
journal_copy(struct hs_target *t, bool bare, bool *some, struct hs_err *e)
{
	struct hs_in in;

	*some = false;
	if (!t->at.exists)
		return 0;
	if (hs_in_open(&in, t->at.path, e) < 0)
		return -1;
	int rc = copy_lines(&in, &t->out, bare, e);
	*some = in.line > 0;
	hs_in_close(&in);
	return rc;
}

const char *
journal_time(char text[JOURNAL_TIME])
{
	struct timespec now;
	struct tm tm;

	clock_gettime(CLOCK_REALTIME, &now);
	if (!gmtime_r(&now.tv_sec, &tm))
		memset(&tm, 0, sizeof tm);
	size_t n = strftime(text, JOURNAL_TIME, "%Y-%m-%dT%H:%M:%S", &tm);
	snprintf(text + n, JOURNAL_TIME - n, ".%03ldZ", now.tv_nsec / 1000000);
	return text;
}
