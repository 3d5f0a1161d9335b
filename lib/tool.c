/* SPDX-FileCopyrightText: 2026 the hs-tools authors
 * SPDX-License-Identifier: MIT */
/* The front end of every program: messages, usage, exit. */
#include "tool.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "span.h"
#include "utf8.h"

/* What a process has once: its name, how loud it is, what a signal removes. */
static const struct hs_usage *self;
static int loudness;
static const char *volatile doomed;

/*
 * A standard descriptor that the caller closed would be given to the next file
 * that is opened: the stream would go into the target.  What takes its place
 * here fails when it is read or written.
 */
static void
hold_standard_files(void)
{
	for (int fd = STDIN_FILENO; fd <= STDERR_FILENO; fd++) {
		int flags = fd == STDIN_FILENO ? O_WRONLY : O_RDONLY;
		if (fcntl(fd, F_GETFD) < 0 && open("/dev/null", flags) != fd)
			_exit(HS_SYSTEM);
	}
}

void
hs_tool_start(const struct hs_usage *u)
{
	self = u;
	hold_standard_files();
	signal(SIGPIPE, SIG_DFL);
	/* A file beyond the limit is an error like a full disk. */
	signal(SIGXFSZ, SIG_IGN);
}

/* Writes text with control characters and broken UTF-8 made visible.  C1
 * controls (U+0080 to U+009F) are commands to some terminals, too. */
static void
put_safe(FILE *f, const char *text)
{
	const char *p = text, *end = text + strlen(text);

	while (p < end) {
		size_t n = hs_utf8_len(p, end);
		unsigned char c = (unsigned char)*p;
		bool c1 = n == 2 && c == 0xc2 && (unsigned char)p[1] < 0xa0;
		if (n == 0 || c1 || c < 0x20 || c == 0x7f) {
			fprintf(f, "\\x%02x", c);
			n = n ? n : 1;
			if (c1)
				fprintf(f, "\\x%02x", (unsigned char)p[1]);
		} else {
			fwrite(p, 1, n, f);
		}
		p += n;
	}
}

/* One line, in one write so that the messages of a pipe's programs do not
 * mix; what is too long for that is cut. */
static void
say(const char *prefix, const char *text)
{
	char line[8192];
	FILE *f = fmemopen(line, sizeof(line) - 1, "w");

	if (!f)
		return;
	setvbuf(f, NULL, _IONBF, 0);
	fprintf(f, "%s: %s", self->name, prefix);
	put_safe(f, text);
	long n = ftell(f);
	fclose(f);
	if (n < 0)
		return;
	line[n] = '\n';
	if (write(STDERR_FILENO, line, (size_t)n + 1) < 0)
		return; /* nowhere left to say so */
}

__attribute__((format(printf, 2, 0))) static void
vsay(const char *prefix, const char *fmt, va_list ap)
{
	struct hs_err e;

	vsnprintf(e.text, sizeof(e.text), fmt, ap);
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

void
hs_tool_quiet(void)
{
	loudness--;
}

void
hs_tool_verbose(void)
{
	loudness++;
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

_Noreturn void
hs_tool_help(void)
{
	printf("usage: %s %s\n%s", self->name, self->synopsis, self->help);
	end_output();
}

_Noreturn void
hs_tool_version(void)
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
	for (size_t i = 0; i < sizeof(ending) / sizeof(*ending); i++) {
		struct sigaction old;
		sigaction(ending[i], NULL, &old);
		/* nohup and a shell's & have it ignored: leave it so. */
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
		hs_tool_usage("%s: %s is no number from %llu to %llu", option,
		    arg, min, max);
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
