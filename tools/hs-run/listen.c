/* SPDX-FileCopyrightText: 2026 the hs-tools authors
 * SPDX-License-Identifier: MIT */
/* What the stages of a pipeline say. */
#include "listen.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "clock.h"
#include "scan.h"

#define STATS_MAX ((size_t)65536)
#define BLOCK 16384

void
heard_init(struct heard *h)
{
	h->meter = HS_METER_NONE;
	h->stats.max = STATS_MAX;
	h->news.max = BLOCK;
}

/* Keeps the line if it may be the stage's last word. */
static void
remember(struct speech *s, const char *program, struct hs_span line)
{
	size_t n = strlen(program);
	bool named = line.len > n + 2 && memcmp(line.p, program, n) == 0 &&
		     memcmp(line.p + n, ": ", 2) == 0;
	bool usage = line.len > 6 && memcmp(line.p, "usage:", 6) == 0;

	if (line.len == 0 || usage || (s->named && !named))
		return;
	if (named)
		line = hs_span(line.p + n + 2, line.len - n - 2);
	s->named = named;
	snprintf(s->message, sizeof s->message, "%.*s", (int)line.len, line.p);
}

static void
say(struct heard *h, size_t i)
{
	struct speech *s = &h->speech[i];
	struct hs_span line = hs_buf_span(&s->line);

	remember(s, h->command->stage[i].argv[0], line);
	h->line(h->arg, h->command->pipeline->label, line);
	hs_buf_reset(&s->line);
}

/* Adds what was read to the stage's line. */
static void
hear_words(struct heard *h, size_t i, struct hs_span text)
{
	struct speech *s = &h->speech[i];

	/* Room for a whole line, so that memory can't run out in one. */
	if (hs_buf_reserve(&s->line, LINE_MAX_BYTES - s->line.len) < 0)
		return;
	for (const char *p = text.p; p < text.p + text.len; p++) {
		if (*p != '\n')
			hs_buf_addc(&s->line, *p);
		if (*p == '\n' || s->line.len == LINE_MAX_BYTES)
			say(h, i);
	}
}

static void
hear_progress(struct heard *h, struct hs_span line)
{
	struct hs_span stage;

	if (hs_meter_read(line, &h->meter, &stage) <= 0)
		return;
	snprintf(h->stage, sizeof h->stage, "%.*s", (int)stage.len,
	    stage.p ? stage.p : "");
	h->since = hs_now();
}

static void
hear_news(struct heard *h, struct hs_span text)
{
	for (const char *p = text.p; p < text.p + text.len; p++)
		if (*p != '\n') {
			hs_buf_addc(&h->news, *p);
		} else {
			/* A line too long for the buffer is none. */
			if (!h->news.failed)
				hear_progress(h, hs_buf_span(&h->news));
			hs_buf_reset(&h->news);
		}
}

/* Reads a block of a descriptor that does not block: true, and the text.
 * Closes the descriptor at its end. */
static bool
take(int *fd, char block[BLOCK], struct hs_span *text)
{
	ssize_t n = -1;

	while (*fd >= 0 && (n = read(*fd, block, BLOCK)) < 0 && errno == EINTR)
		continue;
	if (n > 0) {
		*text = hs_span(block, (size_t)n);
		return true;
	}
	if (*fd >= 0 && (n == 0 || (errno != EAGAIN && errno != EWOULDBLOCK))) {
		close(*fd);
		*fd = -1;
	}
	return false;
}

void
listen_to(struct heard *h, struct children *c, int rounds)
{
	char block[BLOCK];
	struct hs_span text;

	for (size_t i = 0; i < c->n; i++)
		for (int r = 0; r < rounds; r++) {
			if (!take(&c->v[i].err, block, &text))
				break;
			hear_words(h, i, text);
		}
	for (int r = 0; r < rounds && take(&c->stats, block, &text); r++)
		hs_buf_put(&h->stats, text);
	for (int r = 0; r < rounds && take(&c->progress, block, &text); r++)
		hear_news(h, text);
}

void
listen_to_end(struct heard *h, struct children *c)
{
	listen_to(h, c, 64);
	for (size_t i = 0; i < c->n; i++)
		if (h->speech[i].line.len > 0)
			say(h, i);
}

long long
heard_records(const struct heard *h)
{
	struct hs_span value;
	char number[20], *rest;

	if (hs_scan_path(hs_buf_span(&h->stats), "records", &value) <= 0 ||
	    value.len >= sizeof number)
		return -1;
	memcpy(number, value.p, value.len);
	number[value.len] = '\0';
	long long records = strtoll(number, &rest, 10);
	return *rest || records < 0 ? -1 : records;
}

void
heard_free(struct heard *h)
{
	for (size_t i = 0; i < STAGES_MAX; i++)
		hs_buf_free(&h->speech[i].line);
	hs_buf_free(&h->stats);
	hs_buf_free(&h->news);
}
