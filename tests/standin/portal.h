/* SPDX-FileCopyrightText: 2026 the hs-tools authors
 * SPDX-License-Identifier: MIT */
#ifndef STANDIN_PORTAL_H
#define STANDIN_PORTAL_H

#include <pthread.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "ids.h"
#include "value.h"

/*
 * The account that the stand-in plays: its types, their properties and
 * records.  A record is a pure function of (seed, type, index), so ten
 * millions of them cost nothing.  Ids ascend with the index and have gaps,
 * unless another pattern was set (see ids.h); the index is found back from
 * any id.  After portal_finish() nothing
 * changes, except that a record may be marked as changed, or come or go.
 */
#define PORTAL_ID 23451017
#define TYPES_MAX 64

struct property {
	char *name;
	char *key; /* ,"name": as it stands in a record */
	size_t key_len;
	enum value value;
	uint64_t seed;
	bool always;	    /* comes in every answer */
	bool usual;	    /* comes when no property is asked for */
	unsigned sensitive; /* 1, or highly: 2 */
};

struct type {
	const char *name;
	const char *singular;
	const char *id;
	const char *qualified; /* p23451017_name; NULL for a standard type */
	const char *label;     /* singular, for people */
	const char *labels;    /* plural */
	bool custom;
	bool many; /* has the full set of properties by default */
	uint64_t base;
	uint64_t seed;
	uint64_t count;	   /* of live records */
	uint64_t archived; /* and of archived ones */
	enum ids_pattern pattern;
	uint64_t *ids; /* NULL where they are a formula */
	uint64_t nids;
	size_t nprops;
	struct property *props; /* in the order of their names */
};

struct change {
	const struct type *type;
	uint64_t id;
	unsigned version;
};

/* Records that are absent from the moment, or until the moment, at which so
 * many pages of their list were answered. */
struct absence {
	const struct type *type; /* NULL: any */
	bool until;
	uint64_t after;	      /* pages */
	uint64_t first, last; /* indexes of live records */
	atomic_uint_fast64_t pages;
};

struct portal {
	uint64_t seed;
	size_t name_length; /* of generated properties' names; 0: any */
	size_t sensitive;   /* properties of each degree and type */
	bool odd_text;
	size_t owners;
	size_t ntypes;
	struct type types[TYPES_MAX];
	size_t nabsences;
	struct absence absences[16];
	pthread_mutex_t lock; /* over the two below */
	atomic_size_t nchanges;
	struct change changes[256];
};

struct record {
	const struct type *type;
	uint64_t index;
	bool archived;
	unsigned version;
	uint64_t seed;
	struct facts facts;
};

/* The standard types and a few custom ones, with their default numbers. */
void portal_init(struct portal *p);

/* Takes "N" for all types or "type=N"; -1 if it can't be understood. */
int portal_set_records(struct portal *p, const char *text);
int portal_set_properties(struct portal *p, const char *text);

/* Takes "pattern" for all types or "type=pattern". */
int portal_set_ids(struct portal *p, const char *text);

/* Takes "[type=]K:N" or "[type=]K:N-M": behind the first K pages of the list
 * the records with indexes N to M vanish, or appear. */
int portal_add_absence(struct portal *p, const char *text, bool until);

/* Adds the custom object of "name=N". */
int portal_add_custom(struct portal *p, const char *text);

/* Makes seeds and properties out of what was set. */
void portal_finish(struct portal *p);
void portal_free(struct portal *p);

/* By name or singular (standard types), id, or qualified name. */
struct type *portal_type(struct portal *p, const char *name);

static inline uint64_t
type_count(const struct type *t, bool archived)
{
	return archived ? t->archived : t->count;
}

const struct property *type_property(const struct type *t, const char *name);

void record_at(struct portal *p, const struct type *t, uint64_t index,
    bool archived, struct record *r);

/* A page of the type's list is about to be answered. */
void portal_turn(struct portal *p, const struct type *t);

/* Is the live record with that index absent now? */
bool record_absent(
    const struct portal *p, const struct type *t, uint64_t index);

/* The record of that id; false if there is none. */
bool record_find(struct portal *p, const struct type *t, const char *text,
    bool archived, struct record *r);

/* From now on the record is another version: other values, later updated. */
void record_change(struct portal *p, const struct record *r);

#endif
