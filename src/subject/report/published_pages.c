/* The duplicate check against what is published: the library's own records and those of others, in any language, with reasons. */
#include "subject/advisory/advisory.h"
#include "subject/report/intake_private.h"
#include "subject/report/report_private.h"
#include "subject/report/report_view.h"

enum { LOOKED_AT = 10, SHOWN = 5 };

static void put_lines(Buffer *buffer, const Map *values, const char *const *fields, size_t count)
{
	for (size_t i = 0; i < count; i++) {
		Text answer = form_answer(values, fields[i]);
		if (!answer.length) continue;
		if (buffer->length) buffer_byte(buffer, '\n');
		buffer_put(buffer, answer);
	}
}

/* When it was found tells nothing: what is long known is reported again and again. */
static Description description_of(Arena *arena, const Map *values)
{
	static const char *const bodies[] = { "description", "package", "component", "request", "parameter", "path", "mini_page",
		"deep_link", "webview_entry", "module", "key_place", "steps", "impact", "references", "known_number" };
	Buffer title = { .arena = arena }, body = { .arena = arena }, names = { .arena = arena }, versions = { .arena = arena };
	const char *attack = attack_text(form_answer(values, "attack"));
	put_lines(&title, values, (const char *const[]) { "title", "class" }, 2);
	if (attack) buffer_printf(&title, "\n%s", attack);
	put_lines(&body, values, bodies, COUNT(bodies));
	buffer_printf(&names, "%.*s %.*s", TEXT_ARGS(form_answer(values, "vendor")), TEXT_ARGS(form_answer(values, "product")));
	put_lines(&names, values, (const char *const[]) { "sdk_name" }, 1);
	put_lines(&versions, values, (const char *const[]) { "versions", "sdk_version" }, 2);
	return (Description) { .title = buffer_text(&title),
		.body = buffer_text(&body),
		.names = buffer_text(&names),
		.versions = buffer_text(&versions),
		.level = TEXT("") };
}

/* A likeness without a reason that can be said is none. */
static bool has_reason(const AdvisoryKin *kin)
{
	static const double least_name_share = 0.5;
	bool has_name = kin->names.count && kin->name_share >= least_name_share;
	return kin->is_named || (has_name && (kin->same_class || kin->versions.count || kin->places.count));
}

static Error find(Call *call, const Map *values, AdvisoryKins *out)
{
	AdvisoryKins kins;
	Description description = description_of(call->arena, values);
	TRY(advisory_kin_find(call, &description, TEXT(""), LOOKED_AT, &kins));
	*out = (AdvisoryKins) { 0 };
	for (size_t i = 0; i < kins.count && out->count < SHOWN; i++)
		if (has_reason(&kins.at[i])) list_add(call->arena, out, kins.at[i]);
	return OK;
}

Error report_published(Call *call, const Map *values, Texts *out)
{
	AdvisoryKins kins;
	Texts numbers = { 0 };
	TRY(find(call, values, &kins));
	for (size_t i = 0; i < kins.count; i++) list_add(call->arena, &numbers, kins.at[i].identifier);
	*out = numbers;
	return OK;
}

/* ---- Reasons in words */
static void put_reason(Buffer *line, Lang lang, const char *text, const Texts *words)
{
	if (words && !words->count) return;
	if (line->length) buffer_put(line, tr(lang, N_("; ")));
	buffer_put(line, tr(lang, text));
	if (!words) return;
	buffer_put(line, tr(lang, N_(": ")));
	buffer_put(line, arena_join(line->arena, words->at, words->count, TEXT(" ")));
}

static Text reasons_of(Arena *arena, Lang lang, const AdvisoryKin *kin)
{
	Buffer line = { .arena = arena };
	if (kin->is_named) put_reason(&line, lang, N_("Its number is named"), NULL);
	put_reason(&line, lang, N_("In both names"), &kin->names);
	if (kin->same_class) put_reason(&line, lang, N_("The same class of weakness"), NULL);
	put_reason(&line, lang, N_("In both versions"), &kin->versions);
	put_reason(&line, lang, N_("In both places"), &kin->places);
	return buffer_text(&line);
}

Error published_markup(Html *html, const Map *values, Markup *out)
{
	static const char *const labels[] = { N_("Title"), N_("Number"), N_("Published"), N_("Why") };
	AdvisoryKins kins;
	Arena *arena = html->call->arena;
	*out = (Markup) { TEXT("") };
	TRY(find(html->call, values, &kins));
	if (!kins.count) return OK;
	Column *columns = arena_array_of(arena, Column, COUNT(labels));
	Cell *cells = arena_array_of(arena, Cell, kins.count * COUNT(labels));
	for (size_t i = 0; i < COUNT(labels); i++) columns[i] = (Column) { .label = tr(html->lang, labels[i]) };
	for (size_t i = 0; i < kins.count; i++) {
		const AdvisoryKin *kin = &kins.at[i];
		Cell *cell = &cells[i * COUNT(labels)];
		cell[0] = (Cell) { .text = advisory_text(kin->title, html->lang),
			.url = url_local(arena, "/advisories/%.*s", TEXT_ARGS(kin->identifier)) };
		cell[1].text = kin->identifier;
		cell[2].markup = part_date(html, kin->published_at);
		cell[3].text = reasons_of(arena, html->lang, kin);
	}
	Table table = { tr(html->lang, "Published records that may speak of the same"), columns, COUNT(labels), cells, kins.count };
	*out = part_table(html, &table);
	return OK;
}

static void put_words(JsonWriter *writer, const char *name, const Texts *words)
{
	json_key(writer, text_from(name));
	json_array_begin(writer);
	for (size_t i = 0; i < words->count; i++) json_text(writer, words->at[i]);
	json_end(writer);
}

Error published_json(Call *call, JsonWriter *writer, const Report *report)
{
	AdvisoryKins kins = { 0 };
	if (report_is_reviewed(call, report)) TRY(find(call, report->values, &kins));
	json_array_begin(writer);
	for (size_t i = 0; i < kins.count; i++) {
		const AdvisoryKin *kin = &kins.at[i];
		json_object_begin(writer);
		json_put_text(writer, "advisory", kin->identifier);
		json_put_bool(writer, "named", kin->is_named);
		json_put_bool(writer, "same_class", kin->same_class);
		put_words(writer, "names", &kin->names);
		put_words(writer, "versions", &kin->versions);
		put_words(writer, "places", &kin->places);
		json_put_text(writer, "why", reasons_of(call->arena, call->lang, kin));
		json_end(writer);
	}
	json_end(writer);
	return OK;
}
