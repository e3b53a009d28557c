/* Personal data in a message: nothing waits in a draft here, so it is asked before the message is written. */
#include "base/sandbox/sandbox.h"
#include "work/cover/cover_view.h"
#include "work/thread/personal_private.h"

#include <unistd.h>

static void add_counts(MaskCounts *sum, const MaskCounts *more)
{
	for (int kind = 0; kind < MASK_KINDS; kind++) sum->of[kind] += more->of[kind];
}

static Error read_file(Call *call, const ThreadFile *file, Text *out)
{
	size_t size = (size_t)file->size_bytes, length = 0;
	char *bytes = arena_array_of(call->arena, char, size + 1);
	while (length < size) {
		ssize_t got = pread(file->descriptor, bytes + length, size - length, (off_t)length);
		if (got <= 0) return fail(call, IO, "an uploaded file ends before its size");
		length += (size_t)got;
	}
	*out = (Text) { bytes, length };
	return OK;
}

static Error write_file(Call *call, Text content, ThreadFile *file)
{
	int descriptor = -1;
	TRY(sandbox_file(call, &descriptor));
	for (size_t at = 0; at < content.length;) {
		ssize_t written = write(descriptor, content.at + at, content.length - at);
		if (written <= 0) return close(descriptor), fail(call, IO, "writing to a memory file failed");
		at += (size_t)written;
	}
	file->descriptor = descriptor;
	file->size_bytes = (int64_t)content.length;
	return OK;
}

static Error count_file(Call *call, const ThreadFile *file, MaskCounts *sum)
{
	Text content;
	if (file->size_bytes < 1 || file->size_bytes > ATTACHMENT_TEXT_BYTES) return OK;
	TRY(read_file(call, file, &content));
	MaskCounts counts = masking_of_text(call->arena, content);
	add_counts(sum, &counts);
	return OK;
}

Error personal_count(Call *call, const PersonalMessage *message, MaskCounts *out)
{
	MaskCounts sum = cover_counts_of(call->arena, message->body);
	for (size_t i = 0; i < message->file_count; i++) TRY(count_file(call, &message->files[i], &sum));
	*out = sum;
	return OK;
}

/* Text files that hold any are replaced by memory files, which personal_close closes. */
static Error hide_file(Call *call, ThreadFile *file, Numbers *out_opened)
{
	Text content;
	MaskCounts counts = { 0 };
	TRY(count_file(call, file, &counts));
	if (!cover_count(&counts)) return OK;
	TRY(read_file(call, file, &content));
	TRY(write_file(call, cover_hidden(call->arena, content), file));
	list_add(call->arena, out_opened, file->descriptor);
	return OK;
}

Error personal_hide(Call *call, PersonalMessage *message)
{
	message->body = cover_hidden(call->arena, message->body);
	for (size_t i = 0; i < message->file_count; i++) TRY(hide_file(call, &message->files[i], &message->opened));
	return OK;
}

void personal_close(PersonalMessage *message)
{
	for (size_t i = 0; i < message->opened.count; i++) close((int)message->opened.at[i]);
	message->opened.count = 0;
}

Error personal_check(Call *call, const MaskCounts *counts, Text answer, Text reason)
{
	if (text_is(answer, TEXT("hide"))) return OK;
	if (!text_is(answer, TEXT("keep")))
		call_problem(call, TEXT("personal"),
			N_("This looks like personal data or secrets: %s. Please say what becomes of it, and choose your files once more."),
			cover_counts_shown(call->arena, call->lang, counts));
	else if (!text_trim(reason).length)
		call_problem(call, TEXT("personal_reason"), N_("Please say why it is needed."), (Text) { 0 });
	return call_check_problems(call);
}
