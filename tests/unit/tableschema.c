/* SPDX-FileCopyrightText: 2026 the hs-tools authors
 * SPDX-License-Identifier: MIT */
/* Table Schemas, ours and those of other programs. */
#include "tableschema.h"

#include "tap.h"

static struct hs_tableschema t;
static struct hs_err e;

static int
parse(const char *text)
{
	hs_tableschema_free(&t);
	return hs_tableschema_parse(&t, hs_span_str(text), &e);
}

static void
refused(const char *text, const char *why)
{
	tap_ok(parse(text) < 0 && e.kind == HS_DATA, "refused");
	tap_is_str(e.text, why, why);
}

int
main(void)
{
	tap_ok(parse("{\"fields\":[{\"name\":\"id\",\"type\":\"integer\","
		     "\"hs:int64\":false},{\"name\":\"\\u0061\",\"type\":"
		     "\"d\\u0061te\",\"hs:allMissing\":true},{\"name\":\"b\"},"
		     "{\"type\":\"geopoint\",\"name\":\"c\"}],\"x\":[{}],"
		     "\"primaryKey\":[\"a\",\"id\"]}") == 0,
	    "a Table Schema");
	tap_ok(t.columns.n == 4 && hs_span_is(t.columns.name[1], "a"),
	    "its columns in order, names decoded");
	tap_ok(t.field[0].type == HS_TYPE_INTEGER &&
		   t.field[1].type == HS_TYPE_DATE,
	    "their types");
	tap_ok(t.field[2].type == HS_TYPE_STRING &&
		   t.field[3].type == HS_TYPE_STRING,
	    "without a type, or with an unknown one, string");
	tap_ok(t.field[0].big && !t.field[1].big && t.field[1].empty &&
		   !t.field[0].empty,
	    "what hs-schema adds");
	tap_ok(t.key.n == 2 && hs_span_is(t.key.name[0], "a"),
	    "the primary key in its own order");
	tap_ok(parse("{\"primaryKey\":\"a\",\"fields\":[{\"name\":\"a\"}]}") ==
		       0 &&
		   t.key.n == 1,
	    "a key of one column, before the fields");
	tap_ok(parse("{\"fields\":[]}") == 0 && t.columns.n == 0, "no columns");

	refused("[]", "line 1, column 1: not an object");
	refused("{}", "line 1, column 3: no fields: not a Table Schema");
	refused("{\"fields\":[{\"name\":\"a\"},\n{\"name\":\"\\u0061\"}]}",
	    "line 2, column 10: the column stands twice");
	refused("{\"fields\":[],\"fields\":[]}",
	    "line 1, column 23: fields stands twice");
	refused("{\"fields\":[{\"name\":7}]}",
	    "line 1, column 20: a field's name is missing or no string");
	refused("{\"fields\":[{\"name\":\"a\",\"type\":null}]}",
	    "line 1, column 31: a field's type is no string");
	refused("{\"fields\":[{\"name\":\"\\ud800\"}]}",
	    "line 1, column 21: a name that no column can have");
	refused("{\"fields\":[{\"name\":\"a\"}],\"primaryKey\":\"b\"}",
	    "line 1, column 43: the primary key is no field");
	refused("{\"fields\":[],\"primaryKey\":null}",
	    "line 1, column 27: a name in the primary key is no string");
	hs_tableschema_free(&t);
	return tap_done();
}
