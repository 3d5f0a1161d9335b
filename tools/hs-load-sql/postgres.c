/* SPDX-FileCopyrightText: 2026 the hs-tools authors
 * SPDX-License-Identifier: MIT */
/* PostgreSQL. */
#include "postgres.h"

#include <errno.h>

#include "psql.h"
#include "steps.h"

/* READ COMMITTED: who has waited for the lock has to see what the other one
 * has committed.  row_security off: fail instead of loading into the visible
 * half of a table. */
static const char begin[] = "\\set ON_ERROR_STOP on\n"
			    "\\set QUIET on\n"
			    "\\encoding UTF8\n"
			    "BEGIN ISOLATION LEVEL READ COMMITTED READ WRITE;\n"
			    "SET LOCAL client_min_messages = warning;\n"
			    "SET LOCAL standard_conforming_strings = on;\n"
			    "SET LOCAL timezone = 'UTC';\n"
			    "SET LOCAL datestyle = 'ISO, YMD';\n"
			    "SET LOCAL row_security = off;\n"
			    "SET LOCAL random_page_cost = 1;\n";

static const char make_load[] =
    "CREATE TEMP TABLE hs_load (target text, space text, merge boolean,\n"
    "  no_alter boolean, deleted_at text, max_removed bigint,\n"
    "  max_percent bigint, rest text, spread text, records bigint, source "
    "text,\n"
    "  created boolean DEFAULT false,\n"
    "  note text, added bigint DEFAULT 0, changed bigint DEFAULT 0,\n"
    "  unchanged bigint DEFAULT 0, removed bigint DEFAULT 0,\n"
    "  repeated bigint DEFAULT 0) ON COMMIT DROP;\n"
    "CREATE TEMP TABLE hs_column (n integer, name text, type text,\n"
    "  blank boolean, key integer, note text, empty boolean, stage text,\n"
    "  has text)\n"
    "  ON COMMIT DROP;\n";

/* The results, as variables of psql: the counts for -n, and what is said. */
static const char results[] =
    "SELECT format(E'added\\t%s\\nchanged\\t%s\\nunchanged\\t%s\\n'\n"
    "  'removed\\t%s', added, changed, unchanged, removed) AS hs_counts,\n"
    "  coalesce(note, '') <> '' AS hs_noted, note AS hs_note,\n"
    "  coalesce(target || format(': %s rows added, %s changed, '\n"
    "    '%s unchanged, %s removed', added, changed, unchanged, removed)\n"
    "    || CASE WHEN repeated > 0 THEN format('; %s records gave way to '\n"
    "      'a later one of their key', repeated) ELSE '' END,\n"
    "    'no records, so no columns: no table is made') AS hs_said\n"
    "  FROM pg_temp.hs_load \\gset\n";

static struct hs_dialect
dialect(void)
{
	struct hs_dialect d = *hs_dialect_named("postgres");

	d.nested = "jsonb";
	return d;
}

/* The schema's part of the table's quoted name, with its quotes; empty when
 * there is none. */
static struct hs_span
schema_of(struct hs_span table)
{
	size_t i = 1;

	while (i < table.len && (table.p[i] != '"' || table.p[i + 1] == '"'))
		i += table.p[i] == '"' ? 2 : 1;
	return hs_span(table.p, i + 1 < table.len ? i + 1 : 0);
}

static const char *
word(bool yes)
{
	return yes ? "true" : "false";
}

static void
put_limit(struct hs_buf *b, bool set, unsigned long long n)
{
	if (set)
		hs_buf_printf(b, ", %llu", n);
	else
		hs_buf_puts(b, ", NULL");
}

static void
put_load(const struct script *s, struct hs_buf *b)
{
	const char *deleted_at = s->deleted_at ? s->deleted_at : "";
	struct hs_span table = hs_buf_span(&s->names.table);

	hs_buf_puts(b, make_load);
	hs_buf_puts(b,
	    "INSERT INTO pg_temp.hs_load (target, space, merge, "
	    "no_alter, deleted_at,\n"
	    "  max_removed, max_percent, rest, spread, records) VALUES "
	    "(");
	script_put_literal(b, table);
	hs_buf_puts(b, ", ");
	script_put_literal(b, schema_of(table));
	hs_buf_printf(b, ", %s, %s, ", word(s->merge), word(s->no_alter));
	script_put_literal(b, hs_span_str(deleted_at));
	put_limit(b, s->limited && !s->percent, s->max_removed);
	put_limit(b, s->limited && s->percent, s->max_removed);
	hs_buf_puts(b, ", ");
	if (s->moved.n > 0)
		script_put_literal(b, hs_span_str(s->rest));
	else
		hs_buf_puts(b, "NULL");
	hs_buf_puts(b, ", ");
	if (s->distribute)
		script_put_literal(b, hs_span_str(s->distribute));
	else
		hs_buf_puts(b, "NULL");
	hs_buf_printf(b, ", %llu);\n", s->rows->schema.records);
}

/* Adds what a column means, in one line. */
static void
put_note(struct hs_buf *b, struct hs_span note)
{
	size_t from = b->len;

	script_put_literal(b, note);
	for (size_t i = from; i < b->len; i++)
		if ((unsigned char)b->data[i] < 0x20)
			b->data[i] = ' ';
}

static void
put_column(const struct script *s, size_t i, struct hs_buf *b)
{
	size_t key = script_key(s, i);

	hs_buf_printf(b, "%s  (%zu, ", i ? ",\n" : "", i + 1);
	script_put_literal(b, hs_sqlnames_at(&s->names, i));
	hs_buf_puts(b, ", '");
	script_put_type(s, i, b);
	hs_buf_printf(b, "', %s, ", word(script_blank(s, i)));
	if (key > 0)
		hs_buf_printf(b, "%zu", key);
	else
		hs_buf_puts(b, "NULL");
	hs_buf_puts(b, ", ");
	put_note(b, s->rows->schema.field[i].note);
	hs_buf_printf(b, ", %s)", word(s->empty[i]));
}

static void
put_columns(const struct script *s, struct hs_buf *b)
{
	size_t n = s->rows->schema.n;

	if (n == 0)
		return;
	hs_buf_puts(b, "INSERT INTO pg_temp.hs_column "
		       "(n, name, type, blank, key, note, empty) VALUES\n");
	for (size_t i = 0; i < n; i++)
		put_column(s, i, b);
	hs_buf_puts(b, ";\n");
}

/* The places of empty texts that the rows have null for. */
static int
put_blanks(const struct script *s, struct hs_out *out, struct hs_err *e)
{
	struct hs_buf *b = &out->buf;

	hs_buf_puts(b, "CREATE TEMP TABLE hs_blank (row bigint, n integer)\n"
		       "  ON COMMIT DROP;\n"
		       "COPY pg_temp.hs_blank FROM STDIN WITH (FREEZE);\n");
	if (hs_copyblanks_copy(&s->rows->blanks, s->null, out, e) < 0)
		return -1;
	hs_buf_puts(b, "\\.\n");
	script_put_lines(b, steps_blank);
	return 0;
}

static int
put_rows(const struct script *s, struct hs_out *out, struct hs_err *e)
{
	struct hs_buf *b = &out->buf;
	bool any = false;

	if (s->rows->schema.n == 0)
		return 0;
	/* The rows' table is new in this transaction, so that nobody can see
	 * it: its rows need no look at which transaction wrote them. */
	hs_buf_puts(b, "SELECT source AS hs_source FROM pg_temp.hs_load "
		       "\\gset\nCOPY :hs_source (");
	for (size_t i = 0; i < s->rows->schema.n; i++) {
		if (s->empty[i])
			continue;
		hs_buf_puts(b, any ? ", " : "");
		any = true;
		hs_sqlnames_put(&s->names, i, b);
	}
	if (s->empties > 0)
		s->rows->drop = s->empty;
	hs_buf_puts(b, ") FROM STDIN WITH (FREEZE);\n");
	if (hs_copyrows_copy(s->rows, out, e) < 0)
		return -1;
	hs_buf_puts(b, "\\.\n");
	return s->rows->nulls ? put_blanks(s, out, e) : 0;
}

/* What is said at the end. */
static void
put_report(const struct script *s, struct hs_buf *b)
{
	if (s->dry_run)
		hs_buf_puts(b, "\\echo :hs_counts\n");
	if (s->quiet)
		return;
	hs_buf_puts(b, "\\if :hs_noted\n\\warn hs-load-sql: :hs_note\n"
		       "\\endif\n");
	if (!s->dry_run)
		hs_buf_puts(b, "\\warn hs-load-sql: :hs_said\n");
}

static int
put(struct script *s, struct hs_out *out, struct hs_err *e)
{
	struct hs_buf *b = &out->buf;

	hs_buf_puts(b, begin);
	put_load(s, b);
	put_columns(s, b);
	script_put_moved(s, steps_moved, script_put_literal, b);
	script_put_lines(b, steps_prepare);
	if (s->moved.n > 0)
		script_put_lines(b, steps_rest);
	if (put_rows(s, out, e) < 0)
		return -1;
	script_put_lines(b, steps_fit);
	if (s->spread)
		script_put_lines(b, steps_spread);
	script_put_lines(b, steps_change);
	if (s->rows->schema.declared && !s->no_alter)
		script_put_lines(b, steps_note);
	if (s->empties > 0)
		hs_buf_printf(b,
		    "UPDATE pg_temp.hs_load SET note = concat_ws('; ', "
		    "nullif(note, ''),\n  nullif((SELECT %zu - count(*) FROM "
		    "pg_temp.hs_column WHERE empty), 0)\n"
		    "  || ' columns without a value are left out');\n",
		    s->empties);
	hs_buf_puts(b, results);
	hs_buf_puts(b, s->dry_run ? "ROLLBACK;\n" : "COMMIT;\n");
	put_report(s, b);
	hs_buf_puts(b, "\\endif\n");
	return hs_out_commit(out, e);
}

static int
put_spread(struct script *s, struct hs_out *out, struct hs_err *e)
{
	s->spread = true;
	return put(s, out, e);
}

static void
ask(const struct script *s, const struct hs_server *server, struct hs_buf *b)
{
	const struct hs_columns none = {0};
	struct hs_sqlnames n = {0};
	struct hs_dialect d = dialect();
	struct hs_err e;

	(void)server;
	if (!s->rest)
		return;
	if (hs_sqlnames_make(&n, &d, s->table, &none, &e) < 0)
		b->failed = ENOMEM;
	hs_buf_puts(b,
	    "\\pset format unaligned\n\\pset tuples_only on\n"
	    "SELECT 'column ' || encode(convert_to(attname, 'UTF8'), "
	    "'hex')\n  FROM pg_attribute WHERE attnum > 0 AND NOT "
	    "attisdropped\n  AND attrelid = to_regclass(");
	script_put_literal(b, hs_buf_span(&n.table));
	hs_buf_puts(b, ");\n");
	hs_sqlnames_free(&n);
}

static const char *const schemes[] = {"postgres", "postgresql", NULL};

#define POSTGRES(its_name, its_put)                                          \
	{                                                                    \
		.name = (its_name), .schemes = schemes, .program = "psql",   \
		.package = "postgresql-client", .opening = "\\if true\n",    \
		.blanks = true, .ask = ask, .dialect = dialect,              \
		.put = (its_put), .read = psql_read, .set_client = psql_set, \
		.failure = psql_failure                                      \
	}

const struct engine postgres_engine = POSTGRES("postgres", put);
const struct engine citus_engine = POSTGRES("citus", put_spread);
