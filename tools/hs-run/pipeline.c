/* SPDX-FileCopyrightText: 2026 the hs-tools authors
 * SPDX-License-Identifier: MIT */
/* Pipelines out of YAML documents. */
#include "pipeline.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "buf.h"
#include "keys.h"
#include "yaml.h"

struct reader {
	struct hs_pipeline *p;
	struct hs_buf ignored;
};

int
hs_config_at(
    struct hs_err *e, const struct hs_pipeline *p, const struct hs_setting *s)
{
	return hs_err_at(
	    e, "%s: line %zu, column %zu", p->file, s->line, s->column);
}

/* U+0080 to U+009F are controls, too. */
static bool
is_control(const char *p)
{
	unsigned char c = (unsigned char)*p, next = (unsigned char)p[1];

	return c < 0x20 || c == 0x7f || (c == 0xc2 && next < 0xa0);
}

static int
read_setting(struct reader *r, const struct hs_section *s,
    const struct hs_key *k, const struct hs_node *node, struct hs_err *e)
{
	struct hs_setting *set =
	    (struct hs_setting *)((char *)r->p + k->offset);

	if (node->kind != HS_NODE_TEXT)
		return hs_yaml_fault(e, node->line, node->column,
		    "%s%s is a %s where a text belongs", s->name, k->name,
		    node->kind == HS_NODE_MAP ? "map" : "list");
	if (node->null || *node->text == '\0')
		return hs_yaml_fault(e, node->line, node->column,
		    "%s%s has no value", s->name, k->name);
	if (strlen(node->text) > HS_CONFIG_TEXT)
		return hs_yaml_fault(e, node->line, node->column,
		    "%s%s is longer than %d bytes", s->name, k->name,
		    HS_CONFIG_TEXT);
	for (const char *p = node->text; *p; p++)
		if (is_control(p))
			return hs_yaml_fault(e, node->line, node->column,
			    "%s%s has a control character in it", s->name,
			    k->name);
	if (set->text)
		return hs_yaml_fault(e, node->line, node->column,
		    "%s%s is given a second time; first in line %zu", s->name,
		    k->name, set->line);
	set->text = strdup(node->text);
	set->line = node->line;
	set->column = node->column;
	if (set->text)
		return 0;
	hs_err_mem(e, "a pipeline");
	return -1;
}

static int
ignore(struct reader *r, const struct hs_section *s, const struct hs_node *key,
    struct hs_err *e)
{
	if (hs_buf_printf(&r->ignored, "%s%s%s (line %zu)",
		r->ignored.len ? ", " : "", s->name, key->text, key->line) < 0)
		return hs_err_mem(e, "a pipeline");
	return 0;
}

/* Sections nest as deep as the tables say, so this recursion ends. */
static int
read_section(struct reader *r, const struct hs_section *s,
    const struct hs_node *node, struct hs_err *e)
{
	if (s == &hs_section_sink)
		r->p->has_sink = true;
	if (node->null)
		return 0;
	if (node->kind != HS_NODE_MAP)
		return hs_yaml_fault(e, node->line, node->column,
		    "%.*s is no map; it holds keys and values",
		    *s->name ? (int)strlen(s->name) - 1 : 12,
		    *s->name ? s->name : "the document");
	for (size_t i = 0; i < node->items; i += 2) {
		const struct hs_node *key = node->item[i];
		const struct hs_node *value = node->item[i + 1];
		const struct hs_key *k = hs_section_find(s, key->text);
		int rc = 0;
		if (!k)
			rc = hs_section_unknown(s, key, e);
		else if (k->use == HS_KEY_READ)
			rc = read_setting(r, s, k, value, e);
		else if (k->use == HS_KEY_BELOW)
			rc = read_section(r, k->below, value, e);
		else if (k->use == HS_KEY_IGNORE)
			rc = ignore(r, s, key, e);
		else
			rc = hs_yaml_fault(e, key->line, key->column,
			    "%s%s: %s", s->name, key->text, k->why);
		if (rc < 0)
			return -1;
	}
	return 0;
}

static int
missing(const struct hs_node *root, const char *what, struct hs_err *e)
{
	return hs_yaml_fault(
	    e, root->line, root->column, "%s is missing", what);
}

/* What a pipeline needs, whatever machine it runs on. */
static int
check(const struct hs_pipeline *p, const struct hs_node *root, struct hs_err *e)
{
	if (p->kind.text && strcmp(p->kind.text, "workflow") == 0)
		return hs_yaml_fault(e, p->kind.line, p->kind.column,
		    "type: workflow is the older form; write type: nilus and "
		    "move source and sink below spec");
	if (p->kind.text && strcmp(p->kind.text, "nilus") != 0)
		return hs_yaml_fault(e, p->kind.line, p->kind.column,
		    "type: %.200s is no pipeline; write nilus", p->kind.text);
	if (p->spec_kind.text && strcmp(p->spec_kind.text, "batch") != 0)
		return hs_yaml_fault(e, p->spec_kind.line, p->spec_kind.column,
		    "spec.type: %.200s pipelines are not run here; write batch",
		    p->spec_kind.text);
	if (!p->source.text)
		return missing(root, "source.address", e);
	if (!p->object.text)
		return missing(root, "source.options.source_table", e);
	if (p->has_sink && !p->sink.text)
		return missing(root, "sink.address", e);
	if (p->has_sink && !p->table.text)
		return missing(root, "sink.options.dest_table", e);
	return 0;
}

static int
read_document(
    struct hs_pipeline *p, const struct hs_node *root, struct hs_err *e)
{
	struct reader r = {.p = p};
	int rc = read_section(&r, &hs_section_top, root, e);

	if (rc == 0)
		rc = check(p, root, e);
	if (rc == 0) {
		const char *label =
		    p->name.text ? p->name.text : p->object.text;
		p->label = label ? strdup(label) : NULL;
		if (!p->label)
			rc = hs_err_mem(e, "a pipeline");
	}
	if (rc == 0 && r.ignored.len > 0) {
		p->ignored = strndup(r.ignored.data, r.ignored.len);
		if (!p->ignored)
			rc = hs_err_mem(e, "a pipeline");
	}
	hs_buf_free(&r.ignored);
	return rc;
}

static struct hs_pipeline *
add_pipeline(struct hs_config *c, const char *file, struct hs_err *e)
{
	if (c->n == HS_CONFIG_MAX) {
		hs_err_set(
		    e, HS_CONFIG, "more than %d pipelines", HS_CONFIG_MAX);
		return NULL;
	}
	void *p = realloc(c->pipeline, (c->n + 1) * sizeof(*c->pipeline));
	if (!p) {
		hs_err_mem(e, "pipelines");
		return NULL;
	}
	c->pipeline = p;
	c->pipeline[c->n] = (struct hs_pipeline){.file = file};
	return &c->pipeline[c->n++];
}

int
hs_config_parse(struct hs_config *c, const char *file, struct hs_span text,
    struct hs_err *e)
{
	struct hs_yaml *y = hs_yaml_open(text, e);
	struct hs_node *root;
	size_t before = c->n;
	int r = y ? 0 : -1;

	while (y && (r = hs_yaml_next(y, &root, e)) > 0) {
		/* An empty document, as a last --- leaves one behind. */
		if (root->null)
			continue;
		struct hs_pipeline *p = add_pipeline(c, file, e);
		if (!p || read_document(p, root, e) < 0) {
			r = -1;
			break;
		}
	}
	hs_yaml_close(y);
	if (r == 0 && c->n == before)
		r = hs_err_set(e, HS_CONFIG, "there is no pipeline in it");
	return r < 0 ? hs_err_at(e, "%s", file) : 0;
}

/* Reads fd whole, a byte more than is allowed at most. */
static int
read_all(int fd, struct hs_buf *b, struct hs_err *e)
{
	for (;;) {
		if (b->len > HS_YAML_SIZE)
			return 0;
		if (hs_buf_reserve(b, 16384) < 0)
			return hs_err_mem(e, "a pipeline file");
		ssize_t n = read(fd, b->data + b->len, b->cap - b->len);
		if (n < 0 && errno == EINTR)
			continue;
		if (n < 0)
			return hs_err_set(
			    e, HS_IO, "cannot read: %s", strerror(errno));
		if (n == 0)
			return 0;
		b->len += (size_t)n;
	}
}

int
hs_config_read(struct hs_config *c, const char *path, struct hs_err *e)
{
	bool standard = strcmp(path, "-") == 0;
	const char *file = standard ? "standard input" : path;
	int fd = standard ? STDIN_FILENO : open(path, O_RDONLY | O_CLOEXEC);
	struct hs_buf b = {0};
	struct stat st;

	if (fd < 0)
		return hs_err_set(
		    e, HS_NOINPUT, "%s: %s", path, strerror(errno));
	bool exposed = !standard && fstat(fd, &st) == 0 &&
		       (st.st_mode & (S_IRGRP | S_IROTH)) != 0;
	size_t before = c->n;
	int rc = read_all(fd, &b, e);
	if (rc < 0)
		hs_err_at(e, "%s", file);
	else
		rc = hs_config_parse(c, file, hs_buf_span(&b), e);
	for (size_t i = before; i < c->n; i++)
		c->pipeline[i].exposed = exposed;
	if (b.data)
		explicit_bzero(b.data, b.cap);
	hs_buf_free(&b);
	if (!standard)
		close(fd);
	return rc;
}

static void
wipe(struct hs_setting *s)
{
	if (s->text)
		explicit_bzero(s->text, strlen(s->text));
	free(s->text);
}

void
hs_config_free(struct hs_config *c)
{
	for (size_t i = 0; i < c->n; i++) {
		struct hs_pipeline *p = &c->pipeline[i];
		wipe(&p->name);
		wipe(&p->kind);
		wipe(&p->spec_kind);
		wipe(&p->source);
		wipe(&p->object);
		wipe(&p->key);
		wipe(&p->sink);
		wipe(&p->table);
		wipe(&p->strategy);
		free(p->label);
		free(p->ignored);
	}
	free(c->pipeline);
	*c = (struct hs_config){0};
}
