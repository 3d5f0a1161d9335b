#!/bin/sh
# Every fuzz harness replays its seeds.
. tests/lib.sh
for f in tests/fuzz/*.c; do
	name=$(basename "$f" .c)
	ok "$name takes its seeds" \
		"$BUILD/tests/fuzz/$name" tests/fuzz/seeds/"$name"/*
done
t_done
