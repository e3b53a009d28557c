/* Gathers what is kept about one person. Every list is asked for as that person, so that nothing of others can come in. */
#include "people/notice/notice.h"
#include "people/org/org.h"
#include "people/vault/vault.h"
#include "store/ledger/ledger.h"
#include "subject/privacy/export_private.h"
#include "subject/privacy/privacy_private.h"
#include "subject/report/report.h"
#include "subject/site/complaint.h"

enum { PAGE = 50, REPORTS_MAX = 2000, LINES_MAX = 1000 };

typedef struct Gathering {
	Call *call;
	const Person *person;
	JsonWriter writer;
	ExportFile *file;
} Gathering;

static void open_list(Gathering *g, const char *key)
{
	json_key(&g->writer, text_from(key));
	json_array_begin(&g->writer);
}

static void open_object(Gathering *g, const char *key)
{
	json_key(&g->writer, text_from(key));
	json_object_begin(&g->writer);
}

static Error put_account(Gathering *g)
{
	const Person *person = g->person;
	open_object(g, "account");
	json_put_text(&g->writer, "reference", person->ref);
	json_put_text(&g->writer, "mail", person->mail);
	json_put_text(&g->writer, "public_name", person->handle);
	json_put_text(&g->writer, "name", person->name);
	json_put_text(&g->writer, "telephone", person->phone);
	json_put_text(&g->writer, "state", text_from(person_state_tag(person->state)));
	json_put_int(&g->writer, "created_at", person->created_at);
	if (person->organisation_id) {
		Organisation organisation;
		TRY(org_find(g->call, person->organisation_id, &organisation));
		json_put_text(&g->writer, "organisation", organisation.name);
	}
	json_end(&g->writer);
	return OK;
}

static Error put_consents(Gathering *g)
{
	Consents consents;
	TRY(consent_history(g->call, g->person->id, &consents));
	open_list(g, "consents");
	for (size_t i = 0; i < consents.count; i++) {
		json_object_begin(&g->writer);
		json_put_text(&g->writer, "document", consents.at[i].document);
		json_put_int(&g->writer, "version", consents.at[i].version);
		json_put_int(&g->writer, "given_at", consents.at[i].given_at);
		if (consents.at[i].withdrawn_at) json_put_int(&g->writer, "withdrawn_at", consents.at[i].withdrawn_at);
		json_end(&g->writer);
	}
	json_end(&g->writer);
	return OK;
}

/* Who opened one is somebody else: the time and the purpose are the person's own. */
static Error put_papers(Gathering *g)
{
	VaultPapers papers;
	VaultOpenings openings;
	VaultOwner owner = { "person", g->person->id };
	TRY(vault_papers(g->call, owner, &papers));
	TRY(vault_openings(g->call, owner, 0, LINES_MAX, &openings));
	open_list(g, "identity_papers");
	for (size_t i = 0; i < papers.count; i++) {
		VaultPaper paper = papers.at[i];
		json_object_begin(&g->writer);
		json_put_text(&g->writer, "kind", paper.kind);
		json_put_int(&g->writer, "added_at", paper.added_at);
		if (!paper.deleted_at) TRY(vault_own(g->call, paper.ref, &paper));
		json_put_text(&g->writer, "content", paper.text);
		json_end(&g->writer);
	}
	json_end(&g->writer);
	open_list(g, "openings_of_identity_papers");
	for (size_t i = 0; i < openings.count; i++) {
		if (!openings.at[i].opened_at) continue;
		json_object_begin(&g->writer);
		json_put_int(&g->writer, "at", openings.at[i].opened_at);
		json_put_text(&g->writer, "purpose", openings.at[i].purpose);
		json_end(&g->writer);
	}
	json_end(&g->writer);
	return OK;
}

/* ---- Reports with their files */
/* A name is no way through folders. */
static Text path_of(Arena *arena, Text matter, const Attachment *file)
{
	Text path = arena_printf(arena, "files/%.*s/%.*s-%.*s", TEXT_ARGS(matter), TEXT_ARGS(file->ref), TEXT_ARGS(file->name));
	char *bytes = arena_array_of(arena, char, path.length + 1);
	for (size_t i = 0, name = path.length - file->name.length; i < path.length; i++) {
		bool parts = i >= name && (path.at[i] == '/' || path.at[i] == '\\' || (unsigned char)path.at[i] < ' ');
		bytes[i] = parts ? '_' : path.at[i];
	}
	return (Text) { bytes, path.length };
}

static Error put_file(Gathering *g, Text matter, const Attachment *file)
{
	Text path = path_of(g->call->arena, matter, file);
	int64_t part = 0;
	if (file->is_finished) TRY(export_file_attachment(g->call, g->file, path, file, &part));
	json_object_begin(&g->writer);
	json_put_text(&g->writer, "name", file->name);
	json_put_int(&g->writer, "bytes", file->size_bytes);
	json_put_text(&g->writer, "sha256", file->sha256);
	json_put_text(&g->writer, "path", part ? path : (Text) { 0 });
	if (part) json_put_int(&g->writer, "part", part);
	json_end(&g->writer);
	return OK;
}

static Error put_messages(Gathering *g, const Report *report)
{
	ThreadSubject subject;
	ThreadViews threads;
	report_threads(report, &subject);
	TRY(thread_list(g->call, &subject, &threads));
	open_list(g, "messages");
	for (size_t i = 0; i < threads.count; i++) {
		ThreadView view;
		Text name = text_from(threads.at[i].audience->name);
		TRY(thread_open(g->call, &subject, name, (Text) { 0 }, LINES_MAX, &view));
		for (size_t j = 0; j < view.messages.count; j++) {
			const ThreadMessage *message = &view.messages.at[j];
			if (!message->own) continue;
			json_object_begin(&g->writer);
			json_put_int(&g->writer, "at", message->sent_at);
			json_put_text(&g->writer, "text", message->body);
			json_end(&g->writer);
		}
	}
	json_end(&g->writer);
	return OK;
}

static void put_values(Gathering *g, const Report *report)
{
	open_object(g, "content");
	for (size_t i = 0; i < report_form.section_count; i++)
		for (size_t j = 0; j < report_form.sections[i].item_count; j++) {
			const char *name = report_form.sections[i].items[j].name;
			Text value = form_answer(report->values, name);
			if (value.length) json_put_text(&g->writer, name, value);
		}
	json_end(&g->writer);
}

static Error put_report(Gathering *g, const Report *report)
{
	Attachments files;
	json_object_begin(&g->writer);
	json_put_text(&g->writer, "number", report->ref);
	json_put_text(&g->writer, "state", report->state);
	json_put_int(&g->writer, "received_at", report->received_at);
	if (!report->is_isolated) {
		json_put_text(&g->writer, "title", report->title);
		put_values(g, report);
		TRY(report_attachments(g->call, report, &files));
		open_list(g, "files");
		for (size_t i = 0; i < files.count; i++)
			if (files.at[i].person_id == g->person->id) TRY(put_file(g, report->ref, &files.at[i]));
		json_end(&g->writer);
		TRY(put_messages(g, report));
	}
	json_end(&g->writer);
	return OK;
}

static Error put_reports(Gathering *g)
{
	Reports reports;
	int64_t before = 0;
	open_list(g, "reports");
	for (size_t seen = 0; seen < REPORTS_MAX; seen += reports.count) {
		TRY(report_list_own(g->call, before, PAGE, &reports));
		for (size_t i = 0; i < reports.count; i++) TRY(put_report(g, &reports.at[i]));
		if (reports.count < PAGE) break;
		before = reports.at[reports.count - 1].id;
	}
	json_end(&g->writer);
	return OK;
}

static Error put_complaints(Gathering *g)
{
	Complaints complaints;
	TRY(complaint_list_of_actor(g->call, LINES_MAX, &complaints));
	open_list(g, "complaints");
	for (size_t i = 0; i < complaints.count; i++) {
		json_object_begin(&g->writer);
		json_put_text(&g->writer, "number", complaints.at[i].ref);
		json_put_text(&g->writer, "kind", complaints.at[i].kind);
		json_put_int(&g->writer, "received_at", complaints.at[i].received_at);
		json_put_text(&g->writer, "text", complaints.at[i].text);
		json_put_text(&g->writer, "answer", complaints.at[i].answer);
		json_end(&g->writer);
	}
	json_end(&g->writer);
	return OK;
}

static Error put_notices(Gathering *g)
{
	Notices notices;
	TRY(notice_list(g->call, 0, LINES_MAX, &notices));
	open_list(g, "inbox");
	for (size_t i = 0; i < notices.count; i++) {
		json_object_begin(&g->writer);
		json_put_int(&g->writer, "at", notices.at[i].created_at);
		json_put_text(&g->writer, "line", notices.at[i].subject_line);
		json_end(&g->writer);
	}
	json_end(&g->writer);
	return OK;
}

static Error put_acts(Gathering *g)
{
	Events events;
	TRY(ledger_events_of_actor(g->call, g->person->id, 0, LINES_MAX, &events));
	open_list(g, "what_i_did");
	for (size_t i = 0; i < events.count; i++) {
		json_object_begin(&g->writer);
		json_put_int(&g->writer, "at", events.at[i].at);
		json_put_text(&g->writer, "kind", events.at[i].kind);
		json_put_text(&g->writer, "action", events.at[i].action);
		json_end(&g->writer);
	}
	json_end(&g->writer);
	return OK;
}

static Error gather(Gathering *g, Buffer *buffer)
{
	static Error (*const parts[])(
		Gathering *) = { put_account, put_consents, put_papers, put_reports, put_complaints, put_notices, put_acts };
	g->writer = json_writer(buffer);
	json_object_begin(&g->writer);
	json_put_int(&g->writer, "made_at", g->call->now);
	for (size_t i = 0; i < COUNT(parts); i++) TRY(parts[i](g));
	json_end(&g->writer);
	json_finish(&g->writer);
	return OK;
}

Error export_gather(Call *call, int64_t person_id, ExportFile *file)
{
	Person person;
	const Actor *before = call->actor;
	TRY(person_find(call, person_id, &person));
	const Actor own = { .person_id = person.id, .name = person_shown_name(&person), .roles = ROLE_REPORTER, .scopes = ~0U };
	Gathering g = { .call = call, .person = &person, .file = file };
	Buffer buffer = { .arena = call->arena };
	call->actor = &own;
	Error error = gather(&g, &buffer);
	call->actor = before;
	TRY(error);
	return export_file_finish(call, file, TEXT("data.json"), buffer_text(&buffer));
}
