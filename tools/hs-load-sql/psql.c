/* SPDX-FileCopyrightText: 2026 the hs-tools authors
 * SPDX-License-Identifier: MIT */
/* psql: its arguments, and what it says. */
#include "psql.h"

#include <errno.h>
#include <string.h>

/* Adds name='value', as libpq reads it. */
static void
put_setting(struct hs_buf *b, const char *name, struct hs_span value)
{
	hs_buf_puts(b, b->len ? " " : "");
	hs_buf_puts(b, name);
	hs_buf_puts(b, "='");
	for (size_t i = 0; i < value.len; i++) {
		if (value.p[i] == '\'' || value.p[i] == '\\')
			hs_buf_addc(b, '\\');
		hs_buf_addc(b, value.p[i]);
	}
	hs_buf_addc(b, '\'');
}

/* HOST:PORT,HOST:PORT as two lists. */
static void
put_hosts(struct hs_buf *b, const char *list)
{
	struct hs_buf hosts = {0}, ports = {0};
	bool any = false;

	for (const char *p = list; *list; p++) {
		struct hs_span host = hs_span(p, strcspn(p, ","));
		p += host.len;
		struct hs_span port = hs_server_take_port(&host);
		any |= port.len > 0;
		hs_buf_put(&hosts, host);
		hs_buf_put(&ports, port);
		if (!*p)
			break;
		hs_buf_addc(&hosts, ',');
		hs_buf_addc(&ports, ',');
	}
	if (hosts.len > 0)
		put_setting(b, "host", hs_buf_span(&hosts));
	if (any)
		put_setting(b, "port", hs_buf_span(&ports));
	if (hosts.failed || ports.failed)
		b->failed = ENOMEM;
	hs_buf_free(&hosts);
	hs_buf_free(&ports);
}

static void
put_conninfo(struct hs_server *s, struct client *c)
{
	const struct hs_address *a = &s->address;
	const char *database = a->path + (a->path[0] == '/');
	struct hs_buf *b = &s->text;

	put_hosts(b, s->hosts.path);
	if (s->user.path && *s->user.path)
		put_setting(b, "user", hs_span_str(s->user.path));
	if (*database)
		put_setting(b, "dbname", hs_span_str(database));
	for (size_t i = 0; i < a->params; i++) {
		const struct hs_param *p = &a->param[i];
		if (strcmp(p->name, "password") == 0)
			client_env(c, "PGPASSWORD", p->value);
		else
			put_setting(b, p->name, hs_span_str(p->value));
	}
}

int
psql_read(struct hs_server *s, const char *address, struct hs_err *e)
{
	if (hs_server_read(s, address, e) < 0)
		return -1;
	if (hs_address_param(&s->address, "sslpassword"))
		return hs_err_set(e, HS_CONFIG,
		    "address: sslpassword would be seen by everybody; "
		    "a service file can have it");
	return 0;
}

int
psql_set(struct hs_server *s, struct client *c, struct hs_err *e)
{
	static const char *const args[] = {"-Xq", "-v", "ON_ERROR_STOP=1", "-v",
	    "VERBOSITY=verbose", "-v", "SHOW_CONTEXT=never", "-w"};
	size_t n = sizeof args / sizeof *args;

	client_env(c, "PGCLIENTENCODING", "UTF8");
	if (s->password.path && *s->password.path)
		client_env(c, "PGPASSWORD", s->password.path);
	put_conninfo(s, c);
	memcpy(c->arg, args, sizeof args);
	if (s->text.len > 0) {
		c->arg[n++] = "-d";
		c->arg[n] = hs_buf_str(&s->text);
	}
	return hs_buf_check(&s->text, e, "an address");
}

/* Whether a line reports an error, "…ERROR:  42P01: text": true, and its code
 * and text. */
static bool
find_code(struct hs_span line, struct hs_span *code, struct hs_span *text)
{
	for (size_t i = 0; i + 10 < line.len; i++) {
		const char *p = line.p + i;
		if (memcmp(p, ":  ", 3) != 0 || memcmp(p + 8, ": ", 2) != 0)
			continue;
		*code = hs_span(p + 3, 5);
		*text = hs_span(p + 10, line.len - i - 10);
		return true;
	}
	return false;
}

static bool
begins(struct hs_span text, const char *with)
{
	size_t n = strlen(with);

	return text.len >= n && memcmp(text.p, with, n) == 0;
}

static bool
has(struct hs_span text, const char *what)
{
	return memmem(text.p, text.len, what, strlen(what)) != NULL;
}

static struct hs_span
take_line(struct hs_span *rest)
{
	const char *end = memchr(rest->p, '\n', rest->len);
	size_t n = end ? (size_t)(end - rest->p) : rest->len;
	struct hs_span line = hs_span(rest->p, n);

	rest->p += end ? n + 1 : n;
	rest->len -= end ? n + 1 : n;
	return line;
}

/* The exit status for an SQLSTATE; HS065 is our own. */
static enum hs_kind
kind_of(struct hs_span code)
{
	if (begins(code, "HS"))
		return HS_DATA;
	/* insufficient_privilege; invalid authorization */
	if (begins(code, "42501") || begins(code, "28"))
		return HS_REFUSED;
	if (begins(code, "3D"))
		return HS_CONFIG;
	/* Connection lost, conflict with another transaction, out of
	 * resources, lock timeout, stopped by an operator. */
	if (begins(code, "08") || begins(code, "40") || begins(code, "53") ||
	    begins(code, "55P03") || begins(code, "57"))
		return HS_LATER;
	return HS_IO;
}

/* psql could not connect, or lost the connection. */
static enum hs_kind
kind_of_connection(struct hs_span said)
{
	static const char *const refused[] = {"authentication failed",
	    "no password supplied", "no pg_hba.conf entry", "permission denied",
	    "not permitted to log in", "role \""};
	static const char *const wrong[] = {"invalid connection option",
	    "invalid port number", "definition of service", "database \"",
	    "invalid sslmode"};

	for (size_t i = 0; i < sizeof refused / sizeof *refused; i++)
		if (has(said, refused[i]))
			return HS_REFUSED;
	for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++)
		if (has(said, wrong[i]))
			return HS_CONFIG;
	return HS_LATER;
}

/* Adds a line of the server's message: what follows "psql: error: ", and the
 * lines that explain it. */
static void
put_line(struct hs_buf *b, struct hs_span line)
{
	static const char *const heads[] = {
	    "psql: error: ", "DETAIL:  ", "HINT:  ", "\t"};

	for (size_t i = 0; i < sizeof heads / sizeof *heads; i++)
		if (begins(line, heads[i])) {
			line.p += strlen(heads[i]);
			line.len -= strlen(heads[i]);
		}
	if (line.len == 0)
		return;
	hs_buf_puts(b, b->len ? "; " : "");
	hs_buf_put(b, line);
}

/* The line that points into the statement. */
static bool
is_caret(struct hs_span line)
{
	size_t blank = 0;

	while (blank < line.len && line.p[blank] == ' ')
		blank++;
	return blank + 1 == line.len && line.p[blank] == '^';
}

/* Whether the line only says where: in the server's source, in the script. */
static bool
is_place(struct hs_span line)
{
	return begins(line, "LOCATION:") || begins(line, "LINE ") ||
	       begins(line, "CONTEXT:") || begins(line, "hs-load-sql: ") ||
	       has(line, "reached EOF without") || is_caret(line);
}

bool
psql_failure(int status, struct hs_span said, struct hs_err *e)
{
	struct hs_span rest = said, code = {0}, text;
	struct hs_buf b = {0};
	enum hs_kind kind = HS_IO;

	while (rest.len > 0) {
		struct hs_span line = take_line(&rest);
		if (code.len == 0 && find_code(line, &code, &text)) {
			hs_buf_clear(&b);
			line = text;
			kind = kind_of(code);
		}
		if (!is_place(line))
			put_line(&b, line);
	}
	if (code.len == 0 && status == 2)
		kind = kind_of_connection(said);
	bool why = b.len > 0;
	if (why)
		hs_err_set(e, kind, "%.*s", (int)b.len, b.data);
	else
		hs_err_set(e, kind, "psql ended with status %d", status);
	hs_buf_free(&b);
	return why;
}
