/* SPDX-FileCopyrightText: 2026 the hs-tools authors
 * SPDX-License-Identifier: MIT */
#ifndef STANDIN_IDS_H
#define STANDIN_IDS_H

#include <stdbool.h>
#include <stdint.h>

struct bytes;
struct type;

/*
 * The ids of records, in the order of the list.  The usual pattern is a
 * formula.  The others are a table, which has the archived records behind the
 * live ones.  Positions past the end have ids too, which no record has.
 */
enum ids_pattern {
	IDS_USUAL,	/* six numbers of seven at most: gaps of 2 to 12 */
	IDS_DENSE,	/* n, n + 1, ... */
	IDS_STEPS,	/* 1, 51, 101, ... */
	IDS_RANDOM,	/* 11 digits, gaps of up to some millions */
	IDS_CLUMPS,	/* 1, 51, ...; then random ones and dense ones by turns */
	IDS_DESCENDING, /* as the usual ones, the greatest first */
	IDS_TEXTS,	/* UUIDs; inside a number stands for each */
	IDS_REPEATED	/* of every twenty records the sixth is the fifth */
};

/* -1 if there's no pattern of that name. */
int ids_read(enum ids_pattern *pattern, const char *name);

/* Makes the type's table, if its pattern has one. */
void ids_make(struct type *t);
void ids_free(struct type *t);

/* Do the ids fall instead of rising? */
bool ids_fall(const struct type *t);

/* Are they texts instead of numbers? */
bool ids_are_texts(const struct type *t);

uint64_t type_id(const struct type *t, uint64_t index, bool archived);

/* The index of the first record whose id isn't before the one given in the
 * order of the list: not below it, or where ids fall, not above it. */
uint64_t type_index(const struct type *t, uint64_t id, bool archived);

/* How many live records have an id below that one. */
uint64_t type_rank(const struct type *t, uint64_t id);

/* Appends the id as records carry it, without quotes. */
void id_add(struct bytes *b, uint64_t id, bool is_text);

/* Reads one back; false if it's no id of that type. */
bool id_read(const struct type *t, const char *text, uint64_t *id);

/* A number's token under a key, and the number of a token. */
uint64_t id_scramble(uint64_t n, uint64_t key);
uint64_t id_unscramble(uint64_t token, uint64_t key);

#endif
