/* SPDX-FileCopyrightText: 2026 the hs-tools authors
 * SPDX-License-Identifier: MIT */
/* Pipelines out of YAML documents. */
#include "pipeline.h"

#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "buf.h"
#include "file.h"
#include "grow.h"
#include "yaml.h"

/* One document while it is read. */
struct reader {
	struct pipeline *p;
	struct hs_buf ignored;
};

const char *
setting(const struct pipeline *p, enum setting_id id)
{
	return p->set[id].text;
}

bool
setting_is_true(const struct pipeline *p, enum setting_id id)
{
	const char *text = setting(p, id);

	return text && strcmp(text, "true") == 0;
}

int
pipeline_at(const struct pipeline *p, enum setting_id id, struct hs_err *e)
{
	struct mark at = p->set[id].at;

	return hs_err_at(
	    e, "%s: line %zu, column %zu", p->file, at.line, at.column);
}

static int
ignore(struct reader *r, const struct section *s, const struct node *key,
    struct hs_err *e)
{
	hs_buf_printf(&r->ignored, "%s%s%s (line %zu)",
	    r->ignored.len ? ", " : "", s->name, key->text, key->at.line);
	return hs_buf_check(&r->ignored, e, "a pipeline");
}

/* The tables of keys bound this recursion. */
static int
read_section(struct reader *r, const struct section *s, const struct node *node,
    struct hs_err *e)
{
	if (s == &section_sink)
		r->p->has_sink = true;
	if (node->null)
		return 0;
	if (node->kind != NODE_MAP)
		return fault_at(node->at, e,
		    "%.*s has to be a map, of keys and values",
		    *s->name ? (int)strlen(s->name) - 1 : 12,
		    *s->name ? s->name : "the document");
	for (size_t i = 0; i < node->items; i += 2) {
		const struct node *key = node->item[i];
		const struct node *value = node->item[i + 1];
		const struct key *k = section_find(s, key->text);
		int rc = 0;
		if (!k)
			rc = section_unknown(s, key, e);
		else if (k->use == KEY_SECTION)
			rc = read_section(r, k->section, value, e);
		else if (k->use == KEY_IGNORED)
			rc = ignore(r, s, key, e);
		else if (k->use == KEY_REFUSED)
			rc = fault_at(
			    key->at, e, "%s%s: %s", s->name, key->text, k->why);
		else
			rc = setting_read(&r->p->set[k->id], s, k, value, e);
		if (rc < 0)
			return -1;
	}
	return 0;
}

static int
missing(const struct node *root, const char *what, struct hs_err *e)
{
	return fault_at(root->at, e, "%s is missing", what);
}

/* Checks what does not depend on the machine. */
static int
check(const struct pipeline *p, const struct node *root, struct hs_err *e)
{
	const struct setting *type = &p->set[SET_TYPE];
	const struct setting *spec_type = &p->set[SET_SPEC_TYPE];

	if (type->text && strcmp(type->text, "workflow") == 0)
		return fault_at(type->at, e,
		    "type: workflow is the older form; write type: nilus and "
		    "move source and sink below spec");
	if (type->text && strcmp(type->text, "nilus") != 0)
		return fault_at(type->at, e,
		    "type: %.200s is no pipeline; write nilus", type->text);
	if (spec_type->text && strcmp(spec_type->text, "batch") != 0)
		return fault_at(spec_type->at, e,
		    "spec.type: %.200s pipelines are not run here; write batch",
		    spec_type->text);
	if (!setting(p, SET_SOURCE))
		return missing(root, "source.address", e);
	if (!setting(p, SET_OBJECT))
		return missing(root, "source.options.source_table", e);
	if (p->has_sink && !setting(p, SET_SINK))
		return missing(root, "sink.address", e);
	if (p->has_sink && !setting(p, SET_TABLE))
		return missing(root, "sink.options.dest_table", e);
	return 0;
}

static int
read_document(struct pipeline *p, const struct node *root, struct hs_err *e)
{
	struct reader r = {.p = p};
	int rc = read_section(&r, &section_top, root, e);

	if (rc == 0)
		rc = check(p, root, e);
	if (rc == 0) {
		const char *name = setting(p, SET_NAME);
		p->label = strdup(name ? name : setting(p, SET_OBJECT));
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

static struct pipeline *
add_pipeline(struct pipelines *p, const char *file, struct hs_err *e)
{
	if (p->n == PIPELINES_MAX) {
		hs_err_set(
		    e, HS_CONFIG, "more than %d pipelines", PIPELINES_MAX);
		return NULL;
	}
	if (HS_GROW(p->v, p->n, p->cap) < 0) {
		hs_err_mem(e, "pipelines");
		return NULL;
	}
	p->v[p->n] = (struct pipeline){.file = file};
	return &p->v[p->n++];
}

int
pipelines_parse(struct pipelines *p, const char *file, struct hs_span text,
    struct hs_err *e)
{
	struct documents *d = documents_open(text, e);
	struct node *root;
	size_t before = p->n;
	int r = d ? 0 : -1;

	while (d && (r = documents_next(d, &root, e)) > 0) {
		/* A --- at the end leaves an empty document behind. */
		if (root->null)
			continue;
		struct pipeline *new = add_pipeline(p, file, e);
		if (!new || read_document(new, root, e) < 0) {
			r = -1;
			break;
		}
	}
	documents_close(d);
	if (r == 0 && p->n == before)
		r = hs_err_set(e, HS_CONFIG, "there is no pipeline in it");
	return r < 0 ? hs_err_at(e, "%s", file) : 0;
}

static bool
is_exposed(const char *path)
{
	struct stat st;

	return strcmp(path, "-") != 0 && stat(path, &st) == 0 &&
	       (st.st_mode & (S_IRGRP | S_IROTH)) != 0;
}

int
pipelines_read(struct pipelines *p, const char *path, struct hs_err *e)
{
	const char *file = strcmp(path, "-") == 0 ? "standard input" : path;
	size_t before = p->n;
	struct hs_buf b = {0};

	/* All at once, since growing would leave copies of a token behind. */
	if (hs_buf_reserve(&b, 2 * DOCUMENTS_SIZE) < 0)
		return hs_err_mem(e, "a pipeline file");
	int rc = hs_file_read(path, DOCUMENTS_SIZE, &b, e);
	if (rc == 0)
		rc = pipelines_parse(p, file, hs_buf_span(&b), e);
	else if (e->kind == HS_DATA)
		e->kind = HS_CONFIG;
	for (size_t i = before; i < p->n; i++)
		p->v[i].exposed = is_exposed(path);
	explicit_bzero(b.data, b.cap);
	hs_buf_free(&b);
	return rc;
}

void
pipelines_free(struct pipelines *p)
{
	for (size_t i = 0; i < p->n; i++) {
		for (size_t id = 0; id < SETTINGS; id++)
			setting_free(&p->v[i].set[id]);
		free(p->v[i].label);
		free(p->v[i].ignored);
	}
	free(p->v);
	*p = (struct pipelines){0};
}
