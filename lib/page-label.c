/* SPDX-FileCopyrightText: 2026 the hs-tools authors
 * SPDX-License-Identifier: MIT */
/* What a page says of itself. */
#include "page-label.h"

#include <string.h>

static int
read_number(struct hs_scan *s, struct hs_span v, unsigned long long *number)
{
	*number = 0;
	for (size_t i = 0; i < v.len; i++) {
		if (v.p[i] < '0' || v.p[i] > '9' || i > 17)
			return hs_scan_fail_at(
			    s, v.p, "hs.page is not a page number");
		*number = *number * 10 + (unsigned long long)(v.p[i] - '0');
	}
	return 0;
}

/* Reads a string of fewer than size bytes. */
static int
read_text(struct hs_scan *s, struct hs_span v, char *dst, size_t size,
    const char *why)
{
	struct hs_span text;

	if (!hs_scan_inner(v, &text) || text.len >= size)
		return hs_scan_fail_at(s, v.p, why);
	dst[hs_scan_decode(text, dst, NULL)] = '\0';
	return 0;
}

int
hs_page_label_hs(struct hs_scan *s, struct hs_page_label *l)
{
	enum { PAGE, OBJECT, REQUEST, SINCE, N };
	static const char *const names[N] = {
	    "page", "object", "request", "since"};
	struct hs_span v[N];

	if (hs_scan_pick(s, names, N, v) < 0)
		return -1;
	l->numbered |= v[PAGE].p != NULL;
	l->since |= v[SINCE].p && !hs_scan_null(v[SINCE]);
	if (v[PAGE].p && read_number(s, v[PAGE], &l->page) < 0)
		return -1;
	if (v[OBJECT].p && read_text(s, v[OBJECT], l->object, sizeof l->object,
			       "hs.object is not an object's name") < 0)
		return -1;
	if (v[REQUEST].p &&
	    read_text(s, v[REQUEST], l->request, sizeof l->request,
		"hs.request is not a digest") < 0)
		return -1;
	return 0;
}

/* HubSpot's paging guide leaves paging out of the last page; null has been
 * seen there as well.  Whatever else is in next, it promises another page. */
int
hs_page_label_paging(struct hs_scan *s, struct hs_page_label *l)
{
	struct hs_span next;
	int r = hs_scan_follow(s, "next", &next);

	l->more |= r > 0;
	return r;
}

const char *
hs_page_label_fault(
    const struct hs_page_label *last, const struct hs_page_label *this)
{
	bool start = !last || !last->more;

	if (!this->numbered && (start || !last->numbered))
		return NULL;
	if (!this->numbered)
		return "a page without number follows a numbered one";
	if (last && last->object[0] && strcmp(last->object, this->object) != 0)
		return "another object begins: one table holds one object";
	if (!start && !last->numbered)
		return "a numbered page follows one without number";
	if (this->page != (start ? 0 : last->page + 1))
		return "a page is missing, repeated or out of order";
	if (!start && strcmp(last->request, this->request) != 0)
		return "it answers another request (hs.request) than the page "
		       "before it";
	return NULL;
}
