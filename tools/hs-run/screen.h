/* SPDX-FileCopyrightText: 2026 the hs-tools authors
 * SPDX-License-Identifier: MIT */
#ifndef HS_RUN_SCREEN_H
#define HS_RUN_SCREEN_H

#include <stdbool.h>
#include <stddef.h>

#include "job.h"

/*
 * Standard error while pipelines run.  On a terminal some lines of progress
 * stand there and are drawn over; a message takes their place.  What cannot
 * be written is dropped: nobody is left to be told.
 */
struct screen {
	size_t lines; /* of progress that stand there */
};

/* Whether it is a terminal that can be drawn over. */
bool screen_possible(void);

/* A line that a stage has said, behind the pipeline's name. */
void screen_line(struct screen *s, const struct job *job, struct hs_span line);

/* Draws how far all jobs are. */
void screen_draw(struct screen *s, const struct job *job, size_t n);

/* Clears the progress away. */
void screen_wipe(struct screen *s);

#endif
