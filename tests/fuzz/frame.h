/* SPDX-FileCopyrightText: 2026 the hs-tools authors
 * SPDX-License-Identifier: MIT */
#ifndef FUZZ_FRAME_H
#define FUZZ_FRAME_H

#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "scan.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* Stops if check() says what is wrong with the input; NULL is nothing.  It gets
 * a copy of its own length, so that a step outside is noticed. */
static inline int
frame_run(const uint8_t *data, size_t size,
    const char *(*check)(struct hs_span input))
{
	char *copy = malloc(size ? size : 1);

	if (!copy)
		abort();
	memcpy(copy, data, size);
	const char *wrong = check(hs_span(copy, size));
	free(copy);
	if (wrong) {
		fprintf(stderr, "%s\n", wrong);
		abort();
	}
	return 0;
}

static inline bool
frame_is_json(struct hs_span text)
{
	struct hs_scan s;

	hs_scan_init(&s, text);
	return hs_scan_value(&s, NULL) == 0 && hs_scan_end(&s) == 0;
}

#endif
