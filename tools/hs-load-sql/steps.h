/* SPDX-FileCopyrightText: 2026 the hs-tools authors
 * SPDX-License-Identifier: MIT */
#ifndef HS_LOAD_SQL_STEPS_H
#define HS_LOAD_SQL_STEPS_H

/*
 * The steps of a load that PostgreSQL does by itself: blocks of PL/pgSQL, as
 * lines up to a NULL.  They know the stream from temporary tables that the
 * script has made and filled:
 *
 *	hs_load, one row: what is asked, and what came of it
 *	hs_moved, if columns are in another one, hs_load's rest: their names
 *	hs_column, a row for each column of the stream:
 *		n       its place
 *		name    in the database
 *		type    that holds the stream's values
 *		empty   has no value, and makes no column
 *		blank   it has "" besides values of a type that is not text:
 *			the rows have null for it, and hs_blank its places
 *		key     its place in the key, or null
 *		note    what it means, or empty
 *		stage   its type in the stage (source); text where the stream's
 *			text has to be kept as it came
 *		has     its type in the table
 */
extern const char *const steps_moved[];
extern const char *const steps_prepare[];
extern const char *const steps_rest[];
extern const char *const steps_blank[];
extern const char *const steps_fit[];
extern const char *const steps_change[];
extern const char *const steps_spread[];
extern const char *const steps_note[];

#endif
