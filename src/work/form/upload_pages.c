/* Addresses of uploads and downloads. */
#include "work/form/form_view.h"

#include <sys/mman.h>
#include <unistd.h>

/* ---- Forms of the requests */
typedef struct BeginForm {
	Text name;
	int64_t size_bytes;
} BeginForm;
static const FieldSpec begin_fields[] = {
	{ "name", FIELD_TEXT, offsetof(BeginForm, name), .required = true, .max_length = 400 },
	{ "size_bytes", FIELD_INT, offsetof(BeginForm, size_bytes), .required = true },
};
const FormSpec upload_begin_form = { .fields = begin_fields, .field_count = COUNT(begin_fields), .struct_size = sizeof(BeginForm) };

typedef struct FilesForm {
	Uploads files;
} FilesForm;
static const FieldSpec files_fields[] = { { "files", FIELD_FILES, offsetof(FilesForm, files) } };
const FormSpec upload_files_form = { .fields = files_fields,
	.field_count = COUNT(files_fields),
	.struct_size = sizeof(FilesForm),
	.max_body_bytes = (size_t)50 * 1024 * 1024 };

/* ---- Answers */
static void answer(Request *request, int status, Text ref, int64_t received)
{
	Buffer buffer = { .arena = request->call->arena };
	JsonWriter writer = json_writer(&buffer);
	json_object_begin(&writer);
	if (ref.length) json_put_text(&writer, "ref", ref);
	json_put_int(&writer, "received_bytes", received);
	json_end(&writer);
	json_finish(&writer);
	reply_json(request, buffer_text(&buffer));
	request->reply.status = status;
}

Error upload_begin(Request *request, AttachmentOwner owner)
{
	const BeginForm *form = request->form;
	Attachment attachment;
	TRY(attachment_begin(request->call, owner, form->name, form->size_bytes, &attachment));
	answer(request, 201, attachment.ref, 0);
	return OK;
}

Error upload_resume(Request *request, AttachmentOwner owner)
{
	const BeginForm *form = request->form;
	Attachments files;
	TRY(attachment_list(request->call, owner.kind, owner.subject_id, &files));
	for (size_t i = 0; i < files.count; i++) {
		const Attachment *file = &files.at[i];
		if (file->is_finished || file->size_bytes != form->size_bytes || !text_is(file->name, form->name)) continue;
		answer(request, 200, file->ref, file->received_bytes);
		return OK;
	}
	return upload_begin(request, owner);
}

typedef struct Mapping {
	void *at;
	size_t length;
} Mapping;
static void unmap(const Mapping *mapping)
{
	if (mapping->length) munmap(mapping->at, mapping->length);
}

Error upload_part(Request *request, AttachmentOwner owner, Text ref)
{
	Attachment attachment;
	int64_t offset = 0, size = 0, received = 0;
	TRY(attachment_find(request->call, owner.kind, owner.subject_id, ref, &attachment));
	if (!text_to_int(request_query(request, TEXT("offset")), &offset)) return fail(request->call, USAGE, "no offset");
	int body = request_body_descriptor(request, &size, NULL);
	if (body < 0 || size < 1) return fail(request->call, USAGE, "an empty part");
	void *at = mmap(NULL, (size_t)size, PROT_READ, MAP_PRIVATE, body, 0);
	if (at == MAP_FAILED) return fail(request->call, IO, "a part cannot be mapped");
	scoped(unmap) Mapping mapping = { at, (size_t)size };
	Text part = { mapping.at, mapping.length };
	Text sum = request_header(request, TEXT("X-Part-SHA256"));
	Error error =
		attachment_add(request->call, &attachment, offset, part, sum.at ? sum : request_query(request, TEXT("sha256")), &received);
	if (error == ERROR_CONFLICT) { /* go on from there */
		call_recover(request->call);
		TRY(attachment_find(request->call, owner.kind, owner.subject_id, ref, &attachment));
		answer(request, 409, (Text) { 0 }, attachment.received_bytes);
		return OK;
	}
	TRY(error);
	answer(request, 200, (Text) { 0 }, received);
	return OK;
}

Error upload_finish(Request *request, AttachmentOwner owner, Text ref)
{
	Attachment attachment;
	TRY(attachment_find(request->call, owner.kind, owner.subject_id, ref, &attachment));
	if (!attachment.is_finished) TRY(attachment_finish(request->call, &attachment));
	answer(request, 200, (Text) { 0 }, attachment.received_bytes);
	return OK;
}

Error upload_state(Request *request, AttachmentOwner owner, Text ref)
{
	Attachment attachment;
	TRY(attachment_find(request->call, owner.kind, owner.subject_id, ref, &attachment));
	answer(request, 200, (Text) { 0 }, attachment.received_bytes);
	return OK;
}

Error upload_remove(Request *request, AttachmentOwner owner, Text ref)
{
	Attachment attachment;
	TRY(attachment_find(request->call, owner.kind, owner.subject_id, ref, &attachment));
	TRY(attachment_remove(request->call, &attachment));
	answer(request, 200, (Text) { 0 }, 0);
	return OK;
}

Error upload_store(Request *request, AttachmentOwner owner)
{
	const FilesForm *form = request->form;
	for (size_t i = 0; form && i < form->files.count; i++) {
		const Upload *upload = &form->files.at[i];
		Attachment attachment;
		if (!upload->size_bytes) continue; /* a file field that was left empty */
		TRY(attachment_store(request->call, owner, upload->name, upload->descriptor, upload->size_bytes, &attachment));
	}
	return OK;
}

Error upload_download(Request *request, AttachmentOwner owner, Text ref)
{
	Attachment attachment;
	int descriptor = -1;
	TRY(attachment_find(request->call, owner.kind, owner.subject_id, ref, &attachment));
	TRY(attachment_open(request->call, &attachment, &descriptor));
	reply_download(request, attachment.name, descriptor, attachment.size_bytes);
	return OK;
}

/* ---- Lists */
static bool says(Arena *arena, const Attachment *attachment, const char *key)
{
	Json inspection;
	return attachment->inspection.at && json_parse(arena, attachment->inspection, &inspection, NULL) &&
	       json_as_bool(json_get(inspection, key));
}

Text form_file_note(Html *html, const Attachment *file)
{
	Arena *arena = html->call->arena;
	if (!file->is_finished) return tr(html->lang, N_("Not complete yet"));
	if (says(arena, file, "hostile")) return tr(html->lang, N_("Careful: the sandbox found it hostile"));
	if (says(arena, file, "damaged")) return tr(html->lang, N_("Damaged"));
	if (says(arena, file, "encrypted")) return tr(html->lang, N_("Encrypted archive"));
	return file->content_type;
}

Markup form_files(Html *html, const Attachments *files, Text address)
{
	FileEntry *entries = arena_array_of(html->call->arena, FileEntry, files->count + 1);
	for (size_t i = 0; i < files->count; i++) {
		const Attachment *file = &files->at[i];
		entries[i] = (FileEntry) { .name = file->name,
			.note = form_file_note(html, file),
			.digest = file->sha256.at ? file->sha256 : TEXT(""),
			.size_bytes = file->size_bytes };
		if (file->is_finished) entries[i].url = url_local(html->call->arena, "%.*s%.*s", TEXT_ARGS(address), TEXT_ARGS(file->ref));
	}
	return part_files(html, entries, files->count);
}

void form_files_json(JsonWriter *writer, const Attachments *files)
{
	json_array_begin(writer);
	for (size_t i = 0; i < files->count; i++) {
		const Attachment *file = &files->at[i];
		json_object_begin(writer);
		json_put_text(writer, "ref", file->ref);
		json_put_text(writer, "name", file->name);
		json_put_text(writer, "content_type", file->content_type);
		json_put_text(writer, "sha256", file->sha256);
		json_put_int(writer, "size_bytes", file->size_bytes);
		json_put_int(writer, "received_bytes", file->received_bytes);
		json_put_bool(writer, "complete", file->is_finished);
		json_end(writer);
	}
	json_end(writer);
}
