/* An applicant's files for those who judge it. */
#include "subject/programme/panel/panel_files.h"

#include "store/ledger/ledger.h"
#include "subject/programme/panel/panel_private.h"

enum { DOWNLOADS_SHOWN = 100 };
static const char download[] = "panel-download";

/* Whose seat it is was asked; what it may read is asked here. */
static Error open_for_member(Call *call, Text panel, Text application, Application *out)
{
	PanelMember *member = arena_new_of(call->arena, PanelMember);
	const Actor *actor = call->actor;
	bool has_sworn = false;
	TRY(panel_member(call, panel, member));
	const EntryRow *entry = panel_entry(member->part, application);
	if (entry && member->is_taken) TRY(panel_has_sworn(call, entry->application_id, member->expert.id, &has_sworn));
	bool is_time = panel_is_in(&member->state, "PANEL") || panel_is_in(&member->state, "SCORED");
	if (!has_sworn || !is_time) return fail(call, NOT_FOUND, "nothing to read of %.*s", TEXT_ARGS(application));
	call->actor = &actor_system; /* members are no readers of applications; this room has asked */
	Error error = application_open(call, entry->ref, out);
	call->actor = actor;
	return error;
}

static Error add_field(Call *call, const Application *application, Text field, const char *label, PanelAttachments *out)
{
	AttachmentOwner owner;
	Attachments files;
	TRY(application_files(call, application, field, false, &owner));
	TRY(attachment_list(call, owner.kind, owner.subject_id, &files));
	for (size_t i = 0; i < files.count; i++) {
		PanelAttachment found = { field, label, files.at[i] };
		if (files.at[i].is_finished) list_add(call->arena, out, found);
	}
	return OK;
}

static Error files_of(Call *call, const Application *application, PanelAttachments *out)
{
	PanelAttachments list = { 0 };
	for (size_t s = 0; s < application->form->section_count; s++)
		for (size_t i = 0; i < application->form->sections[s].item_count; i++) {
			const FormItem *item = &application->form->sections[s].items[i];
			if (item->kind == FORM_FILES) TRY(add_field(call, application, text_from(item->name), item->label, &list));
		}
	for (int64_t n = 1; n <= application->returns; n++)
		TRY(add_field(call, application, application_correction_field(call->arena, n),
			arena_string(call->arena, tr(call->lang, "Files that support the correction")), &list));
	*out = list;
	return OK;
}

Error panel_files(Call *call, Text panel, Text application, PanelAttachments *out)
{
	Application found;
	TRY(open_for_member(call, panel, application, &found));
	return files_of(call, &found, out);
}

Error panel_file_open(Call *call, Text panel, Text application, Text file, Text *out_name, CopyFile *out)
{
	Application found;
	PanelAttachments files;
	TRY(open_for_member(call, panel, application, &found));
	TRY(files_of(call, &found, &files));
	for (size_t i = 0; i < files.count; i++)
		if (text_is(files.at[i].file.ref, file))
			return application_file_copy(call, &found, &files.at[i].file, download, out_name, out);
	return fail(call, NOT_FOUND, "no such file of %.*s", TEXT_ARGS(found.ref));
}

Error panel_downloads(Call *call, Text ref, Text application, PanelDownloads *out)
{
	PanelState *state = arena_new_of(call->arena, PanelState);
	PanelDownloads list = { 0 };
	Events events;
	size_t at = 0;
	TRY(panel_office(call, ref, 0, state));
	if (!panel_part_of(state, application, &at)) return fail(call, NOT_FOUND, "no such application");
	TRY(ledger_events_of_action(call, application_machine.name, application, download, 0, DOWNLOADS_SHOWN, &events));
	for (size_t i = 0; i < events.count; i++) {
		const Event *event = &events.at[i];
		PanelDownload one = { .at = event->at, .person_id = event->actor };
		copy_file_read(event->detail, &one.file, &one.is_marked);
		list_add(call->arena, &list, one);
	}
	*out = list;
	return OK;
}
