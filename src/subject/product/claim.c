/* Claims of vendors: who may, how they are shown, what follows. */
#include "base/base/random.h"
#include "base/crypto/certificate.h"
#include "people/person/person.h"
#include "store/seal/seal.h"
#include "subject/product/product_private.h"

enum { CLAIMS_MAX = 50, NOTE_MAX = 2000, SIGNATURE_BYTES_MAX = 2048 };

/* ---- Reading */
static Text challenge_of(Call *call, const ClaimRow *row)
{
	if (text_is(row->method, TEXT("store")) || text_is(row->method, TEXT("host")))
		return arena_printf(call->arena, "cappvd-%.*s", TEXT_ARGS(row->token));
	return arena_printf(
		call->arena, "product claim %.*s %.*s %.*s", TEXT_ARGS(row->ref), TEXT_ARGS(row->target), TEXT_ARGS(row->token));
}

static Error claim_of_row(Call *call, const ClaimRow *row, ProductClaim *out)
{
	ClaimFacts *facts = arena_new_of(call->arena, ClaimFacts);
	int64_t rivals = 0;
	ProductClaim claim = { .id = row->id,
		.revision = row->revision,
		.product_id = row->product_id,
		.seal_key = row->seal_key,
		.claimed_at = row->claimed_at,
		.changed_at = row->changed_at,
		.ref = row->ref,
		.state = row->state,
		.method = row->method,
		.target = row->target,
		.challenge = challenge_of(call, row),
		.fault = row->fault,
		.is_proven = row->is_proven,
		.facts = facts };
	TRY(seal_open(call, "product_claim|sealed_note", row->ref, row->sealed_note, &claim.note));
	TRY(seal_open(call, "product_claim|sealed_decision", row->ref, row->sealed_decision, &claim.decision));
	TRY(product_heir_of(call, row->organisation_id, &claim.organisation_id));
	TRY(claim_rivals(call, row->product_id, row->id, &rivals));
	claim.is_contested = rivals > 0;
	TRY(product_owner(call, row->product_id, &facts->held_by));
	facts->organisation_id = claim.organisation_id;
	facts->is_held = facts->held_by != 0 && facts->held_by != claim.organisation_id;
	facts->is_by_certificate = text_is(row->method, TEXT("certificate"));
	facts->is_by_host = text_is(row->method, TEXT("host"));
	TRY(org_is_admin(call, claim.organisation_id, call->actor->person_id, &facts->is_admin));
	*out = claim;
	return OK;
}

static Maybe organisation_of(const Call *call) { return (Maybe) { call->actor->organisation_id != 0, call->actor->organisation_id }; }

Error product_claim_open(Call *call, Text ref, ProductClaim *out)
{
	ClaimRow row;
	bool found = false;
	TRY(claim_by_ref(call, ref, product_is_staff(call->actor), organisation_of(call), &row, &found));
	return found ? claim_of_row(call, &row, out) : fail(call, NOT_FOUND, "no such claim, or not this actor's to see");
}

static Error claims_of_rows(Call *call, const ClaimRows *rows, ProductClaims *out)
{
	ProductClaims claims = { 0 };
	for (size_t i = 0; i < rows->count; i++) {
		ProductClaim claim;
		TRY(claim_of_row(call, &rows->at[i], &claim));
		list_add(call->arena, &claims, claim);
	}
	*out = claims;
	return OK;
}

Error product_claims(Call *call, int64_t product_id, ProductClaims *out)
{
	ClaimRows rows;
	TRY(claim_rows(call, product_id, product_is_staff(call->actor), organisation_of(call), CLAIMS_MAX, &rows));
	return claims_of_rows(call, &rows, out);
}

Error product_claims_waiting(Call *call, int64_t after, int64_t max, ProductClaims *out)
{
	ClaimRows rows;
	if (!product_is_staff(call->actor)) return fail(call, FORBIDDEN, "not a coordinator with second factor");
	TRY(claim_rows_in_state(call, TEXT("REVIEW"), after, max, &rows));
	return claims_of_rows(call, &rows, out);
}

/* ---- Claiming */
typedef struct Claiming {
	Text product_ref, method, target, note, ref;
} Claiming;

static Error check_target(Call *call, const Product *product, Claiming *claiming)
{
	bool is_verified = false, found = false, is_staff = text_is(claiming->method, TEXT("staff"));
	Text value = TEXT("");
	if (is_staff) {
		claiming->target = TEXT("");
		return OK;
	}
	if (identity_parse(call->arena, claiming->method, claiming->target, &value))
		TRY(identity_is(call, product->id, claiming->method, value, &is_verified, &found));
	if (!found)
		call_problem(call, TEXT("target"), N_("The product is not known by this. Add it to the product's identities first."),
			(Text) { 0 });
	claiming->target = value;
	return call_check_problems(call);
}

static Error claim_product(Call *call, void *argument)
{
	Claiming claiming = *(Claiming *)argument;
	const Actor *actor = call->actor;
	Organisation organisation;
	Product product;
	Text running;
	Sealed note;
	bool is_admin = false, found = false;
	Matter matter = { .state = TEXT("OPEN"), .revision = 1, .ref = token_new(call->arena, 16) };
	if (!actor_has(actor, ROLE_VENDOR_ADMIN)) return fail(call, FORBIDDEN, "not an administrator of a vendor");
	TRY(org_is_admin(call, actor->organisation_id, actor->person_id, &is_admin));
	if (!is_admin) return fail(call, FORBIDDEN, "not an administrator of the organisation");
	TRY(org_find(call, actor->organisation_id, &organisation));
	if (organisation.state != ORG_VERIFIED) return fail(call, FORBIDDEN, "the organisation is not verified");
	TRY(product_open(call, claiming.product_ref, &product));
	TRY(claim_running(call, product.id, organisation.id, &running, &found));
	if (found || product.organisation_id == organisation.id) return fail(call, CONFLICT, "claimed or held already");
	TRY(check_target(call, &product, &claiming));
	TRY(seal_matter_new(call, &matter.seal_key));
	TRY(seal_close(call, matter.seal_key, "product_claim|sealed_note", matter.ref, claiming.note, &note));
	TRY(claim_insert(call, matter.ref, product.id, organisation.id, claiming.method, claiming.target, token_new(call->arena, 32),
		actor->person_id, matter.seal_key, note, call->now, &matter.id));
	TRY(workflow_begin(call, &claim_machine, &matter));
	((Claiming *)argument)->ref = matter.ref;
	return OK;
}

Error product_claim(Call *call, Text product_ref, Text method, Text target, Text note, Text *out_ref)
{
	Claiming claiming = { .product_ref = product_ref, .method = method, .target = target, .note = text_trim(note) };
	const Text methods[] = { TEXT("certificate"), TEXT("store"), TEXT("host"), TEXT("staff") };
	bool is_known = false;
	for (size_t i = 0; i < COUNT(methods); i++) is_known = is_known || text_is(method, methods[i]);
	if (!is_known) call_problem(call, TEXT("method"), N_("Please choose."), (Text) { 0 });
	if (text_utf8_length(claiming.note) > NOTE_MAX) call_problem(call, TEXT("note"), N_("This is too long."), (Text) { 0 });
	TRY(call_check_problems(call));
	TRY(db_transact(call, claim_product, &claiming));
	*out_ref = claiming.ref;
	return OK;
}

/* ---- The machine */
void product_claim_matter(const ProductClaim *claim, Matter *out)
{
	*out = (Matter) { .id = claim->id,
		.revision = claim->revision,
		.ref = claim->ref,
		.state = claim->state,
		.facts = claim->facts,
		.seal_key = claim->seal_key };
}

Error claim_machine_load(Call *call, Text ref, Matter *out)
{
	ProductClaim claim;
	TRY(product_claim_open(call, ref, &claim));
	product_claim_matter(&claim, out);
	return OK;
}

Error claim_machine_move(Call *call, const Matter *matter, Text to, int64_t *out_changed)
{
	return claim_move(call, matter->id, matter->state, to, matter->revision, call->now, out_changed);
}

/* The signature is over this claim's own challenge, so none of another claim fits. */
static Error check_signature(Call *call, const ProductClaim *claim, const Map *values)
{
	Digest fingerprint;
	Text signature, given = form_answer(values, "signature");
	Buffer compact = { .arena = call->arena };
	for (size_t i = 0; i < given.length; i++)
		if (!strchr(" \t\r\n", given.at[i])) buffer_byte(&compact, given.at[i]);
	bool is_base64 = base64_parse(call->arena, buffer_text(&compact), &signature) && signature.length <= SIGNATURE_BYTES_MAX;
	if (!certificate_fingerprint(form_answer(values, "certificate"), &fingerprint))
		call_problem(call, TEXT("certificate"), N_("This is not a certificate in PEM text."), (Text) { 0 });
	else if (!text_is(hex_text(call->arena, DIGEST_TEXT(fingerprint)), claim->target))
		call_problem(call, TEXT("certificate"), N_("This is another certificate than the one the claim names."), (Text) { 0 });
	else if (!is_base64 || !certificate_verify(form_answer(values, "certificate"), claim->challenge, signature))
		call_problem(call, TEXT("signature"), N_("The signature does not fit this text and certificate."), (Text) { 0 });
	return call_check_problems(call);
}

/* Proven over what was verified, and uncontested: nobody has to decide. */
Error claim_settle(Call *call, Text ref)
{
	ProductClaim claim;
	bool is_verified = false, found = false;
	Matter matter;
	TRY(product_claim_open(call, ref, &claim));
	TRY(identity_is(call, claim.product_id, claim.method, claim.target, &is_verified, &found));
	if (claim.is_contested || !found || !is_verified) return OK;
	product_claim_matter(&claim, &matter);
	const Actor *actor = call->actor;
	call->actor = &product_settling_actor;
	Error error = workflow_apply(call, &claim_machine, &matter, &(Act) { .action = TEXT("grant"), .revision = matter.revision });
	call->actor = actor;
	return error;
}

static Error keep_decision(Call *call, const Matter *matter, const Map *values)
{
	Sealed decision;
	Text reason = values ? form_answer(values, "reason") : TEXT("");
	TRY(seal_close(call, matter->seal_key, "product_claim|sealed_decision", matter->ref, reason, &decision));
	return claim_decide(call, matter->id, decision);
}

static Error change_owner(Call *call, const ProductClaim *claim, bool holds)
{
	Product product;
	TRY(product_find(call, claim->product_id, &product));
	TRY(product_set_owner(call, product.id, (Maybe) { holds, claim->organisation_id }, call->now));
	TRY(product_record(call, &product, holds ? "claim" : "end-claim", claim->ref));
	return product.is_public ? change_record(call, "product", product.ref) : OK;
}

Error claim_machine_applied(Call *call, Matter *matter, const Transition *row, const void *input)
{
	ProductClaim claim;
	ClaimRow found_row;
	bool found = false;
	TRY(claim_by_ref(call, matter->ref, true, (Maybe) { 0 }, &found_row, &found));
	TRY(claim_of_row(call, &found_row, &claim));
	const Form *form = claim_action_form(row->form); /* of people */
	if (form && call->actor != &product_settling_actor) TRY(form_check(call, form, input ? input : map_new(call->arena)));
	if (!strcmp(row->action, "prove")) {
		TRY(check_signature(call, &claim, input));
		return claim_prove(call, claim.id);
	}
	if (!strcmp(row->action, "fetch")) return claim_read_domain(call, &claim);
	if (!strcmp(row->action, "found")) return claim_prove(call, claim.id);
	if (!strcmp(row->action, "missed")) return claim_set_fault(call, claim.id, *(const Text *)input);
	if (!strcmp(row->action, "submit") || !strcmp(row->action, "withdraw")) return OK;
	TRY(keep_decision(call, matter, input));
	if (!strcmp(row->action, "grant")) return change_owner(call, &claim, true);
	return !strcmp(row->to, "ENDED") ? change_owner(call, &claim, false) : OK;
}

typedef struct Acting {
	Text ref;
	Act act;
} Acting;

static Error act_and_settle(Call *call, void *argument)
{
	const Acting *acting = argument;
	Matter matter;
	TRY(workflow_act(call, &claim_machine, acting->ref, &acting->act, &matter));
	return text_is(acting->act.action, TEXT("prove")) ? claim_settle(call, acting->ref) : OK;
}

Error product_claim_act(Call *call, Text ref, Text action, int64_t revision, const Map *values)
{
	Acting acting = { ref, { .action = action, .revision = revision, .input = values } };
	return db_transact(call, act_and_settle, &acting);
}

const Actor product_settling_actor = { .roles = ROLE_SYSTEM, .second_factor = true };
