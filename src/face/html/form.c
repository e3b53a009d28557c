/* The parts of forms: labelled fields, their problems and the summary of them. */
#include "face/html/html.h"

#include "face/html/html_private.h"
#include "face/html/views/part_autosave.html.h"
#include "face/html/views/part_check.html.h"
#include "face/html/views/part_choices.html.h"
#include "face/html/views/part_field.html.h"
#include "face/html/views/part_problems.html.h"
#include "face/html/views/part_rows.html.h"
#include "face/html/views/part_upload.html.h"

enum { LINES_OF_TEXT = 8 };

/* Names become ids: "contact.mail" gives "field-contact.mail". */
static Text field_id(Html *html, Text name)
{
	if (html->scope.length) return arena_printf(html->call->arena, "field-%.*s.%.*s", TEXT_ARGS(html->scope), TEXT_ARGS(name));
	return arena_printf(html->call->arena, "field-%.*s", TEXT_ARGS(name));
}

static Text problem_of(Html *html, Text name)
{
	const Failure *failure = &html->call->failure;
	for (size_t i = 0; i < failure->problems.count && !html->scope.length; i++)
		if (text_is(failure->problems.at[i].field, name))
			return problem_text(html->call->arena, html->lang, &failure->problems.at[i]);
	return TEXT("");
}

/* What was typed, when this page answers a refused form; else what the page gave. */
static Text shown_value(Html *html, const FormField *field)
{
	if (!html->request || html->request->method != POST || html->scope.length) return field->value;
	Text sent = request_form_value(html->request, field->name);
	return sent.at ? sent : field->value;
}

static bool is_chosen(const FormField *field, Text shown, Text value)
{
	if (!field->multiple) return text_is(shown, value);
	for (size_t i = 0; i < field->value_count; i++)
		if (text_is(field->values[i], value)) return true;
	return false;
}

static Text input_type(const FormField *field)
{
	switch (field->kind) {
	case INPUT_PASSWORD: return TEXT("password");
	case INPUT_FILE: return TEXT("file");
	case INPUT_DATE: return TEXT("date");
	case INPUT_EMAIL: return TEXT("email");
	case INPUT_RADIO: return TEXT("radio");
	case INPUT_CHOICE: return TEXT("checkbox"); /* several of a list */
	case INPUT_TEXT:
	case INPUT_LINES:
	case INPUT_CHECK:
	case INPUT_NAMED:
	case INPUT_ROWS:
	case INPUT_CODE: break;
	}
	return TEXT("text");
}

static void fill_field(Html *html, const FormField *field, FieldView *view)
{
	Arena *arena = html->call->arena;
	*view = (FieldView) {
		.field = field,
		.id = field_id(html, field->name),
		.value = shown_value(html, field),
		.problem = problem_of(html, field->name),
		.type = input_type(field),
		.rows = field->rows ? field->rows : LINES_OF_TEXT,
		.is_lines = field->kind == INPUT_LINES,
		.is_choice = field->kind == INPUT_CHOICE,
		.is_secret = field->kind == INPUT_PASSWORD,
		.is_file = field->kind == INPUT_FILE,
		.is_code = field->kind == INPUT_CODE,
		.is_named = field->kind == INPUT_NAMED,
	};
	view->is_checked = text_is(view->value, TEXT("true")) || text_is(view->value, TEXT("on")) || text_is(view->value, TEXT("1"));
	Text help = field->help.length ? arena_printf(arena, "%.*s-help", TEXT_ARGS(view->id)) : TEXT("");
	Text problem = view->problem.length ? arena_printf(arena, "%.*s-problem", TEXT_ARGS(view->id)) : TEXT("");
	view->described = help.length && problem.length ? arena_printf(arena, "%.*s %.*s", TEXT_ARGS(problem), TEXT_ARGS(help))
			  : help.length                 ? help
							: problem;
	for (size_t i = 0; i < field->choice_count && field->kind != INPUT_ROWS; i++) {
		FieldChoice choice = { field->choice_values[i], field->choice_labels[i],
			is_chosen(field, view->value, field->choice_values[i]) };
		list_add(arena, &view->choices, choice);
	}
}

static void fill_rows(Html *html, const FormField *field, FieldView *view)
{
	Arena *arena = html->call->arena;
	for (size_t at = 0; field->choice_count && at + field->choice_count <= field->value_count; at += field->choice_count) {
		size_t row = at / field->choice_count;
		RowLine line = { 0 };
		for (size_t c = 0; c < field->choice_count; c++) {
			RowCell cell = { .name = arena_printf(arena, "%.*s.%zu.%zu", TEXT_ARGS(field->name), row, c),
				.value = field->values[at + c],
				.column = field->choice_labels[c] };
			list_add(arena, &line.cells, cell);
		}
		list_add(arena, &view->lines, line);
	}
}

Markup part_field(Html *html, const FormField *field)
{
	FieldView view;
	fill_field(html, field, &view);
	if (field->kind == INPUT_ROWS) fill_rows(html, field, &view);
	Html inner = html_inner(html);
	if (field->kind == INPUT_ROWS)
		page_part_rows(&inner, &view);
	else if (field->kind == INPUT_CHECK)
		page_part_check(&inner, &view);
	else if (field->kind == INPUT_RADIO || (field->kind == INPUT_CHOICE && field->multiple))
		page_part_choices(&inner, &view);
	else
		page_part_field(&inner, &view);
	return html_done(html, &inner);
}

Markup part_upload(Html *html, const FormField *field, Url upload)
{
	FieldView view;
	fill_field(html, field, &view);
	view.upload = upload;
	Html inner = html_inner(html);
	page_part_upload(&inner, &view);
	return html_done(html, &inner);
}

static Text label_of(const FormField *fields, size_t count, Text name)
{
	for (size_t i = 0; i < count; i++)
		if (text_is(fields[i].name, name)) return fields[i].label;
	return TEXT("");
}

Markup part_problems_of(Html *html, const FormField *fields, size_t count)
{
	ProblemLines lines = { 0 };
	const Failure *failure = &html->call->failure;
	Arena *arena = html->call->arena;
	for (size_t i = 0; i < failure->problems.count; i++) {
		const Problem *problem = &failure->problems.at[i];
		Text label = problem->label ? tr(html->lang, problem->label) : label_of(fields, count, problem->field);
		ProblemLine line = { label, problem_text(arena, html->lang, problem), { { 0 } } };
		if (problem->field.length)
			line.url = url_local(arena, "#%.*s", TEXT_ARGS(field_id(html, url_segment(arena, problem->field))));
		list_add(arena, &lines, line);
	}
	if (!lines.count) return (Markup) { 0 };
	Html inner = html_inner(html);
	page_part_problems(&inner, &lines);
	return html_done(html, &inner);
}

Markup part_problems(Html *html) { return part_problems_of(html, NULL, 0); }

Markup part_autosave(Html *html)
{
	Html inner = html_inner(html);
	page_part_autosave(&inner);
	return html_done(html, &inner);
}
