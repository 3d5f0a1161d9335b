/* SPDX-FileCopyrightText: 2026 the hs-tools authors
 * SPDX-License-Identifier: MIT */
#ifndef FETCH_FETCH_H
#define FETCH_FETCH_H

#include "answer.h"
#include "cursor.h"
#include "hash.h"
#include "lookup.h"
#include "object.h"
#include "out.h"
#include "scan.h"
#include "seen.h"
#include "session.h"
#include "size.h"

/*
 * What the modules that read a list share.  list makes it and runs it; stride
 * reads the list, in one chain of pages or several; pages makes our pages of
 * the records, has fill and assoc complete them, and writes them in order.
 */
#define HELD_BYTES ((size_t)64 << 20) /* of answers waiting their turn */

#define URL_MAX 8000 /* an encoded URL; HubSpot's limit is ~16,200 */

/* The sums of a run, a failed one too. */
struct list_counts {
	unsigned long long pages, records, dropped;
	unsigned long long guesses; /* pages asked for by guess */
	unsigned long long wasted;  /* answers that brought nothing new */
	size_t bytes;		    /* of the last page */
};

/* What is asked. */
struct list_options {
	struct hs_object *object; /* resolved */
	const char *label;	  /* the member hs.object */
	const char *request;	  /* the member hs.request */
	bool some_properties;	  /* properties says which; else the
				   * API's few */
	struct names properties;
	struct names named; /* those that -p names one by one */
	struct names history;
	const char *results; /* --results, or NULL */
	bool labels;	     /* of associations */
	const char *since;   /* --since as UTC, or NULL */
	bool mark;	     /* pages have hs.mark, the time at which the */
	int64_t began;	     /* run began; 0: the session did */
	bool archived;
	bool verify;
	unsigned page_size;	    /* records a page at most; 0: the API's */
	unsigned long long limit;   /* 0: all */
	struct lookup_range *range; /* not NULL; asked for or not */
	/* Where an earlier run stopped; after is NULL at the start. */
	const char *after;
	unsigned long long page, records;
	/* Called before the first page is written; or NULL. */
	int (*begin)(void *user, struct hs_err *e);
	void (*progress)(void *user, const struct list_counts *p);
	/* Called at the end for a property that no record had; or NULL. */
	void (*absent)(void *user, struct hs_span name);
	void *user;
};

static inline int64_t
list_began(const struct session *api, const struct list_options *o)
{
	return o->began > 0 ? o->began : api->server_ms;
}

/* A record's place in a page of the output. */
struct cell {
	struct answer *src; /* counted */
	const struct item *item;
	struct hs_span batch;	/* its text from the batch read */
	bool batch_lines;	/* with line breaks */
	struct hs_span updated; /* as seen last */
	bool filled;		/* batch is final */
	bool gone;		/* no longer there */
	struct hs_buf *joined;	/* results of each partial association */
};

/* A page of the output. */
struct page {
	struct page *next;
	struct fetch *f;
	unsigned long long number;
	struct cell *cell;
	size_t n, cap;
	char *after;		 /* of the next page; NULL at the end */
	struct hs_buf extra;	 /* of the API's page: ,"a":1 */
	bool closed;		 /* all its records are there */
	int pending;		 /* calls that still bring parts */
	struct answer **answers; /* of batch reads, kept for cells */
	size_t answers_n, answers_cap;
	struct fill *fill;  /* while it is under way */
	bool filled;	    /* that has begun */
	size_t assoc_bytes; /* in cells' joined */
};

/* The members of an object, and where each is by its key. */
struct members {
	struct hs_members list;
	struct hs_index by_key;
};

/* A place of the list that the search is asked for. */
struct mark {
	struct call call;
	struct fetch *f;
	unsigned long long rank; /* records before it */
	uint64_t id;		 /* what it found; 0: nothing to take */
	uint64_t span;		 /* ids that a page takes there */
};
#define MARKS 4

struct fetch {
	struct session *api;
	const struct list_options *o;
	struct hs_err *e;
	struct hs_out *out;
	struct list_counts *p;
	struct seen *seen;	 /* ids */
	unsigned limit;		 /* records a page; 0: one page */
	struct size list_size;	 /* records to ask for at once */
	struct size batch_size;	 /* the same of batch reads */
	struct hs_buf url;	 /* of the list, without after */
	struct hs_buf light_url; /* the same, without properties */
	struct hs_buf batch;	 /* a batch read's body up to inputs */
	struct hs_buf search;	 /* the properties of a search */
	bool light;		 /* properties come by batch read */
	bool done;		 /* the list's end was accepted */

	/* stride */
	struct chain *chains;  /* in the list's order; first the head */
	struct chain *dropped; /* whose calls are under way */
	unsigned proof;	       /* regular pages of the head in a row */
	unsigned distrust;     /* surprises so far */
	bool trusted;	       /* some guess was right */
	bool end_known;	       /* the last chain reaches the end */
	bool noted;	       /* how the list is read has been said */
	int64_t round_trip;    /* of the last page of the list */
	size_t held;	       /* bytes in chains */
	size_t page_bytes;     /* of the last page */
	bool by_part;	       /* guesses go by part.h */
	int64_t began;	       /* the first request */
	struct mark mark[MARKS];
	unsigned marks;	    /* asked for so far */
	bool marks_refused; /* none can be had */

	/* pages */
	struct page *pages, **last;
	unsigned open;		     /* pages not yet written */
	unsigned long long number;   /* of the next page */
	unsigned long long accepted; /* records */
	unsigned empty;		     /* empty pages in a row */
	struct answer *before;	     /* of a path, the latest one */
	struct seen cursors;
	struct cursor_form form; /* of the list's cursors */
	enum { CURSOR_UNKNOWN, CURSOR_FROM, CURSOR_BEYOND } sense;
	struct members members[2]; /* scratch */
	struct assoc_batch *assocs, **assocs_last;
	size_t assoc_bytes;    /* of all pages */
	struct naming *naming; /* of each associated type, with --since */

	size_t fill_bytes; /* of the last batch; 0: none yet */
	size_t filled;	   /* pages that hold batches, or soon will */

	/* verify */
	struct hs_span *name; /* of properties, sorted, each once */
	size_t names;
	uint64_t *met; /* the record that had it last */
	uint64_t stamp;
	size_t unmet; /* names that no record had yet */
};

#endif
