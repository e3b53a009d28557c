/* What an address asks of the library: the same parameters on the page, in the feed and in the API. */
#include "subject/library/library_view.h"
#include "subject/warning/warning_public_view.h"

static Text asked(const Request *request, Text name)
{
	Text value = request_query(request, name);
	return value.at ? text_trim(value) : TEXT("");
}

Error library_query_of(Request *request, LibraryQuery *out)
{
	LibraryQuery query = { .question = asked(request, TEXT("q")),
		.level = asked(request, TEXT("level")),
		.year = asked(request, TEXT("year")),
		.platform = asked(request, TEXT("platform")),
		.vendor = asked(request, TEXT("vendor")),
		.source = asked(request, TEXT("source")),
		.weakness = asked(request, TEXT("weakness")),
		.with_fix = text_is(asked(request, TEXT("fix")), TEXT("yes")),
		.by_relevance = text_is(asked(request, TEXT("sort")), TEXT("relevance")),
		.cursor = asked(request, TEXT("cursor")) };
	Text limit = asked(request, TEXT("limit")), kind = asked(request, TEXT("kind"));
	query.kinds = text_is(kind, TEXT("advisory"))  ? LIBRARY_ADVISORIES
		      : text_is(kind, TEXT("warning")) ? LIBRARY_WARNINGS
						       : LIBRARY_BOTH;
	int64_t number = 0;
	if (query.question.length > LIBRARY_QUESTION_BYTES_MAX) query.question = text_slice(query.question, 0, LIBRARY_QUESTION_BYTES_MAX);
	if (limit.length && (!text_to_int(limit, &number) || number < 1 || number > LIBRARY_PAGE_MAX)) {
		call_problem(request->call, TEXT("limit"), N_("Between 1 and %s, please."),
			arena_printf(request->call->arena, "%d", LIBRARY_PAGE_MAX));
		TRY(call_check_problems(request->call));
	}
	query.limit = (int)number;
	*out = query;
	return OK;
}

static void put_parameter(Arena *arena, Buffer *out, const char *name, Text value)
{
	if (!value.length) return;
	buffer_byte(out, out->length ? '&' : '?');
	buffer_put(out, text_from(name));
	buffer_byte(out, '=');
	buffer_put(out, url_segment(arena, value));
}

Text library_query_text(Arena *arena, const LibraryQuery *query, Text cursor)
{
	Buffer out = { .arena = arena };
	put_parameter(arena, &out, "q", query->question);
	put_parameter(arena, &out, "level", query->level);
	put_parameter(arena, &out, "year", query->year);
	put_parameter(arena, &out, "platform", query->platform);
	put_parameter(arena, &out, "vendor", query->vendor);
	put_parameter(arena, &out, "source", query->source);
	put_parameter(arena, &out, "weakness", query->weakness);
	put_parameter(arena, &out, "fix", query->with_fix ? TEXT("yes") : TEXT(""));
	put_parameter(arena, &out, "sort", query->by_relevance ? TEXT("relevance") : TEXT(""));
	if (query->kinds != LIBRARY_BOTH)
		put_parameter(arena, &out, "kind", query->kinds == LIBRARY_WARNINGS ? TEXT("warning") : TEXT("advisory"));
	put_parameter(arena, &out, "cursor", cursor);
	return buffer_text(&out);
}

Url library_url(const Request *request, const LibraryItem *item)
{
	return library_is_warning(item) ? warning_public_url(request, item->identifier) : advisory_url(request, item->identifier);
}

Url advisory_url(const Request *request, Text identifier)
{
	Arena *arena = request->call->arena;
	Text segment = url_segment(arena, identifier);
	return url_public(request, arena_printf(arena, "/advisories/%.*s", TEXT_ARGS(segment)));
}
