/* SPDX-FileCopyrightText: 2026 the hs-tools authors
 * SPDX-License-Identifier: MIT */
/* Requests as they come in, up to their answer. */
#include "listen.h"

#include <arpa/inet.h>
#include <microhttpd.h>
#include <netinet/in.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "answer.h"
#include "auth.h"
#include "send.h"
#include "serve.h"
#include "server.h"

#define URI_MAX 16200 /* what HubSpot's edge takes (observed by others) */
#define BODY_MAX (64 << 20)
#define MEMORY (64 << 10) /* a request's head has to fit */
#define NAP_MS 20

int64_t
now_ms(void)
{
	struct timespec t;

	clock_gettime(CLOCK_MONOTONIC, &t);
	return t.tv_sec * 1000LL + t.tv_nsec / 1000000;
}

void
server_sleep(struct server *s, unsigned ms)
{
	while (ms > 0 && !s->stop) {
		unsigned nap = ms < NAP_MS ? ms : NAP_MS;
		struct timespec t = {.tv_nsec = nap * 1000000L};
		nanosleep(&t, NULL);
		ms -= nap;
	}
}

static void
serve(struct request *r, struct answer *a)
{
	static void (*const serve_endpoint[])(
	    struct request *, struct answer *) = {
	    [ENDPOINT_LIST] = serve_list,
	    [ENDPOINT_RECORD] = serve_record,
	    [ENDPOINT_BATCH] = serve_batch,
	    [ENDPOINT_SEARCH] = serve_search,
	    [ENDPOINT_PROPERTIES] = serve_properties,
	    [ENDPOINT_PROPERTY] = serve_property,
	    [ENDPOINT_SCHEMAS] = serve_schemas,
	    [ENDPOINT_SCHEMA] = serve_schema,
	    [ENDPOINT_LINKS] = serve_links,
	    [ENDPOINT_LINKS_BATCH] = serve_links_batch,
	    [ENDPOINT_USAGE] = serve_usage,
	    [ENDPOINT_ACCOUNT] = serve_account,
	    [ENDPOINT_OWNERS] = serve_owners,
	    [ENDPOINT_PIPELINES] = serve_pipelines,
	    [ENDPOINT_OBJECTS] = serve_objects,
	    [ENDPOINT_LISTS] = serve_lists,
	    [ENDPOINT_MEMBERSHIPS] = serve_memberships,
	    [ENDPOINT_TEAMS] = serve_teams,
	};
	enum endpoint e = r->route.endpoint;

	if (files_serve(r, a))
		return;
	if (e != ENDPOINT_NONE)
		serve_endpoint[e](r, a);
	else if (r->route.other_method)
		answer_error(a, 405, NULL, "Method Not Allowed");
	else
		answer_error(a, 404, NULL, "resource not found");
}

static enum MHD_Result
answer_request(struct request *r)
{
	struct server *s = r->server;
	struct answer a = {.status = 200};

	route_find(&r->route, r->method, r->path);
	r->fault = fault_due(&s->faults, r);
	server_sleep(s, s->manner.latency);
	if (strlen(r->path) + strlen(r->query) > URI_MAX) {
		a.status = 414;
		a.type = "text/html";
		bytes_lit(&a.body,
		    "<html><head><title>414 Request-URI Too Large</title>"
		    "</head><body></body></html>\n");
	} else if (auth_pass(r, &a) &&
		   limits_pass(
		       &s->limits, &a, r->route.endpoint == ENDPOINT_SEARCH)) {
		serve(r, &a);
	}
	int queued = send_answer(r, &a);
	answer_free(&a);
	return queued ? MHD_YES : MHD_NO;
}

/* Called with the raw URI, before the library takes it apart. */
static void *
request_begin(void *context, const char *uri, struct MHD_Connection *c)
{
	struct request *r = calloc(1, sizeof(*r));
	size_t n = strcspn(uri, "?");

	r->server = context;
	r->connection = c;
	r->path = strndup(uri, n);
	r->query = strdup(uri[n] ? uri + n + 1 : "");
	return r;
}

static enum MHD_Result
request_go_on(void *context, struct MHD_Connection *c, const char *url,
    const char *method, const char *version, const char *data, size_t *size,
    void **request)
{
	struct request *r = *request;

	(void)context;
	(void)c;
	(void)url;
	(void)version;
	r->method = method;
	if (!r->begun) {
		r->begun = true;
		return MHD_YES;
	}
	if (*size > 0) {
		if (r->body.len + *size > BODY_MAX)
			return MHD_NO;
		bytes_add(&r->body, data, *size);
		*size = 0;
		return MHD_YES;
	}
	return answer_request(r);
}

static void
request_end(void *context, struct MHD_Connection *c, void **request,
    enum MHD_RequestTerminationCode why)
{
	struct request *r = *request;

	(void)context;
	(void)c;
	(void)why;
	if (r == NULL)
		return;
	bytes_free(&r->body);
	free(r->path);
	free(r->query);
	free(r);
	*request = NULL;
}

struct MHD_Daemon *
listen_start(struct server *s, unsigned short *port)
{
	struct sockaddr_in at = {.sin_family = AF_INET,
	    .sin_port = htons(*port),
	    .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
	struct MHD_Daemon *d = MHD_start_daemon(
	    MHD_USE_AUTO | MHD_USE_INTERNAL_POLLING_THREAD |
		MHD_USE_THREAD_PER_CONNECTION,
	    *port, NULL, NULL, request_go_on, s, MHD_OPTION_SOCK_ADDR,
	    (struct sockaddr *)&at, MHD_OPTION_URI_LOG_CALLBACK, request_begin,
	    s, MHD_OPTION_NOTIFY_COMPLETED, request_end, NULL,
	    MHD_OPTION_CONNECTION_MEMORY_LIMIT, (size_t)MEMORY, MHD_OPTION_END);
	if (d == NULL)
		return NULL;
	*port = MHD_get_daemon_info(d, MHD_DAEMON_INFO_BIND_PORT)->port;
	return d;
}

void
listen_stop(struct server *s, struct MHD_Daemon *d)
{
	s->stop = true;
	MHD_stop_daemon(d);
}
