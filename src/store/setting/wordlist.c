#include "store/setting/wordlist.h"

#include "store/db/db.h"
#include "store/setting/wordlist.sql.h"

Text word_text(const Word *word, Lang lang) { return lang == LANG_ZH ? word->text_zh : word->text_en; }
Text word_source(const Word *word, Lang lang) { return lang == LANG_ZH ? word->source_zh : word->source_en; }

static const WordBuiltIn *built_in_of(const Wordlist *list, Text code)
{
	for (size_t i = 0; i < list->count; i++)
		if (text_is(text_from(list->words[i].code), code)) return &list->words[i];
	return NULL;
}

static Word built_in(Arena *arena, const Wordlist *list, size_t at)
{
	const WordBuiltIn *word = &list->words[at];
	return (Word) { .code = text_from(word->code),
		.text_zh = tr(LANG_ZH, word->text),
		.text_en = tr(LANG_EN, word->text),
		.source_zh = list->source ? list->source(arena, LANG_ZH, at) : TEXT(""),
		.source_en = list->source ? list->source(arena, LANG_EN, at) : TEXT(""),
		.is_reserved = word->is_reserved };
}

static Word word_of(const Wordlist *list, const WordRow *row)
{
	const WordBuiltIn *word = built_in_of(list, row->code);
	return (Word) { .code = row->code,
		.text_zh = row->text_zh,
		.text_en = row->text_en,
		.source_zh = row->source_zh,
		.source_en = row->source_en,
		.version = row->version,
		.is_retired = row->is_retired,
		.is_reserved = word && word->is_reserved };
}

static Word *find(Words *words, Text code)
{
	for (size_t i = 0; i < words->count; i++)
		if (text_is(words->at[i].code, code)) return &words->at[i];
	return NULL;
}

Error wordlist_words(Call *call, const Wordlist *list, Words *out)
{
	WordRows rows;
	Words words = { 0 };
	TRY(word_newest(call, text_from(list->name), &rows));
	for (size_t i = 0; i < list->count; i++) list_add(call->arena, &words, built_in(call->arena, list, i));
	for (size_t i = 0; i < rows.count; i++) {
		Word word = word_of(list, &rows.at[i]), *known = find(&words, word.code);
		if (known)
			*known = word;
		else
			list_add(call->arena, &words, word);
	}
	*out = words;
	return OK;
}

static Error find_row(Call *call, const Wordlist *list, Text code, int64_t version, WordRow *out, bool *out_found)
{
	if (version < 0) return word_find_newest(call, text_from(list->name), code, out, out_found);
	return word_find(call, text_from(list->name), code, version, out, out_found);
}

Error wordlist_find(Call *call, const Wordlist *list, Text code, int64_t version, Word *out, bool *out_found)
{
	WordRow row;
	const WordBuiltIn *known = built_in_of(list, code);
	TRY(find_row(call, list, code, version, &row, out_found));
	if (*out_found) {
		*out = word_of(list, &row);
	} else if (known && version <= 0) {
		*out = built_in(call->arena, list, (size_t)(known - list->words));
		*out_found = true;
	}
	return OK;
}

/* ---- Changing */
static bool is_code(Text code)
{
	if (!code.length || code.length > WORD_CODE_MOST || code.at[0] == '-') return false;
	for (size_t i = 0; i < code.length; i++) {
		char byte = code.at[i];
		if (!((byte >= 'a' && byte <= 'z') || (byte >= '0' && byte <= '9') || byte == '-')) return false;
	}
	return true;
}

static void check_text(Call *call, const char *field, Text text, size_t most, bool is_required)
{
	if (is_required && !text_trim(text).length) call_problem(call, text_from(field), N_("Please fill this in."), (Text) { 0 });
	if (!text_is_utf8(text)) call_problem(call, text_from(field), N_("This contains signs that cannot be stored."), (Text) { 0 });
	if (text_utf8_length(text) > most)
		call_problem(call, text_from(field), N_("At most %s characters."), arena_printf(call->arena, "%zu", most));
}

static Error check_wish(Call *call, const Wordlist *list, const WordWish *wish)
{
	const Word *word = &wish->word;
	size_t most = list->has_lines ? WORD_LINES_MOST : WORD_SOURCE_MOST;
	if (!is_code(word->code)) call_problem(call, TEXT("code"), N_("Small letters, digits and hyphens, at most 40."), (Text) { 0 });
	check_text(call, "text_zh", word->text_zh, WORD_TEXT_MOST, true);
	check_text(call, "text_en", word->text_en, WORD_TEXT_MOST, true);
	check_text(call, "source_zh", word->source_zh, most, list->has_lines);
	check_text(call, "source_en", word->source_en, most, list->has_lines);
	check_text(call, "reason", wish->reason, WORD_SOURCE_MOST, true);
	return call_check_problems(call);
}

static Text kept(Text text) { return text.at ? text_trim(text) : TEXT(""); }

Error wordlist_change(Call *call, const Wordlist *list, const WordWish *wish)
{
	Word before;
	bool is_known;
	const Word *word = &wish->word;
	if (!actor_has(call->actor, ROLE_SYSTEM_ADMIN)) return fail(call, FORBIDDEN, "words of %s", list->name);
	TRY(check_wish(call, list, wish));
	TRY(wordlist_find(call, list, word->code, -1, &before, &is_known));
	if (is_known != (wish->seen >= 0) || (is_known && before.version != wish->seen))
		return fail(call, CONFLICT, "word %.*s of %s is another one by now", TEXT_ARGS(word->code), list->name);
	Maybe person = { call->actor->person_id != 0, call->actor->person_id };
	return word_insert(call, text_from(list->name), word->code, is_known ? before.version + 1 : 1, kept(word->text_zh),
		kept(word->text_en), kept(word->source_zh), kept(word->source_en), word->is_retired, kept(wish->reason), person, call->now);
}

Error wordlist_history(Call *call, const Wordlist *list, Text code, int64_t before, int count, WordVersions *out)
{
	WordRows rows;
	WordVersions versions = { 0 };
	TRY(word_page(call, text_from(list->name), code, before > 0 ? before : INT64_MAX, count, &rows));
	for (size_t i = 0; i < rows.count; i++) {
		const WordRow *row = &rows.at[i];
		WordVersion version = { .word = word_of(list, row), .set_at = row->set_at, .reason = row->reason };
		version.person_id = row->person_id.is ? row->person_id.value : 0;
		list_add(call->arena, &versions, version);
	}
	*out = versions;
	return OK;
}
