/* SPDX-FileCopyrightText: 2026 the hs-tools authors
 * SPDX-License-Identifier: MIT */
/* Names of tables that do not last. */
#include "staging.h"

#include <ctype.h>
#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <limits.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "hash.h"
#include "sqlnames.h"

/* A run of another machine may go on for so many seconds. */
#define LONGEST 86400

/* Two machines, two starts of one, two containers on one: different. */
static uint32_t
place(void)
{
	char text[512] = "";
	size_t n = sizeof text / 4;
	int fd = open("/proc/sys/kernel/random/boot_id", O_RDONLY | O_CLOEXEC);

	gethostname(text, n - 1);
	if (fd >= 0) {
		(void)!read(fd, text + strlen(text), n - 1);
		close(fd);
	}
	(void)!readlink("/proc/self/ns/pid", text + strlen(text), n - 1);
	uint64_t h = hs_hash_lasting(hs_span_str(text));
	return (uint32_t)(h ^ h >> 32);
}

void
staging_init(
    struct staging *s, const struct table *t, const struct hs_dialect *d)
{
	uint64_t of = hs_hash_lasting(hs_buf_span(&t->name));
	uint32_t chance = (uint32_t)hs_hash_number(of);

	s->table = t;
	s->dialect = d;
	snprintf(s->prefix, sizeof s->prefix, "_hs_%016" PRIx64 "_", of);
	snprintf(s->own, sizeof s->own,
	    "%s%08" PRIx32 "_%ld_%lld_%08" PRIx32 "_", s->prefix, place(),
	    (long)getpid(), (long long)time(NULL), chance);
}

static void
put_name(const struct staging *s, struct hs_span name, struct hs_buf *b)
{
	hs_sqlnames_quote(s->dialect, hs_buf_span(&s->table->database), b);
	hs_buf_addc(b, '.');
	hs_sqlnames_quote(s->dialect, name, b);
}

void
staging_put(const struct staging *s, enum staging_kind kind, struct hs_buf *b)
{
	char name[sizeof s->own + 1];

	snprintf(name, sizeof name, "%s%c", s->own, (char)kind);
	put_name(s, hs_span_str(name), b);
}

void
staging_put_whole(
    const struct staging *s, enum staging_kind kind, struct hs_buf *b)
{
	char name[sizeof s->own + 1];
	int c = s->table->cluster ? toupper((int)kind) : (int)kind;

	snprintf(name, sizeof name, "%s%c", s->own, (char)c);
	put_name(s, hs_span_str(name), b);
}

/* Takes a number and the _ behind it; -1: there is none. */
static long long
take_number(char **p, int base)
{
	char *end;
	long long n = strtoll(*p, &end, base);

	if (end == *p || *end != '_' || n < 0)
		return -1;
	*p = end + 1;
	return n;
}

bool
staging_is_stale(const struct staging *s, struct hs_span name, int64_t now)
{
	size_t n = strlen(s->prefix);
	char text[sizeof s->own], *p = text;

	if (name.len < n || name.len - n >= sizeof text)
		return false;
	memcpy(text, name.p + n, name.len - n);
	text[name.len - n] = '\0';
	long long where = take_number(&p, 16);
	long long pid = take_number(&p, 10);
	long long began = take_number(&p, 10);
	if (where < 0 || pid <= 0 || pid > INT_MAX || began < 0)
		return false;
	if (began < now - LONGEST)
		return true;
	return where == place() && kill((pid_t)pid, 0) < 0 && errno == ESRCH;
}

/* Removes one, or has it be the table again. */
static int
remove_one(const struct staging *s, struct db *db, struct hs_span name,
    bool *exists, struct hs_err *e)
{
	struct hs_buf sql = {0};
	bool back = !*exists && name.p[name.len - 1] == STAGING_OLD;

	hs_buf_puts(&sql, back ? "RENAME TABLE " : "DROP TABLE IF EXISTS ");
	put_name(s, name, &sql);
	if (back) {
		hs_buf_puts(&sql, " TO ");
		hs_buf_put(&sql, hs_buf_span(&s->table->quoted));
	}
	hs_buf_put(&sql, hs_buf_span(&s->table->on));
	*exists |= back;
	int rc = db_do(db, HS_IO, &sql, e);
	hs_buf_free(&sql);
	return rc;
}

int
staging_sweep(const struct staging *s, struct db *db, struct hs_err *e)
{
	struct hs_buf sql = {0}, names = {0}, name = {0};
	bool exists = false;

	hs_buf_puts(&sql, "SELECT name FROM ");
	table_put_system(s->table, "tables", &sql);
	table_put_where(s->table, NULL, &sql);
	hs_buf_printf(
	    &sql, " AND (startsWith(name, '%s') OR name = ", s->prefix);
	db_put_text(&sql, hs_buf_span(&s->table->name));
	/* The last table that was replaced first. */
	hs_buf_puts(&sql,
	    ") GROUP BY name ORDER BY startsWith(name, '_hs_'), name DESC");
	int rc = db_ask(db, &sql, e);
	if (rc == 0) {
		hs_buf_put(&names, hs_buf_span(&db->answer));
		rc = hs_buf_check(&names, e, "tables");
	}
	struct hs_span rest = hs_buf_span(&names);
	while (rc == 0 && rest.len > 0) {
		db_cell(&rest, &name);
		struct hs_span it = hs_buf_span(&name);
		if (hs_buf_check(&name, e, "a table") < 0)
			rc = -1;
		else if (hs_span_eq(it, hs_buf_span(&s->table->name)))
			exists = true;
		else if (staging_is_stale(s, it, time(NULL)))
			rc = remove_one(s, db, it, &exists, e);
	}
	hs_buf_free(&sql);
	hs_buf_free(&names);
	hs_buf_free(&name);
	return rc;
}
