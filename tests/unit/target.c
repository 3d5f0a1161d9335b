/* SPDX-FileCopyrightText: 2026 the hs-tools authors
 * SPDX-License-Identifier: MIT */
/* A file is replaced whole or not at all. */
#include <fcntl.h>
#include <signal.h>
#include <stdlib.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "tap.h"
#include "target.h"

static struct hs_target t;
static struct hs_err e;

static void
put(const char *path, const char *text)
{
	FILE *f = fopen(path, "w");

	fputs(text, f);
	fclose(f);
}

/* The file's content; "-" when there is none. */
static const char *
get(const char *path)
{
	static char text[256];
	FILE *f = fopen(path, "r");

	if (!f)
		return "-";
	text[fread(text, 1, sizeof text - 1, f)] = '\0';
	fclose(f);
	return text;
}

static void
link_to(const char *to, const char *path)
{
	if (symlink(to, path) < 0)
		tap_ok(false, "%s cannot be linked to %s", path, to);
}

/* Whether the process comes to sleep, which it does for a lock alone. */
static bool
sleeps(pid_t pid)
{
	char path[64];

	snprintf(path, sizeof path, "/proc/%d/stat", (int)pid);
	for (int i = 0; i < 5000; i++) {
		const char *name_end = strrchr(get(path), ')');
		if (name_end && name_end[2] == 'S')
			return true;
		usleep(1000);
	}
	return false;
}

static unsigned
mode_of(const char *path)
{
	struct stat st;

	return stat(path, &st) < 0 ? 0 : st.st_mode & 07777;
}

/* Without a warning, without a guard. */
static int
take(const char *path)
{
	return hs_target_open(&t, path, NULL, NULL, &e);
}

/* Whether a writer has the lock that this temporary file is. */
static bool
is_locked(const char *temp)
{
	int fd = open(temp, O_RDWR);
	bool locked = fd >= 0 && flock(fd, LOCK_EX | LOCK_NB) < 0;

	close(fd);
	return locked;
}

static int
write_file(const char *path, const char *text)
{
	if (take(path) < 0 || hs_buf_add(&t.out.buf, text, strlen(text)) < 0 ||
	    hs_out_commit(&t.out, &e) < 0)
		return -1;
	return hs_target_publish(&t, &e);
}

static void
replacing(void)
{
	umask(027);
	tap_ok(write_file("new", "one\n") == 0, "a new file is made");
	tap_is_str(get("new"), "one\n", "with what was written");
	tap_ok(mode_of("new") == 0640, "and the umask's mode");
	chmod("new", 0604);
	tap_ok(write_file("new", "two\n") == 0, "it is replaced");
	tap_is_str(get("new"), "two\n", "by what was written");
	tap_ok(mode_of("new") == 0604, "keeping its mode");
	tap_is_str(get(".new.hs-new"), "-", "no temporary file is left");

	mkdir("sub", 0755);
	put("sub/real", "old\n");
	link_to("sub/real", "link1");
	link_to("link1", "link2");
	tap_ok(write_file("link2", "through\n") == 0, "links are followed");
	tap_is_str(get("sub/real"), "through\n", "to the file they mean");
	struct stat st;
	tap_ok(
	    lstat("link2", &st) == 0 && S_ISLNK(st.st_mode), "and stay links");
	link_to("sub/later", "dangling");
	tap_ok(write_file("dangling", "x\n") == 0, "a dangling link");
	tap_is_str(get("sub/later"), "x\n", "gets the file it means");
}

/* A program that runs for hours must not undo what was done meanwhile. */
static void
meanwhile(void)
{
	put("later", "old\n");
	chmod("later", 0644);
	take("later");
	tap_ok(mode_of(".later.hs-new") == 0600,
	    "nobody else reads a new table before its time");
	chmod("later", 0640);
	tap_ok(hs_target_publish(&t, &e) == 0, "a mode that is changed");
	tap_ok(mode_of("later") == 0640, "while writing is the one kept");
	take("later");
	unlink("later");
	tap_ok(hs_target_publish(&t, &e) == 0, "a file that is removed");
	tap_ok(mode_of("later") == 0640, "comes back with its mode");
	take("later");
	unlink("later");
	mkdir("later", 0755);
	tap_ok(hs_target_publish(&t, &e) < 0 && e.kind == HS_CANTCREATE,
	    "a directory in its place: %s", e.text);
	hs_target_abandon(&t);
	tap_is_str(get(".later.hs-new"), "-", "without litter");
}

static void
abandoning(void)
{
	put("kept", "old\n");
	take("kept");
	hs_buf_add(&t.out.buf, "new\n", 4);
	hs_out_commit(&t.out, &e);
	hs_out_flush(&t.out, &e);
	tap_is_str(get("kept"), "old\n", "while writing the old file stands");
	hs_target_abandon(&t);
	hs_target_abandon(&t);
	tap_is_str(get("kept"), "old\n", "and after giving up, twice");
	tap_is_str(get(".kept.hs-new"), "-", "without litter");
}

static void
refusing(void)
{
	mkdir("dir", 0755);
	mkfifo("fifo", 0644);
	link_to("loop", "loop");
	static const char *const bad[] = {
	    "dir", "dir/", "", "fifo", "/dev/null", "loop", "no/such/dir"};
	for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
		e.kind = HS_OK;
		tap_ok(take(bad[i]) < 0 && e.kind == HS_CANTCREATE,
		    "'%s' is refused: %s", bad[i], e.text);
		hs_target_abandon(&t);
	}
	mkdir(".blocked.hs-new", 0755);
	tap_ok(take("blocked") < 0 && e.kind == HS_CANTCREATE,
	    "something in the temporary file's place: %s", e.text);
	link_to("kept", ".trap.hs-new");
	tap_ok(take("trap") < 0 && e.kind == HS_CANTCREATE,
	    "a link in its place: %s", e.text);
	tap_is_str(get("kept"), "old\n", "is not followed");
}

static void
locking(void)
{
	put(".stale.hs-new", "litter of a run that was killed\n");
	put(".stale.hs-new2", "more of it\n");
	tap_ok(write_file("stale", "x\n") == 0, "litter is no obstacle");
	tap_is_str(get("stale"), "x\n", "and not taken for content");
	tap_is_str(get(".stale.hs-new2"), "-", "and cleared away");

	take("locked");
	tap_ok(is_locked(".locked.hs-new"), "one writer a time");
	pid_t pid = fork();
	if (pid == 0) {
		close(t.lock);
		close(t.out.fd);
		_exit(write_file("locked", "second\n") < 0);
	}
	int status;
	if (access("/proc/self/stat", R_OK) == 0)
		tap_ok(sleeps(pid), "the second one waits");
	else
		tap_skip("the second one waits", "no /proc to see it");
	hs_buf_add(&t.out.buf, "first\n", 6);
	hs_out_commit(&t.out, &e);
	tap_ok(hs_target_publish(&t, &e) == 0, "until the first is done");
	waitpid(pid, &status, 0);
	tap_ok(status == 0, "then it has its turn");
	tap_is_str(get("locked"), "second\n", "and the last word");
}

/* Many processes add a line each; every line must be there at the end. */
static void
crowding(void)
{
	enum { N = 16 };

	put("crowd", "");
	for (int i = 0; i < N; i++) {
		if (fork() > 0)
			continue;
		char text[256];
		if (take("crowd") < 0)
			_exit(1);
		int n =
		    snprintf(text, sizeof text, "%s%c", get("crowd"), 'a' + i);
		if (hs_buf_add(&t.out.buf, text, (size_t)n) < 0 ||
		    hs_out_commit(&t.out, &e) < 0)
			_exit(1);
		_exit(hs_target_publish(&t, &e) < 0);
	}
	int status, bad = 0;
	while (wait(&status) > 0)
		bad += status != 0;
	tap_ok(bad == 0, "%d writers at once", N);
	tap_ok(strlen(get("crowd")) == N, "all are in: %s", get("crowd"));
}

static void
starting_again(void)
{
	char text[8] = "";
	int fd = -1;

	put("again", "old\n");
	chmod("again", 0604);
	take("again");
	hs_buf_add(&t.out.buf, "draft\n", 6);
	hs_out_commit(&t.out, &e);
	tap_ok(hs_target_again(&t, &fd, &e) == 0, "a writer starts again");
	tap_ok(pread(fd, text, sizeof text, 0) == 6, "its draft is there");
	tap_is_str(text, "draft\n", "to read");
	close(fd);
	tap_ok(is_locked(".again.hs-new"), "the lock was kept");
	hs_buf_add(&t.out.buf, "old\n", 4);
	hs_out_commit(&t.out, &e);
	tap_ok(hs_target_same(&t, &e) == 1, "the same content is noticed");
	hs_buf_add(&t.out.buf, "new\n", 4);
	hs_out_commit(&t.out, &e);
	tap_ok(hs_target_same(&t, &e) == 0, "other content, too");
	tap_ok(hs_target_publish(&t, &e) == 0, "the second writing counts");
	tap_is_str(get("again"), "old\nnew\n", "alone");
	tap_ok(mode_of("again") == 0604, "with the old mode");
	tap_is_str(get(".again.hs-new"), "-", "without litter");
}

/* What a guard was told last, and whether all was well each time: no signal
 * could come, and the name from before was still a string. */
static const char *told;
static unsigned changes;
static bool in_order = true;

static void
guard(const char *temp)
{
	sigset_t held;

	sigprocmask(SIG_BLOCK, NULL, &held);
	in_order &= sigismember(&held, SIGTERM) && sigismember(&held, SIGPIPE);
	in_order &= !told || strcmp(told, "./.guarded.hs-new") == 0;
	told = temp;
	changes++;
}

static const char *
end_guarded(int (*end)(void))
{
	told = NULL;
	changes = 0;
	if (hs_target_open(&t, "./guarded", NULL, guard, &e) < 0 || !told)
		return "no guard";
	if (end() < 0)
		return e.text;
	return told || changes != 2 ? "a name is left" : "";
}

static int
abandon(void)
{
	hs_target_abandon(&t);
	return 0;
}

static int
publish(void)
{
	return hs_target_publish(&t, &e);
}

static int
start_again(void)
{
	int fd;

	if (hs_target_again(&t, &fd, &e) < 0)
		return -1;
	close(fd);
	return strcmp(told, t.at.temp) == 0 ? publish() : -1;
}

static void
guarding(void)
{
	sigset_t held;

	tap_is_str(end_guarded(abandon), "", "a guard is told of a new file");
	tap_is_str(end_guarded(publish), "", "and of its end");
	tap_is_str(end_guarded(start_again), "", "a second one has its name");
	tap_ok(in_order, "signals wait while the name changes");
	sigprocmask(SIG_BLOCK, NULL, &held);
	tap_ok(!sigismember(&held, SIGTERM), "and no longer");
}

int
main(void)
{
	char dir[] = "/tmp/hs-target.XXXXXX";

	setvbuf(stdout, NULL, _IONBF, 0);
	if (!mkdtemp(dir) || chdir(dir) < 0)
		return 1;
	replacing();
	meanwhile();
	abandoning();
	refusing();
	locking();
	crowding();
	starting_again();
	guarding();
	if (chdir("/") < 0 || fork() == 0)
		execlp("rm", "rm", "-rf", dir, (char *)NULL);
	wait(NULL);
	return tap_done();
}
