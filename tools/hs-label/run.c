/* SPDX-FileCopyrightText: 2026 the hs-tools authors
 * SPDX-License-Identifier: MIT */
/* Definitions, then the stream. */
#include "run.h"

#include "headings.h"
#include "tool.h"

static int
read_definitions(struct run *run, char *const *paths, struct hs_err *e)
{
	struct definitions *d = &run->definitions;

	for (; *paths; paths++)
		if (definitions_read(d, *paths, e) < 0)
			return -1;
	if (definitions_finish(d, &run->only, e) < 0)
		return -1;
	if (!run->record.plan.headings)
		return 0;
	return headings_make(
	    &d->tables.properties, !run->record.plan.replace, e);
}

static void
tell_taken(const struct run *run)
{
	const struct properties *p = &run->definitions.tables.properties;

	for (size_t i = 0; i < p->n && !run->record.plan.replace; i++) {
		const struct property *v = &p->v[i];
		struct hs_span name = properties_text(p, v->name);
		if (v->label_taken && v->heading.len == 0)
			hs_tool_warn("%.*s: its values get no labels, since "
				     "%.*s_label is a property",
			    (int)name.len, name.p, (int)name.len, name.p);
	}
}

static int
pass_record(struct hs_filter *f, struct hs_page *pg, const char **copied)
{
	struct run *run = f->with;

	return record_label(&run->record, f, &pg->scan, copied);
}

static int
pass_line(struct hs_filter *f, struct hs_page *pg, struct hs_err *e)
{
	struct run *run = f->with;

	if (hs_filter_records(f, pg, e) < 0)
		return -1;
	if (pg->is_page &&
	    definitions_fit(&run->definitions, pg->last.object, e) < 0)
		return hs_err_at(
		    e, "%s: line %llu", pg->in->name, pg->in->line);
	return 0;
}

static void
tell_unknown(struct properties *p)
{
	for (size_t i = 0; i < p->n; i++) {
		const struct property *v = &p->v[i];
		struct hs_span name = properties_text(p, v->name);
		struct hs_span first = properties_text(p, v->unknown);
		if (v->unknowns > 0)
			hs_tool_warn("%.*s: %llu values without a label in the "
				     "definitions, the first: \"%.*s\"",
			    (int)name.len, name.p, v->unknowns, (int)first.len,
			    first.p);
	}
}

int
run_stream(struct run *run, char *const *paths, struct hs_err *e)
{
	static char *const input[] = {NULL};
	struct hs_filter *f = &run->filter;
	int r = read_definitions(run, paths, e);

	record_start(&run->record, &run->definitions.tables);
	f->record = pass_record;
	f->line = pass_line;
	f->with = run;
	if (r == 0)
		tell_taken(run);
	if (r == 0)
		r = hs_filter_run(f, input, e);
	if (r == 0)
		tell_unknown(&run->definitions.tables.properties);
	run->labels = run->record.values.labels;
	record_free(&run->record);
	definitions_free(&run->definitions);
	hs_columns_free(&run->only);
	return r;
}
