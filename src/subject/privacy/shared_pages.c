/* What the pages of this room share. */
#include "people/person/form_page.h"
#include "store/blob/blob.h"
#include "subject/privacy/privacy_view.h"

#include <errno.h>
#include <sys/mman.h>
#include <unistd.h>

void privacy_add(Html *html, PrivacyView *view, const char *title, const char *lead, Markup body)
{
	PrivacySection section = { .title = tr(html->lang, title), .lead = lead ? tr(html->lang, lead) : TEXT(""), .body = body };
	list_add(html->call->arena, &view->sections, section);
}

Markup privacy_table(Html *html, const char *caption, const char *const *labels, size_t count, const PrivacyCells *cells, const char *empty)
{
	must(count > 0);
	Column *columns = arena_array_of(html->call->arena, Column, count);
	if (!cells->count) return part_empty(html, tr(html->lang, empty), TEXT(""), (Url) { { 0 } }, TEXT(""));
	for (size_t i = 0; i < count; i++) columns[i] = (Column) { .label = tr(html->lang, labels[i]), .kind = COLUMN_TEXT };
	return part_table(html, &(Table) { tr(html->lang, caption), columns, count, cells->at, cells->count / count });
}

Error privacy_password(const Request *request, FormField *fields, size_t *count)
{
	bool asks = false;
	TRY(person_confirm_asks(request->call, &asks));
	if (!asks) return OK;
	fields[*count] = form_field(request, "password", INPUT_PASSWORD, N_("Your password"),
		N_("Asked for once more, so that nobody else does this in your name."), TEXT(""));
	fields[(*count)++].autocomplete = TEXT("current-password");
	return OK;
}

Error privacy_download(Request *request, int64_t blob, Text name, int64_t size_bytes)
{
	Call *call = request->call;
	int file = memfd_create("cappvd-privacy", MFD_CLOEXEC);
	if (file < 0) return fail(call, IO, "no memory file: %s", strerror(errno));
	Error error = blob_read_file(call, blob, file);
	if (error != OK || lseek(file, 0, SEEK_SET) != 0) {
		close(file);
		return error != OK ? error : fail(call, IO, "seeking a memory file");
	}
	reply_download(request, name, file, size_bytes);
	return OK;
}

Text privacy_part_name(Arena *arena, const PrivacyExport *copy, int64_t part, size_t parts)
{
	return parts > 1 ? arena_printf(arena, "%.*s-%lld.zip", TEXT_ARGS(copy->ref), (long long)part)
			 : arena_printf(arena, "%.*s.zip", TEXT_ARGS(copy->ref));
}

const char *privacy_field_text(Text field) { return text_is(field, TEXT("name")) ? N_("Real name") : N_("Telephone"); }

Text privacy_days(const Html *html, int64_t days)
{
	enum { YEAR = 365 };
	Arena *arena = html->call->arena;
	bool is_years = days >= YEAR && days % YEAR == 0;
	Text number = arena_printf(arena, "%lld", (long long)(is_years ? days / YEAR : days));
	if (!days) return tr(html->lang, N_("not at all beyond that"));
	if (is_years && days == YEAR) return tr(html->lang, N_("1 year"));
	return problem_text(arena, html->lang, &(Problem) { .message = is_years ? N_("%s years") : N_("%s days"), .argument = number });
}
