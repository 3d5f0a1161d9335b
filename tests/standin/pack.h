/* SPDX-FileCopyrightText: 2026 the hs-tools authors
 * SPDX-License-Identifier: MIT */
#ifndef STANDIN_PACK_H
#define STANDIN_PACK_H

struct bytes;

/* Appends plain through gzip. */
void pack(struct bytes *to, const struct bytes *plain);

/* Appends a gzip stream of 2 MB: {"results":[ 2 GiB of spaces ]}. */
void pack_bomb(struct bytes *to);

/* Overwrites the middle of what was packed. */
void pack_break(struct bytes *packed);

#endif
