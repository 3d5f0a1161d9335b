/* SPDX-FileCopyrightText: 2026 the hs-tools authors
 * SPDX-License-Identifier: MIT */
/* What hs-diff does. */
#include "run.h"

#include <string.h>
#include <time.h>
#include <unistd.h>

#include "journal.h"
#include "meter.h"
#include "object.h"

#define NAMES 20 /* columns that a message names */

/* The key, where none was given: that of the objects. */
static int
choose_key(struct run *r, struct hs_err *e)
{
	const char *old = r->side[OLD].object, *new = r->side[NEW].object;

	r->format.object = *new ? new : old;
	if (*old && *new &&strcmp(old, new) != 0)
		return hs_err_set(e, HS_DATA,
		    "%s holds %s and %s holds %s: these are not two states of "
		    "one object",
		    r->side[OLD].in.name, old, r->side[NEW].in.name, new);
	if (r->shape.key.n > 0)
		return 0;
	return hs_columns_list(
	    &r->shape.key, hs_object_kind_of(r->format.object)->key, e);
}

static int
open_all(struct run *r, struct hs_err *e)
{
	for (int i = OLD; i <= NEW; i++) {
		r->side[i].which = i;
		r->side[i].shape = &r->shape;
	}
	if (r->output &&
	    hs_target_open(&r->target, r->output, r->warn, r->guard, e) < 0)
		return -1;
	if (r->output)
		r->side[NEW].pass = &r->out;
	r->changes.side = r->side;
	r->changes.shape = &r->shape;
	r->format.shape = &r->shape;
	r->format.out = r->output ? &r->target.out : &r->out;
	if (side_open(&r->side[OLD], e) < 0 || side_open(&r->side[NEW], e) < 0)
		return -1;
	return choose_key(r, e);
}

/* Says which columns only one side has. */
static void
say_columns(struct run *r, int side, const char *what)
{
	const struct shape *sh = &r->shape;
	struct hs_buf b = {0};
	size_t n = 0;
	int has;

	for (size_t i = 0; i < sh->names.n; i++) {
		if (!shape_changed(sh, i, &has) || has != side)
			continue;
		if (n++ < NAMES)
			hs_buf_printf(&b, "%s%.100s", n > 1 ? ", " : "",
			    sh->names.name[i].p);
	}
	if (n > NAMES)
		hs_buf_printf(&b, " and %zu more", n - NAMES);
	if (n > 0)
		r->warn("%s: %s", what, b.failed ? "many" : hs_buf_str(&b));
	r->changed |= n > 0;
	hs_buf_free(&b);
}

/* A name that neither side has is likely a slip. */
static int
check_names(const struct run *r, struct hs_err *e)
{
	const struct shape *sh = &r->shape;

	for (size_t i = 0; i < sh->ignore.n; i++)
		if (!hs_columns_has(&sh->names, sh->ignore.name[i]))
			r->warn("-i: neither side has a column %s",
			    sh->ignore.name[i].p);
	for (size_t i = 0; i < sh->only.n; i++)
		if ((sh->has[OLD] || sh->has[NEW]) &&
		    !hs_columns_has(&sh->names, sh->only.name[i]))
			return hs_err_set(e, HS_DATA,
			    "-c: neither side has a column %s",
			    sh->only.name[i].p);
	return 0;
}

/* Writes all changes, of which the first is there if got is 1. */
static int
write_changes(struct run *r, int got, struct change *ch, struct hs_err *e)
{
	if (format_start(&r->format, e) < 0)
		return -1;
	for (; got > 0; got = changes_next(&r->changes, ch, e)) {
		r->changed = true;
		if (format_change(&r->format, ch, e) < 0)
			return -1;
	}
	return got < 0 ? -1 : format_end(&r->format, &r->changes, e);
}

/* The file is in place before the last line of the stream goes out, so that a
 * table is replaced only where its changes have been kept. */
static int
publish(struct run *r, struct hs_err *e)
{
	if (hs_target_publish(&r->target, e) < 0)
		return -1;
	return hs_out_commit(&r->out, e);
}

static int
finish(struct run *r, struct hs_err *e)
{
	struct change ch;
	bool keep = true; /* the journal as it is */
	int got;

	hs_meter_stage("comparing");
	say_columns(r, NEW, "new columns");
	say_columns(r, OLD, "columns that are gone");
	if (check_names(r, e) < 0 ||
	    (got = changes_next(&r->changes, &ch, e)) < 0)
		return -1;
	if (r->append &&
	    journal_copy(&r->target, r->format.form == FORM_BARE, &keep, e) < 0)
		return -1;
	if (r->append && got == 0 && keep)
		return hs_out_commit(&r->out, e);
	if (write_changes(r, got, &ch, e) < 0 ||
	    side_check(&r->side[OLD], e) < 0 ||
	    side_check(&r->side[NEW], e) < 0)
		return -1;
	return r->output ? publish(r, e) : 0;
}

int
run(struct run *r, struct hs_err *e)
{
	struct hs_err closing;
	char at[JOURNAL_TIME];
	int rc;

	hs_out_init(&r->out, STDOUT_FILENO, "standard output");
	r->target = HS_TARGET_NONE;
	shape_init(&r->shape);
	for (int i = OLD; i <= NEW; i++)
		side_init(&r->side[i]);
	if (r->append)
		r->format.at = journal_time(at);
	rc = open_all(r, e);
	if (rc == 0)
		rc = changes_read(&r->changes, e);
	if (rc == 0)
		rc = finish(r, e);
	hs_target_abandon(&r->target);
	hs_out_drop(&r->out);
	if (hs_out_close(&r->out, rc < 0 ? &closing : e) < 0)
		rc = -1;
	return rc;
}

void
run_free(struct run *r)
{
	changes_free(&r->changes);
	format_free(&r->format);
	side_free(&r->side[OLD]);
	side_free(&r->side[NEW]);
	shape_free(&r->shape);
}
