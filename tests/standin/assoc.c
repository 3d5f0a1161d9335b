/* SPDX-FileCopyrightText: 2026 the hs-tools authors
 * SPDX-License-Identifier: MIT */
/* Associations: who is linked with whom, and how a list shows it. */
#include "assoc.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#include "links.h"
#include "server.h"

#define INLINE_MAX 100

int
links_rule_add(struct links_rules *rules, const char *text)
{
	struct links_rule *rule = &rules->at[rules->n];
	char *copy = strdup(text), *is = strchr(copy, '='), *end;
	int status = -1;

	if (rules->n == sizeof(rules->at) / sizeof(rules->at[0]))
		goto out;
	*rule = (struct links_rule){.index = UINT64_MAX};
	char *number = is ? is + 1 : copy;
	if (!isdigit((unsigned char)*number))
		goto out;
	rule->n = strtoull(number, &end, 10);
	if (*end != '\0')
		goto out;
	if (is != NULL) {
		*is = '\0';
		char *rest = copy, *from = strsep(&rest, ":");
		char *to = rest ? strsep(&rest, ":") : NULL;
		if (to == NULL)
			goto out;
		if (rest != NULL)
			rule->index = strtoull(rest, &end, 10);
		if (rest != NULL && (end == rest || *end != '\0'))
			goto out;
		rule->from = strdup(from);
		rule->to = strdup(to);
	}
	rules->n++;
	status = 0;
out:
	free(copy);
	return status;
}

void
links_rules_free(struct links_rules *rules)
{
	for (size_t i = 0; i < rules->n; i++) {
		free(rules->at[i].from);
		free(rules->at[i].to);
	}
}

static bool
names(const struct type *t, const char *name)
{
	return name == NULL || strcmp(t->name, name) == 0 ||
	       strcmp(t->id, name) == 0;
}

void
links_of(const struct links_rules *rules, const struct record *r,
    const struct type *to, struct links *l)
{
	uint64_t h = mix(r->type->seed ^ mix(to->seed + r->facts.id));

	*l = (struct links){r->type, to, r->facts.id, 0, h % 4};
	for (size_t i = 0; i < rules->n; i++) {
		const struct links_rule *rule = &rules->at[i];
		if (names(r->type, rule->from) && names(to, rule->to) &&
		    (rule->index == UINT64_MAX || rule->index == r->index))
			l->n = rule->n;
	}
	if (r->archived || to->count == 0)
		l->n = 0;
	if (l->n < to->count)
		l->start = (h >> 8) % (to->count - l->n + 1);
}

uint64_t
link_id(const struct links *l, uint64_t i)
{
	return type_id(l->to, l->start + i, false);
}

bool
link_labelled(const struct links *l, uint64_t i)
{
	return mix(link_id(l, i) ^ l->from->seed) % 3 == 0;
}

/* TYPEID-NEXTID in base64, percent-encoded; zeros in front of the id make
 * sure that there's padding, hence something that was encoded. */
void
link_cursor(struct bytes *b, const struct links *l, uint64_t i)
{
	struct bytes text = {0};

	bytes_str(&text, l->to->id);
	bytes_char(&text, '-');
	size_t at = text.len;
	bytes_num(&text, link_id(l, i), 1);
	if (text.len % 3 == 0) {
		uint64_t id = link_id(l, i);
		unsigned width = (unsigned)(text.len - at) + 1;
		text.len = at;
		bytes_num(&text, id, width);
	}
	bytes_base64(b, text.at, text.len, 1);
	bytes_free(&text);
}

static void
add_entry(struct bytes *b, const struct links *l, uint64_t i, const char *end)
{
	bytes_lit(b, "{\"id\":\"");
	id_add(b, link_id(l, i), ids_are_texts(l->to));
	bytes_lit(b, "\",\"type\":\"");
	bytes_str(b, l->from->singular);
	bytes_lit(b, "_to_");
	bytes_str(b, l->to->singular);
	bytes_str(b, end);
	bytes_lit(b, "\"}");
}

void
links_paging(struct bytes *b, const struct links *l, uint64_t i,
    const char *version_path)
{
	bytes_lit(b, ",\"paging\":{\"next\":{\"after\":\"");
	link_cursor(b, l, i);
	bytes_lit(b, "\",\"link\":\"https://api.hubapi.com/crm/");
	bytes_str(b, version_path);
	bytes_fmt(b, "/%s/", l->from->id);
	id_add(b, l->id, ids_are_texts(l->from));
	bytes_fmt(b, "/associations/%s?after=", l->to->id);
	link_cursor(b, l, i);
	bytes_lit(b, "\"}}");
}

/* The key under which a type comes back isn't the name that was asked. */
static void
add_key(struct bytes *b, const struct type *t)
{
	const char *name = t->custom ? t->qualified : t->name;

	bytes_char(b, '"');
	for (; *name; name++)
		bytes_char(b, !t->custom && *name == '_' ? ' ' : *name);
	bytes_lit(b, "\":{\"results\":[");
}

static void
add_links(struct bytes *b, const struct links *l, const char *version_path)
{
	unsigned entries = 0;
	uint64_t i = 0;

	add_key(b, l->to);
	for (; i < l->n; i++) {
		bool twice = link_labelled(l, i);
		if (entries + 1 + twice > INLINE_MAX)
			break;
		if (i > 0)
			bytes_char(b, ',');
		if (twice) {
			add_entry(b, l, i, "");
			bytes_char(b, ',');
		}
		add_entry(b, l, i, "_unlabeled");
		entries += 1 + twice;
	}
	bytes_char(b, ']');
	if (i < l->n)
		links_paging(b, l, i, version_path);
	bytes_char(b, '}');
}

void
links_inline(struct bytes *b, const struct links_rules *rules,
    const struct record *r, const struct type *const *to, size_t nto,
    const char *version_path)
{
	bool open = false;

	for (size_t i = 0; i < nto; i++) {
		struct links l;
		links_of(rules, r, to[i], &l);
		if (l.n == 0)
			continue;
		if (open)
			bytes_char(b, ',');
		else
			bytes_lit(b, ",\"associations\":{");
		add_links(b, &l, version_path);
		open = true;
	}
	if (open)
		bytes_char(b, '}');
}
