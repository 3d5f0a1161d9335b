/* SPDX-FileCopyrightText: 2026 the hs-tools authors
 * SPDX-License-Identifier: MIT */
/* A program with its arguments. */
#include "stage.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "which.h"

int
stage_set(struct stage *s, const char *name, const char *folder,
    enum hs_kind if_missing, struct hs_err *e)
{
	s->path = hs_which_find(folder, name);
	if (!s->path && errno == ENOENT)
		return hs_err_set(e, if_missing,
		    "program %s is neither beside hs-run nor in PATH", name);
	if (!s->path)
		return hs_err_mem(e, "a command");
	return stage_arg(s, name, e);
}

int
stage_arg(struct stage *s, const char *arg, struct hs_err *e)
{
	size_t i = 0;

	while (s->argv[i])
		i++;
	if (i + 1 == ARGS_MAX)
		return hs_err_set(e, HS_INTERNAL, "too many arguments");
	s->argv[i] = strdup(arg);
	return s->argv[i] ? 0 : hs_err_mem(e, "a command");
}

void
stage_free(struct stage *s)
{
	for (char **arg = s->argv; *arg; arg++)
		free(*arg);
	free(s->path);
	*s = (struct stage){0};
}
