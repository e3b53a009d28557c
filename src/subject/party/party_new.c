/* What is asked when a party is named, for the pages and the API of the casefile. */
#include "subject/party/party_private.h"

static const FormChoice yes_no[] = { { "yes", N_("Yes") }, { "no", N_("No") } };
static const FormChoice kinds[] = { { "versions", N_("A product with versions: app or SDK") },
	{ "service", N_("A service: back end, mini-program or official account") } };
static const FormChoice sources[] = { { "filing", N_("App or mini-program filing") }, { "store", N_("Store listing") },
	{ "privacy", N_("Privacy policy") }, { "security-txt", N_("security.txt") }, { "other", N_("Elsewhere") } };

static const FormItem vendor_items[] = {
	{ "credit_code", FORM_TEXT, N_("Unified social credit code"),
		N_("Of the verified organisation; empty when the vendor has no account yet.") },
	{ "vendor", FORM_TEXT, N_("Vendor"), N_("As it was found; needed when there is no code.") },
	{ "mail", FORM_EMAIL, N_("Mail address"), NULL },
	{ "phone", FORM_TEXT, N_("Telephone"), NULL },
	{ "source", FORM_CHOICE, N_("Where the contact was found"), NULL, .choices = sources, .choice_count = COUNT(sources) },
};
static const FormItem product_items[] = {
	{ "product", FORM_TEXT, N_("Product"), NULL, .required = true },
	{ "kind", FORM_CHOICE, N_("What is to be repaired"), NULL, .required = true, .choices = kinds, .choice_count = COUNT(kinds) },
	{ "versions", FORM_LINES, N_("Affected version lines"), N_("One a line, such as “7.x”; each needs a fix of its own."),
		.max_length = 4000 },
	{ "own_provider", FORM_CHOICE, N_("Is it the provider of this very product?"), NULL, .required = true, .choices = yes_no,
		.choice_count = COUNT(yes_no) },
};
static const FormSection sections[] = {
	{ N_("Vendor"), NULL, vendor_items, COUNT(vendor_items) },
	{ N_("Product"), NULL, product_items, COUNT(product_items) },
};
const Form party_new_form = { "party-new", 1, N_("Name a party"), sections, COUNT(sections) };

static Error find_organisation(Call *call, Text code, int64_t *out_id)
{
	Organisation organisation;
	Text parsed = credit_code_parse(call->arena, code);
	Error error = parsed.at ? org_find_code(call, parsed, &organisation) : ERROR_NOT_FOUND;
	if (error != OK && error != ERROR_NOT_FOUND) return error;
	call_pass_over(call);
	if (error == ERROR_NOT_FOUND)
		call_problem(call, TEXT("credit_code"), N_("No verified organisation has this code."), (Text) { 0 });
	else
		*out_id = organisation.id;
	return OK;
}

Error party_new_take(Call *call, const Map *values, PartyNew *out)
{
	PartyNew party = { .name = form_answer(values, "vendor"),
		.mail = form_answer(values, "mail"),
		.phone = form_answer(values, "phone"),
		.source = form_answer(values, "source"),
		.product = form_answer(values, "product"),
		.versions = form_answer(values, "versions"),
		.is_service = text_is(form_answer(values, "kind"), TEXT("service")),
		.is_own_provider = text_is(form_answer(values, "own_provider"), TEXT("yes")) };
	TRY(form_check(call, &party_new_form, values));
	Text code = form_answer(values, "credit_code");
	if (code.length) TRY(find_organisation(call, code, &party.organisation_id));
	TRY(call_check_problems(call));
	*out = party;
	return OK;
}
