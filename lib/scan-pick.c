/* SPDX-FileCopyrightText: 2026 the hs-tools authors
 * SPDX-License-Identifier: MIT */
/* Members of an object by their names. */
#include "scan.h"

#define ROOM 101 /* for a name in a path, as hs_scan_is() takes it */

int
hs_scan_pair(struct hs_scan *s, struct hs_span *key, struct hs_span *value)
{
	int r = hs_scan_member(s, key);

	return r > 0 && hs_scan_value(s, value) < 0 ? -1 : r;
}

/* As hs_scan_is(), for a key that most likely differs in its first bytes. */
static inline bool
says(struct hs_span key, const char *name)
{
	size_t i = 0;

	while (i < key.len && key.p[i] == name[i])
		i++;
	if (i == key.len)
		return name[i] == '\0';
	return key.p[i] == '\\' && hs_scan_is(key, name);
}

int
hs_scan_pick(struct hs_scan *s, const char *const *names, size_t n,
    struct hs_span *value)
{
	struct hs_span key, v;
	int r, met = 0;

	for (size_t i = 0; i < n; i++)
		value[i] = hs_span(NULL, 0);
	if (hs_scan_enter(s, '{') < 0)
		return -1;
	while ((r = hs_scan_pair(s, &key, &v)) > 0)
		for (size_t i = 0; i < n; i++)
			if (says(key, names[i])) {
				value[i] = v;
				met++;
			}
	return r < 0 ? -1 : met;
}

int
hs_scan_pick_one(struct hs_scan *s, const char *name, struct hs_span *value)
{
	return hs_scan_pick(s, &name, 1, value);
}

/* Goes down a path of one name or more; fills *value when it finds one. */
static int
descend(struct hs_scan *s, const char *path, struct hs_span *value)
{
	size_t n = strcspn(path, ".");
	char name[ROOM];
	struct hs_span key, v;
	int r;

	if (hs_scan_peek(s) == 'n')
		return hs_scan_value(s, NULL);
	if (n >= sizeof name)
		return hs_scan_fail(s, "a name in the path is too long");
	memcpy(name, path, n);
	name[n] = '\0';
	if (hs_scan_enter(s, '{') < 0)
		return -1;
	while ((r = hs_scan_member(s, &key)) > 0) {
		bool here = hs_scan_is(key, name);
		if (here && path[n] == '.') {
			r = descend(s, path + n + 1, value);
		} else {
			r = hs_scan_value(s, &v);
			if (r == 0 && here && !hs_scan_null(v))
				*value = v;
		}
		if (r < 0)
			return -1;
	}
	return r;
}

int
hs_scan_follow(struct hs_scan *s, const char *path, struct hs_span *value)
{
	*value = hs_span(NULL, 0);
	if (descend(s, path, value) < 0)
		return -1;
	return value->p != NULL;
}

int
hs_scan_path(struct hs_span text, const char *path, struct hs_span *value)
{
	struct hs_scan s;

	hs_scan_init(&s, text);
	return hs_scan_follow(&s, path, value);
}
