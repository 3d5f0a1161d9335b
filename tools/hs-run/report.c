/* SPDX-FileCopyrightText: 2026 the hs-tools authors
 * SPDX-License-Identifier: MIT */
/* What is said about jobs. */
#include "report.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>

#include "json.h"
#include "utf8.h"

/* Milliseconds as seconds, rounded to tenths. */
static int
add_seconds(struct hs_buf *b, long long ms)
{
	ms += 50;
	return hs_buf_printf(b, "%lld.%lld s", ms / 1000, ms % 1000 / 100);
}

int
report_job(const struct job *job, struct hs_buf *b)
{
	const struct pipeline *p = job->command->pipeline;
	int bad = 0;

	if (strcmp(p->label, setting(p, SET_OBJECT)) != 0)
		bad |= hs_buf_printf(b, "%s: ", p->label);
	bad |= hs_buf_printf(b, "%s: ", setting(p, SET_OBJECT));
	if (job->state != JOB_DONE)
		return bad | hs_buf_puts(b, "not begun");
	if (job->status == 0) {
		if (job->records >= 0)
			bad |= hs_buf_printf(b, "%lld record%s, ", job->records,
			    job->records == 1 ? "" : "s");
		bad |= add_seconds(b, job->taken);
		return bad | hs_buf_printf(b, ", %s", job->command->target);
	}
	bad |= hs_buf_puts(b, "failed after ");
	bad |= add_seconds(b, job->taken);
	bad |= hs_buf_puts(b, ": ");
	if (job->failed)
		bad |= hs_buf_printf(b, "%s: ", job->failed);
	bad |= hs_buf_puts(b, job->message);
	if (job->kept)
		bad |=
		    hs_buf_printf(b, "; %s is as it was", job->command->target);
	return bad;
}

static int
add_member(struct hs_buf *b, const char *name, const char *value)
{
	int bad = hs_buf_printf(b, ",\"%s\":", name);

	return bad | (value ? hs_json_string(b, hs_span_str(value))
			    : hs_buf_puts(b, "null"));
}

int
report_json(const struct job *job, struct hs_buf *b)
{
	const struct pipeline *p = job->command->pipeline;
	bool done = job->state == JOB_DONE;
	bool failed = done && job->status != 0;
	int bad = hs_buf_puts(b, "{\"name\":");

	bad |= hs_json_string(b, hs_span_str(p->label));
	bad |= add_member(b, "object", setting(p, SET_OBJECT));
	bad |= add_member(b, "target", job->command->target);
	bad |= done ? hs_buf_printf(b, ",\"status\":%d", job->status)
		    : hs_buf_puts(b, ",\"status\":null");
	bad |= done && job->records >= 0
		   ? hs_buf_printf(b, ",\"records\":%lld", job->records)
		   : hs_buf_puts(b, ",\"records\":null");
	bad |= hs_buf_printf(b, ",\"seconds\":%lld.%03lld", job->taken / 1000,
	    job->taken % 1000);
	bad |= add_member(b, "failed", failed ? job->failed : NULL);
	bad |= add_member(b, "message", failed ? job->message : NULL);
	return bad | hs_buf_puts(b, "}\n");
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
		if (report_json(&job[i], &out->buf) < 0)
			return hs_err_mem(e, "statistics");
	if (hs_out_commit(out, e) < 0)
		return -1;
	return hs_out_close(out, e);
}

static int
add_total(const struct job *job, size_t n, struct hs_buf *b)
{
	size_t done = 0, failed = 0;

	for (size_t i = 0; i < n; i++) {
		done += job[i].state == JOB_DONE;
		failed += job[i].state == JOB_DONE && job[i].status != 0;
	}
	int bad = hs_buf_printf(b, "%zu of %zu done", done, n);
	return failed ? bad | hs_buf_printf(b, ", %zu failed", failed) : bad;
}

/* Cuts what was added since `from` to whole characters of width bytes. */
static void
cut(struct hs_buf *b, size_t from, size_t width)
{
	if (b->len - from <= width)
		return;
	b->len = from + hs_utf8_valid(hs_span(b->data + from, width));
}

int
report_progress(const struct job *job, size_t n, size_t width, size_t height,
    size_t *lines, struct hs_buf *b)
{
	long long now = job_clock();
	size_t from = b->len;
	int bad = 0;

	*lines = 0;
	if (n > 1) {
		bad |= add_total(job, n, b);
		cut(b, from, width);
		*lines = 1;
	}
	for (size_t i = 0; i < n && *lines < height; i++) {
		if (job[i].state != JOB_RUNNING)
			continue;
		if (*lines > 0)
			bad |= hs_buf_addc(b, '\n');
		from = b->len;
		bad |= hs_buf_printf(b, "%s: %lld s",
		    job[i].command->pipeline->label,
		    (now - job[i].begun) / 1000);
		cut(b, from, width);
		++*lines;
	}
	return bad;
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
