/* SPDX-FileCopyrightText: 2026 the hs-tools authors
 * SPDX-License-Identifier: MIT */
#ifndef HS_RUN_SIGNALS_H
#define HS_RUN_SIGNALS_H

#include "err.h"

/*
 * Signals as something to read: the number of each that arrives, as a byte,
 * in a pipe that does not block.  Caught are SIGCHLD, SIGINT, SIGTERM,
 * SIGHUP and SIGTSTP, except those that were ignored when the program began,
 * as nohup and a shell's & have it; SIGPIPE is ignored.  Programs that are
 * executed have the old ways back, except SIGPIPE.
 */

/* Once in a program's life.  Returns the descriptor, or -1 with HS_SYSTEM. */
int signals_open(struct hs_err *e);

/* Ends the program by the signal, as if it had not been caught. */
void signals_die(int signal);

#endif
