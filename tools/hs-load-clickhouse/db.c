/* SPDX-FileCopyrightText: 2026 the hs-tools authors
 * SPDX-License-Identifier: MIT */
/* Statements for a server. */
#include "db.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "failure.h"

#define FAULT "address: it is clickhouse://USER@HOST/DATABASE"

/* Seconds after which a server of a cluster is down. */
#define CLUSTER_WAIT 60L

/* Settings that hold for all statements: an error comes instead of an answer,
 * not behind half of one. */
static const char settings[] =
    "wait_end_of_query=1&date_time_input_format=best_effort";
/* And of newer versions: rows are there when the server has answered; an
 * empty cell is a text; changes of columns are waited for. */
static const char modern[] = "&async_insert=0&input_format_tsv_empty_as_default"
			     "=0&mutations_sync=1&optimize_on_insert=0";
/* On a cluster: rows are on all shards, and statements are done on all of
 * them, when the server has answered; or so many seconds have passed. */
static const char cluster[] =
    "&insert_distributed_sync=1&distributed_ddl_task_timeout=";
/* Rows wait until all are there, and are one part. */
static const char one_step[] = "&min_insert_block_size_rows=1000000000000"
			       "&min_insert_block_size_bytes=1000000000000000";

/* Whether nobody but this machine sees what goes to the host. */
static bool
is_loopback(const char *host)
{
	size_t n = strcspn(host, ":");

	if (n == 9 && strncasecmp(host, "localhost", n) == 0)
		return true;
	if (strncmp(host, "[::1]", 5) == 0)
		return true;
	return n >= 9 && strncmp(host, "127.", 4) == 0 &&
	       strspn(host, "0123456789.") == n;
}

static void
put_escaped(struct hs_buf *b, const char *text)
{
	for (const char *p = text; *p; p++)
		hs_buf_printf(b, "%%%02X", (unsigned char)*p);
}

/* http://HOST:PORT/?SETTINGS */
static int
put_url(struct db *d, struct hs_buf *url, struct hs_err *e)
{
	const struct hs_address *a = &d->server.address;
	const char *host = d->server.hosts.path, *path = a->path;
	bool tls = strcmp(a->scheme, "clickhouses") == 0;
	const char *close = strchr(host, ']');

	if (!tls && strcmp(a->scheme, "clickhouse") != 0)
		return hs_err_set(e, HS_CONFIG, FAULT ", or clickhouses://");
	if (!*host)
		host = "localhost";
	for (const char *p = host; *p; p++)
		if (*p <= ' ' || *p > '~' || strchr("@/?#\\,%", *p))
			return hs_err_set(e, HS_CONFIG, FAULT);
	hs_buf_printf(url, "http%s://%s", tls ? "s" : "", host);
	if (!strchr(close ? close : host, ':'))
		hs_buf_puts(url, tls ? ":8443" : ":8123");
	hs_buf_printf(url, "/?%s%s", settings, d->modern ? modern : "");
	if (d->cluster)
		hs_buf_printf(url, "%s%s%ld",
		    d->modern ? "&distributed_ddl_output_mode=throw" : "",
		    cluster, d->wait);
	if (d->one_step)
		hs_buf_puts(url, one_step);
	path += *path == '/';
	if (*path) {
		hs_buf_puts(url, "&database=");
		put_escaped(url, path);
	}
	return hs_buf_check(url, e, "an address");
}

static int
connect_to(struct db *d, struct hs_err *e)
{
	const struct hs_server *s = &d->server;
	struct http_options o = {.user = s->user.path, .timeout = d->timeout};
	struct hs_buf url = {0};

	o.password = s->password.path;
	if (!o.password || !*o.password)
		o.password = getenv("CLICKHOUSE_PASSWORD");
	if (!o.user || !*o.user)
		o.user = getenv("CLICKHOUSE_USER");
	int rc = put_url(d, &url, e);
	if (rc == 0 && strcmp(s->address.scheme, "clickhouse") == 0 &&
	    o.password && *o.password && *s->hosts.path &&
	    !is_loopback(s->hosts.path))
		rc = hs_err_set(e, HS_CONFIG,
		    "address: plain http would show the password to the "
		    "network; use clickhouses://");
	if ((o.user && strpbrk(o.user, "\r\n")) ||
	    (o.password && strpbrk(o.password, "\r\n")))
		rc = hs_err_set(e, HS_CONFIG,
		    "user and password: a line end is in one of them");
	if (rc == 0) {
		o.url = hs_buf_str(&url);
		http_close(d->http);
		d->http = http_open(&o, e);
	}
	hs_buf_free(&url);
	return d->http ? rc : -1;
}

/* Sends a statement; what is not status 200 is a failure. */
static int
send(struct db *d, struct hs_buf *sql, enum hs_kind kind, http_more *more,
    void *data, struct hs_err *e)
{
	long status = 0;
	int rc = hs_buf_check(sql, e, "a statement");

	if (rc == 0)
		rc = http_post(d->http, hs_buf_span(sql), more, data,
		    &d->answer, &status, e);
	hs_buf_clear(sql);
	if (rc < 0 || status == 200)
		return rc;
	return failure(hs_buf_span(&d->answer), status, kind, e);
}

int
db_ask(struct db *d, struct hs_buf *sql, struct hs_err *e)
{
	return send(d, sql, HS_IO, NULL, NULL, e);
}

void
db_cell(struct hs_span *rest, struct hs_buf *b)
{
	static const char from[] = "bfnrt0", to[] = "\b\f\n\r\t\0";

	hs_buf_clear(b);
	while (rest->len > 0) {
		char c = *rest->p++;
		rest->len--;
		if (c == '\t' || c == '\n')
			break;
		if (c == '\\' && rest->len > 0) {
			c = *rest->p++;
			rest->len--;
			const char *at = c ? strchr(from, c) : NULL;
			if (at)
				c = to[at - from];
		}
		hs_buf_addc(b, c);
	}
}

int
db_numbers(struct db *d, struct hs_buf *sql, unsigned long long *v, size_t n,
    struct hs_err *e)
{
	if (db_ask(d, sql, e) < 0)
		return -1;
	const char *s = hs_buf_str(&d->answer);
	for (size_t i = 0; i < n; i++) {
		char *end = NULL;
		if (s)
			v[i] = strtoull(s, &end, 10);
		if (!s || end == s || *end != (i + 1 < n ? '\t' : '\n'))
			return hs_err_set(
			    e, HS_PROTOCOL, "the server's answer is no number");
		s = end + 1;
	}
	return 0;
}

int
db_number(
    struct db *d, struct hs_buf *sql, unsigned long long *n, struct hs_err *e)
{
	return db_numbers(d, sql, n, 1, e);
}

/* A statement for a cluster answers a row for each server, "HOST PORT STATUS
 * ERROR ...", and with errors in them it may have gone well all the same. */
static int
read_hosts(struct db *d, enum hs_kind kind, struct hs_err *e)
{
	struct hs_buf host = {0}, port = {0}, status = {0}, error = {0};
	struct hs_span rest = hs_buf_span(&d->answer), row;
	int rc = 0;

	while (rc == 0 && d->cluster && rest.len > 0) {
		const char *end = memchr(rest.p, '\n', rest.len);
		row = hs_span(
		    rest.p, end ? (size_t)(end - rest.p) + 1 : rest.len);
		rest = hs_span(rest.p + row.len, rest.len - row.len);
		db_cell(&row, &host);
		db_cell(&row, &port);
		db_cell(&row, &status);
		db_cell(&row, &error);
		rc = hs_buf_check(&status, e, "an answer");
		if (rc == 0)
			rc = hs_buf_check(&error, e, "an answer");
		if (rc < 0 || hs_span_is(hs_buf_span(&status), "0"))
			continue;
		rc = hs_span_is(hs_buf_span(&status), "N") /* \N: null */
			 ? hs_err_set(e, HS_LATER, "not done in time")
			 : failure(hs_buf_span(&error), 500, kind, e);
		hs_err_at(e, "%.*s:%.*s", (int)host.len, host.data,
		    (int)port.len, port.data);
	}
	hs_buf_free(&host);
	hs_buf_free(&port);
	hs_buf_free(&status);
	hs_buf_free(&error);
	return rc;
}

int
db_do(struct db *d, enum hs_kind kind, struct hs_buf *sql, struct hs_err *e)
{
	if (!d->dry_run)
		return send(d, sql, kind, NULL, NULL, e) < 0
			   ? -1
			   : read_hosts(d, kind, e);
	hs_buf_put(&d->out.buf, hs_buf_span(sql));
	hs_buf_puts(&d->out.buf, ";\n");
	hs_buf_clear(sql);
	return hs_out_commit(&d->out, e);
}

int
db_insert(struct db *d, struct hs_buf *sql, http_more *more, void *data,
    struct hs_err *e)
{
	if (d->dry_run)
		return db_do(d, HS_IO, sql, e);
	hs_buf_addc(sql, '\n');
	return send(d, sql, HS_IO, more, data, e);
}

void
db_put_text(struct hs_buf *b, struct hs_span text)
{
	hs_buf_addc(b, '\'');
	for (size_t i = 0; i < text.len; i++) {
		if (text.p[i] == '\'' || text.p[i] == '\\')
			hs_buf_addc(b, '\\');
		hs_buf_addc(b, text.p[i]);
	}
	hs_buf_addc(b, '\'');
}

int
db_read(struct db *d, const char *address, struct hs_err *e)
{
	hs_out_init(&d->out, STDOUT_FILENO, "standard output");
	d->wait = d->timeout < CLUSTER_WAIT ? d->timeout : CLUSTER_WAIT;
	return hs_server_read(&d->server, address, e);
}

int
db_open(struct db *d, struct hs_err *e)
{
	struct hs_buf sql = {0}, version = {0};

	if (connect_to(d, e) < 0)
		return -1;
	hs_buf_puts(&sql, "SELECT version(), currentDatabase()");
	int rc = db_ask(d, &sql, e);
	if (rc == 0) {
		struct hs_span rest = hs_buf_span(&d->answer);
		db_cell(&rest, &version);
		db_cell(&rest, &d->database);
		const char *s = hs_buf_str(&version);
		d->modern = s && strtol(s, NULL, 10) >= 22;
		if (!s || !hs_buf_str(&d->database))
			rc = hs_err_mem(e, "the server's answer");
		else if (d->database.len == 0)
			rc = hs_err_set(e, HS_PROTOCOL,
			    "the server's answer is not ClickHouse's");
	}
	hs_buf_free(&sql);
	hs_buf_free(&version);
	return rc == 0 && d->modern ? connect_to(d, e) : rc;
}

int
db_set_pace(struct db *d, enum db_pace pace, struct hs_err *e)
{
	int rc = 0;

	d->one_step = pace == DB_ONE_STEP;
	if (pace == DB_PATIENT)
		d->wait = d->timeout;
	if (pace == DB_HURRY)
		d->wait = 0;
	if (d->cluster)
		rc = connect_to(d, e);
	if (rc == 0 && pace == DB_HURRY)
		http_hurry(d->http);
	return rc;
}

void
db_close(struct db *d)
{
	http_close(d->http);
	hs_server_free(&d->server);
	hs_buf_free(&d->answer);
	hs_buf_free(&d->database);
	hs_buf_free(&d->out.buf);
}
