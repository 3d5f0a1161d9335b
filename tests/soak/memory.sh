# shellcheck shell=sh
# Sourced by run.sh: every allocation fails, not only a few of each job's.
SWEEP_POINTS=1000000 prove tests/82-memory.t || fail "memory"
