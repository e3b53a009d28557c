/* Values of a request into a form's struct, by its table. */
#include "face/http/http_private.h"

typedef struct Fill {
	Request *request;
	const FieldSpec *field;
	void *at; /* in the struct */
} Fill;

static void problem(const Fill *fill, const char *message)
{
	call_problem(fill->request->call, text_from(fill->field->name), message, (Text) { 0 });
}

static size_t length_limit(const FieldSpec *field)
{
	if (field->max_length) return field->max_length;
	return field->kind == FIELD_LINES ? 20000 : 200;
}

static bool is_blank(Text text) { return text_trim(text).length == 0; }

/* CRLF and lone CR as LF. */
static Text unify_lines(Arena *arena, Text text)
{
	if (!memchr(text.at, '\r', text.length)) return text;
	Buffer lines = { .arena = arena };
	for (size_t i = 0; i < text.length; i++) {
		if (text.at[i] != '\r')
			buffer_byte(&lines, text.at[i]);
		else if (i + 1 == text.length || text.at[i + 1] != '\n')
			buffer_byte(&lines, '\n');
	}
	return buffer_text(&lines);
}

/* Whether the value is a text fit for the field; notes the problem when it is not. */
static bool text_is_fit(const Fill *fill, const FormValue *value)
{
	const FieldSpec *field = fill->field;
	if (value->kind != JSON_ABSENT && value->kind != JSON_TEXT)
		problem(fill, N_("This must be a text."));
	else if (value->is_broken || text_has_control(value->value, field->kind == FIELD_LINES))
		problem(fill, N_("This contains characters that cannot be stored. Please remove them."));
	else if (text_utf8_length(value->value) > length_limit(field)) {
		Arena *arena = fill->request->call->arena;
		call_problem(fill->request->call, text_from(field->name), N_("This is too long: at most %s characters."),
			arena_printf(arena, "%zu", length_limit(field)));
	} else
		return true;
	return false;
}

static void fill_text(const Fill *fill, const FormValue *value)
{
	Arena *arena = fill->request->call->arena;
	const FieldSpec *field = fill->field;
	FormValue clean = value ? *value : (FormValue) { .value = TEXT("") };
	if (field->kind == FIELD_LINES)
		clean.value = unify_lines(arena, clean.value);
	else if (!field->is_verbatim)
		clean.value = text_trim(clean.value);
	*(Text *)fill->at = clean.value;
	if (is_blank(clean.value) && clean.kind <= JSON_TEXT && !clean.is_broken) {
		if (field->required)
			problem(fill, N_("Please fill this in."));
		else if (clean.kind != JSON_ABSENT && clean.kind != JSON_TEXT)
			problem(fill, N_("This must be a text."));
		return;
	}
	(void)text_is_fit(fill, &clean);
}

static void fill_number(const Fill *fill, const FormValue *value)
{
	bool is_empty = !value || (value->kind == JSON_ABSENT && is_blank(value->value));
	if (is_empty) {
		if (fill->field->required) problem(fill, N_("Please fill this in."));
		return;
	}
	bool kind_is_fit = value->kind == JSON_ABSENT || value->kind == JSON_INT;
	if (!kind_is_fit || !text_to_int(text_trim(value->value), fill->at)) problem(fill, N_("This is not a whole number."));
}

static void fill_bool(const Fill *fill, const FormValue *value)
{
	static const char *const yes[] = { "on", "1", "true", "yes" }, *const no[] = { "off", "0", "false", "no", "" };
	bool truth = false, is_known = !value;
	for (size_t i = 0; value && i < COUNT(yes); i++)
		if (text_is(value->value, text_from(yes[i]))) truth = is_known = true;
	for (size_t i = 0; value && i < COUNT(no); i++)
		if (text_is(value->value, text_from(no[i]))) is_known = true;
	if (!is_known || (value && value->kind != JSON_ABSENT && value->kind != JSON_BOOL))
		problem(fill, N_("This must be yes or no."));
	else if (fill->field->required && !truth)
		problem(fill, N_("Please tick this to go on."));
	*(bool *)fill->at = truth;
}

static bool is_offered(const FieldSpec *field, Text value)
{
	for (Text rest = text_from(field->choices), choice; text_next(&rest, ' ', &choice);)
		if (choice.length && text_is(choice, value)) return true;
	return false;
}

static void fill_choice(const Fill *fill, const FormValue *value)
{
	bool is_empty = !value || !value->value.length;
	*(Text *)fill->at = TEXT("");
	if (is_empty && (!value || value->kind == JSON_ABSENT || value->kind == JSON_TEXT)) {
		if (fill->field->required) problem(fill, N_("Please choose one."));
		return;
	}
	if (!is_offered(fill->field, value->value))
		problem(fill, N_("Please choose one of the offered values."));
	else
		*(Text *)fill->at = value->value;
}

static void fill_texts(const Fill *fill)
{
	Texts *texts = fill->at;
	const FormValues *values = &fill->request->exchange->form;
	for (size_t i = 0; i < values->count; i++) {
		FormValue value = values->at[i];
		if (!text_is(value.name, text_from(fill->field->name))) continue;
		value.value = text_trim(value.value);
		if (!value.value.length && (value.kind == JSON_ABSENT || value.kind == JSON_TEXT)) continue;
		if (!text_is_fit(fill, &value)) return;
		if (fill->field->choices && !is_offered(fill->field, value.value)) {
			problem(fill, N_("Please choose one of the offered values."));
			return;
		}
		list_add(fill->request->call->arena, texts, value.value);
	}
	if (fill->field->required && !texts->count) problem(fill, N_("Please fill this in."));
}

static void fill_files(const Fill *fill)
{
	Uploads *files = fill->at;
	const Uploads *sent = &fill->request->exchange->uploads;
	for (size_t i = 0; i < sent->count; i++) {
		const Upload *upload = &sent->at[i];
		bool is_left_empty = !upload->name.length && !upload->size_bytes; /* what browsers send for no file */
		bool is_wanted = !strcmp(fill->field->name, "*") || text_is(upload->field, text_from(fill->field->name));
		if (is_wanted && !is_left_empty) list_add(fill->request->call->arena, files, *upload);
	}
	if (fill->field->required && !files->count) problem(fill, N_("Please attach a file."));
}

static void fill_field(const Fill *fill)
{
	const FormValue *value = form_value(&fill->request->exchange->form, text_from(fill->field->name));
	if (value && value->is_item && fill->field->kind != FIELD_TEXTS) {
		problem(fill, N_("This must not be a list."));
		return;
	}
	switch (fill->field->kind) {
	case FIELD_TEXT:
	case FIELD_LINES: fill_text(fill, value); break;
	case FIELD_INT: fill_number(fill, value); break;
	case FIELD_BOOL: fill_bool(fill, value); break;
	case FIELD_CHOICE: fill_choice(fill, value); break;
	case FIELD_TEXTS: fill_texts(fill); break;
	case FIELD_FILES: fill_files(fill); break;
	}
}

static bool field_is_known(const FormSpec *form, Text name)
{
	for (size_t i = 0; i < form->field_count; i++)
		if (text_is(name, text_from(form->fields[i].name))) return true;
	return text_is(name, TEXT("csrf"));
}

/* Programs are told of what they sent in vain; browsers send buttons and the like. */
static void refuse_unknown(Request *request, const FormSpec *form)
{
	const FormValues *values = &request->exchange->form;
	for (size_t i = 0; i < values->count; i++)
		if (!field_is_known(form, values->at[i].name))
			call_problem(request->call, values->at[i].name, N_("This field is not known here."), (Text) { 0 });
	const Uploads *uploads = &request->exchange->uploads;
	for (size_t i = 0; i < uploads->count; i++)
		if (!field_is_known(form, uploads->at[i].field))
			call_problem(request->call, uploads->at[i].field, N_("This field is not known here."), (Text) { 0 });
}

Error form_fill(Request *request, const FormSpec *form)
{
	char *at = arena_alloc(request->call->arena, form->struct_size ? form->struct_size : 1);
	request->form = at;
	for (size_t i = 0; i < form->field_count; i++) fill_field(&(Fill) { request, &form->fields[i], at + form->fields[i].offset });
	if (request->is_api && !form->is_raw && !form->takes_more) refuse_unknown(request, form);
	return call_check_problems(request->call);
}
