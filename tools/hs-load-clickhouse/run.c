/* SPDX-FileCopyrightText: 2026 the hs-tools authors
 * SPDX-License-Identifier: MIT */
/* What hs-load-clickhouse does. */
#include "run.h"

#include "fill.h"
#include "fit.h"
#include "publish.h"

static void
report(struct job *j)
{
	if (j->absent.len > 0 && !j->load.merge)
		j->load.warn("%s: not in the stream, so null: %.*s",
		    job_name(j), (int)j->absent.len - 2, j->absent.data + 2);
	j->load.warn("%s: %llu rows%s", job_name(j),
	    j->load.rows.schema.records, j->load.merge ? " merged" : "");
}

/* Loads what has been read. */
static int
load(struct job *j, struct hs_err *e)
{
	enum staging_kind rows;
	struct hs_err other;

	if (fit(j, e) < 0)
		return -1;
	if (fill(j, &rows, e) < 0 || publish(j, rows, e) < 0) {
		/* The reason stays the first one. */
		if (db_set_pace(&j->db, DB_HURRY, &other) == 0 &&
		    !j->db.dry_run)
			(void)publish_clean(j, true, &other);
		if (j->cluster.name)
			cluster_blame(&j->cluster, &j->db, e);
		return hs_err_at(e, "%s", job_name(j));
	}
	/* The table is loaded, whatever becomes of the old one. */
	if (publish_clean(j, false, &other) < 0)
		j->load.warn("%s: it is loaded, but a table that was needed "
			     "for it remains: %s",
		    job_name(j), other.text);
	if (!j->db.dry_run)
		report(j);
	return hs_out_close(&j->db.out, e);
}

int
run(struct job *j, struct hs_err *e)
{
	if (db_read(&j->db, j->address, e) < 0)
		return -1;
	if (j->db.server.exposed)
		j->load.warn(
		    "the password is written in the address, where others "
		    "may see it; {VARIABLE} keeps it in the environment");
	j->load.rows.takes_nul = true;
	if (db_open(&j->db, e) < 0 || hs_sqlload_open(&j->load, e) < 0 ||
	    hs_sqlload_read(&j->load, e) < 0)
		return -1;
	bool none = j->load.rows.schema.records == 0;
	if (none && j->load.merge) {
		j->load.warn("no records: nothing changes");
		return 0;
	}
	if (job_open(j, e) < 0)
		return -1;
	if (!none || j->table.exists)
		return load(j, e);
	j->load.warn("no records, so no columns: no table is made");
	return 0;
}
