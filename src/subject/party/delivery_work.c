/* Letters across packages: a partner's own worklist, and the same for coordinators by partner. */
#include "subject/party/delivery_private.h"

Error delivery_casefile(Call *call, const Delivery *delivery, Text *out_ref)
{
	bool found = false;
	uint32_t roles = delivery->is_staff && call->actor->second_factor ? delivery_reading_roles(call->actor) : 0;
	*out_ref = TEXT("");
	if (!roles) return OK;
	return delivery_casefile_ref(call, delivery->casefile_id, roles, out_ref, &found);
}

typedef struct Looking { /* whose letters are looked at */
	Numbers partners, own;
	uint32_t roles;
	bool is_all;
} Looking;

static Error partner_asked(Call *call, Text code, Numbers *out)
{
	Organisation organisation;
	Text parsed = credit_code_parse(call->arena, code);
	Error error = parsed.at ? org_find_code(call, parsed, &organisation) : ERROR_NOT_FOUND;
	if (error != OK && error != ERROR_NOT_FOUND) return error;
	call_pass_over(call);
	return error == OK ? party_organisations(call, organisation.id, out) : OK;
}

static Error looking_of(Call *call, Text partner, Looking *out)
{
	*out = (Looking) { .roles = delivery_reading_roles(call->actor) };
	TRY(delivery_partners(call, &out->own));
	if (out->own.count) {
		out->partners = out->own;
		out->roles = 0;
		return OK;
	}
	if (out->roles && partner.length) return partner_asked(call, partner, &out->partners);
	out->is_all = out->roles != 0;
	return OK;
}

static Error rows_of(Call *call, const Looking *looking, const DeliveryWorkFilter *filter, int64_t max, DeliveryWorkRows *out)
{
	int64_t before = filter->beyond ? filter->beyond : INT64_MAX;
	bool is_waiting = text_is(filter->outcome, TEXT("waiting"));
	*out = (DeliveryWorkRows) { 0 };
	if (looking->is_all && is_waiting) return delivery_work_next_all(call, looking->roles, filter->outcome, filter->beyond, max, out);
	if (looking->is_all) return delivery_work_last_all(call, looking->roles, filter->outcome, before, max, out);
	if (!looking->partners.count) return OK;
	if (is_waiting)
		return delivery_work_next(call, looking->partners, looking->own, looking->roles, filter->outcome, filter->beyond, max, out);
	return delivery_work_last(call, looking->partners, looking->own, looking->roles, filter->outcome, before, max, out);
}

static Error work_of(Call *call, const DeliveryWorkRow *row, bool is_staff, DeliveryWork *out)
{
	Organisation partner;
	DeliveryLetterRow letter = { .id = row->id,
		.ref = row->ref,
		.delivery_id = row->delivery_id,
		.party_id = row->party_id,
		.outcome = row->outcome,
		.sealed_letter = row->sealed_letter,
		.sealed_words = row->sealed_words,
		.fetched = row->fetched,
		.delivered_at = row->delivered_at,
		.reported_at = row->reported_at };
	*out = (DeliveryWork) { .partner_id = row->partner_id,
		.sent_at = row->sent_at,
		.due_at = row->due_at.is ? row->due_at.value : 0,
		.package = row->package,
		.state = row->state };
	TRY(org_find(call, row->partner_id, &partner));
	out->partner = org_shown_name(&partner, call->lang);
	return delivery_letter_of_row(call, &letter, is_staff, &out->letter);
}

Error delivery_work(Call *call, const DeliveryWorkFilter *filter, int64_t max, DeliveryWorks *out)
{
	Looking looking;
	DeliveryWorkRows rows;
	DeliveryWorks works = { 0 };
	if (!*delivery_outcome_text(filter->outcome)) return fail(call, USAGE, "outcome");
	TRY(looking_of(call, filter->partner, &looking));
	TRY(rows_of(call, &looking, filter, max, &rows));
	for (size_t i = 0; i < rows.count; i++) {
		DeliveryWork work;
		TRY(work_of(call, &rows.at[i], looking.roles != 0, &work));
		list_add(call->arena, &works, work);
	}
	*out = works;
	return OK;
}
