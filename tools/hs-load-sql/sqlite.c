/* SPDX-FileCopyrightText: 2026 the hs-tools authors
 * SPDX-License-Identifier: MIT */
/* SQLite. */
#include "sqlite.h"

#include <errno.h>
#include <inttypes.h>
#include <string.h>
#include <unistd.h>

#include "hash.h"
#include "sqlite-steps.h"

/* How long to wait for other programs. */
static const char begin[] = ".bail on\n"
			    ".echo off\n"
			    ".changes off\n"
			    ".headers off\n"
			    ".mode list\n"
			    ".timeout 600000\n";

static const char results[] =
    "SELECT 'hs-load-sql: ' || note FROM temp.hs_load WHERE note <> ''\n"
    "UNION ALL SELECT 'hs-load-sql: ' || coalesce(target || ': ' || added\n"
    "  || ' rows added, ' || changed || ' changed, '\n"
    "  || (total - added - changed) || ' unchanged, ' || removed\n"
    "  || ' removed' || CASE WHEN repeated > 0 THEN '; ' || repeated\n"
    "  || ' records gave way to a later one of their key' ELSE '' END,\n"
    "  'no records, so no columns: no table is made')\n"
    "  FROM temp.hs_load;\n";

static const char counts[] =
    "SELECT 'added' || char(9) || added || char(10) || 'changed' || char(9)\n"
    "  || changed || char(10) || 'unchanged' || char(9)\n"
    "  || (total - added - changed) || char(10) || 'removed' || char(9)\n"
    "  || removed FROM temp.hs_load;\n";

/* A statement has at most 2,000 columns, of which UPDATE needs some. */
static struct hs_dialect
dialect(void)
{
	struct hs_dialect d = *hs_dialect_named("sqlite");

	d.columns_max = 1990;
	return d;
}

/* Adds the name of a step's file, in the quotes of the shell: the file without
 * a name that the client has been given; or one that nobody can guess. */
static void
put_file(const struct script *s, struct hs_buf *b, uint64_t one)
{
	if (s->spool > 0)
		hs_buf_printf(b, "\"/proc/self/fd/%d\"", s->spool);
	else
		hs_buf_printf(b,
		    "\"${TMPDIR:-/tmp}/hs-load-sql-%016" PRIx64 "%016" PRIx64
		    "\"",
		    one, hs_hash_number(one));
}

/* Has the client run the statements that a step writes, through a file.  Its
 * last statement, which a file that is cut short lacks, makes room for the one
 * behind it.  A command that is cut in the file's name is none for the shell: a
 * quote is open. */
static void
run_lines(const struct script *s, struct hs_buf *b, const char *const *line)
{
	uint64_t one = hs_hash_number(b->len);

	hs_buf_puts(b, ".once '|");
	hs_buf_puts(b, s->spool > 0 ? "" : "umask 077; set -C; ");
	hs_buf_puts(b, "cat >");
	put_file(s, b, one);
	hs_buf_puts(b, " && echo \"UPDATE temp.hs_step SET n = n - 1;\" >>");
	put_file(s, b, one);
	hs_buf_puts(b, "'\n");
	script_put_lines(b, line);
	hs_buf_puts(b, ".output /dev/null\n.read '|cat ");
	put_file(s, b, one);
	if (s->spool == 0) {
		hs_buf_puts(b, "; rm -f ");
		put_file(s, b, one);
	}
	hs_buf_puts(b, "'\n.output\nUPDATE temp.hs_step SET n = n + 1;\n");
}

/* A cell of COPY text is a literal.  The client drops a CR before an LF and
 * ends at a NUL: such a text has char(1) and a digit for each of them, and for
 * char(1). */
static void
put_cell(struct hs_buf *b, struct hs_span cell)
{
	static const char head[] = "replace(replace(replace('";
	static const char tail[] = "',char(1)||'2',char(13)),char(1)||'3',"
				   "char(0)),char(1)||'1',char(1))";
	bool odd = memchr(cell.p, '\0', cell.len) ||
		   memmem(cell.p, cell.len, "\\r", 2);

	hs_buf_puts(b, odd ? head : "'");
	char *d = b->data + b->len;
	for (size_t i = 0; i < cell.len; i++) {
		char c = cell.p[i];
		if (c == '\\') {
			c = cell.p[++i];
			c = c == 'n'   ? '\n'
			    : c == 'r' ? '\r'
			    : c == 't' ? '\t'
				       : c;
		}
		if (c == '\'') {
			*d++ = c;
		} else if (odd && (c == '\r' || c == '\0' || c == '\1')) {
			*d++ = '\1';
			c = c == '\r' ? '2' : c == '\0' ? '3' : '1';
		}
		*d++ = c;
	}
	b->len = (size_t)(d - b->data);
	hs_buf_puts(b, odd ? tail : "'");
}

static void
put_limit(struct hs_buf *b, bool set, unsigned long long n)
{
	if (set)
		hs_buf_printf(b, ", %llu", n);
	else
		hs_buf_puts(b, ", NULL");
}

/* The table's name as it is: between quotes, of one part. */
static void
put_table(struct hs_buf *b, const char *table)
{
	hs_buf_addc(b, '\'');
	for (; *table; table++) {
		unsigned char c = (unsigned char)*table;
		if (c == '\'')
			hs_buf_addc(b, '\'');
		hs_buf_addc(
		    b, c == '.' || c < 0x20 || c == 0x7f ? '_' : (char)c);
	}
	hs_buf_addc(b, '\'');
}

static void
put_load(const struct script *s, struct hs_buf *b)
{
	const char *deleted_at = s->deleted_at ? s->deleted_at : "";

	hs_buf_puts(b, "INSERT INTO temp.hs_load (name, merge, no_alter, "
		       "dry_run, rest,\n  deleted_at, max_removed, "
		       "max_percent) VALUES (");
	put_table(b, s->table);
	hs_buf_printf(b, ", %d, %d, %d, ", s->merge, s->no_alter, s->dry_run);
	script_put_literal(b, hs_span_str(s->rest ? s->rest : ""));
	hs_buf_puts(b, ", ");
	script_put_literal(b, hs_span_str(deleted_at));
	put_limit(b, s->limited && !s->percent, s->max_removed);
	put_limit(b, s->limited && s->percent, s->max_removed);
	hs_buf_puts(b, ");\n");
}

static void
put_columns(const struct script *s, struct hs_buf *b)
{
	size_t n = s->rows->schema.n;

	for (size_t i = 0; i < n; i++) {
		size_t key = script_key(s, i);
		hs_buf_printf(b, "%s(%zu, ",
		    i ? ",\n  "
		      : "INSERT INTO temp.hs_column (n, name, type, blank, "
			"key, empty) VALUES\n  ",
		    i + 1);
		script_put_literal(b, hs_sqlnames_at(&s->names, i));
		hs_buf_puts(b, ", '");
		script_put_type(s, i, b);
		hs_buf_printf(b, "', %d, ", script_blank(s, i));
		if (key > 0)
			hs_buf_printf(b, "%zu", key);
		else
			hs_buf_puts(b, "NULL");
		hs_buf_printf(b, ", %d)", s->empty[i]);
	}
	hs_buf_puts(b, n ? ";\n" : "");
	if (s->empties > 0)
		s->rows->drop = s->empty;
	hs_buf_puts(b, "CREATE TEMP TABLE hs_stage (");
	inserts_columns(s, b, "");
	hs_buf_puts(b, n ? ");\n" : "c1);\n");
}

static void
put_look(const struct script *s, struct hs_buf *b)
{
	script_put_lines(b, sqlite_look);
	if (s->moved.n > 0)
		script_put_lines(b, sqlite_rest);
	run_lines(s, b, sqlite_test);
	script_put_lines(b, sqlite_judge);
}

static const struct inserts_form form = {
    .stage = "temp.hs_stage",
    .statement = (size_t)64 << 10,
    .put = put_cell,
};

static int
put_rows(const struct script *s, struct hs_out *out, struct hs_err *e)
{
	if (s->rows->schema.n == 0)
		return 0;
	hs_buf_puts(&out->buf, "BEGIN;\n");
	if (inserts_copy(s, &form, out, e) < 0)
		return -1;
	hs_buf_puts(&out->buf, "COMMIT;\n");
	return 0;
}

static void
put_change(const struct script *s, struct hs_buf *b)
{
	hs_buf_puts(b, "BEGIN IMMEDIATE;\n");
	put_look(s, b);
	script_put_lines(b, sqlite_fit);
	run_lines(s, b, sqlite_stop);
	run_lines(s, b, sqlite_alter);
	script_put_lines(b, sqlite_words);
	run_lines(s, b, sqlite_match);
	script_put_lines(b, sqlite_limit);
	run_lines(s, b, sqlite_stop);
	run_lines(s, b, sqlite_change);
	script_put_lines(b, sqlite_keys);
	run_lines(s, b, sqlite_stop);
	hs_buf_puts(b, "UPDATE temp.hs_load SET target = CASE WHEN made AND "
		       "names IS NULL THEN NULL\n  ELSE '\"' || replace(name, "
		       "'\"', '\"\"') || '\"' END;\n");
}

static int
put(struct script *s, struct hs_out *out, struct hs_err *e)
{
	struct hs_buf *b = &out->buf;

	hs_buf_puts(b, begin);
	script_put_lines(b, sqlite_prepare);
	put_load(s, b);
	script_put_moved(s, sqlite_moved, script_put_literal, b);
	put_columns(s, b);
	if (put_rows(s, out, e) < 0)
		return -1;
	put_look(s, b);
	run_lines(s, b, sqlite_before);
	put_change(s, b);
	if (s->empties > 0)
		hs_buf_printf(b,
		    "UPDATE temp.hs_load SET note = coalesce(note || '; ', '')"
		    "\n  || (SELECT %zu - count(*) FROM temp.hs_column WHERE "
		    "empty)\n  || ' columns without a value are left out';\n",
		    s->empties);
	if (s->dry_run)
		hs_buf_puts(b, counts);
	else if (!s->quiet)
		hs_buf_puts(b, "CREATE TEMP TABLE hs_said AS\n");
	if (!s->dry_run && !s->quiet)
		hs_buf_puts(b, results);
	hs_buf_puts(b, s->dry_run ? "ROLLBACK;\n" : "COMMIT;\n");
	if (!s->dry_run && !s->quiet)
		hs_buf_puts(b, ".once '|cat >&2'\n"
			       "SELECT * FROM temp.hs_said;\n");
	hs_buf_puts(b, "CREATE TEMP TABLE hs_whole (x);\n");
	return hs_out_commit(out, e);
}

/* Asks nothing of a file that is not there, which would make it. */
static void
ask(const struct script *s, const struct hs_server *server, struct hs_buf *b)
{
	if (!s->rest || access(server->address.path, F_OK) < 0)
		return;
	hs_buf_puts(b, begin);
	hs_buf_puts(
	    b, "SELECT 'column ' || hex(name) FROM pragma_table_xinfo(");
	put_table(b, s->table);
	hs_buf_puts(b, ", 'main');\n");
}

static int
read_address(struct hs_server *s, const char *address, struct hs_err *e)
{
	const struct hs_address *a = &s->address;

	if (hs_address_parse(&s->address, address, true, e) < 0)
		return -1;
	if (!*a->path || (a->authority && *a->authority) || a->params > 0)
		return hs_err_set(e, HS_CONFIG, "address: it is sqlite:FILE");
	return 0;
}

/* A name that begins with a dash is no option, and one with "file:" no URI.
 * A trial makes no database: it runs in an empty one that is not kept. */
static int
set_client(struct hs_server *s, struct client *c, struct hs_err *e)
{
	const char *path = s->address.path;

	if (s->trial && access(path, F_OK) < 0 && errno == ENOENT) {
		hs_buf_puts(&s->text, ":memory:");
	} else {
		hs_buf_puts(&s->text, *path == '/' ? "" : "./");
		hs_buf_puts(&s->text, path);
	}
	c->arg[0] = "-bail";
	c->arg[1] = "-batch";
	c->arg[2] = "-init";
	c->arg[3] = "/dev/null";
	c->arg[4] = hs_buf_str(&s->text);
	return hs_buf_check(&s->text, e, "an address");
}

/* The exit status for an error: an "again" of ours, or SQLite's words. */
static enum hs_kind
kind_of(struct hs_span said)
{
	static const struct {
		const char *words;
		enum hs_kind kind;
	} known[] = {{"try again", HS_LATER}, {"hs-load-sql: ", HS_DATA},
	    {"database is locked", HS_LATER},
	    {"database table is locked", HS_LATER},
	    {"readonly database", HS_REFUSED},
	    {"unable to open database", HS_CANTCREATE}};

	for (size_t i = 0; i < sizeof known / sizeof *known; i++)
		if (memmem(said.p, said.len, known[i].words,
			strlen(known[i].words)))
			return known[i].kind;
	return HS_IO;
}

/* The first line without "Runtime error near line 5: " and what it adds. */
static struct hs_span
first_line(struct hs_span said)
{
	static const char own[] = "hs-load-sql: ";
	const char *end = memchr(said.p, '\n', said.len);
	struct hs_span line =
	    hs_span(said.p, end ? (size_t)(end - said.p) : said.len);
	const char *at = memmem(line.p, line.len, own, sizeof own - 1);

	if (at) {
		at += sizeof own - 1;
	} else if ((at = memmem(line.p, line.len, ": ", 2))) {
		at += 2;
	}
	if (at)
		line = hs_span(at, line.len - (size_t)(at - line.p));
	/* " (19)", SQLite's number for an error. */
	const char *number = memrchr(line.p, '(', line.len);
	if (number && number > line.p && line.p[line.len - 1] == ')')
		line.len = (size_t)(number - line.p) - 1;
	return line;
}

static bool
failure(int status, struct hs_span said, struct hs_err *e)
{
	struct hs_span line = said.len ? first_line(said) : said;

	if (line.len == 0) {
		hs_err_set(e, HS_IO, "sqlite3 ended with status %d", status);
		return false;
	}
	hs_err_set(e, kind_of(said), "%.*s", (int)line.len, line.p);
	return true;
}

static const char *const schemes[] = {"sqlite", NULL};

const struct engine sqlite_engine = {
    .name = "sqlite",
    .schemes = schemes,
    .program = "sqlite3",
    .package = "sqlite3",
    .opening = "",
    .takes_nul = true,
    .spools = true,
    .form = &form,
    .ask = ask,
    .dialect = dialect,
    .put = put,
    .read = read_address,
    .set_client = set_client,
    .failure = failure,
};
