/* SPDX-FileCopyrightText: 2026 the hs-tools authors
 * SPDX-License-Identifier: MIT */
/* mariadb and mysql: their arguments, and what they say. */
#include "mysql-client.h"

#include <stdlib.h>
#include <string.h>

int
mysql_read(struct hs_server *s, const char *address, struct hs_err *e)
{
	const struct hs_address *a = &s->address;

	if (hs_server_read(s, address, e) < 0)
		return -1;
	if (strlen(a->path) < 2)
		return hs_err_set(e, HS_CONFIG,
		    "address: it names no database: %s://USER@HOST/DATABASE",
		    a->scheme);
	for (size_t i = 0; i < a->params; i++)
		if (strcmp(a->param[i].name, "socket") != 0 &&
		    strcmp(a->param[i].name, "password") != 0)
			return hs_err_set(e, HS_CONFIG,
			    "address: no parameter %s; there are socket and "
			    "password, and the client's options file has the "
			    "rest",
			    a->param[i].name);
	return 0;
}

/* Adds an argument to the text; it ends with a NUL. */
static void
add(struct hs_server *s, const char *option, struct hs_span value)
{
	if (value.len == 0)
		return;
	hs_buf_puts(&s->text, option);
	hs_buf_put(&s->text, value);
	hs_buf_addc(&s->text, '\0');
}

/* Of its options file the client takes what the address and the script leave
 * open. */
int
mysql_set(struct hs_server *s, struct client *c, struct hs_err *e)
{
	static const char *const args[] = {"-BNr", "--skip-reconnect",
	    "--skip-force", "--skip-auto-rehash", "--local-infile=1",
	    "--max-allowed-packet=1G", "--default-character-set=utf8mb4"};
	const struct hs_address *a = &s->address;
	const struct hs_param *socket = hs_address_param(a, "socket");
	const struct hs_param *secret = hs_address_param(a, "password");
	size_t n = sizeof args / sizeof *args;
	struct hs_span host = hs_span_str(s->hosts.path);
	struct hs_span port = hs_server_take_port(&host);

	if (s->password.path && *s->password.path)
		client_env(c, "MYSQL_PWD", s->password.path);
	if (secret)
		client_env(c, "MYSQL_PWD", secret->value);
	add(s, "--database=", hs_span_str(a->path + 1));
	add(s, "--host=", host);
	add(s, "--port=", port);
	if (port.len > 0)
		add(s, "--protocol=", hs_span_str("tcp"));
	add(s, "--user=", hs_span_str(s->user.path ? s->user.path : ""));
	add(s, "--socket=", hs_span_str(socket ? socket->value : ""));
	if (hs_buf_check(&s->text, e, "an address") < 0)
		return -1;
	memcpy(c->arg, args, sizeof args);
	const char *end = s->text.data + s->text.len;
	for (const char *p = s->text.data; p < end; p += strlen(p) + 1)
		c->arg[n++] = p;
	return 0;
}

/* The exit status for a number of the server's or, from 2000 on, the
 * client's. */
static enum hs_kind
kind_of(long number)
{
	static const struct {
		short number;
		enum hs_kind kind;
	} known[] = {{1040, HS_LATER}, {1053, HS_LATER}, {1114, HS_LATER},
	    {1203, HS_LATER}, {1205, HS_LATER}, {1213, HS_LATER},
	    {1226, HS_LATER}, {1317, HS_LATER}, {1927, HS_LATER},
	    {1969, HS_LATER}, {1044, HS_REFUSED}, {1045, HS_REFUSED},
	    {1142, HS_REFUSED}, {1143, HS_REFUSED}, {1227, HS_REFUSED},
	    {1698, HS_REFUSED}, {1049, HS_CONFIG}};

	for (size_t i = 0; i < sizeof known / sizeof *known; i++)
		if (number == known[i].number)
			return known[i].kind;
	return number >= 2000 && number < 2100 ? HS_LATER : HS_IO;
}

/* The last line that reports an error, "ERROR 1146 (42S02) at line 5: text".
 * Others may be lines of the statement, which are somebody's data. */
static struct hs_span
error_line(struct hs_span said)
{
	static const char head[] = "ERROR ";
	struct hs_span found = {0};

	while (said.len > 0) {
		const char *end = memchr(said.p, '\n', said.len);
		size_t len = end ? (size_t)(end - said.p) : said.len;
		if (len >= sizeof head - 1 &&
		    memcmp(said.p, head, sizeof head - 1) == 0)
			found = hs_span(said.p, len);
		len += end != NULL;
		said = hs_span(said.p + len, said.len - len);
	}
	return found;
}

bool
mysql_failure(int status, struct hs_span said, struct hs_err *e)
{
	static const char own[] = "hs-load-sql: ";
	struct hs_span line = error_line(said);
	const char *at = line.len ? memmem(line.p, line.len, ": ", 2) : NULL;

	if (!at) {
		hs_err_set(e, HS_IO, "the client ended with status %d", status);
		return false;
	}
	enum hs_kind kind = kind_of(strtol(line.p + 6, NULL, 10));
	line.len -= (size_t)(at + 2 - line.p);
	line.p = at + 2;
	at = memmem(line.p, line.len, own, sizeof own - 1);
	if (at) {
		kind = memmem(line.p, line.len, "try again", 9) ? HS_LATER
								: HS_DATA;
		at += sizeof own - 1;
		line = hs_span(at, line.len - (size_t)(at - line.p));
	}
	hs_err_set(e, kind, "%.*s", (int)line.len, line.p);
	return true;
}
