/* SPDX-FileCopyrightText: 2026 the hs-tools authors
 * SPDX-License-Identifier: MIT */
#ifndef HS_TOOL_H
#define HS_TOOL_H

#include <stdbool.h>
#include <stdio.h>

#include "err.h"

/*
 * The front end of every program: its name in messages, usage, exit.  Only
 * this module and main() end a process; only this module prints messages.
 * Messages go to standard error as "tool: text"; control characters in them
 * are shown as escapes, so that a server cannot write to a terminal.
 */
struct hs_usage {
	const char *name;		 /* "hs-flatten" */
	const char *synopsis;		 /* "[-r] [--links] [FILE]", one line */
	const char *help;		 /* what it does, whole lines */
	const struct hs_option *options; /* up to one without a name */
	const char *more; /* what -h prints behind the options, or NULL */
};

/*
 * An option.  The table of a program's options is what the command line is
 * read by and what -h prints; -h and --version belong to every program and
 * are not in it.
 */
struct hs_option {
	int key;	  /* its letter, or a number of 256 and more */
	const char *name; /* the long option without its dashes */
	const char *arg;  /* what -h calls its argument; NULL: it has
			   * none */
	const char *help; /* one text; -h breaks it into lines */
};

/* First call in main(): remembers u, which stays valid, and sets SIGPIPE to
 * its default so that a closed pipe ends the program quietly.  SIGXFSZ is
 * ignored: a write beyond `ulimit -f` fails. */
void hs_tool_start(const struct hs_usage *u);

/*
 * The next option of the command line: its key, and its argument in *arg.
 * -1: there are no more; the operands begin at argv[optind].  -h and --version
 * print and exit, a mistake ends in hs_tool_usage().  -q and -v, where the
 * program has them, are returned like the others and have been heeded.
 */
int hs_tool_option(int argc, char **argv, const char **arg);

/* -h and --version: standard output, then exit 0 (74 if that failed). */
_Noreturn void hs_tool_help(void);
_Noreturn void hs_tool_version(void);

/* A mistake on the command line: message, usage line, exit 64. With fmt NULL
 * getopt has said what was wrong. */
_Noreturn void hs_tool_usage(const char *fmt, ...)
    __attribute__((format(printf, 1, 2)));

/* Prints e's text, exits with e's kind. */
_Noreturn void hs_tool_fail(const struct hs_err *e);

/* A message that changes nothing; silent after hs_tool_quiet(). */
void hs_tool_warn(const char *fmt, ...) __attribute__((format(printf, 1, 2)));

/* A fault that does not end the program, yet: said to the quiet, too. */
void hs_tool_say(const char *fmt, ...) __attribute__((format(printf, 1, 2)));

/* A message for those who asked with -v. */
void hs_tool_note(const char *fmt, ...) __attribute__((format(printf, 1, 2)));

/* -q lowers, -v raises. */
void hs_tool_quiet(void);
void hs_tool_verbose(void);

/* On SIGINT, SIGTERM, SIGHUP and SIGPIPE path is removed before the signal
 * does its work; path stays valid until it is replaced by another, or NULL. */
void hs_tool_remove_on_signal(const char *path);

/* A number of an option's argument between min and max; otherwise a usage
 * error naming the option.  Sizes take k, M, G (powers of 1024). */
unsigned long long hs_tool_number(const char *option, const char *arg,
    unsigned long long min, unsigned long long max);
unsigned long long hs_tool_size(const char *option, const char *arg,
    unsigned long long min, unsigned long long max);

#endif
