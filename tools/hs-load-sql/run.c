/* SPDX-FileCopyrightText: 2026 the hs-tools authors
 * SPDX-License-Identifier: MIT */
/* What hs-load-sql does. */
#include "run.h"

#include <string.h>
#include <unistd.h>

#include "engines.h"
#include "fit.h"
#include "rest.h"

/* Why the client failed. */
static bool
explain(struct run *r, struct hs_span said, struct hs_err *e)
{
	bool why = r->engine->failure(r->client.status, said, e);

	/* The child could not become the client. */
	if (r->client.status == HS_SYSTEM)
		e->kind = HS_SYSTEM;
	hs_err_at(e, "%s", r->load.table);
	return why;
}

/* Asks the server, and keeps its answer. */
static int
ask(struct run *r, struct hs_err *e)
{
	struct hs_buf question = {0}, said = {0}, heard = {0};
	struct hs_out out;
	int in;

	r->engine->ask(&r->script, &r->server, &question);
	if (hs_buf_check(&question, e, "a question") < 0 || question.len == 0 ||
	    client_listen(&r->client, e) < 0 ||
	    client_start(&r->client, &in, e) < 0) {
		int none = question.len == 0 && !question.failed;
		hs_buf_free(&question);
		return none ? 0 : -1;
	}
	hs_out_init(&out, in, r->client.program);
	hs_buf_put(&out.buf, hs_buf_span(&question));
	hs_buf_free(&question);
	/* If it does not read, it says why. */
	(void)hs_out_commit(&out, NULL);
	(void)hs_out_close(&out, NULL);
	int rc = client_end(&r->client, &said, &heard, e);
	if (rc == 0 && r->client.status != 0) {
		explain(r, hs_buf_span(&said), e);
		rc = -1;
	}
	const char *text = hs_buf_str(&heard);
	if (rc == 0 && !text)
		rc = hs_err_mem(e, "what the server says");
	if (rc == 0 && r->engine->answer)
		r->engine->answer(&r->script, text);
	if (rc == 0 && r->script.rest)
		rc = script_learn(&r->script, &r->dialect_used, text, e);
	hs_buf_free(&said);
	hs_buf_free(&heard);
	return rc;
}

/* Reads the address, and finds the client before the stream is read. */
static int
open_server(struct run *r, struct hs_err *e)
{
	const struct engine *engine = r->engine;

	r->server.trial = r->script.dry_run;
	if (engine->read(&r->server, r->address, e) < 0)
		return -1;
	if (r->server.exposed)
		r->load.warn(
		    "the password is written in the address, where others "
		    "may see it; {VARIABLE} keeps it in the environment");
	r->client.program = engine->program;
	r->client.other = engine->other;
	r->client.package = engine->package;
	r->client.spools = engine->spools;
	if (engine->set_client(&r->server, &r->client, e) < 0)
		return -1;
	if (client_find(&r->client, e) < 0)
		return -1;
	return ask(r, e);
}

/* Tells the script's reader at once that something follows: it fails if
 * nothing does. */
static int
open_output(struct run *r, struct hs_err *e)
{
	hs_out_init(&r->out, STDOUT_FILENO, "standard output");
	hs_buf_puts(&r->out.buf, r->engine->opening);
	return hs_out_commit(&r->out, e) < 0 ? -1 : hs_out_flush(&r->out, e);
}

static int
start_client(struct run *r, struct hs_err *e)
{
	int in;

	r->client.spools |= r->script.rows_file;
	if (r->engine->says && client_listen(&r->client, e) < 0)
		return -1;
	if (client_start(&r->client, &in, e) < 0)
		return -1;
	r->script.spool = r->client.spool;
	hs_out_init(&r->out, in, r->client.program);
	hs_buf_puts(&r->out.buf, r->engine->opening);
	return hs_out_commit(&r->out, e);
}

/* Passes on what the script has the client say. */
static void
pass_on(struct run *r, struct hs_span said)
{
	static const char own[] = "hs-load-sql: ";
	const size_t n = sizeof own - 1;

	while (said.len > 0) {
		const char *end = memchr(said.p, '\n', said.len);
		size_t len = end ? (size_t)(end - said.p) : said.len;
		if (len > n && memcmp(said.p, own, n) == 0)
			r->say("%.*s", (int)(len - n), said.p + n);
		else
			r->load.warn(
			    "%s: %.*s", r->client.program, (int)len, said.p);
		len += end != NULL;
		said = hs_span(said.p + len, said.len - len);
	}
}

/* Passes on what the client wrote on its standard output: the counts of -n, or
 * messages. */
static int
pass_heard(struct run *r, struct hs_span heard, struct hs_err *e)
{
	struct hs_out out;

	if (!r->script.dry_run) {
		pass_on(r, heard);
		return 0;
	}
	hs_out_init(&out, STDOUT_FILENO, "standard output");
	hs_buf_put(&out.buf, heard);
	return hs_out_commit(&out, e) < 0 ? -1 : hs_out_close(&out, e);
}

/* Writes the script to the client and closes the pipe. */
static int
feed_client(struct run *r, struct hs_err *e)
{
	int rc = start_client(r, e);

	if (rc == 0)
		rc = r->engine->put(&r->script, &r->out, e);
	if (rc == 0)
		rc = hs_out_flush(&r->out, e);
	/* Without its end the script changes nothing. */
	if (rc < 0)
		hs_out_drop(&r->out);
	/* What is written counts: the client's answer says the rest. */
	(void)hs_out_close(&r->out, NULL);
	return rc;
}

/* Has the client run the script; its answer is ours. */
static int
run_client(struct run *r, struct hs_err *e)
{
	struct hs_buf said = {0}, heard = {0};
	struct hs_err other;
	int fed = -1;

	/* What is committed later must not fail for want of memory. */
	if (hs_buf_reserve(&said, CLIENT_SAID) < 0 ||
	    hs_buf_reserve(&heard, CLIENT_SAID) < 0) {
		hs_err_mem(e, "what the client says");
		goto out;
	}
	fed = feed_client(r, e);
	if (r->client.pid == 0)
		goto out;
	if (client_end(&r->client, &said, &heard, fed < 0 ? &other : e) < 0) {
		fed = -1;
	} else if (r->client.status == 0) {
		pass_on(r, hs_buf_span(&said));
		if (fed == 0)
			fed = pass_heard(r, hs_buf_span(&heard), e);
	} else {
		bool why = explain(r, hs_buf_span(&said), &other);
		/* If it stopped reading, its reason says more than ours. */
		if (fed == 0 || why)
			*e = other;
		fed = -1;
	}
out:
	hs_buf_free(&said);
	hs_buf_free(&heard);
	return fed;
}

/* Says what is in the column of those that have no room: their names, where
 * the table does not have it yet, as lines that are not too long. */
static int
say_moved(const struct run *r, struct hs_err *e)
{
	const struct script *s = &r->script;
	struct hs_buf b = {0};

	hs_buf_printf(&b, "%zu columns are in %s", s->moved.n, s->rest);
	for (size_t i = 0; !s->has_rest && i < s->moved.n; i++) {
		hs_buf_puts(&b, i ? ", " : ": ");
		if (b.len > 1000) {
			r->say("%.*s", (int)b.len - 1, b.data);
			hs_buf_clear(&b);
			hs_buf_printf(&b, "in %s: ", s->rest);
		}
		hs_buf_put(&b, s->moved_as.name[i]);
	}
	int rc = hs_buf_check(&b, e, "a message");
	if (rc == 0)
		r->say("%.*s", (int)b.len, b.data);
	hs_buf_free(&b);
	return rc;
}

/* --rest. */
static int
gather(struct run *r, struct hs_err *e)
{
	struct script *s = &r->script;

	if (!s->rest || s->rows->schema.n == 0)
		return 0;
	if (rest(s, &r->dialect_used, &r->load.page, e) < 0)
		return -1;
	return s->moved.n > 0 && !s->quiet ? say_moved(r, e) : 0;
}

int
run(struct run *r, struct hs_err *e)
{
	r->engine = r->address ? engines_for(r->address, r->dialect, e)
			       : engines_named(r->dialect);
	if (!r->engine)
		return -1;
	r->dialect_used = r->engine->dialect();
	r->load.rows.takes_nul = r->engine->takes_nul;
	r->load.rows.keep_blanks = r->engine->blanks && !r->script.text;
	r->load.rows.hold = r->script.rest != NULL;
	if ((r->address ? open_server(r, e) : open_output(r, e)) < 0)
		return -1;
	if (hs_sqlload_open(&r->load, e) < 0 ||
	    hs_sqlload_read(&r->load, e) < 0 || gather(r, e) < 0 ||
	    script_open(&r->script, &r->dialect_used, e) < 0 ||
	    fit(&r->script, e) < 0)
		return -1;
	if (r->address)
		return run_client(r, e);
	if (r->engine->put(&r->script, &r->out, e) < 0)
		return -1;
	return hs_out_close(&r->out, e);
}

void
run_free(struct run *r)
{
	hs_buf_free(&r->out.buf);
	script_free(&r->script);
	hs_sqlload_free(&r->load);
	client_free(&r->client);
	hs_server_free(&r->server);
}
