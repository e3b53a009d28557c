#include "work/letter/letter_order_view.h"

#include "people/person/form_page.h"
#include "work/letter/letter_private.h"

static const FieldSpec order_fields[] = {
	{ "recipient", FIELD_TEXT, offsetof(LetterOrderForm, recipient), .required = true, .max_length = LETTER_RECIPIENT_MAX },
	{ "product", FIELD_TEXT, offsetof(LetterOrderForm, product), .max_length = 200 },
	{ "text", FIELD_LINES, offsetof(LetterOrderForm, text), .max_length = LETTER_WORDS_MAX },
	{ "deadline", FIELD_TEXT, offsetof(LetterOrderForm, deadline), .max_length = 60 },
	{ "wants_seal", FIELD_BOOL, offsetof(LetterOrderForm, wants_seal) },
};
const FormSpec letter_order_form = { order_fields, COUNT(order_fields), sizeof(LetterOrderForm), .max_body_bytes = 0 };

/* The built-in words of a kind say what it is about; a template of the office may name more, but then it stands in `text`. */
static bool names(LetterKind kind, const char *field) { return strstr(letter_kinds[kind].words, field) != NULL; }

static FormField field_of(const Request *request, const char *name, int kind, const char *label, const char *help, Text known)
{
	Text typed = request->method == POST ? request_form_value(request, text_from(name)) : (Text) { 0 };
	FormField field = form_field(request, name, kind, label, help, typed.at ? typed : known.at ? known : TEXT(""));
	field.required = false;
	return field;
}

Error letter_order_show(Request *request, const LetterOrder *known, Text own, Text action)
{
	Call *call = request->call;
	Failure failure = call->failure; /* of the form that is shown again */
	LetterSeal seal;
	FormField fields[COUNT(order_fields)];
	size_t count = 0;
	TRY(letter_seal_now(call, &seal));
	call->failure = failure;
	fields[count++] = field_of(request, "recipient", INPUT_TEXT, N_("Recipient"), N_("As it stands in the letter."), known->recipient);
	fields[0].required = true;
	if (names(known->kind, "{{product}}"))
		fields[count++] = field_of(request, "product", INPUT_TEXT, N_("Product"), NULL, known->product);
	fields[count] = field_of(request, "text", INPUT_LINES, N_("Text"),
		N_("What the letter says beside its standing words; a line is a paragraph."), known->text);
	fields[count++].rows = 8;
	if (names(known->kind, "{{deadline}}"))
		fields[count++] = field_of(request, "deadline", INPUT_TEXT, N_("Deadline"), NULL, known->deadline);
	if (seal.added_at)
		fields[count++] = field_of(request, "wants_seal", INPUT_CHECK, N_("Put the seal on it"),
			N_("On the PDF, when a second person has approved letter and seal. The file for Word never bears it."),
			TEXT("true"));
	Crumb links[] = { { tr(call->lang, "Back to the matter"), url_local(call->arena, "%.*s", TEXT_ARGS(own)) } };
	FormPage page = { .title = tr(call->lang, letter_kind_name(known->kind)),
		.lead = arena_printf(call->arena, "%.*s – %.*s", TEXT_ARGS(known->matter),
			TEXT_ARGS(tr(call->lang, "a second person approves it before it gets its number."))),
		.action = url_local(call->arena, "%.*s", TEXT_ARGS(action)),
		.fields = fields,
		.field_count = count,
		.button = tr(call->lang, "Submit the draft"),
		.links = links,
		.link_count = COUNT(links) };
	return form_page_show(request, &page);
}

Error letter_order_take(Request *request, const LetterOrder *known)
{
	Call *call = request->call;
	const LetterOrderForm *form = request->form;
	LetterOrder order = *known;
	Text ref;
	order.recipient = form->recipient;
	order.product = form->product;
	order.text = form->text;
	order.deadline = form->deadline;
	order.wants_seal = form->wants_seal;
	TRY(letter_draft(call, &order, &ref));
	return reply_redirect(request, letter_draft_url_text(call->arena, order.kind, ref));
}

Markup letter_links(Html *html, Text own, const LetterKind *kinds, size_t count)
{
	Arena *arena = html->call->arena;
	const Actor *actor = html->call->actor;
	Fact *facts = arena_array_of(arena, Fact, count + 1);
	if (!count || !actor_has(actor, ROLE_COORDINATOR) || !actor->second_factor) return (Markup) { 0 };
	for (size_t i = 0; i < count; i++)
		facts[i] = (Fact) { .label = tr(html->lang, "Write"),
			.text = tr(html->lang, letter_kind_name(kinds[i])),
			.url = url_local(arena, "%.*s/letters/%s", TEXT_ARGS(own), letter_kind_tag(kinds[i])) };
	return part_facts(html, facts, count);
}
