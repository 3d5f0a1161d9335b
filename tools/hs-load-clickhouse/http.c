/* SPDX-FileCopyrightText: 2026 the hs-tools authors
 * SPDX-License-Identifier: MIT */
/* Requests over libcurl's easy interface. */
#include "http.h"

#include <curl/curl.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#define ANSWER_MAX ((size_t)16 << 20)
/* Seconds after which a silent peer is asked whether it is there. */
#define IDLE 30L
/* A connection is there within so many seconds, TLS included. */
#define CONNECT 30L

struct http {
	CURL *curl;
	struct curl_slist *headers;
};

/* What is sent. */
struct body {
	struct hs_buf block;
	size_t at;
	http_more *more;
	void *data;
	bool failed;
	struct hs_err *e;
};

static size_t
on_read(char *to, size_t size, size_t n, void *user)
{
	struct body *b = user;

	while (b->at == b->block.len) {
		hs_buf_clear(&b->block);
		b->at = 0;
		int got = b->more ? b->more(b->data, &b->block, b->e) : 0;
		b->failed = got < 0;
		if (got <= 0)
			return got < 0 ? CURL_READFUNC_ABORT : 0;
	}
	size_t left = b->block.len - b->at;
	n = size * n < left ? size * n : left;
	memcpy(to, b->block.data + b->at, n);
	b->at += n;
	return n;
}

static size_t
on_body(char *p, size_t size, size_t n, void *user)
{
	return hs_buf_add(user, p, size * n) < 0 ? 0 : size * n;
}

static int
add_header(struct http *h, const char *name, const char *value)
{
	struct hs_buf b = {0};
	struct curl_slist *list = NULL;

	hs_buf_puts(&b, name);
	hs_buf_puts(&b, value);
	const char *s = hs_buf_str(&b);
	if (s)
		list = curl_slist_append(h->headers, s);
	if (b.data)
		explicit_bzero(b.data, b.cap);
	hs_buf_free(&b);
	if (list)
		h->headers = list;
	return list ? 0 : -1;
}

static int
add_headers(struct http *h, const struct http_options *o)
{
	/* No Expect: it would cost a round trip. */
	if (add_header(h, "Expect:", "") < 0 ||
	    add_header(h, "Content-Type: text/plain", "") < 0)
		return -1;
	if (o->user && add_header(h, "X-ClickHouse-User: ", o->user) < 0)
		return -1;
	return o->password ? add_header(h, "X-ClickHouse-Key: ", o->password)
			   : 0;
}

/* Certificates to trust instead of the system's.  curl(1) reads these
 * variables; libcurl does not. */
static const char *
authorities(void)
{
	const char *file = getenv("CURL_CA_BUNDLE");

	return file && *file ? file : getenv("SSL_CERT_FILE");
}

/* Without REQUEST_TARGET, libcurl 7.88 leaves out the query, and says nothing,
 * where memory for a copy of it is short. */
static bool
set_url(CURL *c, const char *url)
{
	const char *host = strstr(url, "://") + 3;
	/* A proxy could read what goes over plain http. */
	const char *proxy = strncasecmp(url, "http:", 5) == 0 ? "" : NULL;

	return curl_easy_setopt(c, CURLOPT_URL, url) == CURLE_OK &&
	       curl_easy_setopt(c, CURLOPT_REQUEST_TARGET,
		   host + strcspn(host, "/")) == CURLE_OK &&
	       curl_easy_setopt(c, CURLOPT_PROXY, proxy) == CURLE_OK;
}

static void
set_handle(CURL *c, const struct http_options *o)
{
	const char *ca = authorities();

	if (ca && *ca)
		curl_easy_setopt(c, CURLOPT_CAINFO, ca);
	curl_easy_setopt(c, CURLOPT_PROTOCOLS_STR, "http,https");
	curl_easy_setopt(c, CURLOPT_HTTP_VERSION, CURL_HTTP_VERSION_1_1);
	curl_easy_setopt(c, CURLOPT_USERAGENT, "hs-tools/" HS_VERSION);
	curl_easy_setopt(c, CURLOPT_NOSIGNAL, 1L);
	curl_easy_setopt(c, CURLOPT_CONNECTTIMEOUT,
	    o->timeout < CONNECT ? o->timeout : CONNECT);
	curl_easy_setopt(c, CURLOPT_LOW_SPEED_LIMIT, 1L);
	curl_easy_setopt(c, CURLOPT_LOW_SPEED_TIME, o->timeout);
	curl_easy_setopt(c, CURLOPT_TCP_KEEPALIVE, 1L);
	curl_easy_setopt(c, CURLOPT_TCP_KEEPIDLE, IDLE);
	curl_easy_setopt(c, CURLOPT_TCP_KEEPINTVL, IDLE);
	/* Servers close connections that were idle for some seconds. */
	curl_easy_setopt(c, CURLOPT_MAXAGE_CONN, 2L);
	curl_easy_setopt(c, CURLOPT_POST, 1L);
	curl_easy_setopt(c, CURLOPT_UPLOAD_BUFFERSIZE, 512L << 10);
	curl_easy_setopt(c, CURLOPT_READFUNCTION, on_read);
	curl_easy_setopt(c, CURLOPT_WRITEFUNCTION, on_body);
}

struct http *
http_open(const struct http_options *o, struct hs_err *e)
{
	struct http *h = calloc(1, sizeof *h);

	if (h && curl_global_init(CURL_GLOBAL_DEFAULT) == 0)
		h->curl = curl_easy_init();
	if (!h || !h->curl || !set_url(h->curl, o->url) ||
	    add_headers(h, o) < 0) {
		http_close(h);
		hs_err_set(e, HS_SYSTEM, "libcurl can't be started");
		return NULL;
	}
	set_handle(h->curl, o);
	curl_easy_setopt(h->curl, CURLOPT_HTTPHEADER, h->headers);
	return h;
}

static int
explain(CURLcode code, struct hs_err *e)
{
	const char *why = curl_easy_strerror(code);

	switch (code) {
	case CURLE_PEER_FAILED_VERIFICATION:
	case CURLE_SSL_CACERT_BADFILE:
	case CURLE_SSL_ISSUER_ERROR:
		return hs_err_set(e, HS_CONFIG,
		    "the server's certificate is not trusted: %s; to trust "
		    "another authority, set CURL_CA_BUNDLE to a file with its "
		    "certificate",
		    why);
	case CURLE_URL_MALFORMAT:
		return hs_err_set(e, HS_CONFIG, "address: %s", why);
	case CURLE_COULDNT_CONNECT:
	case CURLE_COULDNT_RESOLVE_HOST:
		return hs_err_set(
		    e, HS_LATER, "cannot connect to the server: %s", why);
	default:
		return hs_err_set(
		    e, HS_LATER, "no whole answer from the server: %s", why);
	}
}

int
http_post(struct http *h, struct hs_span text, http_more *more, void *data,
    struct hs_buf *answer, long *status, struct hs_err *e)
{
	struct body body = {.more = more, .data = data, .e = e};
	curl_off_t size = more ? -1 : (curl_off_t)text.len;

	hs_buf_reset(answer);
	answer->max = ANSWER_MAX;
	if (hs_buf_put(&body.block, text) < 0)
		return hs_err_mem(e, "a statement");
	curl_easy_setopt(h->curl, CURLOPT_POSTFIELDSIZE_LARGE, size);
	curl_easy_setopt(h->curl, CURLOPT_READDATA, &body);
	curl_easy_setopt(h->curl, CURLOPT_WRITEDATA, answer);
	CURLcode code = curl_easy_perform(h->curl);
	curl_easy_getinfo(h->curl, CURLINFO_RESPONSE_CODE, status);
	hs_buf_free(&body.block);
	if (body.failed)
		return -1;
	if (hs_buf_check(answer, e, "the server's answer") < 0)
		return -1;
	/* A server that refuses rows says so and reads no more. */
	if (code != CURLE_OK && (*status < 400 || answer->len == 0))
		return explain(code, e);
	return 0;
}

void
http_hurry(struct http *h)
{
	curl_easy_setopt(h->curl, CURLOPT_CONNECTTIMEOUT, 5L);
	curl_easy_setopt(h->curl, CURLOPT_LOW_SPEED_TIME, 5L);
}

void
http_close(struct http *h)
{
	if (!h)
		return;
	if (h->curl)
		curl_easy_cleanup(h->curl);
	for (struct curl_slist *l = h->headers; l; l = l->next)
		explicit_bzero(l->data, strlen(l->data));
	curl_slist_free_all(h->headers);
	curl_global_cleanup();
	free(h);
}
