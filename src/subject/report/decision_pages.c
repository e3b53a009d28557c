/* What was decided, by which rule; and the package for another library. */
#include "base/crypto/crypto.h"
#include "face/http/http.h"
#include "people/person/person.h"
#include "store/ledger/ledger.h"
#include "subject/report/decision_private.h"
#include "subject/report/report_private.h"
#include "subject/report/report_view.h"

Error report_decision_word(Call *call, const Report *report, Word *out, bool *out_found)
{
	const Wordlist *list = text_is(report->state, TEXT("REJECTED")) ? &report_reasons : NULL;
	if (text_is(report->state, TEXT("TRANSFERRED"))) list = &report_libraries;
	*out_found = false;
	return list ? wordlist_find(call, list, report->reason, report->reason_version, out, out_found) : OK;
}

Error decision_markup(Html *html, const Report *report, Markup *out)
{
	Word word;
	Facts facts = { 0 };
	bool is_found;
	Arena *arena = html->call->arena;
	TRY(report_decision_word(html->call, report, &word, &is_found));
	if (is_found && text_is(report->state, TEXT("REJECTED"))) {
		list_add(arena, &facts, ((Fact) { .label = tr(html->lang, "Reason"), .text = word_text(&word, html->lang) }));
		if (word_source(&word, html->lang).length)
			list_add(arena, &facts, ((Fact) { .label = tr(html->lang, "Rule"), .text = word_source(&word, html->lang) }));
	} else if (is_found) {
		Fact fact = { .label = tr(html->lang, "Handed to"), .text = word_text(&word, html->lang) };
		if (!url_parse(word_source(&word, html->lang), &fact.url)) fact.url = (Url) { { 0 } };
		list_add(arena, &facts, fact);
	}
	if (report->decision.length) list_add(arena, &facts, ((Fact) { .label = tr(html->lang, "Explanation"), .text = report->decision }));
	*out = facts.count ? part_facts(html, facts.at, facts.count) : (Markup) { TEXT("") };
	return OK;
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
