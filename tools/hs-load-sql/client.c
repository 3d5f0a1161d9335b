/* SPDX-FileCopyrightText: 2026 the hs-tools authors
 * SPDX-License-Identifier: MIT */
/* Runs a database's client. */
#include "client.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "child.h"
#include "spool.h"
#include "which.h"

void
client_env(struct client *c, const char *name, const char *value)
{
	c->env[c->envs++] = (struct client_variable){name, value};
}

int
client_find(struct client *c, struct hs_err *e)
{
	c->path = hs_which_find(NULL, c->program);
	if (!c->path && errno == ENOENT && c->other)
		c->path = hs_which_find(NULL, c->other);
	if (c->path)
		return 0;
	if (errno != ENOENT)
		return hs_err_mem(e, "the client's path");
	return hs_err_set(e, HS_NOOBJECT,
	    "%s is not installed: it comes with the package %s", c->program,
	    c->package);
}

/* In English, so that its messages can be told apart. */
static int
prepare(const void *data)
{
	const struct client *c = data;

	for (size_t i = 0; i < c->envs; i++)
		if (setenv(c->env[i].name, c->env[i].value, 1) < 0)
			return -1;
	if (c->spool > 0 && fcntl(c->spool, F_SETFD, 0) < 0)
		return -1;
	return setenv("LC_ALL", "C", 1);
}

static int
start(struct client *c, int in)
{
	char *argv[CLIENT_ARGS_MAX + 2];
	size_t n = 0;

	argv[n++] = (char *)(uintptr_t)c->program;
	for (size_t i = 0; c->arg[i]; i++)
		argv[n++] = (char *)(uintptr_t)c->arg[i];
	argv[n] = NULL;
	/* If it ends early, a write to it has to fail, not to end us. */
	signal(SIGPIPE, SIG_IGN);
	c->pid = hs_child_start(&(struct hs_child){.path = c->path,
	    .argv = argv,
	    .in = in,
	    .out = c->heard > 0 ? c->heard : STDOUT_FILENO,
	    .err = c->said,
	    .group = HS_CHILD_SAME_GROUP,
	    .parent = "hs-load-sql",
	    .prepare = prepare,
	    .data = c});
	return c->pid < 0 ? -1 : 0;
}

static int
open_spool(int *file, struct hs_err *e)
{
	int fd = hs_spool_open(e);

	if (fd < 0)
		return -1;
	*file = fd;
	return 0;
}

int
client_listen(struct client *c, struct hs_err *e)
{
	return open_spool(&c->heard, e);
}

int
client_start(struct client *c, int *in, struct hs_err *e)
{
	int ends[2];

	if (open_spool(&c->said, e) < 0 ||
	    (c->spools && open_spool(&c->spool, e) < 0))
		return -1;
	int rc = pipe2(ends, O_CLOEXEC);
	if (rc == 0) {
		rc = start(c, ends[0]);
		close(ends[0]);
		*in = ends[1];
	}
	if (rc == 0)
		return 0;
	c->pid = 0;
	return hs_err_set(
	    e, HS_SYSTEM, "cannot start %s: %s", c->program, strerror(errno));
}

static void
reap(struct client *c)
{
	int status = 0;

	while (waitpid(c->pid, &status, 0) < 0 && errno == EINTR)
		continue;
	c->pid = 0;
	c->status =
	    WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
}

/* Reads a file of what it wrote. */
static int
read_said(struct client *c, int fd, struct hs_buf *b, struct hs_err *e)
{
	ssize_t n;

	if (hs_buf_reserve(b, CLIENT_SAID) < 0)
		return hs_err_mem(e, "what the client says");
	while ((n = pread(fd, b->data, CLIENT_SAID, 0)) < 0 && errno == EINTR)
		continue;
	if (n < 0)
		return hs_err_set(e, HS_IO, "cannot read what %s said: %s",
		    c->program, strerror(errno));
	b->len = (size_t)n;
	return 0;
}

int
client_end(
    struct client *c, struct hs_buf *b, struct hs_buf *heard, struct hs_err *e)
{
	int rc;

	reap(c);
	rc = read_said(c, c->said, b, e);
	if (rc == 0 && c->heard > 0)
		rc = read_said(c, c->heard, heard, e);
	close(c->said);
	c->said = 0;
	if (c->heard > 0)
		close(c->heard);
	c->heard = 0;
	return rc;
}

void
client_free(struct client *c)
{
	if (c->pid > 0) {
		kill(c->pid, SIGTERM);
		reap(c);
	}
	if (c->said > 0)
		close(c->said);
	if (c->spool > 0)
		close(c->spool);
	if (c->heard > 0)
		close(c->heard);
	free(c->path);
	c->path = NULL;
	c->said = c->spool = 0;
}
