/* SPDX-FileCopyrightText: 2026 the hs-tools authors
 * SPDX-License-Identifier: MIT */
/* What a client says when it fails: the exit status, and what we say of it. */
#include "hs-load-sql/mysql.h"
#include "hs-load-sql/postgres.h"
#include "hs-load-sql/sqlite.h"

#include "../tap.h"

struct sample {
	int status;
	const char *said;
	enum hs_kind kind;
	const char *text; /* what comes of it */
};

static const struct sample psql[] =
    {
	{2,
	    "psql: error: connection to server at \"localhost\" (::1), port 1 "
	    "failed: Connection refused\n"
	    "\tIs the server running on that host?\n",
	    HS_LATER,
	    "connection to server at \"localhost\" (::1), port 1 failed: "
	    "Connection refused; Is the server running on that host?"},
	{2,
	    "psql: error: connection to server on socket \"/s\" failed: "
	    "FATAL:  password authentication failed for user \"u\"\n",
	    HS_REFUSED,
	    "connection to server on socket \"/s\" failed: FATAL:  password "
	    "authentication failed for user \"u\""},
	{2,
	    "psql: error: connection to server on socket \"/s\" failed: "
	    "FATAL:  database \"w\" does not exist\n",
	    HS_CONFIG,
	    "connection to server on socket \"/s\" failed: FATAL:  database "
	    "\"w\" does not exist"},
	{3,
	    "hs-load-sql: a note\n"
	    "psql:<stdin>:9: ERROR:  42501: permission denied for table t\n"
	    "LOCATION:  aclcheck_error, aclchk.c:3650\n"
	    "psql:<stdin>:99: reached EOF without finding closing "
	    "\\endif(s)\n",
	    HS_REFUSED, "permission denied for table t"},
	{3,
	    "psql:<stdin>:9: ERROR:  42703: column \"a\" does not exist\n"
	    "LINE 1: select a\n               ^\nHINT:  Look again.\n",
	    HS_IO, "column \"a\" does not exist; Look again."},
	{3, "psql:<stdin>:9: ERROR:  55P03: canceling statement\n", HS_LATER,
	    "canceling statement"},
	{3, "psql:<stdin>:9: ERROR:  53100: could not extend file\n", HS_LATER,
	    "could not extend file"},
	{3, "psql:<stdin>:9: ERROR:  HS065: too many\nDETAIL:  9\n", HS_DATA,
	    "too many; 9"},
	{3, "psql:<stdin>:9: FATAL:  57P01: terminating connection\n", HS_LATER,
	    "terminating connection"},
	{137, "", HS_IO, "psql ended with status 137"},
},
			   sqlite[] = {
			       {1,
				   "Runtime error near line 5: database is "
				   "locked (5)\n",
				   HS_LATER, "database is locked"},
			       {1,
				   "Runtime error near line 5: attempt to "
				   "write a readonly database (8)\n",
				   HS_REFUSED,
				   "attempt to write a readonly database"},
			       {1,
				   "Error: unable to open database \"/a\": "
				   "unable to open database file\n",
				   HS_CANTCREATE,
				   "unable to open database \"/a\": unable to "
				   "open database file"},
			       {1,
				   "Runtime error near line 5: hs-load-sql: t "
				   "is not a table (19)\n",
				   HS_DATA, "t is not a table"},
			       {1,
				   "Runtime error near line 5: hs-load-sql: t "
				   "has just been changed by another program; "
				   "try again (19)\n",
				   HS_LATER,
				   "t has just been changed by another "
				   "program; try again"},
			       {1,
				   "Runtime error near line 5: database or "
				   "disk is full (13)\n",
				   HS_IO, "database or disk is full"},
			       {1, "no line end", HS_IO, "no line end"},
			       {137, "", HS_IO,
				   "sqlite3 ended with status 137"},
};

static const struct sample mysql[] = {
    {1,
	"--------------\nINSERT INTO t VALUES ('a\nERROR 1049: x')\n"
	"--------------\n\n"
	"ERROR 1142 (42000) at line 5: INSERT command denied\n",
	HS_REFUSED, "INSERT command denied"},
    {1, "ERROR 1049 (42000): Unknown database 'no'\n", HS_CONFIG,
	"Unknown database 'no'"},
    {1, "ERROR 2002 (HY000): Can't connect to local server\n", HS_LATER,
	"Can't connect to local server"},
    {1, "ERROR 1213 (40001) at line 9: Deadlock found\n", HS_LATER,
	"Deadlock found"},
    {1, "ERROR 1644 (45000) at line 9: hs-load-sql: too many\n", HS_DATA,
	"too many"},
    {1, "ERROR 1644 (45000) at line 9: hs-load-sql: no lock; try again\n",
	HS_LATER, "no lock; try again"},
    {1, "ERROR 1118 (42000) at line 9: Row size too large", HS_IO,
	"Row size too large"},
    {137, "", HS_IO, "the client ended with status 137"},
};

static void
try_all(const struct engine *engine, const struct sample *s, size_t n)
{
	for (size_t i = 0; i < n; i++) {
		struct hs_err e = {0};
		bool why =
		    engine->failure(s[i].status, hs_span_str(s[i].said), &e);
		tap_is_str(e.text, s[i].text, engine->name);
		tap_ok(e.kind == s[i].kind && why == (*s[i].said != '\0'),
		    "exit status %d", s[i].kind);
	}
}

int
main(void)
{
	try_all(&postgres_engine, psql, sizeof psql / sizeof *psql);
	try_all(&sqlite_engine, sqlite, sizeof sqlite / sizeof *sqlite);
	try_all(&mysql_engine, mysql, sizeof mysql / sizeof *mysql);
	return tap_done();
}
