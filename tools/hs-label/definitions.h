/* SPDX-FileCopyrightText: 2026 the hs-tools authors
 * SPDX-License-Identifier: MIT */
#ifndef HS_LABEL_DEFINITIONS_H
#define HS_LABEL_DEFINITIONS_H

#include <stdbool.h>
#include <stddef.h>

#include "buf.h"
#include "columns.h"
#include "err.h"
#include "in.h"
#include "tables.h"

/*
 * What hs-fetch wrote of properties, pipelines and owners, read into tables.
 * Each file is a complete stream of one of them (several whole streams of it
 * may follow one another), and hs.object says of which.  Where two files
 * define the same, the first counts.
 *
 * Zeroed is empty.
 */
struct definitions {
	struct tables tables;
	bool owners, pipelines; /* some were read */

	/* Private: the type that was defined first, and by which file. */
	char type[256];
	const char *type_file;
	struct hs_buf name;
};

/* Reads one more file. */
int definitions_read(struct definitions *d, const char *path, struct hs_err *e);

/* The same for one that is open. */
int definitions_take(struct definitions *d, struct hs_in *in, struct hs_err *e);

/* After the last file: finds what gets labels.  `only` are the members named
 * by -p, of which each is to be a property; none: all of them. */
int definitions_finish(
    struct definitions *d, const struct hs_columns *only, struct hs_err *e);

/* Whether a stream of that hs.object may be what the definitions are of. */
int definitions_fit(
    const struct definitions *d, const char *object, struct hs_err *e);

void definitions_free(struct definitions *d);

#endif
