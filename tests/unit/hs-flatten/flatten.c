/* SPDX-FileCopyrightText: 2026 the hs-tools authors
 * SPDX-License-Identifier: MIT */
/* Flat records: a table of them, and many that are made up and go through
 * the checks of the fuzz harness. */
#include "../../fuzz/hs-flatten/flatten.c"

#include <unistd.h>

#include "../tap.h"

#define COUNT(a) (sizeof(a) / sizeof *(a))

static void
flat(const char *title, const char *record, const char *want)
{
	struct flatten f = {0};
	struct hs_buf b = {0};
	struct hs_scan s;
	bool same;

	hs_scan_init(&s, hs_span_str(record));
	if (flatten_record(&f, &s, &b, &same) < 0)
		tap_is_str(s.why, want, title);
	else
		tap_is_str(same ? "same" : hs_buf_str(&b), want, title);
	const char *fault = flatten_fault(hs_span_str(record));
	if (fault)
		tap_ok(false, "%s: %s", title, fault);
	hs_buf_free(&b);
	flatten_free(&f);
}

static void
records(void)
{
	static const char *const t[][3] = {
	    {"properties come behind id",
		"{\"id\":\"1\",\"properties\":{\"a\":\"x\",\"b\":null},"
		"\"createdAt\":\"c\",\"archived\":false}",
		"{\"id\":\"1\",\"a\":\"x\",\"b\":null,"
		"\"createdAt\":\"c\",\"archived\":false}"},
	    {"wherever they and id stand",
		"{\"createdAt\":\"c\",\"properties\":{\"a\":1},\"id\":\"1\"}",
		"{\"id\":\"1\",\"a\":1,\"createdAt\":\"c\"}"},
	    {"a record without id", "{\"x\":0,\"properties\":{\"a\":1}}",
		"{\"a\":1,\"x\":0}"},
	    {"empty properties", "{\"id\":\"1\",\"properties\":{},\"x\":0}",
		"{\"id\":\"1\",\"x\":0}"},
	    {"nothing but empty properties", "{\"properties\":{}}", "{}"},
	    {"properties that are null stay",
		"{\"id\":\"1\",\"properties\":null}", "same"},
	    {"a list of properties stays",
		"{\"id\":\"1\",\"properties\":[{}],\"associations\":[]}",
		"same"},
	    {"and what stands beside it",
		"{\"properties\":[],\"associations\":{\"a\":[]}}", "same"},
	    {"a flat record stays", "{\"id\":\"1\",\"a\":{\"properties\":{}}}",
		"same"},
	    {"an empty record stays", "{}", "same"},
	    {"values keep their spelling",
		"{\"properties\":{\"a\":-0,\"b\":1e400,\"c\":1.10,"
		"\"d\":9007199254740993,\"e\":\"\\u0000\\ud800\\/\","
		"\"f\":{\"properties\":{ }},\"g\":[1, 2]}}",
		"{\"a\":-0,\"b\":1e400,\"c\":1.10,"
		"\"d\":9007199254740993,\"e\":\"\\u0000\\ud800\\/\","
		"\"f\":{\"properties\":{ }},\"g\":[1, 2]}"},
	    {"equal names of properties stay",
		"{\"id\":\"1\",\"properties\":{\"a\":1,\"a\":2}}",
		"{\"id\":\"1\",\"a\":1,\"a\":2}"},
	    {"a property's name is taken by a member",
		"{\"id\":\"1\",\"properties\":{\"id\":\"2\",\"a\":3}}",
		"{\"id\":\"1\",\"properties_id\":\"2\",\"a\":3}"},
	    {"and the prefixed name by a member",
		"{\"id\":\"1\",\"properties_id\":0,\"properties\":{\"id\":2}}",
		"{\"id\":\"1\",\"properties_properties_id\":2,"
		"\"properties_id\":0}"},
	    {"and the prefixed name by a property",
		"{\"id\":\"1\",\"properties\":{\"id\":2,\"properties_id\":3}}",
		"{\"id\":\"1\",\"properties_properties_id\":2,"
		"\"properties_id\":3}"},
	    {"a name is taken however it is spelled",
		"{\"id\":\"1\",\"properties\":{\"\\u0069d\":2}}",
		"{\"id\":\"1\",\"properties_\\u0069d\":2}"},
	    {"by a member however that is spelled",
		"{\"\\u0078\":0,\"properties\":{\"x\":2}}",
		"{\"properties_x\":2,\"\\u0078\":0}"},
	    {"looked-up names keep white space where it is",
		"{\"\\u0078\":0,\"properties\":{\"a\" : 1 , \"x\" : 2 }}",
		"{\"a\" : 1 , \"properties_x\" : 2,\"\\u0078\":0}"},
	    {"the nested names are always taken",
		"{\"properties\":{\"properties\":{},\"associations\":{}}}",
		"{\"properties_properties\":{},\"properties_associations\":"
		"{}}"},
	    {"an empty name",
		"{\"\":0,\"properties\":{\"\":1,\"properties\":2}}",
		"{\"properties_\":1,\"properties_properties\":2,\"\":0}"},
	    {"a property may be called results",
		"{\"id\":\"1\",\"properties\":{\"results\":\"good\"}}",
		"{\"id\":\"1\",\"results\":\"good\"}"},
	    {"unless the record became a page by it",
		"{\"id\":\"1\",\"properties\":{\"results\":[]}}",
		"{\"id\":\"1\",\"properties_results\":[]}"},
	    {"so does an association",
		"{\"associations\":{\"results\":{\"results\":[]}}}",
		"{\"associations_results\":[]}"},
	    {"associations become arrays, duplicates left out",
		"{\"id\":\"1\",\"associations\":{\"contacts\":{\"results\":["
		"{\"id\":\"2\",\"type\":\"b\"},{\"id\":\"1\",\"type\":\"a\"},"
		"{\"type\":\"b\",\"id\":\"2\"},{\"id\":\"2\",\"type\":\"c\"}]}}"
		"}",
		"{\"id\":\"1\",\"contacts\":[{\"id\":\"2\",\"type\":\"b\"},"
		"{\"id\":\"1\",\"type\":\"a\"},{\"id\":\"2\",\"type\":\"c\"}]"
		"}"},
	    {"a name with a space",
		"{\"associations\":{\"line items\":{\"results\":[]}}}",
		"{\"line items\":[]}"},
	    {"the batch read's shape",
		"{\"associations\":{\"a\":[{\"toObjectId\":12675602284,"
		"\"associationTypes\":[{\"category\":\"HUBSPOT_DEFINED\","
		"\"typeId\":449,\"label\":null},{\"category\":\"U\","
		"\"typeId\":7,\"label\":\"Boss\"}]}]}}",
		"{\"a\":[{\"id\":\"12675602284\",\"type\":"
		"\"HUBSPOT_DEFINED:449\"},{\"id\":\"12675602284\","
		"\"type\":\"Boss\"}]}"},
	    {"the same within results",
		"{\"associations\":{\"a\":{\"results\":[{\"toObjectId\":\"7\","
		"\"associationTypes\":[{\"category\":\"U\",\"typeId\":\"9\"}]"
		"}]}}}",
		"{\"a\":[{\"id\":\"7\",\"type\":\"U:9\"}]}"},
	    {"an id as number becomes a string, a label a type",
		"{\"associations\":{\"a\":{\"results\":[{\"id\":7,"
		"\"label\":\"Boss\"},{\"id\":8}]}}}",
		"{\"a\":[{\"id\":\"7\",\"type\":\"Boss\"},"
		"{\"id\":\"8\",\"type\":null}]}"},
	    {"no type among white space",
		"{\"associations\":{\"a\":[{\"toObjectId\":1,"
		"\"associationTypes\":[ ]}]}}",
		"{\"a\":[{\"id\":\"1\",\"type\":null}]}"},
	    {"a type of no known shape passes",
		"{\"associations\":{\"a\":[{\"toObjectId\":1,"
		"\"associationTypes\":[{\"category\":[\"x\"],\"typeId\":1}]}]}"
		"}",
		"{\"a\":[{\"toObjectId\":1,"
		"\"associationTypes\":[{\"category\":[\"x\"],\"typeId\":1}]}]"
		"}"},
	    {"of category and number one is enough: the number",
		"{\"associations\":{\"a\":[{\"toObjectId\":1,"
		"\"associationTypes\":[{\"category\":\"\",\"typeId\":7},"
		"{\"category\":null,\"typeId\":\"8\",\"label\":\"\"}]}]}}",
		"{\"a\":[{\"id\":\"1\",\"type\":\":7\"},"
		"{\"id\":\"1\",\"type\":\":8\"}]}"},
	    {"the category is not: it passes",
		"{\"associations\":{\"a\":[{\"toObjectId\":1,"
		"\"associationTypes\":[{\"category\":\"U\",\"typeId\":\"\"}]}"
		"],\"b\":[{\"toObjectId\":1,"
		"\"associationTypes\":[{\"category\":\"U\",\"typeId\":null}]"
		"}]}}",
		"{\"a\":[{\"toObjectId\":1,"
		"\"associationTypes\":[{\"category\":\"U\",\"typeId\":\"\"}]}"
		"],\"b\":[{\"toObjectId\":1,"
		"\"associationTypes\":[{\"category\":\"U\",\"typeId\":null}]"
		"}]}"},
	    {"so do associations of none",
		"{\"associations\":{\"a\":null,\"b\":5,\"c\":{},"
		"\"d\":{\"results\":1},\"e\":[{\"x\":1}],\"f\":[[]]}}",
		"{\"a\":null,\"b\":5,\"c\":{},"
		"\"d\":{\"results\":1},\"e\":[{\"x\":1}],\"f\":[[]]}"},
	    {"an association's name is taken by a property",
		"{\"properties\":{\"a\":1},\"associations\":{\"a\":[]}}",
		"{\"a\":1,\"associations_a\":[]}"},
	    {"and the prefixed one by an association",
		"{\"id\":\"1\",\"associations\":{\"associations_id\":[],"
		"\"id\":[]}}",
		"{\"id\":\"1\",\"associations_id\":[],"
		"\"associations_associations_id\":[]}"},
	    {"two associations of one name",
		"{\"associations\":{\"a\":[],\"a\":[]}}",
		"{\"a\":[],\"associations_a\":[]}"},
	    {"two properties members are refused",
		"{\"properties\":{\"a\":1},\"x\":0,\"properties\":{\"b\":2}}",
		"a record has two members of this name"},
	    {"two associations members, too",
		"{\"associations\":{},\"associ\\u0061tions\":{}}",
		"a record has two members of this name"},
	    {"a list is no record", "[]", "not an object"},
	};

	for (size_t i = 0; i < COUNT(t); i++)
		flat(t[i][0], t[i][1], t[i][2]);
}

/* Numbers that are the same on every machine (Marsaglia's xorshift). */
static unsigned
random_below(unsigned n)
{
	static unsigned x = 2463534242u;

	x ^= x << 13;
	x ^= x >> 17;
	x ^= x << 5;
	return x % n;
}

static const char *
any_of(const char *const *list, size_t n)
{
	return list[random_below((unsigned)n)];
}

static void
put_object(
    struct hs_buf *b, const char *const *values, size_t nvalues, unsigned most)
{
	static const char *const names[] = {"id", "\\u0069d", "a", "b", "name",
	    "properties", "associations", "results", "properties_id",
	    "properties_a", "associations_a", "line items", "createdAt", "",
	    "a\\\\b", "\\ud800", "\xc3\xa4", "\\u00e4", "x", "y", "z"};
	unsigned n = random_below(most);

	for (unsigned i = 0; i < n; i++)
		hs_buf_printf(b, "%s\"%s\":%s", i ? "," : "",
		    any_of(names, COUNT(names)), any_of(values, nvalues));
}

static void
made_up(void)
{
	static const char *const values[] = {"null", "\"\"", "\"x\"", "0", "-0",
	    "1e400", "9007199254740993", "\"\\ud800\"", "[]", "{}", "[1, 2]",
	    "{\"properties\": {}}", "true", "\"\\u0000\""};
	static const char *const links[] = {"null", "[]", "{}",
	    "{\"results\":[]}", "{\"results\":[{\"id\":\"1\",\"type\":\"t\"}]}",
	    "{\"results\":[{\"id\":1},{\"id\":\"1\"},{\"id\":1}]}",
	    "[{\"toObjectId\":5,\"associationTypes\":[{\"typeId\":1}]}]"};
	size_t bad = 0, n = 20000;
	struct hs_buf b = {0};

	for (size_t i = 0; i < n; i++) {
		hs_buf_clear(&b);
		hs_buf_puts(&b, "{\"properties\":{");
		put_object(&b, values, COUNT(values), 8);
		hs_buf_puts(&b, "},\"x\":0,\"associations\":{");
		put_object(&b, links, COUNT(links), 5);
		hs_buf_puts(&b, "},");
		put_object(&b, values, COUNT(values), i % 16 ? 6 : 40);
		if (b.data[b.len - 1] == ',')
			b.len--;
		hs_buf_puts(&b, "}");
		const char *fault = flatten_fault(hs_buf_span(&b));
		if (fault && bad++ < 3)
			printf("# %s: %s\n", fault, hs_buf_str(&b));
	}
	tap_ok(bad == 0, "what holds for a flat record holds for %zu", n);
	hs_buf_free(&b);
}

/* A record with n links under one key, each given `times` times. */
static void
put_links_record(struct hs_buf *b, size_t n, size_t times)
{
	hs_buf_clear(b);
	hs_buf_puts(b, "{\"id\":\"1\",\"associations\":{\"a\":{\"results\":[");
	for (size_t i = 0; i < n * times; i++)
		hs_buf_printf(b, "%s{\"id\":\"%zu\",\"type\":\"t\"}",
		    i ? "," : "", i % n + 100);
	hs_buf_puts(b, "]}}}");
}

static void
many_links(size_t n)
{
	struct flatten f = {0};
	struct hs_buf b = {0}, out = {0}, want = {0};
	struct hs_scan s;
	bool same;

	/* As long as the array is short the record before must not show. */
	for (int round = 0; round < 2; round++) {
		put_links_record(&b, round ? 17 : n, 2);
		hs_buf_clear(&out);
		hs_buf_clear(&want);
		hs_scan_init(&s, hs_buf_span(&b));
		flatten_record(&f, &s, &out, &same);
		hs_buf_puts(&want, "{\"id\":\"1\",\"a\":[");
		for (size_t i = 0; i < (round ? 17 : n); i++)
			hs_buf_printf(&want,
			    "%s{\"id\":\"%zu\",\"type\":\"t\"}", i ? "," : "",
			    i + 100);
		hs_buf_puts(&want, "]}");
		tap_ok(hs_span_eq(hs_buf_span(&out), hs_buf_span(&want)),
		    "%zu links twice: each once, in order", round ? 17 : n);
	}
	hs_buf_free(&b);
	hs_buf_free(&out);
	hs_buf_free(&want);
	flatten_free(&f);
}

/* A hash without a secret: eight bytes at a time. */
static size_t
foreseen(struct hs_span text)
{
	uint64_t h = 0, word;
	size_t i = 0;

	for (; i + 8 <= text.len; i += 8) {
		memcpy(&word, text.p + i, 8);
		h = (h ^ word) * UINT64_C(0x9e3779b97f4a7c15);
		h ^= h >> 32;
	}
	word = text.len;
	for (; i < text.len; i++)
		word = word << 8 | (unsigned char)text.p[i];
	h = (h ^ word) * UINT64_C(0x9e3779b97f4a7c15);
	return (size_t)(h ^ h >> 32);
}

/* Links that such a hash would put into one slot of 2048. */
static void
chosen_links(void)
{
	struct flatten f = {0};
	struct hs_buf b = {0}, out = {0};
	struct hs_scan s;
	size_t n = 0, steps = 0;
	char id[32];
	bool same;

	hs_buf_puts(&b, "{\"associations\":{\"a\":[");
	for (unsigned i = 0; n < 1000; i++) {
		snprintf(id, sizeof id, "\"%x\"", i);
		if ((foreseen(hs_span_str(id)) & 2047) == 7)
			hs_buf_printf(&b, "%s{\"id\":%s}", n++ ? "," : "", id);
	}
	hs_buf_puts(&b, "]}}");
	hs_scan_init(&s, hs_buf_span(&b));
	flatten_record(&f, &s, &out, &same);
	for (size_t i = 0; i < f.links.n; i++) {
		const struct link *v = &f.links.v[i];
		struct hs_span link =
		    hs_span(f.links.text.data + v->at, v->len);
		size_t step = 0;
		while (hs_index_next(&f.links.index, hs_hash(link), &step) != i)
			continue;
		steps += step;
	}
	tap_ok(f.links.n == n && steps < 4 * n,
	    "chosen links are found in %zu steps each", steps / n);
	hs_buf_free(&b);
	hs_buf_free(&out);
	flatten_free(&f);
}

static void
link_table(void)
{
	static const char *const t[][2] = {
	    {"{\"id\":\"1\",\"associations\":{\"line items\":{\"results\":["
	     "{\"id\":2,\"type\":\"t\"},{\"id\":\"2\",\"type\":\"t\"},"
	     "{\"id\":\"3\"}]},\"b\":null,\"c\":[]}}",
		"{\"from_id\":\"1\",\"to_id\":\"2\",\"association\":"
		"\"line items\",\"type\":\"t\"};{\"from_id\":\"1\","
		"\"to_id\":\"3\",\"association\":\"line items\","
		"\"type\":null}"},
	    {"{\"id\":\"1\",\"properties\":{}}", ""},
	    {"{\"associations\":{}}", ""},
	    {"{\"associations\":{\"a\":[]}}",
		"a record with associations has no id"},
	    {"{\"id\":\"1\",\"associations\":{\"a\":5}}",
		"an association of unknown shape"},
	};

	for (size_t i = 0; i < COUNT(t); i++) {
		struct flatten f = {0};
		struct hs_buf b = {0};
		struct hs_scan s;
		size_t rows;
		hs_scan_init(&s, hs_span_str(t[i][0]));
		int rc = flatten_links(&f, &s, &b, ';', &rows);
		tap_is_str(rc < 0 ? s.why : hs_buf_str(&b), t[i][1], t[i][0]);
		hs_buf_free(&b);
		flatten_free(&f);
	}
}

static void
partial(void)
{
	static const struct {
		const char *paging;
		bool partial;
	} t[] = {
	    {"null", false},
	    {"{}", false},
	    {"{\"next\":null}", false},
	    {"{\"prev\":{\"after\":\"1\"}}", false},
	    {"{\"next\":{\"after\":\"1\"}}", true},
	    {"{\"prev\":{},\"n\\u0065xt\":{}}", true},
	};

	for (size_t i = 0; i < COUNT(t); i++) {
		struct flatten f = {0};
		struct hs_buf b = {0}, out = {0};
		struct hs_scan s;
		bool same;
		hs_buf_printf(&b,
		    "{\"id\":\"7\",\"associations\":{\"deals\":{\"results\":[],"
		    "\"paging\":%s}}}",
		    t[i].paging);
		hs_scan_init(&s, hs_buf_span(&b));
		flatten_record(&f, &s, &out, &same);
		tap_ok(t[i].partial ? hs_span_is(f.partial, "deals") &&
					  hs_span_is(f.id, "\"7\"")
				    : !f.partial.p,
		    "an association's paging %s: %s", t[i].paging,
		    t[i].partial ? "partial" : "whole");
		hs_buf_free(&b);
		hs_buf_free(&out);
		flatten_free(&f);
	}
}

/* What is out of all bounds fails as the data's fault. */
static void
bounds(void)
{
	struct hs_buf b = {0}, name = {0};

	put_links_record(&b, LINKS_MAX + 1, 1);
	flat("more links under one key than the limit", hs_buf_str(&b),
	    "a record has more than a million associations of one kind");
	hs_buf_clear(&b);

	hs_buf_puts(&b, "{\"x\":0,\"properties\":{\"x\":1,\"0\":1");
	for (int i = 1; i < 100001; i++)
		hs_buf_printf(&b, ",\"%d\":0", i);
	hs_buf_puts(&b, "}}");
	flat("more names than a table has columns", hs_buf_str(&b),
	    "a record has too many members");
	hs_buf_clear(&b);
	hs_buf_puts(&b, "{\"x\":0");
	for (int i = 0; i < 101; i++) {
		hs_buf_puts(&name, "properties_");
		hs_buf_printf(&b, ",\"%sx\":0", hs_buf_str(&name));
	}
	hs_buf_puts(&b, ",\"properties\":{\"x\":1}}");
	flat("a name with every prefix taken", hs_buf_str(&b),
	    "a record has a name with every prefix");
	hs_buf_free(&b);
	hs_buf_free(&name);
}

int
main(void)
{
	/* Were anything of this quadratic, it would not end in time. */
	alarm(100);
	records();
	made_up();
	many_links(16);
	many_links(17);
	many_links(25000);
	many_links(500000);
	chosen_links();
	link_table();
	partial();
	bounds();
	return tap_done();
}
