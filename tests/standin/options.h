/* SPDX-FileCopyrightText: 2026 the hs-tools authors
 * SPDX-License-Identifier: MIT */
#ifndef STANDIN_OPTIONS_H
#define STANDIN_OPTIONS_H

#include <stdbool.h>

struct server;

/* What the command line said about the program itself. */
struct options {
	unsigned short port;
	const char *log;
	bool stay; /* doesn't end with its standard input */
};

/* Reads the command line into the options and the server, which is empty
 * before and whose portal is ready afterwards.  Ends the program for --help
 * (0) and for what it can't understand (64). */
void options_read(struct options *o, struct server *s, int argc, char **argv);

#endif
