# shellcheck shell=sh
# Sourced by run.sh: every allocation and every call for files fails, not only
# a few of each job's.
SWEEP_POINTS=1000000 prove tests/82-memory.t tests/83-files.t || fail "memory"
