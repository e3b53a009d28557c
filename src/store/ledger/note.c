/* Signed notes and checkpoints as C2SP writes them down. */
#include "store/ledger/receipt.h"

#include "store/ledger/receipt_private.h"

Signature note_sign(const Signer *signer, Text text) { return signer_sign(signer, text); }

Text signature_line(Arena *arena, const PublicKey *key, const Signature *signature)
{
	char bytes[4 + sizeof(signature->at)];
	memcpy(bytes, key->id, 4);
	memcpy(bytes + 4, signature->at, sizeof(signature->at));
	Text base64 = base64_text(arena, (Text) { bytes, sizeof(bytes) });
	return arena_printf(arena, "\xE2\x80\x94 %.*s %.*s\n", TEXT_ARGS(key->name), TEXT_ARGS(base64));
}

bool signature_line_parse(Arena *arena, Text line, const PublicKey *key, Signature *out)
{
	Text start = arena_printf(arena, "\xE2\x80\x94 %.*s ", TEXT_ARGS(key->name)), bytes;
	if (!text_starts(line, start) || !base64_parse(arena, text_slice(line, start.length, line.length), &bytes)) return false;
	if (bytes.length != 4 + sizeof(out->at) || memcmp(bytes.at, key->id, 4) != 0) return false;
	memcpy(out->at, bytes.at + 4, sizeof(out->at));
	return true;
}

Text note_text(Arena *arena, Text text, const PublicKey *key, const Signature *signature)
{
	Text line = signature_line(arena, key, signature);
	return arena_printf(arena, "%.*s\n%.*s", TEXT_ARGS(text), TEXT_ARGS(line));
}

Text checkpoint_text(Arena *arena, const Checkpoint *checkpoint)
{
	Text root = base64_text(arena, DIGEST_TEXT(checkpoint->root));
	return arena_printf(
		arena, "%.*s\n%llu\n%.*s\n", TEXT_ARGS(checkpoint->origin), (unsigned long long)checkpoint->size, TEXT_ARGS(root));
}

bool digest_parse(Arena *arena, Text base64, Digest *out)
{
	Text bytes;
	return base64_parse(arena, base64, &bytes) && digest_from(bytes, out);
}

bool number_parse(Text text, uint64_t *out)
{
	int64_t number;
	if (!text_to_int(text, &number) || number < 0) return false;
	*out = (uint64_t)number;
	return true;
}

bool checkpoint_parse(Arena *arena, Text text, Checkpoint *out)
{
	Text rest = text, size, root;
	Checkpoint checkpoint;
	if (!text_next(&rest, '\n', &checkpoint.origin) || !text_next(&rest, '\n', &size) || !text_next(&rest, '\n', &root) || rest.length)
		return false;
	if (!number_parse(size, &checkpoint.size) || !digest_parse(arena, root, &checkpoint.root)) return false;
	if (!text_is(checkpoint_text(arena, &checkpoint), text)) return false;
	*out = checkpoint;
	return true;
}

bool checkpoint_open(Arena *arena, Text note, const PublicKey *key, Checkpoint *out)
{
	size_t end;
	Checkpoint checkpoint;
	if (!text_find(note, TEXT("\n\n"), &end)) return false;
	Text text = text_slice(note, 0, end + 1), rest = text_slice(note, end + 2, note.length), line;
	if (!checkpoint_parse(arena, text, &checkpoint) || !text_is(checkpoint.origin, key->name)) return false;
	while (text_next(&rest, '\n', &line)) {
		Signature signature;
		if (!signature_line_parse(arena, line, key, &signature)) continue;
		if (!signature_verify(key, text, (Text) { (const char *)signature.at, sizeof(signature.at) })) return false;
		*out = checkpoint;
		return true;
	}
	return false;
}
