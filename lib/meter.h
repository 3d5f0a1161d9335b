/* SPDX-FileCopyrightText: 2026 the hs-tools authors
 * SPDX-License-Identifier: MIT */
#ifndef HS_METER_H
#define HS_METER_H

#include "buf.h"
#include "span.h"

/*
 * How far a program is, for a person to see.  A program that hs-run has
 * started does not draw this itself: it tells hs-run, which draws the
 * progress of all its pipelines.
 *
 * HS_PROGRESS in the environment names a pipe; hs-run(1) describes it.  Each
 * line that is written to it is a JSON object:
 *
 *	{"records":12300,"total":20000,"rate":1230,"left":6,"quota":249871}
 *	{"stage":"writing"}
 *
 * rate is in records a second, left in seconds.  What is missing or null is
 * not known; a stage that is null has ended.  Nothing here waits or fails: a
 * line that the pipe has no room for is dropped.
 */
struct hs_meter {
	/* -1: not known. */
	long long records, total, rate, left, quota;
};

#define HS_METER_NONE ((struct hs_meter){-1, -1, -1, -1, -1})
#define HS_METER_LINE 512 /* bytes of a line; a pipe takes them at once */

/* Opens the pipe for writing; -1 when there is none. */
int hs_meter_open(void);

void hs_meter_tell(int pipe, const struct hs_meter *m);

/* Says what the program does now; NULL: its usual work.  Opens the pipe and
 * closes it. */
void hs_meter_stage(const char *stage);

/* Reads a line.  1: *stage is what was said, p NULL for null.  0: *m is.  -1:
 * the line is neither.  stage has the text as it is in the JSON, without
 * quotes. */
int hs_meter_read(
    struct hs_span line, struct hs_meter *m, struct hs_span *stage);

/* Appends "12,300 of 20,000 records, 1,230/s, 6 s left", or as much of it as
 * is known. */
void hs_meter_text(const struct hs_meter *m, struct hs_buf *b);

/* Appends a number with commas between thousands. */
void hs_meter_number(long long n, struct hs_buf *b);

#endif
