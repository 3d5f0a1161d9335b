/* SPDX-FileCopyrightText: 2026 the hs-tools authors
 * SPDX-License-Identifier: MIT */
/* MariaDB and MySQL. */
#include "mysql.h"

#include <stdlib.h>
#include <string.h>

#include "mysql-client.h"
#include "mysql-steps.h"

/* A key has at most so many bytes, and a character up to 4. */
#define KEY_CHARS 768

static const char begin[] =
    "SET NAMES utf8mb4 COLLATE utf8mb4_bin;\n"
    "SET SESSION sql_mode = 'STRICT_ALL_TABLES,NO_ENGINE_SUBSTITUTION,"
    "NO_AUTO_VALUE_ON_ZERO,NO_ZERO_DATE,NO_ZERO_IN_DATE';\n"
    "SET SESSION time_zone = '+00:00', autocommit = 1, foreign_key_checks = "
    "1,\n"
    "  unique_checks = 1, sql_safe_updates = 0, sql_select_limit = DEFAULT,\n"
    "  group_concat_max_len = 16777216, innodb_lock_wait_timeout = 600;\n"
    "SET SESSION TRANSACTION ISOLATION LEVEL REPEATABLE READ;\n";

static const char results[] =
    "SELECT CONCAT('hs-load-sql: ', @hs_note) FROM DUAL\n"
    "  WHERE @hs_note <> '' UNION ALL\n"
    "SELECT CONCAT('hs-load-sql: ', IF(@hs_made AND NOT @hs_columns,\n"
    "  'no records, so no columns: no table is made', CONCAT(@hs_t, ': ',\n"
    "  @hs_added, ' rows added, ', @hs_changed, ' changed, ', @hs_total\n"
    "  - @hs_added - @hs_changed, ' unchanged, ', @hs_removed, ' removed',\n"
    "  IF(@hs_repeated > 0, CONCAT('; ', @hs_repeated, ' records gave way to "
    "'\n"
    "  'a later one of their key'), ''))));\n";

static const char counts[] =
    "SELECT CONCAT('added\\t', @hs_added) UNION ALL\n"
    "SELECT CONCAT('changed\\t', @hs_changed) UNION ALL\n"
    "SELECT CONCAT('unchanged\\t', @hs_total - @hs_added - @hs_changed)\n"
    "UNION ALL SELECT CONCAT('removed\\t', @hs_removed);\n";

static const char *const reserved[] = {"db_row_id", "db_trx_id", "db_roll_ptr",
    "fts_doc_id", "hs_load_sql_seen", NULL};

/* Of 1,017 columns the rows' table needs one. */
static struct hs_dialect
dialect(void)
{
	struct hs_dialect d = *hs_dialect_named("mysql");

	d.reserved = reserved;
	d.columns_max = 1016;
	return d;
}

/* Adds the text between the quotes of a literal.  What the client may change
 * is an escape. */
static void
put_escaped(struct hs_buf *b, struct hs_span text)
{
	static const char bare[] = "\0\n\r\\'", escaped[] = "0nr\\'";

	for (size_t i = 0; i < text.len; i++) {
		const char *at = memchr(bare, text.p[i], sizeof bare - 1);
		if (at)
			hs_buf_addc(b, '\\');
		hs_buf_addc(b, at ? escaped[at - bare] : text.p[i]);
	}
}

static void
put_text(struct hs_buf *b, struct hs_span text)
{
	hs_buf_addc(b, '\'');
	put_escaped(b, text);
	hs_buf_addc(b, '\'');
}

/* Adds a cell of COPY text, whose escapes are MySQL's, too. */
static void
put_cell(struct hs_buf *b, struct hs_span cell)
{
	bool odd = false;

	hs_buf_addc(b, '\'');
	for (size_t i = 0; i < cell.len; i++)
		odd |= cell.p[i] == '\'' || cell.p[i] == '\0';
	if (!odd)
		hs_buf_put(b, cell);
	for (size_t i = 0; odd && i < cell.len; i++) {
		char c = cell.p[i];
		if (c == '\'' || c == '\0')
			hs_buf_addc(b, '\\');
		hs_buf_addc(b, c ? c : '0');
	}
	hs_buf_addc(b, '\'');
}

/* A name that is between dots, its control characters replaced. */
static void
put_name(struct hs_buf *b, struct hs_span name)
{
	hs_buf_puts(b, "'");
	for (size_t i = 0; i < name.len; i++) {
		unsigned char c = (unsigned char)name.p[i];
		put_escaped(b, c < 0x20 || c == 0x7f ? hs_span("_", 1)
						     : hs_span(name.p + i, 1));
	}
	hs_buf_puts(b, "'");
}

static void
put_number(struct hs_buf *b, const char *name, bool set, unsigned long long n)
{
	hs_buf_printf(b, ", @hs_%s = ", name);
	if (set)
		hs_buf_printf(b, "%llu", n);
	else
		hs_buf_puts(b, "NULL");
}

static void
put_name_or_null(struct hs_buf *b, const char *name)
{
	if (name)
		put_text(b, hs_span_str(name));
	else
		hs_buf_puts(b, "NULL");
}

static void
put_load(const struct script *s, struct hs_buf *b)
{
	const char *dot = strchr(s->table, '.');
	size_t keys = s->rows->schema.key.n;

	hs_buf_puts(b, "SET @hs_name = ");
	put_name(b, hs_span_str(dot ? dot + 1 : s->table));
	hs_buf_puts(b, ", @hs_database = ");
	if (dot)
		put_name(b, hs_span(s->table, (size_t)(dot - s->table)));
	else
		hs_buf_puts(b, "NULL");
	put_number(b, "merge", true, s->merge);
	put_number(b, "no_alter", true, s->no_alter);
	put_number(b, "dry_run", true, s->dry_run);
	put_number(b, "key_chars", true, KEY_CHARS / (keys ? keys : 1));
	put_number(b, "max_removed", s->limited && !s->percent, s->max_removed);
	put_number(b, "max_percent", s->limited && s->percent, s->max_removed);
	hs_buf_puts(b, ", @hs_deleted_at = ");
	put_name_or_null(b, s->deleted_at);
	hs_buf_puts(b, ", @hs_rest = ");
	put_name_or_null(b, s->moved.n > 0 ? s->rest : NULL);
	hs_buf_puts(b, ";\n");
}

/* A text in the key has a length. */
static void
put_type(const struct script *s, size_t column, size_t key, struct hs_buf *b)
{
	const struct hs_schema *c = &s->rows->schema;

	if (key > 0 &&
	    (s->text || hs_dialect_is_text(&s->dialect, &c->field[column])))
		hs_buf_printf(b, "VARCHAR(%zu)", KEY_CHARS / c->key.n);
	else
		script_put_type(s, column, b);
}

static void
put_columns(const struct script *s, struct hs_buf *b)
{
	size_t n = s->rows->schema.n;

	for (size_t i = 0; i < n; i++) {
		size_t key = script_key(s, i);
		hs_buf_printf(b, "%s(%zu, ",
		    i ? ",\n  "
		      : "INSERT INTO hs_column (n, name, type, place, "
			"vacant) VALUES\n  ",
		    i + 1);
		put_text(b, hs_sqlnames_at(&s->names, i));
		hs_buf_puts(b, ", '");
		put_type(s, i, key, b);
		if (key > 0)
			hs_buf_printf(b, "', %zu", key);
		else
			hs_buf_puts(b, "', NULL");
		hs_buf_printf(b, ", %d)", s->empty[i]);
	}
	hs_buf_puts(b, n ? ";\n" : "");
	/* Its rows may be longer than InnoDB's. */
	hs_buf_puts(b, "CREATE TEMPORARY TABLE hs_stage (n BIGINT NOT NULL "
		       "AUTO_INCREMENT PRIMARY KEY");
	hs_buf_puts(b, n ? ",\n" : "");
	inserts_columns(s, b, " LONGTEXT");
	hs_buf_puts(b, ")\n  ENGINE = MyISAM CHARACTER SET utf8mb4 COLLATE "
		       "utf8mb4_bin;\n");
}

/* The rows as a file, which the client sends. */
static int
put_file(const struct script *s, struct hs_out *out, struct hs_err *e)
{
	struct hs_out rows;

	hs_out_init(&rows, s->spool, "temporary file");
	int rc = hs_copyrows_copy(s->rows, &rows, e);
	if (rc == 0)
		rc = hs_out_flush(&rows, e);
	hs_buf_free(&rows.buf);
	hs_buf_printf(&out->buf,
	    "LOAD DATA LOCAL INFILE '/dev/fd/%d' INTO TABLE hs_stage\n"
	    "  CHARACTER SET utf8mb4 (",
	    s->spool);
	inserts_columns(s, &out->buf, "");
	hs_buf_puts(&out->buf,
	    ");\nSET @hs_why = IF(@@warning_count > 0, 'the server does not "
	    "take the rows as they are', NULL);\n");
	return rc;
}

static const struct inserts_form form = {
    .stage = "hs_stage",
    .statement = (size_t)256 << 10,
    .put = put_cell,
};

static int
put_rows(const struct script *s, struct hs_out *out, struct hs_err *e)
{
	if (s->rows->schema.n == 0)
		return 0;
	return s->rows_file ? put_file(s, out, e)
			    : inserts_copy(s, &form, out, e);
}

static void
put_change(const struct script *s, struct hs_buf *b)
{
	script_put_lines(b, mysql_look);
	if (s->moved.n > 0)
		script_put_lines(b, mysql_rest);
	script_put_lines(b, mysql_stop);
	script_put_lines(b, mysql_test);
	script_put_lines(b, mysql_fit);
	if (s->empties > 0)
		hs_buf_printf(b,
		    "SELECT CONCAT_WS('; ', @hs_note, CONCAT(NULLIF(%zu - "
		    "COUNT(*), 0),\n  ' columns without a value are left out'))"
		    " INTO @hs_note\n  FROM hs_column WHERE vacant;\n",
		    s->empties);
	script_put_lines(b, mysql_stop);
	script_put_lines(b, mysql_rows);
	script_put_lines(b, mysql_match);
	script_put_lines(b, mysql_stop);
	if (s->dry_run) {
		if (s->moved.n > 0 && s->merge)
			script_put_lines(b, mysql_merge);
		script_put_lines(b, mysql_count);
		hs_buf_puts(b, counts);
		return;
	}
	script_put_lines(b, mysql_alter);
	hs_buf_puts(b, "START TRANSACTION;\n");
	if (s->moved.n > 0 && s->merge)
		script_put_lines(b, mysql_merge);
	script_put_lines(b, mysql_change);
	hs_buf_puts(b, "COMMIT;\n");
	script_put_lines(b, mysql_end);
	hs_buf_puts(b, s->quiet ? "" : results);
}

/* Refuses a value that no packet can hold, with what its statement needs. */
static int
check_packet(const struct script *s, struct hs_err *e)
{
	struct hs_span row, cell;
	unsigned long long record = 0;
	int got;

	while ((got = hs_copyrows_row(s->rows, &row, e)) > 0) {
		record++;
		for (size_t i = 0; hs_copyrows_cell(&row, &cell); i++) {
			struct hs_span name = hs_sqlnames_at(&s->names, i);
			if (cell.len + 8 * s->rows->schema.n + 64 >= s->packet)
				return hs_err_set(e, HS_DATA,
				    "record %llu: column %.*s: a value has %zu "
				    "bytes, escapes included; the server's "
				    "max_allowed_packet is %zu",
				    record, (int)name.len, name.p, cell.len,
				    s->packet);
		}
	}
	hs_copyrows_rewind(s->rows);
	return got;
}

/* Refuses what no key or no packet can hold. */
static int
check_values(const struct script *s, struct hs_err *e)
{
	const struct hs_schema *c = &s->rows->schema;
	bool perhaps = false;

	for (size_t i = 0; i < c->n; i++) {
		struct hs_span name = hs_sqlnames_at(&s->names, i);
		size_t longest = c->field[i].longest;
		if (script_key(s, i) > 0 && longest > KEY_CHARS / c->key.n)
			return hs_err_set(e, HS_DATA,
			    "key %.*s: a value has %zu characters; the "
			    "database's keys have at most %zu",
			    (int)name.len, name.p, longest,
			    KEY_CHARS / c->key.n);
		/* A character has at most four bytes, and six as an escape. */
		perhaps |= s->packet > 0 && longest >= s->packet / 8;
	}
	return perhaps ? check_packet(s, e) : 0;
}

static int
put(struct script *s, struct hs_out *out, struct hs_err *e)
{
	struct hs_buf *b = &out->buf;

	if (check_values(s, e) < 0)
		return -1;
	hs_buf_puts(b, begin);
	put_load(s, b);
	script_put_lines(b, mysql_prepare);
	script_put_moved(s, mysql_moved, put_text, b);
	put_columns(s, b);
	if (put_rows(s, out, e) < 0)
		return -1;
	put_change(s, b);
	hs_buf_puts(b, "CREATE TEMPORARY TABLE hs_whole (x INT);\n");
	return hs_out_commit(out, e);
}

static void
ask(const struct script *s, const struct hs_server *server, struct hs_buf *b)
{
	(void)server;
	hs_buf_puts(
	    b, "SELECT @@local_infile + 0, @@max_allowed_packet + 0;\n");
	if (!s->rest)
		return;
	hs_buf_puts(b, "SET NAMES utf8mb4;\n");
	put_load(s, b);
	hs_buf_puts(b, "SELECT CONCAT('column ', HEX(CONVERT(column_name "
		       "USING utf8mb4)))\n  FROM information_schema.columns "
		       "WHERE table_name = @hs_name\n  AND table_schema = "
		       "IFNULL(@hs_database, DATABASE());\n");
}

/* Rows go as a file, where the server takes one. */
static void
answer(struct script *s, const char *said)
{
	char *end;

	s->rows_file = strtol(said, &end, 10) != 0;
	s->packet = strtoul(end, NULL, 10);
}

static const char *const schemes[] = {"mysql", "mariadb", NULL};

const struct engine mysql_engine = {
    .name = "mysql",
    .schemes = schemes,
    .program = "mariadb",
    .other = "mysql",
    .package = "mariadb-client",
    .opening = "",
    .takes_nul = true,
    .form = &form,
    .ask = ask,
    .says = true,
    .answer = answer,
    .dialect = dialect,
    .put = put,
    .read = mysql_read,
    .set_client = mysql_set,
    .failure = mysql_failure,
};
