/* The conditions of a certificate, as people and machines read them. */
#include "subject/report/certificate_view.h"

static const char *const tones[] = { [ELIGIBILITY_MET] = "good", [ELIGIBILITY_OPEN] = "neutral", [ELIGIBILITY_MISSING] = "warn" };
static const char *const verdicts[] = {
	[ELIGIBILITY_MET] = N_("As it stands, this find may be certified as an original one."),
	[ELIGIBILITY_OPEN] = N_("This find may be certified as an original one, if what is open turns out well."),
	[ELIGIBILITY_MISSING] = N_("This find will not be certified as an original one. It is taken on all the same."),
};

Error certificate_markup(Html *html, const Map *values, int64_t reporter_id, Markup *out)
{
	Eligibility eligibility;
	TRY(certificate_eligibility(html->call, values, reporter_id, &eligibility));
	Check *checks = arena_array_of(html->call->arena, Check, eligibility.lines.count + 1);
	for (size_t i = 0; i < eligibility.lines.count; i++) {
		const EligibilityLine *line = &eligibility.lines.at[i];
		checks[i] = (Check) { .text = tr(html->lang, line->text),
			.word = tr(html->lang, eligibility_text(line->state)),
			.tone = text_from(tones[line->state]) };
	}
	Html inner = html_inner(html);
	html_raw(&inner, "<p>", 3);
	html_text(&inner, tr(html->lang, verdicts[eligibility.state]));
	html_raw(&inner, "</p>", 4);
	html_markup(&inner, part_checks(html, checks, eligibility.lines.count));
	*out = part_note(html, TEXT("neutral"), tr(html->lang, N_("Certificate of an original find (certificate rules, version 1)")),
		html_done(html, &inner));
	return OK;
}

Error certificate_json(Call *call, JsonWriter *writer, const Map *values, int64_t reporter_id)
{
	Eligibility eligibility;
	TRY(certificate_eligibility(call, values, reporter_id, &eligibility));
	json_object_begin(writer);
	json_put_text(writer, "rule", TEXT("certificate 1"));
	json_put_text(writer, "state", text_from(eligibility_tag(eligibility.state)));
	json_key(writer, TEXT("conditions"));
	json_object_begin(writer);
	for (size_t i = 0; i < eligibility.lines.count; i++)
		json_put_text(writer, eligibility.lines.at[i].name, text_from(eligibility_tag(eligibility.lines.at[i].state)));
	json_end(writer);
	json_end(writer);
	return OK;
}
