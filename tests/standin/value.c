/* SPDX-FileCopyrightText: 2026 the hs-tools authors
 * SPDX-License-Identifier: MIT */
/* The values of properties, each out of one hash. */
#include "value.h"

#include <stdio.h>

#include "bytes.h"
#include "ids.h"
#include "pools.h"

#define DAY_MS 86400000LL
#define FIRST_DAY 16436 /* 2015-01-01, in days since 1970 */
#define DAYS 5500
#define LONG_HTML 65536

/* Days as text, since calendars are the slow part of writing a time. */
static char days[DAYS][11];
static unsigned texts;

static const char *const lifecycle[] = {"subscriber", "lead",
    "marketingqualifiedlead", "salesqualifiedlead", "opportunity", "customer",
    "evangelist", "other", NULL};
static const char *const industry[] = {"ACCOUNTING", "AIRLINES_AVIATION",
    "BANKING", "BIOTECHNOLOGY", "COMPUTER_SOFTWARE", "FOOD_BEVERAGES",
    "HOSPITAL_HEALTH_CARE", "WINE_AND_SPIRITS", NULL};
static const char *const source[] = {"ORGANIC_SEARCH", "PAID_SEARCH",
    "EMAIL_MARKETING", "SOCIAL_MEDIA", "REFERRALS", "DIRECT_TRAFFIC", "OFFLINE",
    "OTHER_CAMPAIGNS", NULL};
static const char *const pipeline[] = {"default", "12086517", NULL};
static const char *const stage[] = {"appointmentscheduled", "qualifiedtobuy",
    "presentationscheduled", "contractsent", "closedwon", "closedlost", NULL};
static const char *const priority[] = {"low", "medium", "high", "urgent", NULL};
static const char *const multi[] = {"Red", "Green", "Blue & white",
    "Grey \\\"matte\\\"", "Café crème", "1", "02", "n/a", NULL};

const struct kind kinds[VALUE_KINDS] = {
    [VALUE_ID] = {"number", "number", 256, NULL},
    [VALUE_CREATED] = {"datetime", "date", 256, NULL},
    [VALUE_MODIFIED] = {"datetime", "date", 256, NULL},
    [VALUE_NAME] = {"string", "text", 246, NULL},
    [VALUE_FIRST] = {"string", "text", 236, NULL},
    [VALUE_LAST] = {"string", "text", 236, NULL},
    [VALUE_EMAIL] = {"string", "text", 220, NULL},
    [VALUE_DOMAIN] = {"string", "text", 210, NULL},
    [VALUE_URL] = {"string", "text", 130, NULL},
    [VALUE_PHONE] = {"string", "phonenumber", 140, NULL},
    [VALUE_CITY] = {"string", "text", 150, NULL},
    [VALUE_COUNTRY] = {"string", "text", 170, NULL},
    [VALUE_CODE] = {"string", "text", 140, NULL},
    [VALUE_EXPONENT] = {"string", "text", 120, NULL},
    [VALUE_TEXT] = {"string", "textarea", 140, NULL},
    [VALUE_HTML] = {"string", "html", 100, NULL},
    [VALUE_INTEGER] = {"number", "number", 150, NULL},
    [VALUE_BIG] = {"number", "number", 120, NULL},
    [VALUE_DECIMAL] = {"number", "number", 140, NULL},
    [VALUE_MONEY] = {"number", "number", 160, NULL},
    [VALUE_GROUPED] = {"number", "number", 100, NULL},
    [VALUE_BOOL] = {"bool", "booleancheckbox", 170, NULL},
    [VALUE_BOOL_EMPTY] = {"bool", "booleancheckbox", 130, NULL},
    [VALUE_DATE] = {"date", "date", 140, NULL},
    [VALUE_DATETIME] = {"datetime", "date", 150, NULL},
    [VALUE_EPOCH] = {"datetime", "date", 120, NULL},
    [VALUE_OWNER] = {"enumeration", "select", 170, NULL},
    [VALUE_LIFECYCLE] = {"enumeration", "radio", 200, lifecycle},
    [VALUE_INDUSTRY] = {"enumeration", "select", 150, industry},
    [VALUE_SOURCE] = {"enumeration", "select", 180, source},
    [VALUE_PIPELINE] = {"enumeration", "select", 256, pipeline},
    [VALUE_STAGE] = {"enumeration", "radio", 256, stage},
    [VALUE_PRIORITY] = {"enumeration", "select", 110, priority},
    [VALUE_MULTI] = {"enumeration", "checkbox", 130, multi},
    [VALUE_JSON] = {"json", "text", 90, NULL},
    [VALUE_NEVER] = {"string", "text", 0, NULL},
};

static unsigned
month_days(unsigned year, unsigned month)
{
	static const unsigned char n[] = {
	    31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};

	return n[month - 1] + (month == 2 && year % 4 == 0);
}

void
value_init(bool odd)
{
	unsigned year = 2015, month = 1, day = 1;

	texts = odd ? POOL_TEXTS : POOL_TEXTS - POOL_ODD_TEXTS;
	for (int i = 0; i < DAYS; i++) {
		snprintf(days[i], sizeof(days[i]), "%04u-%02u-%02u",
		    year % 10000, month % 100, day % 100);
		if (++day <= month_days(year, month))
			continue;
		day = 1;
		if (++month > 12) {
			month = 1;
			year++;
		}
	}
}

uint64_t
hash_text(const char *s)
{
	uint64_t h = 0xcbf29ce484222325;

	while (*s)
		h = (h ^ (unsigned char)*s++) * 0x100000001b3;
	return mix(h);
}

static void
add_two(char *at, unsigned n)
{
	at[0] = (char)('0' + n / 10);
	at[1] = (char)('0' + n % 10);
}

static void
add_day(struct bytes *b, int64_t ms)
{
	int64_t day = ms / DAY_MS - FIRST_DAY;

	bytes_add(b, days[day < 0 ? 0 : day % DAYS], 10);
}

void
value_add_time(struct bytes *b, int64_t ms)
{
	unsigned rest = (unsigned)(ms % DAY_MS), s = rest / 1000;
	char at[] = "T00:00:00.000Z";

	rest %= 1000;
	add_two(at + 1, s / 3600);
	add_two(at + 4, s / 60 % 60);
	add_two(at + 7, s % 60);
	add_day(b, ms);
	if (rest == 0) {
		at[9] = 'Z';
		bytes_add(b, at, 10);
		return;
	}
	at[10] = (char)('0' + rest / 100);
	add_two(at + 11, rest % 100);
	bytes_add(b, at, 14);
}

static void
add_pick(struct bytes *b, const struct literal *pool, unsigned n, uint64_t h)
{
	const struct literal *l = &pool[(h & 0xffffffff) * n >> 32];

	bytes_add(b, l->text, l->len);
}

#define PICK(b, pool, h) add_pick(b, pool, sizeof(pool) / sizeof((pool)[0]), h)

static void
add_option(struct bytes *b, const char *const *options, uint64_t h)
{
	size_t n = 0;

	while (options[n] != NULL)
		n++;
	bytes_str(b, options[h % n]);
}

static void
add_options(struct bytes *b, const char *const *options, uint64_t h)
{
	const char *between = "";

	for (size_t i = 0; options[i] != NULL; i++, h >>= 1) {
		if ((h & 1) == 0)
			continue;
		bytes_str(b, between);
		bytes_str(b, options[i]);
		between = ";";
	}
}

static void
add_html(struct bytes *b, uint64_t h)
{
	size_t start = b->len;

	PICK(b, pool_htmls, h);
	if ((h >> 32) % 1021 != 0)
		return;
	size_t n = b->len - start;
	bytes_need(b, LONG_HTML);
	while (b->len - start + n <= LONG_HTML)
		bytes_add(b, b->at + start, n);
}

static void
add_number(struct bytes *b, enum value v, uint64_t h)
{
	if (h % 16 == 0) {
		bytes_str(b, v == VALUE_INTEGER ? "0" : "0.0");
		return;
	}
	if (h % 16 == 1)
		bytes_char(b, '-');
	h >>= 4;
	if (v == VALUE_INTEGER) {
		bytes_num(b, h % 100000, 1);
		return;
	}
	if (v == VALUE_GROUPED) {
		bytes_num(b, 1 + h % 999, 1);
		bytes_char(b, ',');
		bytes_num(b, (h >> 10) % 1000, 3);
	} else {
		bytes_num(b, h % (v == VALUE_MONEY ? 1000000 : 1000), 1);
	}
	bytes_char(b, '.');
	bytes_num(b, (h >> 32) % 100, v == VALUE_MONEY ? 2 : 1);
}

static void
add_person(struct bytes *b, enum value v, uint64_t h)
{
	if (v == VALUE_EMAIL) {
		PICK(b, pool_users, h);
		bytes_num(b, (h >> 40) % 100000, 1);
		bytes_char(b, '@');
	} else if (v == VALUE_URL) {
		bytes_lit(b, "https://www.");
	}
	PICK(b, pool_hosts, h >> 7);
	if (v == VALUE_URL) {
		bytes_lit(b, "/a?b=");
		bytes_num(b, (h >> 40) % 1000, 1);
		bytes_lit(b, "&c=%20#d");
	}
}

static void
add_moment(struct bytes *b, enum value v, uint64_t h)
{
	int64_t ms = FIRST_DAY * DAY_MS + (int64_t)(h % (3900 * DAY_MS));

	if (v == VALUE_DATE) {
		add_day(b, ms);
	} else if (v == VALUE_EPOCH && ms < (FIRST_DAY + 1500) * DAY_MS) {
		bytes_num(b, (uint64_t)ms, 1);
	} else {
		value_add_time(b, (h >> 60) & 1 ? ms : ms - ms % 1000);
	}
}

static void
add_phone(struct bytes *b, uint64_t h)
{
	static const char *const forms[] = {"+49 ", "+1", "0", "(555) ", "00"};

	bytes_str(b, forms[h % 5]);
	bytes_num(b, 30 + (h >> 8) % 900, 2);
	bytes_char(b, (h >> 4) & 1 ? ' ' : '-');
	bytes_num(b, (h >> 20) % 10000000, 7);
}

static void
add_text(struct bytes *b, enum value v, uint64_t h)
{
	switch (v) {
	case VALUE_NAME:
		PICK(b, pool_words, h);
		bytes_char(b, ' ');
		PICK(b, pool_firms, h >> 9);
		bytes_char(b, ' ');
		bytes_num(b, (h >> 40) % 1000000, 1);
		break;
	case VALUE_FIRST: PICK(b, pool_firsts, h); break;
	case VALUE_LAST: PICK(b, pool_lasts, h); break;
	case VALUE_CITY: PICK(b, pool_cities, h); break;
	case VALUE_COUNTRY: PICK(b, pool_countries, h); break;
	case VALUE_TEXT: add_pick(b, pool_texts, texts, h); break;
	case VALUE_HTML: add_html(b, h); break;
	case VALUE_JSON: PICK(b, pool_jsons, h); break;
	case VALUE_CODE: bytes_num(b, h % 3000, 5); break;
	case VALUE_EXPONENT:
		bytes_num(b, h % 90 + 10, 1);
		bytes_char(b, 'e');
		bytes_num(b, (h >> 8) % 10, 1);
		break;
	default: break;
	}
}

static void
add_kind(struct bytes *b, enum value v, uint64_t h, const struct facts *facts)
{
	switch (v) {
	case VALUE_ID: id_add(b, facts->id, facts->text_id); break;
	case VALUE_CREATED: value_add_time(b, facts->created); break;
	case VALUE_MODIFIED: value_add_time(b, facts->updated); break;
	case VALUE_EMAIL:
	case VALUE_DOMAIN:
	case VALUE_URL: add_person(b, v, h); break;
	case VALUE_PHONE: add_phone(b, h); break;
	case VALUE_INTEGER:
	case VALUE_DECIMAL:
	case VALUE_MONEY:
	case VALUE_GROUPED: add_number(b, v, h); break;
	case VALUE_BIG:
		bytes_num(b, 9007199254740993 + h % (1ULL << 62), 1);
		break;
	case VALUE_BOOL_EMPTY:
		if (h % 8 == 0)
			break;
		/* fallthrough */
	case VALUE_BOOL: bytes_str(b, h & 16 ? "true" : "false"); break;
	case VALUE_DATE:
	case VALUE_DATETIME:
	case VALUE_EPOCH: add_moment(b, v, h); break;
	case VALUE_OWNER: bytes_num(b, 71000001 + h % 130 * 3, 1); break;
	case VALUE_MULTI:
		add_options(b, multi, h | 1ULL << (h >> 9) % 8);
		break;
	default:
		if (kinds[v].options != NULL)
			add_option(b, kinds[v].options, h);
		else
			add_text(b, v, h);
	}
}

void
value_add(struct bytes *b, enum value v, uint64_t h, const struct facts *facts)
{
	if ((h & 0xff) >= kinds[v].fill) {
		bytes_lit(b, "null");
		return;
	}
	bytes_char(b, '"');
	add_kind(b, v, h >> 8, facts);
	bytes_char(b, '"');
}
