/* The package that goes with a report to the library it belongs to: a tar of manifest, report, receipt and files, sealed by a passphrase. */
#include "base/base/clock.h"
#include "base/crypto/crypto.h"
#include "base/sandbox/sandbox.h"
#include "subject/report/decision_private.h"
#include "subject/report/report_private.h"

#include <sys/stat.h>
#include <unistd.h>

enum { TAR_BLOCK = 512, COPY_BYTES = 64 * 1024 };

static void file_close(const int *file)
{
	if (*file >= 0) close(*file);
}

static Text digest_text(Arena *arena, Text content)
{
	Digest digest = sha256(content);
	return hex_text(arena, DIGEST_TEXT(digest));
}

/* ---- The manifest */
static Text report_document(Call *call, const Report *report) { return form_values_text(call->arena, &report_form, report->values); }

/* Names of files are what their senders called them; a number before each keeps equal ones apart. */
static Text name_of(Call *call, const Attachment *file, size_t at)
{
	return arena_printf(call->arena, "files/%02zu-%.*s", at + 1, TEXT_ARGS(file->name));
}

static void put_file(JsonWriter *writer, Text name, Text digest, int64_t size_bytes)
{
	json_object_begin(writer);
	json_put_text(writer, "name", name);
	json_put_text(writer, "sha256", digest);
	json_put_int(writer, "size_bytes", size_bytes);
	json_end(writer);
}

Error transfer_manifest(Call *call, const Report *report, Text library, Text *out)
{
	Attachments files;
	Buffer buffer = { .arena = call->arena };
	JsonWriter writer = json_writer(&buffer);
	Text document = report_document(call, report);
	TRY(attachment_list(call, report_machine.name, report->id, &files));
	json_object_begin(&writer);
	json_put_text(&writer, "format", TEXT("cappvd-transfer 1"));
	json_put_text(&writer, "report", report->ref);
	json_put_text(&writer, "library", library);
	json_put_text(&writer, "received_at", clock_iso(call->arena, report->received_at));
	json_put_text(&writer, "content_sha256", report->content_digest);
	json_key(&writer, TEXT("files"));
	json_array_begin(&writer);
	put_file(&writer, TEXT("report.json"), digest_text(call->arena, document), (int64_t)document.length);
	for (size_t i = 0; i < files.count; i++)
		if (files.at[i].is_finished) put_file(&writer, name_of(call, &files.at[i], i), files.at[i].sha256, files.at[i].size_bytes);
	json_end(&writer);
	json_end(&writer);
	json_finish(&writer);
	*out = buffer_text(&buffer);
	return OK;
}

/* ---- tar, as POSIX.1-1988 has it */
static Error write_all(Call *call, int file, const char *at, size_t length)
{
	while (length) {
		ssize_t written = write(file, at, length);
		if (written <= 0) return fail(call, IO, "writing a package failed");
		at += written;
		length -= (size_t)written;
	}
	return OK;
}

/* The name's last bytes when it is too long, cut between signs; the number before it stays. */
static Text short_name(Arena *arena, Text name)
{
	enum { MOST = 99, HEAD = 9 }; /* "files/01-" */
	if (name.length <= MOST) return name;
	size_t from = name.length - (MOST - HEAD);
	while (from < name.length && ((unsigned char)name.at[from] & 0xC0) == 0x80) from++;
	return arena_printf(arena, "%.*s%.*s", HEAD, name.at, (int)(name.length - from), name.at + from);
}

static Error write_head(Call *call, int tar, Text name, int64_t size_bytes, int64_t at)
{
	char head[TAR_BLOCK] = { 0 };
	static const char magic[8] = { 'u', 's', 't', 'a', 'r', 0, '0', '0' };
	unsigned sum = 0;
	Text shown = short_name(call->arena, name);
	memcpy(head, shown.at, shown.length);
	snprintf(head + 100, 8, "%07o", 0600U);
	snprintf(head + 108, 8, "%07o", 0U);
	snprintf(head + 116, 8, "%07o", 0U);
	snprintf(head + 124, 12, "%011llo", (unsigned long long)size_bytes);
	snprintf(head + 136, 12, "%011llo", (unsigned long long)(at / 1000));
	memset(head + 148, ' ', 8);
	head[156] = '0';
	memcpy(head + 257, magic, sizeof(magic));
	for (size_t i = 0; i < sizeof(head); i++) sum += (unsigned char)head[i];
	snprintf(head + 148, 8, "%06o", sum);
	return write_all(call, tar, head, sizeof(head));
}

static Error write_padding(Call *call, int tar, int64_t size_bytes)
{
	static const char zeros[TAR_BLOCK];
	size_t over = (size_t)(size_bytes % TAR_BLOCK);
	return over ? write_all(call, tar, zeros, TAR_BLOCK - over) : OK;
}

static Error add_text(Call *call, int tar, const char *name, Text content, int64_t at)
{
	TRY(write_head(call, tar, text_from(name), (int64_t)content.length, at));
	TRY(write_all(call, tar, content.at, content.length));
	return write_padding(call, tar, (int64_t)content.length);
}

static Error add_file(Call *call, int tar, Text name, const Attachment *attachment)
{
	scoped(file_close) int file = -1;
	char piece[COPY_BYTES];
	int64_t left = attachment->size_bytes;
	TRY(attachment_open(call, attachment, &file));
	TRY(write_head(call, tar, name, attachment->size_bytes, attachment->created_at));
	while (left > 0) {
		ssize_t got = read(file, piece, left < COPY_BYTES ? (size_t)left : (size_t)COPY_BYTES);
		if (got <= 0) return fail(call, IO, "attachment %.*s ends early", TEXT_ARGS(attachment->ref));
		TRY(write_all(call, tar, piece, (size_t)got));
		left -= got;
	}
	return write_padding(call, tar, attachment->size_bytes);
}

/* ---- The package */
static Error write_tar(Call *call, const Report *report, Text manifest, int tar)
{
	static const char end[2 * TAR_BLOCK];
	Attachments files;
	Text receipt;
	TRY(report_receipt(call, report, &receipt));
	TRY(attachment_list(call, report_machine.name, report->id, &files));
	TRY(add_text(call, tar, "manifest.json", manifest, report->received_at));
	TRY(add_text(call, tar, "report.json", report_document(call, report), report->received_at));
	TRY(add_text(call, tar, "receipt.txt", receipt, report->received_at));
	for (size_t i = 0; i < files.count; i++)
		if (files.at[i].is_finished) TRY(add_file(call, tar, name_of(call, &files.at[i], i), &files.at[i]));
	TRY(write_all(call, tar, end, sizeof(end)));
	return lseek(tar, 0, SEEK_SET) == 0 ? OK : fail(call, IO, "a package cannot be rewound");
}

Text transfer_passphrase(Call *call, const Report *report) { return report_code_of(call, TEXT("transfer"), report->ref); }

Error transfer_package(Call *call, const Report *report, TransferPackage *out)
{
	scoped(file_close) int tar = -1;
	scoped(file_close) int sealed = -1;
	struct stat status;
	Text manifest;
	TransferPackage package = { .name = arena_printf(call->arena, "%.*s.tar.p7m", TEXT_ARGS(report->ref)),
		.passphrase = transfer_passphrase(call, report) };
	TRY(transfer_manifest(call, report, report->reason, &manifest));
	TRY(sandbox_file(call, &tar));
	TRY(sandbox_file(call, &sealed));
	TRY(write_tar(call, report, manifest, tar));
	TRY(package_close(call, tar, package.passphrase, sealed));
	if (fstat(sealed, &status) != 0 || lseek(sealed, 0, SEEK_SET) != 0) return fail(call, IO, "a package cannot be measured");
	package.manifest_sha256 = digest_text(call->arena, manifest);
	package.size_bytes = status.st_size;
	package.file = sealed;
	sealed = -1;
	*out = package;
	return OK;
}
