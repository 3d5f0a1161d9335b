/* SPDX-FileCopyrightText: 2026 the hs-tools authors
 * SPDX-License-Identifier: MIT */
#ifndef HS_DIFF_FORMAT_H
#define HS_DIFF_FORMAT_H

#include "changes.h"
#include "err.h"
#include "forms.h"

/* Changes, one after another, in the form that is asked for. */
int format_start(struct format *f, struct hs_err *e);
int format_change(struct format *f, const struct change *ch, struct hs_err *e);
int format_end(struct format *f, const struct changes *c, struct hs_err *e);
void format_free(struct format *f);

#endif
