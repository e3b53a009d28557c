/* The decision of a panel as a file: in both languages, with the proof of the ledger in it, signed with the library's key for documents. */
#include "base/base/clock.h"
#include "base/crypto/crypto.h"
#include "face/doc/pdf.h"
#include "face/doc/pdf_sign.h"
#include "store/blob/blob.h"
#include "store/ledger/ledger.h"
#include "store/setting/setting.h"
#include "subject/dispute/dispute_private.h"

enum { FILE_BYTES_MAX = 8 * 1024 * 1024 };

typedef struct Ruling {
	Call *call;
	const Dispute *dispute;
	DisputeSeats seats;
	Text grounds[LANG_COUNT];
	Lang lang;
	Pdf *pdf;
} Ruling;

static Text number_text(const Ruling *ruling, int64_t number) { return arena_printf(ruling->call->arena, "%lld", (long long)number); }
static Text time_text(const Ruling *ruling, int64_t at) { return at ? clock_human(ruling->call->arena, ruling->lang, at) : TEXT("—"); }

static void put_paragraph(const Ruling *ruling, Text text)
{
	pdf_paragraph(ruling->pdf, text, (PdfStyle) { .size = 10.5, .indent = 2, .before = 3 });
}

/* ---- What was decided about */
static void put_head(const Ruling *ruling)
{
	static const double shares[] = { 1, 3 };
	const Dispute *dispute = ruling->dispute;
	Lang lang = ruling->lang;
	const Text cells[] = { tr(lang, "Number of the dispute"), dispute->ref, tr(lang, "Appeal"),
		tr(lang, dispute_against_text(dispute->against)), tr(lang, "Matter"), dispute->subject, tr(lang, "Ground of the appeal"),
		ruling->grounds[lang], tr(lang, "The decision was made"), time_text(ruling, dispute->decided_at),
		tr(lang, "The appeal was made"), time_text(ruling, dispute->opened_at), tr(lang, "The answer was given"),
		time_text(ruling, dispute->answered_at), tr(lang, "Experts in the panel"), number_text(ruling, dispute->panel_size),
		tr(lang, "The panel decided"), time_text(ruling, dispute->ended_at) };
	Sheet sheet = { tr(lang, "Dispute"), NULL, 2, cells, COUNT(cells) / 2 };
	pdf_heading(ruling->pdf, 1, setting_text(ruling->call, SETTING_letter_sender));
	pdf_heading(ruling->pdf, 2, tr(lang, "Written decision of the panel of experts"));
	pdf_table(ruling->pdf, &sheet, shares);
}

/* ---- What was decided */
static const char *effect_text(const Dispute *dispute)
{
	if (text_is(dispute->outcome, TEXT("upheld"))) return N_("Nothing changes by this decision.");
	if (text_is(dispute->against, TEXT("rating")))
		return N_("The rating of the panel becomes the official one; the earlier one is kept beside it.");
	if (text_is(dispute->against, TEXT("named"))) return N_("The organisation is no longer named as affected.");
	return N_("The report is back in the formal review, with its number and its time of reception.");
}

static int64_t votes_for(const Ruling *ruling, const char *verdict)
{
	int64_t count = 0;
	for (size_t i = 0; i < ruling->seats.count; i++) count += text_is(ruling->seats.at[i].verdict, text_from(verdict));
	return count;
}

static void put_outcome(const Ruling *ruling)
{
	static const double shares[] = { 1, 3 };
	Lang lang = ruling->lang;
	const Dispute *dispute = ruling->dispute;
	const Text cells[] = { tr(lang, "Outcome"), tr(lang, dispute_outcome_text(dispute->outcome)), tr(lang, "Votes that it stands"),
		number_text(ruling, votes_for(ruling, "upheld")), tr(lang, "Votes that it does not stand"),
		number_text(ruling, votes_for(ruling, "set-aside")), tr(lang, "Seats that did not vote"),
		number_text(ruling, dispute->panel_size - votes_for(ruling, "upheld") - votes_for(ruling, "set-aside")) };
	Sheet sheet = { tr(lang, "Decision"), NULL, 2, cells, COUNT(cells) / 2 };
	pdf_heading(ruling->pdf, 3, sheet.name);
	pdf_table(ruling->pdf, &sheet, shares);
	if (dispute->is_tie) put_paragraph(ruling, tr(lang, "Equal: in doubt the decision does not stand"));
	put_paragraph(ruling, tr(lang, effect_text(dispute)));
}

/* Seats have numbers, and no names. */
static void put_votes(const Ruling *ruling)
{
	Arena *arena = ruling->call->arena;
	pdf_heading(ruling->pdf, 3, tr(ruling->lang, "Reasons of the members"));
	for (size_t i = 0; i < ruling->seats.count; i++) {
		const DisputeSeat *seat = &ruling->seats.at[i];
		if (!seat->verdict.length) continue;
		Text name = problem_text(
			arena, ruling->lang, &(Problem) { .message = N_("Seat %s"), .argument = number_text(ruling, seat->seat) });
		const PdfRun runs[] = {
			{ .text = arena_printf(
				  arena, "%.*s　%.*s\n", TEXT_ARGS(name), TEXT_ARGS(tr(ruling->lang, dispute_outcome_text(seat->verdict)))),
				.bold = true },
			{ .text = seat->words },
			{ .text = seat->gbt30279.length
					  ? arena_printf(arena, "\n%.*s\n%.*s", TEXT_ARGS(seat->gbt30279), TEXT_ARGS(seat->cvss))
					  : TEXT("") },
		};
		pdf_runs(ruling->pdf, runs, COUNT(runs), (PdfStyle) { .size = 10.5, .before = 4 });
	}
}

static void put_language(Ruling *ruling, Lang lang)
{
	ruling->lang = lang;
	put_head(ruling);
	put_outcome(ruling);
	put_votes(ruling);
	pdf_heading(ruling->pdf, 3, tr(lang, "How it was decided"));
	put_paragraph(ruling,
		tr(lang, "The members were drawn by chance among experts and verifiers who belong to no side, have declared no interest "
			 "and had no "
			 "part in the matter. Each voted alone; the votes were sealed and opened together. The majority decides. The words "
			 "of the "
			 "members stand as they were written. The proof that this decision stands in the ledger lies in this file."));
}

/* ---- The file */
static Error words_of(Ruling *ruling)
{
	Word word;
	bool found = false;
	const Dispute *dispute = ruling->dispute;
	TRY(dispute_seats(ruling->call, dispute, &ruling->seats));
	TRY(wordlist_find(ruling->call, &dispute_grounds, dispute->grounds, dispute->grounds_version, &word, &found));
	for (size_t lang = 0; lang < LANG_COUNT; lang++) ruling->grounds[lang] = found ? word_text(&word, (Lang)lang) : dispute->grounds;
	return OK;
}

Error dispute_file_body(Call *call, const Dispute *dispute, Text *out)
{
	Ruling ruling = { .call = call, .dispute = dispute };
	int64_t now = call->now;
	PdfSpec spec = { .title = arena_printf(call->arena, "%.*s %.*s",
				 TEXT_ARGS(tr(LANG_ZH, N_("Written decision of the panel of experts"))), TEXT_ARGS(dispute->ref)),
		.author = setting_text(call, SETTING_letter_sender),
		.subject = dispute->ref,
		.serif = true,
		.page_numbers = true,
		.page_code = arena_printf(
			call->arena, "%.*s%.*s", TEXT_ARGS(call->house->public_address), TEXT_ARGS(dispute_link(call, dispute))),
		.is_for_signing = true };
	TRY(words_of(&ruling));
	call->now = dispute->ended_at; /* the date of the document */
	scoped(pdf_close) Pdf *pdf = pdf_open(call, &spec);
	ruling.pdf = pdf;
	put_language(&ruling, LANG_ZH);
	pdf_page_break(pdf);
	put_language(&ruling, LANG_EN);
	Error error = pdf_finish(call, pdf, out);
	call->now = now;
	return error;
}

static Error check_proof(Call *call, Text proof)
{
	Receipt receipt;
	const char *why;
	bool is_proven = receipt_verify(call->arena, proof, signer_public(call->house->signer), 1, &receipt, &why) && receipt.proven;
	return is_proven ? OK : fail(call, BUSY, "the decision is not in the tree yet");
}

typedef struct Fetching {
	const Dispute *dispute;
	Text proof, bytes;
} Fetching;

static Error make(Call *call, Fetching *fetching)
{
	Text body, bytes;
	BlobFile file;
	int64_t blob = 0;
	const Dispute *dispute = fetching->dispute;
	TRY(dispute_file_body(call, dispute, &body));
	TRY(pdf_sign(call, body,
		&(PdfSigning) { .stamp = pdf_stamp(call),
			.name = setting_text(call, SETTING_letter_sender),
			.reason = dispute->ref,
			.file_name = TEXT("ledger-proof.txt"),
			.file_about = tr(LANG_ZH, N_("Proof of the ledger")),
			.file = fetching->proof },
		&bytes));
	Digest plain = sha256(body);
	TRY(blob_write(call, dispute->seal_key, bytes, &file));
	TRY(blob_keep(call, &file, &blob));
	TRY(dispute_file_insert(call, dispute->id, blob, hex_text(call->arena, DIGEST_TEXT(plain)), call->now));
	fetching->bytes = bytes;
	return ledger_record(call,
		&(LedgerEvent) { .kind = dispute_machine.name,
			.ref = dispute->ref,
			.action = "decision-file",
			.matter = dispute->seal_key,
			.detail = hex_text(call->arena, DIGEST_TEXT(file.content)) },
		NULL);
}

static Error fetch(Call *call, void *argument)
{
	Fetching *fetching = argument;
	DisputeFileRow kept;
	bool found = false;
	TRY(dispute_file_find(call, fetching->dispute->id, &kept, &found));
	return found ? blob_load(call, kept.blob_id, FILE_BYTES_MAX, &fetching->bytes) : make(call, fetching);
}

Error dispute_file(Call *call, const Dispute *dispute, Text *out_name, Text *out_bytes)
{
	Fetching fetching = { .dispute = dispute };
	if (!text_is(dispute->state, TEXT("DECIDED")))
		return fail(call, NOT_FOUND, "dispute %.*s has no decision", TEXT_ARGS(dispute->ref));
	if (!pdf_stamp(call)) return fail(call, CONFLICT, "there is no key for documents");
	TRY(dispute_receipt(call, dispute, &fetching.proof));
	TRY(check_proof(call, fetching.proof));
	TRY(db_transact(call, fetch, &fetching));
	*out_name = arena_printf(call->arena, "%.*s.pdf", TEXT_ARGS(dispute->ref));
	*out_bytes = fetching.bytes;
	return OK;
}
