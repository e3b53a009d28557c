/* Files cut into documents: one JSON document, one a line, or the entries of a sharing file. Plain or gzip. */
#include "subject/feed/feed_private.h"

#include <stdlib.h>
#include <zlib.h>

enum { CHUNK_BYTES = 1024 * 1024, DOCUMENT_BYTES_MAX = 16 * 1024 * 1024 };
typedef enum Cut { CUT_WHOLE, CUT_LINES, CUT_ENTRIES } Cut;

struct FileReader {
	gzFile file;
	AdvisoryForm form;
	Cut cut;
	char *bytes;
	size_t start, end, room; /* what is read and not yet given away */
	int64_t line;
	bool at_end, broken, any;
};

/* Reads more behind what is there; false when there is nothing more. */
static bool fill(FileReader *reader)
{
	if (reader->at_end) return false;
	if (reader->start) {
		memmove(reader->bytes, reader->bytes + reader->start, reader->end - reader->start);
		reader->end -= reader->start;
		reader->start = 0;
	}
	if (reader->room - reader->end < CHUNK_BYTES) {
		reader->room = reader->room * 2 + CHUNK_BYTES;
		reader->bytes = realloc(reader->bytes, reader->room);
		must(reader->bytes);
	}
	int got = gzread(reader->file, reader->bytes + reader->end, CHUNK_BYTES);
	int code = Z_OK;
	if (got < CHUNK_BYTES) reader->at_end = true;
	if (got < CHUNK_BYTES) gzerror(reader->file, &code);
	if (got < 0 || code == Z_BUF_ERROR || code == Z_DATA_ERROR) reader->broken = true; /* cut off or damaged */
	if (got <= 0) return false;
	reader->end += (size_t)got;
	return true;
}

static Text rest_of(const FileReader *reader) { return (Text) { reader->bytes + reader->start, reader->end - reader->start }; }

static void give_away(FileReader *reader, size_t bytes)
{
	for (const char *at = reader->bytes + reader->start, *end = at + bytes; (at = memchr(at, '\n', (size_t)(end - at))); at++)
		reader->line++;
	reader->start += bytes;
}

/* ---- Which kind of file it is */
static bool is_whole_json(Text text)
{
	scoped(arena_free) Arena *arena = arena_new(ARENA_CEILING);
	Json value;
	return json_parse(arena, text, &value, NULL);
}

/* Lines when the first one is a document by itself; else the file is the document. */
static Cut json_cut(FileReader *reader, const char *path)
{
	Text name = text_from(path);
	if (text_ends(name, TEXT(".gz"))) name.length -= 3;
	if (text_ends(name, TEXT(".jsonl")) || text_ends(name, TEXT(".ndjson"))) return CUT_LINES;
	for (;;) {
		Text rest = rest_of(reader);
		const char *line_end = rest.length ? memchr(rest.at, '\n', rest.length) : NULL;
		if (line_end) return is_whole_json((Text) { rest.at, (size_t)(line_end - rest.at) }) ? CUT_LINES : CUT_WHOLE;
		if (rest.length > DOCUMENT_BYTES_MAX || !fill(reader)) return CUT_WHOLE;
	}
}

static bool settle_kind(FileReader *reader, const char *path, AdvisoryForm form, const char **out_why)
{
	fill(reader);
	if (text_starts(rest_of(reader), TEXT("\xEF\xBB\xBF"))) reader->start += 3;
	Text begin = text_trim(rest_of(reader));
	*out_why = "this is neither JSON nor XML";
	if (form == FORM_COUNT && begin.length && begin.at[0] == '<')
		form = FORM_CNVD;
	else if (form == FORM_COUNT && begin.length && (begin.at[0] == '{' || begin.at[0] == '['))
		form = FORM_CVE5;
	if (form == FORM_COUNT) return false;
	reader->form = form;
	reader->cut = form == FORM_CNVD ? CUT_ENTRIES : json_cut(reader, path);
	return true;
}

bool reader_open(const char *path, AdvisoryForm form, FileReader **out, const char **out_why)
{
	gzFile file = gzopen(path, "rbe");
	*out_why = "it cannot be opened";
	if (!file) return false;
	gzbuffer(file, 256 * 1024);
	FileReader *reader = calloc(1, sizeof(*reader));
	must(reader);
	*reader = (FileReader) { .file = file, .line = 1 };
	*out = reader;
	if (settle_kind(reader, path, form, out_why)) return true;
	if (reader->broken) *out_why = "the compressed data is damaged";
	reader_close(out);
	return false;
}

void reader_close(FileReader **reader)
{
	if (!*reader) return;
	gzclose((*reader)->file);
	free((*reader)->bytes);
	free(*reader);
	*reader = NULL;
}

int64_t reader_bytes(const FileReader *reader) { return gzoffset(reader->file); }
bool reader_is_single(const FileReader *reader) { return reader->cut == CUT_WHOLE; }

/* ---- Pieces */
static Piece end_of(FileReader *reader, PieceText *out)
{
	if (!reader->broken && reader->any) return PIECE_END;
	out->line = reader->line;
	out->why = reader->broken ? "the compressed data is damaged or cut off here" : "there is no document in it";
	reader->broken = false;
	reader->any = true;
	return PIECE_REFUSED;
}

static Piece give_document(FileReader *reader, PieceText *out, size_t begin, size_t end)
{
	give_away(reader, begin);
	*out = (PieceText) { reader->form, { reader->bytes + reader->start, end - begin }, reader->line, NULL };
	reader->any = true;
	give_away(reader, end - begin);
	return PIECE_DOCUMENT;
}

/* Drops what is too large to be a document, up to where the next one may begin. */
static Piece give_oversized(FileReader *reader, PieceText *out, Text until)
{
	*out = (PieceText) { .form = reader->form, .line = reader->line, .why = "larger than 16 MiB" };
	reader->any = true;
	size_t at;
	while (!text_find(rest_of(reader), until, &at)) {
		size_t keep = until.length - 1, length = rest_of(reader).length;
		give_away(reader, length > keep ? length - keep : 0);
		if (!fill(reader)) {
			give_away(reader, rest_of(reader).length);
			return PIECE_REFUSED;
		}
	}
	give_away(reader, at + until.length);
	return PIECE_REFUSED;
}

/* Finds `wanted` behind `from`, reading on as needed. False: not there up to the end, or too far away. */
static bool find_on(FileReader *reader, size_t from, Text wanted, size_t *out)
{
	for (;;) {
		Text rest = rest_of(reader);
		if (text_find(text_slice(rest, from, rest.length), wanted, out)) {
			*out += from;
			return true;
		}
		if (rest.length > from + wanted.length) from = rest.length - wanted.length;
		if (rest.length > DOCUMENT_BYTES_MAX || !fill(reader)) return false;
	}
}

static Piece next_line(FileReader *reader, PieceText *out)
{
	for (;;) {
		size_t end = 0;
		bool found = find_on(reader, 0, TEXT("\n"), &end);
		if (!found && rest_of(reader).length > DOCUMENT_BYTES_MAX) return give_oversized(reader, out, TEXT("\n"));
		if (!found) end = rest_of(reader).length;
		if (!found && !end) return end_of(reader, out);
		if (text_trim(text_slice(rest_of(reader), 0, end)).length) {
			if (!found && reader->broken) { /* what the cut left of a line is no document */
				give_away(reader, end);
				return end_of(reader, out);
			}
			return give_document(reader, out, 0, end);
		}
		give_away(reader, found ? end + 1 : end);
	}
}

static Piece next_entry(FileReader *reader, PieceText *out)
{
	static const Text opening = TEXT_INIT("<vulnerability>"), closing = TEXT_INIT("</vulnerability>");
	size_t begin = 0, end = 0, next = 0;
	while (!find_on(reader, 0, opening, &begin)) {
		size_t length = rest_of(reader).length;
		if (reader->at_end || length <= DOCUMENT_BYTES_MAX) {
			give_away(reader, length);
			return end_of(reader, out);
		}
		give_away(reader, length - opening.length);
	}
	give_away(reader, begin);
	bool closed = find_on(reader, opening.length, closing, &end);
	bool another = find_on(reader, opening.length, opening, &next) && (!closed || next < end);
	if (another) return give_document(reader, out, 0, next); /* never closed: refused by its reader, the next one goes in */
	if (!closed && rest_of(reader).length > DOCUMENT_BYTES_MAX) return give_oversized(reader, out, closing);
	return give_document(reader, out, 0, closed ? end + closing.length : rest_of(reader).length);
}

static Piece next_whole(FileReader *reader, PieceText *out)
{
	if (reader->any) return end_of(reader, out);
	while (rest_of(reader).length <= DOCUMENT_BYTES_MAX && fill(reader)) continue;
	if (rest_of(reader).length > DOCUMENT_BYTES_MAX || reader->broken) {
		*out = (PieceText) { .form = reader->form,
			.line = 1,
			.why = reader->broken ? "the compressed data is damaged or cut off" : "larger than 16 MiB" };
		reader->broken = false;
		reader->any = true;
		return PIECE_REFUSED;
	}
	return give_document(reader, out, 0, rest_of(reader).length);
}

Piece reader_next(FileReader *reader, PieceText *out)
{
	*out = (PieceText) { .form = reader->form, .line = reader->line };
	if (reader->cut == CUT_LINES) return next_line(reader, out);
	return reader->cut == CUT_ENTRIES ? next_entry(reader, out) : next_whole(reader, out);
}
