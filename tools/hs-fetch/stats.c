/* SPDX-FileCopyrightText: 2026 the hs-tools authors
 * SPDX-License-Identifier: MIT */
/* hs-fetch --stats. */
#include "stats.h"

#include <errno.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "clock.h"
#include "json.h"

static double
seconds(int64_t ns)
{
	return (double)ns / 1e9;
}

static void
add_counts(const struct run *r, int status, struct hs_buf *b)
{
	const struct session_stats *s = &r->api.stats;

	hs_buf_puts(b, "{\"object\":");
	hs_json_string(b, hs_span_str(r->label));
	hs_buf_printf(b,
	    ",\"status\":%d,\"requests\":%llu,\"retries\":%llu,"
	    "\"limited\":%llu,\"guesses\":%llu,\"wasted\":%llu,"
	    "\"paced_seconds\":%.3f,",
	    status, s->requests, s->retries, s->limited, r->sum.guesses,
	    r->sum.wasted, seconds(s->paced_ns));
	hs_buf_printf(b,
	    "\"pages\":%llu,\"records\":%llu,\"dropped\":%llu,"
	    "\"bytes_received\":%llu,\"bytes_written\":%llu,"
	    "\"seconds\":%.3f,\"daily_remaining\":%ld}\n",
	    r->sum.pages, r->sum.records, r->sum.dropped, s->received,
	    r->out.written, r->started ? seconds(hs_now() - r->started) : 0.0,
	    s->daily_remaining);
}

static bool
is_same(int fd, const char *path)
{
	struct stat a, b;

	return fstat(fd, &a) == 0 && stat(path, &b) == 0 &&
	       a.st_dev == b.st_dev && a.st_ino == b.st_ino &&
	       S_ISREG(a.st_mode);
}

FILE *
stats_open(const char *path, const char *output, struct hs_err *e)
{
	bool made = access(path, F_OK) < 0;
	FILE *f = fopen(path, "ae");

	if (!f) {
		hs_err_set(e, HS_CANTCREATE, "%s: cannot open: %s", path,
		    strerror(errno));
		return NULL;
	}
	/* It is emptied only now, when that harms nothing. */
	if (output && is_same(fileno(f), output)) {
		hs_err_set(e, HS_USAGE,
		    "--stats: %s is where the pages go; give another file",
		    path);
		fclose(f);
		if (made)
			unlink(path);
		return NULL;
	}
	if (ftruncate(fileno(f), 0) < 0 && errno != EINVAL) {
		hs_err_set(e, HS_CANTCREATE, "%s: cannot write: %s", path,
		    strerror(errno));
		fclose(f);
		return NULL;
	}
	return f;
}

int
stats_close(FILE *f, const char *path, const struct run *r, int result,
    struct hs_err *e)
{
	struct hs_buf b = {0};

	add_counts(r, result < 0 ? (int)e->kind : 0, &b);
	bool good = !b.failed && fwrite(b.data, 1, b.len, f) == b.len;
	if ((fclose(f) == EOF || !good) && result == 0)
		result = hs_err_set(
		    e, HS_IO, "%s: cannot write: %s", path, strerror(errno));
	hs_buf_free(&b);
	return result;
}
