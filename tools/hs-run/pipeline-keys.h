/* SPDX-FileCopyrightText: 2026 the hs-tools authors
 * SPDX-License-Identifier: MIT */
#ifndef HS_RUN_PIPELINE_KEYS_H
#define HS_RUN_PIPELINE_KEYS_H

#include <stdbool.h>
#include <stddef.h>

#include "err.h"
#include "yaml.h"

/* The keys that a pipeline document may have, in tables, and what is done
 * with each. */
enum setting_id {
	SET_NAME,
	SET_TYPE,      /* type: nilus */
	SET_SPEC_TYPE, /* spec.type: batch */
	SET_SOURCE,    /* source.address, as written */
	SET_OBJECT,    /* source_table */
	SET_KEY,       /* primary_key */
	SET_SINK,      /* sink.address, as written */
	SET_TABLE,     /* dest_table */
	SET_STRATEGY,  /* incremental_strategy */
	SETTINGS
};

enum key_use {
	KEY_SETTING, /* a text that is kept */
	KEY_SECTION, /* a map with keys of its own */
	KEY_IGNORED, /* Nilus knows it; it makes no difference here */
	KEY_REFUSED, /* it would change the result */
};

struct key {
	const char *name;
	enum key_use use;
	enum setting_id id;	       /* KEY_SETTING */
	const struct section *section; /* KEY_SECTION */
	const char *why;	       /* KEY_REFUSED: the reason */
};

struct section {
	const char *name;      /* "sink.", to stand before a key */
	const struct key *key; /* the last one has no name */
	bool hyphens;	       /* dest-table is dest_table here */
};

extern const struct section section_top;
extern const struct section section_sink;

/* The key that text names, or NULL. */
const struct key *section_find(const struct section *s, const char *text);

/* Fills e: the key is unknown, and which one may be meant; returns -1. */
int section_unknown(
    const struct section *s, const struct node *key, struct hs_err *e);

#endif
