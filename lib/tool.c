/* SPDX-FileCopyrightText: 2026 the hs-tools authors
 * SPDX-License-Identifier: MIT */
/* The front end of every program: options, messages, exit. */
#include "tool.h"

#include <errno.h>
#include <fcntl.h>
#include <getopt.h>
#include <signal.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "span.h"
#include "utf8.h"

#define OPTIONS_MAX 60 /* of a program */
#define VERSION 0x7fff /* the key of --version */

/* Of the process: its usage, -v less -q, and what a signal removes. */
static const struct hs_usage *self;
static int loudness;
static const char *volatile doomed;

/* A message: one line, made without memory that might not be had. */
struct line {
	char text[8192];
	size_t n;
};

static void
add(struct line *l, const char *p, size_t n)
{
	size_t room = sizeof l->text - 1 - l->n;

	if (n > room)
		n = room;
	memcpy(l->text + l->n, p, n);
	l->n += n;
}

static void
add_hex(struct line *l, char c)
{
	char text[sizeof "\\xff"];

	snprintf(text, sizeof text, "\\x%02x", (unsigned char)c);
	add(l, text, sizeof text - 1);
}

/* Adds text with control characters and broken UTF-8 made visible.  C1 controls
 * (U+0080 to U+009F) are commands to some terminals, too. */
static void
add_safe(struct line *l, const char *text)
{
	const char *p = text, *end = text + strlen(text);

	while (p < end) {
		size_t n = hs_utf8_len(p, end);
		unsigned char c = (unsigned char)*p;
		bool c1 = n == 2 && c == 0xc2 && (unsigned char)p[1] < 0xa0;
		if (n == 0 || c1 || c < 0x20 || c == 0x7f) {
			add_hex(l, *p);
			n = n ? n : 1;
			if (c1)
				add_hex(l, p[1]);
		} else {
			add(l, p, n);
		}
		p += n;
	}
}

/* Prints one line with one write, so that the messages of a pipe's programs do
 * not mix.  A longer line is cut. */
static void
say(const char *prefix, const char *text)
{
	struct line l = {.n = 0};

	add(&l, self->name, strlen(self->name));
	add(&l, ": ", 2);
	add(&l, prefix, strlen(prefix));
	add_safe(&l, text);
	l.text[l.n] = '\n';
	if (write(STDERR_FILENO, l.text, l.n + 1) < 0)
		return; /* there is nowhere to report it */
}

/*
 * If a standard descriptor was closed by the caller, the next file opened would
 * get its number, and the stream could go into the target.  /dev/null takes its
 * place, opened so that reading or writing it fails.
 */
static void
hold_standard_files(void)
{
	for (int fd = STDIN_FILENO; fd <= STDERR_FILENO; fd++) {
		int flags = fd == STDIN_FILENO ? O_WRONLY : O_RDONLY;
		if (fcntl(fd, F_GETFD) < 0 && open("/dev/null", flags) != fd) {
			say("/dev/null: ", strerror(errno));
			exit(HS_SYSTEM);
		}
	}
}

void
hs_tool_start(const struct hs_usage *u)
{
	self = u;
	hold_standard_files();
	signal(SIGPIPE, SIG_DFL);
	signal(SIGXFSZ, SIG_IGN);
}

__attribute__((format(printf, 2, 0))) static void
vsay(const char *prefix, const char *fmt, va_list ap)
{
	struct hs_err e;

	vsnprintf(e.text, sizeof e.text, fmt, ap);
	say(prefix, e.text);
}

void
hs_tool_warn(const char *fmt, ...)
{
	va_list ap;

	if (loudness < 0)
		return;
	va_start(ap, fmt);
	vsay("", fmt, ap);
	va_end(ap);
}

void
hs_tool_say(const char *fmt, ...)
{
	va_list ap;

	va_start(ap, fmt);
	vsay("", fmt, ap);
	va_end(ap);
}

void
hs_tool_note(const char *fmt, ...)
{
	va_list ap;

	if (loudness < 1)
		return;
	va_start(ap, fmt);
	vsay("", fmt, ap);
	va_end(ap);
}

_Noreturn void
hs_tool_fail(const struct hs_err *e)
{
	say("", e->text);
	exit((int)e->kind);
}

static _Noreturn void
end_output(void)
{
	if (fflush(stdout) == EOF || ferror(stdout)) {
		say("standard output: cannot write: ", strerror(errno));
		exit(HS_IO);
	}
	exit(HS_OK);
}

/* Those of every program. */
static const struct hs_option common[] = {
    {'h', "help", NULL, "this text"},
    {VERSION, "version", NULL, "name and version"},
    {0},
};

/* Columns that an option takes in the help: "  -o, --output FILE  ". */
static int
option_width(const struct hs_option *o)
{
	return (int)(strlen(o->name) + (o->arg ? strlen(o->arg) + 1 : 0)) + 10;
}

/* Prints words from a column on, in lines of 79 columns.  The cursor stands at
 * that column. */
static void
print_words(const char *text, int column)
{
	int at = column;

	while (*text) {
		int n = (int)strcspn(text, " ");
		if (at > column && at + 1 + n > 79)
			at = printf("\n%*s", column, "") - 1;
		at += printf("%s%.*s", at > column ? " " : "", n, text);
		text += n;
		text += strspn(text, " ");
	}
	putchar('\n');
}

static void
print_options(const struct hs_option *o, int width)
{
	for (; o->name; o++) {
		char letter[] = "-x, ";
		letter[1] = (char)o->key;
		int n = printf("  %4s--%s%s%s", o->key < 256 ? letter : "",
		    o->name, o->arg ? " " : "", o->arg ? o->arg : "");
		printf("%*s", width - n, "");
		print_words(o->help, width);
	}
}

static _Noreturn void
print_help(void)
{
	int width = option_width(&common[1]);

	printf("usage: %s %s\n%s", self->name, self->synopsis, self->help);
	if (self->options) {
		for (const struct hs_option *o = self->options; o->name; o++)
			if (option_width(o) > width)
				width = option_width(o);
		putchar('\n');
		print_options(self->options, width);
		print_options(common, width);
	}
	if (self->more)
		printf("\n%s", self->more);
	end_output();
}

static _Noreturn void
print_version(void)
{
	printf("%s (hs-tools) %s\n", self->name, HS_VERSION);
	end_output();
}

_Noreturn void
hs_tool_usage(const char *fmt, ...)
{
	va_list ap;

	if (fmt) {
		va_start(ap, fmt);
		vsay("", fmt, ap);
		va_end(ap);
	}
	fprintf(stderr, "usage: %s %s\n", self->name, self->synopsis);
	exit(HS_USAGE);
}

/* A program's options in the form of getopt_long(). */
struct getopt_tables {
	struct option name[OPTIONS_MAX + 1];
	char letters[2 * OPTIONS_MAX + 1];
	size_t n;
};

static void
add_options(struct getopt_tables *t, const struct hs_option *o)
{
	for (; o->name && t->n < OPTIONS_MAX; o++) {
		char letter[] = {(char)o->key, o->arg ? ':' : '\0', '\0'};
		t->name[t->n++] =
		    (struct option){o->name, o->arg != NULL, NULL, o->key};
		if (o->key < 256)
			strcat(t->letters, letter);
	}
}

int
hs_tool_option(int argc, char **argv, const char **arg)
{
	static struct getopt_tables tables;

	if (tables.n == 0) {
		add_options(&tables, self->options);
		add_options(&tables, common);
	}
	int key = getopt_long(argc, argv, tables.letters, tables.name, NULL);
	switch (key) {
	case 'h': print_help();
	case VERSION: print_version();
	case '?': hs_tool_usage(NULL);
	case 'q': loudness--; break;
	case 'v': loudness++; break;
	}
	*arg = optarg;
	return key;
}

static void
remove_doomed(int sig)
{
	if (doomed)
		unlink(doomed);
	signal(sig, SIG_DFL);
	raise(sig);
}

void
hs_tool_remove_on_signal(const char *path)
{
	static const int ending[] = {SIGINT, SIGTERM, SIGHUP, SIGPIPE};

	doomed = path;
	for (size_t i = 0; i < sizeof ending / sizeof *ending; i++) {
		struct sigaction old;
		sigaction(ending[i], NULL, &old);
		/* A signal that nohup or a shell's & ignores stays ignored. */
		if (old.sa_handler != SIG_IGN)
			signal(ending[i], remove_doomed);
	}
}

static unsigned long long
parse_number(const char *option, const char *arg, unsigned long long min,
    unsigned long long max, const char *units)
{
	static const char factor[] = "kMG";
	char *end;

	errno = 0;
	unsigned long long n = strtoull(arg, &end, 10);
	const char *unit = *end ? strchr(units, *end) : NULL;
	for (const char *f = factor; unit && f <= strchr(factor, *unit); f++) {
		if (n > max / 1024)
			errno = ERANGE;
		n *= 1024;
	}
	if (unit)
		end++;
	if (errno || end == arg || *end || arg[0] < '0' || arg[0] > '9' ||
	    n < min || n > max)
		hs_tool_usage("%s: %s is not a number from %llu to %llu",
		    option, arg, min, max);
	return n;
}

unsigned long long
hs_tool_number(const char *option, const char *arg, unsigned long long min,
    unsigned long long max)
{
	return parse_number(option, arg, min, max, "");
}

unsigned long long
hs_tool_size(const char *option, const char *arg, unsigned long long min,
    unsigned long long max)
{
	return parse_number(option, arg, min, max, "kMG");
}
