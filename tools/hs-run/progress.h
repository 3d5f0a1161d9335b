/* SPDX-FileCopyrightText: 2026 the hs-tools authors
 * SPDX-License-Identifier: MIT */
#ifndef HS_RUN_PROGRESS_H
#define HS_RUN_PROGRESS_H

#include <stddef.h>

#include "buf.h"
#include "job.h"

/* How far all jobs are, in lines:
 *
 *	1 of 4 done, quota 249,871
 *	companies: 12,300 of 20,000 records, 1,230/s, 6 s left
 *	contacts: 20,000 records, writing 4 s
 *
 * The first line is there when there are several jobs; then each that runs has
 * one.  A line has at most `width` bytes, and at most `height` lines are
 * appended: *lines.  The last one has no newline. */
void progress_text(const struct job *job, size_t n, size_t width, size_t height,
    size_t *lines, struct hs_buf *b);

#endif
