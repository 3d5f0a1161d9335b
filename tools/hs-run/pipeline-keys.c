/* SPDX-FileCopyrightText: 2026 the hs-tools authors
 * SPDX-License-Identifier: MIT */
/* The keys of a pipeline document. */
#include "pipeline-keys.h"

#include <string.h>

#define SETTING(use, id) (use), (id), NULL, NULL
#define SECTION(s) KEY_SECTION, 0, &(s), NULL
#define NILUS KEY_IGNORED, 0, NULL, NULL
#define NOT(why) KEY_REFUSED, 0, NULL, (why)

#define FULL                                                              \
	"HubSpot is read as a full snapshot each time, there is nothing " \
	"to continue from; leave it out, or read only what changed with " \
	"hs-fetch --since and merge it, in a shell pipeline"
#define MASK                                                             \
	"values go out as they came, so they would not be masked; mask " \
	"them behind hs-flatten in a shell pipeline"
#define SAMPLE "a sample never replaces a table; use hs-fetch --limit"
#define COLUMNS "name the columns that you want in source.options.properties"
#define OTHER "it belongs to another kind of pipeline than batch"

/* The names come from Nilus's own schema of type: nilus, version v1alpha;
 * some of the options come from the older type: workflow.  A key that would
 * leave out or change data is refused, not ignored. */
static const struct key source_option[] = {
    {"source_table", SETTING(KEY_TEXT, SET_OBJECT)},
    {"properties", SETTING(KEY_LIST, SET_PROPERTIES)},
    {"history", SETTING(KEY_LIST, SET_HISTORY)},
    {"archived", SETTING(KEY_FLAG, SET_ARCHIVED)},
    {"page_size", SETTING(KEY_NUMBER, SET_PAGE_SIZE)},
    {"primary_key", SETTING(KEY_NAMES, SET_KEY)},
    {"incremental_key", NOT(FULL)},
    {"interval_start", NOT(FULL)},
    {"interval_end", NOT(FULL)},
    {"mask", NOT(MASK)},
    {"sql_limit", NOT(SAMPLE)},
    {"yield_limit", NOT(SAMPLE)},
    {"sql_exclude_columns", NOT(COLUMNS)},
    {"strategy", NOT(OTHER)},
    {"type_hints", NILUS},
    {"max_table_nesting", NILUS},
    {"extract_parallelism", NILUS},
    {"sql_reflection_level", NILUS},
    {"sql_backend", NILUS},
    {0},
};

static const struct key sink_option[] = {
    {"dest_table", SETTING(KEY_TEXT, SET_TABLE)},
    {"incremental_strategy", SETTING(KEY_TEXT, SET_STRATEGY)},
    {"primary_key", SETTING(KEY_NAMES, SET_KEY)},
    {"replace_invalid", SETTING(KEY_FLAG, SET_REPLACE_INVALID)},
    {"max_removed", SETTING(KEY_SHARE, SET_MAX_REMOVED)},
    {"incremental_key", NOT(FULL)},
    {"mask", NOT(MASK)},
    {"full_refresh", NILUS},
    {"partition_by", NILUS},
    {"cluster_by", NILUS},
    {"loader_file_size", NILUS},
    {"loader_file_format", NILUS},
    {"staging_bucket", NILUS},
    {"aws_region", NILUS},
    {"aws_endpoint", NILUS},
    {"iceberg_metadata_compression", NILUS},
    {0},
};

static const struct section source_options = {
    "source.options.", source_option, true};
static const struct section sink_options = {"sink.options.", sink_option, true};

/* The Nilus documentation's page on HubSpot has source_table beside options,
 * so it is read there, too. */
static const struct key source_key[] = {
    {"address", SETTING(KEY_TEXT, SET_SOURCE)},
    {"options", SECTION(source_options)},
    {"source_table", SETTING(KEY_TEXT, SET_OBJECT)},
    {"cdc", NOT(OTHER)},
    {0},
};

static const struct key sink_key[] = {
    {"address", SETTING(KEY_TEXT, SET_SINK)},
    {"options", SECTION(sink_options)},
    {0},
};

static const struct section source = {"source.", source_key, true};
const struct section section_sink = {"sink.", sink_key, true};

static const struct key spec_key[] = {
    {"type", SETTING(KEY_TEXT, SET_SPEC_TYPE)},
    {"source", SECTION(source)},
    {"sink", SECTION(section_sink)},
    {"mode", NOT(OTHER)},
    {"compute", NILUS},
    {"logLevel", NILUS},
    {"schedule", NILUS},
    {"resources", NILUS},
    {"use", NILUS},
    {"repo", NILUS},
    {"runAsUser", NILUS},
    {"tags", NILUS},
    {"title", NILUS},
    {"description", NILUS},
    {"owner", NILUS},
    {"workspace", NILUS},
    {0},
};

static const struct section spec = {"spec.", spec_key, false};

static const struct key top_key[] = {
    {"name", SETTING(KEY_TEXT, SET_NAME)},
    {"type", SETTING(KEY_TEXT, SET_TYPE)},
    {"spec", SECTION(spec)},
    {"source", SECTION(source)},
    {"sink", SECTION(section_sink)},
    {"version", NILUS},
    {"tags", NILUS},
    {"title", NILUS},
    {"description", NILUS},
    {"owner", NILUS},
    {"workspace", NILUS},
    {"layer", NILUS},
    {0},
};

const struct section section_top = {"", top_key, false};
static const struct section *const sections[] = {&section_top, &spec, &source,
    &source_options, &section_sink, &sink_options, NULL};

/* Whether text is the key's name; older pipelines write source-table. */
static bool
names(const char *text, const char *key, bool hyphens)
{
	while (*text &&
	       (*text == *key || (hyphens && *text == '-' && *key == '_'))) {
		text++;
		key++;
	}
	return *text == *key;
}

const struct key *
section_find(const struct section *s, const char *text)
{
	for (const struct key *k = s->key; k->name; k++)
		if (names(text, k->name, s->hyphens))
			return k;
	return NULL;
}

/* How many insertions, deletions and replacements make b of a. */
static size_t
distance(const char *a, const char *b)
{
	size_t row[64], n = strlen(b);

	if (n >= 64 || strlen(a) >= 64)
		return 64;
	for (size_t j = 0; j <= n; j++)
		row[j] = j;
	for (size_t i = 0; a[i]; i++) {
		size_t corner = row[0];
		row[0] = i + 1;
		for (size_t j = 0; j < n; j++) {
			size_t best = corner + (a[i] != b[j]);
			corner = row[j + 1];
			if (row[j] + 1 < best)
				best = row[j] + 1;
			if (corner + 1 < best)
				best = corner + 1;
			row[j + 1] = best;
		}
	}
	return row[n];
}

int
section_unknown(
    const struct section *s, const struct node *node, struct hs_err *e)
{
	const char *near = NULL;
	size_t best = 3;

	for (const struct key *k = s->key; k->name; k++) {
		size_t d = distance(node->text, k->name);
		if (d < best) {
			best = d;
			near = k->name;
		}
	}
	if (near)
		return fault_at(node->at, e,
		    "unknown key %s%.200s; did you mean %s?", s->name,
		    node->text, near);
	for (size_t i = 0; sections[i]; i++)
		if (section_find(sections[i], node->text))
			return fault_at(node->at, e,
			    "unknown key %s%.200s; did you mean %s%s?", s->name,
			    node->text, sections[i]->name,
			    section_find(sections[i], node->text)->name);
	return fault_at(
	    node->at, e, "unknown key %s%.200s", s->name, node->text);
}
