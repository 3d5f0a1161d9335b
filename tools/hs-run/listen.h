/* SPDX-FileCopyrightText: 2026 the hs-tools authors
 * SPDX-License-Identifier: MIT */
#ifndef HS_RUN_LISTEN_H
#define HS_RUN_LISTEN_H

#include <stdbool.h>
#include <stdint.h>

#include "buf.h"
#include "command.h"
#include "meter.h"
#include "span.h"
#include "spawn.h"

/*
 * What the stages of a pipeline say: lines on standard error, how far they
 * are (meter.h), and the statistics of hs-fetch.
 */
#define LINE_MAX_BYTES ((size_t)8192) /* longer lines come in parts */

/* One stage's standard error. */
struct speech {
	struct hs_buf line; /* not yet whole */
	char message[1024]; /* what may be its last word; "" for none */
	bool named;	    /* message had the program's name in front */
};

struct heard {
	const struct command *command;
	struct speech speech[STAGES_MAX];
	struct hs_buf stats;
	struct hs_buf news; /* a line of progress that is not yet whole */
	struct hs_meter meter;
	char stage[64]; /* what a stage does now; "" for its usual work */
	int64_t since;	/* when that began */

	/* Is given each line of standard error, without its newline. */
	void (*line)(void *arg, const char *label, struct hs_span line);
	void *arg;
};

/* The caller sets command, line and arg; the rest is zeroed. */
void heard_init(struct heard *h);

/* Takes what can be read without waiting, at most `rounds` blocks of each
 * stage, so that one that never stops talking does not keep the others
 * waiting. */
void listen_to(struct heard *h, struct children *c, int rounds);

/* The same when all stages have ended: nothing more will come. */
void listen_to_end(struct heard *h, struct children *c);

/* The number of records in the statistics; -1 without. */
long long heard_records(const struct heard *h);

void heard_free(struct heard *h);

#endif
