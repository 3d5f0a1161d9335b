/* SPDX-FileCopyrightText: 2026 the hs-tools authors
 * SPDX-License-Identifier: MIT */
/* What hs-schema does. */
#include "run.h"

#include <unistd.h>

#include "declared.h"
#include "output.h"

/* Reads what is needed before the first record, and opens the outputs. */
static int
open_files(struct run *r, struct hs_err *e)
{
	if (r->declared &&
	    hs_declared_read(&r->definitions, r->declared, e) < 0)
		return -1;
	if (r->declared)
		r->schema.declared = &r->definitions;
	if (r->diff && hs_tableschema_read(&r->old, r->diff, e) < 0)
		return -1;
	if (hs_in_open(&r->in, NULL, e) < 0)
		return -1;
	r->in.max_line = r->max_line;
	/* Only a whole stream is published or compared. */
	hs_page_init(&r->page, &r->in, r->output || r->diff);
	if (!r->output)
		return 0;
	return hs_target_open(&r->target, r->output, r->warn, r->guard, e);
}

/*
 * Passes a line on as it came; a missing newline at the end stays missing.  A
 * page that may be the last waits for the next line, or for the schema: without
 * it no loader takes the stream for whole, should we be killed.
 */
static int
pass_on(struct run *r, struct hs_err *e)
{
	struct hs_err whole;

	if (hs_out_commit(&r->out, e) < 0)
		return -1;
	hs_buf_put(&r->out.buf, r->page.line);
	if (!r->in.torn)
		hs_buf_addc(&r->out.buf, '\n');
	if (r->page.is_page && hs_page_complete(&r->page, true, &whole) == 0)
		return 0;
	if (hs_out_commit(&r->out, e) < 0)
		return -1;
	return hs_in_ready(&r->in) ? 0 : hs_out_flush(&r->out, e);
}

static int
read_stream(struct run *r, struct hs_err *e)
{
	struct hs_page *pg = &r->page;
	int got;

	while ((got = hs_page_next(pg, e)) > 0) {
		while ((got = hs_page_record(pg, e)) > 0)
			if (hs_schema_record(&r->schema, pg, e) < 0)
				return -1;
		if (got < 0 || (r->output && pass_on(r, e) < 0))
			return -1;
	}
	return got;
}

/* After the stream's end: whether its types may be written. */
static int
judge_stream(struct run *r, struct hs_err *e)
{
	if (hs_page_complete(&r->page, false, e) == 0) {
		if (r->page.since)
			r->warn("the stream carries only what changed "
				"(hs.since); these are its types alone");
		if (!r->diff || r->page.records > 0)
			return 0;
		return hs_err_set(e, HS_DATA,
		    "%s: the stream has no records: nothing to compare",
		    r->in.name);
	}
	if (r->output || r->diff || r->in.line == 0)
		return -1;
	r->warn("%s; these are the types of a sample", e->text);
	return 0;
}

static void
warn_nested(const struct run *r)
{
	const struct hs_field *f =
	    hs_schema_field(&r->schema, HS_SPAN("properties"));

	if (f && f->type == HS_TYPE_OBJECT)
		r->warn("the records are not flat: with hs-flatten before it "
			"in the pipe, every property is a column");
}

static int
warn_limits(const struct run *r, struct hs_err *e)
{
	struct hs_buf b = {0};

	put_limits(&r->schema, r->dialect, &b);
	int rc = hs_buf_check(&b, e, "a message");
	if (rc == 0 && b.len > 0)
		r->warn("%.*s", (int)b.len, b.data);
	hs_buf_free(&b);
	return rc;
}

/* A member of a file that is loaded has to have its column's name. */
static void
warn_renamed(const struct run *r, const struct hs_sqlnames *n)
{
	const struct hs_columns *c = &r->schema.columns;

	for (size_t i = 0; i < c->n; i++)
		if (!hs_span_eq(hs_sqlnames_at(n, i), c->name[i]))
			r->warn("%s: BigQuery does not take this name; the "
				"schema has %.*s, and so must the file",
			    c->name[i].p, (int)hs_sqlnames_at(n, i).len,
			    hs_sqlnames_at(n, i).p);
}

/* Adds the schema for a database. */
static int
put_database(const struct run *r, struct hs_buf *b, struct hs_err *e)
{
	const struct hs_schema *s = &r->schema;
	const char *object = s->object[0] ? s->object : "records";
	struct hs_sqlnames n = {0};

	int rc =
	    name_columns(&n, s, r->dialect, r->table ? r->table : object, e);
	if (rc == 0 && r->format == FORMAT_BIGQUERY) {
		warn_renamed(r, &n);
		put_bigquery(s, &n, b);
	} else if (rc == 0) {
		put_sql(s, &n, b);
		rc = warn_limits(r, e);
	}
	hs_sqlnames_free(&n);
	return rc;
}

/* Adds the schema, in the format asked for, to o. */
static int
put_schema(const struct run *r, struct hs_out *o, struct hs_err *e)
{
	const struct hs_schema *s = &r->schema;

	if (r->format >= FORMAT_SQL && put_database(r, &o->buf, e) < 0)
		return -1;
	if (r->format == FORMAT_TABLE)
		put_table(s, r->width, r->utf8, &o->buf);
	else if (r->format < FORMAT_SQL)
		put_descriptor(s, &o->buf);
	return hs_out_commit(o, e);
}

/* What changed goes to standard output, or, where the stream goes there, to
 * standard error. */
static int
compare(struct run *r, struct hs_err *e)
{
	struct hs_out changes;

	hs_out_init(&changes, r->output ? r->err : STDOUT_FILENO,
	    r->output ? "standard error" : "standard output");
	r->drift = put_diff(&r->old, &r->schema, &changes.buf) > 0;
	int rc = hs_out_commit(&changes, e);
	if (rc == 0)
		rc = hs_out_flush(&changes, e);
	hs_buf_free(&changes.buf);
	return rc;
}

/* The file is in place before the last page goes out: a loader that can replace
 * its table finds it. */
static int
publish(struct run *r, struct hs_err *e)
{
	if (put_schema(r, &r->target.out, e) < 0 ||
	    hs_target_sync(&r->target, e) < 0)
		return -1;
	/* Half of the page that waits: whether there still is a reader. */
	r->out.committed += (r->out.buf.len - r->out.committed) / 2;
	if (hs_out_flush(&r->out, e) < 0 ||
	    hs_target_publish(&r->target, e) < 0)
		return -1;
	return hs_out_commit(&r->out, e);
}

/* All but closing. */
static int
work(struct run *r, struct hs_err *e)
{
	struct hs_schema *s = &r->schema;

	if (open_files(r, e) < 0 || read_stream(r, e) < 0 ||
	    judge_stream(r, e) < 0 || hs_schema_end(s, &r->page, e) < 0)
		return -1;
	int rc = r->key.n > 0 ? hs_schema_set_key(s, &r->key, e)
			      : hs_schema_default_key(s, e);
	if (rc < 0)
		return -1;
	hs_declared_warn(s, r->warn);
	warn_nested(r);
	if (r->diff && compare(r, e) < 0)
		return -1;
	if (r->drop_empty && hs_schema_drop_empty(s, e) < 0)
		return -1;
	if (r->rest && gather_columns(s, r->dialect, r->rest, e) < 0)
		return -1;
	if (r->output)
		return publish(r, e);
	return r->diff ? 0 : put_schema(r, &r->out, e);
}

int
run(struct run *r, struct hs_err *e)
{
	struct hs_err closing;

	hs_out_init(&r->out, STDOUT_FILENO, "standard output");
	r->in.fd = -1;
	r->target = HS_TARGET_NONE;
	int rc = work(r, e);
	hs_target_abandon(&r->target);
	/* Lines that were passed on are whole, whatever came behind them. */
	hs_out_drop(&r->out);
	if (hs_out_close(&r->out, rc < 0 ? &closing : e) < 0)
		rc = -1;
	hs_in_close(&r->in);
	return rc;
}

void
run_free(struct run *r)
{
	hs_schema_free(&r->schema);
	hs_tableschema_free(&r->definitions);
	hs_tableschema_free(&r->old);
	hs_columns_free(&r->key);
}
