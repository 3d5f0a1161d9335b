/* SPDX-FileCopyrightText: 2026 the hs-tools authors
 * SPDX-License-Identifier: MIT */
#ifndef HS_CHILD_H
#define HS_CHILD_H

#include <sys/types.h>

/*
 * A program started as a child.  It gets no descriptors but those named here
 * and those that prepare() hands on (all others of ours are O_CLOEXEC).  If
 * its parent dies, it gets SIGTERM where the system can do that (Linux).
 * Signals have their default actions in it, but those stay ignored that its
 * parent was started to ignore.
 */
struct hs_child {
	const char *path;   /* the program's file */
	char *const *argv;  /* up to a NULL */
	int in, out, err;   /* its standard input, output and error */
	pid_t group;	    /* the process group: 0 for one of its own,
			     * HS_CHILD_SAME_GROUP */
	const char *parent; /* the program's name, for its message when path
			     * can't be run; it then ends with HS_SYSTEM */
	/* Called in the child just before the program begins, for environment
	 * and descriptors: 0, or -1 and errno.  setenv() is safe as long as
	 * the parent has one thread.  Or NULL. */
	int (*prepare)(const void *data);
	const void *data;
};

#define HS_CHILD_SAME_GROUP ((pid_t)-1)

/* Starts it: the process, or -1 and errno. */
pid_t hs_child_start(const struct hs_child *c);

#endif
