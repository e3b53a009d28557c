#include "app/mark_command.h"

#include "app/command.h"
#include "base/base/clock.h"
#include "base/base/json.h"
#include "work/copy/copy.h"

#include <fcntl.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

static void print(Call *call, FILE *out, bool json, const char *path, const CopyReading *found)
{
	Buffer line = { .arena = call->arena };
	const CopyMark *copy = &found->copy;
	Text mark = found->reading.found ? arena_printf(call->arena, "%010llX", (unsigned long long)found->reading.copy) : TEXT("");
	if (json) {
		JsonWriter writer = json_writer(&line);
		json_object_begin(&writer);
		json_put_text(&writer, "file", text_from(path));
		json_put_bool(&writer, "found", found->reading.found);
		if (found->reading.found) json_put_text(&writer, "mark", mark);
		if (found->reading.found) json_put_int(&writer, "certainty_percent", found->reading.certainty_percent);
		if (found->known) {
			json_put_text(&writer, "recipient", copy->recipient);
			json_put_text(&writer, "matter", copy->subject_ref);
			json_put_text(&writer, "copy", copy->copy_ref);
			json_put_int(&writer, "made_at", copy->made_at);
		}
		json_end(&writer);
		json_finish(&writer);
	} else if (found->known) {
		Text made = clock_human(call->arena, call->lang, copy->made_at);
		buffer_printf(&line, "%s\t%.*s\t%.*s\t%.*s\t%.*s", path, TEXT_ARGS(mark), TEXT_ARGS(copy->recipient),
			TEXT_ARGS(copy->subject_ref), TEXT_ARGS(made));
	} else {
		Text says = tr(call->lang, found->reading.found ? N_("The mark was read, but no copy of this library bears it.")
								: N_("No mark was found in this photograph."));
		buffer_printf(&line, "%s\t%.*s\t%.*s", path, TEXT_ARGS(mark), TEXT_ARGS(says));
	}
	buffer_byte(&line, '\n');
	fwrite(line.at, 1, line.length, out);
}

static void file_close(const int *file)
{
	if (*file >= 0) close(*file);
}

static Error read_one(Call *call, const char *path, CopyReading *out)
{
	struct stat about;
	scoped(file_close) int file = open(path, O_RDONLY | O_CLOEXEC);
	if (file < 0 || fstat(file, &about) != 0) return fail(call, NOT_FOUND, "%s cannot be opened", path);
	if (!S_ISREG(about.st_mode) || about.st_size < 1) return fail(call, INVALID, "%s is not a file", path);
	void *at = mmap(NULL, (size_t)about.st_size, PROT_READ, MAP_PRIVATE, file, 0);
	if (at == MAP_FAILED) return fail(call, IO, "%s cannot be read", path);
	Error error = copy_read_photo(call, (Text) { at, (size_t)about.st_size }, out);
	munmap(at, (size_t)about.st_size);
	return error;
}

Error mark_command(Call *call, int argc, char **argv, FILE *out, FILE *talk)
{
	bool json = false, reads = false;
	int photographs = 0, nameless = 0;
	for (int i = 0; i < argc; i++) {
		if (strcmp(argv[i], "--json") == 0)
			json = true;
		else if (!reads && strcmp(argv[i], "read") == 0)
			reads = true;
		else
			argv[photographs++] = argv[i];
	}
	if (!reads || !photographs) return usage_error(call, talk, "say “mark read PHOTO…”");
	for (int i = 0; i < photographs; i++) {
		ArenaMark mark = arena_mark(call->arena);
		CopyReading found = { 0 };
		TRY(read_one(call, argv[i], &found));
		print(call, out, json, argv[i], &found);
		nameless += !found.known;
		arena_release(call->arena, mark);
	}
	return nameless ? fail(call, INVALID, "%d photographs name nobody", nameless) : OK;
}
