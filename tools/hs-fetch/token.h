/* SPDX-FileCopyrightText: 2026 the hs-tools authors
 * SPDX-License-Identifier: MIT */
#ifndef FETCH_TOKEN_H
#define FETCH_TOKEN_H

#include <stdbool.h>

#include "err.h"

/*
 * The token, from a file, an address, or the environment.  It lies in one place
 * in memory, which is wiped at the end.  It is never part of a message.
 */
#define TOKEN_MAX 4096

struct token {
	char text[TOKEN_MAX];
	bool literal;	  /* was written out in the address */
	const char *file; /* where it was read, the caller's; NULL when it
			   * can't be read there again */
};

/* Reads the token: from file ("-" is standard input) if that is given, else
 * from the parameter api_key or service_key of a hubspot: address if that is
 * given, else from HUBSPOT_API_KEY.  White space and quotes around it, and
 * "Bearer " before it, are left out.  HS_CONFIG when there is none, or what
 * there is can't be one; HS_NOINPUT when the file can't be read. */
int token_read(
    struct token *t, const char *file, const char *address, struct hs_err *e);

/* Reads the file again.  True when it holds another token, which t then is. */
bool token_renew(struct token *t);

void token_wipe(struct token *t);

#endif
