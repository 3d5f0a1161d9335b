/* SPDX-FileCopyrightText: 2026 the hs-tools authors
 * SPDX-License-Identifier: MIT */
/* What hs-schema does. */
#include "run.h"

#include <unistd.h>

#include "dialect.h"

/* After so many warnings of one kind the rest are only counted. */
#define WARNINGS 20

/* What has to be known before the first record, and where all goes. */
static int
open_files(struct run *run, struct hs_err *e)
{
	if (run->declared &&
	    declared_read(&run->definitions, run->declared, e) < 0)
		return -1;
	if (run->declared)
		run->schema.declared = &run->definitions;
	if (run->diff && schema_read(&run->old, run->diff, e) < 0)
		return -1;
	if (hs_in_open(&run->in, NULL, e) < 0)
		return -1;
	run->in.max_line = run->max_line;
	/* What is published, or compared, is a whole stream's. */
	hs_page_init(&run->page, &run->in, run->output || run->diff);
	if (!run->output)
		return 0;
	return hs_target_open(
	    &run->target, run->output, run->warn, run->guard, e);
}

/* Passes a line on as it came, the last one's missing newline included. */
static int
pass_on(struct run *run, struct hs_err *e)
{
	struct hs_span line = run->page.line;

	if (hs_out_add(&run->out, line.p, line.len, e) < 0 ||
	    (!run->in.torn && hs_out_add(&run->out, "\n", 1, e) < 0) ||
	    hs_out_commit(&run->out, e) < 0)
		return -1;
	return hs_in_ready(&run->in) ? 0 : hs_out_flush(&run->out, e);
}

static int
read_stream(struct run *run, struct hs_err *e)
{
	struct hs_page *pg = &run->page;
	int r;

	while ((r = hs_page_next(pg, e)) > 0) {
		while ((r = hs_page_record(pg, e)) > 0)
			if (schema_record(&run->schema, pg, e) < 0)
				return -1;
		if (r < 0 || (run->output && pass_on(run, e) < 0))
			return -1;
	}
	if (r < 0)
		return -1;
	r = hs_page_complete(pg, false, e);
	if (r < 0 && (run->output || run->diff || run->in.line == 0))
		return -1;
	if (r < 0)
		run->warn("%s; these are the types of a sample", e->text);
	return 0;
}

static void
warn_contradicted(const struct run *run)
{
	const struct schema *s = &run->schema;
	size_t n = 0;

	for (size_t i = 0; i < s->n; i++) {
		const struct field *f = &s->field[i];
		if (!f->contradicted || ++n > WARNINGS)
			continue;
		run->warn("%s: declared %s, but %llu of %llu values are "
			  "not, the first %.*s; kept as text",
		    s->columns.name[i].p, hs_type_name(f->declared),
		    f->contradicted, f->filled, (int)f->contradiction.len,
		    f->contradiction.data);
	}
	if (n > WARNINGS)
		run->warn("%zu more columns contradict their declaration",
		    n - WARNINGS);
}

/* A stream that nobody has flattened has few columns to speak of. */
static void
warn_nested(struct run *run)
{
	struct schema *s = &run->schema;
	const struct field *f = schema_field(s, HS_SPAN("properties"));

	if (f && f->type == HS_TYPE_OBJECT)
		run->warn("the records are not flat: with hs-flatten "
			  "before it in the pipe, every property is a "
			  "column");
}

static int
format_schema(struct run *run, struct hs_buf *b, struct hs_err *e)
{
	struct schema *s = &run->schema;
	const char *table = run->table;

	if (!table)
		table = s->object[0] ? s->object : "records";
	if (run->format == FORMAT_SQL)
		return schema_put_sql(s, run->dialect, table, b, e);
	int rc = run->format == FORMAT_TABLE
		     ? schema_put_table(s, run->width, run->utf8, b)
		     : schema_put_json(s, b);
	return rc < 0 ? hs_err_mem(e, "the schema") : 0;
}

/* Drift goes to standard output, or past it where the stream has that. */
static int
compare(struct run *run, struct hs_err *e)
{
	struct hs_out drift;
	size_t n;

	hs_out_init(&drift, run->output ? run->err : STDOUT_FILENO,
	    run->output ? "standard error" : "standard output");
	int rc = schema_diff(&run->old, &run->schema, &drift.buf, &n);
	rc =
	    rc < 0 ? hs_err_mem(e, "the comparison") : hs_out_commit(&drift, e);
	if (rc == 0)
		rc = hs_out_flush(&drift, e);
	hs_buf_free(&drift.buf);
	run->drift = n > 0;
	return rc;
}

/* FILE is in place before standard output ends: who reads that to its end
 * finds it. */
static int
publish(struct run *run, struct hs_err *e)
{
	struct hs_target *t = &run->target;

	if (format_schema(run, &t->out.buf, e) < 0 ||
	    hs_out_commit(&t->out, e) < 0 || hs_target_sync(t, e) < 0 ||
	    hs_out_flush(&run->out, e) < 0)
		return -1;
	return hs_target_publish(t, e);
}

int
run(struct run *run, struct hs_err *e)
{
	struct schema *s = &run->schema;

	hs_out_init(&run->out, STDOUT_FILENO, "standard output");
	run->in.fd = -1;
	run->target = HS_TARGET_NONE;
	if (open_files(run, e) < 0 || read_stream(run, e) < 0)
		return -1;
	schema_end(s, &run->page);
	int rc = run->key.n > 0 ? schema_set_key(s, &run->key, e)
				: schema_default_key(s, e);
	if (rc < 0)
		return -1;
	warn_contradicted(run);
	warn_nested(run);
	if (run->diff && compare(run, e) < 0)
		return -1;
	if (run->output)
		return publish(run, e);
	if (run->diff)
		return 0;
	if (format_schema(run, &run->out.buf, e) < 0)
		return -1;
	return hs_out_commit(&run->out, e);
}

int
run_end(struct run *run, int rc, struct hs_err *e)
{
	struct hs_err closing;

	hs_target_abandon(&run->target);
	/* Lines that were passed on are whole, whatever came behind them. */
	hs_out_drop(&run->out);
	if (hs_out_close(&run->out, rc < 0 ? &closing : e) < 0)
		rc = -1;
	hs_in_close(&run->in);
	return rc;
}

void
run_free(struct run *run)
{
	schema_free(&run->schema);
	schema_free(&run->definitions);
	schema_free(&run->old);
	hs_columns_free(&run->key);
}
