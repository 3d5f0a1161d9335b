/* SPDX-FileCopyrightText: 2026 the hs-tools authors
 * SPDX-License-Identifier: MIT */
/* How far all jobs are. */
#include "progress.h"

#include "clock.h"
#include "utf8.h"

/* Cuts what was appended since `from` to whole characters of width bytes. */
static void
cut(struct hs_buf *b, size_t from, size_t width)
{
	if (b->len - from > width)
		b->len = from + hs_utf8_valid(hs_span(b->data + from, width));
}

/* The lowest quota that a running job has told: several jobs of one token
 * count down the same. */
static long long
find_quota(const struct job *job, size_t n)
{
	long long quota = -1;

	for (size_t i = 0; i < n; i++) {
		long long q = job[i].heard.meter.quota;
		if (job[i].state == JOB_RUNNING && q >= 0 &&
		    (quota < 0 || q < quota))
			quota = q;
	}
	return quota;
}

static void
add_quota(const struct job *job, size_t n, struct hs_buf *b)
{
	long long quota = find_quota(job, n);

	if (quota < 0)
		return;
	hs_buf_puts(b, ", quota ");
	hs_meter_number(quota, b);
}

static void
add_total(const struct job *job, size_t n, struct hs_buf *b)
{
	size_t done = 0, failed = 0;

	for (size_t i = 0; i < n; i++) {
		done += job[i].state == JOB_DONE;
		failed += job[i].state == JOB_DONE && job[i].status != 0;
	}
	hs_buf_printf(b, "%zu of %zu done", done, n);
	if (failed)
		hs_buf_printf(b, ", %zu failed", failed);
	add_quota(job, n, b);
}

/* The first program that still runs. */
static const char *
find_program(const struct job *job)
{
	for (size_t i = 0; i < job->children.n; i++)
		if (!job->children.v[i].ended)
			return job->command->stage[i].argv[0];
	return "";
}

/* What goes on besides the fetch, when it has taken more than a second. */
static void
add_stage(const struct job *job, struct hs_buf *b)
{
	const struct heard *h = &job->heard;
	int64_t since = *h->stage ? h->since : job->fetched;
	const char *what = *h->stage ? h->stage : find_program(job);
	long long seconds = (hs_now() - since) / HS_SECOND;

	if (since > 0 && seconds > 0)
		hs_buf_printf(b, ", %s %lld s", what, seconds);
}

/* How far the fetch is.  After its last page only the number of records still
 * means something; its statistics have all of them. */
static struct hs_meter
measure(const struct job *job)
{
	const struct heard *h = &job->heard;
	struct hs_meter m = HS_METER_NONE;

	if (job->fetched == 0)
		return h->meter;
	m.records = heard_records(h);
	if (m.records < 0)
		m.records = h->meter.records;
	return m;
}

static void
add_job(const struct job *job, struct hs_buf *b)
{
	struct hs_meter m = measure(job);

	hs_buf_printf(b, "%s: ", job->command->pipeline->label);
	if (m.records >= 0)
		hs_meter_text(&m, b);
	else
		hs_buf_printf(b, "%lld s",
		    (long long)((hs_now() - job->begun) / HS_SECOND));
	add_stage(job, b);
}

void
progress_text(const struct job *job, size_t n, size_t width, size_t height,
    size_t *lines, struct hs_buf *b)
{
	size_t from = b->len;

	*lines = 0;
	if (n > 1) {
		add_total(job, n, b);
		cut(b, from, width);
		*lines = 1;
	}
	for (size_t i = 0; i < n && *lines < height; i++) {
		if (job[i].state != JOB_RUNNING)
			continue;
		if (*lines > 0)
			hs_buf_addc(b, '\n');
		from = b->len;
		add_job(&job[i], b);
		if (n == 1)
			add_quota(job, n, b);
		cut(b, from, width);
		++*lines;
	}
}
