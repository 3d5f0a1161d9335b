/* SPDX-FileCopyrightText: 2026 the hs-tools authors
 * SPDX-License-Identifier: MIT */
/* Tables of labels and headings, and many definitions and records that are
 * made up and go through the checks of the fuzz harness. */
#include "../../fuzz/hs-label/label.c"

#include "../tap.h"

#define ROUNDS 3000

static void
sets(void)
{
	struct labels l = {0};
	struct hs_span one = HS_SPAN("1");
	uint64_t a = labels_set(LABELS_OPTIONS, 0);
	uint64_t b = labels_set(LABELS_OPTIONS, 1);
	size_t at;

	labels_add(&l, a, one, HS_SPAN("\"x\""), &at, NULL);
	tap_ok(labels_add(&l, a, one, HS_SPAN("\"y\""), NULL, NULL) == 0 &&
		   hs_span_is(labels_text(&l, at), "\"x\""),
	    "of two labels in a set the first counts");
	tap_ok(labels_find(&l, b, one) == LABELS_NONE,
	    "another set does not have it");
	labels_add_clear(&l, b, one, HS_SPAN("\"x\""), NULL);
	labels_add_clear(&l, b, one, HS_SPAN("\"x\""), NULL);
	tap_ok(
	    labels_find(&l, b, one) != LABELS_NONE, "one label twice is clear");
	labels_add_clear(&l, b, one, HS_SPAN("\"z\""), NULL);
	tap_ok(labels_find(&l, b, one) == LABELS_NONE, "two labels are not");
	labels_add(&l, a, HS_SPAN(""), HS_SPAN("\"empty\""), &at, NULL);
	tap_ok(labels_find(&l, a, HS_SPAN("")) == at, "an empty value");
	bool all = true;
	for (int i = 0; i < 20000; i++) {
		char text[16];
		snprintf(text, sizeof text, "%d", i);
		labels_add(&l, labels_set(LABELS_OWNERS, 0), hs_span_str(text),
		    hs_span_str(text), NULL, NULL);
	}
	for (int i = 0; i < 20000; i++) {
		char text[16];
		snprintf(text, sizeof text, "%d", i);
		at = labels_find(
		    &l, labels_set(LABELS_OWNERS, 0), hs_span_str(text));
		all &=
		    at != LABELS_NONE && hs_span_is(labels_text(&l, at), text);
	}
	tap_ok(all, "20,000 of a set are all found");
	labels_free(&l);
}

/* What is found in the memo is what was kept, of a bounded number. */
static void
memos(void)
{
	static char long_label[MEMO_ONE + 1];
	struct memo *m = calloc(1, sizeof *m);
	struct hs_span v = HS_SPAN("v"), label, none = HS_SPAN("");
	bool right = true;
	unsigned found = 0;

	memo_add(m, 1, v, HS_SPAN("\"V\""), 2);
	tap_ok(memo_find(m, 1, v, &label) == 2 && hs_span_is(label, "\"V\""),
	    "a label is kept, and of how many it is");
	tap_ok(memo_find(m, 2, v, &label) == 0, "not of another property");
	tap_ok(memo_find(m, 1, none, &label) == 0, "not of another value");
	memo_add(m, 3, v, hs_span(long_label, sizeof long_label), 1);
	tap_ok(memo_find(m, 3, v, &label) == 0, "a long one is not kept");
	/* More than there are slots for, and more than the text has room. */
	for (int i = 0; i < 200000; i++) {
		char text[32];
		snprintf(text, sizeof text, "value %d", i);
		memo_add(m, 4, hs_span_str(text), hs_span_str(text), 1);
		snprintf(text, sizeof text, "value %d", i - i % 7);
		if (memo_find(m, 4, hs_span_str(text), &label) > 0) {
			found++;
			right &= hs_span_is(label, text);
		}
	}
	tap_ok(right && found > 100000 && m->text.len <= MEMO_TEXT,
	    "many take each other's place, in bounded memory");
	hs_buf_free(&m->text);
	free(m);
}

/* The plan that serves several records is not taken for one with other keys,
 * whatever is remembered of keys. */
static void
plans(void)
{
	static const char definitions[] =
	    "{\"results\":[{\"name\":\"a\",\"type\":\"enumeration\","
	    "\"options\":[{\"value\":\"1\",\"label\":\"one\"}]}],"
	    "\"hs\":{\"object\":\"properties:x\",\"page\":0}}";
	static const char *const t[][2] = {
	    {"{\"a\":\"1\"}", "{\"a\":\"1\",\"a_label\":\"one\"}"},
	    {"{\"a\":\"1\"}", "{\"a\":\"1\",\"a_label\":\"one\"}"},
	    {"{\"a\":\"1\"}", "{\"a\":\"1\",\"a_label\":\"one\"}"},
	    {"{\"b\":\"1\"}", "{\"b\":\"1\"}"},
	    {"{\"a\":\"1\"}", "{\"a\":\"1\",\"a_label\":\"one\"}"},
	    {"{\"\\u0061\":\"1\"}",
		"{\"\\u0061\":\"1\",\"\\u0061_label\":\"one\"}"},
	    {"{\"a\":\"1\"}", "{\"a\":\"1\",\"a_label\":\"one\"}"},
	    {"{ \"c\" :\"1\"}", "{ \"c\" :\"1\"}"},
	    {"{\"a\":\"1\"}", "{\"a\":\"1\",\"a_label\":\"one\"}"},
	    {"{\"a\":\"1\",\"b\":0}",
		"{\"a\":\"1\",\"a_label\":\"one\",\"b\":0}"},
	    {"{\"a\":\"1\",\"a_label\":0}", "{\"a\":\"1\",\"a_label\":0}"},
	    {"{\"a\":\"1\"}", "{\"a\":\"1\",\"a_label\":\"one\"}"},
	    {"{}", "{}"},
	};
	struct definitions d = {0};
	struct hs_columns only = {0};
	struct record r = {0};
	struct hs_filter f = {0};
	struct hs_span unused;
	struct hs_err e;

	define(&d, HS_SPAN(definitions));
	definitions_finish(&d, &only, &e);
	record_start(&r, &d.tables);
	for (size_t i = 0; i < sizeof t / sizeof *t; i++) {
		label(&r, &f, hs_span_str(t[i][0]), &unused);
		tap_is_str(hs_buf_str(&f.out.buf), t[i][1], t[i][0]);
	}
	record_free(&r);
	definitions_free(&d);
	hs_buf_free(&f.out.buf);
}

static uint32_t state = 1;

static unsigned
pick(unsigned n)
{
	state = state * 1664525 + 1013904223;
	return (state >> 16) % n;
}

static void
add_one(struct hs_buf *b, const char *const *from, unsigned n)
{
	hs_buf_puts(b, from[pick(n)]);
}

#define ADD(b, from) add_one(b, from, sizeof(from) / sizeof *(from))

static const char *const names[] = {"a", "b", "a_label", "A", "A (a)",
    "a_label_label", "A (label)", "A (a) (label)", "id", "url",
    "properties_url", "pipeline", "dealstage", "hubspot_owner_id", "\\u0061",
    "\\ud800", "", "B (b)"};
static const char *const values[] = {"\"1\"", "\"2\"", "\"1;2\"", "\";\"",
    "\"\"", "null", "\"\\u0031\"", "\"2\\u003b;1\"", "\"x;2\"", "\"x\"", "1",
    "[]", "\"\\ud800\"", "true", "\"\\\\\""};

static void
add_options(struct hs_buf *b, const char *value)
{
	for (unsigned i = pick(4); i > 0; i--) {
		hs_buf_printf(b, "{\"%s\":", value);
		ADD(b, ((const char *const[]){
			   "\"1\"", "\"2\"", "\"1;2\"", "\"\"", "\"\\\\\""}));
		hs_buf_puts(b, ",\"label\":\"");
		ADD(b, names);
		hs_buf_puts(b, i > 1 ? "\"}," : "\"}");
	}
}

static void
add_properties(struct hs_buf *b)
{
	hs_buf_puts(b, "{\"results\":[");
	for (unsigned i = pick(6); i > 0; i--) {
		hs_buf_puts(b, "{\"name\":\"");
		ADD(b, names);
		hs_buf_puts(b, "\",\"label\":\"");
		ADD(b, names);
		hs_buf_puts(b, "\",\"type\":\"enumeration\",\"options\":[");
		add_options(b, "value");
		hs_buf_puts(b, i > 1 ? "]}," : "]}");
	}
	hs_buf_puts(
	    b, "],\"hs\":{\"object\":\"properties:deals\",\"page\":0}}\n");
}

static void
add_pipelines(struct hs_buf *b)
{
	hs_buf_puts(b, "{\"results\":[");
	for (unsigned i = pick(3); i > 0; i--) {
		hs_buf_printf(
		    b, "{\"id\":\"%u\",\"label\":\"P\",\"stages\":[", i);
		add_options(b, "id");
		hs_buf_puts(b, i > 1 ? "]}," : "]}");
	}
	hs_buf_puts(
	    b, "],\"hs\":{\"object\":\"pipelines:deals\",\"page\":0}}\n");
}

static void
add_record(struct hs_buf *b)
{
	unsigned start = pick(sizeof names / sizeof *names), n = pick(10);

	hs_buf_addc(b, '{');
	for (unsigned i = 0; i < n; i++) {
		hs_buf_printf(b, "%s\"%s\":", i ? "," : "",
		    names[(start + i * 5) % (sizeof names / sizeof *names)]);
		ADD(b, values);
	}
	hs_buf_puts(b, "}\n");
}

static void
made_up(void)
{
	struct hs_buf b = {0};
	const char *wrong = NULL;

	for (int i = 0; i < ROUNDS && !wrong; i++) {
		hs_buf_clear(&b);
		add_properties(&b);
		if (pick(2))
			add_pipelines(&b);
		if (pick(2))
			hs_buf_puts(&b,
			    "{\"results\":[{\"id\":\"1\",\"email\":\"e\"}],"
			    "\"hs\":{\"object\":\"owners\",\"page\":0}}\n");
		hs_buf_addc(&b, '\n');
		for (int j = 0; j < 3; j++)
			add_record(&b);
		for (int j = 0; j < 4 && !wrong; j++)
			wrong = label_fault(hs_buf_span(&b), j & 1, j & 2);
		if (wrong)
			printf("# %s\n# %.*s\n", wrong, (int)b.len, b.data);
	}
	tap_ok(!wrong, "%d made-up portals", ROUNDS);
	hs_buf_free(&b);
}

int
main(void)
{
	sets();
	memos();
	plans();
	made_up();
	return tap_done();
}
