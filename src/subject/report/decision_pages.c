/* What was decided, by which rule; and the package for another library. */
#include "base/crypto/crypto.h"
#include "face/http/http.h"
#include "people/person/person.h"
#include "store/ledger/ledger.h"
#include "subject/report/decision_private.h"
#include "subject/report/report_private.h"
#include "subject/report/report_view.h"

Markup decision_markup(Html *html, const Report *report)
{
	Arena *arena = html->call->arena;
	Fact facts[4];
	size_t count = 0;
	const ReportReason *reason = text_is(report->state, TEXT("REJECTED")) ? report_reason(report->reason) : NULL;
	const ReportLibrary *library = text_is(report->state, TEXT("TRANSFERRED")) ? report_library(report->reason) : NULL;
	if (reason) {
		facts[count++] = (Fact) { .label = tr(html->lang, "Reason"), .text = tr(html->lang, reason->text) };
		facts[count++] = (Fact) { .label = tr(html->lang, "Rule"), .text = report_reason_rule(arena, html->lang, reason) };
	}
	if (library) {
		Fact fact = { .label = tr(html->lang, "Handed to"), .text = tr(html->lang, library->name) };
		if (*library->address && !url_parse(text_from(library->address), &fact.url)) fact.url = (Url) { { 0 } };
		facts[count++] = fact;
	}
	if (report->decision.length) facts[count++] = (Fact) { .label = tr(html->lang, "Explanation"), .text = report->decision };
	return count ? part_facts(html, facts, count) : (Markup) { TEXT("") };
}

static bool may_export(const Call *call, const Report *report)
{
	return text_is(report->state, TEXT("TRANSFERRED")) && (report_reading_roles(call->actor) & ROLE_COORDINATOR);
}

Error transfer_markup(Html *html, const Report *report, Markup *out)
{
	Call *call = html->call;
	Text manifest;
	*out = (Markup) { TEXT("") };
	if (!may_export(call, report)) return OK;
	TRY(transfer_manifest(call, report, report->reason, &manifest));
	Digest digest = sha256(manifest);
	Fact facts[] = { { .label = tr(html->lang, "Sealed package"),
				 .text = tr(html->lang, "Download"),
				 .url = url_local(call->arena, "/reports/%.*s/package", TEXT_ARGS(report->ref)) },
		{ .label = tr(html->lang, "Passphrase"), .markup = part_copy(html, transfer_passphrase(call, report)) },
		{ .label = tr(html->lang, "SHA-256 of its manifest, as the ledger holds it"),
			.markup = part_copy(html, hex_text(call->arena, DIGEST_TEXT(digest))) } };
	*out = part_note(html, TEXT("neutral"), tr(html->lang, "For the other library; the passphrase goes there by another way."),
		part_facts(html, facts, COUNT(facts)));
	return OK;
}

static Error record(Call *call, void *argument) { return ledger_record(call, argument, NULL); }

Error transfer_reply(Request *request)
{
	Call *call = request->call;
	const Report *report = request->subject;
	TransferPackage package;
	if (!may_export(call, report)) return fail(call, CONFLICT, "report %.*s is not handed on", TEXT_ARGS(report->ref));
	LedgerEvent event = { .kind = report_machine.name, .ref = report->ref, .action = "package", .matter = report->seal_key };
	TRY(db_transact(call, record, &event));
	TRY(transfer_package(call, report, &package));
	reply_download(request, package.name, package.file, package.size_bytes);
	return OK;
}

static const Route routes[] = {
	{ GET, "/reports/:ref/package", transfer_reply, .may = ROLE_COORDINATOR, .needs_second_factor = true, .subject = report_load,
		.weight = 5, .summary = "The sealed package of a report that was handed to another library" },
};
const RouteTable decision_routes = { "subject/report decisions", routes, COUNT(routes) };
