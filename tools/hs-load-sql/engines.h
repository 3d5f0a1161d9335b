/* SPDX-FileCopyrightText: 2026 the hs-tools authors
 * SPDX-License-Identifier: MIT */
#ifndef HS_LOAD_SQL_ENGINES_H
#define HS_LOAD_SQL_ENGINES_H

#include "engine.h"
#include "err.h"

/* The engine of a name; the first one for NULL; or NULL. */
const struct engine *engines_named(const char *dialect);

/* The same for an address, whose scheme has to be the engine's; without a
 * dialect the first one with that scheme.  NULL is HS_CONFIG. */
const struct engine *engines_for(
    const char *address, const char *dialect, struct hs_err *e);

#endif
