/* SPDX-FileCopyrightText: 2026 the hs-tools authors
 * SPDX-License-Identifier: MIT */
/* Any bytes as a pipeline file: pipelines with what they need, or an error
 * that says why. */
#include "hs-run/pipeline.h"

#include <stdint.h>
#include <stdlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct pipelines c = {0};
	struct hs_err e = {0};
	struct hs_span text = hs_span((const char *)data, size);

	if (pipelines_parse(&c, "fuzz", text, &e) < 0) {
		if (e.kind == HS_OK || !strstr(e.text, "fuzz: "))
			abort();
	} else if (c.n == 0) {
		abort();
	} else {
		for (size_t i = 0; i < c.n; i++) {
			const struct pipeline *p = &c.v[i];
			if (!p->label || !setting(p, SET_SOURCE) ||
			    !setting(p, SET_OBJECT) ||
			    (p->has_sink && (!setting(p, SET_SINK) ||
						!setting(p, SET_TABLE))))
				abort();
		}
	}
	pipelines_free(&c);
	return 0;
}
