/* Declaring interests, and asking about them. */
#include "subject/interest/interest.h"

#include "base/base/clock.h"
#include "base/base/random.h"
#include "store/db/db.h"
#include "store/ledger/ledger.h"
#include "store/seal/seal.h"
#include "subject/interest/interest.sql.h"
#include "subject/product/product.h"

#define DAY_MS ((int64_t)24 * 3600000)
enum { YEARS = 3 };

static InterestDeclared *hook;
void interest_set_hook(InterestDeclared *declared) { hook = declared; }

/* ---- What is asked */
static const FormChoice declarers[] = { { "me", N_("Me") }, { "organisation", N_("My organisation") } };
static const FormChoice kinds[] = { { "group", N_("Belongs to the same group") }, { "competitor", N_("Is a competitor") },
	{ "customer", N_("Is or was a customer or supplier") } };
static const FormItem items[] = {
	{ "whose", FORM_CHOICE, N_("Whose interest it is"), N_("For the organisation its administrators declare."), .required = true,
		.choices = declarers, .choice_count = COUNT(declarers) },
	{ "kind", FORM_CHOICE, N_("Kind of interest"), NULL, .required = true, .choices = kinds, .choice_count = COUNT(kinds) },
	{ "credit_code", FORM_TEXT, N_("Unified social credit code of the other organisation"), N_("It need not have an account here.") },
	{ "product", FORM_TEXT, N_("Product"), N_("Its number in the catalogue, when the interest is in a product alone") },
	{ "from", FORM_DATE, N_("Since when"), NULL, .required = true },
	{ "until", FORM_DATE, N_("Until when"), N_("Empty: it goes on. A customer or supplier counts for three years more.") },
	{ "evidence", FORM_LINES, N_("What it is, and what shows it"), N_("Coordinators read this."), .required = true,
		.max_length = 2000 },
};
static const FormSection sections[] = { { N_("Interest"), NULL, items, COUNT(items) } };
const Form interest_form = { "interest", 1, N_("Declare an interest"), sections, COUNT(sections) };

const char *interest_kind_text(Text kind)
{
	for (size_t i = 0; i < COUNT(kinds); i++)
		if (text_is(kind, text_from(kinds[i].value))) return kinds[i].label;
	return "";
}

/* ---- Declaring */
typedef struct Declaring {
	const Map *values;
	int64_t organisation_id; /* 0: for the person */
	int64_t product_id, from_at, until_at;
	Text code, ref;
} Declaring;

/* The first instant of a day of Beijing. */
static int64_t day_of(Call *call, const Map *values, const char *field)
{
	int64_t at = 0;
	Text whole = arena_printf(call->arena, "%.*sT00:00:00+08:00", TEXT_ARGS(form_answer(values, field)));
	return clock_parse(whole, &at) ? at : 0;
}

static Error check_declarer(Call *call, Declaring *declaring)
{
	bool is_admin = false;
	if (!call->actor->person_id) return fail(call, UNAUTHENTICATED, "nobody is signed in");
	if (!text_is(form_answer(declaring->values, "whose"), TEXT("organisation"))) return OK;
	declaring->organisation_id = call->actor->organisation_id;
	if (declaring->organisation_id) TRY(org_is_admin(call, declaring->organisation_id, call->actor->person_id, &is_admin));
	if (!is_admin) call_problem(call, TEXT("whose"), N_("Only an administrator declares for the organisation."), (Text) { 0 });
	return OK;
}

static Error check_other(Call *call, Declaring *declaring)
{
	Product product;
	Text code = text_trim(form_answer(declaring->values, "credit_code")), ref = text_trim(form_answer(declaring->values, "product"));
	if (!code.length && !ref.length)
		call_problem(call, TEXT("credit_code"), N_("Please name the organisation or the product."), (Text) { 0 });
	if (code.length) declaring->code = credit_code_parse(call->arena, code);
	if (code.length && !declaring->code.at)
		call_problem(call, TEXT("credit_code"), N_("This is no unified social credit code."), (Text) { 0 });
	if (!ref.length) return OK;
	Error error = product_open(call, ref, &product);
	if (error != OK && error != ERROR_NOT_FOUND) return error;
	call_pass_over(call);
	if (error != OK) call_problem(call, TEXT("product"), N_("No product of the catalogue has this number."), (Text) { 0 });
	declaring->product_id = error == OK ? product.id : 0;
	return OK;
}

static Error tell_hook(Call *call, int64_t person_id) { return hook ? hook(call, person_id) : OK; }

static Error declare(Call *call, void *argument)
{
	Declaring *declaring = argument;
	const Map *values = declaring->values;
	int64_t key = 0;
	Sealed evidence;
	Numbers members = { 0 };
	bool is_own = !declaring->organisation_id;
	declaring->ref = random_code(call->arena, 16);
	TRY(seal_matter_new(call, &key));
	TRY(seal_close(call, key, "interest|sealed_evidence", declaring->ref, form_answer(values, "evidence"), &evidence));
	TRY(interest_insert(call, declaring->ref, (Maybe) { is_own, call->actor->person_id },
		(Maybe) { !is_own, declaring->organisation_id }, form_answer(values, "kind"), declaring->code,
		(Maybe) { declaring->product_id != 0, declaring->product_id }, declaring->from_at,
		(Maybe) { declaring->until_at != 0, declaring->until_at }, key, evidence, call->actor->person_id, call->now));
	LedgerEvent event = { .kind = "interest", .ref = declaring->ref, .action = "declare", .matter = key };
	TRY(ledger_record(call, &event, NULL));
	if (is_own) return tell_hook(call, call->actor->person_id);
	TRY(interest_members(call, declaring->organisation_id, &members));
	for (size_t i = 0; i < members.count; i++) TRY(tell_hook(call, members.at[i]));
	return OK;
}

Error interest_declare(Call *call, const Map *values, Text *out_ref)
{
	Declaring declaring = { .values = values };
	TRY(form_check(call, &interest_form, values));
	TRY(check_declarer(call, &declaring));
	TRY(check_other(call, &declaring));
	declaring.from_at = day_of(call, values, "from");
	if (form_answer(values, "until").length) declaring.until_at = day_of(call, values, "until") + DAY_MS;
	if (declaring.until_at && declaring.until_at <= declaring.from_at)
		call_problem(call, TEXT("until"), N_("The end has to lie after the beginning."), (Text) { 0 });
	TRY(call_check_problems(call));
	TRY(db_transact(call, declare, &declaring));
	*out_ref = declaring.ref;
	return OK;
}

static Error end(Call *call, void *argument)
{
	const Text *ref = argument;
	InterestRow row;
	bool found = false, may = false;
	int64_t changed = 0;
	TRY(interest_find(call, *ref, &row, &found));
	if (found && row.declarer_id.is) TRY(org_is_admin(call, row.declarer_id.value, call->actor->person_id, &may));
	may |= found && row.person_id.is && call->actor->person_id && row.person_id.value == call->actor->person_id;
	if (!may) return fail(call, NOT_FOUND, "no such interest of the actor's");
	TRY(interest_set_until(call, row.id, call->now, &changed));
	if (changed != 1) return fail(call, NOT_FOUND, "it has ended");
	LedgerEvent event = { .kind = "interest", .ref = row.ref, .action = "end", .matter = row.seal_key };
	return ledger_record(call, &event, NULL);
}

Error interest_end(Call *call, Text ref) { return db_transact(call, end, &ref); }

/* ---- Reading */
static Error name_declarer(Call *call, const InterestRow *row, Interest *interest)
{
	Person person;
	Organisation organisation;
	if (row->person_id.is) {
		TRY(person_find(call, row->person_id.value, &person));
		interest->declarer = person_shown_name(&person);
		return OK;
	}
	TRY(org_find(call, row->declarer_id.value, &organisation));
	interest->declarer = org_shown_name(&organisation, call->lang);
	return OK;
}

static Error name_other(Call *call, const InterestRow *row, Interest *interest)
{
	Organisation organisation;
	Product product;
	if (row->credit_code.at) {
		Error error = org_find_code(call, row->credit_code, &organisation);
		if (error != OK && error != ERROR_NOT_FOUND) return error;
		call_recover(call);
		if (error == OK) interest->organisation = org_shown_name(&organisation, call->lang);
	}
	if (!row->product_id.is) return OK;
	TRY(product_find(call, row->product_id.value, &product));
	interest->product = product_shown_name(&product, call->lang);
	return OK;
}

static Error of_rows(Call *call, const InterestRows *rows, Interests *out)
{
	Interests interests = { 0 };
	for (size_t i = 0; i < rows->count; i++) {
		const InterestRow *row = &rows->at[i];
		Interest interest = { .id = row->id,
			.from_at = row->from_at,
			.until_at = row->until_at.is ? row->until_at.value : 0,
			.declared_at = row->declared_at,
			.ref = row->ref,
			.kind = row->kind,
			.code = row->credit_code.at ? row->credit_code : TEXT(""),
			.organisation = TEXT(""),
			.product = TEXT(""),
			.is_of_organisation = row->declarer_id.is };
		TRY(name_declarer(call, row, &interest));
		TRY(name_other(call, row, &interest));
		TRY(seal_open(call, "interest|sealed_evidence", row->ref, row->sealed_evidence, &interest.evidence));
		if (!interest.evidence.at) interest.evidence = TEXT("");
		list_add(call->arena, &interests, interest);
	}
	*out = interests;
	return OK;
}

Error interest_list(Call *call, int64_t before, int64_t max, Interests *out)
{
	InterestRows rows;
	const Actor *actor = call->actor;
	if (!actor->person_id) return fail(call, UNAUTHENTICATED, "nobody is signed in");
	TRY(interest_rows(
		call, actor->person_id, actor->organisation_id ? actor->organisation_id : -1, before ? before : INT64_MAX, max, &rows));
	return of_rows(call, &rows, out);
}

Error interest_list_all(Call *call, int64_t before, int64_t max, Interests *out)
{
	InterestRows rows;
	const Actor *actor = call->actor;
	if (!actor_has(actor, ROLE_COORDINATOR) || actor_has(actor, ROLE_ADMINISTRATORS) || !actor->second_factor)
		return fail(call, FORBIDDEN, "declarations are read by coordinators");
	TRY(interest_rows_all(call, before ? before : INT64_MAX, max, &rows));
	return of_rows(call, &rows, out);
}

/* ---- Judging */
static bool meets(const Numbers *some, const Numbers *others)
{
	for (size_t i = 0; i < some->count; i++)
		for (size_t j = 0; j < others->count; j++)
			if (some->at[i] == others->at[j]) return true;
	return false;
}

static const char *why_declared(Text kind)
{
	if (text_is(kind, TEXT("group"))) return N_("Belongs to the group of the vendor, as declared.");
	return text_is(kind, TEXT("competitor")) ? N_("Is a competitor of the vendor, as declared.")
						 : N_("Is or was within three years its customer or supplier, as declared.");
}

Error interest_against(Call *call, int64_t person_id, const InterestMatter *matter, const char **out_why)
{
	Numbers family = { 0 }, places = { 0 };
	Texts declared;
	int64_t since = call->now - YEARS * 365 * DAY_MS - DAY_MS; /* a leap day lies in three years at most */
	*out_why = NULL;
	if (!matter->organisations.count && !matter->products.count) return OK;
	if (matter->organisations.count) TRY(interest_family(call, matter->organisations, call->now, &family));
	TRY(interest_places(call, person_id, since, &places));
	if (meets(&family, &places)) {
		*out_why = N_("Is or was within three years a member of the vendor or of its group.");
		return OK;
	}
	TRY(interest_declared(call, person_id, places, family, matter->products, call->now, since, &declared));
	if (declared.count) *out_why = why_declared(declared.at[0]);
	return OK;
}
