/* SPDX-FileCopyrightText: 2026 the hs-tools authors
 * SPDX-License-Identifier: MIT */
#ifndef HS_LABEL_VALUES_H
#define HS_LABEL_VALUES_H

#include <stdbool.h>
#include <stddef.h>

#include "buf.h"
#include "memo.h"
#include "scan.h"
#include "tables.h"

/*
 * The labels of a record's values.  Zeroed but for the tables and the option
 * it is ready.
 */
struct values {
	struct tables *tables;
	bool strict;		   /* a value without a label is an error */
	unsigned long long labels; /* that were found */

	/* Private. */
	struct memo memo;
	struct hs_buf joined, said, why;
	bool nomem; /* a value could not be looked up */
};

/*
 * Finds the label of a property's value: 1, and *label lasts until the next
 * call.  0: it has none.  -1: s has failed.  `pipeline` is the value of the
 * member that names the record's pipeline; p is NULL where it does not
 * matter.
 */
int values_label(struct values *v, struct hs_scan *s, size_t property,
    struct hs_span pipeline, struct hs_span value, struct hs_span *label);

void values_free(struct values *v);

#endif
