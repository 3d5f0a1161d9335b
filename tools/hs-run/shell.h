/* SPDX-FileCopyrightText: 2026 the hs-tools authors
 * SPDX-License-Identifier: MIT */
#ifndef HS_RUN_SHELL_H
#define HS_RUN_SHELL_H

#include "buf.h"
#include "command.h"

/* Appends the command as a line that sh reads back, newline included. */
void shell_print(const struct command *c, struct hs_buf *b);

#endif
