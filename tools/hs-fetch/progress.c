/* SPDX-FileCopyrightText: 2026 the hs-tools authors
 * SPDX-License-Identifier: MIT */
/* The progress line. */
#include "progress.h"

#include <stdio.h>
#include <string.h>
#include <unistd.h>

#define NS_S INT64_C(1000000000)

const char *
progress_number(unsigned long long n, char text[32])
{
	char digits[24];
	int len = snprintf(digits, sizeof digits, "%llu", n), k = 0;

	for (int i = 0; i < len; i++) {
		if (i > 0 && (len - i) % 3 == 0)
			text[k++] = ',';
		text[k++] = digits[i];
	}
	text[k] = '\0';
	return text;
}

static void
add(char text[PROGRESS_MAX], const char *before, const char *what,
    const char *after)
{
	size_t n = strlen(text);

	snprintf(text + n, PROGRESS_MAX - n, "%s%s%s", before, what, after);
}

static void
add_time_left(char text[PROGRESS_MAX], double seconds)
{
	char s[32];

	if (seconds >= 5940)
		snprintf(s, sizeof s, "%.1f h", seconds / 3600);
	else if (seconds >= 99)
		snprintf(s, sizeof s, "%.0f min", seconds / 60);
	else
		snprintf(s, sizeof s, "%.0f s", seconds);
	add(text, ", ", s, " left");
}

bool
progress_line(struct progress *p, unsigned long long records, long quota,
    int64_t now, char text[PROGRESS_MAX])
{
	double seconds = (double)(now - p->started) / (double)NS_S, rate;
	char n[32];

	if (p->drawn != 0 && now - p->drawn < NS_S / 5)
		return false;
	p->drawn = now;
	snprintf(text, PROGRESS_MAX, "%.40s: %s", p->object,
	    progress_number(records, n));
	if (p->has_total)
		add(text, " of ", progress_number(p->total, n), "");
	add(text, "", " records", "");
	rate = seconds > 0 ? (double)(records - p->start) / seconds : 0;
	if (rate >= 1) {
		add(text, ", ", progress_number((unsigned long long)rate, n),
		    "/s");
		if (p->has_total && p->total > records)
			add_time_left(
			    text, (double)(p->total - records) / rate);
	}
	if (quota >= 0)
		add(text, ", quota ",
		    progress_number((unsigned long long)quota, n), "");
	return true;
}

bool
progress_possible(void)
{
	return isatty(STDERR_FILENO);
}

void
progress_draw(
    struct progress *p, unsigned long long records, long quota, int64_t now)
{
	char line[PROGRESS_MAX];

	if (p->on && progress_line(p, records, quota, now, line))
		fprintf(stderr, "\r%s\033[K", line);
}

void
progress_wipe(const struct progress *p)
{
	if (p->on)
		fputs("\r\033[K", stderr);
}
