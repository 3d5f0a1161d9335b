/* SPDX-FileCopyrightText: 2026 the hs-tools authors
 * SPDX-License-Identifier: MIT */
/* Arrays that grow. */
#include "grow.h"

#include <errno.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

int
hs_grow(void *v, size_t *cap, size_t size)
{
	size_t more = *cap ? *cap + *cap / 2 : 16;
	void *old, *new;

	memcpy(&old, v, sizeof old);
	new = more > *cap ? reallocarray(old, more, size) : NULL;
	if (!new) {
		errno = ENOMEM;
		return -1;
	}
	memcpy(v, &new, sizeof new);
	*cap = more;
	return 0;
}
