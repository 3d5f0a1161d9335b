/* SPDX-FileCopyrightText: 2026 the hs-tools authors
 * SPDX-License-Identifier: MIT */
/* A run that ends before it has opened anything. */
#include "hs-fetch/run.h"

#include <fcntl.h>

#include "../tap.h"

static bool
standard_files_are_open(void)
{
	for (int fd = 0; fd <= 2; fd++)
		if (fcntl(fd, F_GETFD) < 0)
			return false;
	return true;
}

int
main(void)
{
	static struct run r;
	struct pace pace = {0};

	run_free(&r);
	tap_ok(standard_files_are_open(),
	    "a run that was not begun closes no file that it has not opened");
	pace_close(&pace);
	tap_ok(standard_files_are_open(), "nor does a pace");
	return tap_done();
}
