/* SPDX-FileCopyrightText: 2026 the hs-tools authors
 * SPDX-License-Identifier: MIT */
/*
 * Linked into the programs of `make coverage` (with --wrap): one that a signal
 * ends, or _exit(), has its counts written like one that returns from main().
 * The counts' own files and memory are not for a shim to fail.
 */
#include <dlfcn.h>
#include <signal.h>
#include <unistd.h>

void __gcov_dump(void);
typedef void handler(int);
handler *__real_signal(int sig, handler *h);
handler *__wrap_signal(int sig, handler *h);
int __real_raise(int sig);
int __wrap_raise(int sig);
_Noreturn void __real__exit(int status);
_Noreturn void __wrap__exit(int status);

__attribute__((destructor)) static void
rest_shims(void)
{
	void (*rest)(void) =
	    __extension__(void (*)(void)) dlsym(RTLD_DEFAULT, "shim_rest");

	if (rest)
		rest();
}

static void
dump(void)
{
	rest_shims();
	__gcov_dump();
}

static void
die(int sig)
{
	dump();
	__real_signal(sig, SIG_DFL);
	__real_raise(sig);
}

handler *
__wrap_signal(int sig, handler *h)
{
	return __real_signal(sig, h == SIG_DFL ? die : h);
}

int
__wrap_raise(int sig)
{
	die(sig);
	return 0;
}

void
__wrap__exit(int status)
{
	dump();
	__real__exit(status);
}

__attribute__((constructor)) static void
begin(void)
{
	static const int ending[] = {SIGHUP, SIGINT, SIGTERM, SIGPIPE};

	for (size_t i = 0; i < sizeof ending / sizeof *ending; i++) {
		struct sigaction old;
		sigaction(ending[i], NULL, &old);
		if (old.sa_handler == SIG_DFL)
			__real_signal(ending[i], die);
	}
}
