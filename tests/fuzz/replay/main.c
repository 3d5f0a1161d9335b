/* SPDX-FileCopyrightText: 2026 the hs-tools authors
 * SPDX-License-Identifier: MIT */
/* Replays files through a fuzz harness, for compilers without libFuzzer. */
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static int
replay(const char *path)
{
	FILE *f = fopen(path, "rb");
	size_t cap = 1 << 24;
	/* On the heap and of the exact size, so that a sanitizer sees a read
	 * past the end. */
	uint8_t *all = malloc(cap), *data;

	if (!f || !all) {
		perror(path);
		return -1;
	}
	size_t n = fread(all, 1, cap, f);
	fclose(f);
	data = realloc(all, n ? n : 1);
	if (!data)
		return -1;
	LLVMFuzzerTestOneInput(data, n);
	free(data);
	return 0;
}

int
main(int argc, char **argv)
{
	for (int i = 1; i < argc; i++)
		if (replay(argv[i]) < 0)
			return 1;
	printf("%d inputs\n", argc - 1);
	return argc < 2;
}
