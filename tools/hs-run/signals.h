/* SPDX-FileCopyrightText: 2026 the hs-tools authors
 * SPDX-License-Identifier: MIT */
#ifndef HS_RUN_SIGNALS_H
#define HS_RUN_SIGNALS_H

#include "err.h"

/*
 * Signals as bytes in a pipe that does not block: each that arrives writes
 * its number.  Caught are SIGCHLD, SIGINT, SIGTERM, SIGHUP and SIGTSTP, but
 * not those that were ignored when the program began, as under nohup or in a
 * shell's background; SIGPIPE is ignored.
 *
 * A signal mask survives exec, so the program may begin with some of these
 * blocked.  They are unblocked.
 */

/* Once in a program's life.  Returns the descriptor, or -1 with HS_SYSTEM. */
int signals_open(struct hs_err *e);

/* Ends the program by the signal, as if it had not been caught. */
void signals_die(int signal);

#endif
