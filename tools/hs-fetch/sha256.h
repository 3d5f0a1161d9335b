/* SPDX-FileCopyrightText: 2026 the hs-tools authors
 * SPDX-License-Identifier: MIT */
#ifndef HS_SHA256_H
#define HS_SHA256_H

#include <stddef.h>
#include <stdint.h>

/* SHA-256 (FIPS 180-4), for a name that leads nowhere back. */
struct hs_sha256 {
	uint32_t h[8];
	uint64_t len;
	unsigned char block[64];
};

void hs_sha256_init(struct hs_sha256 *s);
void hs_sha256_add(struct hs_sha256 *s, const void *p, size_t n);

/* Gives the digest and wipes s. */
void hs_sha256_end(struct hs_sha256 *s, unsigned char digest[32]);

#endif
