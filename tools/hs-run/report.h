/* SPDX-FileCopyrightText: 2026 the hs-tools authors
 * SPDX-License-Identifier: MIT */
#ifndef HS_RUN_REPORT_H
#define HS_RUN_REPORT_H

#include <stddef.h>

#include "buf.h"
#include "job.h"
#include "out.h"

/* What is said about jobs.  Functions that add to a buffer return as
 * hs_buf_add() does. */

/* A line without its newline: object, records, seconds, target; or what
 * failed, and why. */
int report_job(const struct job *job, struct hs_buf *b);

/* The same as a JSON object, newline included. */
int report_json(const struct job *job, struct hs_buf *b);

/* Opens the file that will take them, before anything is done.  With file
 * NULL nothing is opened, or written by the other. Failure is HS_CANTCREATE. */
int report_open(struct hs_out *out, const char *file, struct hs_err *e);

/* Writes all jobs as JSON and closes; HS_IO. */
int report_close(
    struct hs_out *out, const struct job *job, size_t n, struct hs_err *e);

/* How far they are, a line for each that runs, behind one for all if there are
 * several; a line has at most width bytes, and there are at most `height` of
 * them: *lines.  The last one has no newline. */
int report_progress(const struct job *job, size_t n, size_t width,
    size_t height, size_t *lines, struct hs_buf *b);

/* The job whose status is that of the run: the first that failed in a way
 * that will not pass by itself, else the first that failed.  So status 75
 * says that all that failed may work later.  NULL: none failed. */
const struct job *report_worst(const struct job *job, size_t n);

#endif
