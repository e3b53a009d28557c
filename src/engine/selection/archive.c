#include "engine/selection/archive.h"

#include <stdlib.h>
#include <zlib.h>

enum { LOCAL = 0x04034b50, CENTRAL = 0x02014b50, END = 0x06054b50, DATE = 0x0021, VERSION = 10, LOCAL_BYTES = 30 };

static void put_2(Buffer *buffer, uint32_t number)
{
	buffer_byte(buffer, (char)number);
	buffer_byte(buffer, (char)(number >> 8));
}

static void put_4(Buffer *buffer, uint32_t number)
{
	put_2(buffer, number & 0xffff);
	put_2(buffer, number >> 16);
}

static uint32_t read_4(Text text, size_t at)
{
	const unsigned char *bytes = (const unsigned char *)text.at + at;
	return (uint32_t)bytes[0] | (uint32_t)bytes[1] << 8 | (uint32_t)bytes[2] << 16 | (uint32_t)bytes[3] << 24;
}

static bool is_name(Text name)
{
	for (size_t i = 0; i < name.length; i++)
		if (name.at[i] < 33 || name.at[i] > 126) return false;
	return name.length > 0 && name.length <= ARCHIVE_NAME_BYTES_MAX;
}

static int compare_names(const void *a, const void *b)
{
	return text_compare(((const ArchiveMember *)a)->name, ((const ArchiveMember *)b)->name);
}

/* What both heads say of a member, from the version needed to the length of the extra field. */
static void put_facts(Buffer *buffer, const ArchiveMember *member)
{
	uint32_t sum = (uint32_t)crc32_z(crc32_z(0, NULL, 0), (const unsigned char *)member->content.at, member->content.length);
	put_2(buffer, VERSION);
	put_2(buffer, 0); /* flags */
	put_2(buffer, 0); /* stored */
	put_2(buffer, 0); /* time */
	put_2(buffer, DATE);
	put_4(buffer, member->content.length ? sum : 0);
	put_4(buffer, (uint32_t)member->content.length);
	put_4(buffer, (uint32_t)member->content.length);
	put_2(buffer, (uint32_t)member->name.length);
	put_2(buffer, 0);
}

static void put_central(Buffer *buffer, const ArchiveMember *member, uint32_t offset)
{
	put_4(buffer, CENTRAL);
	put_2(buffer, VERSION);
	put_facts(buffer, member);
	put_2(buffer, 0); /* comment */
	put_2(buffer, 0); /* disk */
	put_2(buffer, 0); /* internal attributes */
	put_4(buffer, 0); /* external attributes */
	put_4(buffer, offset);
	buffer_put(buffer, member->name);
}

Text archive_pack(Arena *arena, ArchiveMember *members, size_t count)
{
	Buffer bytes = { .arena = arena }, directory = { .arena = arena };
	must(count <= ARCHIVE_MEMBERS_MAX);
	if (count > 1) qsort(members, count, sizeof(*members), compare_names);
	for (size_t i = 0; i < count; i++) {
		must(is_name(members[i].name) && (!i || text_compare(members[i - 1].name, members[i].name) < 0));
		must(bytes.length + members[i].content.length < UINT32_MAX / 2);
		put_central(&directory, &members[i], (uint32_t)bytes.length);
		put_4(&bytes, LOCAL);
		put_facts(&bytes, &members[i]);
		buffer_put(&bytes, members[i].name);
		buffer_put(&bytes, members[i].content);
	}
	uint32_t begin = (uint32_t)bytes.length;
	buffer_put(&bytes, buffer_text(&directory));
	put_4(&bytes, END);
	put_4(&bytes, 0); /* disks */
	put_2(&bytes, (uint32_t)count);
	put_2(&bytes, (uint32_t)count);
	put_4(&bytes, (uint32_t)directory.length);
	put_4(&bytes, begin);
	put_2(&bytes, 0); /* comment */
	return buffer_text(&bytes);
}

/* The member whose local head begins at *at; whether its head is right is left to the comparison of all bytes. */
static bool read_member(Text archive, size_t *at, ArchiveMember *out)
{
	if (archive.length - *at < LOCAL_BYTES) return false;
	size_t name_length = read_4(archive, *at + 26) & 0xffff, length = read_4(archive, *at + 22), begin = *at + LOCAL_BYTES;
	if (archive.length - begin < name_length || archive.length - begin - name_length < length) return false;
	out->name = text_slice(archive, begin, begin + name_length);
	out->content = text_slice(archive, begin + name_length, begin + name_length + length);
	*at = begin + name_length + length;
	return is_name(out->name);
}

bool archive_unpack(Arena *arena, Text archive, ArchiveMembers *out)
{
	ArchiveMembers members = { 0 };
	if (archive.length >= UINT32_MAX / 2) return false;
	for (size_t at = 0; archive.length - at >= 4 && read_4(archive, at) == LOCAL;) {
		ArchiveMember member;
		if (!read_member(archive, &at, &member) || members.count == ARCHIVE_MEMBERS_MAX) return false;
		if (members.count && text_compare(members.at[members.count - 1].name, member.name) >= 0) return false;
		list_add(arena, &members, member);
	}
	if (!text_is(archive_pack(arena, members.at, members.count), archive)) return false;
	*out = members;
	return true;
}

const ArchiveMember *archive_find(const ArchiveMembers *members, const char *name)
{
	for (size_t i = 0; i < members->count; i++)
		if (text_is(members->at[i].name, text_from(name))) return &members->at[i];
	return NULL;
}
