/* SPDX-FileCopyrightText: 2026 the hs-tools authors
 * SPDX-License-Identifier: MIT */
/* Definitions: properties and schemas. */
#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#include "answer.h"
#include "auth.h"
#include "portal.h"
#include "properties.h"
#include "serve.h"
#include "server.h"

#define BORN                                          \
	"\"createdAt\":\"2019-08-06T02:41:08.029Z\"," \
	"\"updatedAt\":\"2026-10-02T11:12:13Z\""

/* A name as people read it: underscores to spaces, a capital in front. */
static void
add_label(struct bytes *b, const char *name)
{
	bytes_char(b, '"');
	bytes_char(b, (char)toupper((unsigned char)*name++));
	for (; *name; name++)
		bytes_char(b, *name == '_' ? ' ' : *name);
	bytes_char(b, '"');
}

/* An option's value as people read it, which always differs from it. */
static void
add_option_label(struct bytes *b, const char *value)
{
	size_t start = b->len;

	bytes_char(b, (char)toupper((unsigned char)*value));
	for (const char *p = value + 1; *p; p++)
		bytes_char(
		    b, *p == '_' ? ' ' : (char)tolower((unsigned char)*p));
	if (b->len - start == strlen(value) &&
	    memcmp(b->at + start, value, strlen(value)) == 0) {
		b->len = start;
		bytes_fmt(b, "Option, %s", value);
	}
}

static void
add_options(struct bytes *b, enum value v)
{
	const char *const *o = kinds[v].options;

	if (v == VALUE_BOOL || v == VALUE_BOOL_EMPTY) {
		bytes_lit(b,
		    "{\"label\":\"Yes\",\"value\":\"true\",\"displayOrder\":0,"
		    "\"hidden\":false},{\"label\":\"No\",\"value\":\"false\","
		    "\"displayOrder\":1,\"hidden\":false}");
	}
	for (int i = 0; o != NULL && o[i] != NULL; i++) {
		bytes_str(b, i ? ",{\"label\":\"" : "{\"label\":\"");
		add_option_label(b, o[i]);
		bytes_fmt(b,
		    "\",\"value\":\"%s\",\"description\":\"\","
		    "\"displayOrder\":%d,\"hidden\":false}",
		    o[i], i);
	}
}

void
property_define(struct bytes *b, const struct property *p)
{
	const struct kind *k = &kinds[p->value];
	bool calculated = p->always || p->value == VALUE_NEVER;
	bool unique = p->value == VALUE_ID || strcmp(p->name, "email") == 0;

	bytes_lit(b, "{" BORN ",\"name\":");
	bytes_json(b, p->name, strlen(p->name));
	bytes_lit(b, ",\"label\":");
	add_label(b, p->name);
	bytes_fmt(b,
	    ",\"type\":\"%s\",\"fieldType\":\"%s\",\"description\":\"\","
	    "\"groupName\":\"%s\",\"options\":[",
	    k->type, k->field,
	    strncmp(p->name, "hs_", 3) ? "information" : "system");
	add_options(b, p->value);
	bytes_fmt(b,
	    "],\"displayOrder\":-1,\"calculated\":%s,\"externalOptions\":%s,"
	    "\"hasUniqueValue\":%s,\"hidden\":%s,\"hubspotDefined\":%s,"
	    "\"modificationMetadata\":{\"archivable\":true,"
	    "\"readOnlyDefinition\":true,\"readOnlyValue\":%s},"
	    "\"formField\":false,\"dataSensitivity\":\"%s\"",
	    calculated ? "true" : "false",
	    p->value == VALUE_OWNER ? "true" : "false",
	    unique ? "true" : "false",
	    p->value == VALUE_NEVER ? "true" : "false",
	    strncmp(p->name, "field_", 6) ? "true" : "false",
	    calculated ? "true" : "false", sensitivities[p->sensitive]);
	if (p->value == VALUE_OWNER)
		bytes_lit(b, ",\"referencedObjectType\":\"OWNER\"");
	bytes_char(b, '}');
}

/* Sensitive and archived properties are asked for separately; of the latter
 * this portal has none. */
void
serve_properties(struct request *r, struct answer *a)
{
	struct type *t = request_type(r, a, r->route.parts[0]);
	char *sensitivity = request_get(r, "dataSensitivity");
	const char *wanted = sensitivity ? sensitivity : sensitivities[0];
	const char *comma = "";
	size_t n;

	if (t == NULL || !auth_type(r, a, t, true))
		goto out;
	n = request_flag(r, "archived") ? 0 : t->nprops;
	if (request_spoilt(r, DATA_CUT))
		n /= 2;
	bytes_lit(&a->body, "{\"results\":[");
	for (size_t i = 0; i < n; i++) {
		const struct property *p = &t->props[i];
		if (strcmp(sensitivities[p->sensitive], wanted) != 0)
			continue;
		bytes_str(&a->body, comma);
		property_define(&a->body, p);
		comma = ",";
	}
	bytes_lit(&a->body, "]}");
out:
	free(sensitivity);
}

void
serve_property(struct request *r, struct answer *a)
{
	struct type *t = request_type(r, a, r->route.parts[0]);

	if (t == NULL || !auth_type(r, a, t, true))
		return;
	const struct property *p = type_property(t, r->route.parts[1]);
	if (p == NULL)
		answer_error(a, 404, "OBJECT_NOT_FOUND",
		    "Property '%s' does not exist", r->route.parts[1]);
	else
		property_define(&a->body, p);
}

static void
add_links(struct bytes *b, const struct type *t)
{
	static const char *const to[] = {"0-1", "0-2", "0-3"};

	for (size_t i = 0; i < 3; i++)
		bytes_fmt(b,
		    "%s{\"fromObjectTypeId\":\"%s\",\"toObjectTypeId\":\"%s\","
		    "\"name\":\"%s_to_%s\",\"cardinality\":\"ONE_TO_MANY\","
		    "\"inverseCardinality\":\"ONE_TO_MANY\",\"id\":\"%zu\","
		    "\"createdAt\":null,\"updatedAt\":null}",
		    i ? "," : "", t->id, to[i], t->name, to[i], 100 + i);
}

static void
add_schema(struct bytes *b, const struct type *t)
{
	const char *primary = t->custom ? "name" : t->props[0].name;

	bytes_fmt(b,
	    "{\"labels\":{\"singular\":\"%s\",\"plural\":\"%s\"},"
	    "\"requiredProperties\":[\"%s\"],\"searchableProperties\":[\"%s\"],"
	    "\"primaryDisplayProperty\":\"%s\","
	    "\"secondaryDisplayProperties\":[],\"description\":null,"
	    "\"archived\":false,\"restorable\":true,"
	    "\"metaType\":\"%s\",\"id\":\"%s\",\"fullyQualifiedName\":\"%"
	    "s\"," BORN ",\"objectTypeId\":\"%s\",\"properties\":[",
	    t->label, t->labels, primary, primary, primary,
	    t->custom ? "PORTAL_SPECIFIC" : "HUBSPOT", strchr(t->id, '-') + 1,
	    t->custom ? t->qualified : t->singular, t->id);
	for (size_t i = 0; i < t->nprops; i++) {
		bytes_str(b, i ? "," : "");
		property_define(b, &t->props[i]);
	}
	bytes_lit(b, "],\"associations\":[");
	add_links(b, t);
	bytes_fmt(b, "],\"name\":\"%s\"}", t->name);
}

void
serve_schemas(struct request *r, struct answer *a)
{
	struct portal *p = &r->server->portal;
	unsigned n = 0;

	if (!auth_type(r, a, NULL, true))
		return;
	bool archived = request_flag(r, "archived");
	bytes_lit(&a->body, "{\"results\":[");
	for (size_t i = 0; i < p->ntypes && !archived; i++) {
		if (!p->types[i].custom)
			continue;
		bytes_str(&a->body, n++ ? "," : "");
		add_schema(&a->body, &p->types[i]);
	}
	bytes_lit(&a->body, "]}");
}

void
serve_schema(struct request *r, struct answer *a)
{
	struct type *t = request_type(r, a, r->route.parts[0]);

	if (t != NULL && auth_type(r, a, t, true))
		add_schema(&a->body, t);
}
