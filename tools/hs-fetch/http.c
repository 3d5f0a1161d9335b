/* SPDX-FileCopyrightText: 2026 the hs-tools authors
 * SPDX-License-Identifier: MIT */
/* Requests over libcurl's multi interface, in a thread of their own. */
#include "http.h"

#include <pthread.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "transfer.h"

#define HANDLES 64
#define NAP_MS 10000 /* libcurl knows better when it has something to do */

/* Requests in the order they came. */
struct line {
	struct hs_request *first, *last;
};

struct hs_http {
	/* The thread's alone while it runs. */
	CURLM *multi;
	struct curl_slist *headers;	 /* of a GET */
	struct curl_slist *post_headers; /* of a POST */
	struct hs_http_options options;
	CURL *spare[HANDLES]; /* handles to use again */
	int spares;
	CURL *live[HANDLES]; /* requests under way */
	int lives;

	/* Both threads', by the lock. */
	pthread_mutex_t lock;
	pthread_cond_t news;  /* the thread has something to say */
	pthread_cond_t work;  /* there is something to do for it */
	struct line asked;    /* to be sent */
	struct line answered; /* to be handed back */
	bool polling;	      /* libcurl has to be woken to look here */
	bool drop;	      /* forget everything, then unset this */
	bool stop;
	bool failed; /* libcurl is of no use any more */

	pthread_t thread;
	bool running;
};

static void
push(struct line *l, struct hs_request *r)
{
	r->next = NULL;
	if (l->first == NULL)
		l->first = r;
	else
		l->last->next = r;
	l->last = r;
}

static struct hs_request *
shift(struct line *l)
{
	struct hs_request *r = l->first;

	if (r != NULL)
		l->first = r->next;
	return r;
}

static void
remove_handle(struct hs_http *h, CURL *c)
{
	curl_multi_remove_handle(h->multi, c);
	for (int i = 0; i < h->lives; i++)
		if (h->live[i] == c)
			h->live[i--] = h->live[--h->lives];
	if (h->spares < HANDLES)
		h->spare[h->spares++] = c;
	else
		curl_easy_cleanup(c);
}

/* Sends the request; false when that is impossible just now. */
static bool
begin(struct hs_http *h, struct hs_request *r)
{
	CURL *c = h->spares > 0	       ? h->spare[--h->spares]
		  : h->lives < HANDLES ? hs_transfer_new(h->options.timeout)
				       : NULL;

	if (c == NULL)
		return false;
	hs_transfer_begin(
	    c, r, h->options.max_body, r->post ? h->post_headers : h->headers);
	h->live[h->lives++] = c;
	if (curl_multi_add_handle(h->multi, c) == CURLM_OK)
		return true;
	remove_handle(h, c);
	return false;
}

/* Sends what was asked for; done gets what can't be. */
static void
begin_all(struct hs_http *h, struct line *asked, struct line *done)
{
	struct hs_request *r;

	while ((r = shift(asked)) != NULL) {
		if (begin(h, r))
			continue;
		hs_transfer_refuse(r, "no memory for another request");
		push(done, r);
	}
}

/* Asks for what was to follow r, if that may be now. */
static void
follow(struct hs_http *h, struct hs_request *r, struct line *asked)
{
	struct hs_request *next;

	if (r->result != HS_HTTP_ANSWERED || r->status / 100 != 2)
		return;
	pthread_mutex_lock(&h->lock);
	next = r->follower;
	r->followed =
	    next != NULL && r->ended < r->follow_until && next->ready(next, r);
	pthread_mutex_unlock(&h->lock);
	if (r->followed)
		push(asked, next);
}

static void
collect(struct hs_http *h, struct line *asked, struct line *done)
{
	struct hs_request *r = NULL;
	CURLMsg *m;
	int left;

	while ((m = curl_multi_info_read(h->multi, &left)) != NULL) {
		CURL *c = m->easy_handle;

		if (m->msg != CURLMSG_DONE)
			continue;
		curl_easy_getinfo(c, CURLINFO_PRIVATE, &r);
		hs_transfer_end(c, m->data.result, r);
		remove_handle(h, c);
		follow(h, r, asked);
		push(done, r);
	}
}

static void
drop(struct hs_http *h)
{
	while (h->lives > 0)
		remove_handle(h, h->live[0]);
	h->asked = h->answered = (struct line){0};
	h->drop = false;
	pthread_cond_signal(&h->news);
}

/* Hands over what is done.  Signals are given without the lock, which the
 * other thread wants then. */
static void
hand_over(struct hs_http *h, struct line *done, bool ok)
{
	struct hs_request *r;

	if (done->first == NULL && ok)
		return;
	pthread_mutex_lock(&h->lock);
	while ((r = shift(done)) != NULL)
		push(&h->answered, r);
	h->failed = h->failed || !ok;
	pthread_mutex_unlock(&h->lock);
	pthread_cond_signal(&h->news);
}

/* Takes what is asked; waits for it when nothing is under way.  false at the
 * end. */
static bool
take(struct hs_http *h, struct line *asked)
{
	bool go_on;

	pthread_mutex_lock(&h->lock);
	h->polling = false;
	while (h->asked.first == NULL && h->lives == 0 && !h->drop && !h->stop)
		pthread_cond_wait(&h->work, &h->lock);
	if (h->drop)
		drop(h);
	*asked = h->asked;
	h->asked = (struct line){0};
	go_on = !h->stop;
	h->polling = go_on && asked->first == NULL;
	pthread_mutex_unlock(&h->lock);
	return go_on;
}

static void *
work(void *user)
{
	struct hs_http *h = user;
	struct line asked, done = {0};
	bool ok = true;
	int running;

	while (take(h, &asked)) {
		if (asked.first == NULL && curl_multi_poll(h->multi, NULL, 0,
					       NAP_MS, NULL) != CURLM_OK)
			ok = false;
		do {
			begin_all(h, &asked, &done);
			if (curl_multi_perform(h->multi, &running) != CURLM_OK)
				ok = false;
			collect(h, &asked, &done);
			hand_over(h, &done, ok);
		} while (asked.first != NULL);
	}
	return NULL;
}

/* Signals are the first thread's, and a connection that breaks is no reason
 * to die of SIGPIPE. */
static bool
start_thread(struct hs_http *h)
{
	pthread_condattr_t clock;
	sigset_t all, before;

	pthread_mutex_init(&h->lock, NULL);
	pthread_condattr_init(&clock);
	pthread_condattr_setclock(&clock, CLOCK_MONOTONIC);
	pthread_cond_init(&h->news, &clock);
	pthread_cond_init(&h->work, NULL);
	pthread_condattr_destroy(&clock);
	sigfillset(&all);
	pthread_sigmask(SIG_SETMASK, &all, &before);
	h->running = pthread_create(&h->thread, NULL, work, h) == 0;
	pthread_sigmask(SIG_SETMASK, &before, NULL);
	return h->running;
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
	h->headers = hs_transfer_headers(o->token, false);
	h->post_headers = hs_transfer_headers(o->token, true);
	h->options.token = NULL;
	if (h->multi == NULL || h->headers == NULL || h->post_headers == NULL)
		goto fail;
	curl_multi_setopt(h->multi, CURLMOPT_MAXCONNECTS, (long)o->connections);
	curl_multi_setopt(
	    h->multi, CURLMOPT_MAX_HOST_CONNECTIONS, (long)o->connections);
	if (start_thread(h))
		return h;
fail:
	hs_http_free(h);
	hs_err_set(e, HS_SYSTEM, "libcurl can't be started");
	return NULL;
}

/* The lock is held, and released here. */
static void
unlock_and_wake(struct hs_http *h)
{
	bool polling = h->polling;

	h->polling = false;
	pthread_mutex_unlock(&h->lock);
	if (polling)
		curl_multi_wakeup(h->multi);
	else
		pthread_cond_signal(&h->work);
}

void
hs_http_start(struct hs_http *h, struct hs_request *r)
{
	r->follower = NULL;
	r->followed = false;
	pthread_mutex_lock(&h->lock);
	push(&h->asked, r);
	unlock_and_wake(h);
}

void
hs_http_follow(struct hs_http *h, struct hs_request *r, struct hs_request *next,
    int64_t until)
{
	pthread_mutex_lock(&h->lock);
	if (!r->followed) {
		if (next != NULL) {
			next->follower = NULL;
			next->followed = false;
		}
		r->follower = next;
		r->follow_until = until;
	}
	pthread_mutex_unlock(&h->lock);
}

static struct timespec
in_ms(int ms)
{
	struct timespec t;

	clock_gettime(CLOCK_MONOTONIC, &t);
	t.tv_sec += ms / 1000;
	t.tv_nsec += ms % 1000 * 1000000L;
	if (t.tv_nsec >= 1000000000L) {
		t.tv_sec++;
		t.tv_nsec -= 1000000000L;
	}
	return t;
}

int
hs_http_next(
    struct hs_http *h, int timeout_ms, struct hs_request **r, struct hs_err *e)
{
	struct timespec until = in_ms(timeout_ms);
	bool failed;

	pthread_mutex_lock(&h->lock);
	while (h->answered.first == NULL && !h->failed &&
	       pthread_cond_timedwait(&h->news, &h->lock, &until) == 0)
		;
	*r = shift(&h->answered);
	failed = h->failed;
	pthread_mutex_unlock(&h->lock);
	if (*r == NULL && failed)
		return hs_err_set(e, HS_SYSTEM, "libcurl failed");
	return *r != NULL;
}

void
hs_http_drop(struct hs_http *h)
{
	pthread_mutex_lock(&h->lock);
	h->drop = true;
	unlock_and_wake(h);
	pthread_mutex_lock(&h->lock);
	while (h->drop)
		pthread_cond_wait(&h->news, &h->lock);
	pthread_mutex_unlock(&h->lock);
}

static void
stop_thread(struct hs_http *h)
{
	pthread_mutex_lock(&h->lock);
	h->stop = h->drop = true;
	unlock_and_wake(h);
	pthread_join(h->thread, NULL);
}

void
hs_http_free(struct hs_http *h)
{
	if (h == NULL)
		return;
	if (h->running)
		stop_thread(h);
	for (int i = 0; i < h->spares; i++)
		curl_easy_cleanup(h->spare[i]);
	if (h->multi != NULL)
		curl_multi_cleanup(h->multi);
	hs_transfer_wipe(h->headers);
	hs_transfer_wipe(h->post_headers);
	curl_global_cleanup();
	free(h);
}
