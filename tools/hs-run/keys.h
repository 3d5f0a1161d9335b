/* SPDX-FileCopyrightText: 2026 the hs-tools authors
 * SPDX-License-Identifier: MIT */
#ifndef HS_CONFIG_KEYS_H
#define HS_CONFIG_KEYS_H

#include <stdbool.h>
#include <stddef.h>

#include "yaml.h"
#include "err.h"

/* The keys of a pipeline, and what each does: tables, for pipeline.c alone. */
enum hs_key_use {
	HS_KEY_READ,	/* a text: a setting of struct hs_pipeline */
	HS_KEY_BELOW,	/* a map with keys of its own */
	HS_KEY_IGNORE,	/* Nilus's, without meaning here */
	HS_KEY_REFUSE,	/* honoured it would change the result */
};

struct hs_key {
	const char *name;
	enum hs_key_use use;
	size_t offset;			/* READ: of the struct hs_setting */
	const struct hs_section *below;	/* BELOW */
	const char *why;		/* REFUSE: the reason */
};

struct hs_section {
	const char *name;		/* "sink.", to stand before a key */
	const struct hs_key *key;	/* up to one without a name */
	bool hyphens;			/* dest-table is dest_table here */
};

extern const struct hs_section hs_section_top;
extern const struct hs_section hs_section_sink;

/* The key that text names, or NULL. */
const struct hs_key *hs_section_find(const struct hs_section *s,
    const char *text);

/* Fills e: the key is unknown, and which may have been meant. */
int hs_section_unknown(const struct hs_section *s, const struct hs_node *key,
    struct hs_err *e);

#endif
