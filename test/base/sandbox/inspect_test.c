#include "base/sandbox/inspect.h"
#include "harness/test.h"

static void put_little(Buffer *buffer, uint64_t value, int count)
{
	for (int i = 0; i < count; i++) buffer_byte(buffer, (char)(unsigned char)value), value >>= 8;
}

typedef struct Entry {
	Text name;
	uint32_t unpacked;
	bool encrypted;
} Entry;

/* A zip of stored, empty entries that claim what they are told to claim. */
static Text zip_of(Arena *arena, const Entry *entries, size_t count)
{
	Buffer zip = { .arena = arena }, directory = { .arena = arena };
	for (size_t i = 0; i < count; i++) {
		const Entry *entry = &entries[i];
		size_t at = zip.length;
		buffer_put(&zip, TEXT("PK\x03\x04\x14\0\0\0\0\0\0\0\0\0\0\0\0\0"));
		put_little(&zip, 0, 4);
		put_little(&zip, entry->unpacked, 4);
		put_little(&zip, entry->name.length, 4);
		buffer_put(&zip, entry->name);
		buffer_put(&directory, TEXT("PK\x01\x02\x14\0\x14\0"));
		put_little(&directory, entry->encrypted, 2);
		put_little(&directory, 0, 14);
		put_little(&directory, entry->unpacked, 4);
		put_little(&directory, entry->name.length, 2);
		put_little(&directory, 0, 12);
		put_little(&directory, at, 4);
		buffer_put(&directory, entry->name);
	}
	size_t at = zip.length;
	buffer_put(&zip, buffer_text(&directory));
	buffer_put(&zip, TEXT("PK\x05\x06\0\0\0\0"));
	put_little(&zip, count, 2);
	put_little(&zip, count, 2);
	put_little(&zip, directory.length, 4);
	put_little(&zip, at, 4);
	put_little(&zip, 0, 2);
	return buffer_text(&zip);
}

TEST(inspect__kind_follows_content)
{
	static const struct {
		Text content;
		FileKind kind;
		int width, height;
		bool damaged;
	} files[] = {
		{ TEXT_INIT("\x89PNG\r\n\x1a\n\0\0\0\x0dIHDR\0\0\x01\x00\0\0\0\x80\x08\x02\0\0\0\0\0\0\0\0\0\0\0IEND\xae\x42\x60\x82"),
			FILE_PNG, 256, 128, false },
		{ TEXT_INIT("\x89PNG\r\n\x1a\n"), FILE_PNG, 0, 0, true },
		{ TEXT_INIT("\xff\xd8\xff\xe0\0\x04JF\xff\xff\xc0\0\x0b\x08\x02\x00\x03\x00\x01\x01\x11\0"), FILE_JPEG, 768, 512, false },
		{ TEXT_INIT("\xff\xd8\xff\xe0\0\x04JF\xff\xda"), FILE_JPEG, 0, 0, true },
		{ TEXT_INIT("GIF89a\x0a\0\x14\0\0\0\0;"), FILE_GIF, 10, 20, false },
		{ TEXT_INIT("RIFF\x16\0\0\0WEBPVP8X\x0a\0\0\0\0\0\0\0\xff\x0f\0\xff\x07\0"), FILE_WEBP, 4096, 2048, false },
		{ TEXT_INIT("%PDF-1.7\n"), FILE_PDF, 0, 0, false },
		{ TEXT_INIT("\0\0\0\x18"
			    "ftypmp42"),
			FILE_MP4, 0, 0, false },
		{ TEXT_INIT("标题\tand text\n"), FILE_TEXT, 0, 0, false },
		{ TEXT_INIT(""), FILE_TEXT, 0, 0, false },
		{ TEXT_INIT("text\x1b[2J"), FILE_UNKNOWN, 0, 0, false },
		{ TEXT_INIT("\xff\xfe"
			    "t\0"),
			FILE_UNKNOWN, 0, 0, false },
	};
	for (size_t i = 0; i < COUNT(files); i++) {
		Inspection found = inspect(t->arena, files[i].content);
		if (found.kind != files[i].kind || found.width != files[i].width || found.height != files[i].height ||
			found.damaged != files[i].damaged)
			test_fail(__FILE__, __LINE__, "file %zu: %s %d x %d, damaged %d", i, file_kind_tag(found.kind), (int)found.width,
				(int)found.height, found.damaged);
	}
}

TEST(inspect__pixel_flood_shows_before_anything_is_decoded)
{
	Inspection found = inspect(t->arena,
		TEXT("\x89PNG\r\n\x1a\n\0\0\0\x0dIHDR\x7f\xff\xff\xff\x7f\xff\xff\xff\x08\x02\0\0\0\0\0\0\0\0\0\0\0IEND\xae\x42\x60\x82"));
	CHECK_INT(found.width, 0x7FFFFFFF);
	CHECK_INT(found.height, 0x7FFFFFFF);
}

TEST(inspect__zip_bomb_shows_in_its_directory)
{
	const Entry entries[] = { { TEXT("a"), 0xFFFFFFF0, false }, { TEXT("b"), 0xFFFFFFF0, false }, { TEXT("c/d"), 5, false } };
	Inspection found = inspect(t->arena, zip_of(t->arena, entries, COUNT(entries)));
	CHECK(found.kind == FILE_ZIP && !found.hostile_names && !found.encrypted && !found.damaged);
	CHECK_INT(found.entries, 3);
	CHECK_INT(found.unpacked_bytes, 2 * (int64_t)0xFFFFFFF0 + 5);
}

TEST(inspect__zip_slip_names_are_hostile)
{
	static const Text names[] = { TEXT_INIT("../up"), TEXT_INIT("a/../../b"), TEXT_INIT("/etc/passwd"), TEXT_INIT("C:x"),
		TEXT_INIT("a\\b"), TEXT_INIT("a\0b"), TEXT_INIT("") };
	for (size_t i = 0; i < COUNT(names); i++)
		CHECK(inspect(t->arena, zip_of(t->arena, &(Entry) { .name = names[i] }, 1)).hostile_names);
	CHECK(!inspect(t->arena, zip_of(t->arena, &(Entry) { .name = TEXT("a/..b/c...d") }, 1)).hostile_names);
	const Entry twice[] = { { .name = TEXT("same") }, { .name = TEXT("same") } };
	CHECK(inspect(t->arena, zip_of(t->arena, twice, 2)).hostile_names);
}

TEST(inspect__apk_and_encryption_are_told)
{
	const Entry entries[] = { { .name = TEXT("AndroidManifest.xml") }, { .name = TEXT("classes.dex"), .encrypted = true } };
	Inspection found = inspect(t->arena, zip_of(t->arena, entries, COUNT(entries)));
	CHECK(found.kind == FILE_APK && found.encrypted);
}

TEST(inspect__cut_zip_is_damaged_at_every_length)
{
	const Entry entries[] = { { .name = TEXT("one") }, { .name = TEXT("two") } };
	Text zip = zip_of(t->arena, entries, COUNT(entries));
	CHECK(!inspect(t->arena, zip).damaged);
	for (size_t length = 4; length < zip.length; length++) CHECK(inspect(t->arena, text_slice(zip, 0, length)).damaged);
}

TEST(inspect__sandbox_tells_the_same)
{
	Sandbox *sandbox scoped(sandbox_stop) = NULL;
	CHECK_OK(t->call, sandbox_start(t->call, (const SandboxWork[]) { [SANDBOX_INSPECT] = inspect_work }, 1, &sandbox));
	Inspection found;
	const Entry entries[] = { { TEXT("../a"), 7, true }, { TEXT("b"), 8, false } };
	CHECK_OK(t->call, inspect_bytes(t->call, sandbox, zip_of(t->arena, entries, COUNT(entries)), &found));
	CHECK(found.kind == FILE_ZIP && found.entries == 2 && found.unpacked_bytes == 15 && found.hostile_names && found.encrypted &&
		!found.damaged);
	CHECK_OK(t->call, inspect_bytes(t->call, sandbox, TEXT(""), &found));
	CHECK(found.kind == FILE_TEXT && !found.hostile_names);
}
