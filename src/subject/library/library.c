#include "subject/library/library.h"

#include "engine/likeness/tokens.h"
#include "subject/warning/warning.h"

#include <stdlib.h>

/* ---- Cursors: b and a stand before and after a place, in hexadecimal; r counts into the candidates of an order by relevance */
typedef struct Cursor {
	char kind; /* 0: the first page */
	int64_t at;
} Cursor;

static bool parse_hex(Text text, int64_t *out)
{
	uint64_t value = 0;
	if (!text.length || text.length > 16) return false;
	for (size_t i = 0; i < text.length; i++) {
		char c = text.at[i];
		if (!((c >= '0' && c <= '9') || (c >= 'a' && c <= 'f'))) return false;
		value = value << 4 | (uint64_t)(c <= '9' ? c - '0' : c - 'a' + 10);
	}
	*out = (int64_t)value;
	return value <= INT64_MAX;
}

static bool cursor_parse(Text text, bool by_relevance, Cursor *out)
{
	Cursor cursor = { 0 };
	if (!text.length) {
		*out = cursor;
		return true;
	}
	cursor.kind = text.at[0];
	bool known = by_relevance ? cursor.kind == 'r' : cursor.kind == 'a' || cursor.kind == 'b';
	if (!known || !parse_hex(text_slice(text, 1, text.length), &cursor.at)) return false;
	*out = cursor;
	return !by_relevance || cursor.at <= LIBRARY_CANDIDATES;
}

static Text cursor_text(Call *call, char kind, int64_t at) { return arena_printf(call->arena, "%c%llx", kind, (unsigned long long)at); }

/* ---- Tokens */
static bool add_filter(TokenSet *set, const char *name, Text value)
{
	size_t before = tokens_count(set);
	if (value.length) tokens_add_filter(set, name, value);
	return !value.length || tokens_count(set) > before;
}

/* False when a part of what is asked has neither letter nor digit: nothing can answer it. */
static bool tokens_of(Call *call, const LibraryQuery *query, Text *out)
{
	TokenSet *set = tokens_new(call->arena);
	tokens_add_question(set, query->question);
	bool good = !text_trim(query->question).length || tokens_count(set) > 0;
	good = add_filter(set, "level", query->level) && good;
	good = add_filter(set, "year", query->year) && good;
	good = add_filter(set, "platform", query->platform) && good;
	good = add_filter(set, "vendor", query->vendor) && good;
	good = add_filter(set, "source", query->source) && good;
	good = add_filter(set, "weakness", query->weakness) && good;
	if (query->with_fix) tokens_add_filter(set, "fix", TEXT("yes"));
	*out = tokens_text(set);
	return good;
}

/* ---- What stands before and after a place. Records and warnings are two lists on one scale of positions; of two at one position the record is
 * the newer one, so that a place is twice the position, and one more for a record. */
typedef struct Asked {
	Text tokens;
	LibraryKinds kinds;
} Asked;

bool library_is_warning(const LibraryItem *item) { return text_is(item->kind, TEXT("warning")); }
static int64_t place_of(const LibraryItem *item) { return item->position * 2 + !library_is_warning(item); }

/* The first `max` of both, in the order of places. */
static void merge(Call *call, const LibraryItems *records, const LibraryItems *warnings, bool rising, size_t max, LibraryItems *out)
{
	LibraryItems items = { 0 };
	size_t i = 0, k = 0;
	while (items.count < max && (i < records->count || k < warnings->count)) {
		bool has_both = i < records->count && k < warnings->count;
		bool takes_record = has_both ? (place_of(&records->at[i]) < place_of(&warnings->at[k])) == rising : i < records->count;
		list_add(call->arena, &items, takes_record ? records->at[i++] : warnings->at[k++]);
	}
	*out = items;
}

static void entitle(Call *call, LibraryItems *warnings)
{
	for (size_t i = 0; i < warnings->count; i++) {
		LibraryItem *item = &warnings->at[i];
		Text zh = item->title_zh, en = item->title_en;
		item->title_zh = warning_title(call->arena, LANG_ZH, zh, en);
		if (en.length) item->title_en = warning_title(call->arena, LANG_EN, zh, en);
	}
}

static Error load_before(Call *call, const Asked *asked, int64_t place, int64_t max, LibraryItems *out)
{
	LibraryItems records = { 0 }, warnings = { 0 };
	int64_t record = place / 2, warning = place / 2 + place % 2;
	Text tokens = asked->tokens;
	if (asked->kinds != LIBRARY_WARNINGS)
		TRY(tokens.length ? library_search_before(call, tokens, record, max, &records)
				  : library_list_before(call, record, max, &records));
	if (asked->kinds != LIBRARY_ADVISORIES)
		TRY(tokens.length ? library_warning_search_before(call, tokens, warning, max, &warnings)
				  : library_warning_list_before(call, warning, max, &warnings));
	entitle(call, &warnings);
	merge(call, &records, &warnings, false, (size_t)max, out);
	return OK;
}

static Error load_after(Call *call, const Asked *asked, int64_t place, int64_t max, LibraryItems *out)
{
	LibraryItems records = { 0 }, warnings = { 0 };
	int64_t record = place ? (place - 1) / 2 : -1, warning = place / 2;
	Text tokens = asked->tokens;
	if (asked->kinds != LIBRARY_WARNINGS)
		TRY(tokens.length ? library_search_after(call, tokens, record, max, &records)
				  : library_list_after(call, record, max, &records));
	if (asked->kinds != LIBRARY_ADVISORIES)
		TRY(tokens.length ? library_warning_search_after(call, tokens, warning, max, &warnings)
				  : library_warning_list_after(call, warning, max, &warnings));
	entitle(call, &warnings);
	merge(call, &records, &warnings, true, (size_t)max, out);
	return OK;
}

/* ---- By date */
static void reverse(LibraryItems *items)
{
	for (size_t i = 0; i < items->count / 2; i++) {
		LibraryItem kept = items->at[i];
		items->at[i] = items->at[items->count - 1 - i];
		items->at[items->count - 1 - i] = kept;
	}
}

/* One more than asked for is loaded: it tells whether there is a further page. */
static Error page_by_date(Call *call, const Asked *asked, const Cursor *cursor, size_t limit, LibraryPage *out)
{
	LibraryPage page = { .next = TEXT(""), .previous = TEXT("") };
	bool backwards = cursor->kind == 'a';
	if (backwards)
		TRY(load_after(call, asked, cursor->at, (int64_t)limit + 1, &page.items));
	else
		TRY(load_before(call, asked, cursor->kind ? cursor->at : INT64_MAX, (int64_t)limit + 1, &page.items));
	bool more = page.items.count > limit;
	if (more) page.items.count = limit;
	if (backwards) reverse(&page.items);
	if (page.items.count) {
		const LibraryItem *first = page.items.at, *last = page.items.at + page.items.count - 1;
		if (backwards || more) page.next = cursor_text(call, 'b', place_of(last));
		if (backwards ? more : cursor->kind != 0) page.previous = cursor_text(call, 'a', place_of(first));
	}
	*out = page;
	return OK;
}

/* ---- By relevance */
typedef struct Candidate {
	LibraryItem item;
	int score;
} Candidate;

static bool has_token(Text tokens, Text token)
{
	Text piece;
	while (text_next(&tokens, ' ', &piece))
		if (text_is(piece, token)) return true;
	return false;
}

/* Its own number counts most, then how much of the question stands in the title, then how bad it is. */
static int score_of(TokenSet *set, Text question, const LibraryItem *item)
{
	static const Text levels[] = { TEXT_INIT("low"), TEXT_INIT("medium"), TEXT_INIT("high"), TEXT_INIT("critical") };
	int score = 0;
	Text rest = question, token;
	tokens_clear(set);
	tokens_add_text(set, item->title_zh);
	tokens_add_text(set, item->title_en);
	Text title = tokens_text(set);
	while (text_next(&rest, ' ', &token)) {
		if (has_token(title, token)) score += 20;
		if (text_is_nocase(token, item->identifier)) score += 1000;
	}
	for (int i = 0; i < (int)COUNT(levels); i++)
		if (text_is(levels[i], item->level)) score += i + 1;
	return item->withdrawn ? score / 2 : score;
}

static int compare_candidates(const void *a, const void *b)
{
	const Candidate *left = a, *right = b;
	if (left->score != right->score) return left->score > right->score ? -1 : 1;
	int64_t left_place = place_of(&left->item), right_place = place_of(&right->item);
	return left_place > right_place ? -1 : left_place < right_place;
}

static Text question_tokens(Call *call, Text question)
{
	TokenSet *set = tokens_new(call->arena);
	tokens_add_question(set, question);
	return tokens_text(set);
}

static Error page_by_relevance(
	Call *call, const LibraryQuery *query, const Asked *asked, const Cursor *cursor, size_t limit, LibraryPage *out)
{
	LibraryItems items;
	LibraryPage page = { .next = TEXT(""), .previous = TEXT("") };
	TRY(load_before(call, asked, INT64_MAX, LIBRARY_CANDIDATES, &items));
	Candidate *candidates = arena_array_of(call->arena, Candidate, items.count + 1);
	Text question = question_tokens(call, query->question);
	TokenSet *set = tokens_new(call->arena);
	for (size_t i = 0; i < items.count; i++) candidates[i] = (Candidate) { items.at[i], score_of(set, question, &items.at[i]) };
	if (items.count) qsort(candidates, items.count, sizeof(*candidates), compare_candidates);
	size_t from = cursor->kind ? (size_t)cursor->at : 0;
	for (size_t i = from; i < items.count && i < from + limit; i++) list_add(call->arena, &page.items, candidates[i].item);
	if (from + limit < items.count) page.next = cursor_text(call, 'r', (int64_t)(from + limit));
	if (from) page.previous = cursor_text(call, 'r', from > limit ? (int64_t)(from - limit) : 0);
	*out = page;
	return OK;
}

Error library_search(Call *call, const LibraryQuery *query, LibraryPage *out)
{
	Cursor cursor = { 0 };
	if (!cursor_parse(query->cursor, query->by_relevance, &cursor))
		call_problem(call, TEXT("cursor"), N_("This is no cursor of this list."), (Text) { 0 });
	if (query->limit < 0 || query->limit > LIBRARY_PAGE_MAX)
		call_problem(call, TEXT("limit"), N_("Between 1 and %s, please."), arena_printf(call->arena, "%d", LIBRARY_PAGE_MAX));
	TRY(call_check_problems(call));
	size_t limit = query->limit ? (size_t)query->limit : LIBRARY_PAGE;
	Asked asked = { .kinds = query->kinds };
	*out = (LibraryPage) { .next = TEXT(""), .previous = TEXT("") };
	if (!tokens_of(call, query, &asked.tokens)) return OK;
	if (query->by_relevance && asked.tokens.length) return page_by_relevance(call, query, &asked, &cursor, limit, out);
	return page_by_date(call, &asked, &cursor, limit, out);
}

Text library_title(const LibraryItem *item, Lang lang)
{
	Text titles[LANG_COUNT] = { [LANG_ZH] = item->title_zh, [LANG_EN] = item->title_en };
	return advisory_text(titles, lang);
}
