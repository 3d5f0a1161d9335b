/* SPDX-FileCopyrightText: 2026 the hs-tools authors
 * SPDX-License-Identifier: MIT */
/* How far a program is: told through a pipe, read, and in words. */
#include "meter.h"

#include <fcntl.h>
#include <stdlib.h>
#include <unistd.h>

#include "tap.h"

static void
in_words(struct hs_meter m, const char *want, const char *title)
{
	struct hs_buf b = {0};

	hs_meter_text(&m, &b);
	tap_is_str(hs_buf_str(&b), want, title);
	hs_buf_free(&b);
}

static void
words(void)
{
	in_words(HS_METER_NONE, "", "nothing is known");
	in_words((struct hs_meter){7, -1, -1, -1, 5}, "7 records",
	    "records, and a quota that is told elsewhere");
	in_words((struct hs_meter){1, -1, -1, -1, -1}, "1 record", "one");
	in_words((struct hs_meter){12300, 20000, 1230, 6, -1},
	    "12,300 of 20,000 records, 1,230/s, 6 s left", "all of it");
	in_words((struct hs_meter){1, 1000000, 0, 98, -1},
	    "1 of 1,000,000 records, 98 s left", "no rate to speak of");
	in_words((struct hs_meter){1, 2, 1, 100, -1},
	    "1 of 2 records, 1/s, 2 min left", "minutes");
	in_words((struct hs_meter){1, 2, 1, 7200, -1},
	    "1 of 2 records, 1/s, 2.0 h left", "hours");
}

static int
read_line(const char *line, struct hs_meter *m, struct hs_span *stage)
{
	return hs_meter_read(hs_span_str(line), m, stage);
}

static void
lines(void)
{
	struct hs_meter m = HS_METER_NONE;
	struct hs_span stage;

	tap_ok(read_line("{\"total\":null,\"records\":5,\"x\":{},\"rate\":1.5,"
			 "\"quota\":-1}",
		   &m, &stage) == 0 &&
		   m.records == 5 && m.total == -1 && m.rate == -1 &&
		   m.quota == -1,
	    "what is null, missing or no number is not known");
	tap_ok(read_line("{\"stage\":\"writing\"}", &m, &stage) == 1 &&
		   hs_span_is(stage, "writing") && m.records == 5,
	    "a stage");
	tap_ok(read_line("{\"stage\":null}", &m, &stage) == 1 && !stage.p,
	    "the end of one");
	tap_ok(read_line("{\"stage\":1}", &m, &stage) < 0, "no stage");
	tap_ok(read_line("{}", &m, &stage) < 0, "nothing known is said");
	tap_ok(read_line("{\"records\":1} x", &m, &stage) < 0, "no JSON");
	tap_ok(read_line("[1]", &m, &stage) < 0, "no object");
}

static void
through_a_pipe(void)
{
	char name[] = "/tmp/hs-meter.XXXXXX", path[64], text[2048];
	int fd[2], file = mkstemp(name);
	ssize_t n;

	unsetenv("HS_PROGRESS");
	tap_ok(hs_meter_open() < 0, "nobody wants to know");
	setenv("HS_PROGRESS", name, 1);
	tap_ok(file >= 0 && hs_meter_open() < 0, "a file is no pipe");
	unlink(name);
	if (!tap_ok(pipe(fd) == 0, "a pipe"))
		return;
	snprintf(path, sizeof path, "/dev/fd/%d", fd[1]);
	setenv("HS_PROGRESS", path, 1);
	int meter = hs_meter_open();
	if (!tap_ok(meter >= 0, "its end is opened by its name"))
		return;
	hs_meter_tell(meter, &(struct hs_meter){3, -1, -1, -1, 9});
	hs_meter_stage("writing \"x\"");
	hs_meter_stage(NULL);
	n = read(fd[0], text, sizeof text - 1);
	text[n < 0 ? 0 : n] = '\0';
	tap_is_str(text,
	    "{\"records\":3,\"total\":null,\"rate\":null,\"left\":null,"
	    "\"quota\":9}\n{\"stage\":\"writing \\\"x\\\"\"}\n"
	    "{\"stage\":null}\n",
	    "a line for each call");
	for (int i = 0; i < 5000; i++)
		hs_meter_tell(meter, &(struct hs_meter){i, -1, -1, -1, 9});
	tap_ok(true, "a pipe that is full is not waited for");
	close(fd[0]);
	close(fd[1]);
	hs_meter_tell(meter, &(struct hs_meter){3, -1, -1, -1, 9});
	tap_ok(true, "nor does a reader that has gone end the program");
	close(meter);
}

int
main(void)
{
	words();
	lines();
	through_a_pipe();
	return tap_done();
}
