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
	SET_TYPE,	/* type: nilus */
	SET_SPEC_TYPE,	/* spec.type: batch */
	SET_SOURCE,	/* source.address, as written */
	SET_OBJECT,	/* source_table */
	SET_PROPERTIES, /* names, as hs-fetch -p takes them */
	SET_HISTORY,	/* names */
	SET_ARCHIVED,
	SET_PAGE_SIZE,
	SET_KEY,      /* primary_key: names */
	SET_SINK,     /* sink.address, as written */
	SET_TABLE,    /* dest_table */
	SET_STRATEGY, /* incremental_strategy */
	SET_REPLACE_INVALID,
	SET_MAX_REMOVED,
	SETTINGS
};

enum key_use {
	KEY_TEXT,    /* a text */
	KEY_LIST,    /* texts, in a list or joined by commas */
	KEY_NAMES,   /* the same, each another name */
	KEY_FLAG,    /* true or false */
	KEY_NUMBER,  /* from 1 */
	KEY_SHARE,   /* a number, or one from 0 to 100 and a % */
	KEY_SECTION, /* a map with keys of its own */
	KEY_IGNORED, /* Nilus knows it; it makes no difference here */
	KEY_REFUSED, /* it would change the result */
};

struct key {
	const char *name;
	enum key_use use;
	enum setting_id id;	       /* of what is kept */
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
