/* SPDX-FileCopyrightText: 2026 the hs-tools authors
 * SPDX-License-Identifier: MIT */
#ifndef HS_ERR_H
#define HS_ERR_H

/*
 * Errors as values.  A library function that fails returns -1 (or NULL) and
 * fills the caller's hs_err with what went wrong; it neither prints nor
 * exits.  Each caller may put the place in front.  The kind is the exit
 * status of the program if nothing handles the error (sysexits.h's numbers;
 * hs-tools(7) has the table).
 *
 * The text may hold raw bytes from a server: hs_tool_fail() makes them
 * harmless before they reach a terminal.  It never contains the token.
 */
enum hs_kind {
	HS_OK = 0,
	HS_DRIFT = 1,	    /* hs-diff or --diff found one */
	HS_USAGE = 64,	    /* the command line is wrong */
	HS_DATA = 65,	    /* invalid or incomplete stream */
	HS_NOINPUT = 66,    /* input can't be opened */
	HS_NOOBJECT = 69,   /* no such object */
	HS_INTERNAL = 70,   /* a bug in the program */
	HS_SYSTEM = 71,	    /* the system refused: memory, fork */
	HS_CANTCREATE = 73, /* target can't be created */
	HS_IO = 74,	    /* a read or write failed */
	HS_LATER = 75,	    /* may work later: rate limit, 5xx, timeout, DNS */
	HS_PROTOCOL = 76,   /* the API broke its contract */
	HS_REFUSED = 77,    /* token or scope refused */
	HS_CONFIG = 78,	    /* pipeline or address wrong */
};

struct hs_err {
	enum hs_kind kind;
	char text[2048]; /* NUL-terminated, cut when longer */
};

/* Fills e, which may be NULL, and returns -1, so that `return hs_err_set(…)`
 * reads well. */
int hs_err_set(struct hs_err *e, enum hs_kind kind, const char *fmt, ...)
    __attribute__((format(printf, 3, 4)));

/* Puts "prefix: " in front of the text; returns -1. */
int hs_err_at(struct hs_err *e, const char *fmt, ...)
    __attribute__((format(printf, 2, 3)));

/* For errno ENOMEM: memory ran out, HS_SYSTEM.  For EFBIG: a limit was
 * reached, HS_DATA.  `what` names what was being held.  Returns -1. */
int hs_err_mem(struct hs_err *e, const char *what);

#endif
