/* SPDX-FileCopyrightText: 2026 the hs-tools authors
 * SPDX-License-Identifier: MIT */
#ifndef STANDIN_LISTEN_H
#define STANDIN_LISTEN_H

struct MHD_Daemon;
struct server;

/* Starts to serve on 127.0.0.1; port 0 lets the system pick one, and *port
 * is the one in use afterwards.  NULL if it can't. */
struct MHD_Daemon *listen_start(struct server *s, unsigned short *port);

/* Ends all connections and their threads. */
void listen_stop(struct server *s, struct MHD_Daemon *d);

#endif
