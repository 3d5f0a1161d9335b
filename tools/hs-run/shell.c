/* SPDX-FileCopyrightText: 2026 the hs-tools authors
 * SPDX-License-Identifier: MIT */
/* A command as a line for sh. */
#include "shell.h"

#include <string.h>

#include "which.h"

static int
print_word(struct hs_buf *b, const char *s)
{
	static const char plain[] = "abcdefghijklmnopqrstuvwxyz"
				    "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
				    "0123456789_-+./:,@%";

	if (*s && s[strspn(s, plain)] == '\0')
		return hs_buf_puts(b, s);
	int bad = hs_buf_addc(b, '\'');
	for (; *s; s++)
		bad |=
		    *s == '\'' ? hs_buf_puts(b, "'\\''") : hs_buf_addc(b, *s);
	return bad | hs_buf_addc(b, '\'');
}

int
shell_print(const struct command *c, struct hs_buf *b)
{
	int bad = 0;

	if (c->token)
		bad |= hs_buf_printf(b,
		    "# %s: put its token into HUBSPOT_API_KEY first\n",
		    c->pipeline->label);
	if (c->dir) {
		bad |= hs_buf_puts(b, "mkdir -p ");
		bad |= print_word(b, c->dir);
		bad |= hs_buf_puts(b, " && ");
	}
	for (size_t i = 0; i < c->stages; i++) {
		const struct stage *s = &c->stage[i];
		bool known = which_is_in_path(s->argv[0], s->path);
		bad |= hs_buf_puts(b, i ? " | " : "");
		bad |= print_word(b, known ? s->argv[0] : s->path);
		for (char *const *a = s->argv + 1; *a; a++)
			bad |= hs_buf_addc(b, ' ') | print_word(b, *a);
	}
	return bad | hs_buf_addc(b, '\n');
}
