/* SPDX-FileCopyrightText: 2026 the hs-tools authors
 * SPDX-License-Identifier: MIT */
/* Pipeline documents: what is read, and what is refused with which words. */
#include "hs-run/pipeline.h"

#include <stdlib.h>

#include "buf.h"
#include "../tap.h"

#define SHORT                                 \
	"source:\n"                           \
	"  address: hubspot://?api_key={K}\n" \
	"  options:\n"                        \
	"    source_table: companies\n"
#define SINK                   \
	"sink:\n"              \
	"  address: csv:out\n" \
	"  options:\n"         \
	"    dest_table: crm.companies\n"

static void
is_refused(const char *text, size_t len, const char *want, const char *title)
{
	struct pipelines c = {0};
	struct hs_err e = {0};
	int rc = pipelines_parse(&c, "f", hs_span(text, len), &e);

	tap_ok(rc < 0 && e.kind == HS_CONFIG, "%s: refused", title);
	tap_is_str(e.text, want, title);
	pipelines_free(&c);
}

static void
refuse(const char *text, const char *want, const char *title)
{
	is_refused(text, strlen(text), want, title);
}

static void
the_documents_pipeline(void)
{
	struct pipelines c = {0};
	struct hs_err e = {0};

	tap_ok(pipelines_read(&c, "tests/demo/companies.yaml", &e) == 0,
	    "the companies batch of the documents is read");
	if (!tap_ok(c.n == 1, "as one pipeline"))
		return;
	const struct pipeline *p = &c.v[0];
	tap_is_str(p->label, "hubspot-companies-batch", "its name");
	tap_is_str(setting(p, SET_SOURCE),
	    "hubspot://?api_key={HUBSPOT_API_KEY}",
	    "its source's address as it stands");
	tap_is_str(setting(p, SET_OBJECT), "companies", "its object");
	tap_is_str(
	    setting(p, SET_SINK), "dataos://warehouse?purpose=rw", "its sink");
	tap_is_str(setting(p, SET_TABLE), "crm.hubspot_companies", "its table");
	tap_is_str(setting(p, SET_STRATEGY), "replace", "its strategy");
	tap_ok(p->set[SET_OBJECT].at.line == 10 &&
		   p->set[SET_OBJECT].at.column == 21,
	    "a setting knows its line and column");
	tap_is_str(p->ignored, "version (line 2), spec.compute (line 6)",
	    "keys without meaning here are listed");
	pipelines_free(&c);
}

static void
other_forms(void)
{
	static const char two[] =
	    "source:\n"
	    "    address: hubspot://?api_key={K}\n"
	    "    options:\n"
	    "    source-table: custom:invoices:contacts,deals\n"
	    "---\n"
	    "# nothing\n"
	    "---\n" SHORT SINK "---\n";
	struct pipelines c = {0};
	struct hs_err e = {0};

	tap_ok(pipelines_parse(&c, "f", HS_SPAN(two), &e) == 0 && c.n == 2,
	    "several documents are several pipelines, empty ones none");
	if (c.n != 2)
		return;
	tap_is_str(c.v[0].label, "custom:invoices:contacts,deals",
	    "without a name, the object is the name");
	tap_ok(
	    !c.v[0].has_sink && c.v[1].has_sink, "the short form has no sink");
	pipelines_free(&c);
	static const char alias[] = "name: &n companies\n"
				    "source: {address: 'hubspot:',"
				    " options: {source_table: *n}}\n";
	tap_ok(pipelines_parse(&c, "f", HS_SPAN(alias), &e) == 0 &&
		   strcmp(setting(&c.v[0], SET_OBJECT), "companies") == 0,
	    "an alias stands for what its anchor marks");
	pipelines_free(&c);
}

static void
keys(void)
{
	refuse(SHORT "sinc: {}\n",
	    "f: line 5, column 1: unknown key sinc; did you mean sink?",
	    "an unknown key");
	refuse("source:\n  dest_table: a.b\n",
	    "f: line 2, column 3: unknown key source.dest_table; did you mean "
	    "sink.options.dest_table?",
	    "a key in the wrong place");
	refuse("source: {adress: x}\n",
	    "f: line 1, column 10: unknown key source.adress; did you mean "
	    "address?",
	    "a misspelled key");
	refuse("name: a\nname: b\n" SHORT,
	    "f: line 2, column 1: key name appears twice; first in line 1",
	    "a duplicate key");
	refuse("source: {options: {source_table: a, source-table: b}}\n",
	    "f: line 1, column 51: source.options.source_table is given a "
	    "second time; first in line 1",
	    "a key in two spellings");
	refuse("source: {options: {source_table: [a]}}\n",
	    "f: line 1, column 34: source.options.source_table is a list where "
	    "a text belongs",
	    "a list for a text");
	refuse("source: {options: {source_table: ~}}\n",
	    "f: line 1, column 34: source.options.source_table has no value",
	    "null for a text");
	refuse(SHORT "    archived: yes\n",
	    "f: line 5, column 15: source.options.archived is neither true "
	    "nor false",
	    "a flag that is neither");
	refuse(SHORT "    page_size: 0\n",
	    "f: line 5, column 16: source.options.page_size is no number from "
	    "1",
	    "a size of nothing");
	refuse(SHORT "    properties: [a, 'b,c']\n",
	    "f: line 5, column 21: source.options.properties has a comma in a "
	    "name",
	    "a comma in a list's name");
	refuse(SHORT "    properties: [a, [b]]\n",
	    "f: line 5, column 21: source.options.properties is a list where "
	    "a text belongs",
	    "a list in a list");
	refuse(SHORT "    properties: []\n",
	    "f: line 5, column 17: source.options.properties has no value",
	    "an empty list");
	refuse("sink: {options: {max_removed: 101%}}\n",
	    "f: line 1, column 31: sink.options.max_removed is neither a "
	    "number nor a percentage",
	    "more than all");
	refuse("source: companies\n",
	    "f: line 1, column 9: source has to be a map, of keys and values",
	    "a text for a map");
	refuse("- a\n",
	    "f: line 1, column 1: the document has to be a map, of keys and "
	    "values",
	    "a list for a document");
	refuse("? [a]\n: b\n", "f: line 1, column 3: a key that is no text",
	    "a key that is a list");
}

static void
meaning(void)
{
	refuse("source: {address: 'hubspot:'}\n",
	    "f: line 1, column 1: source.options.source_table is missing",
	    "no object");
	refuse("source: {options: {source_table: a}}\n",
	    "f: line 1, column 1: source.address is missing",
	    "no source address");
	refuse(SHORT "sink: {address: 'csv:x'}\n",
	    "f: line 1, column 1: sink.options.dest_table is missing",
	    "no table");
	refuse(SHORT "sink:\n", "f: line 1, column 1: sink.address is missing",
	    "no sink address");
	refuse(SHORT "    incremental_key: updatedAt\n",
	    "f: line 5, column 5: source.options.incremental_key: HubSpot is "
	    "read as a full snapshot each time, there is nothing to continue "
	    "from; leave it out, or read only what changed with hs-fetch "
	    "--since and merge it, in a shell pipeline",
	    "incremental_key");
	refuse(SHORT "    mask: {email: hash}\n",
	    "f: line 5, column 5: source.options.mask: values go out as they "
	    "came, so they would not be masked; mask them behind hs-flatten in "
	    "a shell pipeline",
	    "mask, which must not be overlooked");
	refuse("type: workflow\n" SHORT,
	    "f: line 1, column 7: type: workflow is the older form; write "
	    "type: nilus and move source and sink below spec",
	    "type: workflow");
	refuse("spec: {type: cdc}\n",
	    "f: line 1, column 14: spec.type: cdc pipelines are not run here; "
	    "write batch",
	    "change data capture");
	refuse("# nothing\n", "f: there is no pipeline in it", "an empty file");
}

static void
broken_text(void)
{
	refuse("source:\n\taddress: a\n",
	    "f: line 2, column 1: a tab; YAML is indented with spaces",
	    "a tab");
	refuse("name: \"a\\0b\"\n" SHORT,
	    "f: line 1, column 7: a NUL in a text", "a NUL escape");
	refuse("name: \"a\\nb\"\n" SHORT,
	    "f: line 1, column 7: name has a control character in it",
	    "a control character by escape");
	refuse("name: \"a\\x9b2Jb\"\n" SHORT,
	    "f: line 1, column 7: name has a control character in it",
	    "one that some terminals obey");
	is_refused("name: a\0b\n", 10,
	    "f: line 1, column 8: control characters are not allowed",
	    "a raw NUL");
	refuse("name: gr\xc3\xbc\n"
	       "tags: \xc3\xbc\xff\n",
	    "f: line 2, column 8: not UTF-8", "a byte that is not UTF-8");
	refuse("name: !!binary aGk=\n",
	    "f: line 1, column 7: a tag; leave it "
	    "out",
	    "a tag");
	refuse("source: [\n",
	    "f: line 2, column 1: did not find expected node "
	    "content",
	    "an open bracket");
	refuse("name: *nobody\n",
	    "f: line 1, column 7: an alias without its anchor",
	    "an alias of nothing");
	refuse("tags: &a [*a]\n",
	    "f: line 1, column 11: an alias inside what it stands for",
	    "an alias of itself");
}

/* Nine levels of nine: 387 million values in 400 bytes. */
static void
bounds(void)
{
	struct hs_buf b = {0};
	int bad = hs_buf_puts(&b, "tags:\n - &l0 [a,a,a,a,a,a,a,a,a]\n");

	for (int i = 1; i < 9; i++) {
		bad |= hs_buf_printf(&b, " - &l%d [", i);
		for (int j = 0; j < 9; j++)
			bad |= hs_buf_printf(&b, "*l%d,", i - 1);
		bad |= hs_buf_puts(&b, "]\n");
	}
	tap_ok(bad == 0, "billion laughs made");
	is_refused(b.data, b.len,
	    "f: line 6, column 13: too many values, aliases included",
	    "billion laughs");
	hs_buf_clear(&b);
	for (int i = 0; i < 100000; i++)
		bad |= hs_buf_addc(&b, '[');
	is_refused(b.data, b.len, "f: line 1, column 33: nested too deeply",
	    "a hundred thousand brackets");
	hs_buf_clear(&b);
	for (int i = 0; i < 10 << 20; i++)
		bad |= hs_buf_addc(&b, '{');
	is_refused(b.data, b.len,
	    "f: larger than 1048576 bytes: this is no pipeline",
	    "ten megabytes of braces");
	hs_buf_clear(&b);
	for (int i = 0; i < 101; i++)
		bad |= hs_buf_printf(&b, "- &a%d x\n", i);
	is_refused(b.data, b.len, "f: line 101, column 3: too many anchors",
	    "a hundred and one anchors");
	hs_buf_clear(&b);
	bad |= hs_buf_puts(&b, SHORT "name: ");
	for (int i = 0; i < SETTING_MAX + 1; i++)
		bad |= hs_buf_addc(&b, 'x');
	is_refused(b.data, b.len,
	    "f: line 5, column 7: name is longer than 4096 bytes",
	    "a name of four kilobytes and one");
	hs_buf_clear(&b);
	bad |= hs_buf_puts(&b, SHORT "    properties: [");
	for (int i = 0; i < LIST_MAX / 8 + 1; i++)
		bad |= hs_buf_printf(&b, "property%d,", i % 10);
	bad |= hs_buf_puts(&b, "]\n");
	is_refused(b.data, b.len,
	    "f: line 5, column 17: source.options.properties is longer than "
	    "65536 bytes",
	    "a list of more than 64 kilobytes");
	hs_buf_clear(&b);
	for (int i = 0; i < PIPELINES_MAX + 1; i++)
		bad |= hs_buf_puts(&b, "---\n" SHORT);
	is_refused(b.data, b.len, "f: more than 1000 pipelines",
	    "a thousand and one documents");
	tap_ok(bad == 0, "the texts were made");
	hs_buf_free(&b);
}

int
main(void)
{
	the_documents_pipeline();
	other_forms();
	keys();
	meaning();
	broken_text();
	bounds();
	return tap_done();
}
