#include "people/person/form_page_private.h"
#include "people/person/views/person_button.html.h"
#include "people/person/views/person_form.html.h"
#include "people/person/views/person_message.html.h"

Error form_page_show(Request *request, const FormPage *page)
{
	PageHead head = { .title = page->title, .lead = page->lead };
	Html *html;
	TRY(html_page_open(request, &head, &html));
	FormView view = { .page = page };
	if (page->before) view.before = page->before(html, page->about);
	page_person_form(html, &view);
	return html_page_close(request, html);
}

Markup inline_form(Html *html, Url action, const FormField *fields, size_t count, Text label, Text tone)
{
	ButtonView view = { .action = action, .label = label, .tone = tone, .fields = fields, .field_count = count };
	Html inner = html_inner(html);
	page_person_button(&inner, &view);
	return html_done(html, &inner);
}

Markup button_form(Html *html, Url action, Text label, Text tone, Text name, Text value)
{
	ButtonView view = { .action = action, .label = label, .tone = tone, .name = name, .value = value };
	Html inner = html_inner(html);
	page_person_button(&inner, &view);
	return html_done(html, &inner);
}

FormField form_field(const Request *request, const char *name, int kind, const char *label, const char *help, Text value)
{
	FormField field = { .name = text_from(name), .label = tr(request->call->lang, label), .value = value, .required = true };
	field.kind = (typeof(field.kind))kind;
	if (help) field.help = tr(request->call->lang, help);
	return field;
}

Error message_page_show(Request *request, const char *title, const char *text, const char *link, const char *path)
{
	Lang lang = request->call->lang;
	PageHead head = { .title = tr(lang, title) };
	MessageView view = { .text = tr(lang, text) };
	Html *html;
	if (link) {
		view.link = tr(lang, link);
		view.path = url_local(request->call->arena, "%s", path);
	}
	TRY(html_page_open(request, &head, &html));
	page_person_message(html, &view);
	return html_page_close(request, html);
}
