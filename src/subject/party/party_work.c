/* Parties on somebody's own page. */
#include "store/seal/seal.h"
#include "subject/party/party.sql.h"
#include "subject/party/party_private.h"
#include "subject/party/party_work.sql.h"

/* As reading one party asks for it: both sides show a second factor. */
static uint32_t library_roles(const Call *call) { return report_reading_roles(call->actor) & ROLE_COORDINATOR; }

static bool is_library(const Call *call) { return call->actor->second_factor && report_reading_roles(call->actor) != 0; }

typedef struct PartyNames {
	Text ref, name, name_en;
	Sealed sealed_name, sealed_product;
} PartyNames;

/* Its own product for the vendor; vendor and product for the library. */
static Error title_of(Call *call, const PartyNames *names, bool with_vendor, Text *out)
{
	Text vendor = call->lang == LANG_EN && names->name_en.length ? names->name_en : names->name, product;
	if (!vendor.at) TRY(seal_open(call, "party|sealed_name", names->ref, names->sealed_name, &vendor));
	TRY(seal_open(call, "party|sealed_product", names->ref, names->sealed_product, &product));
	const Text parts[] = { vendor, product };
	if (!product.length)
		*out = vendor.at ? vendor : TEXT("");
	else
		*out = with_vendor && vendor.length ? arena_join(call->arena, parts, 2, TEXT(" · ")) : product;
	return OK;
}

static Text page_of(Arena *arena, Text ref) { return arena_printf(arena, "/parties/%.*s", TEXT_ARGS(ref)); }

static Error add_lines(Call *call, const PartyWorkRows *rows, bool is_vendor, WorkLines *lines)
{
	for (size_t i = 0; i < rows->count; i++) {
		const PartyWorkRow *row = &rows->at[i];
		PartyNames names = { row->ref, row->organisation_name, row->organisation_name_en, row->sealed_name, row->sealed_product };
		WorkLine line = { .machine = &party_machine,
			.id = row->id,
			.updated_at = row->updated_at,
			.unread = row->unread,
			.number = row->ref,
			.path = page_of(call->arena, row->ref),
			.state = workflow_state(&party_machine, row->state),
			.parts = is_vendor          ? WORK_VENDOR
				 : row->is_verifier ? WORK_VERIFIER
						    : WORK_COORDINATOR };
		if (!line.state) return fail(call, CORRUPT, "party %.*s has no state", TEXT_ARGS(row->ref));
		if (row->clock.at)
			line.clock = work_clock(&party_machine, row->clock, row->started_at.value, row->due_at.value,
				row->provisional.value != 0, row->limit_days.value, call->now);
		TRY(title_of(call, &names, !is_vendor, &line.title));
		list_add(call->arena, lines, line);
	}
	return OK;
}

static Error open_ones(Call *call, int64_t max, WorkLines *lines)
{
	PartyWorkRows vendor = { 0 }, library = { 0 };
	Numbers organisations;
	int64_t person_id = call->actor->person_id;
	TRY(party_audiences(call, &organisations));
	if (organisations.count) TRY(party_work_vendor_open(call, organisations, person_id, max, &vendor));
	if (is_library(call)) TRY(party_work_library(call, person_id, library_roles(call), max, &library));
	TRY(add_lines(call, &vendor, true, lines));
	return add_lines(call, &library, false, lines);
}

static Error own(Call *call, int64_t before, int64_t max, WorkLines *lines)
{
	PartyWorkRows rows = { 0 };
	Numbers organisations;
	TRY(party_audiences(call, &organisations));
	if (organisations.count)
		TRY(party_work_vendor(call, organisations, call->actor->person_id, before ? before : INT64_MAX, max, &rows));
	return add_lines(call, &rows, true, lines);
}

static Error add_events(Call *call, const PartyWorkEventRows *rows, bool is_vendor, WorkEvents *events)
{
	for (size_t i = 0; i < rows->count; i++) {
		const PartyWorkEventRow *row = &rows->at[i];
		PartyNames names = { row->ref, row->organisation_name, row->organisation_name_en, row->sealed_name, row->sealed_product };
		WorkEvent event = { .machine = &party_machine,
			.id = row->id,
			.at = row->at,
			.number = row->ref,
			.path = page_of(call->arena, row->ref),
			.words = work_words(call->lang, &party_machine, row->action) };
		TRY(title_of(call, &names, !is_vendor, &event.title));
		list_add(call->arena, events, event);
	}
	return OK;
}

static Error events_since(Call *call, int64_t since, int64_t max, WorkEvents *events)
{
	PartyWorkEventRows vendor = { 0 }, library = { 0 };
	Numbers organisations;
	int64_t person_id = call->actor->person_id;
	Texts moves = work_actions(call->arena, &party_machine, true), all = work_actions(call->arena, &party_machine, false);
	TRY(party_audiences(call, &organisations));
	if (organisations.count) TRY(party_work_events_vendor(call, organisations, person_id, moves, since, max, &vendor));
	if (is_library(call)) TRY(party_work_events_library(call, person_id, library_roles(call), all, since, max, &library));
	TRY(add_events(call, &vendor, true, events));
	return add_events(call, &library, false, events);
}

const Worklist party_worklist = { &party_machine, open_ones, own, events_since, NULL };
