/* A coordinator gives a photograph; the page says whose copy it shows. */
#include "people/person/form_page.h"
#include "work/copy/copy.h"
#include "work/copy/copy_view.h"

#include <sys/mman.h>

enum { PHOTO_BYTES_MAX = 30 * 1024 * 1024 };

typedef struct PhotoForm {
	Uploads photo;
} PhotoForm;
static const FieldSpec photo_fields[] = { { "photo", FIELD_FILES, offsetof(PhotoForm, photo) } };
static const FormSpec photo_form = {
	.fields = photo_fields, .field_count = COUNT(photo_fields), .struct_size = sizeof(PhotoForm), .max_body_bytes = PHOTO_BYTES_MAX
};

static Markup result_of(Html *html, const void *about)
{
	const CopyReading *found = about;
	Arena *arena = html->call->arena;
	if (!found) return (Markup) { 0 };
	if (!found->reading.found)
		return part_empty(html, tr(html->lang, N_("No mark was found in this photograph.")),
			tr(html->lang, N_("Try a sharper photograph, closer to the paper.")), (Url) { { 0 } }, TEXT(""));
	Text mark = arena_printf(arena, "%010llX", (unsigned long long)found->reading.copy);
	if (!found->known)
		return part_empty(html, tr(html->lang, N_("The mark was read, but no copy of this library bears it.")), mark,
			(Url) { { 0 } }, TEXT(""));
	Fact facts[] = { { .label = tr(html->lang, N_("Recipient")), .text = found->copy.recipient.at ? found->copy.recipient : TEXT("–") },
		{ .label = tr(html->lang, N_("Matter")), .text = found->copy.subject_ref },
		{ .label = tr(html->lang, N_("Copy number")), .text = found->copy.copy_ref },
		{ .label = tr(html->lang, N_("Made at")), .markup = part_time(html, found->copy.made_at) },
		{ .label = tr(html->lang, N_("Mark")), .text = mark },
		{ .label = tr(html->lang, N_("Agreement of the pattern")),
			.text = arena_printf(arena, "%d%%", found->reading.certainty_percent) } };
	return part_facts(html, facts, COUNT(facts));
}

static Error show_with(Request *request, const CopyReading *found)
{
	Lang lang = request->call->lang;
	FormField field = form_field(
		request, "photo", INPUT_FILE, N_("Photograph or scan"), N_("PNG or JPEG, at most 30 MB. Half a page is enough."), TEXT(""));
	FormPage page = { .title = tr(lang, N_("Whose copy is this?")),
		.lead = tr(lang, N_("Every copy of a notice bears a faint pattern of its "
				    "recipient. What is asked here is recorded.")),
		.before = result_of,
		.about = found,
		.action = url_local(request->call->arena, "/copies/photograph"),
		.fields = &field,
		.field_count = 1,
		.button = tr(lang, N_("Read the photograph")),
		.has_files = true };
	return form_page_show(request, &page);
}

static Error show(Request *request) { return show_with(request, NULL); }

typedef struct Mapping {
	void *at;
	size_t length;
} Mapping;
static void unmap(const Mapping *mapping)
{
	if (mapping->length) munmap(mapping->at, mapping->length);
}

static Error read_photo(Request *request)
{
	Call *call = request->call;
	const PhotoForm *form = request->form;
	const Upload *photo = form->photo.count ? &form->photo.at[0] : NULL;
	CopyReading found = { 0 };
	if (!photo || photo->size_bytes < 1) call_problem(call, TEXT("photo"), N_("Please choose a file."), (Text) { 0 });
	TRY(call_check_problems(call));
	must(photo);
	void *at = mmap(NULL, (size_t)photo->size_bytes, PROT_READ, MAP_PRIVATE, photo->descriptor, 0);
	if (at == MAP_FAILED) return fail(call, IO, "a photograph cannot be mapped");
	scoped(unmap) Mapping mapping = { at, (size_t)photo->size_bytes };
	Error error = copy_read_photo(call, (Text) { mapping.at, mapping.length }, &found);
	if (error == ERROR_INVALID || error == ERROR_TOO_LARGE) {
		call_recover(call);
		call_problem(call, TEXT("photo"), N_("This is not a picture that can be read."), (Text) { 0 });
		return call_check_problems(call);
	}
	TRY(error);
	return show_with(request, &found);
}

#define STAFF .may = ROLE_COORDINATOR, .needs_second_factor = true
static const Route rows[] = {
	{ GET, "/copies/photograph", show, STAFF, .summary = "Asks for a photograph of a notice, to name its recipient" },
	{ POST, "/copies/photograph", read_photo, STAFF, .form = &photo_form, .retry = show,
		.summary = "Reads the mark of a photographed notice and names its recipient" },
};
const RouteTable copy_routes = { "work/copy", rows, COUNT(rows) };
