/* SPDX-FileCopyrightText: 2026 the hs-tools authors
 * SPDX-License-Identifier: MIT */
/*
 * A stream of any bytes.  Who publishes takes no more than who filters, and
 * sees the same; what is complete and numbered is no longer taken when a line
 * of it is lost, or when it is cut.
 */
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <unistd.h>

#include "buf.h"
#include "page.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

struct outcome {
	int rc; /* of the last call of hs_page_next() */
	bool complete;
	bool numbered; /* every page of them, and one starts */
	unsigned long long pages, records, lines, starts;
	struct hs_err e;
};

/* A descriptor to read the text from. */
static int
file_of(struct hs_span text)
{
	int fd = memfd_create("stream", MFD_CLOEXEC);

	if (fd < 0 || write(fd, text.p, text.len) != (ssize_t)text.len)
		abort();
	lseek(fd, 0, SEEK_SET);
	return fd;
}

static struct outcome
read_stream(struct hs_span text, bool publish)
{
	struct outcome o = {.numbered = true};
	struct hs_in in;
	struct hs_page pg;
	int r = 0;

	hs_in_fd(&in, file_of(text), "stream");
	hs_page_init(&pg, &in, publish);
	while ((o.rc = hs_page_next(&pg, &o.e)) > 0) {
		while ((r = hs_page_record(&pg, &o.e)) > 0) {
			if (hs_scan_value(&pg.scan, NULL) < 0) {
				r = hs_page_fault(&pg, &o.e);
				break;
			}
		}
		if (r < 0) {
			o.rc = -1;
			break;
		}
		o.numbered &= pg.is_page && pg.last.numbered;
		o.starts += pg.is_page && pg.last.page == 0;
	}
	o.pages = pg.pages;
	o.records = pg.records;
	o.lines = in.line;
	if (o.rc == 0)
		o.complete = hs_page_complete(&pg, false, &o.e) == 0;
	hs_in_close(&in);
	return o;
}

/* The stream without its n-th line, or cut after so many bytes. */
static bool
complete_without(struct hs_span text, unsigned long long n, size_t cut)
{
	const char *p = text.p, *end = text.p + text.len;
	struct hs_buf b = {0};

	for (unsigned long long i = 0; p < end; i++) {
		const char *nl = memchr(p, '\n', (size_t)(end - p));
		const char *next = nl ? nl + 1 : end;
		if (i != n)
			hs_buf_add(&b, p, (size_t)(next - p));
		p = next;
	}
	if (b.len > cut)
		b.len = cut;
	struct outcome o =
	    read_stream(b.len ? hs_buf_span(&b) : HS_SPAN(""), true);
	hs_buf_free(&b);
	return o.rc == 0 && o.complete;
}

static const char *
stream_fault(struct hs_span text)
{
	struct outcome filter = read_stream(text, false);
	struct outcome whole = read_stream(text, true);

	if (filter.rc < 0 && whole.rc >= 0)
		return "who publishes takes more";
	if (filter.rc < 0 && (!filter.e.text[0] || !filter.e.kind))
		return "a failure without reason";
	if (whole.rc < 0)
		return NULL;
	if (whole.complete != filter.complete || whole.pages != filter.pages ||
	    whole.records != filter.records || whole.lines != filter.lines)
		return "who publishes sees something else";
	if (!whole.complete || !whole.numbered || whole.starts != 1)
		return NULL;
	for (unsigned long long i = 0; i < whole.lines && i < 20; i++)
		if (complete_without(text, i, text.len))
			return "a line was lost and nobody noticed";
	/* But for white space, every byte of a last page is needed. */
	size_t last = text.len;
	while (last > 0 && memchr(" \t\r\n", text.p[last - 1], 4))
		last--;
	for (size_t cut = last > 40 ? last - 40 : 0; cut < last; cut++)
		if (complete_without(text, ~0ull, cut))
			return "a cut was not noticed";
	return NULL;
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	const char *fault = stream_fault(hs_span((const char *)data, size));

	if (fault) {
		fprintf(stderr, "%s\n", fault);
		abort();
	}
	return 0;
}
