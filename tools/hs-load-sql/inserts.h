/* SPDX-FileCopyrightText: 2026 the hs-tools authors
 * SPDX-License-Identifier: MIT */
#ifndef HS_LOAD_SQL_INSERTS_H
#define HS_LOAD_SQL_INSERTS_H

#include <stdbool.h>
#include <stddef.h>

#include "buf.h"
#include "err.h"
#include "out.h"
#include "script.h"
#include "span.h"

/* The stream's rows as INSERT statements, of any number of rows each, into the
 * stage: hs_stage, whose columns c1, c2, ... are the stream's. */
#define INSERTS_ROOM 128

struct inserts_form {
	const char *stage; /* its name */
	size_t statement;  /* bytes, at most, if it has more than one row */

	/* Adds a cell of COPY text as a literal; b has room for twice its
	 * bytes and INSERTS_ROOM. */
	void (*put)(struct hs_buf *b, struct hs_span cell);
};

int inserts_copy(const struct script *s, const struct inserts_form *f,
    struct hs_out *out, struct hs_err *e);

/* Adds the names of the stage's columns, each with a type behind it: those
 * that the rows have. */
void inserts_columns(
    const struct script *s, struct hs_buf *b, const char *type);

#endif
