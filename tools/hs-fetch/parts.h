/* SPDX-FileCopyrightText: 2026 the hs-tools authors
 * SPDX-License-Identifier: MIT */
#ifndef HS_CRM_PARTS_H
#define HS_CRM_PARTS_H

#include "list.h"
#include "answer.h"
#include "scan.h"

/*
 * What the parts of a fetch share; nobody else includes this.
 *
 *	chain.c	reads the list, in one chain of cursors or several
 *	post.c	asks for a chain's next page
 *	meet.c	finds where chains meet, and hands their pages on
 *	guess.c	begins further chains
 *	pages.c	makes our pages of its records, and writes them
 *	join.c	puts a page's text together
 *	fill.c	reads the properties of a page's records in a batch
 *	one.c	asks for a record by itself
 *	assoc.c	reads associations past the inline page
 *	targets.c	gives them the inline page's shape
 *	verify.c	looks for what is missing
 *	list.c	URLs, the run
 */
#define HELD_BYTES ((size_t)64 << 20)	/* of answers waiting their turn */
#define DISTRUST 3	/* surprises after which there is but one chain */

/* A record's place in a page of ours. */
struct cell {
	struct hs_listed *src;
	const struct hs_item *item;
	struct hs_span batch;		/* its text from the batch read */
	bool batch_lines;		/* with line breaks */
	struct hs_span updated;		/* as seen last */
	bool filled;			/* batch is final */
	bool gone;			/* no longer there */
	struct hs_buf *joined;		/* per item->overs: all results */
};

struct fetch;

struct page {
	struct page *next;
	struct fetch *f;
	unsigned long long number;
	struct cell *cell;
	size_t n, cap;
	char *after;			/* of the next page; NULL at the end */
	struct hs_buf extra;
	bool closed;			/* all its records are there */
	int pending;			/* calls that still bring parts */
	struct hs_listed **answers;	/* of batch reads, kept for cells */
	size_t answers_n;
	struct fill *fill;		/* while it is under way */
	struct link *links;
};

struct chain;

struct fetch {
	struct hs_crm *crm;
	const struct hs_fetch_options *o;
	struct hs_err *e;
	struct hs_out *out;
	struct hs_fetch_progress *p;
	struct hs_seen *seen;		/* ids */
	struct hs_seen cursors;
	unsigned limit;			/* records a page */
	struct hs_buf url;		/* of the list, without after */
	struct hs_buf light_url;	/* the same, without properties */
	struct hs_buf batch;		/* a batch read's body up to inputs */
	bool light;			/* properties come by batch read */
	unsigned empty;			/* empty pages in a row */
	bool done;			/* the list's end was accepted */

	/* chain.c */
	struct chain *chains;		/* in the list's order; first the head */
	struct chain *dropped;		/* whose calls are under way */
	bool repage;			/* pages of ours are not the API's */
	unsigned proof;			/* pages in a row that obeyed the law */
	unsigned distrust;
	bool end_known;
	int64_t round_trip;		/* of the last page of the list */
	size_t held;			/* bytes in chains behind the head */
	size_t page_bytes;		/* of a page, as of late */
	uint64_t span;			/* ids a page, as of late */

	/* pages.c */
	struct page *pages, **last;
	unsigned open;			/* pages not yet written */
	unsigned long long number;	/* of the next page */
	unsigned long long accepted;	/* records */
	struct hs_members members[2];	/* scratch */

	/* fill.c */
	size_t fill_bytes;		/* of a batch, as of late; 0 before */

	/* verify.c */
	struct hs_span *name;		/* of properties, sorted, each once */
	size_t names;
	uint64_t *met;			/* the record that had it last */
	uint64_t stamp;
};

/* chain.c */
int chain_begin(struct fetch *f, const char *after);
int chain_go_on(struct fetch *f);	/* post what may be read now */
void chain_free(struct fetch *f);

/* pages.c */

/* Takes over l's records from..to as the list's next; whole says that this
 * is up to l's end. */
int pages_accept(struct fetch *f, struct hs_listed *l, size_t from, size_t to,
    bool whole);
/* Writes the pages at the front that are whole. */
int pages_write(struct fetch *f);
/* The last page, too, which pages_write() holds back to be verified. */
int pages_write_last(struct fetch *f);
bool pages_full(const struct fetch *f);	/* no more for now */
void pages_free(struct fetch *f);

/* join.c: adds the page's line to b. */
int copy_page(struct page *pg, struct hs_buf *b);

/* verify.c: with --verify-count, before a page is written, and before the
 * last one is. */
int verify_page(struct page *pg);
int verify_count(struct fetch *f);
void verify_free(struct fetch *f);

/* list.c: adds &name=v,... to a URL, when there are any. */
int add_list(struct hs_buf *b, const char *name, char *const *v, size_t n);

/* one.c */

/* Posts c, which has its done and failed, to ask for the cell's record. */
int one_post(struct page *pg, size_t cell, struct hs_call *c);
/* Whether c's failure says that the record is gone; it is left out then. */
bool one_gone(struct page *pg, size_t cell, const struct hs_call *c);

/* fill.c, assoc.c: start what a closed page needs. */
int fill_page(struct page *pg);
int link_page(struct page *pg);
void fill_free(struct page *pg);
void link_free(struct page *pg);

#endif
