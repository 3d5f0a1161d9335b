/* SPDX-FileCopyrightText: 2026 the hs-tools authors
 * SPDX-License-Identifier: MIT */
/* Addresses of servers. */
#include "server.h"

#include <stdlib.h>
#include <string.h>

/* Fills in the variables of a part of the address. */
static int
expand(struct hs_address *part, struct hs_span text, struct hs_err *e)
{
	struct hs_buf b = {0};

	hs_buf_puts(&b, "x:");
	hs_buf_put(&b, text);
	const char *s = hs_buf_str(&b);
	int rc = s ? hs_address_parse(part, s, true, e)
		   : hs_err_mem(e, "an address");
	if (b.data)
		explicit_bzero(b.data, b.len);
	hs_buf_free(&b);
	return rc;
}

/* Splits USER:PASSWORD@HOSTS as it is written, so that what a variable holds
 * is no punctuation. */
static int
read_authority(struct hs_server *s, const char *p, struct hs_err *e)
{
	struct hs_span all = hs_span(p, strcspn(p, "/?"));
	const char *at = memrchr(all.p, '@', all.len);
	struct hs_span hosts = all;

	if (at) {
		size_t n = (size_t)(at - all.p);
		const char *colon = memchr(all.p, ':', n);
		struct hs_span user = hs_span(all.p, n);
		if (colon) {
			user.len = (size_t)(colon - all.p);
			struct hs_span secret =
			    hs_span(colon + 1, (size_t)(at - colon) - 1);
			s->exposed |= secret.len > 0 &&
				      !memchr(secret.p, '{', secret.len);
			if (expand(&s->password, secret, e) < 0)
				return -1;
		}
		if (expand(&s->user, user, e) < 0)
			return -1;
		hosts = hs_span(at + 1, all.len - n - 1);
	}
	return expand(&s->hosts, hosts, e);
}

int
hs_server_read(struct hs_server *s, const char *address, struct hs_err *e)
{
	if (hs_address_parse(&s->address, address, true, e) < 0)
		return -1;
	const char *rest = strchr(address, ':') + 1;
	if (strncmp(rest, "//", 2) != 0)
		return hs_err_set(e, HS_CONFIG,
		    "address: it is %s://USER@HOST/DATABASE",
		    s->address.scheme);
	const struct hs_param *p = hs_address_param(&s->address, "password");
	s->exposed = p && p->literal;
	return read_authority(s, rest + 2, e);
}

struct hs_span
hs_server_take_port(struct hs_span *host)
{
	const char *close = memrchr(host->p, ']', host->len);
	const char *colon = memrchr(host->p, ':', host->len);
	struct hs_span port = {"", 0};

	if (colon && (!close || colon > close)) {
		port = hs_span(
		    colon + 1, (size_t)(host->p + host->len - colon) - 1);
		host->len = (size_t)(colon - host->p);
	}
	if (close && host->len > 1 && host->p[0] == '[') {
		host->p++;
		host->len -= 2;
	}
	return port;
}

void
hs_server_free(struct hs_server *s)
{
	hs_address_free(&s->address);
	hs_address_free(&s->user);
	hs_address_free(&s->password);
	hs_address_free(&s->hosts);
	hs_buf_free(&s->text);
}
