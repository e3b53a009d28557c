/* The machine faces of the library: JSON and Atom. */
#include "base/base/clock.h"
#include "subject/feed/feed_view.h"
#include "subject/library/library_view.h"

/* ---- JSON */
static void put_time(JsonWriter *writer, Arena *arena, const char *key, int64_t at) { json_put_text(writer, key, clock_iso(arena, at)); }

static void put_item(JsonWriter *writer, const Request *request, const LibraryItem *item)
{
	Arena *arena = request->call->arena;
	Text segment = url_segment(arena, item->identifier);
	json_object_begin(writer);
	json_put_text(writer, "id", item->identifier);
	json_put_text(writer, "state", item->withdrawn ? TEXT("WITHDRAWN") : TEXT("PUBLISHED"));
	json_put_text(writer, "level", item->level);
	put_time(writer, arena, "published_at", item->published_at);
	put_time(writer, arena, "updated_at", item->updated_at);
	json_key(writer, TEXT("title"));
	json_object_begin(writer);
	if (item->title_zh.length) json_put_text(writer, "zh", item->title_zh);
	if (item->title_en.length) json_put_text(writer, "en", item->title_en);
	json_end(writer);
	json_put_text(writer, "url", url_absolute(request->call, url_local(arena, "/advisories/%.*s", TEXT_ARGS(segment))).text);
	json_end(writer);
}

static Error list_advisories(Request *request)
{
	LibraryQuery query;
	LibraryPage page;
	Buffer buffer = { .arena = request->call->arena };
	JsonWriter writer = json_writer(&buffer);
	TRY(library_query_of(request, &query));
	TRY(library_search(request->call, &query, &page));
	json_object_begin(&writer);
	json_key(&writer, TEXT("items"));
	json_array_begin(&writer);
	for (size_t i = 0; i < page.items.count; i++) put_item(&writer, request, &page.items.at[i]);
	json_end(&writer);
	json_put_text(&writer, "next_cursor", page.next.length ? page.next : (Text) { 0 });
	json_end(&writer);
	json_finish(&writer);
	reply_json(request, buffer_text(&buffer));
	reply_public(request, TEXT("advisory"));
	return OK;
}

static void put_sources(JsonWriter *writer, Arena *arena, const Advisory *advisory)
{
	json_key(writer, TEXT("sources"));
	json_array_begin(writer);
	for (size_t i = 0; i < advisory->sources.count; i++) {
		const AdvisorySource *source = &advisory->sources.at[i];
		json_object_begin(writer);
		json_put_text(writer, "form", text_from(advisory_form_tag(source->form)));
		json_put_text(writer, "number", source->number);
		json_put_text(writer, "sha256", source->digest);
		put_time(writer, arena, "updated_at", source->updated_at);
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

static void put_revisions(JsonWriter *writer, Arena *arena, const Advisory *advisory)
{
	json_key(writer, TEXT("revisions"));
	json_array_begin(writer);
	for (size_t i = 0; i < advisory->revisions.count; i++) {
		const AdvisoryRevision *revision = &advisory->revisions.at[i];
		json_object_begin(writer);
		json_put_int(writer, "n", revision->n);
		put_time(writer, arena, "at", revision->at);
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
	put_sources(&writer, call->arena, &advisory);
	put_revisions(&writer, call->arena, &advisory);
	json_end(&writer);
	json_finish(&writer);
	reply_json(request, buffer_text(&buffer));
	reply_public(request, arena_printf(call->arena, "advisory:%.*s", TEXT_ARGS(advisory.identifier)));
	return OK;
}

/* ---- Atom (RFC 4287) */
enum { ATOM_ENTRIES = 50 };
#define RAW(html, literal) html_raw((html), "" literal, sizeof(literal) - 1)

static void put_element(Html *html, const char *name, Text text)
{
	RAW(html, "<");
	html_raw(html, name, strlen(name));
	RAW(html, ">");
	html_text(html, text);
	RAW(html, "</");
	html_raw(html, name, strlen(name));
	RAW(html, ">\n");
}

static void put_link(Html *html, const char *relation, Text address)
{
	RAW(html, "<link rel=\"");
	html_raw(html, relation, strlen(relation));
	RAW(html, "\" href=\"");
	html_text(html, address);
	RAW(html, "\"/>\n");
}

static void put_entry(Html *html, const Request *request, const LibraryItem *item)
{
	Arena *arena = request->call->arena;
	Text address = url_absolute(request->call, advisory_url(request, item->identifier)).text, title = library_title(item, html->lang);
	Text level = tr(html->lang, item->withdrawn ? N_("Withdrawn") : advisory_level_word(item->level));
	RAW(html, "<entry>\n");
	put_element(html, "id", address);
	put_element(html, "title", arena_printf(arena, "%.*s %.*s", TEXT_ARGS(item->identifier), TEXT_ARGS(title)));
	put_link(html, "alternate", address);
	put_element(html, "published", clock_iso(arena, item->published_at));
	put_element(html, "updated", clock_iso(arena, item->updated_at));
	put_element(html, "summary", level);
	RAW(html, "</entry>\n");
}

static void put_feed(Html *html, const Request *request, const LibraryQuery *query, const LibraryPage *page)
{
	Arena *arena = request->call->arena;
	Text parameters = library_query_text(arena, query, TEXT("")),
	     list = url_absolute(request->call, url_public(request, TEXT("/advisories"))).text;
	Text self = url_absolute(request->call, url_public(request, TEXT("/advisories.atom"))).text, tag = lang_tag(html->lang);
	int64_t updated = 0;
	for (size_t i = 0; i < page->items.count; i++)
		if (page->items.at[i].updated_at > updated) updated = page->items.at[i].updated_at;
	RAW(html, "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<feed xmlns=\"http://www.w3.org/2005/Atom\" xml:lang=\"");
	html_text(html, tag);
	RAW(html, "\">\n");
	self = arena_printf(arena, "%.*s%.*s", TEXT_ARGS(self), TEXT_ARGS(parameters));
	put_element(html, "id", self);
	put_element(html, "title", tr(html->lang, N_("Advisories")));
	put_link(html, "self", self);
	put_link(html, "alternate", arena_printf(arena, "%.*s%.*s", TEXT_ARGS(list), TEXT_ARGS(parameters)));
	put_element(html, "updated", clock_iso(arena, updated));
	RAW(html, "<author>");
	put_element(html, "name", tr(html->lang, N_("This library")));
	RAW(html, "</author>\n");
	for (size_t i = 0; i < page->items.count; i++) put_entry(html, request, &page->items.at[i]);
	RAW(html, "</feed>\n");
}

static Error show_atom(Request *request)
{
	LibraryQuery query;
	LibraryPage page;
	TRY(library_query_of(request, &query));
	query.cursor = TEXT("");
	if (!query.limit) query.limit = ATOM_ENTRIES;
	TRY(library_search(request->call, &query, &page));
	Html html = html_alone(request->call, request->call->lang);
	put_feed(&html, request, &query, &page);
	reply_text(request, TEXT("application/atom+xml; charset=utf-8"), buffer_text(&html.out));
	reply_public(request, TEXT("advisory"));
	return OK;
}

static const Route rows[] = {
	{ GET, "/api/v1/advisories", list_advisories, .may = ROLE_EVERYBODY, .is_public = true,
		.summary = "Search and list of published records" },
	{ GET, "/api/v1/advisories/:id", show_advisory, .may = ROLE_EVERYBODY, .is_public = true,
		.summary = "A published record, by any of its identifiers" },
	{ GET, "/advisories.atom", show_atom, .may = ROLE_EVERYBODY, .is_public = true,
		.summary = "The newest published records as Atom feed" },
};
const RouteTable feed_routes = { "feed", rows, COUNT(rows) };
