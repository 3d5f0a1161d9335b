/* SPDX-FileCopyrightText: 2026 the hs-tools authors
 * SPDX-License-Identifier: MIT */
/* The labels that were found lately. */
#include "memo.h"

void
memo_add(struct memo *m, uint64_t key, struct hs_span value,
    struct hs_span label, unsigned labels)
{
	struct memo_slot *s = &m->slot[memo_place(key, value)];

	if (value.len + label.len > MEMO_ONE)
		return;
	/* Texts of slots that were taken stay: start again. */
	if (m->text.len + value.len + label.len > MEMO_TEXT) {
		memset(m->slot, 0, sizeof m->slot);
		hs_buf_clear(&m->text);
	}
	struct memo_slot new = {.key = key,
	    .at = (uint32_t)m->text.len,
	    .value = (uint16_t)value.len,
	    .label = (uint16_t)label.len,
	    .labels = labels};
	if (hs_buf_put(&m->text, value) == 0 &&
	    hs_buf_put(&m->text, label) == 0)
		*s = new;
}
