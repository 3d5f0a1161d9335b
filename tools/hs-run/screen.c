/* SPDX-FileCopyrightText: 2026 the hs-tools authors
 * SPDX-License-Identifier: MIT */
/* Standard error while pipelines run. */
#include "screen.h"

#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include "progress.h"

bool
screen_possible(void)
{
	const char *term = getenv("TERM");

	return isatty(STDERR_FILENO) && term && strcmp(term, "dumb") != 0;
}

/* Appends what erases the progress, from its last line up to its first. */
static void
erase(struct screen *s, struct hs_buf *b)
{
	if (s->lines > 0)
		hs_buf_puts(b, "\r\033[K");
	for (; s->lines > 1; s->lines--)
		hs_buf_puts(b, "\033[A\033[K");
	s->lines = 0;
}

/* In one write, so that lines are not torn. */
static void
put(struct hs_buf *b)
{
	ssize_t n = 0;

	for (size_t i = 0; !b->failed && n >= 0 && i < b->len; i += (size_t)n)
		n = write(STDERR_FILENO, b->data + i, b->len - i);
	hs_buf_free(b);
}

void
screen_line(struct screen *s, const char *label, struct hs_span line)
{
	struct hs_buf b = {0};

	erase(s, &b);
	hs_buf_printf(&b, "%s: ", label);
	hs_buf_put(&b, line);
	hs_buf_addc(&b, '\n');
	put(&b);
}

void
screen_draw(struct screen *s, const struct job *job, size_t n)
{
	struct hs_buf b = {0};
	struct winsize w;
	size_t width = 79, height = 24;

	if (ioctl(STDERR_FILENO, TIOCGWINSZ, &w) == 0 && w.ws_col > 10) {
		width = w.ws_col - 1u;
		height = w.ws_row > 1 ? w.ws_row - 1u : 1;
	}
	erase(s, &b);
	progress_text(job, n, width, height, &s->lines, &b);
	put(&b);
}

void
screen_wipe(struct screen *s)
{
	struct hs_buf b = {0};

	erase(s, &b);
	put(&b);
}
