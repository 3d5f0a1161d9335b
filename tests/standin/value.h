/* SPDX-FileCopyrightText: 2026 the hs-tools authors
 * SPDX-License-Identifier: MIT */
#ifndef STANDIN_VALUE_H
#define STANDIN_VALUE_H

#include <stdbool.h>
#include <stdint.h>

struct bytes;

/*
 * The values of properties.  A value is a function of a hash, which comes of
 * the portal's seed, the record and the property's name: nothing is stored,
 * and a record reads the same through every endpoint.
 */
enum value {
	VALUE_ID,
	VALUE_CREATED,
	VALUE_MODIFIED,
	VALUE_NAME,
	VALUE_FIRST,
	VALUE_LAST,
	VALUE_EMAIL,
	VALUE_DOMAIN,
	VALUE_URL,
	VALUE_PHONE,
	VALUE_CITY,
	VALUE_COUNTRY,
	VALUE_CODE,	/* digits with zeros in front */
	VALUE_EXPONENT, /* a text like 12e5 */
	VALUE_TEXT,	/* quotes, escapes, newlines, Unicode */
	VALUE_HTML,	/* now and then 64 KiB long */
	VALUE_INTEGER,
	VALUE_BIG, /* past 2^53 */
	VALUE_DECIMAL,
	VALUE_MONEY,
	VALUE_GROUPED, /* a number as 123,123.456 */
	VALUE_BOOL,
	VALUE_BOOL_EMPTY, /* sometimes cleared */
	VALUE_DATE,
	VALUE_DATETIME,
	VALUE_EPOCH, /* datetimes, the older ones as milliseconds */
	VALUE_OWNER,
	VALUE_LIFECYCLE,
	VALUE_INDUSTRY,
	VALUE_SOURCE,
	VALUE_PIPELINE,
	VALUE_STAGE,
	VALUE_PRIORITY,
	VALUE_MULTI, /* several options joined by ; */
	VALUE_JSON,
	VALUE_NEVER, /* no record has one */
	VALUE_KINDS
};

/* What the definition of a property of that kind says. */
struct kind {
	const char *type;
	const char *field;
	unsigned fill; /* of 256 records, how many have one */
	const char *const *options;
};

extern const struct kind kinds[VALUE_KINDS];

/* What values are made of besides their hash. */
struct facts {
	uint64_t id;
	bool text_id; /* written as a text instead of a number */
	int64_t created; /* milliseconds */
	int64_t updated;
};

/* Once at the start; odd mixes in NUL escapes and lone surrogates. */
void value_init(bool odd);

/* splitmix64's last step: a good hash of a number. */
static inline uint64_t
mix(uint64_t x)
{
	x += 0x9e3779b97f4a7c15;
	x = (x ^ x >> 30) * 0xbf58476d1ce4e5b9;
	x = (x ^ x >> 27) * 0x94d049bb133111eb;
	return x ^ x >> 31;
}

uint64_t hash_text(const char *s);

/* Appends the value as JSON: a string or null. */
void value_add(
    struct bytes *b, enum value v, uint64_t hash, const struct facts *facts);

/* Appends a moment in HubSpot's way: no fraction if that's zero. */
void value_add_time(struct bytes *b, int64_t ms);

#endif
