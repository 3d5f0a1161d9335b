/* SPDX-FileCopyrightText: 2026 the hs-tools authors
 * SPDX-License-Identifier: MIT */
/* Times, as --since and --mark have them. */
#include "since.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "file.h"
#include "target.h"
#include "tool.h"

#define LAG_MS INT64_C(300000) /* of the search's index, at most */
#define FILE_MAX 100
#define DAY_MS INT64_C(86400000)

/* n digits at *p, which moves behind them; -1: there are fewer. */
static int
digits(const char **p, int n)
{
	int v = 0;

	for (; n > 0; n--, ++*p) {
		if (**p < '0' || **p > '9')
			return -1;
		v = v * 10 + (**p - '0');
	}
	return v;
}

static bool
skip(const char **p, char c)
{
	if (**p != c)
		return false;
	++*p;
	return true;
}

/* Days from 1970 to a day of the Gregorian calendar, whose years begin in
 * March here, so that a leap day is a year's last. */
static int64_t
days(int year, int month, int day)
{
	int64_t y = month > 2 ? year : year - 1;
	int64_t m = month > 2 ? month - 3 : month + 9;

	return 365 * y + y / 4 - y / 100 + y / 400 + (153 * m + 2) / 5 + day -
	       1 - 719468;
}

/* Z, or the distance from it, in minutes. */
static bool
read_zone(const char **p, int *minutes)
{
	bool west = **p == '-';

	*minutes = 0;
	if (skip(p, 'Z'))
		return true;
	if (!skip(p, '+') && !skip(p, '-'))
		return false;
	int h = digits(p, 2);
	int m = skip(p, ':') ? digits(p, 2) : -1;
	*minutes = (h * 60 + m) * (west ? -1 : 1);
	return h >= 0 && h <= 14 && m >= 0 && m < 60;
}

/* hh:mm[:ss[.fff]] and the zone, as milliseconds; -1: it is none. */
static int64_t
read_clock(const char **p)
{
	int h = digits(p, 2), m = skip(p, ':') ? digits(p, 2) : -1;
	int s = 0, ms = 0, zone;

	if (skip(p, ':')) {
		s = digits(p, 2);
		if (skip(p, '.'))
			for (int unit = 100; **p >= '0' && **p <= '9';
			     unit /= 10, ++*p)
				ms += (**p - '0') * unit;
	}
	if (h < 0 || h > 23 || m < 0 || m > 59 || s < 0 || s > 60 ||
	    !read_zone(p, &zone))
		return -1;
	return ((int64_t)(h * 60 + m - zone) * 60 + s) * 1000 + ms + DAY_MS;
}

int64_t
since_time(const char *text)
{
	const char *p = text;
	int year = digits(&p, 4), month = skip(&p, '-') ? digits(&p, 2) : -1;
	int day = skip(&p, '-') ? digits(&p, 2) : -1;
	int64_t clock = DAY_MS;

	if (year < 1971 || month < 1 || month > 12 || day < 1 || day > 31)
		return -1;
	if (skip(&p, 'T'))
		clock = read_clock(&p);
	if (clock < 0 || *p)
		return -1;
	/* The clock has a day added, so that no zone makes it negative. */
	return (days(year, month, day) - 1) * DAY_MS + clock;
}

void
since_write(int64_t ms, char text[SINCE_SIZE])
{
	int64_t day = ms / DAY_MS, rest = ms % DAY_MS;
	int64_t z = day + 719468, era = z / 146097, doe = z % 146097;
	int64_t yoe = (doe - doe / 1460 + doe / 36524 - doe / 146096) / 365;
	int64_t doy = doe - (365 * yoe + yoe / 4 - yoe / 100);
	int64_t m = (5 * doy + 2) / 153;
	int64_t month = m < 10 ? m + 3 : m - 9;

	snprintf(text, SINCE_SIZE,
	    "%04" PRId64 "-%02" PRId64 "-%02" PRId64 "T%02" PRId64 ":%02" PRId64
	    ":%02" PRId64 ".%03" PRId64 "Z",
	    yoe + era * 400 + (month <= 2), month, doy - (153 * m + 2) / 5 + 1,
	    rest / 3600000, rest / 60000 % 60, rest / 1000 % 60, rest % 1000);
}

int
since_read(const char *arg, char text[SINCE_SIZE], struct hs_err *e)
{
	struct hs_buf b = {0};
	int64_t ms = 0;

	if (arg[0] == '@') {
		if (hs_file_read(arg + 1, FILE_MAX, &b, e) < 0)
			return -1;
		while (b.len > 0 && strchr("\r\n", b.data[b.len - 1]))
			b.data[--b.len] = '\0';
		ms = b.len > 0 ? since_time(b.data) : -1;
		hs_buf_free(&b);
		if (ms < 0)
			return hs_err_set(e, HS_DATA,
			    "%s: has no time that --mark left", arg + 1);
		ms -= LAG_MS;
	} else {
		ms = since_time(arg);
		if (ms < 0)
			return hs_err_set(e, HS_USAGE,
			    "--since: %s is no time, such as 2026-11-28 or "
			    "2026-11-28T06:30:00Z",
			    arg);
	}
	since_write(ms, text);
	return 0;
}

int
since_mark(const char *path, int64_t ms, struct hs_err *e)
{
	struct hs_target t = HS_TARGET_NONE;
	char text[SINCE_SIZE];

	since_write(ms, text);
	if (hs_target_open(&t, path, NULL, hs_tool_remove_on_signal, e) < 0)
		return -1;
	hs_buf_printf(&t.out.buf, "%s\n", text);
	int r = hs_out_commit(&t.out, e);
	if (r == 0)
		r = hs_target_publish(&t, e);
	hs_target_abandon(&t);
	return r;
}
