/* SPDX-FileCopyrightText: 2026 the hs-tools authors
 * SPDX-License-Identifier: MIT */
/* Requests over libcurl's multi interface. */
#include "http.h"

#include <curl/curl.h>
#include <errno.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <time.h>

#define HANDLES 64

struct hs_http {
	CURLM *multi;
	struct curl_slist *headers;	 /* of a GET */
	struct curl_slist *post_headers; /* of a POST */
	struct hs_http_options options;
	CURL *spare[HANDLES]; /* handles to use again */
	int spares;
	CURL *live[HANDLES]; /* requests under way */
	int lives;
};

static struct curl_slist *
headers(const char *token, bool post)
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

struct hs_http *
hs_http_new(const struct hs_http_options *o, struct hs_err *e)
{
	struct hs_http *h = calloc(1, sizeof *h);

	if (h == NULL)
		goto fail;
	h->options = *o;
	if (curl_global_init(CURL_GLOBAL_DEFAULT) != 0)
		goto fail;
	h->multi = curl_multi_init();
	h->headers = headers(o->token, false);
	h->post_headers = headers(o->token, true);
	h->options.token = NULL;
	if (h->multi == NULL || h->headers == NULL || h->post_headers == NULL)
		goto fail;
	curl_multi_setopt(h->multi, CURLMOPT_MAXCONNECTS, (long)o->connections);
	curl_multi_setopt(
	    h->multi, CURLMOPT_MAX_HOST_CONNECTIONS, (long)o->connections);
	return h;
fail:
	hs_http_free(h);
	hs_err_set(e, HS_SYSTEM, "libcurl can't be started");
	return NULL;
}

static bool
is_loopback(const char *host, size_t n)
{
	if (n == 9 && strncasecmp(host, "localhost", n) == 0)
		return true;
	if (n == 5 && strncmp(host, "[::1]", n) == 0)
		return true;
	if (n < 9 || strncmp(host, "127.", 4) != 0)
		return false;
	for (size_t i = 0; i < n; i++)
		if (strchr("0123456789.", host[i]) == NULL)
			return false;
	return true;
}

int
hs_http_check_base(const char *url, struct hs_err *e)
{
	bool plain = strncasecmp(url, "http://", 7) == 0;
	const char *host;
	size_t n;

	if (!plain && strncasecmp(url, "https://", 8) != 0)
		return hs_err_set(e, HS_CONFIG,
		    "base URL: begins neither with https:// nor http://");
	for (const char *p = url; *p != '\0'; p++)
		if (*p <= ' ' || *p > '~' || strchr("@?#\\", *p) != NULL)
			return hs_err_set(e, HS_CONFIG,
			    "base URL: only scheme, host, port and path");
	host = url + (plain ? 7 : 8);
	n = strcspn(host, "/");
	if (host[0] != '[')
		n = strcspn(host, ":/");
	else if (memchr(host, ']', n) != NULL)
		n = (size_t)((const char *)memchr(host, ']', n) - host) + 1;
	if (n == 0)
		return hs_err_set(e, HS_CONFIG, "base URL: no host");
	if (plain && !is_loopback(host, n))
		return hs_err_set(e, HS_CONFIG,
		    "base URL: plain http would show the token to the network; "
		    "use https (http is for the loopback)");
	return 0;
}

static size_t
on_body(char *p, size_t size, size_t n, void *user)
{
	struct hs_request *r = user;

	if (hs_buf_add(&r->body, p, size * n) == 0)
		return size * n;
	r->result = errno == EFBIG ? HS_HTTP_TOO_BIG : HS_HTTP_PASSING;
	return 0;
}

/* A non-negative number at p, or -1. */
static long
number(const char *p)
{
	char *end;
	long v;

	errno = 0;
	v = strtol(p, &end, 10);
	return end == p || errno != 0 || v < 0 ? -1 : v;
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
	return s > LONG_MAX / 1000 ? LONG_MAX : s * 1000;
}

static void
take_header(struct hs_request *r, const char *name, const char *value)
{
	static const char rate[] = "x-hubspot-ratelimit-";

	if (strcasecmp(name, "retry-after") == 0) {
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

/* What is the same for every request of the handle. */
static void
set_up(struct hs_http *h, CURL *c)
{
	long timeout = h->options.timeout;
	const char *ca = authorities();

	if (ca != NULL)
		curl_easy_setopt(c, CURLOPT_CAINFO, ca);

	curl_easy_setopt(c, CURLOPT_PROTOCOLS_STR, "http,https");
	curl_easy_setopt(c, CURLOPT_FOLLOWLOCATION, 0L);
	curl_easy_setopt(c, CURLOPT_HTTP_VERSION, (long)CURL_HTTP_VERSION_2TLS);
	curl_easy_setopt(c, CURLOPT_ACCEPT_ENCODING, "gzip");
	curl_easy_setopt(c, CURLOPT_USERAGENT, "hs-tools/" HS_VERSION);
	curl_easy_setopt(c, CURLOPT_BUFFERSIZE, 128L * 1024);
	curl_easy_setopt(c, CURLOPT_CONNECTTIMEOUT, timeout);
	curl_easy_setopt(c, CURLOPT_LOW_SPEED_LIMIT, 1L);
	curl_easy_setopt(c, CURLOPT_LOW_SPEED_TIME, timeout);
	curl_easy_setopt(c, CURLOPT_TIMEOUT, timeout * 5);
	curl_easy_setopt(c, CURLOPT_WRITEFUNCTION, on_body);
	curl_easy_setopt(c, CURLOPT_HEADERFUNCTION, on_header);
}

static CURL *
take_handle(struct hs_http *h)
{
	CURL *c;

	if (h->spares > 0)
		return h->spare[--h->spares];
	c = curl_easy_init();
	if (c != NULL)
		set_up(h, c);
	return c;
}

static void
give_handle(struct hs_http *h, CURL *c)
{
	if (h->spares < HANDLES)
		h->spare[h->spares++] = c;
	else
		curl_easy_cleanup(c);
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
}

int
hs_http_start(struct hs_http *h, struct hs_request *r, struct hs_err *e)
{
	CURL *c = h->lives < HANDLES ? take_handle(h) : NULL;

	if (c == NULL)
		return hs_err_mem(e, "request");
	forget_answer(r, h->options.max_body);
	curl_easy_setopt(c, CURLOPT_URL, r->url);
	/* A proxy would see what plain http carries. */
	curl_easy_setopt(
	    c, CURLOPT_PROXY, strncasecmp(r->url, "http:", 5) == 0 ? "" : NULL);
	if (r->post) {
		curl_easy_setopt(c, CURLOPT_POST, 1L);
		curl_easy_setopt(c, CURLOPT_POSTFIELDS, r->send.p);
		curl_easy_setopt(
		    c, CURLOPT_POSTFIELDSIZE_LARGE, (curl_off_t)r->send.len);
		curl_easy_setopt(c, CURLOPT_HTTPHEADER, h->post_headers);
	} else {
		curl_easy_setopt(c, CURLOPT_HTTPGET, 1L);
		curl_easy_setopt(c, CURLOPT_HTTPHEADER, h->headers);
	}
	curl_easy_setopt(c, CURLOPT_WRITEDATA, r);
	curl_easy_setopt(c, CURLOPT_HEADERDATA, r);
	curl_easy_setopt(c, CURLOPT_PRIVATE, r);
	if (curl_multi_add_handle(h->multi, c) == CURLM_OK) {
		int running;

		h->live[h->lives++] = c;
		/* Goes out now, not only when we next wait. */
		curl_multi_perform(h->multi, &running);
		return 0;
	}
	give_handle(h, c);
	return hs_err_set(e, HS_SYSTEM, "libcurl refused a request");
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

static void
remove_handle(struct hs_http *h, CURL *c)
{
	curl_multi_remove_handle(h->multi, c);
	for (int i = 0; i < h->lives; i++)
		if (h->live[i] == c)
			h->live[i--] = h->live[--h->lives];
	give_handle(h, c);
}

static void
finish(struct hs_http *h, CURL *c, CURLcode code, struct hs_request *r)
{
	curl_off_t size = 0;
	long status = 0;

	curl_easy_getinfo(c, CURLINFO_RESPONSE_CODE, &status);
	curl_easy_getinfo(c, CURLINFO_SIZE_DOWNLOAD_T, &size);
	r->status = (int)status;
	r->received = (unsigned long long)size;
	if (r->result == HS_HTTP_ANSWERED)
		r->result = classify(code);
	if (r->result == HS_HTTP_TOO_BIG)
		strcpy(r->why, "the answer is bigger than the limit");
	else if (r->result != HS_HTTP_ANSWERED)
		strncpy(r->why, curl_easy_strerror(code), sizeof r->why - 1);
	remove_handle(h, c);
}

/* A finished request, if there is one. */
static struct hs_request *
finished(struct hs_http *h)
{
	struct hs_request *r = NULL;
	CURLMsg *m;
	int left;

	while ((m = curl_multi_info_read(h->multi, &left)) != NULL) {
		if (m->msg != CURLMSG_DONE)
			continue;
		curl_easy_getinfo(m->easy_handle, CURLINFO_PRIVATE, &r);
		finish(h, m->easy_handle, m->data.result, r);
		return r;
	}
	return NULL;
}

int
hs_http_next(
    struct hs_http *h, int timeout_ms, struct hs_request **r, struct hs_err *e)
{
	int running;

	if (curl_multi_perform(h->multi, &running) != CURLM_OK)
		goto fail;
	if ((*r = finished(h)) != NULL)
		return 1;
	if (curl_multi_poll(h->multi, NULL, 0, timeout_ms, NULL) != CURLM_OK ||
	    curl_multi_perform(h->multi, &running) != CURLM_OK)
		goto fail;
	*r = finished(h);
	return *r != NULL;
fail:
	return hs_err_set(e, HS_SYSTEM, "libcurl failed");
}

void
hs_http_drop(struct hs_http *h)
{
	while (h->lives > 0)
		remove_handle(h, h->live[0]);
}

static void
wipe(struct curl_slist *list)
{
	for (struct curl_slist *l = list; l != NULL; l = l->next)
		explicit_bzero(l->data, strlen(l->data));
	curl_slist_free_all(list);
}

void
hs_http_free(struct hs_http *h)
{
	if (h == NULL)
		return;
	hs_http_drop(h);
	for (int i = 0; i < h->spares; i++)
		curl_easy_cleanup(h->spare[i]);
	if (h->multi != NULL)
		curl_multi_cleanup(h->multi);
	wipe(h->headers);
	wipe(h->post_headers);
	curl_global_cleanup();
	free(h);
}

int
hs_http_escape(struct hs_buf *b, const char *text)
{
	static const char plain[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
				    "abcdefghijklmnopqrstuvwxyz"
				    "0123456789-._~";

	for (const char *p = text; *p != '\0'; p++) {
		int r = strchr(plain, *p) != NULL
			    ? hs_buf_addc(b, *p)
			    : hs_buf_printf(b, "%%%02X", (unsigned char)*p);

		if (r < 0)
			return -1;
	}
	return 0;
}
