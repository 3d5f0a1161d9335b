/* SPDX-FileCopyrightText: 2026 the hs-tools authors
 * SPDX-License-Identifier: MIT */
/* Requests over libcurl's multi interface. */
#include "http.h"

#include <curl/curl.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "clock.h"

#define HANDLES 64

/* The headers that carry a token.  libcurl reads them as long as a request is
 * under way, so those of earlier tokens stay until the end. */
struct headers {
	struct curl_slist *get, *post;
	struct headers *older;
};

struct http {
	struct http_options options; /* but for the token */
	CURLM *multi;
	struct headers *headers;
	CURL *live[HANDLES], *spare[HANDLES];
	int lives, spares;
	struct request *failed; /* those that could not be sent */
};

static struct curl_slist *
make_headers(const char *token, bool post)
{
	struct hs_buf b = {0};
	struct curl_slist *list = NULL, *more;

	if (hs_buf_printf(&b, "Authorization: Bearer %s", token) == 0)
		list = curl_slist_append(NULL, hs_buf_str(&b));
	if (b.data)
		explicit_bzero(b.data, b.cap);
	hs_buf_free(&b);
	if (!list || !post)
		return list;
	/* No Expect: it would cost a round trip. */
	more = curl_slist_append(list, "Content-Type: application/json");
	if (more)
		more = curl_slist_append(more, "Expect:");
	if (!more)
		curl_slist_free_all(list);
	return more;
}

static void
wipe_list(struct curl_slist *list)
{
	for (struct curl_slist *l = list; l; l = l->next)
		explicit_bzero(l->data, strlen(l->data));
	curl_slist_free_all(list);
}

static void
wipe_headers(struct headers *h)
{
	while (h) {
		struct headers *older = h->older;

		wipe_list(h->get);
		wipe_list(h->post);
		free(h);
		h = older;
	}
}

int
http_token(struct http *h, const char *token, struct hs_err *e)
{
	struct headers *new = calloc(1, sizeof *new);

	if (!new)
		return hs_err_mem(e, "token");
	new->get = make_headers(token, false);
	new->post = make_headers(token, true);
	if (!new->get || !new->post) {
		wipe_headers(new);
		return hs_err_mem(e, "token");
	}
	new->older = h->headers;
	h->headers = new;
	return 0;
}

static size_t
on_body(char *p, size_t size, size_t n, void *user)
{
	struct request *r = user;

	/* Only a hint: a failed reserve shows when the bytes are added. */
	if (r->body.len == 0 && r->head.expected > 0 &&
	    r->head.expected <= r->body.max)
		(void)hs_buf_reserve(&r->body, r->head.expected);
	if (hs_buf_add(&r->body, p, size * n) == 0)
		return size * n;
	r->result = errno == EFBIG ? HTTP_TOO_BIG : HTTP_PASSING;
	return 0;
}

static size_t
on_header(char *p, size_t size, size_t n, void *user)
{
	char line[512];
	size_t len = size * n;

	if (len >= sizeof line)
		return len;
	memcpy(line, p, len);
	line[len] = '\0';
	line[strcspn(line, "\r\n")] = '\0';
	size_t colon = strcspn(line, ":");
	if (line[colon] == ':') {
		line[colon++] = '\0';
		colon += strspn(line + colon, " \t");
		head_take(user, line, line + colon);
	}
	return len;
}

/* Certificates to trust instead of the system's.  curl(1) reads these
 * variables; libcurl does not. */
static const char *
authorities(void)
{
	static const char *const names[] = {"CURL_CA_BUNDLE", "SSL_CERT_FILE"};

	for (int i = 0; i < 2; i++) {
		const char *file = getenv(names[i]);

		if (file && file[0])
			return file;
	}
	return NULL;
}

/* A handle with what is the same for every request. */
static CURL *
new_handle(long timeout)
{
	const char *ca = authorities();
	CURL *c = curl_easy_init();

	if (!c)
		return NULL;
	if (ca)
		curl_easy_setopt(c, CURLOPT_CAINFO, ca);
	curl_easy_setopt(c, CURLOPT_PROTOCOLS_STR, "http,https");
	curl_easy_setopt(c, CURLOPT_FOLLOWLOCATION, 0L);
	curl_easy_setopt(c, CURLOPT_HTTP_VERSION, (long)CURL_HTTP_VERSION_2TLS);
	curl_easy_setopt(c, CURLOPT_ACCEPT_ENCODING, "gzip");
	curl_easy_setopt(c, CURLOPT_USERAGENT, "hs-tools/" HS_VERSION);
	curl_easy_setopt(c, CURLOPT_BUFFERSIZE, 256L * 1024);
	curl_easy_setopt(c, CURLOPT_CONNECTTIMEOUT, timeout);
	curl_easy_setopt(c, CURLOPT_LOW_SPEED_LIMIT, 1L);
	curl_easy_setopt(c, CURLOPT_LOW_SPEED_TIME, timeout);
	curl_easy_setopt(c, CURLOPT_TIMEOUT, timeout * 5);
	curl_easy_setopt(c, CURLOPT_WRITEFUNCTION, on_body);
	curl_easy_setopt(c, CURLOPT_HEADERFUNCTION, on_header);
	return c;
}

struct http *
http_new(const struct http_options *o, struct hs_err *e)
{
	struct http *h = calloc(1, sizeof *h);

	if (!h || curl_global_init(CURL_GLOBAL_DEFAULT) != 0)
		goto fail;
	h->options = *o;
	h->options.token = NULL;
	h->multi = curl_multi_init();
	if (!h->multi || http_token(h, o->token, e) < 0)
		goto fail;
	curl_multi_setopt(h->multi, CURLMOPT_MAXCONNECTS, (long)o->connections);
	curl_multi_setopt(
	    h->multi, CURLMOPT_MAX_HOST_CONNECTIONS, (long)o->connections);
	return h;
fail:
	http_free(h);
	hs_err_set(e, HS_SYSTEM, "libcurl can't be started");
	return NULL;
}

/* Takes the handle away from libcurl and keeps it for another request. */
static void
retire(struct http *h, CURL *c)
{
	int i = 0;

	curl_multi_remove_handle(h->multi, c);
	while (h->live[i] != c)
		i++;
	h->live[i] = h->live[--h->lives];
	h->spare[h->spares++] = c;
}

void
http_drop(struct http *h)
{
	while (h->lives > 0)
		retire(h, h->live[0]);
	h->failed = NULL;
}

void
http_free(struct http *h)
{
	if (!h)
		return;
	if (h->multi)
		http_drop(h);
	for (int i = 0; i < h->spares; i++)
		curl_easy_cleanup(h->spare[i]);
	if (h->multi)
		curl_multi_cleanup(h->multi);
	wipe_headers(h->headers);
	curl_global_cleanup();
	free(h);
}

static void
forget_answer(struct request *r, size_t max_body)
{
	r->result = HTTP_ANSWERED;
	r->status = 0;
	r->why[0] = '\0';
	r->head = HEAD_NONE;
	hs_buf_reset(&r->body);
	r->body.max = max_body;
	r->received = 0;
	r->began = r->ended = hs_now();
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
set_request(struct http *h, CURL *c, struct request *r)
{
	if (r->post) {
		curl_easy_setopt(c, CURLOPT_POST, 1L);
		curl_easy_setopt(c, CURLOPT_POSTFIELDS, r->send.p);
		curl_easy_setopt(
		    c, CURLOPT_POSTFIELDSIZE_LARGE, (curl_off_t)r->send.len);
	} else {
		curl_easy_setopt(c, CURLOPT_HTTPGET, 1L);
	}
	curl_easy_setopt(c, CURLOPT_HTTPHEADER,
	    r->post ? h->headers->post : h->headers->get);
	curl_easy_setopt(c, CURLOPT_WRITEDATA, r);
	curl_easy_setopt(c, CURLOPT_HEADERDATA, &r->head);
	curl_easy_setopt(c, CURLOPT_PRIVATE, r);
}

static bool
send_request(struct http *h, struct request *r)
{
	if (h->lives == HANDLES)
		return false;
	CURL *c = h->spares > 0 ? h->spare[--h->spares]
				: new_handle(h->options.timeout);
	if (!c)
		return false;
	set_request(h, c, r);
	h->live[h->lives++] = c;
	if (set_url(c, r->url) &&
	    curl_multi_add_handle(h->multi, c) == CURLM_OK)
		return true;
	retire(h, c);
	return false;
}

void
http_start(struct http *h, struct request *r)
{
	size_t most = h->options.max_body;

	forget_answer(r, r->most > 0 && r->most < most ? r->most : most);
	if (send_request(h, r))
		return;
	r->result = HTTP_PASSING;
	strcpy(r->why, "no memory for another request");
	r->next = h->failed;
	h->failed = r;
}

static enum http_result
classify(CURLcode code)
{
	switch (code) {
	case CURLE_OK: return HTTP_ANSWERED;
	case CURLE_BAD_CONTENT_ENCODING: return HTTP_GARBLED;
	case CURLE_PEER_FAILED_VERIFICATION:
	case CURLE_SSL_CACERT_BADFILE:
	case CURLE_SSL_ISSUER_ERROR: return HTTP_UNTRUSTED;
	case CURLE_SSL_CERTPROBLEM:
	case CURLE_SSL_CIPHER:
	case CURLE_URL_MALFORMAT:
	case CURLE_UNSUPPORTED_PROTOCOL: return HTTP_REFUSED;
	default: return HTTP_PASSING;
	}
}

/* A page of HTML may come under any Content-Type. */
static bool
looks_like_html(const struct hs_buf *body)
{
	size_t i = 0;

	while (i < body->len && strchr(" \t\r\n", body->data[i]))
		i++;
	return i < body->len && body->data[i] == '<';
}

static void
end_request(CURL *c, CURLcode code, struct request *r)
{
	curl_off_t size = 0;
	long status = 0;

	curl_easy_getinfo(c, CURLINFO_RESPONSE_CODE, &status);
	curl_easy_getinfo(c, CURLINFO_SIZE_DOWNLOAD_T, &size);
	r->ended = hs_now();
	r->status = (int)status;
	r->received = (unsigned long long)size;
	r->head.html |= looks_like_html(&r->body);
	if (r->result == HTTP_ANSWERED)
		r->result = classify(code);
	if (r->result == HTTP_TOO_BIG)
		strcpy(r->why, "the answer is bigger than the limit");
	else if (r->result != HTTP_ANSWERED)
		strncpy(r->why, curl_easy_strerror(code), sizeof r->why - 1);
}

/* The next request that libcurl has finished, or that could not be sent. */
static struct request *
finished(struct http *h)
{
	struct request *r = h->failed;
	CURLMsg *m;
	int left;

	if (r)
		h->failed = r->next;
	while (!r && (m = curl_multi_info_read(h->multi, &left))) {
		CURL *c = m->easy_handle;

		if (m->msg != CURLMSG_DONE)
			continue;
		curl_easy_getinfo(c, CURLINFO_PRIVATE, &r);
		end_request(c, m->data.result, r);
		retire(h, c);
	}
	return r;
}

int
http_next(struct http *h, int timeout_ms, struct request **r, struct hs_err *e)
{
	int64_t until = hs_now() + timeout_ms * HS_MS;
	int running;

	for (;;) {
		if ((*r = finished(h)))
			return 1;
		if (curl_multi_perform(h->multi, &running) != CURLM_OK)
			break;
		if ((*r = finished(h)))
			return 1;
		int64_t left = (until - hs_now()) / HS_MS;
		if (left <= 0)
			return 0;
		if (curl_multi_poll(h->multi, NULL, 0, (int)left, NULL) !=
		    CURLM_OK)
			break;
	}
	return hs_err_set(e, HS_SYSTEM, "libcurl failed");
}
