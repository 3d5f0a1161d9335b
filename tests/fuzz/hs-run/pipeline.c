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
	struct hs_config c = {0};
	struct hs_err e = {0};
	struct hs_span text = hs_span((const char *)data, size);

	if (hs_config_parse(&c, "fuzz", text, &e) < 0) {
		if (e.kind == HS_OK || !strstr(e.text, "fuzz: "))
			abort();
	} else if (c.n == 0) {
		abort();
	} else {
		for (size_t i = 0; i < c.n; i++) {
			const struct hs_pipeline *p = &c.pipeline[i];
			if (!p->label || !p->source.text || !p->object.text ||
			    (p->has_sink && (!p->sink.text || !p->table.text)))
				abort();
		}
	}
	hs_config_free(&c);
	return 0;
}
