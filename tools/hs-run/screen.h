/* SPDX-FileCopyrightText: 2026 the hs-tools authors
 * SPDX-License-Identifier: MIT */
#ifndef HS_RUN_SCREEN_H
#define HS_RUN_SCREEN_H

#include <stdbool.h>
#include <stddef.h>

#include "job.h"

/*
 * Standard error while pipelines run.  On a terminal its last lines are the
 * progress, which is drawn over; a message is written in its place, and the
 * progress below it.  What can't be written is dropped: there is nowhere left
 * to say so.
 */
struct screen {
	size_t lines; /* of progress on the terminal */
};

/* Whether it is a terminal that can be drawn over. */
bool screen_possible(void);

/* Writes a line that a stage has said, behind the pipeline's label. */
void screen_line(struct screen *s, const char *label, struct hs_span line);

/* Draws how far all jobs are. */
void screen_draw(struct screen *s, const struct job *job, size_t n);

/* Clears the progress away. */
void screen_wipe(struct screen *s);

#endif
