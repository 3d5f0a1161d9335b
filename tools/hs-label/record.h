/* SPDX-FileCopyrightText: 2026 the hs-tools authors
 * SPDX-License-Identifier: MIT */
#ifndef HS_LABEL_RECORD_H
#define HS_LABEL_RECORD_H

#include "filter.h"
#include "plan.h"
#include "scan.h"
#include "values.h"

/*
 * Flat records with labels.  Behind a member NAME whose values have labels
 * comes NAME_label, or with plan.replace the label takes the value's place.
 * With plan.headings members are called what headings.h says.
 *
 * record_start() makes a zeroed one ready.
 */
struct record {
	struct plan plan;     /* its options */
	struct values values; /* its option */

	/* Private. */
	struct hs_members members;
};

void record_start(struct record *r, struct tables *t);

/* Reads the record that s stands at; f's output and *copied are as for
 * hs_filter_record.  -1: s has failed. */
int record_label(struct record *r, struct hs_filter *f, struct hs_scan *s,
    const char **copied);

void record_free(struct record *r);

#endif
