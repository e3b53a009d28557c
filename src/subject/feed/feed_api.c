/* The machine faces of the library: JSON and Atom. */
#include "base/base/clock.h"
#include "face/html/atom.h"
#include "subject/feed/feed_view.h"
#include "subject/library/library_view.h"

/* ---- JSON */
static void put_item(JsonWriter *writer, const Request *request, const LibraryItem *item)
{
	Arena *arena = request->call->arena;
	Text segment = url_segment(arena, item->identifier);
	json_object_begin(writer);
	json_put_text(writer, "id", item->identifier);
	json_put_text(writer, "state", item->withdrawn ? TEXT("WITHDRAWN") : TEXT("PUBLISHED"));
	json_put_text(writer, "level", item->level);
	json_put_time(writer, "published_at", item->published_at);
	json_put_time(writer, "updated_at", item->updated_at);
	json_key(writer, TEXT("title"));
	json_object_begin(writer);
	if (item->title_zh.length) json_put_text(writer, "zh", item->title_zh);
	if (item->title_en.length) json_put_text(writer, "en", item->title_en);
	json_end(writer);
	json_put_text(writer, "url", url_absolute(request->call, url_local(arena, "/advisories/%.*s", TEXT_ARGS(segment))).text);
	json_end(writer);
}

static void put_found(JsonWriter *writer, const Request *request, const LibraryItem *item)
{
	json_object_begin(writer);
	json_put_text(writer, "kind", item->kind);
	json_put_text(writer, "number", item->identifier);
	json_put_time(writer, "published_at", item->published_at);
	json_put_time(writer, "updated_at", item->updated_at);
	json_key(writer, TEXT("title"));
	json_object_begin(writer);
	if (item->title_zh.length) json_put_text(writer, "zh", item->title_zh);
	if (item->title_en.length) json_put_text(writer, "en", item->title_en);
	json_end(writer);
	json_put_text(writer, "url", url_absolute(request->call, library_url(request, item)).text);
	json_end(writer);
}

static Error list_advisories(Request *request)
{
	LibraryQuery query;
	LibraryPage page;
	JsonList list;
	TRY(library_query_of(request, &query));
	query.kinds = LIBRARY_ADVISORIES;
	TRY(library_search(request->call, &query, &page));
	json_list_begin(request, &list);
	for (size_t i = 0; i < page.items.count; i++) put_item(&list.writer, request, &page.items.at[i]);
	json_list_end(request, &list, page.next.length ? page.next : (Text) { 0 });
	reply_public(request, TEXT("advisory"));
	return OK;
}

/* Records and warnings together, as on the page: what each of them says stands at its own address. */
static Error search_all(Request *request)
{
	LibraryQuery query;
	LibraryPage page;
	JsonList list;
	TRY(library_query_of(request, &query));
	TRY(library_search(request->call, &query, &page));
	json_list_begin(request, &list);
	for (size_t i = 0; i < page.items.count; i++) put_found(&list.writer, request, &page.items.at[i]);
	json_list_end(request, &list, page.next.length ? page.next : (Text) { 0 });
	reply_public(request, TEXT("advisory"));
	reply_public(request, TEXT("warning"));
	return OK;
}

static void put_sources(JsonWriter *writer, const Advisory *advisory)
{
	json_key(writer, TEXT("sources"));
	json_array_begin(writer);
	for (size_t i = 0; i < advisory->sources.count; i++) {
		const AdvisorySource *source = &advisory->sources.at[i];
		json_object_begin(writer);
		json_put_text(writer, "form", text_from(advisory_form_tag(source->form)));
		json_put_text(writer, "number", source->number);
		json_put_text(writer, "sha256", source->digest);
		json_put_time(writer, "updated_at", source->updated_at);
		json_put_bool(writer, "current", source->current);
		json_end(writer);
	}
	json_end(writer);
}

static void put_changes(JsonWriter *writer, const AdvisoryRevision *revision)
{
	json_key(writer, TEXT("changes"));
	json_array_begin(writer);
	for (size_t i = 0; i < revision->changes.count; i++) {
		const AdvisoryChange *change = &revision->changes.at[i];
		json_object_begin(writer);
		json_put_text(writer, "field", text_from(change->field));
		json_put_text(writer, "before", change->before);
		json_put_text(writer, "after", change->after);
		json_end(writer);
	}
	json_end(writer);
}

static void put_revisions(JsonWriter *writer, const Advisory *advisory)
{
	json_key(writer, TEXT("revisions"));
	json_array_begin(writer);
	for (size_t i = 0; i < advisory->revisions.count; i++) {
		const AdvisoryRevision *revision = &advisory->revisions.at[i];
		json_object_begin(writer);
		json_put_int(writer, "n", revision->n);
		json_put_time(writer, "at", revision->at);
		json_put_text(writer, "author", revision->author);
		json_put_text(writer, "reason", revision->reason);
		put_changes(writer, revision);
		json_end(writer);
	}
	json_end(writer);
}

/* The class of GB/T 30279-2020 beside what corresponds to it elsewhere. */
static void put_classification(JsonWriter *writer, Arena *arena, const AdvisoryDraft *record)
{
	const Texts lists[] = { advisory_cwe(arena, record), advisory_masvs(arena, record) };
	static const char *const names[] = { "cwe", "masvs" };
	json_key(writer, TEXT("classification"));
	json_object_begin(writer);
	json_put_text(writer, "gbt30279", record->class_name.length ? record->class_name : (Text) { 0 });
	for (size_t i = 0; i < COUNT(lists); i++) {
		json_key(writer, text_from(names[i]));
		json_array_begin(writer);
		for (size_t k = 0; k < lists[i].count; k++) json_text(writer, lists[i].at[k]);
		json_end(writer);
	}
	json_end(writer);
}

/* By any identifier; "id" is the canonical one. */
static Error show_advisory(Request *request)
{
	Advisory advisory;
	Call *call = request->call;
	Buffer buffer = { .arena = call->arena };
	JsonWriter writer = json_writer(&buffer);
	TRY(advisory_find(call, request_parameter(request, TEXT("id")), &advisory));
	TRY(advisory_load_history(call, &advisory));
	json_object_begin(&writer);
	advisory_write_members(&writer, &advisory.content);
	put_classification(&writer, call->arena, &advisory.content);
	put_sources(&writer, &advisory);
	put_revisions(&writer, &advisory);
	json_end(&writer);
	json_finish(&writer);
	reply_json(request, buffer_text(&buffer));
	reply_public(request, arena_printf(call->arena, "advisory:%.*s", TEXT_ARGS(advisory.identifier)));
	return OK;
}

/* ---- Atom */
enum { ATOM_ENTRIES = 50 };

static AtomEntry entry_of(const Request *request, const LibraryItem *item)
{
	Call *call = request->call;
	Text title = library_title(item, call->lang);
	return (AtomEntry) { .address = url_absolute(call, advisory_url(request, item->identifier)).text,
		.title = arena_printf(call->arena, "%.*s %.*s", TEXT_ARGS(item->identifier), TEXT_ARGS(title)),
		.summary = tr(call->lang, item->withdrawn ? N_("Withdrawn") : advisory_level_word(item->level)),
		.published_at = item->published_at,
		.updated_at = item->updated_at };
}

/* The whole address of a path, with the parameters of the search. */
static Text with_parameters(const Request *request, Text path, Text parameters)
{
	Text both[] = { url_absolute(request->call, url_public(request, path)).text, parameters };
	return arena_join(request->call->arena, both, COUNT(both), TEXT(""));
}

static Error show_atom(Request *request)
{
	Call *call = request->call;
	LibraryQuery query;
	LibraryPage page;
	TRY(library_query_of(request, &query));
	query.cursor = TEXT("");
	query.kinds = LIBRARY_ADVISORIES;
	if (!query.limit) query.limit = ATOM_ENTRIES;
	TRY(library_search(call, &query, &page));
	Text parameters = library_query_text(call->arena, &query, TEXT(""));
	AtomEntry *entries = arena_array_of(call->arena, AtomEntry, page.items.count + 1);
	for (size_t i = 0; i < page.items.count; i++) entries[i] = entry_of(request, &page.items.at[i]);
	const AtomFeed feed = { .self = with_parameters(request, TEXT("/advisories.atom"), parameters),
		.list = with_parameters(request, TEXT("/advisories"), parameters),
		.title = tr(call->lang, N_("Advisories")),
		.entries = entries,
		.count = page.items.count };
	atom_reply(request, &feed, TEXT("advisory"));
	return OK;
}

static const Route rows[] = {
	{ GET, "/api/v1/search", search_all, .may = ROLE_EVERYBODY, .is_public = true,
		.summary = "Search and list of published records and public warnings together; kind=advisory or warning: of one kind" },
	{ GET, "/api/v1/advisories", list_advisories, .may = ROLE_EVERYBODY, .is_public = true,
		.summary = "Search and list of published records" },
	{ GET, "/api/v1/advisories/:id", show_advisory, .may = ROLE_EVERYBODY, .is_public = true,
		.summary = "A published record, by any of its identifiers" },
	{ GET, "/advisories.atom", show_atom, .may = ROLE_EVERYBODY, .is_public = true,
		.summary = "The newest published records as Atom feed" },
};
const RouteTable feed_routes = { "feed", rows, COUNT(rows) };
