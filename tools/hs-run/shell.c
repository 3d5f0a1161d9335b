/* SPDX-FileCopyrightText: 2026 the hs-tools authors
 * SPDX-License-Identifier: MIT */
/* A command as a line for sh. */
#include "shell.h"

#include <string.h>

#include "which.h"

static void
print_word(struct hs_buf *b, const char *s)
{
	static const char plain[] = "abcdefghijklmnopqrstuvwxyz"
				    "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
				    "0123456789_-+./:,@%";

	if (*s && s[strspn(s, plain)] == '\0') {
		hs_buf_puts(b, s);
		return;
	}
	hs_buf_addc(b, '\'');
	for (; *s; s++)
		if (*s == '\'')
			hs_buf_puts(b, "'\\''");
		else
			hs_buf_addc(b, *s);
	hs_buf_addc(b, '\'');
}

/* A word, and for the schema's new file the shell's own process id. */
static void
print_file(struct hs_buf *b, const struct command *c, const char *file)
{
	if (!c->schema_new || strcmp(file, c->schema_new) != 0) {
		print_word(b, file);
		return;
	}
	struct hs_buf name = {0};
	hs_buf_add(&name, file, strlen(file) - strlen(strrchr(file, '.')) + 1);
	const char *text = hs_buf_str(&name);
	print_word(b, text ? text : file);
	hs_buf_free(&name);
	hs_buf_puts(b, "$$");
}

static void
print_stage(struct hs_buf *b, const struct command *c, const struct stage *s)
{
	bool known = hs_which_is_in_path(s->argv[0], s->path);

	print_word(b, known ? s->argv[0] : s->path);
	for (char *const *a = s->argv + 1; *a; a++) {
		hs_buf_addc(b, ' ');
		print_file(b, c, *a);
	}
}

void
shell_print(const struct command *c, struct hs_buf *b)
{
	if (c->token)
		hs_buf_printf(b,
		    "# %s: put its token into HUBSPOT_API_KEY first\n",
		    c->pipeline->label);
	if (c->secret)
		hs_buf_printf(b, "# %s: put its password into %s first\n",
		    c->pipeline->label, c->secret_name);
	if (c->dir) {
		hs_buf_puts(b, "mkdir -p ");
		print_word(b, c->dir);
		hs_buf_puts(b, " && ");
	}
	for (size_t i = 0; i < c->stages; i++) {
		hs_buf_puts(b, i ? " | " : "");
		print_stage(b, c, &c->stage[i]);
	}
	if (c->schema && c->schema_new) {
		hs_buf_puts(b, " && mv ");
		print_file(b, c, c->schema_new);
		hs_buf_addc(b, ' ');
		print_word(b, c->schema);
	}
	hs_buf_addc(b, '\n');
}
