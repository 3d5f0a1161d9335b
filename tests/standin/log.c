/* SPDX-FileCopyrightText: 2026 the hs-tools authors
 * SPDX-License-Identifier: MIT */
/* The log of requests. */
#include "log.h"

#include <arpa/inet.h>
#include <fcntl.h>
#include <microhttpd.h>
#include <netinet/in.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "server.h"

int
log_open(struct log *l, const char *file)
{
	pthread_mutex_init(&l->lock, NULL);
	l->start = now_ms();
	l->fd = -1;
	if (file == NULL)
		return 0;
	l->fd = open(
	    file, O_WRONLY | O_CREAT | O_TRUNC | O_APPEND | O_CLOEXEC, 0644);
	return l->fd < 0 ? -1 : 0;
}

static unsigned
client_port(const struct request *r)
{
	const union MHD_ConnectionInfo *info = MHD_get_connection_info(
	    r->connection, MHD_CONNECTION_INFO_CLIENT_ADDRESS);

	if (info == NULL || info->client_addr->sa_family != AF_INET)
		return 0;
	struct sockaddr_in in;
	memcpy(&in, info->client_addr, sizeof(in));
	return ntohs(in.sin_port);
}

static void
add_text(struct bytes *b, const char *name, const char *text)
{
	bytes_fmt(b, ",\"%s\":", name);
	if (text == NULL)
		bytes_lit(b, "null");
	else
		bytes_json(b, text, strlen(text));
}

void
log_request(
    struct log *l, const struct request *r, unsigned status, uint64_t bytes)
{
	struct bytes b = {0};

	if (l->fd < 0)
		return;
	pthread_mutex_lock(&l->lock);
	bytes_fmt(&b, "{\"n\":%llu,\"t\":%lld,\"port\":%u",
	    (unsigned long long)++l->n, (long long)(now_ms() - l->start),
	    client_port(r));
	add_text(&b, "method", r->method);
	add_text(&b, "path", r->path);
	add_text(&b, "query", r->query);
	bytes_fmt(&b, ",\"body\":%zu,\"status\":%u,\"bytes\":%llu", r->body.len,
	    status, (unsigned long long)bytes);
	add_text(&b, "fault", r->fault ? r->fault->text : NULL);
	bytes_lit(&b, "}\n");
	if (write(l->fd, b.at, b.len) != (ssize_t)b.len)
		perror("standin: log");
	pthread_mutex_unlock(&l->lock);
	bytes_free(&b);
}

void
log_close(struct log *l)
{
	if (l->fd >= 0)
		close(l->fd);
	pthread_mutex_destroy(&l->lock);
}
