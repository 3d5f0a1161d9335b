/* SPDX-FileCopyrightText: 2026 the hs-tools authors
 * SPDX-License-Identifier: MIT */
/* The progress line. */
#include "progress.h"

#include <stdio.h>
#include <unistd.h>

#include "clock.h"
#include "meter.h"

void
progress_open(struct progress *p, bool wanted)
{
	p->pipe = wanted ? hs_meter_open() : -1;
	p->on = wanted && (p->pipe >= 0 || isatty(STDERR_FILENO));
}

void
progress_close(struct progress *p)
{
	if (p->pipe >= 0)
		close(p->pipe);
	p->pipe = -1;
}

static struct hs_meter
measure(const struct progress *p, unsigned long long records, long quota,
    int64_t now)
{
	struct hs_meter m = HS_METER_NONE;
	double seconds = (double)(now - p->started) / (double)HS_SECOND;
	double rate = seconds > 0 ? (double)(records - p->start) / seconds : 0;

	m.records = (long long)records;
	m.quota = quota;
	if (p->has_total)
		m.total = (long long)p->total;
	if (rate < 1)
		return m;
	m.rate = (long long)rate;
	if (p->has_total && p->total > records)
		m.left = (long long)((double)(p->total - records) / rate + 0.5);
	return m;
}

static void
draw(const struct progress *p, const struct hs_meter *m)
{
	struct hs_buf b = {0};

	hs_buf_printf(&b, "\r%.40s: ", p->object);
	hs_meter_text(m, &b);
	if (m->quota >= 0) {
		hs_buf_puts(&b, ", quota ");
		hs_meter_number(m->quota, &b);
	}
	hs_buf_puts(&b, "\033[K");
	if (!b.failed)
		fwrite(b.data, 1, b.len, stderr);
	hs_buf_free(&b);
}

void
progress_draw(
    struct progress *p, unsigned long long records, long quota, int64_t now)
{
	if (!p->on || (p->drawn != 0 && now - p->drawn < HS_SECOND / 5))
		return;
	p->drawn = now;
	struct hs_meter m = measure(p, records, quota, now);
	if (p->pipe >= 0)
		hs_meter_tell(p->pipe, &m);
	else
		draw(p, &m);
}

void
progress_wipe(const struct progress *p)
{
	if (p->on && p->pipe < 0)
		fputs("\r\033[K", stderr);
}
