/* SPDX-FileCopyrightText: 2026 the hs-tools authors
 * SPDX-License-Identifier: MIT */
/* What URLs may be, and what goes into them. */
#include "url.h"

#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

static bool
is_loopback(const char *host, size_t n)
{
	if (n == 9 && strncasecmp(host, "localhost", n) == 0)
		return true;
	if (n == 5 && strncmp(host, "[::1]", n) == 0)
		return true;
	if (n < 9 || strncmp(host, "127.", 4) != 0)
		return false;
	for (size_t i = 0; i < n; i++)
		if (!strchr("0123456789.", host[i]))
			return false;
	return true;
}

static bool
is_port(const char *p)
{
	size_t n = strspn(p, "0123456789");
	long port = strtol(p, NULL, 10);

	return n > 0 && (p[n] == '\0' || p[n] == '/') && port > 0 &&
	       port < 65536;
}

int
url_check_base(const char *url, struct hs_err *e)
{
	bool plain = strncasecmp(url, "http://", 7) == 0;

	if (!plain && strncasecmp(url, "https://", 8) != 0)
		return hs_err_set(e, HS_CONFIG,
		    "base URL: begins neither with https:// nor http://");
	for (const char *p = url; *p; p++)
		if (*p <= ' ' || *p > '~' || strchr("@?#\\", *p))
			return hs_err_set(e, HS_CONFIG,
			    "base URL: only scheme, host, port and path");
	const char *host = url + (plain ? 7 : 8);
	size_t n = strcspn(host, "/");
	if (host[0] != '[')
		n = strcspn(host, ":/");
	else if (memchr(host, ']', n))
		n = (size_t)((const char *)memchr(host, ']', n) - host) + 1;
	if (n == 0)
		return hs_err_set(e, HS_CONFIG, "base URL: no host");
	if (host[n] == ':' && !is_port(host + n + 1))
		return hs_err_set(e, HS_CONFIG, "base URL: no such port");
	if (plain && !is_loopback(host, n))
		return hs_err_set(e, HS_CONFIG,
		    "base URL: plain http would show the token to the network; "
		    "use https (http is for the loopback)");
	return 0;
}

size_t
url_base_len(const char *url)
{
	size_t n = strlen(url);

	while (n > 0 && url[n - 1] == '/')
		n--;
	return n;
}

void
url_escape(struct hs_buf *b, const char *text)
{
	static const char plain[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
				    "abcdefghijklmnopqrstuvwxyz"
				    "0123456789-._~";

	for (const char *p = text; *p; p++)
		if (strchr(plain, *p))
			hs_buf_addc(b, *p);
		else
			hs_buf_printf(b, "%%%02X", (unsigned char)*p);
}

void
url_next(struct hs_buf *b)
{
	const char *s = hs_buf_str(b);

	hs_buf_addc(b, s && strchr(s, '?') ? '&' : '?');
}

void
url_add_list(struct hs_buf *b, const char *name, char *const *v, size_t n)
{
	if (n > 0)
		hs_buf_printf(b, "&%s=", name);
	for (size_t i = 0; i < n; i++) {
		if (i > 0)
			hs_buf_addc(b, ',');
		url_escape(b, v[i]);
	}
}
