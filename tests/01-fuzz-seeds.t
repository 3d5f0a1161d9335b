#!/bin/sh
# Every fuzz harness replays its seeds.
. tests/lib.sh
for f in tests/fuzz/*.c tests/fuzz/hs-*/*.c; do
	name=$(basename "$f" .c)
	ok "$name takes its seeds" \
		"$BUILD/${f%.c}" tests/fuzz/seeds/"$name"/*
done
t_done
