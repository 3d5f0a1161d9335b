/* SPDX-FileCopyrightText: 2026 the hs-tools authors
 * SPDX-License-Identifier: MIT */
/* Which properties a type has, and choosing among them. */
#include "properties.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "bytes.h"
#include "portal.h"

struct spec {
	const char *name;
	enum value value;
	bool usual;
};

static const struct spec always[] = {{"createdate", VALUE_CREATED, true},
    {"hs_lastmodifieddate", VALUE_MODIFIED, true},
    {"hs_object_id", VALUE_ID, true}};

static const struct spec companies[] = {{"name", VALUE_NAME, true},
    {"domain", VALUE_DOMAIN, true}, {"industry", VALUE_INDUSTRY, false},
    {"phone", VALUE_PHONE, false}, {"city", VALUE_CITY, false},
    {"country", VALUE_COUNTRY, false}, {"zip", VALUE_CODE, false},
    {"website", VALUE_URL, false}, {"numberofemployees", VALUE_INTEGER, false},
    {"annualrevenue", VALUE_MONEY, false}, {"description", VALUE_TEXT, false},
    {"is_public", VALUE_BOOL, false},
    {"lifecyclestage", VALUE_LIFECYCLE, false},
    {"founded_year", VALUE_INTEGER, false}, {NULL, 0, false}};

static const struct spec contacts[] = {{"firstname", VALUE_FIRST, true},
    {"lastname", VALUE_LAST, true}, {"email", VALUE_EMAIL, true},
    {"phone", VALUE_PHONE, false}, {"mobilephone", VALUE_PHONE, false},
    {"city", VALUE_CITY, false}, {"country", VALUE_COUNTRY, false},
    {"zip", VALUE_CODE, false}, {"date_of_birth", VALUE_DATE, false},
    {"lifecyclestage", VALUE_LIFECYCLE, false},
    {"hs_analytics_source", VALUE_SOURCE, false},
    {"hs_email_optout", VALUE_BOOL_EMPTY, false},
    {"message", VALUE_TEXT, false}, {"num_notes", VALUE_INTEGER, false},
    {NULL, 0, false}};

static const struct spec deals[] = {{"dealname", VALUE_NAME, true},
    {"amount", VALUE_MONEY, true}, {"closedate", VALUE_DATETIME, true},
    {"pipeline", VALUE_PIPELINE, true}, {"dealstage", VALUE_STAGE, true},
    {"description", VALUE_TEXT, false}, {"dealtype", VALUE_SOURCE, false},
    {"hs_is_closed_won", VALUE_BOOL, false},
    {"hs_priority", VALUE_PRIORITY, false},
    {"hs_deal_stage_probability", VALUE_DECIMAL, false},
    {"legacy_amount", VALUE_GROUPED, false}, {NULL, 0, false}};

static const struct spec tickets[] = {{"subject", VALUE_TEXT, true},
    {"content", VALUE_HTML, true}, {"hs_pipeline", VALUE_PIPELINE, true},
    {"hs_pipeline_stage", VALUE_STAGE, true},
    {"hs_ticket_priority", VALUE_PRIORITY, true},
    {"hs_ticket_category", VALUE_MULTI, true},
    {"closed_date", VALUE_DATETIME, false}, {NULL, 0, false}};

static const struct spec products[] = {{"name", VALUE_NAME, true},
    {"description", VALUE_HTML, true}, {"price", VALUE_MONEY, true},
    {"hs_sku", VALUE_CODE, false},
    {"hs_cost_of_goods_sold", VALUE_DECIMAL, false},
    {"hs_url", VALUE_URL, false}, {"hs_images", VALUE_JSON, false},
    {NULL, 0, false}};

static const struct spec quotes[] = {{"hs_title", VALUE_NAME, true},
    {"hs_expiration_date", VALUE_DATE, true},
    {"hs_status", VALUE_PRIORITY, false},
    {"hs_quote_amount", VALUE_MONEY, false}, {"hs_terms", VALUE_HTML, false},
    {"legacy_signed_at", VALUE_EPOCH, false}, {NULL, 0, false}};

static const struct spec others[] = {{"name", VALUE_NAME, true},
    {"description", VALUE_TEXT, false}, {"amount", VALUE_MONEY, false},
    {"status", VALUE_PRIORITY, false}, {"due_date", VALUE_DATE, false},
    {"approved", VALUE_BOOL, false}, {NULL, 0, false}};

/* Whose order also says what generated properties hold. */
static const struct spec common[] = {{"hubspot_owner_id", VALUE_OWNER, false},
    {"hs_all_owner_ids", VALUE_MULTI, false},
    {"hs_num_associated_things", VALUE_INTEGER, false},
    {"hs_merged_object_ids", VALUE_NEVER, false},
    {"hs_unique_creation_key", VALUE_BIG, false},
    {"notes_last_updated", VALUE_DATETIME, false},
    {"external_code", VALUE_CODE, false},
    {"external_reference", VALUE_EXPONENT, false},
    {"renewal_date", VALUE_DATE, false}, {"score", VALUE_DECIMAL, false},
    {"vip", VALUE_BOOL, false}, {"internal_notes", VALUE_HTML, false},
    {"contact_email", VALUE_EMAIL, false}, {"homepage", VALUE_URL, false},
    {"fax", VALUE_PHONE, false}, {"remark", VALUE_TEXT, false},
    {"colours", VALUE_MULTI, false}, {"office", VALUE_CITY, false},
    {"budget", VALUE_MONEY, false}, {"newsletter", VALUE_BOOL_EMPTY, false},
    {"preferences", VALUE_JSON, false}, {"origin", VALUE_SOURCE, false},
    {"partner", VALUE_NAME, false}, {"sector", VALUE_INDUSTRY, false},
    {NULL, 0, false}};

#define NCOMMON (sizeof(common) / sizeof(common[0]) - 1)

static const struct spec *
specs_of(const struct type *t)
{
	static const struct {
		const char *name;
		const struct spec *specs;
	} own[] = {{"companies", companies}, {"contacts", contacts},
	    {"deals", deals}, {"tickets", tickets}, {"products", products},
	    {"quotes", quotes}};

	for (size_t i = 0; i < sizeof(own) / sizeof(own[0]); i++)
		if (strcmp(own[i].name, t->name) == 0)
			return own[i].specs;
	return others;
}

static void
add_property(struct type *t, size_t *n, const char *name, enum value value)
{
	struct property *p = &t->props[(*n)++];
	struct bytes key = {0};

	bytes_char(&key, ',');
	bytes_json(&key, name, strlen(name));
	bytes_char(&key, ':');
	bytes_end(&key);
	*p = (struct property){.name = strdup(name),
	    .key = key.at,
	    .key_len = key.len,
	    .value = value,
	    .seed = hash_text(name)};
}

static void
add_generated(struct type *t, size_t *n, size_t length)
{
	char name[256];
	int len = snprintf(name, sizeof(name), "field_%05zu", *n);

	for (; (size_t)len < length && (size_t)len < sizeof(name) - 1; len++)
		name[len] = "_abcdefgh"[len % 9];
	name[len] = '\0';
	add_property(t, n, name, common[*n % NCOMMON].value);
}

static int
by_name(const void *a, const void *b)
{
	const struct property *p = a, *q = b;

	return strcmp(p->name, q->name);
}

const char *const sensitivities[3] = {
    "non_sensitive", "sensitive", "highly_sensitive"};

void
properties_make(struct type *t, size_t name_length, size_t sensitive)
{
	const struct spec *own = specs_of(t);
	size_t max = t->nprops < 3 ? 3 : t->nprops, n = 0;

	t->props = calloc(max, sizeof(*t->props));
	for (size_t i = 0; i < 3; i++) {
		const char *name = always[i].name;
		if (i == 1 && strcmp(t->name, "contacts") == 0)
			name = "lastmodifieddate";
		add_property(t, &n, name, always[i].value);
		t->props[n - 1].always = t->props[n - 1].usual = true;
	}
	for (size_t i = 0; own[i].name != NULL && n < max; i++) {
		add_property(t, &n, own[i].name, own[i].value);
		t->props[n - 1].usual = own[i].usual;
	}
	for (size_t i = 0; common[i].name != NULL && n < max; i++)
		add_property(t, &n, common[i].name, common[i].value);
	while (n < max)
		add_generated(t, &n, name_length);
	t->nprops = n;
	qsort(t->props, n, sizeof(*t->props), by_name);
	for (size_t i = 0; i < 2 * sensitive && i < n; i++)
		t->props[n - 1 - i].sensitive = i < sensitive ? 2 : 1;
}

void
properties_free(struct type *t)
{
	for (size_t i = 0; i < t->nprops; i++) {
		free(t->props[i].name);
		free(t->props[i].key);
	}
	free(t->props);
}

/* Sets a mark for each name of the comma list that's a property. */
static size_t
mark_names(const struct type *t, const char *list, bool *marks)
{
	char *copy = strdup(list), *rest = copy, *name;
	size_t asked = 0;

	while ((name = strsep(&rest, ",")) != NULL) {
		const struct property *p = type_property(t, name);
		asked += *name != '\0';
		if (p != NULL)
			marks[p - t->props] = true;
	}
	free(copy);
	return asked;
}

void
selection_make(
    struct selection *s, const struct type *t, const char *list, int bare)
{
	bool *marks = calloc(t->nprops, sizeof(*marks));

	*s = (struct selection){0};
	if (list != NULL && *list == '\0')
		list = NULL;
	if (list != NULL)
		s->asked = mark_names(t, list, marks);
	s->at = calloc(t->nprops, sizeof(struct property *));
	for (size_t i = 0; i < t->nprops; i++) {
		const struct property *p = &t->props[i];
		bool wanted = list ? marks[i] : p->usual && !bare;
		if (wanted || (p->always && !bare))
			s->at[s->n++] = p;
	}
	free(marks);
}

void
selection_free(struct selection *s)
{
	free(s->at);
	*s = (struct selection){0};
}
