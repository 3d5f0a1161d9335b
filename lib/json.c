/* SPDX-FileCopyrightText: 2026 the hs-tools authors
 * SPDX-License-Identifier: MIT */
/* JSON text into a buffer. */
#include "json.h"

#include "utf8.h"

int
hs_json_string(struct hs_buf *b, struct hs_span text)
{
	const char *p = text.p, *end = text.p + text.len;

	hs_buf_addc(b, '"');
	while (p < end) {
		unsigned char c = (unsigned char)*p;
		size_t n = hs_utf8_len(p, end);
		if (c == '"' || c == '\\')
			hs_buf_printf(b, "\\%c", c);
		else if (c == '\n')
			hs_buf_puts(b, "\\n");
		else if (c < 0x20 || c == 0x7f)
			hs_buf_printf(b, "\\u%04x", c);
		else if (n == 0)
			hs_buf_puts(b, "\xef\xbf\xbd");
		else
			hs_buf_add(b, p, n);
		p += n ? n : 1;
	}
	return hs_buf_addc(b, '"');
}
