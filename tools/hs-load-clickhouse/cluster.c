/* SPDX-FileCopyrightText: 2026 the hs-tools authors
 * SPDX-License-Identifier: MIT */
/* A table on all shards of a cluster. */
#include "cluster.h"

#include <string.h>

enum { CLUSTER, DATABASE, TABLE, KEY, PARTS };

/* The end of an argument that begins at i: a comma or the last parenthesis. */
static size_t
part_end(struct hs_span s, size_t i)
{
	size_t depth = 0;
	char quote = '\0';

	for (; i < s.len; i++) {
		char c = s.p[i];
		if (c == '\\')
			i++;
		else if (quote)
			quote = c == quote ? '\0' : quote;
		else if (c == '\'' || c == '`' || c == '"')
			quote = c;
		else if (depth == 0 && (c == ',' || c == ')'))
			break;
		else if (c == '(')
			depth++;
		else if (c == ')')
			depth--;
	}
	return i < s.len ? i : s.len;
}

/* Adds a name without its quotes. */
static void
put_name(struct hs_span s, struct hs_buf *b)
{
	bool quoted = s.len > 1 && strchr("'`\"", s.p[0]);

	for (size_t i = quoted; i + quoted < s.len; i++) {
		if (quoted && s.p[i] == '\\' && i + 1 < s.len)
			i++;
		hs_buf_addc(b, s.p[i]);
	}
}

bool
cluster_parse(struct hs_span full, struct hs_buf part[4])
{
	static const char head[] = "Distributed(";
	size_t n = 0, at = sizeof head - 1;

	if (full.len <= at || memcmp(full.p, head, at) != 0)
		return false;
	for (; n < PARTS && at < full.len; n++) {
		size_t end = part_end(full, at);
		struct hs_span s = hs_span(full.p + at, end - at);
		hs_buf_clear(&part[n]);
		if (n == KEY)
			hs_buf_put(&part[n], s);
		else
			put_name(s, &part[n]);
		at = end + 1;
		if (end == full.len || full.p[end] == ')')
			at = full.len;
		else if (at < full.len && full.p[at] == ' ')
			at++;
	}
	return n > TABLE;
}

/* The cluster is there, and each shard is one server. */
static int
check_shards(const struct cluster *c, struct db *db, unsigned long long *n,
    struct hs_err *e)
{
	struct hs_buf sql = {0};
	unsigned long long found[3]; /* all, the server itself, copies */

	hs_buf_puts(&sql, "SELECT count(), sum(is_local), max(replica_num) "
			  "FROM system.clusters WHERE cluster = ");
	db_put_text(&sql, hs_span_str(c->name));
	int rc = db_numbers(db, &sql, found, 3, e);
	hs_buf_free(&sql);
	if (rc < 0)
		return -1;
	*n = found[0];
	if (*n == 0)
		return hs_err_set(
		    e, HS_CONFIG, "the server knows no cluster %s", c->name);
	if (found[2] > 1)
		return hs_err_set(e, HS_CONFIG,
		    "cluster %s has replicas, which are not supported",
		    c->name);
	if (found[1] == 0)
		return hs_err_set(
		    e, HS_CONFIG, "the server is none of cluster %s", c->name);
	return 0;
}

/* Reads the Distributed table, or says what the shards' would be called. */
static int
find_parts(struct cluster *c, struct table *t, struct db *db,
    struct hs_buf part[PARTS], struct hs_err *e)
{
	struct hs_buf sql = {0}, full = {0};
	bool distributed = true;

	hs_buf_puts(&sql, "SELECT engine_full FROM system.tables");
	table_put_where(t, "name", &sql);
	int rc = db_ask(db, &sql, e);
	struct hs_span rest = hs_buf_span(&db->answer);
	c->exists = rc == 0 && rest.len > 0;
	db_cell(&rest, &full);
	if (c->exists) {
		distributed = cluster_parse(hs_buf_span(&full), part);
	} else {
		hs_buf_puts(&part[CLUSTER], c->name);
		hs_buf_put(&part[DATABASE], hs_buf_span(&t->database));
		hs_buf_put(&part[TABLE], hs_buf_span(&t->name));
		hs_buf_puts(&part[TABLE], "_local");
	}
	if (rc == 0)
		rc = hs_buf_check(&full, e, "a table");
	for (size_t i = 0; rc == 0 && i < PARTS; i++)
		rc = hs_buf_check(&part[i], e, "a table");
	if (rc == 0 && !distributed)
		rc = hs_err_set(e, HS_DATA, "%s: its engine is not Distributed",
		    t->quoted.data);
	hs_buf_free(&full);
	hs_buf_free(&sql);
	return rc;
}

/* Finds the shards' table by the Distributed one. */
static int
find_local(struct cluster *c, struct table *t, struct db *db,
    const struct hs_dialect *d, struct hs_err *e)
{
	struct hs_buf part[PARTS] = {{0}};
	int rc = find_parts(c, t, db, part, e);

	if (rc == 0 && !hs_span_is(hs_buf_span(&part[CLUSTER]), c->name))
		rc = hs_err_set(e, HS_DATA, "%s: it is of cluster %.*s",
		    t->quoted.data, (int)part[CLUSTER].len, part[CLUSTER].data);
	hs_buf_put(&c->key, hs_buf_span(&part[KEY]));
	hs_buf_put(&c->quoted, hs_buf_span(&t->quoted));
	if (rc == 0)
		rc = hs_buf_check(&c->key, e, "an expression");
	if (!hs_buf_str(&c->quoted) && rc == 0)
		rc = hs_err_mem(e, "a table's name");
	if (rc == 0)
		rc = table_call(t, hs_buf_span(&part[DATABASE]),
		    hs_buf_span(&part[TABLE]), d, e);
	for (size_t i = 0; i < PARTS; i++)
		hs_buf_free(&part[i]);
	return rc;
}

/* Columns that are not the same in both tables, or on all shards. */
static int
check_columns(struct cluster *c, const struct table *whole,
    const struct table *t, struct db *db, unsigned long long shards,
    struct hs_err *e)
{
	struct hs_buf sql = {0};
	unsigned long long unlike = 0, stale = 0;

	hs_buf_puts(&sql, "SELECT count() FROM (SELECT name FROM ");
	table_put_system(t, "columns", &sql);
	table_put_where(t, "table", &sql);
	hs_buf_printf(
	    &sql, " GROUP BY name, type HAVING count() <> %llu)", shards);
	int rc = db_number(db, &sql, &unlike, e);
	hs_buf_puts(&sql, "SELECT count() FROM system.columns");
	table_put_where(t, "table", &sql);
	hs_buf_puts(&sql, " AND (name, type) NOT IN (SELECT name, type FROM "
			  "system.columns");
	table_put_where(whole, "table", &sql);
	hs_buf_addc(&sql, ')');
	if (rc == 0)
		rc = db_number(db, &sql, &stale, e);
	hs_buf_free(&sql);
	c->stale = stale > 0;
	if (rc == 0 && unlike > 0)
		return hs_err_set(e, HS_DATA,
		    "%s: its columns are not the same on all shards",
		    t->quoted.data);
	return rc;
}

/* All shards have the table, or none: *exists. */
static int
check_alike(const struct table *t, struct db *db, unsigned long long shards,
    bool *exists, struct hs_err *e)
{
	struct hs_buf sql = {0};
	unsigned long long found[2]; /* tables, kinds of them */

	hs_buf_puts(&sql, "SELECT count(), uniqExact(engine_full) FROM ");
	table_put_system(t, "tables", &sql);
	table_put_where(t, "name", &sql);
	int rc = db_numbers(db, &sql, found, 2, e);
	hs_buf_free(&sql);
	if (rc < 0)
		return -1;
	*exists = found[0] > 0;
	if (*exists && found[0] != shards)
		return hs_err_set(e, HS_DATA,
		    "%s: it is on %llu of %llu shards", t->quoted.data,
		    found[0], shards);
	if (found[1] > 1)
		return hs_err_set(e, HS_DATA,
		    "%s: it is not the same on all shards", t->quoted.data);
	return 0;
}

int
cluster_read(struct cluster *c, struct table *t, struct db *db,
    const struct hs_dialect *d, struct hs_err *e)
{
	unsigned long long shards = 0;
	bool one = false, all = false;
	struct table whole = {.cluster = c->name};

	if (check_shards(c, db, &shards, e) < 0)
		return -1;
	int rc = table_call(
	    &whole, hs_buf_span(&t->database), hs_buf_span(&t->name), d, e);
	if (rc == 0)
		rc = find_local(c, t, db, d, e);
	if (rc == 0)
		rc = check_alike(&whole, db, shards, &all, e);
	if (rc == 0)
		rc = check_alike(t, db, shards, &one, e);
	if (rc == 0 && one != all)
		rc = hs_err_set(e, HS_DATA,
		    "there is a table %s, but no %s; drop it, or make the "
		    "other",
		    one ? t->quoted.data : whole.quoted.data,
		    one ? whole.quoted.data : t->quoted.data);
	if (rc == 0)
		rc = check_columns(c, &whole, t, db, shards, e);
	table_free(&whole);
	return rc;
}

void
cluster_put_engine(const struct cluster *c, const struct hs_buf *database,
    struct hs_span table, struct hs_buf *b)
{
	hs_buf_puts(b, " ENGINE = Distributed(");
	db_put_text(b, hs_span_str(c->name));
	hs_buf_puts(b, ", ");
	db_put_text(b, hs_buf_span(database));
	hs_buf_puts(b, ", ");
	db_put_text(b, table);
	hs_buf_puts(b, ", ");
	hs_buf_put(b, hs_buf_span(&c->key));
	hs_buf_addc(b, ')');
}

void
cluster_blame(const struct cluster *c, struct db *db, struct hs_err *e)
{
	static const char dead[] = "Code: 279"; /* no connection to a shard */
	struct hs_buf sql = {0};
	struct hs_err why;

	if (e->kind != HS_LATER || !strncmp(e->text, dead, sizeof dead - 1))
		return;
	hs_buf_puts(&sql, "SELECT 1 FROM cluster(");
	db_put_text(&sql, hs_span_str(c->name));
	hs_buf_puts(&sql, ", system, one)");
	if (db_ask(db, &sql, &why) < 0 &&
	    strncmp(why.text, dead, sizeof dead - 1) == 0)
		hs_err_at(e, "%s", why.text);
	hs_buf_free(&sql);
}

void
cluster_free(struct cluster *c)
{
	hs_buf_free(&c->key);
	hs_buf_free(&c->quoted);
}
