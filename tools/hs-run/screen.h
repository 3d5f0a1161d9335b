/* SPDX-FileCopyrightText: 2026 the hs-tools authors
 * SPDX-License-Identifier: MIT */
#ifndef HS_SCREEN_H
#define HS_SCREEN_H

#include <stdbool.h>
#include <stddef.h>

#include "job.h"

/*
 * Standard error while pipelines run.  On a terminal some lines of progress
 * stand there and are drawn over; a message takes their place.  What cannot
 * be written is dropped: nobody is left to be told.
 */
struct hs_screen {
	size_t lines;	/* of progress that stand there */
};

/* Whether it is a terminal that can be drawn over. */
bool hs_screen_possible(void);

/* A line that a stage has said, behind the pipeline's name. */
void hs_screen_line(
    struct hs_screen *s, const struct hs_job *job, struct hs_span line);

/* Draws how far all jobs are. */
void hs_screen_draw(struct hs_screen *s, const struct hs_job *job, size_t n);

/* Clears the progress away. */
void hs_screen_wipe(struct hs_screen *s);

#endif
