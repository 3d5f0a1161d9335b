/* SPDX-FileCopyrightText: 2026 the hs-tools authors
 * SPDX-License-Identifier: MIT */
/* How far a program is. */
#include "meter.h"

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "json.h"
#include "scan.h"

enum { RECORDS, TOTAL, RATE, LEFT, QUOTA, STAGE, NAMES };

static const char *const names[NAMES] = {
    "records", "total", "rate", "left", "quota", "stage"};

int
hs_meter_open(void)
{
	const char *path = getenv("HS_PROGRESS");
	struct stat st;

	if (!path)
		return -1;
	/* For reading, too: no SIGPIPE when the reader has gone. */
	int fd = open(path, O_RDWR | O_NONBLOCK | O_NOCTTY | O_CLOEXEC);
	/* In a program that has not inherited the pipe, /dev/fd/N is another
	 * file. */
	if (fd >= 0 && (fstat(fd, &st) < 0 || !S_ISFIFO(st.st_mode))) {
		close(fd);
		return -1;
	}
	return fd;
}

/* Writes the line at once or not at all: a pipe keeps so few bytes
 * together. */
static void
put_line(int pipe, struct hs_buf *b)
{
	hs_buf_addc(b, '\n');
	if (!b->failed && b->len <= HS_METER_LINE &&
	    write(pipe, b->data, b->len) < 0)
		b->len = 0; /* the next line says more */
	hs_buf_free(b);
}

static void
add_member(struct hs_buf *b, const char *name, long long n)
{
	hs_buf_printf(b, "%c\"%s\":", b->len ? ',' : '{', name);
	if (n < 0)
		hs_buf_puts(b, "null");
	else
		hs_buf_printf(b, "%lld", n);
}

void
hs_meter_tell(int pipe, const struct hs_meter *m)
{
	struct hs_buf b = {0};

	add_member(&b, names[RECORDS], m->records);
	add_member(&b, names[TOTAL], m->total);
	add_member(&b, names[RATE], m->rate);
	add_member(&b, names[LEFT], m->left);
	add_member(&b, names[QUOTA], m->quota);
	hs_buf_addc(&b, '}');
	put_line(pipe, &b);
}

void
hs_meter_stage(const char *stage)
{
	struct hs_buf b = {0};
	int pipe = hs_meter_open();

	if (pipe < 0)
		return;
	hs_buf_puts(&b, "{\"stage\":");
	if (stage)
		hs_json_string(&b, hs_span_str(stage));
	else
		hs_buf_puts(&b, "null");
	hs_buf_addc(&b, '}');
	put_line(pipe, &b);
	close(pipe);
}

/* A number that is not negative, or -1. */
static long long
number(struct hs_span value)
{
	char text[20];

	if (value.len == 0 || value.len >= sizeof text)
		return -1;
	memcpy(text, value.p, value.len);
	text[value.len] = '\0';
	char *rest;
	long long n = strtoll(text, &rest, 10);
	return *rest || n < 0 ? -1 : n;
}

int
hs_meter_read(struct hs_span line, struct hs_meter *m, struct hs_span *stage)
{
	struct hs_span v[NAMES];
	struct hs_scan s;

	hs_scan_init(&s, line);
	if (hs_scan_pick(&s, names, NAMES, v) <= 0 || hs_scan_end(&s) < 0)
		return -1;
	*stage = hs_span(NULL, 0);
	if (v[STAGE].p)
		return hs_scan_inner(v[STAGE], stage) || hs_scan_null(v[STAGE])
			   ? 1
			   : -1;
	*m = (struct hs_meter){number(v[RECORDS]), number(v[TOTAL]),
	    number(v[RATE]), number(v[LEFT]), number(v[QUOTA])};
	return 0;
}

void
hs_meter_number(long long n, struct hs_buf *b)
{
	char digits[24];
	int len = snprintf(digits, sizeof digits, "%lld", n);

	for (int i = 0; i < len; i++) {
		if (i > 0 && (len - i) % 3 == 0)
			hs_buf_addc(b, ',');
		hs_buf_addc(b, digits[i]);
	}
}

static void
add_time_left(long long seconds, struct hs_buf *b)
{
	if (seconds >= 5940)
		hs_buf_printf(b, ", %.1f h left", (double)seconds / 3600);
	else if (seconds >= 99)
		hs_buf_printf(b, ", %lld min left", (seconds + 30) / 60);
	else
		hs_buf_printf(b, ", %lld s left", seconds);
}

void
hs_meter_text(const struct hs_meter *m, struct hs_buf *b)
{
	if (m->records < 0)
		return;
	hs_meter_number(m->records, b);
	if (m->total >= 0) {
		hs_buf_puts(b, " of ");
		hs_meter_number(m->total, b);
	}
	hs_buf_puts(
	    b, m->records == 1 && m->total < 0 ? " record" : " records");
	if (m->rate >= 1) {
		hs_buf_puts(b, ", ");
		hs_meter_number(m->rate, b);
		hs_buf_puts(b, "/s");
	}
	if (m->left >= 0)
		add_time_left(m->left, b);
}
