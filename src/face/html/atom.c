#include "face/html/atom.h"

#include "base/base/clock.h"

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

/* One with a single attribute and no content. */
static void put_empty(Html *html, const char *opening, Text value)
{
	html_raw(html, opening, strlen(opening));
	html_text(html, value);
	RAW(html, "\"/>\n");
}

static void put_entry(Html *html, const AtomEntry *entry)
{
	Arena *arena = html->call->arena;
	RAW(html, "<entry>\n");
	put_element(html, "id", entry->address);
	put_element(html, "title", entry->title);
	put_empty(html, "<link rel=\"alternate\" href=\"", entry->address);
	put_element(html, "published", clock_iso(arena, entry->published_at));
	put_element(html, "updated", clock_iso(arena, entry->updated_at));
	if (entry->category.length) put_empty(html, "<category term=\"", entry->category);
	if (entry->summary.length) put_element(html, "summary", entry->summary);
	RAW(html, "</entry>\n");
}

void atom_reply(Request *request, const AtomFeed *feed, Text depends)
{
	Call *call = request->call;
	Html html = html_alone(call, call->lang);
	int64_t updated = 0;
	for (size_t i = 0; i < feed->count; i++)
		if (feed->entries[i].updated_at > updated) updated = feed->entries[i].updated_at;
	RAW(&html, "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<feed xmlns=\"http://www.w3.org/2005/Atom\" xml:lang=\"");
	html_text(&html, lang_tag(html.lang));
	RAW(&html, "\">\n");
	put_element(&html, "id", feed->self);
	put_element(&html, "title", feed->title);
	put_empty(&html, "<link rel=\"self\" href=\"", feed->self);
	if (feed->list.length) put_empty(&html, "<link rel=\"alternate\" href=\"", feed->list);
	put_element(&html, "updated", clock_iso(call->arena, updated));
	RAW(&html, "<author>");
	put_element(&html, "name", tr(html.lang, N_("This library")));
	RAW(&html, "</author>\n");
	for (size_t i = 0; i < feed->count; i++) put_entry(&html, &feed->entries[i]);
	RAW(&html, "</feed>\n");
	reply_text(request, TEXT("application/atom+xml; charset=utf-8"), buffer_text(&html.out));
	reply_public(request, depends);
}
