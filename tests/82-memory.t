#!/bin/sh
# Each program with one allocation that fails, or all from one on.
. tests/lib.sh
! nm "$BUILD/bin/hs-flatten" 2>/dev/null | grep -q __asan_init ||
	t_skip_all "the address sanitizer has its own malloc()"
shim=memory
. tests/sweep.sh
t_done
