/* What is stated of a product and changed in its record, of pages and of machines alike. */
#include "base/base/clock.h"
#include "subject/product/product_form_view.h"

typedef struct ChangeForm {
	Text name, name_en, vendor, kind, value, version_name, version_code, since, part, version, evidence, into, method, target, note;
	bool verified;
} ChangeForm;
static const FieldSpec statement_fields[] = {
	{ "kind", FIELD_TEXT, offsetof(ProductStatement, kind), .max_length = 20 },
	{ "name", FIELD_TEXT, offsetof(ProductStatement, name) },
	{ "name_en", FIELD_TEXT, offsetof(ProductStatement, name_en) },
	{ "vendor", FIELD_TEXT, offsetof(ProductStatement, vendor) },
	{ "package", FIELD_TEXT, offsetof(ProductStatement, package), .max_length = 255 },
	{ "filing_number", FIELD_TEXT, offsetof(ProductStatement, filing_number) },
	{ "store", FIELD_TEXT, offsetof(ProductStatement, store), .max_length = 500 },
	{ "host", FIELD_TEXT, offsetof(ProductStatement, host), .max_length = 253 },
	{ "for_organisation", FIELD_BOOL, offsetof(ProductStatement, for_organisation) },
};
const FormSpec product_statement_form = { statement_fields, COUNT(statement_fields), sizeof(ProductStatement), .max_body_bytes = 0 };
#define TEXT_FIELD(name, length) \
	{ \
#name, FIELD_TEXT, offsetof(ChangeForm, name), .max_length = (length) \
	}
static const FieldSpec name_fields[] = { TEXT_FIELD(name, 0), TEXT_FIELD(name_en, 0), TEXT_FIELD(vendor, 0) };
static const FieldSpec identity_fields[] = { TEXT_FIELD(kind, 20), TEXT_FIELD(value, 2200),
	{ "verified", FIELD_BOOL, offsetof(ChangeForm, verified) } };
static const FieldSpec release_fields[] = { TEXT_FIELD(version_name, 100), TEXT_FIELD(version_code, 20), TEXT_FIELD(since, 10) };
static const FieldSpec part_fields[] = { TEXT_FIELD(part, 40), TEXT_FIELD(version, 100),
	{ "evidence", FIELD_LINES, offsetof(ChangeForm, evidence), .max_length = 2000 } };
static const FieldSpec into_fields[] = { TEXT_FIELD(into, 40) };
static const FieldSpec claim_fields[] = { TEXT_FIELD(method, 20), TEXT_FIELD(target, 500),
	{ "note", FIELD_LINES, offsetof(ChangeForm, note), .max_length = 2000 } };
const FormSpec product_name_form = { name_fields, COUNT(name_fields), sizeof(ChangeForm), .max_body_bytes = 0 };
const FormSpec product_identity_form = { identity_fields, COUNT(identity_fields), sizeof(ChangeForm), .max_body_bytes = 0 };
const FormSpec product_release_form = { release_fields, COUNT(release_fields), sizeof(ChangeForm), .max_body_bytes = 0 };
const FormSpec product_part_form = { part_fields, COUNT(part_fields), sizeof(ChangeForm), .max_body_bytes = 0 };
const FormSpec product_into_form = { into_fields, COUNT(into_fields), sizeof(ChangeForm), .max_body_bytes = 0 };
const FormSpec product_claim_form = { claim_fields, COUNT(claim_fields), sizeof(ChangeForm), .max_body_bytes = 0 };

static Text ref_of(const Request *request) { return ((const Product *)request->subject)->ref; }

Error product_change_names(Request *request)
{
	const ChangeForm *form = request->form;
	return product_rename(request->call, ref_of(request), form->name, form->name_en, form->vendor);
}

Error product_change_identities(Request *request)
{
	const ChangeForm *form = request->form;
	return product_identity_add(request->call, ref_of(request), form->kind, form->value, form->verified);
}

Error product_change_releases(Request *request)
{
	Call *call = request->call;
	const ChangeForm *form = request->form;
	Release release = { .version_name = form->version_name, .version_code = -1 };
	if (form->version_code.length > 0 && (!text_to_int(form->version_code, &release.version_code) || release.version_code < 0))
		call_problem(call, TEXT("version_code"), N_("This is not a number."), (Text) { 0 });
	if (form->since.length > 0 &&
		!clock_parse(arena_printf(call->arena, "%.*sT00:00:00+08:00", TEXT_ARGS(form->since)), &release.since_at))
		call_problem(call, TEXT("since"), N_("This is not a date."), (Text) { 0 });
	TRY(call_check_problems(call));
	return product_release_add(call, ref_of(request), &release);
}

Error product_change_parts(Request *request)
{
	const ChangeForm *form = request->form;
	return product_containment_add(request->call, ref_of(request), TEXT(""), form->part, form->version, form->evidence);
}

Error product_change_into(Request *request)
{
	const ChangeForm *form = request->form;
	return product_merge(request->call, ref_of(request), form->into);
}

Error product_begin_claim(Request *request, Text *out_ref)
{
	const ChangeForm *form = request->form;
	return product_claim(request->call, ref_of(request), form->method, form->target, form->note, out_ref);
}
