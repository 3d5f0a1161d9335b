/* SPDX-FileCopyrightText: 2026 the hs-tools authors
 * SPDX-License-Identifier: MIT */
/*
 * bare URL TOKEN: what a fetch costs at least.  One libcurl handle on one
 * connection follows the cursor of a list, found by a plain search for its
 * text, and writes the bodies out unlooked at.
 */
#include <curl/curl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct body {
	char *data;
	size_t len, cap;
};

static size_t
take(char *p, size_t size, size_t n, void *user)
{
	struct body *b = user;

	n *= size;
	if (b->len + n + 1 > b->cap) {
		b->cap = (b->len + n) * 2 + 1;
		b->data = realloc(b->data, b->cap);
		if (!b->data)
			return 0;
	}
	memcpy(b->data + b->len, p, n);
	b->len += n;
	return n;
}

/* The last cursor in the body, the page's own. */
static char *
cursor(struct body *b)
{
	static const char name[] = "\"paging\":{\"next\":{\"after\":\"";
	size_t n = sizeof(name) - 1;

	for (size_t i = b->len; i-- > n;)
		if (memcmp(b->data + i - n, name, n) == 0)
			return b->data + i;
	return NULL;
}

int
main(int argc, char **argv)
{
	struct body b = {0};
	char url[8192], auth[512], after[256] = "";

	if (argc != 3)
		return 64;
	curl_global_init(CURL_GLOBAL_ALL);
	CURL *c = curl_easy_init();
	snprintf(auth, sizeof(auth), "Authorization: Bearer %s", argv[2]);
	struct curl_slist *headers = curl_slist_append(NULL, auth);
	curl_easy_setopt(c, CURLOPT_HTTPHEADER, headers);
	curl_easy_setopt(c, CURLOPT_WRITEFUNCTION, take);
	curl_easy_setopt(c, CURLOPT_WRITEDATA, &b);
	curl_easy_setopt(c, CURLOPT_BUFFERSIZE, 262144L);
	for (;;) {
		snprintf(url, sizeof(url), "%s%s%s", argv[1],
		    *after ? "&after=" : "", after);
		curl_easy_setopt(c, CURLOPT_URL, url);
		b.len = 0;
		if (curl_easy_perform(c) != CURLE_OK)
			return 75;
		fwrite(b.data, 1, b.len, stdout);
		char *p = cursor(&b);
		if (!p)
			break;
		b.data[b.len] = '\0';
		snprintf(
		    after, sizeof(after), "%.*s", (int)strcspn(p, "\""), p);
	}
	return fflush(stdout) == 0 && !ferror(stdout) ? 0 : 74;
}
