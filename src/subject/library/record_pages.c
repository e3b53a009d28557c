/* The page of one record. */
#include "engine/rating/rating.h"
#include "subject/library/library_view.h"

#include "subject/library/views/advisory.html.h"

#include <stdlib.h>

static Text translated(const Html *html, const char *english) { return tr(html->lang, english); }

/* Each line that is not empty is a paragraph. */
static Texts paragraphs(Arena *arena, const Text texts[LANG_COUNT], Lang lang)
{
	Texts lines = { 0 };
	Text rest = advisory_text(texts, lang), line;
	while (text_next(&rest, '\n', &line))
		if (text_trim(line).length) list_add(arena, &lines, text_trim(line));
	return lines;
}

static Text joined(const Html *html, const Texts *texts) { return arena_join(html->call->arena, texts->at, texts->count, TEXT(", ")); }

static Text platforms_of(const Html *html, const Texts *tags)
{
	Texts words = { 0 };
	for (size_t i = 0; i < tags->count; i++) list_add(html->call->arena, &words, library_platform(html, tags->at[i]));
	return joined(html, &words);
}

static Text class_of(const Html *html, Text tag)
{
	const WeaknessClass *weakness = weakness_find(tag);
	return weakness ? translated(html, weakness->text) : tag;
}

/* ---- Tables */
static const Table *affected_table(const Html *html, const AdvisoryDraft *record)
{
	enum { COLUMNS = 5 };
	if (!record->affected.count) return NULL;
	Arena *arena = html->call->arena;
	Column *columns = arena_array_of(arena, Column, COLUMNS);
	Cell *cells = arena_array_of(arena, Cell, record->affected.count * COLUMNS);
	Table *table = arena_new_of(arena, Table);
	columns[0] = (Column) { translated(html, N_("Product")), COLUMN_TEXT };
	columns[1] = (Column) { translated(html, N_("Vendor")), COLUMN_TEXT };
	columns[2] = (Column) { translated(html, N_("Affected versions")), COLUMN_TEXT };
	columns[3] = (Column) { translated(html, N_("Fixed in")), COLUMN_TEXT };
	columns[4] = (Column) { translated(html, N_("Platform")), COLUMN_TEXT };
	for (size_t i = 0; i < record->affected.count; i++) {
		const AdvisoryAffected *affected = &record->affected.at[i];
		bool twice = affected->package.length && affected->product.length && !text_is(affected->package, affected->product);
		Text product = affected->product.length ? affected->product : affected->package;
		if (twice) product = arena_printf(arena, "%.*s (%.*s)", TEXT_ARGS(affected->product), TEXT_ARGS(affected->package));
		Cell *row = &cells[i * COLUMNS];
		row[0].text = product;
		if (affected->entry.length)
			row[0].url = url_public(html->request, arena_printf(arena, "/products/%.*s", TEXT_ARGS(affected->entry)));
		row[1].text = affected->vendor;
		row[2].text = affected->versions;
		row[3].text = affected->fixed;
		row[4].text = library_platform(html, affected->platform);
	}
	*table = (Table) { .caption = translated(html, N_("Affected products")),
		.columns = columns,
		.column_count = COLUMNS,
		.cells = cells,
		.row_count = record->affected.count };
	return table;
}

static Text score_text(const Html *html, int64_t tenths)
{
	return tenths < 0 ? TEXT("") : arena_printf(html->call->arena, "%lld.%lld", (long long)(tenths / 10), (long long)(tenths % 10));
}

static const Table *ratings_table(Html *html, const AdvisoryDraft *record)
{
	enum { COLUMNS = 5 };
	if (!record->ratings.count) return NULL;
	Arena *arena = html->call->arena;
	Column *columns = arena_array_of(arena, Column, COLUMNS);
	Cell *cells = arena_array_of(arena, Cell, record->ratings.count * COLUMNS);
	Table *table = arena_new_of(arena, Table);
	columns[0] = (Column) { translated(html, N_("Scheme")), COLUMN_NARROW };
	columns[1] = (Column) { translated(html, N_("Score")), COLUMN_NUMBER };
	columns[2] = (Column) { translated(html, N_("Level")), COLUMN_NARROW };
	columns[3] = (Column) { translated(html, N_("Vector")), COLUMN_VECTOR };
	columns[4] = (Column) { translated(html, N_("Rated by")), COLUMN_TEXT };
	for (size_t i = 0; i < record->ratings.count; i++) {
		const AdvisoryRating *rating = &record->ratings.at[i];
		Cell *row = &cells[i * COLUMNS];
		row[0].text = rating->scheme;
		row[1].text = score_text(html, rating->score_tenths);
		row[2].markup = library_level(html, rating->level);
		row[3].text = rating->vector;
		row[4].text = rating->by;
	}
	*table = (Table) { .caption = translated(html, N_("Ratings")),
		.columns = columns,
		.column_count = COLUMNS,
		.cells = cells,
		.row_count = record->ratings.count };
	return table;
}

/* ---- Facts */
typedef LIST_OF(Fact) Facts;

static void add_text(Html *html, Facts *facts, const char *label, Text text)
{
	if (text.length) list_add(html->call->arena, facts, ((Fact) { .label = translated(html, label), .text = text }));
}

static void add_markup(Html *html, Facts *facts, const char *label, Markup markup)
{
	list_add(html->call->arena, facts, ((Fact) { .label = translated(html, label), .markup = markup }));
}

static void add_related(Html *html, const Request *request, Facts *facts, const Texts *related)
{
	for (size_t i = 0; i < related->count; i++)
		list_add(html->call->arena, facts,
			((Fact) { .label = translated(html, N_("Related")),
				.text = related->at[i],
				.url = advisory_url(request, related->at[i]) }));
}

static Facts facts_of(Html *html, const Request *request, const Advisory *advisory)
{
	const AdvisoryDraft *record = &advisory->content;
	Facts facts = { 0 };
	add_markup(html, &facts, N_("Number"), part_copy(html, advisory->identifier));
	add_text(html, &facts, N_("Also known as"), joined(html, &record->aliases));
	add_markup(html, &facts, N_("Level"), library_level(html, record->level));
	add_text(html, &facts, N_("Type"),
		!record->type.length
			? TEXT("")
			: translated(html, text_is(record->type, TEXT("incident")) ? N_("Incident type") : N_("Generic type")));
	add_text(html, &facts, N_("Class"), class_of(html, record->class_name));
	const Texts cwe = advisory_cwe(html->call->arena, record), masvs = advisory_masvs(html->call->arena, record);
	add_text(html, &facts, N_("Weakness (CWE)"), joined(html, &cwe));
	add_text(html, &facts, N_("Control (OWASP MASVS)"), joined(html, &masvs));
	add_text(html, &facts, N_("Platform"), platforms_of(html, &record->platforms));
	add_text(html, &facts, N_("Fix"), translated(html, record->has_fix ? N_("Available") : N_("None known")));
	add_markup(html, &facts, N_("Published on"), part_date(html, record->published_at));
	add_markup(html, &facts, N_("Last changed"), part_date(html, record->updated_at));
	add_text(html, &facts, N_("Published by"), record->publisher);
	add_text(html, &facts, N_("Verified by"), record->verifier);
	add_text(html, &facts, N_("Found by"), joined(html, &record->finders));
	add_related(html, request, &facts, &record->related);
	return facts;
}

/* ---- What happened, and the history of the record */
typedef LIST_OF(TimelineEntry) Entries;

static int compare_entries(const void *a, const void *b)
{
	const TimelineEntry *left = a, *right = b;
	return left->at > right->at ? -1 : left->at < right->at;
}

static Entries timeline_of(const Html *html, const AdvisoryDraft *record)
{
	Entries entries = { 0 };
	for (size_t i = 0; i < record->timeline.count; i++) {
		const AdvisoryMoment *moment = &record->timeline.at[i];
		Text what = tr(html->lang, arena_string(html->call->arena, moment->what));
		list_add(html->call->arena, &entries,
			((TimelineEntry) { .at = moment->at, .title = what, .note = TEXT(""), .actor = TEXT("") }));
	}
	if (entries.count) qsort(entries.at, entries.count, sizeof(*entries.at), compare_entries);
	return entries;
}

static Entries history_of(const Html *html, const Advisory *advisory)
{
	Arena *arena = html->call->arena;
	Entries entries = { 0 };
	for (size_t i = 0; i < advisory->sources.count; i++) {
		const AdvisorySource *source = &advisory->sources.at[i];
		if (source->form == FORM_OWN) continue; /* told by its revisions */
		TimelineEntry entry = { .at = source->updated_at,
			.title = source->number,
			.note = TEXT(""),
			.actor = translated(html, advisory_form_name(source->form)) };
		entry.note = translated(
			html, source->current ? N_("This document is part of the record.") : N_("Replaced by a newer document."));
		list_add(arena, &entries, entry);
	}
	for (size_t i = 0; i < advisory->revisions.count; i++) {
		const AdvisoryRevision *revision = &advisory->revisions.at[i];
		Text title = problem_text(arena, html->lang,
			&(Problem) { .message = N_("Revision %s"), .argument = arena_printf(arena, "%lld", (long long)revision->n) });
		list_add(arena, &entries,
			((TimelineEntry) { .at = revision->at,
				.title = title,
				.note = revision->reason,
				.actor = tr(html->lang, arena_string(arena, revision->author)) }));
	}
	if (entries.count) qsort(entries.at, entries.count, sizeof(*entries.at), compare_entries);
	return entries;
}

/* What each revision changed, newest first. */
static void fill_revisions(Html *html, const Advisory *advisory, AdvisoryView *view)
{
	Arena *arena = html->call->arena;
	for (size_t i = 0; i < advisory->revisions.count; i++) {
		const AdvisoryRevision *revision = &advisory->revisions.at[i];
		RevisionView shown = { .title = problem_text(arena, html->lang,
					       &(Problem) { .message = N_("What revision %s changed"),
						       .argument = arena_printf(arena, "%lld", (long long)revision->n) }) };
		for (size_t k = 0; k < revision->changes.count; k++) {
			const AdvisoryChange *change = &revision->changes.at[k];
			list_add(arena, &shown.changes,
				((Fact) { .label = translated(html, change->label),
					.markup = part_difference(html, change->before, change->after) }));
		}
		if (shown.changes.count) list_add(arena, &view->revisions, shown);
	}
}

/* ---- The page */
static void fill_texts(const Html *html, const AdvisoryDraft *record, AdvisoryView *view)
{
	Arena *arena = html->call->arena;
	Lang other = html->lang == LANG_ZH ? LANG_EN : LANG_ZH;
	view->lang = record->description[html->lang].length || !record->description[other].length ? TEXT("") : lang_tag(other);
	view->description = paragraphs(arena, record->description, html->lang);
	view->solution = paragraphs(arena, record->solution, html->lang);
	view->existence = paragraphs(arena, record->existence, html->lang);
	view->detection = paragraphs(arena, record->detection, html->lang);
	view->other = paragraphs(arena, record->other, html->lang);
	for (size_t i = 0; i < record->references.count; i++) {
		LinkView link = { record->references.at[i].url, record->references.at[i].note, { TEXT("") } };
		bool outside = text_starts(link.text, TEXT("https://")) || text_starts(link.text, TEXT("http://"));
		if (!outside || !url_parse(link.text, &link.url)) link.url = (Url) { TEXT("") };
		list_add(arena, &view->references, link);
	}
}

static void fill_withdrawal(Html *html, const Request *request, const AdvisoryDraft *record, AdvisoryView *view)
{
	if (!record->withdrawn) return;
	view->withdrawn = part_note(
		html, TEXT("bad"), translated(html, N_("This record has been withdrawn.")), markup_text(html, record->withdrawal_reason));
	if (record->successor.length)
		view->successor = (LinkView) { record->successor, TEXT(""), advisory_url(request, record->successor) };
}

static Error render(Request *request, const Advisory *advisory)
{
	const AdvisoryDraft *record = &advisory->content;
	Arena *arena = request->call->arena;
	Html *html;
	Text title = advisory_text(record->title, request->call->lang), segment = url_segment(arena, advisory->identifier);
	Crumb crumbs[] = { { tr(request->call->lang, N_("Advisories")), url_public(request, TEXT("/advisories")) },
		{ advisory->identifier, { TEXT("") } } };
	PageHead head = { .title = title.length ? title : advisory->identifier,
		.lead = TEXT(""),
		.crumbs = crumbs,
		.crumb_count = COUNT(crumbs),
		.wide = true };
	TRY(html_page_open(request, &head, &html));
	Entries timeline = timeline_of(html, record), history = history_of(html, advisory);
	Facts facts = facts_of(html, request, advisory);
	AdvisoryView view = { .affected = affected_table(html, record),
		.ratings = ratings_table(html, record),
		.facts = facts.at,
		.fact_count = facts.count,
		.timeline = timeline.at,
		.timeline_count = timeline.count,
		.history = history.at,
		.history_count = history.count,
		.withdrawn = { TEXT("") },
		.successor = { TEXT(""), TEXT(""), { TEXT("") } },
		.json = url_local(arena, "/api/v1/advisories/%.*s", TEXT_ARGS(segment)) };
	fill_texts(html, record, &view);
	fill_withdrawal(html, request, record, &view);
	fill_revisions(html, advisory, &view);
	page_advisory(html, &view);
	return html_page_close(request, html);
}

Error library_show_advisory(Request *request)
{
	Advisory advisory;
	Call *call = request->call;
	Text asked = request_parameter(request, TEXT("id"));
	TRY(advisory_find(call, asked, &advisory));
	if (!text_is(asked, advisory.identifier)) return reply_redirect(request, advisory_url(request, advisory.identifier).text);
	TRY(advisory_load_history(call, &advisory));
	reply_public(request, arena_printf(call->arena, "advisory:%.*s", TEXT_ARGS(advisory.identifier)));
	return render(request, &advisory);
}
