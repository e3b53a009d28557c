/* The register for everybody, the check of a file, the file for its holder. */
#include "base/crypto/stamp.h"
#include "engine/rating/rating.h"
#include "face/doc/export.h"
#include "face/doc/pdf_sign.h"
#include "people/person/form_page.h"
#include "work/certificate/certificate.h"
#include "work/certificate/certificate_view.h"
#include "work/certificate/views/certificate_check.html.h"
#include "work/certificate/views/certificate_list.html.h"
#include "work/certificate/views/certificate_show.html.h"

#include <unistd.h>

enum { PAGE = 50, CHECK_BYTES_MAX = 8 * 1024 * 1024 };

static Url page_url(const Request *request, const Certificate *certificate)
{
	Arena *arena = request->call->arena;
	return url_public(request, arena_printf(arena, "/certificates/%.*s", TEXT_ARGS(url_segment(arena, certificate->number))));
}

static Markup chip_of(Html *html, const Certificate *certificate)
{
	const CertificateState *state = certificate_state(certificate, html->call->now);
	return part_status(html, tr(html->lang, state->text), text_from(state->tone));
}

static Text holder_of(const Html *html, const Certificate *certificate)
{
	return html->lang == LANG_EN && certificate->is.holder_en.length ? certificate->is.holder_en : certificate->is.holder;
}

/* "Technical support unit ★★★", or the number of the find. */
static Text what_of(Html *html, const Certificate *certificate)
{
	static const char *const stars[] = { "", "★", "★★", "★★★", "★★★★", "★★★★★" };
	const CertificateOrder *is = &certificate->is;
	if (is->kind == CERTIFICATE_FIND) return is->subject;
	Text direction = tr(html->lang, certificate_direction_text(is->direction));
	return arena_printf(html->call->arena, "%.*s %s", TEXT_ARGS(direction), stars[is->stars >= 0 && is->stars <= 5 ? is->stars : 0]);
}

static Markup until_of(Html *html, const Certificate *certificate)
{
	return certificate->is.until_at ? part_date(html, certificate->is.until_at - 1) : markup_text(html, tr(html->lang, "without end"));
}

/* ---- The list */
static Markup table_of(Html *html, const Certificates *list)
{
	static const char *const labels[] = { N_("Certificate number"), N_("Holder"), N_("What is certified"), N_("State"),
		N_("Valid until") };
	Arena *arena = html->call->arena;
	Column columns[COUNT(labels)];
	Cell *cells = arena_array_of(arena, Cell, list->count * COUNT(labels) + 1);
	for (size_t i = 0; i < COUNT(labels); i++)
		columns[i] = (Column) { .label = tr(html->lang, labels[i]), .kind = i == 1 || i == 2 ? COLUMN_TEXT : COLUMN_NARROW };
	for (size_t i = 0; i < list->count; i++) {
		const Certificate *certificate = &list->at[i];
		Cell *cell = &cells[i * COUNT(labels)];
		cell[0] = (Cell) { .text = certificate->number, .url = page_url(html->request, certificate) };
		cell[1].text = holder_of(html, certificate);
		cell[2].text = what_of(html, certificate);
		cell[3].markup = chip_of(html, certificate);
		cell[4].markup = until_of(html, certificate);
	}
	return part_table(html, &(Table) { tr(html->lang, "Certificates"), columns, COUNT(labels), cells, list->count });
}

static Markup filters_of(Html *html, const CertificateQuery *query)
{
	Arena *arena = html->call->arena;
	Text *values = arena_array_of(arena, Text, CERTIFICATE_KINDS + 1), *labels = arena_array_of(arena, Text, CERTIFICATE_KINDS + 1);
	values[0] = TEXT("");
	labels[0] = tr(html->lang, "All");
	for (size_t i = 0; i < CERTIFICATE_KINDS; i++) {
		values[i + 1] = text_from(certificate_kind_tag((CertificateKind)i));
		labels[i + 1] = tr(html->lang, certificate_kind_text((CertificateKind)i));
	}
	Filter filters[] = {
		{ .name = TEXT("q"), .label = tr(html->lang, "Number or name of the holder"), .value = query->words, .is_search = true },
		{ .name = TEXT("kind"),
			.label = tr(html->lang, "Kind"),
			.value = query->kind == CERTIFICATE_KINDS ? TEXT("") : text_from(certificate_kind_tag(query->kind)),
			.choice_values = values,
			.choice_labels = labels,
			.choice_count = CERTIFICATE_KINDS + 1 }
	};
	return part_filters(html,
		&(FilterBar) { .action = url_public(html->request, TEXT("/certificates")), .filters = filters, .count = COUNT(filters) });
}

static Error show_list(Request *request)
{
	Call *call = request->call;
	Html *html;
	Certificates list;
	Text words = request_query(request, TEXT("q"));
	CertificateQuery query = {
		.kind = CERTIFICATE_KINDS, .words = words.at ? words : TEXT(""), .before = request_query_number(request, TEXT("before"))
	};
	if (!certificate_kind_parse(request_query(request, TEXT("kind")), &query.kind)) query.kind = CERTIFICATE_KINDS;
	PageHead head = { .title = tr(call->lang, "Register of certificates"),
		.lead = tr(call->lang, "What the library has certified, and whether it holds today."),
		.wide = true };
	TRY(certificate_list(call, &query, PAGE, &list));
	TRY(html_page_open(request, &head, &html));
	CertificateListView view = { .filters = filters_of(html, &query),
		.check = url_local(call->arena, "/certificates/check"),
		.conditions = url_local(call->arena, "/certificates/conditions") };
	if (list.count)
		view.table = table_of(html, &list);
	else
		view.empty = part_empty(html, tr(html->lang, "No certificate is found."),
			tr(html->lang, "A certificate that is not in this register was not issued by this library."), (Url) { { 0 } },
			TEXT(""));
	if (list.count == PAGE) {
		Text kind = query.kind == CERTIFICATE_KINDS ? TEXT("") : text_from(certificate_kind_tag(query.kind));
		Url older = url_public(request, TEXT("/certificates"));
		older.text = arena_printf(call->arena, "%.*s?q=%.*s&kind=%.*s&before=%lld", TEXT_ARGS(older.text),
			TEXT_ARGS(url_segment(call->arena, query.words)), TEXT_ARGS(kind), (long long)list.at[PAGE - 1].id);
		view.pager = part_pager(html, (Url) { { 0 } }, older);
	}
	page_certificate_list(html, &view);
	reply_public(request, TEXT("certificate"));
	return html_page_close(request, html);
}

/* ---- One certificate */
static Error find_asked(Request *request, Certificate *out)
{
	return certificate_find(request->call, request_parameter(request, TEXT("number")), out);
}

static Text level_of(Lang lang, Text tag)
{
	Level level;
	return level_parse(tag, &level) ? tr(lang, level_text(level)) : tag;
}

static Text class_of(Lang lang, Text tag)
{
	const WeaknessClass *weakness = tag.length ? weakness_find(tag) : NULL;
	return weakness ? tr(lang, weakness->text) : tag;
}

static Markup facts_of(Html *html, const Certificate *certificate)
{
	const CertificateOrder *is = &certificate->is;
	Lang lang = html->lang;
	Arena *arena = html->call->arena;
	LIST_OF(Fact) facts = { 0 };
	const Fact all[] = { { .label = tr(lang, "Certificate number"), .markup = part_copy(html, certificate->number) },
		{ .label = tr(lang, "Kind"), .text = tr(lang, certificate_kind_text(is->kind)) },
		{ .label = tr(lang, "Holder"), .text = holder_of(html, certificate) },
		{ .label = tr(lang, "Unified social credit code"), .text = is->credit_code },
		{ .label = tr(lang, "What is certified"), .text = what_of(html, certificate) },
		{ .label = tr(lang, "Level"), .text = is->kind == CERTIFICATE_FIND ? level_of(lang, is->level) : TEXT("") },
		{ .label = tr(lang, "Class of weakness"), .text = class_of(lang, is->class_tag) },
		{ .label = tr(lang, "Document of the decision"), .text = is->document },
		{ .label = tr(lang, is->kind == CERTIFICATE_UNIT ? N_("Valid from") : N_("Received on")),
			.markup = part_date(html, is->from_at) },
		{ .label = tr(lang, "Valid until"), .markup = until_of(html, certificate) },
		{ .label = tr(lang, "Issued on"), .markup = part_date(html, certificate->issued_at) },
		{ .label = tr(lang, "Takes the place of"),
			.text = is->replaces,
			.url = url_public(html->request, arena_printf(arena, "/certificates/%.*s", TEXT_ARGS(is->replaces))) } };
	for (size_t i = 0; i < COUNT(all); i++)
		if (all[i].text.length || all[i].markup.text.length) list_add(arena, &facts, all[i]);
	return part_facts(html, facts.at, facts.count);
}

/* Both questions, each answered by itself: who issued it, and does it hold today. */
static Markup trust_of(Html *html, const Certificate *certificate)
{
	bool holds = certificate_holds(certificate, html->call->now);
	const CertificateState *state = certificate_state(certificate, html->call->now);
	Check checks[] = {
		{ tr(html->lang, "Issued by this library; its entry stands in the ledger."), tr(html->lang, "yes"), TEXT("good") },
		{ holds ? tr(html->lang, "It holds today.") : tr(html->lang, "It does not hold today."),
			holds ? tr(html->lang, "yes") : tr(html->lang, state->text), holds ? TEXT("good") : TEXT("bad") },
	};
	return part_checks(html, checks, COUNT(checks));
}

static Error history_of(Html *html, const Certificate *certificate, Markup *out)
{
	CertificateSteps steps;
	TRY(certificate_steps(html->call, certificate->id, &steps));
	TimelineEntry *entries = arena_array_of(html->call->arena, TimelineEntry, steps.count + 1);
	for (size_t i = 0; i < steps.count; i++) {
		const CertificateStep *step = &steps.at[steps.count - 1 - i];
		const Text parts[] = { step->reason, step->document };
		Text note = arena_join(html->call->arena, step->reason.length ? parts : parts + 1,
			step->reason.length && step->document.length   ? 2
			: step->reason.length || step->document.length ? 1
								       : 0,
			TEXT(" · "));
		entries[i] =
			(TimelineEntry) { .at = step->at, .title = tr(html->lang, certificate_action_text(step->action)), .note = note };
	}
	*out = part_timeline(html, entries, steps.count);
	return OK;
}

static Error show_one(Request *request)
{
	Call *call = request->call;
	Html *html;
	Certificate certificate;
	TRY(find_asked(request, &certificate));
	Crumb crumbs[] = { { tr(call->lang, "Register of certificates"), url_public(request, TEXT("/certificates")) },
		{ .text = certificate.number } };
	PageHead head = { .title = call->lang == LANG_EN && certificate.is.holder_en.length ? certificate.is.holder_en
											    : certificate.is.holder,
		.crumbs = crumbs,
		.crumb_count = COUNT(crumbs) };
	TRY(html_page_open(request, &head, &html));
	Text own = arena_printf(call->arena, "/certificates/%.*s", TEXT_ARGS(certificate.number));
	CertificateShowView view = { .chip = chip_of(html, &certificate),
		.facts = facts_of(html, &certificate),
		.trust = trust_of(html, &certificate),
		.proof = url_local(call->arena, "%.*s/proof.txt", TEXT_ARGS(own)),
		.record = url_local(call->arena, "%.*s/record.json", TEXT_ARGS(own)),
		.signer = url_local(call->arena, "/certificates/signer.pem"),
		.json = url_local(call->arena, "/api/v1%.*s", TEXT_ARGS(own)) };
	TRY(history_of(html, &certificate, &view.history));
	page_certificate_show(html, &view);
	/* What it says of today ends by itself at midnight: never kept by the cache. */
	return html_page_close(request, html);
}

static Error send_proof(Request *request)
{
	Certificate certificate;
	Text proof;
	TRY(find_asked(request, &certificate));
	TRY(certificate_proof(request->call, &certificate, &proof));
	reply_text(request, TEXT("text/plain; charset=utf-8"), proof);
	return OK;
}

static Error send_record(Request *request)
{
	Certificate certificate;
	TRY(find_asked(request, &certificate));
	reply_text(request, TEXT("application/json"), certificate.record);
	reply_public(request, arena_printf(request->call->arena, "certificate:%.*s", TEXT_ARGS(certificate.number)));
	return OK;
}

/* The key of the profile first; what was signed under the other is still checked with the other. */
static Error send_signer(Request *request)
{
	Call *call = request->call;
	const House *house = call->house;
	const Stamp *first = pdf_stamp(call);
	const Stamp *const stamps[] = { first, first == house->stamp ? house->stamp_sm2 : house->stamp };
	Buffer out = { .arena = call->arena };
	for (size_t i = 0; i < COUNT(stamps); i++)
		if (stamps[i]) buffer_put(&out, stamp_certificates(call->arena, stamps[i]));
	if (!out.length) return fail(call, NOT_FOUND, "there is no key for documents");
	reply_text(request, TEXT("application/x-pem-file"), buffer_text(&out));
	return OK;
}

static Error send_file(Request *request)
{
	Text name, bytes;
	TRY(certificate_file(request->call, request_parameter(request, TEXT("number")), &name, &bytes));
	return export_bytes(request, name, bytes);
}

/* ---- The check */
typedef struct CheckForm {
	Uploads file;
} CheckForm;
static const FieldSpec check_fields[] = { { "file", FIELD_FILES, offsetof(CheckForm, file) } };
static const FormSpec check_form = { check_fields, COUNT(check_fields), sizeof(CheckForm), .max_body_bytes = CHECK_BYTES_MAX };

/* "SM2 with SM3 · CN = …" */
static Text signature_of(const Html *html, const CertificateCheck *check)
{
	if (!check->signed_by.algorithm) return TEXT("");
	return arena_printf(html->call->arena, "%s · %.*s", check->signed_by.algorithm, TEXT_ARGS(check->signed_by.name));
}

static Markup result_of(Html *html, const CertificateCheck *check)
{
	Lang lang = html->lang;
	if (check->what == CHECK_UNKNOWN)
		return part_note(html, TEXT("bad"), tr(lang, "The library has not signed this file."),
			markup_text(html,
				tr(lang, "It may have been changed or saved anew. Look for the number printed on it in the register.")));
	if (check->why) return part_note(html, TEXT("bad"), tr(lang, "The proof does not hold."), markup_text(html, tr(lang, check->why)));
	bool holds = certificate_holds(&check->certificate, html->call->now);
	const char *says = check->what == CHECK_FILE ? N_("Signed by this library, and unchanged.")
						     : N_("The proof is right: the entry stands in the ledger.");
	LIST_OF(Fact) facts = { 0 };
	const Fact all[] = { { .label = tr(lang, "Certificate number"),
				     .text = check->certificate.number,
				     .url = page_url(html->request, &check->certificate) },
		{ .label = tr(lang, "Signature"), .text = signature_of(html, check) },
		{ .label = tr(lang, "Holder"), .text = holder_of(html, &check->certificate) },
		{ .label = tr(lang, "State"), .markup = chip_of(html, &check->certificate) },
		{ .label = tr(lang, "Does it hold?"), .text = holds ? tr(lang, "It holds today.") : tr(lang, "It does not hold today.") } };
	for (size_t i = 0; i < COUNT(all); i++)
		if (all[i].text.length || all[i].markup.text.length) list_add(html->call->arena, &facts, all[i]);
	return part_note(html, holds ? TEXT("good") : TEXT("warn"), tr(lang, says), part_facts(html, facts.at, facts.count));
}

static Error show_with(Request *request, const CertificateCheck *check)
{
	Html *html;
	Failure failure = request->call->failure;
	PageHead head = { .title = tr(request->call->lang, "Check a certificate") };
	FormField field = form_field(request, "file", INPUT_FILE, N_("File of the certificate, or its proof"), NULL, TEXT(""));
	request->call->failure = failure;
	TRY(html_page_open(request, &head, &html));
	CertificateCheckView view = { .field = part_field(html, &field),
		.action = url_local(request->call->arena, "/certificates/check"),
		.registered = url_public(request, TEXT("/certificates")) };
	if (check) view.result = result_of(html, check);
	page_certificate_check(html, &view);
	return html_page_close(request, html);
}

static Error show_check(Request *request) { return show_with(request, NULL); }

static Error do_check(Request *request)
{
	const CheckForm *form = request->form;
	Call *call = request->call;
	CertificateCheck check;
	if (!form->file.count || !form->file.at[0].size_bytes) {
		call_problem(call, TEXT("file"), N_("Please choose a file."), (Text) { 0 });
		return call_check_problems(call);
	}
	const Upload *upload = &form->file.at[0];
	char *bytes = arena_alloc(call->arena, (size_t)upload->size_bytes);
	size_t length = 0;
	for (ssize_t got; length < (size_t)upload->size_bytes &&
			  (got = read(upload->descriptor, bytes + length, (size_t)upload->size_bytes - length)) > 0;)
		length += (size_t)got;
	TRY(certificate_check(call, (Text) { bytes, length }, &check));
	return show_with(request, &check);
}

#define EVERYBODY .may = ROLE_EVERYBODY
#define PUBLIC EVERYBODY, .is_public = true
static const Route routes[] = {
	{ GET, "/certificates", show_list, PUBLIC, .summary = "The register of certificates; q: a number or a part of the holder's name" },
	{ GET, "/certificates/check", show_check, EVERYBODY, .summary = "The form that checks the file of a certificate" },
	{ POST, "/certificates/check", do_check, EVERYBODY, .form = &check_form, .retry = show_check, .weight = 5,
		.summary = "Whether the library has signed this file, and whether the certificate holds today" },
	{ GET, "/certificates/signer.pem", send_signer, PUBLIC,
		.summary = "Certificates (X.509) of the keys that sign the files of certificates" },
	{ GET, "/certificates/:number", show_one, PUBLIC, .summary = "A certificate: what it says, whether it holds, its history" },
	{ GET, "/certificates/:number/proof.txt", send_proof, PUBLIC, .summary = "The ledger's proof of a certificate" },
	{ GET, "/certificates/:number/record.json", send_record, PUBLIC, .summary = "Byte by byte what the proof of a certificate is of" },
	{ GET, "/certificates/:number/file.pdf", send_file, .may = ROLE_PEOPLE, .weight = 5,
		.summary = "The signed file of a certificate, for its holder and the office" },
};
const RouteTable certificate_routes = { "work/certificate", routes, COUNT(routes) };
