/* SPDX-FileCopyrightText: 2026 the hs-tools authors
 * SPDX-License-Identifier: MIT */
#ifndef HS_TOOL_H
#define HS_TOOL_H

#include <stdbool.h>
#include <stdio.h>

#include "err.h"

/*
 * The front end of every program: options, messages, exit.  Only this module
 * and main() end a process, and only this module prints messages.  They go to
 * standard error as "tool: text"; control characters in them are shown as
 * escapes, so that a server cannot send commands to a terminal.
 */
struct hs_usage {
	const char *name;		 /* "hs-flatten" */
	const char *synopsis;		 /* "[-r] [--links] [FILE]", one line */
	const char *help;		 /* what it does, whole lines */
	const struct hs_option *options; /* ends with one without a name */
	const char *more;		 /* what -h prints last, or NULL */
};

/* An option.  Reading the command line and -h both go by the program's table
 * of options.  -h and --version belong to every program and are not in it. */
struct hs_option {
	int key;	  /* its letter, or 256 and more for none */
	const char *name; /* the long option, without dashes */
	const char *arg;  /* its argument's name in -h; NULL: none */
	const char *help; /* one text; -h breaks it into lines */
};

/* The first call in main().  u has to stay valid.  A closed pipe will end the
 * program quietly (SIGPIPE), and a write beyond `ulimit -f` will fail as on a
 * full disk (SIGXFSZ). */
void hs_tool_start(const struct hs_usage *u);

/* The next option of the command line: its key, and its argument in *arg.
 * -1: there are no more; the operands begin at argv[optind].  -h and --version
 * print and exit, and so does a mistake.  -q and -v, if the program has them,
 * take effect here and are returned like the others. */
int hs_tool_option(int argc, char **argv, const char **arg);

/* For a mistake on the command line: message, usage line, exit 64.  fmt is
 * NULL when getopt has printed the message. */
_Noreturn void hs_tool_usage(const char *fmt, ...)
    __attribute__((format(printf, 1, 2)));

/* Prints e's text and exits with e's kind. */
_Noreturn void hs_tool_fail(const struct hs_err *e);

/* A warning; -q silences it. */
void hs_tool_warn(const char *fmt, ...) __attribute__((format(printf, 1, 2)));

/* An error that does not end the program, or not yet; -q does not silence it.
 */
void hs_tool_say(const char *fmt, ...) __attribute__((format(printf, 1, 2)));

/* A message for -v. */
void hs_tool_note(const char *fmt, ...) __attribute__((format(printf, 1, 2)));

/* Has SIGINT, SIGTERM, SIGHUP and SIGPIPE remove the file at path before they
 * end the program; NULL for none.  path stays valid until the next call. */
void hs_tool_remove_on_signal(const char *path);

/* The number that an option's argument says, from min to max; anything else is
 * a usage error that names the option.  Sizes take k, M, G (powers of 1024). */
unsigned long long hs_tool_number(const char *option, const char *arg,
    unsigned long long min, unsigned long long max);
unsigned long long hs_tool_size(const char *option, const char *arg,
    unsigned long long min, unsigned long long max);

#endif
