/* SPDX-FileCopyrightText: 2026 the hs-tools authors
 * SPDX-License-Identifier: MIT */
#ifndef HS_RUN_REPORT_H
#define HS_RUN_REPORT_H

#include <stddef.h>

#include "buf.h"
#include "err.h"
#include "job.h"
#include "out.h"

/* What is said about jobs at the end.  What appends to a buffer leaves it to
 * the caller to check it. */

/* A line without its newline: object, records, seconds, target; or what
 * failed, and why. */
void report_job(const struct job *job, struct hs_buf *b);

/* Opens the file of --stats before anything is done.  With file NULL nothing
 * is opened, and report_close() does nothing.  Failure is HS_CANTCREATE. */
int report_open(struct hs_out *out, const char *file, struct hs_err *e);

/* Writes all jobs as JSON, a line each, and closes; HS_IO. */
int report_close(
    struct hs_out *out, const struct job *job, size_t n, struct hs_err *e);

/* The job whose status is that of the run: the first that failed in a way
 * that will not pass with time, else the first that failed.  So status 75
 * says that all that failed may work later.  NULL: none failed. */
const struct job *report_worst(const struct job *job, size_t n);

#endif
