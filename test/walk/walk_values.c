/* Answers to forms, at random: the kind of a field says what may stand in it, and a few names say more. */
#include "base/base/clock.h"
#include "engine/rating/rating.h"
#include "subject/report/internal.h"
#include "walk/walk.h"

static Text pick_text(Walk *walk, const char *const *texts, size_t count) { return text_from(texts[walk_below(walk, count)]); }

static Text handle_of_verifier(Walk *walk)
{
	static const char *const handles[] = { "vera", "victor", "finder", "nobody" };
	return pick_text(walk, handles, walk_chance(walk, 90) ? 2 : COUNT(handles));
}
static Text casefile_ref(Walk *walk) { return walk_chance(walk, 70) ? TEXT("") : walk_pick(walk, &casefile_machine); }
static Text other_casefile(Walk *walk) { return walk_pick(walk, &casefile_machine); }
/* What the staff knew before: entered now, so that it proves only what comes after it. */
static Text internal_record(Walk *walk)
{
	InternalRecords records;
	Text ref = TEXT("");
	Error error = internal_list(walk->call, 0, 20, &records);
	if (error == OK && records.count) ref = records.at[walk_below(walk, records.count)].ref;
	call_recover(walk->call);
	return ref;
}
static Text report_ref(Walk *walk) { return walk_pick(walk, &report_machine); }

static Text known_number(Walk *walk) { return walk_chance(walk, 50) ? TEXT("CVE-2024-12345") : TEXT("CNVD-2024-12345, CNNVD-202401-123"); }

static Text credit_code(Walk *walk) { return walk_chance(walk, 50) ? text_from(walk_vendor_code) : TEXT(""); }
static Text instant(Walk *walk)
{
	static const char *const instants[] = { "2030-01-01 10:00", "2026-12-05 10:00", "2026-03-20 09:30" };
	return pick_text(walk, instants, COUNT(instants));
}
static Text soon(Walk *walk)
{
	Text iso = clock_iso(walk->call->arena, walk->call->now + (int64_t)(30 + walk_below(walk, 200)) * 3600000);
	return arena_printf(walk->call->arena, "%.10s %.5s", iso.at, iso.at + 11);
}
/* After whatever it is now. */
static Text year_end(Walk *walk)
{
	static const int64_t days[] = { 60, 400, 800 };
	Text iso = clock_iso(walk->call->arena, walk->call->now + days[walk_below(walk, COUNT(days))] * 86400000);
	return text_slice(iso, 0, 10);
}
static Text versions(Walk *walk) { return walk_chance(walk, 50) ? TEXT("7.x") : TEXT(""); }

static Text seen(Walk *walk) { return walk_chance(walk, 85) ? TEXT("yes") : TEXT("no"); }
static Text today(Walk *walk) { return arena_printf(walk->call->arena, "%.10s", clock_iso(walk->call->arena, walk->call->now).at); }

static const struct {
	const char *form, *field; /* form NULL: any */
	Text (*value)(Walk *walk);
} named[] = {
	{ "report-attach", "casefile", casefile_ref },
	{ "casefile-merge", "survivor", other_casefile },
	{ "casefile-relate", "other", other_casefile },
	{ NULL, "verifier", handle_of_verifier },
	{ NULL, "reviewer", handle_of_verifier },
	{ "report-duplicate", "of", report_ref },
	{ "report-known", "record", internal_record },
	{ NULL, "credit_code", credit_code },
	{ NULL, "until", instant },
	{ "party-new", "versions", versions },
	{ "report", "known_number", known_number },
	{ "application-lodge", "hashes", walk_lodged_hashes },
	{ "application-check", "register", seen },
	{ "application-check", "condition-1", seen },
	{ "application-check", "condition-2", seen },
	{ "application-check", "register_on", today },
	{ "inspection-arrange", "visit_on", soon },
	{ NULL, "until_on", year_end },
	{ NULL, "banned_until", year_end },
};

static Text garbage(Walk *walk)
{
	static const char *const texts[] = { "", "-1", "<script>", "2099-13-45", "CVSS:3.1/AV:Q", "javascript:alert(1)", "\x01",
		"999999999999999999999" };
	return pick_text(walk, texts, COUNT(texts));
}

static Text number(Walk *walk, size_t most)
{
	return arena_printf(walk->call->arena, "%llu", (unsigned long long)(1 + walk_below(walk, most ? most : 10)));
}

/* A choice among words that an operator may change. */
static Text word_of(Walk *walk, const Wordlist *list)
{
	Words words;
	CHECK_OK(walk->call, wordlist_words(walk->call, list, &words));
	return words.count ? words.at[walk_below(walk, words.count)].code : TEXT("");
}

/* The first that its own check takes: words, a day, an instant, a number. */
static Text text_for(Walk *walk, const FormItem *item)
{
	static const char *const texts[] = { "示例 text", "2026-03-02", "2026-03-02 10:00", "3", "name" };
	(void)walk;
	for (size_t i = 0; i < COUNT(texts); i++)
		if (!item->check || !item->check(text_from(texts[i]))) return text_from(texts[i]);
	return text_from(texts[0]);
}

static Text fitting(Walk *walk, const FormItem *item)
{
	static const char *const dates[] = { "2026-03-01", "2026-02-14", "2025-12-31" };
	static const char *const cvss[] = { scene_cvss, "CVSS:3.1/AV:L/AC:H/PR:H/UI:R/S:U/C:L/I:N/A:N" };
	static const char *const vectors[] = { scene_overall_vector, "CNVRS:1.0/AV:L/AC:H/PR:H/UI:R/C:L/I:N/A:N/E:L/RL:H/S:L",
		scene_vector };
	switch (item->kind) {
	case FORM_TABLE: return TEXT("| A | B |");
	case FORM_NAMED:
	case FORM_CHOICE:
		if (item->list) return word_of(walk, item->list);
		return item->choice_count ? text_from(item->choices[walk_below(walk, item->choice_count)].value) : TEXT("");
	case FORM_CHECK: return TEXT("yes");
	case FORM_DAY:
	case FORM_DATE: return pick_text(walk, dates, COUNT(dates));
	case FORM_NUMBER: return number(walk, item->max_length);
	case FORM_URL: return TEXT("https://example.org/notice");
	case FORM_EMAIL: return TEXT("somebody@example.org");
	case FORM_CVSS: return pick_text(walk, cvss, COUNT(cvss));
	case FORM_GBT30279: return pick_text(walk, vectors, COUNT(vectors));
	case FORM_CLASS: return TEXT("sql-injection");
	case FORM_FILES: return TEXT("");
	case FORM_TEXT:
	case FORM_LINES:
	case FORM_MARKDOWN:
	default: return text_for(walk, item);
	}
}

static Text answer(Walk *walk, const Form *form, const FormItem *item)
{
	if (walk_chance(walk, 1)) return garbage(walk);
	for (size_t i = 0; i < COUNT(named); i++)
		if (!strcmp(named[i].field, item->name) && (!named[i].form || !strcmp(named[i].form, form->name)))
			return named[i].value(walk);
	return fitting(walk, item);
}

Map *walk_values(Walk *walk, const Form *form)
{
	Arena *arena = walk->call->arena;
	Map *values = map_new(arena);
	for (size_t i = 0; form && i < form->section_count; i++)
		for (size_t j = 0; j < form->sections[i].item_count; j++) {
			const FormItem *item = &form->sections[i].items[j];
			bool wanted = form_is_shown(item, values) && (form_is_required(item, values) || walk_chance(walk, 60));
			Text value = wanted && item->kind != FORM_FILES ? answer(walk, form, item) : TEXT("");
			if (value.length && !walk_chance(walk, 1)) form_set(arena, values, text_from(item->name), value);
		}
	return values;
}
