/* SPDX-FileCopyrightText: 2026 the hs-tools authors
 * SPDX-License-Identifier: MIT */
/* Sending answers: in one piece from memory, or badly through a reader that
 * the library calls for each next part. */
#include "send.h"

#include <microhttpd.h>
#include <poll.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "answer.h"
#include "pack.h"
#include "server.h"

#define PART 65536
#define DIED 9
#ifndef POLLRDHUP /* a Linux word: elsewhere a stall sees only errors */
#define POLLRDHUP 0
#endif

/* A body that may be far longer than memory: head, a filling, tail. */
struct sender {
	struct server *server;
	const struct fault *fault;
	int fd;
	struct bytes head;
	uint64_t fill;
	char filling;
	const char *tail;
	uint64_t limit; /* where it goes wrong */
};

static int
socket_of(const struct request *r)
{
	const union MHD_ConnectionInfo *info = MHD_get_connection_info(
	    r->connection, MHD_CONNECTION_INFO_CONNECTION_FD);

	return info->connect_fd;
}

static uint64_t
sender_size(const struct sender *s)
{
	return s->head.len + s->fill + strlen(s->tail);
}

static size_t
sender_copy(const struct sender *s, uint64_t pos, char *to, size_t n)
{
	uint64_t tail = s->head.len + s->fill;

	if (pos < s->head.len) {
		if (n > s->head.len - pos)
			n = s->head.len - pos;
		memcpy(to, s->head.at + pos, n);
	} else if (pos < tail) {
		if (n > tail - pos)
			n = tail - pos;
		memset(to, s->filling, n);
	} else {
		if (n > strlen(s->tail) - (pos - tail))
			n = strlen(s->tail) - (pos - tail);
		memcpy(to, s->tail + (pos - tail), n);
	}
	return n;
}

/* Until the client gives up, or the server ends. */
static void
stall(const struct sender *s)
{
	struct pollfd p = {.fd = s->fd, .events = POLLRDHUP};

	while (!s->server->stop) {
		if (poll(&p, 1, 50) > 0)
			return;
	}
}

static ssize_t
sender_read(void *context, uint64_t pos, char *to, size_t max)
{
	struct sender *s = context;
	enum fault_sending how = s->fault->sending;

	if (pos >= s->limit) {
		if (how == SEND_EXIT)
			_exit(DIED);
		if (how == SEND_STALL)
			stall(s);
		if (how == SEND_HUGE || how == SEND_SPACES || how == SEND_DRIP)
			return MHD_CONTENT_READER_END_OF_STREAM;
		return MHD_CONTENT_READER_END_WITH_ERROR;
	}
	if (how == SEND_DRIP) {
		server_sleep(s->server, (unsigned)s->fault->pause);
		if (s->server->stop)
			return MHD_CONTENT_READER_END_WITH_ERROR;
		if (max > s->fault->size)
			max = s->fault->size;
	}
	if (max > s->limit - pos)
		max = s->limit - pos;
	return (ssize_t)sender_copy(s, pos, to, max);
}

static void
sender_free(void *context)
{
	struct sender *s = context;

	bytes_free(&s->head);
	free(s);
}

static void
fill(struct sender *s, const char *head, char filling, const char *tail)
{
	bytes_free(&s->head);
	bytes_str(&s->head, head);
	s->fill = s->fault->size;
	s->filling = filling;
	s->tail = tail;
}

static struct MHD_Response *
wrong_response(struct request *r, struct answer *a)
{
	const struct fault *f = r->fault;
	struct sender *s = calloc(1, sizeof(*s));

	*s = (struct sender){
	    .server = r->server, .fault = f, .fd = socket_of(r), .tail = ""};
	s->head = a->body;
	a->body = (struct bytes){0};
	if (f->sending == SEND_HUGE)
		fill(s,
		    "{\"results\":[{\"id\":\"1\",\"properties\":{\"huge\":\"",
		    'x', "\"}}]}");
	else if (f->sending == SEND_SPACES)
		fill(s, "{\"results\":[", ' ', "]}");
	uint64_t size = sender_size(s);
	s->limit = f->size < size ? f->size : size;
	if (f->sending == SEND_EXIT && f->size == UINT64_MAX)
		s->limit = size / 2;
	if (f->sending == SEND_HUGE || f->sending == SEND_SPACES ||
	    f->sending == SEND_DRIP)
		s->limit = size;
	if (f->sending == SEND_CHUNKED || f->sending == SEND_HUGE ||
	    f->sending == SEND_SPACES)
		size = MHD_SIZE_UNKNOWN;
	return MHD_create_response_from_callback(
	    size, PART, sender_read, s, sender_free);
}

static struct MHD_Response *
right_response(struct answer *a)
{
	struct bytes *b = &a->body;

	if (b->len == 0)
		return MHD_create_response_from_buffer(
		    0, "", MHD_RESPMEM_PERSISTENT);
	struct MHD_Response *m = MHD_create_response_from_buffer(
	    b->len, b->at, MHD_RESPMEM_MUST_FREE);
	*b = (struct bytes){0};
	return m;
}

/* Faults of the body that still go out in one piece. */
static bool
change_body(const struct fault *f, struct answer *a)
{
	struct bytes packed = {0};

	if (f->sending == SEND_SHORT) {
		size_t n = f->size == UINT64_MAX ? a->body.len / 2 : f->size;
		if (n < a->body.len)
			a->body.len = n;
		return true;
	}
	if (f->sending == SEND_BOMB) {
		pack_bomb(&packed);
	} else if (f->sending == SEND_BADGZIP) {
		pack(&packed, &a->body);
		pack_break(&packed);
	} else {
		return false;
	}
	bytes_free(&a->body);
	a->body = packed;
	a->encoding = "gzip";
	return true;
}

static bool
wants_gzip(const struct request *r)
{
	const char *accepted = MHD_lookup_connection_value(
	    r->connection, MHD_HEADER_KIND, "Accept-Encoding");

	return r->server->manner.gzip && accepted != NULL &&
	       strstr(accepted, "gzip") != NULL;
}

static void
pack_answer(const struct request *r, struct answer *a)
{
	struct bytes packed = {0};

	if (a->body.len == 0 || a->encoding != NULL || !wants_gzip(r))
		return;
	pack(&packed, &a->body);
	bytes_free(&a->body);
	a->body = packed;
	a->encoding = "gzip";
}

static void
add_headers(struct MHD_Response *m, const struct answer *a)
{
	const char *type = a->type ? a->type : "application/json;charset=utf-8";

	if (!a->untyped)
		MHD_add_response_header(m, "Content-Type", type);
	if (a->encoding != NULL)
		MHD_add_response_header(m, "Content-Encoding", a->encoding);
	for (unsigned i = 0; i < a->nheaders; i++)
		MHD_add_response_header(
		    m, a->headers[i].name, a->headers[i].value);
}

/* Dissolving the association makes the kernel send a reset. */
static void
reset(const struct request *r)
{
	struct sockaddr none = {.sa_family = AF_UNSPEC};
	int fd = socket_of(r);

	if (connect(fd, &none, sizeof(none)) != 0)
		shutdown(fd, SHUT_RDWR);
}

static int
queue(struct request *r, struct answer *a, struct MHD_Response *m)
{
	if (m == NULL)
		return 0;
	add_headers(m, a);
	int queued = MHD_queue_response(r->connection, a->status, m) == MHD_YES;
	MHD_destroy_response(m);
	return queued;
}

static int
send_page(struct request *r, struct answer *a)
{
	const struct bytes *b = &a->page->body;

	if (a->page->packed.len > 0 && wants_gzip(r)) {
		b = &a->page->packed;
		a->encoding = "gzip";
	}
	log_request(&r->server->log, r, a->status, b->len);
	return queue(r, a,
	    MHD_create_response_from_buffer(
		b->len, b->at, MHD_RESPMEM_PERSISTENT));
}

static int
send_wrong(struct request *r, struct answer *a)
{
	const struct fault *f = r->fault;

	fault_reply(f, a);
	server_sleep(r->server, (unsigned)f->delay);
	if (f->sending == SEND_RESET) {
		log_request(&r->server->log, r, 0, 0);
		reset(r);
		return 0;
	}
	bool whole = change_body(f, a) || f->sending == SEND_WHOLE;
	if (f->sending != SEND_HUGE && f->sending != SEND_SPACES)
		pack_answer(r, a);
	log_request(&r->server->log, r, a->status, a->body.len);
	return queue(r, a, whole ? right_response(a) : wrong_response(r, a));
}

int
send_answer(struct request *r, struct answer *a)
{
	if (a->page != NULL && r->fault == NULL)
		return send_page(r, a);
	if (a->page != NULL)
		bytes_add(&a->body, a->page->body.at, a->page->body.len);
	a->page = NULL;
	if (r->fault != NULL)
		return send_wrong(r, a);
	pack_answer(r, a);
	log_request(&r->server->log, r, a->status, a->body.len);
	return queue(r, a, right_response(a));
}
