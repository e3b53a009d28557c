/* Replays a corpus through a fuzz target: `fuzz_NAME FILE|FOLDER…`. Under a fuzzer this file is left out and the engine drives the target. */
#include <dirent.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static int run_file(const char *path)
{
	FILE *file = fopen(path, "rb");
	if (!file) return 0;
	static uint8_t bytes[1 << 20];
	size_t size = fread(bytes, 1, sizeof(bytes), file);
	fclose(file);
	uint8_t *exact = malloc(size ? size : 1); /* so that a read past the end is seen */
	if (!exact) return 0;
	memcpy(exact, bytes, size);
	LLVMFuzzerTestOneInput(exact, size);
	free(exact);
	return 1;
}

static int run_folder(DIR *folder, const char *path)
{
	int count = 0;
	for (struct dirent *entry; (entry = readdir(folder));) {
		char name[4096];
		if (entry->d_name[0] == '.') continue;
		snprintf(name, sizeof(name), "%s/%s", path, entry->d_name);
		count += run_file(name);
	}
	return count;
}

int main(int argc, char **argv)
{
	int count = 0;
	for (int i = 1; i < argc; i++) {
		DIR *folder = opendir(argv[i]);
		count += folder ? run_folder(folder, argv[i]) : run_file(argv[i]);
		if (folder) closedir(folder);
	}
	printf("%d passed, %d failed\n", count, count == 0);
	return count == 0;
}
