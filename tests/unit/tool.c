/* SPDX-FileCopyrightText: 2026 the hs-tools authors
 * SPDX-License-Identifier: MIT */
/* The command line by its table of options. */
#include "tool.h"

#include <stdlib.h>
#include <sys/wait.h>
#include <unistd.h>

#include "tap.h"

enum { SIZE = 256 };

static const struct hs_option options[] = {
    {'f', "file", "FILE", "read from FILE"},
    {SIZE, "size", "N",
	"a text that goes on for so long that it has to be broken where the "
	"line ends"},
    {'q', "quiet", NULL, "no warnings"},
    {0},
};
static const struct hs_usage usage = {
    .name = "hs-test",
    .synopsis = "[-q] FILE",
    .help = "Tests.\n",
    .options = options,
    .more = "That is all.\n",
};

static char said[4096];

/* Reads the options, says what they are, and ends. */
static _Noreturn void
child(int argc, char **argv)
{
	const char *arg;
	int key;

	hs_tool_start(&usage);
	while ((key = hs_tool_option(argc, argv, &arg)) != -1)
		printf("%d=%s ", key, arg ? arg : "");
	printf("rest=%s\n", argv[optind] ? argv[optind] : "");
	fflush(stdout);
	hs_tool_warn("warned");
	_exit(0);
}

/* The status of the child with such a command line; `said` is its output. */
static int
run(const char *a, const char *b, const char *c)
{
	char *argv[] = {"hs-test", (char *)a, (char *)b, (char *)c, NULL};
	int ends[2], status, argc = 1;
	size_t n = 0;
	ssize_t got;

	while (argc < 4 && argv[argc])
		argc++;
	fflush(stdout);
	if (pipe(ends) < 0)
		abort();
	pid_t pid = fork();
	if (pid == 0) {
		dup2(ends[1], STDOUT_FILENO);
		dup2(ends[1], STDERR_FILENO);
		child(argc, argv);
	}
	close(ends[1]);
	while ((got = read(ends[0], said + n, sizeof said - 1 - n)) > 0)
		n += (size_t)got;
	said[n] = '\0';
	close(ends[0]);
	waitpid(pid, &status, 0);
	return WEXITSTATUS(status);
}

int
main(void)
{
	tap_ok(run("-fx", "--size=3", "y") == 0, "options are read");
	tap_is_str(said, "102=x 256=3 rest=y\nhs-test: warned\n",
	    "with their arguments, short and long");
	tap_ok(run("y", "--quiet", NULL) == 0, "also behind an operand");
	tap_is_str(said, "113= rest=y\n", "-q is heeded");
	tap_ok(run("-h", NULL, NULL) == 0, "-h succeeds");
	tap_is_str(said,
	    "usage: hs-test [-q] FILE\n"
	    "Tests.\n"
	    "\n"
	    "  -f, --file FILE  read from FILE\n"
	    "      --size N     a text that goes on for so long that it has to "
	    "be broken\n"
	    "                   where the line ends\n"
	    "  -q, --quiet      no warnings\n"
	    "  -h, --help       this text\n"
	    "      --version    name and version\n"
	    "\n"
	    "That is all.\n",
	    "and prints the table");
	tap_ok(run("--version", NULL, NULL) == 0 &&
		   strncmp(said, "hs-test (hs-tools) ", 19) == 0,
	    "--version succeeds");
	tap_ok(run("-f", NULL, NULL) == HS_USAGE &&
		   strstr(said, "usage: hs-test [-q] FILE\n"),
	    "a missing argument is a usage error");
	tap_ok(run("--none", NULL, NULL) == HS_USAGE, "so is another option");
	return tap_done();
}
