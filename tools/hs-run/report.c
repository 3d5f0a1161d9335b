/* SPDX-FileCopyrightText: 2026 the hs-tools authors
 * SPDX-License-Identifier: MIT */
/* What is said about jobs at the end. */
#include "report.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>

#include "clock.h"
#include "json.h"

/* Seconds, rounded to tenths. */
static void
add_seconds(struct hs_buf *b, int64_t ns)
{
	int64_t tenths = (ns + 50 * HS_MS) / (100 * HS_MS);

	hs_buf_printf(b, "%lld.%lld s", (long long)(tenths / 10),
	    (long long)(tenths % 10));
}

static void
add_success(struct hs_buf *b, const struct job *job)
{
	if (job->records >= 0)
		hs_buf_printf(b, "%lld record%s, ", job->records,
		    job->records == 1 ? "" : "s");
	add_seconds(b, job->taken);
	hs_buf_printf(b, ", %s", job->command->target);
}

static void
add_failure(struct hs_buf *b, const struct job *job)
{
	hs_buf_puts(b, "failed after ");
	add_seconds(b, job->taken);
	hs_buf_puts(b, ": ");
	if (job->failed)
		hs_buf_printf(b, "%s: ", job->failed);
	hs_buf_puts(b, job->message);
	if (job->kept)
		hs_buf_printf(b, "; %s is as it was", job->command->target);
}

void
report_job(const struct job *job, struct hs_buf *b)
{
	const struct pipeline *p = job->command->pipeline;
	const char *object = setting(p, SET_OBJECT);

	if (strcmp(p->label, object) != 0)
		hs_buf_printf(b, "%s: ", p->label);
	hs_buf_printf(b, "%s: ", object);
	if (job->state != JOB_DONE)
		hs_buf_puts(b, "not begun");
	else if (job->status == 0)
		add_success(b, job);
	else
		add_failure(b, job);
}

/* A text, or null. */
static void
add_text(struct hs_buf *b, const char *name, const char *value)
{
	hs_buf_printf(b, ",\"%s\":", name);
	if (value)
		hs_json_string(b, hs_span_str(value));
	else
		hs_buf_puts(b, "null");
}

/* A number, or null when it is not known. */
static void
add_number(struct hs_buf *b, const char *name, bool known, long long value)
{
	hs_buf_printf(b, ",\"%s\":", name);
	if (known)
		hs_buf_printf(b, "%lld", value);
	else
		hs_buf_puts(b, "null");
}

static void
add_json(struct hs_buf *b, const struct job *job)
{
	const struct pipeline *p = job->command->pipeline;
	bool done = job->state == JOB_DONE;
	bool failed = done && job->status != 0;
	long long ms = job->taken / HS_MS;

	hs_buf_puts(b, "{\"name\":");
	hs_json_string(b, hs_span_str(p->label));
	add_text(b, "object", setting(p, SET_OBJECT));
	add_text(b, "target", job->command->target);
	add_number(b, "status", done, job->status);
	add_number(b, "records", done && job->records >= 0, job->records);
	hs_buf_printf(b, ",\"seconds\":%lld.%03lld", ms / 1000, ms % 1000);
	add_text(b, "failed", failed ? job->failed : NULL);
	add_text(b, "message", failed ? job->message : NULL);
	hs_buf_puts(b, "}\n");
}

int
report_open(struct hs_out *out, const char *file, struct hs_err *e)
{
	*out = (struct hs_out){.fd = -1};
	if (!file)
		return 0;
	int fd = open(file, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0666);
	if (fd < 0)
		return hs_err_set(
		    e, HS_CANTCREATE, "%s: %s", file, strerror(errno));
	hs_out_init(out, fd, file);
	return 0;
}

int
report_close(
    struct hs_out *out, const struct job *job, size_t n, struct hs_err *e)
{
	if (out->fd < 0)
		return 0;
	for (size_t i = 0; i < n; i++)
		add_json(&out->buf, &job[i]);
	if (hs_buf_check(&out->buf, e, "statistics") < 0 ||
	    hs_out_commit(out, e) < 0)
		return -1;
	return hs_out_close(out, e);
}

const struct job *
report_worst(const struct job *job, size_t n)
{
	const struct job *worst = NULL;

	for (size_t i = 0; i < n; i++) {
		if (job[i].state != JOB_DONE || job[i].status == 0)
			continue;
		if (job[i].status != HS_LATER)
			return &job[i];
		if (!worst)
			worst = &job[i];
	}
	return worst;
}
