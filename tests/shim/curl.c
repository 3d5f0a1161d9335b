/* SPDX-FileCopyrightText: 2026 the hs-tools authors
 * SPDX-License-Identifier: MIT */
/*
 * A transport that fails by itself: preloaded (LD_PRELOAD), it has one call of
 * libcurl's do its work and then say that it went wrong.
 *
 *	CURL_CALL=perform  curl_multi_perform(), or
 *	         =poll	   curl_multi_poll()
 *	CURL_AT=N	   which call, from 1; those behind it go well
 */
#include <curl/curl.h>
#include <dlfcn.h>
#include <stdlib.h>
#include <string.h>

#define REAL(name) (__extension__(__typeof__(&name)) dlsym(RTLD_NEXT, #name))

static CURLMcode
turn(const char *name, CURLMcode r)
{
	static long calls;
	const char *call = getenv("CURL_CALL"), *at = getenv("CURL_AT");

	if (!call || !at || strcmp(call, name) != 0)
		return r;
	return ++calls == atol(at) ? CURLM_INTERNAL_ERROR : r;
}

CURLMcode
curl_multi_perform(CURLM *multi, int *running)
{
	return turn("perform", REAL(curl_multi_perform)(multi, running));
}

CURLMcode
curl_multi_poll(
    CURLM *multi, struct curl_waitfd *more, unsigned n, int ms, int *count)
{
	return turn("poll", REAL(curl_multi_poll)(multi, more, n, ms, count));
}
