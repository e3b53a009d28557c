/* A file of many megabytes goes up in parts, by the page's script, through the addresses for machines; after a break it is gone on with. */
#include "store/setting/setting.h"
#include "subject/batch/batch_view.h"
#include "subject/batch/views/batch_waits.html.h"

Text batch_parts_help(Html *html)
{
	Arena *arena = html->call->arena;
	Problem help = {
		.message = N_(
			"CSV, XLSX, ZIP or JSON, at most 10,000 rows. Where scripts run, up to %s MiB: the file goes up in parts, and goes "
			"on where it stopped when the connection breaks; without script 50 MiB."),
		.argument = arena_printf(arena, "%lld", (long long)setting_int(html->call, SETTING_attachment_mib))
	};
	return problem_text(arena, html->lang, &help);
}

static Markup again_field(Html *html, const Attachment *file)
{
	Problem same = { .message = N_("The same file once more: %s"), .argument = file ? file->name : TEXT("") };
	const FormField field = { .name = TEXT("file"),
		.label = tr(html->lang, N_("File")),
		.help = file ? problem_text(html->call->arena, html->lang, &same) : TEXT(""),
		.kind = INPUT_FILE,
		.required = true };
	return part_field(html, &field);
}

static Text how_far(Html *html, const Attachment *file)
{
	int64_t percent = file && file->size_bytes ? 100 * file->received_bytes / file->size_bytes : 0;
	Problem far = { .message = N_("So much of the file has arrived: %s"),
		.argument = arena_printf(html->call->arena, "%lld%%", (long long)percent) };
	return problem_text(html->call->arena, html->lang, &far);
}

Error batch_parts_fill(Html *html, const Batch *batch, Markup *out, bool *out_is_waiting)
{
	Arena *arena = html->call->arena;
	Attachments files;
	*out_is_waiting = false;
	if (!text_is(batch->state, TEXT("READING")) || batch->content.length) return OK;
	TRY(attachment_list(html->call, batch_machine.name, batch->id, &files));
	const Attachment *file = files.count ? &files.at[files.count - 1] : NULL;
	if (file && file->is_finished) return OK;
	BatchWaits view = { .ref = batch->ref,
		.how_far = how_far(html, file),
		.file = again_field(html, file),
		.parts = TEXT("/api/v1/batches"),
		.page = TEXT("/batches/"),
		.refresh = url_local(arena, "/batches/%.*s", TEXT_ARGS(batch->ref)) };
	Html inner = html_inner(html);
	page_batch_waits(&inner, &view);
	*out = html_done(html, &inner);
	*out_is_waiting = true;
	return OK;
}
