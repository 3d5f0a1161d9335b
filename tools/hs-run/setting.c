/* SPDX-FileCopyrightText: 2026 the hs-tools authors
 * SPDX-License-Identifier: MIT */
/* A setting of a pipeline. */
#include "setting.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "buf.h"

/* U+0080 to U+009F are controls, too. */
static bool
has_control(const char *p)
{
	for (; *p; p++) {
		unsigned char c = (unsigned char)*p, next = (unsigned char)p[1];
		if (c < 0x20 || c == 0x7f || (c == 0xc2 && next < 0xa0))
			return true;
	}
	return false;
}

/* Whether it is a number of at least min, or, with share, a percentage. */
static bool
is_number(const char *text, unsigned long min, bool share)
{
	char *end;

	errno = 0;
	unsigned long n = strtoul(text, &end, 10);
	if (errno || *text < '0' || *text > '9')
		return false;
	if (share && strcmp(end, "%") == 0)
		return n <= 100;
	return *end == '\0' && n >= min;
}

/* The flag that YAML's spellings of true and false stand for, or NULL. */
static const char *
find_flag(const char *text)
{
	static const char *const spelled[] = {
	    "true", "True", "TRUE", "false", "False", "FALSE"};

	for (size_t i = 0; i < 6; i++)
		if (strcmp(text, spelled[i]) == 0)
			return spelled[i / 3 * 3];
	return NULL;
}

/* What is wrong with a text as the key's value; NULL: nothing. */
static const char *
find_fault(const struct key *k, const struct node *value)
{
	const char *text = value->text;

	if (value->null || *text == '\0')
		return "has no value";
	if (has_control(text))
		return "has a control character in it";
	if (k->use == KEY_FLAG && !find_flag(text))
		return "is neither true nor false";
	if (k->use == KEY_NUMBER && !is_number(text, 1, false))
		return "is no number from 1";
	if (k->use == KEY_SHARE && !is_number(text, 0, true))
		return "is neither a number nor a percentage";
	return NULL;
}

static bool
is_list(const struct key *k)
{
	return k->use == KEY_LIST || k->use == KEY_NAMES;
}

static int
refuse(const struct section *s, const struct key *k, const struct node *value,
    const char *why, struct hs_err *e)
{
	return fault_at(value->at, e, "%s%s %s", s->name, k->name, why);
}

static int
check_text(const struct section *s, const struct key *k,
    const struct node *value, struct hs_err *e)
{
	if (value->kind != NODE_TEXT)
		return refuse(s, k, value,
		    value->kind == NODE_MAP ? "is a map where a text belongs"
					    : "is a list where a text belongs",
		    e);
	const char *fault = find_fault(k, value);
	return fault ? refuse(s, k, value, fault, e) : 0;
}

static int
check_length(const struct section *s, const struct key *k,
    const struct node *value, size_t len, struct hs_err *e)
{
	int max = is_list(k) ? LIST_MAX : SETTING_MAX;

	if (len <= (size_t)max)
		return 0;
	return fault_at(value->at, e, "%s%s is longer than %d bytes", s->name,
	    k->name, max);
}

/* Appends the texts of a list. */
static int
join(const struct section *s, const struct key *k, const struct node *list,
    struct hs_buf *b, struct hs_err *e)
{
	if (list->items == 0)
		return refuse(s, k, list, "has no value", e);
	for (size_t i = 0; i < list->items; i++) {
		const struct node *item = list->item[i];
		if (check_text(s, k, item, e) < 0)
			return -1;
		if (strchr(item->text, ','))
			return refuse(s, k, item, "has a comma in a name", e);
		if (i > 0)
			hs_buf_addc(b, ',');
		hs_buf_puts(b, item->text);
	}
	return 0;
}

static int
read_list(struct setting *set, const struct section *s, const struct key *k,
    const struct node *list, struct hs_err *e)
{
	struct hs_buf b = {0};
	int rc = join(s, k, list, &b, e);

	if (rc == 0)
		rc = check_length(s, k, list, b.len, e);
	if (rc == 0) {
		hs_buf_str(&b);
		rc = hs_buf_check(&b, e, "a pipeline");
	}
	if (rc < 0)
		hs_buf_free(&b);
	set->text = b.data;
	return rc;
}

static int
read_text(struct setting *set, const struct section *s, const struct key *k,
    const struct node *value, struct hs_err *e)
{
	const char *text = value->text;

	if (check_text(s, k, value, e) < 0 ||
	    check_length(s, k, value, strlen(text), e) < 0)
		return -1;
	set->text = strdup(k->use == KEY_FLAG ? find_flag(text) : text);
	return set->text ? 0 : hs_err_mem(e, "a pipeline");
}

/* Whether the list has the name at p before there, too. */
static bool
is_repeated(const char *list, const char *p, size_t len)
{
	for (const char *q = list; q < p; q += strcspn(q, ",") + 1)
		if (strcspn(q, ",") == len && memcmp(q, p, len) == 0)
			return true;
	return false;
}

/* Checks that no name of the list is empty or there twice. */
static int
check_names(const struct setting *set, const struct section *s,
    const struct key *k, struct hs_err *e)
{
	const char *p = set->text;

	for (;;) {
		size_t n = strcspn(p, ",");
		if (n == 0)
			return fault_at(set->at, e, "%s%s has an empty name",
			    s->name, k->name);
		if (is_repeated(set->text, p, n))
			return fault_at(set->at, e, "%s%s names %.*s twice",
			    s->name, k->name, (int)n, p);
		if (p[n] == '\0')
			return 0;
		p += n + 1;
	}
}

int
setting_read(struct setting *set, const struct section *s, const struct key *k,
    const struct node *value, struct hs_err *e)
{
	if (set->text)
		return fault_at(value->at, e,
		    "%s%s is given a second time; first in line %zu", s->name,
		    k->name, set->at.line);
	set->at = value->at;
	int rc = is_list(k) && value->kind == NODE_LIST
		     ? read_list(set, s, k, value, e)
		     : read_text(set, s, k, value, e);
	if (rc == 0 && k->use == KEY_NAMES)
		rc = check_names(set, s, k, e);
	return rc;
}

void
setting_free(struct setting *set)
{
	if (set->text)
		explicit_bzero(set->text, strlen(set->text));
	free(set->text);
	set->text = NULL;
}
