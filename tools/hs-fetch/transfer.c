/* SPDX-FileCopyrightText: 2026 the hs-tools authors
 * SPDX-License-Identifier: MIT */
/* A request and its answer on a libcurl handle. */
#include "transfer.h"

#include <errno.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <time.h>

/* Bytes of a body that are made room for on the server's word. */
#define EXPECT_MAX (1L << 20)
/* Seconds: longer than anybody waits, and no sum of it overflows. */
#define AFTER_MAX 2000000L

struct curl_slist *
hs_transfer_headers(const char *token, bool post)
{
	struct hs_buf b = {0};
	struct curl_slist *list = NULL, *more;

	if (hs_buf_printf(&b, "Authorization: Bearer %s", token) == 0)
		list = curl_slist_append(NULL, hs_buf_str(&b));
	if (b.data != NULL)
		explicit_bzero(b.data, b.cap);
	hs_buf_free(&b);
	if (list == NULL || !post)
		return list;
	/* No Expect: it would cost a round trip. */
	more = curl_slist_append(list, "Content-Type: application/json");
	if (more != NULL)
		more = curl_slist_append(more, "Expect:");
	if (more == NULL)
		curl_slist_free_all(list);
	return more;
}

void
hs_transfer_wipe(struct curl_slist *headers)
{
	for (struct curl_slist *l = headers; l != NULL; l = l->next)
		explicit_bzero(l->data, strlen(l->data));
	curl_slist_free_all(headers);
}

static size_t
on_body(char *p, size_t size, size_t n, void *user)
{
	struct hs_request *r = user;

	/* A reserve is not what can fail. */
	if (r->body.len == 0 && r->expected > 0)
		(void)hs_buf_reserve(&r->body, r->expected);
	if (hs_buf_add(&r->body, p, size * n) == 0)
		return size * n;
	r->result = errno == EFBIG ? HS_HTTP_TOO_BIG : HS_HTTP_PASSING;
	return 0;
}

/* A non-negative number at p, as high as a long goes; or -1. */
static long
number(const char *p)
{
	char *end;
	long v;

	v = strtol(p, &end, 10);
	return end == p || v < 0 ? -1 : v;
}

/* Retry-After: seconds, or a date (RFC 9110, 10.2.3). */
static long
retry_after(const char *p)
{
	long s = number(p);

	if (s < 0) {
		time_t t = curl_getdate(p, NULL);

		if (t == -1)
			return -1;
		s = t > time(NULL) ? (long)(t - time(NULL)) : 0;
	}
	return s > AFTER_MAX ? AFTER_MAX * 1000 : s * 1000;
}

static void
take_header(struct hs_request *r, const char *name, const char *value)
{
	static const char rate[] = "x-hubspot-ratelimit-";

	if (strcasecmp(name, "content-length") == 0) {
		long n = number(value);

		r->expected = n < 0 || n > EXPECT_MAX ? 0 : (size_t)n;
	} else if (strcasecmp(name, "retry-after") == 0) {
		r->after_ms = retry_after(value);
	} else if (strcasecmp(name, "location") == 0) {
		strncpy(r->location, value, sizeof r->location - 1);
	} else if (strncasecmp(name, rate, sizeof rate - 1) == 0) {
		name += sizeof rate - 1;
		if (strcasecmp(name, "max") == 0)
			r->rates.max = number(value);
		else if (strcasecmp(name, "remaining") == 0)
			r->rates.remaining = number(value);
		else if (strcasecmp(name, "interval-milliseconds") == 0)
			r->rates.window_ms = number(value);
		else if (strcasecmp(name, "daily") == 0)
			r->rates.daily = number(value);
		else if (strcasecmp(name, "daily-remaining") == 0)
			r->rates.daily_remaining = number(value);
	}
}

static size_t
on_header(char *p, size_t size, size_t n, void *user)
{
	char line[512];
	size_t len = size * n, colon;

	if (len >= sizeof line)
		return len;
	memcpy(line, p, len);
	line[len] = '\0';
	line[strcspn(line, "\r\n")] = '\0';
	colon = strcspn(line, ":");
	if (line[colon] == ':') {
		line[colon++] = '\0';
		colon += strspn(line + colon, " \t");
		take_header(user, line, line + colon);
	}
	return len;
}

/* Certificates to trust instead of the system's, named as for
 * curl(1), which reads these variables itself: libcurl does not. */
static const char *
authorities(void)
{
	static const char *const names[] = {"CURL_CA_BUNDLE", "SSL_CERT_FILE"};

	for (int i = 0; i < 2; i++) {
		const char *file = getenv(names[i]);

		if (file != NULL && file[0] != '\0')
			return file;
	}
	return NULL;
}

CURL *
hs_transfer_new(long timeout)
{
	const char *ca = authorities();
	CURL *c = curl_easy_init();

	if (c == NULL)
		return NULL;
	if (ca != NULL)
		curl_easy_setopt(c, CURLOPT_CAINFO, ca);

	curl_easy_setopt(c, CURLOPT_PROTOCOLS_STR, "http,https");
	curl_easy_setopt(c, CURLOPT_FOLLOWLOCATION, 0L);
	curl_easy_setopt(c, CURLOPT_HTTP_VERSION, (long)CURL_HTTP_VERSION_2TLS);
	curl_easy_setopt(c, CURLOPT_ACCEPT_ENCODING, "gzip");
	curl_easy_setopt(c, CURLOPT_USERAGENT, "hs-tools/" HS_VERSION);
	curl_easy_setopt(c, CURLOPT_NOSIGNAL, 1L);
	curl_easy_setopt(c, CURLOPT_BUFFERSIZE, 256L * 1024);
	curl_easy_setopt(c, CURLOPT_CONNECTTIMEOUT, timeout);
	curl_easy_setopt(c, CURLOPT_LOW_SPEED_LIMIT, 1L);
	curl_easy_setopt(c, CURLOPT_LOW_SPEED_TIME, timeout);
	curl_easy_setopt(c, CURLOPT_TIMEOUT, timeout * 5);
	curl_easy_setopt(c, CURLOPT_WRITEFUNCTION, on_body);
	curl_easy_setopt(c, CURLOPT_HEADERFUNCTION, on_header);
	return c;
}

static void
forget_answer(struct hs_request *r, size_t max_body)
{
	r->result = HS_HTTP_ANSWERED;
	r->status = 0;
	r->why[0] = r->location[0] = '\0';
	hs_buf_clear(&r->body);
	r->body.max = max_body;
	r->rates = (struct hs_rates){-1, -1, -1, -1, -1};
	r->after_ms = -1;
	r->received = 0;
	r->expected = 0;
	r->began = hs_pace_now();
}

void
hs_transfer_refuse(struct hs_request *r, const char *why)
{
	forget_answer(r, r->body.max);
	r->result = HS_HTTP_PASSING;
	r->ended = hs_pace_now();
	strncpy(r->why, why, sizeof r->why - 1);
}

void
hs_transfer_begin(
    CURL *c, struct hs_request *r, size_t max_body, struct curl_slist *headers)
{
	forget_answer(r, max_body);
	curl_easy_setopt(c, CURLOPT_URL, r->url);
	/* A proxy would see what plain http carries. */
	curl_easy_setopt(
	    c, CURLOPT_PROXY, strncasecmp(r->url, "http:", 5) == 0 ? "" : NULL);
	if (r->post) {
		curl_easy_setopt(c, CURLOPT_POST, 1L);
		curl_easy_setopt(c, CURLOPT_POSTFIELDS, r->send.p);
		curl_easy_setopt(
		    c, CURLOPT_POSTFIELDSIZE_LARGE, (curl_off_t)r->send.len);
	} else {
		curl_easy_setopt(c, CURLOPT_HTTPGET, 1L);
	}
	curl_easy_setopt(c, CURLOPT_HTTPHEADER, headers);
	curl_easy_setopt(c, CURLOPT_WRITEDATA, r);
	curl_easy_setopt(c, CURLOPT_HEADERDATA, r);
	curl_easy_setopt(c, CURLOPT_PRIVATE, r);
}

static enum hs_http_result
classify(CURLcode code)
{
	switch (code) {
	case CURLE_OK: return HS_HTTP_ANSWERED;
	case CURLE_BAD_CONTENT_ENCODING: return HS_HTTP_GARBLED;
	case CURLE_PEER_FAILED_VERIFICATION:
	case CURLE_SSL_CERTPROBLEM:
	case CURLE_SSL_CACERT_BADFILE:
	case CURLE_SSL_ISSUER_ERROR:
	case CURLE_SSL_CIPHER:
	case CURLE_URL_MALFORMAT:
	case CURLE_UNSUPPORTED_PROTOCOL: return HS_HTTP_REFUSED;
	default: return HS_HTTP_PASSING;
	}
}

void
hs_transfer_end(CURL *c, CURLcode code, struct hs_request *r)
{
	curl_off_t size = 0;
	long status = 0;

	curl_easy_getinfo(c, CURLINFO_RESPONSE_CODE, &status);
	curl_easy_getinfo(c, CURLINFO_SIZE_DOWNLOAD_T, &size);
	r->ended = hs_pace_now();
	r->status = (int)status;
	r->received = (unsigned long long)size;
	if (r->result == HS_HTTP_ANSWERED)
		r->result = classify(code);
	if (r->result == HS_HTTP_TOO_BIG)
		strcpy(r->why, "the answer is bigger than the limit");
	else if (r->result != HS_HTTP_ANSWERED)
		strncpy(r->why, curl_easy_strerror(code), sizeof r->why - 1);
}
