/* SPDX-FileCopyrightText: 2026 the hs-tools authors
 * SPDX-License-Identifier: MIT */
/* Addresses, and the servers that they name. */
#include "address.h"

#include <stdlib.h>

#include "server.h"
#include "tap.h"

/* An address as "scheme|authority|path|name=value|", or its message. */
static const char *
shown(const char *address, bool expand)
{
	static char text[4096];
	struct hs_address a;
	struct hs_err e;

	if (hs_address_parse(&a, address, expand, &e) < 0) {
		snprintf(text, sizeof text, "%s", e.text);
		return e.kind == HS_CONFIG ? text : "another kind of error";
	}
	snprintf(text, sizeof text, "%s|%s|%s|", a.scheme,
	    a.authority ? a.authority : "-", a.path);
	for (size_t i = 0; i < a.params; i++)
		snprintf(text + strlen(text), sizeof text - strlen(text),
		    "%s%s%s|", a.param[i].name, a.param[i].literal ? "=" : ":",
		    a.param[i].value);
	hs_address_free(&a);
	return text;
}

static void
addresses(void)
{
	static const char *const v[][2] = {
	    {"csv:a/b", "csv|-|a/b|"},
	    {"CSV+a.b-9://h/p", "csv+a.b-9|h|/p|"},
	    {"x:", "x|-||"},
	    {"x://", "x|||"},
	    {"x:/p", "x|-|/p|"},
	    {"x://h?a=1&&b=&", "x|h||a=1|b=|"},
	    {"x:?a=b=c+d#e", "x|-||a=b=c+d#e|"},
	    {"x:%41%4a%4F%e9", "x|-|AJO\xe9|"},
	    {"x:{V_1}?k={V_1}${_v}", "x|-|a/?b|k:a/?b{}|"},
	    {"x:$V$", "x|-|$V$|"},
	    {"", "~no scheme"},
	    {"csv", "~no scheme"},
	    {"a b:", "~no scheme"},
	    {"1a:", "~no scheme"},
	    {"x:?a", "~parameter 1 "},
	    {"x:?a=1&=2", "~parameter 2 "},
	    {"x:?a=1&b=2&a=3", "~parameter a is "},
	    {"x:{NO_SUCH}", "~NO_SUCH"},
	    {"x://{NO_SUCH}", "~NO_SUCH"},
	    {"x:?a={NO_SUCH}", "~parameter a: "},
	};
	static const char *const braces[] = {"x:{", "x:{}", "x:{1}", "x:{V",
	    "x:${", "x:${V", "x:{V-}", "x://{", "x:?{=1"};
	static const char *const percents[] = {
	    "x:%", "x:%4", "x:%4g", "x:%g4", "x:%00", "x:%`1", "x:%:1"};

	setenv("V_1", "a/?b", 1);
	setenv("_v", "{}", 1);
	for (size_t i = 0; i < sizeof v / sizeof *v; i++)
		tap_like(shown(v[i][0], true), v[i][1], v[i][0]);
	tap_like(shown("x:{V_1}?k=${_v}", false), "x|-|{V_1}|k:${_v}|",
	    "unexpanded, variables stay as they are written");
	for (size_t i = 0; i < sizeof braces / sizeof *braces; i++)
		tap_like(shown(braces[i], true), "~%7B", braces[i]);
	for (size_t i = 0; i < sizeof percents / sizeof *percents; i++)
		tap_like(shown(percents[i], true), "~%25", percents[i]);
}

/* "x:" with n bytes behind it. */
static char *
repeated(const char *one, size_t n)
{
	size_t len = strlen(one);
	char *text = calloc(1, n + 3);

	if (!text)
		abort();
	strcpy(text, "x:");
	for (size_t i = 0; i < n; i++)
		text[2 + i] = one[i % len];
	return text;
}

static void
limits(void)
{
	/* The scheme and the path end with a byte each. */
	char *most = repeated("a", HS_ADDRESS_MAX - 3);
	char *more = repeated("a", HS_ADDRESS_MAX - 2);
	char *variable = repeated("{", 260);
	char params[2 + 6 * (HS_ADDRESS_PARAMS + 1) + 1] = "x:";
	struct hs_address a;
	struct hs_err e;

	tap_ok(hs_address_parse(&a, most, true, &e) == 0, "the longest");
	hs_address_free(&a);
	tap_like(shown(more, true), "~65536", "a byte more");
	memset(more, 's', HS_ADDRESS_MAX - 1);
	more[HS_ADDRESS_MAX - 1] = ':';
	tap_like(shown(more, true), "~65536", "a scheme that leaves no room");
	memset(variable + 3, 'V', 256);
	strcpy(variable + 258, "}");
	tap_ok(strstr(shown(variable, true), " is not set"),
	    "a variable's name of 255 bytes");
	memmove(variable + 4, variable + 3, 256);
	strcpy(variable + 259, "}");
	tap_like(shown(variable, true), "~too long", "one of 256");
	for (size_t i = 0; i < HS_ADDRESS_PARAMS + 1; i++)
		sprintf(params + strlen(params), "%c%03zu=v", i ? '&' : '?', i);
	tap_like(shown(params, true), "~64", "a parameter too many");
	*strrchr(params, '&') = '\0';
	tap_ok(hs_address_parse(&a, params, true, &e) == 0 && a.params == 64,
	    "as many as there may be");
	hs_address_free(&a);
	free(most);
	free(more);
	free(variable);
}

/* A server as "user|password|host|port|exposed". */
static const char *
server(const char *address)
{
	static char text[4096];
	struct hs_server s = {0};
	struct hs_err e;

	if (hs_server_read(&s, address, &e) < 0) {
		snprintf(text, sizeof text, "%s", e.text);
	} else {
		struct hs_span host = hs_span_str(s.hosts.path);
		struct hs_span port = hs_server_take_port(&host);
		snprintf(text, sizeof text, "%s|%s|%.*s|%.*s|%d",
		    s.user.path ? s.user.path : "-",
		    s.password.path ? s.password.path : "-", (int)host.len,
		    host.p, (int)port.len, port.p ? port.p : "", s.exposed);
	}
	hs_server_free(&s);
	return text;
}

static void
servers(void)
{
	static const char *const v[][2] = {
	    {"x://h", "-|-|h||0"},
	    {"x://u@h:1/d", "u|-|h|1|0"},
	    {"x://u:p@h", "u|p|h||1"},
	    {"x://u:@h", "u||h||0"},
	    {"x://u:{W}@h", "u|a@b:c|h||0"},
	    {"x://{W}:{W}@{W}", "a@b:c|a@b:c|a@b|c|0"},
	    {"x://u@v:p%40@h", "u@v|p@|h||1"},
	    {"x://[::1]", "-|-|::1||0"},
	    {"x://[::1]:5", "-|-|::1|5|0"},
	    {"x:///d", "-|-|||0"},
	    {"x://h?password=p", "-|-|h||1"},
	    {"x://h?password={W}", "-|-|h||0"},
	    {"x:h", "~x://USER@HOST"},
	    {"x://u:{NO_SUCH}@h", "~NO_SUCH"},
	};

	setenv("W", "a@b:c", 1);
	for (size_t i = 0; i < sizeof v / sizeof *v; i++)
		tap_like(server(v[i][0]), v[i][1], v[i][0]);
}

int
main(void)
{
	addresses();
	limits();
	servers();
	return tap_done();
}
