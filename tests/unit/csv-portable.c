/* SPDX-FileCopyrightText: 2026 the hs-tools authors
 * SPDX-License-Identifier: MIT */
/* The same tests on the code for machines without SSE2. */
#define HS_PORTABLE
#include "../../lib/csv.c"

#include "csv.c"
