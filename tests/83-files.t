#!/bin/sh
# Each program with one call for files that fails, or all from one on.
. tests/lib.sh
shim=fault
FAULT_DO=fail
export FAULT_DO
. tests/sweep.sh
t_done
