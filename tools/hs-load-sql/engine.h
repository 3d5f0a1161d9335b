/* SPDX-FileCopyrightText: 2026 the hs-tools authors
 * SPDX-License-Identifier: MIT */
#ifndef HS_LOAD_SQL_ENGINE_H
#define HS_LOAD_SQL_ENGINE_H

#include <stdbool.h>

#include "buf.h"
#include "client.h"
#include "dialect.h"
#include "err.h"
#include "inserts.h"
#include "out.h"
#include "script.h"
#include "server.h"
#include "span.h"

/*
 * A kind of database: how its script is written, how its client is run.
 *
 * With an address the calls come in this order: read, set_client, then, when
 * the stream has been read, put, and, if the client fails, failure.  Without
 * one, put alone.
 */
struct engine {
	const char *name;	    /* as --dialect has it */
	const char *const *schemes; /* of its addresses, up to a NULL */
	const char *program;	    /* its client */
	const char *other;	    /* one that does as well; or NULL */
	const char *package;	    /* in which Debian has that */
	const char *opening;	    /* what a script for a pipe begins with,
				     * before the stream is read */
	bool takes_nul;		    /* its texts may have NUL characters */
	bool blanks;		    /* its script writes "" as null where a
				     * column is not text */
	bool spools;		    /* its client needs a file, too */
	const struct inserts_form *form; /* of rows, where they are INSERTs */

	/* Adds what the server is asked before the stream is read, if
	 * anything; the names of the table's columns come as lines "column "
	 * with hexadecimal digits. */
	void (*ask)(const struct script *s, const struct hs_server *server,
	    struct hs_buf *b);
	/* What the first line of its answer means; or NULL. */
	void (*answer)(struct script *s, const char *said);
	bool says; /* messages come on its client's standard output */

	struct hs_dialect (*dialect)(void);

	/* Adds what follows the opening.  A script that is cut anywhere
	 * changes nothing. */
	int (*put)(struct script *s, struct hs_out *out, struct hs_err *e);

	/* Reads an address; HS_CONFIG. */
	int (*read)(struct hs_server *s, const char *address, struct hs_err *e);

	/* Sets the client's arguments and environment. */
	int (*set_client)(
	    struct hs_server *s, struct client *c, struct hs_err *e);

	/* What the client's exit status, which is not 0, and its words mean:
	 * fills e.  True: the client has said why it failed. */
	bool (*failure)(int status, struct hs_span said, struct hs_err *e);
};

#endif
