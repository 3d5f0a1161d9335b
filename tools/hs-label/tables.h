/* SPDX-FileCopyrightText: 2026 the hs-tools authors
 * SPDX-License-Identifier: MIT */
#ifndef HS_LABEL_TABLES_H
#define HS_LABEL_TABLES_H

#include "buf.h"
#include "labels.h"
#include "properties.h"
#include "scan.h"

/*
 * What is defined: the properties, and the labels of values.  Of two
 * definitions of one thing the first counts.  An option without a value or a
 * label, and an owner without a name or an address, count as not defined.
 *
 * Zeroed is empty.
 */
struct tables {
	struct labels labels;
	struct properties properties;

	/* Private. */
	struct hs_buf scratch, person;
};

/* Each reads the definition that s stands at: one of the API's objects.  -1: s
 * has failed. */
int tables_add_property(struct tables *t, struct hs_scan *s);
int tables_add_pipeline(struct tables *t, struct hs_scan *s);
int tables_add_owner(struct tables *t, struct hs_scan *s);

void tables_free(struct tables *t);

#endif
