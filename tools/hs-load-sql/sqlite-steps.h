/* SPDX-FileCopyrightText: 2026 the hs-tools authors
 * SPDX-License-Identifier: MIT */
#ifndef HS_LOAD_SQL_SQLITE_STEPS_H
#define HS_LOAD_SQL_SQLITE_STEPS_H

/*
 * The steps of a load into SQLite, as lines up to a NULL, in the order of
 * their use.  They know the stream from temporary tables that the script has
 * filled: hs_load, one row, what is asked and what came of it; hs_column, a
 * row a column; hs_stage, whose columns c1, c2, ... are the stream's.
 *
 * SQL has no variables for names.  So some steps are a SELECT whose rows are
 * statements: the client writes them to a file and reads that.
 */
extern const char *const sqlite_prepare[];
extern const char *const sqlite_moved[];
extern const char *const sqlite_look[];
extern const char *const sqlite_rest[];
extern const char *const sqlite_test[];
extern const char *const sqlite_judge[];
extern const char *const sqlite_before[];
extern const char *const sqlite_fit[];
extern const char *const sqlite_stop[];
extern const char *const sqlite_alter[];
extern const char *const sqlite_words[];
extern const char *const sqlite_match[];
extern const char *const sqlite_limit[];
extern const char *const sqlite_change[];
extern const char *const sqlite_keys[];

#endif
