/* Receipts: writing, reading and checking them. Nothing here needs a database. */
#include "store/ledger/receipt.h"

#include "base/base/clock.h"
#include "store/ledger/receipt_private.h"

static const Text first_line = TEXT_INIT("cappvd-receipt/1\n");
static const Text entry_line = TEXT_INIT("cappvd ledger entry v1\n");

bool ledger_word_is_fit(Text word)
{
	for (size_t i = 0; i < word.length; i++)
		if ((unsigned char)word.at[i] <= ' ' || word.at[i] == 0x7F) return false;
	return word.length >= 1 && word.length <= 200 && text_is_utf8(word);
}

Text ledger_entry_text(Arena *arena, const LedgerEntry *entry)
{
	Text at = clock_iso(arena, entry->at), detail = hex_text(arena, DIGEST_TEXT(entry->detail)),
	     blind = hex_text(arena, DIGEST_TEXT(entry->blind));
	return arena_printf(arena, "%.*ssubject %.*s %.*s\naction %.*s\nat %.*s\nactor %.*s\ndetail sha256:%.*s\nblind %.*s\n",
		TEXT_ARGS(entry_line), TEXT_ARGS(entry->kind), TEXT_ARGS(entry->ref), TEXT_ARGS(entry->action), TEXT_ARGS(at),
		TEXT_ARGS(entry->actor), TEXT_ARGS(detail), TEXT_ARGS(blind));
}

static void put_proof(Buffer *buffer, const Receipt *receipt)
{
	buffer_printf(buffer, "\nindex %llu\n", (unsigned long long)receipt->index);
	for (size_t i = 0; i < receipt->path.count; i++) {
		buffer_put(buffer, base64_text(buffer->arena, DIGEST_TEXT(receipt->path.at[i])));
		buffer_byte(buffer, '\n');
	}
	buffer_byte(buffer, '\n');
	Text checkpoint = checkpoint_text(buffer->arena, &receipt->checkpoint);
	buffer_put(buffer, note_text(buffer->arena, checkpoint, &receipt->checkpoint_key, &receipt->checkpoint_signature));
}

Text receipt_text(Arena *arena, const Receipt *receipt)
{
	Buffer buffer = { .arena = arena };
	buffer_put(&buffer, first_line);
	buffer_printf(&buffer, "key %.*s\n\n", TEXT_ARGS(public_key_text(arena, &receipt->key)));
	buffer_put(&buffer, note_text(arena, ledger_entry_text(arena, &receipt->entry), &receipt->key, &receipt->promise));
	if (receipt->proven) put_proof(&buffer, receipt);
	return buffer_text(&buffer);
}

/* Takes the line "name value" off *rest. */
static bool line_take(Text *rest, const char *name, Text *out)
{
	Text line, start = text_from(name);
	if (!text_next(rest, '\n', &line) || !text_starts(line, start)) return false;
	*out = text_slice(line, start.length, line.length);
	return true;
}

static bool hex_digest(Arena *arena, Text hex, Digest *out)
{
	Text bytes;
	return hex_parse(arena, hex, &bytes) && digest_from(bytes, out);
}

static bool entry_parse(Arena *arena, Text *rest, LedgerEntry *out)
{
	Text subject, at, detail, blind, line;
	if (!line_take(rest, "cappvd ledger entry v1", &line) || line.length || !line_take(rest, "subject ", &subject)) return false;
	if (!text_next(&subject, ' ', &out->kind) || !subject.at) return false;
	out->ref = subject;
	return line_take(rest, "action ", &out->action) && line_take(rest, "at ", &at) && line_take(rest, "actor ", &out->actor) &&
	       line_take(rest, "detail sha256:", &detail) && line_take(rest, "blind ", &blind) && clock_parse(at, &out->at) &&
	       hex_digest(arena, detail, &out->detail) && hex_digest(arena, blind, &out->blind) && line_take(rest, "", &line) &&
	       !line.length;
}

static bool proof_parse(Arena *arena, Text *rest, Receipt *out)
{
	Text line, index, origin, size, root;
	if (!line_take(rest, "", &line) || line.length || !line_take(rest, "index ", &index) || !number_parse(index, &out->index))
		return false;
	while (text_next(rest, '\n', &line) && line.length) {
		if (out->path.count == COUNT(out->path.at) || !digest_parse(arena, line, &out->path.at[out->path.count++])) return false;
	}
	if (!text_next(rest, '\n', &origin) || !text_next(rest, '\n', &size) || !text_next(rest, '\n', &root)) return false;
	out->checkpoint.origin = origin;
	return number_parse(size, &out->checkpoint.size) && digest_parse(arena, root, &out->checkpoint.root) &&
	       line_take(rest, "", &line) && !line.length;
}

/* The key among those given, or, when none is given, the key the receipt names. */
static bool key_is_known(const PublicKey *key, const PublicKey *keys, size_t count)
{
	for (size_t i = 0; i < count; i++)
		if (text_is(keys[i].name, key->name) && memcmp(keys[i].at, key->at, sizeof(key->at)) == 0) return true;
	return count == 0;
}

static bool promise_parse(Arena *arena, Text *rest, Receipt *out)
{
	Text key, line;
	if (!text_starts(*rest, first_line)) return false;
	*rest = text_slice(*rest, first_line.length, rest->length);
	return line_take(rest, "key ", &key) && public_key_parse(arena, key, &out->key) && line_take(rest, "", &line) && !line.length &&
	       entry_parse(arena, rest, &out->entry) && text_next(rest, '\n', &line) &&
	       signature_line_parse(arena, line, &out->key, &out->promise);
}

static bool checkpoint_is_signed(Arena *arena, Text line, const PublicKey *keys, size_t count, Receipt *receipt)
{
	for (size_t i = 0; i < count; i++) {
		if (!signature_line_parse(arena, line, &keys[i], &receipt->checkpoint_signature)) continue;
		receipt->checkpoint_key = keys[i];
		Text signature = { (const char *)receipt->checkpoint_signature.at, sizeof(receipt->checkpoint_signature.at) };
		return text_is(receipt->checkpoint.origin, keys[i].name) &&
		       signature_verify(&keys[i], checkpoint_text(arena, &receipt->checkpoint), signature);
	}
	return false;
}

static bool refuse(const char **out_why, const char *why)
{
	*out_why = why;
	return false;
}

bool receipt_verify(Arena *arena, Text document, const PublicKey *keys, size_t key_count, Receipt *out, const char **out_why)
{
	Receipt receipt = { .proven = false };
	Text rest = document, line;
	if (!promise_parse(arena, &rest, &receipt)) return refuse(out_why, N_("This is not a receipt, or it is damaged."));
	if (!key_is_known(&receipt.key, keys, key_count)) return refuse(out_why, N_("It was signed with another key than the one given."));
	Text entry = ledger_entry_text(arena, &receipt.entry);
	if (!signature_verify(&receipt.key, entry, (Text) { (const char *)receipt.promise.at, sizeof(receipt.promise.at) }))
		return refuse(out_why, N_("The signature does not fit the entry."));
	if (rest.length) {
		receipt.proven = true;
		if (!proof_parse(arena, &rest, &receipt) || !text_next(&rest, '\n', &line))
			return refuse(out_why, N_("The proof is damaged."));
		if (!checkpoint_is_signed(arena, line, key_count ? keys : &receipt.key, key_count ? key_count : 1, &receipt))
			return refuse(out_why, N_("The checkpoint is not signed with a key given."));
		Digest leaf = merkle_leaf(entry);
		if (!merkle_verify_inclusion(receipt.index, receipt.checkpoint.size, &leaf, &receipt.path, &receipt.checkpoint.root))
			return refuse(out_why, N_("The proof does not lead from the entry to the checkpoint."));
	}
	if (!text_is(receipt_text(arena, &receipt), document)) return refuse(out_why, N_("This is not a receipt, or it is damaged."));
	*out = receipt;
	return true;
}
