/* SPDX-FileCopyrightText: 2026 the hs-tools authors
 * SPDX-License-Identifier: MIT */
#ifndef HS_LOAD_SQL_CLIENT_H
#define HS_LOAD_SQL_CLIENT_H

#include <stdbool.h>
#include <sys/types.h>

#include "buf.h"
#include "err.h"

/*
 * A database's client that reads the script from a pipe.  What it says on its
 * standard error goes to a file without a name, and is looked at when it has
 * ended, and so is its standard output if the caller wants that
 * (client_listen); else that is ours.
 *
 * The caller zeroes the struct, sets program, arguments and environment, and
 * calls client_free() in any case; that ends a client that is still there.
 */
#define CLIENT_ARGS_MAX 16
#define CLIENT_ENV_MAX 4
/* More than this of what a client says is not looked at. */
#define CLIENT_SAID ((size_t)256 << 10)

struct client {
	const char *program;		  /* its name */
	const char *other;		  /* one that does as well, or NULL */
	const char *package;		  /* in which Debian has it */
	const char *arg[CLIENT_ARGS_MAX]; /* behind its name, up to a NULL */
	bool spools;			  /* it gets a file without a name */

	/* Private. */
	struct client_variable {
		const char *name, *value;
	} env[CLIENT_ENV_MAX];
	size_t envs;
	char *path;
	pid_t pid; /* 0: none */
	int said;  /* the file */
	int spool; /* the other one; 0: none */
	int heard; /* the file of its standard output; 0: it is ours */
	int status;
};

/* Has it see a variable of that name; the last value of a name counts. */
void client_env(struct client *c, const char *name, const char *value);

/* Finds the program.  HS_NOOBJECT: none is installed. */
int client_find(struct client *c, struct hs_err *e);

/* Keeps what it writes on its standard output. */
int client_listen(struct client *c, struct hs_err *e);

/* Starts it; *in is where the script goes, a descriptor that is the caller's
 * to close. */
int client_start(struct client *c, int *in, struct hs_err *e);

/* Waits for its end and reads what it has said into b, and what was kept of its
 * standard output into heard; its exit status, or 128 and the signal, is in
 * c->status.  Where both have room for CLIENT_SAID bytes it needs no memory. */
int client_end(
    struct client *c, struct hs_buf *b, struct hs_buf *heard, struct hs_err *e);

void client_free(struct client *c);

#endif
