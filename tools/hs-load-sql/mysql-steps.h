/* SPDX-FileCopyrightText: 2026 the hs-tools authors
 * SPDX-License-Identifier: MIT */
#ifndef HS_LOAD_SQL_MYSQL_STEPS_H
#define HS_LOAD_SQL_MYSQL_STEPS_H

/*
 * The steps of a load into MariaDB or MySQL, as lines up to a NULL, in the
 * order of their use.  They know the stream from temporary tables that the
 * script has filled: hs_column, a row a column; hs_stage, whose columns c1,
 * c2, ... are the stream's, all of them text.  What is asked and what came of
 * it are variables of the session.
 *
 * SQL has no variables for names.  So a statement is composed as text and then
 * prepared.  MySQL opens a temporary table once in a statement, and commits
 * before DDL; hence the order: all that can fail, DDL, one transaction.
 */
extern const char *const mysql_prepare[];
extern const char *const mysql_moved[];
extern const char *const mysql_look[];
extern const char *const mysql_rest[];
extern const char *const mysql_test[];
extern const char *const mysql_fit[];
extern const char *const mysql_rows[];
extern const char *const mysql_match[];
extern const char *const mysql_merge[];
extern const char *const mysql_count[];
extern const char *const mysql_alter[];
extern const char *const mysql_change[];
extern const char *const mysql_end[];
extern const char *const mysql_stop[];

#endif
