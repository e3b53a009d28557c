/* Whom a warning would reach now, with why: computed anew each time it is asked, and once more at the instant of sending. */
#include "store/db/db.h"
#include "subject/warning/warning_private.h"

enum { WAYS_MOST = 20 }; /* lines of why that an organisation is shown */

/* ---- Aims */
static Text versions_text(Arena *arena, Lang lang, const ProductRange *range)
{
	Buffer out = { .arena = arena };
	if (range->from.length) {
		Problem from = { .message = N_(", from version %s"), .argument = range->from };
		buffer_put(&out, problem_text(arena, lang, &from));
	}
	if (range->before.length) {
		Problem before = { .message = N_(", before version %s"), .argument = range->before };
		buffer_put(&out, problem_text(arena, lang, &before));
	}
	return out.length ? buffer_text(&out) : TEXT("");
}

static Text units_text(Arena *arena, Lang lang, const WarningAim *aim)
{
	const char *who = !aim->direction.length                     ? N_("Support units of both directions")
			  : text_is(aim->direction, TEXT("partner")) ? N_("Vulnerability-governance partners")
								     : N_("Technical support units");
	if (!aim->stars) return tr(lang, who);
	Problem stars = { .message = N_(", with %s stars at least"), .argument = arena_printf(arena, "%lld", (long long)aim->stars) };
	return arena_printf(arena, "%.*s%.*s", TEXT_ARGS(tr(lang, who)), TEXT_ARGS(problem_text(arena, lang, &stars)));
}

static Error say(Call *call, WarningAim *aim)
{
	Product product = { .name = TEXT("") };
	Organisation organisation = { .name = TEXT("") };
	if (aim->product_id) TRY(product_find(call, aim->product_id, &product));
	if (aim->organisation_id) TRY(org_find(call, aim->organisation_id, &organisation));
	Text sectors[LANG_COUNT] = { TEXT(""), TEXT("") };
	for (int i = 0; aim->sector.length && i < LANG_COUNT; i++)
		TRY(org_sectors_text(call, (Lang)i, &(Texts) { .at = &aim->sector, .count = 1 }, &sectors[i]));
	for (int i = 0; i < LANG_COUNT; i++) {
		Lang lang = (Lang)i;
		Problem sector = { .message = N_("Organisations of the industry: %s"), .argument = sectors[i] };
		Problem vendors = { .message = N_("Vendors whose products contain %s"), .argument = product_shown_name(&product, lang) };
		if (aim->product_id)
			aim->words[i] = arena_printf(call->arena, "%.*s%.*s", TEXT_ARGS(problem_text(call->arena, lang, &vendors)),
				TEXT_ARGS(versions_text(call->arena, lang, &aim->range)));
		else if (aim->sector.length)
			aim->words[i] = problem_text(call->arena, lang, &sector);
		else if (aim->organisation_id)
			aim->words[i] = org_shown_name(&organisation, lang);
		else
			aim->words[i] = text_is(aim->kind, TEXT("public")) ? tr(lang, N_("Everybody")) : units_text(call->arena, lang, aim);
	}
	return OK;
}

static Error read_aim(Call *call, const WarningAimRow *row, WarningAim *out)
{
	Text range, from = TEXT("");
	TRY(seal_open(call, "warning_aim|sealed_range", row->ref, row->sealed_range, &range));
	if (range.at) text_next(&range, '\n', &from);
	*out = (WarningAim) { .id = row->id,
		.added_at = row->added_at,
		.used_at = row->used_at.is ? row->used_at.value : 0,
		.added_by = row->added_by,
		.ref = row->ref,
		.kind = row->kind,
		.direction = row->direction,
		.sector = row->sector,
		.stars = row->stars,
		.product_id = row->product_id.is ? row->product_id.value : 0,
		.organisation_id = row->organisation_id.is ? row->organisation_id.value : 0,
		.range = { from, range.at ? range : TEXT("") } };
	return say(call, out);
}

Error warning_aims(Call *call, const Warning *warning, WarningAims *out)
{
	WarningAimRows rows;
	WarningAims aims = { 0 };
	if (!warning_is_library(call->actor)) return fail(call, FORBIDDEN, "audiences are the library's affair");
	TRY(warning_aim_rows(call, warning->id, &rows));
	for (size_t i = 0; i < rows.count; i++) {
		WarningAim aim;
		TRY(read_aim(call, &rows.at[i], &aim));
		list_add(call->arena, &aims, aim);
	}
	*out = aims;
	return OK;
}

/* ---- Reaches */
typedef struct Reaching {
	Call *call;
	WarningAudience audience;
	Map *known; /* organisation id to its Known */
} Reaching;
typedef struct Known {
	size_t number, share; /* among the reaches; among the shares, the last that reached it; from 1 */
} Known;

static Text join_line(Arena *arena, Text before, Text line)
{
	return before.length ? arena_printf(arena, "%.*s\n%.*s", TEXT_ARGS(before), TEXT_ARGS(line)) : line;
}

static Error reach_of(Reaching *reaching, int64_t organisation_id, WarningReach **out)
{
	Call *call = reaching->call;
	Text key = arena_printf(call->arena, "%lld", (long long)organisation_id);
	Known *known = map_get(reaching->known, key);
	if (!known) {
		Organisation organisation;
		TRY(org_find(call, organisation_id, &organisation));
		WarningReach reach = { .organisation_id = organisation.id,
			.name = organisation.name,
			.name_en = organisation.name_en,
			.domicile = organisation.domicile,
			.why = { TEXT(""), TEXT("") } };
		list_add(call->arena, &reaching->audience.reaches, reach);
		known = arena_new_of(call->arena, Known);
		known->number = reaching->audience.reaches.count;
		map_put(reaching->known, key, known);
	}
	must(reaching->audience.reaches.at && known->number <= reaching->audience.reaches.count);
	if (known->share != reaching->audience.shares.count) reaching->audience.shares.at[reaching->audience.shares.count - 1].reached++;
	known->share = reaching->audience.shares.count;
	*out = &reaching->audience.reaches.at[known->number - 1];
	return OK;
}

static size_t lines_of(Text text)
{
	size_t lines = text.length > 0;
	for (size_t i = 0; i < text.length; i++) lines += text.at[i] == '\n';
	return lines;
}

static void add_why(Arena *arena, WarningReach *reach, const Text why[LANG_COUNT])
{
	size_t lines = lines_of(reach->why[LANG_ZH]);
	for (int i = 0; i < LANG_COUNT && lines <= WAYS_MOST; i++)
		reach->why[i] = join_line(arena, reach->why[i], lines < WAYS_MOST ? why[i] : tr((Lang)i, N_("and more of its products")));
}

/* "X 2.1 contains Z 1.0, which contains Y 3.0" */
static Text way_text(Arena *arena, Lang lang, const ProductHolding *holding)
{
	Buffer out = { .arena = arena };
	for (size_t i = 0; i < holding->way.count; i++) {
		const ProductStep *step = &holding->way.at[i];
		Text name = lang == LANG_EN && step->name_en.length ? step->name_en : step->name;
		if (i == 1) buffer_put(&out, tr(lang, N_(" contains ")));
		if (i > 1) buffer_put(&out, tr(lang, N_(", which contains ")));
		buffer_put(&out, name);
		if (step->version.length) buffer_printf(&out, " %.*s", TEXT_ARGS(step->version));
	}
	return buffer_text(&out);
}

static Error reach_vendors(Reaching *reaching, const WarningAim *aim)
{
	Call *call = reaching->call;
	Product sdk;
	ProductHoldings holdings;
	TRY(product_find(call, aim->product_id, &sdk));
	TRY(product_holdings(call, &sdk, &aim->range, &holdings));
	for (size_t i = 0; i < holdings.count; i++) {
		const ProductHolding *holding = &holdings.at[i];
		WarningReach *reach;
		const Text why[LANG_COUNT] = {
			[LANG_ZH] = way_text(call->arena, LANG_ZH, holding), [LANG_EN] = way_text(call->arena, LANG_EN, holding)
		};
		if (holding->organisation_id) {
			TRY(reach_of(reaching, holding->organisation_id, &reach));
			add_why(call->arena, reach, why);
			reach->left_out = NULL; /* the provider of an affected product is told wherever its seat is */
		} else {
			for (int lang = 0; lang < LANG_COUNT; lang++) list_add(call->arena, &reaching->audience.unheld[lang], why[lang]);
		}
	}
	return OK;
}

static Error reach_one(Reaching *reaching, int64_t organisation_id, const Text why[LANG_COUNT])
{
	WarningReach *reach;
	size_t before = reaching->audience.reaches.count;
	TRY(reach_of(reaching, organisation_id, &reach));
	add_why(reaching->call->arena, reach, why);
	if (reaching->audience.reaches.count > before && !text_is(reach->domicile, TEXT("CN")))
		reach->left_out = N_("Its seat is abroad: what is not public goes to no foreign recipient but the product's own provider.");
	return OK;
}

static Error reach_units(Reaching *reaching, const WarningAim *aim)
{
	static const char *const kinds[] = { "unit", "partner" };
	for (size_t i = 0; i < COUNT(kinds); i++) {
		Organisations units;
		if (aim->direction.length && !text_is(aim->direction, text_from(kinds[i]))) continue;
		TRY(org_list_of_standing(reaching->call, text_from(kinds[i]), aim->stars, &units));
		for (size_t k = 0; k < units.count; k++) TRY(reach_one(reaching, units.at[k].id, aim->words));
	}
	return OK;
}

static Error reach_sector(Reaching *reaching, const WarningAim *aim)
{
	enum { AT_ONCE = 500 };
	Organisations found;
	int64_t after = 0;
	do {
		TRY(org_list_of_sector(reaching->call, aim->sector, after, AT_ONCE, &found));
		for (size_t i = 0; i < found.count; i++) {
			after = found.at[i].id;
			TRY(reach_one(reaching, after, aim->words));
		}
	} while (found.count == AT_ONCE);
	return OK;
}

static Error reach_chosen(Reaching *reaching, const WarningAim *aim)
{
	Organisation organisation;
	const Text why[LANG_COUNT] = { tr(LANG_ZH, N_("Chosen by name")), tr(LANG_EN, N_("Chosen by name")) };
	TRY(org_find(reaching->call, aim->organisation_id, &organisation));
	return reach_one(reaching, organisation.merged_into ? organisation.merged_into : organisation.id, why);
}

static Error mark_known(Reaching *reaching, const Warning *warning)
{
	Call *call = reaching->call;
	Numbers told;
	TRY(warning_recipient_ids(call, warning->id, &told));
	for (size_t i = 0; i < told.count; i++) {
		const Known *known = map_get(reaching->known, arena_printf(call->arena, "%lld", (long long)told.at[i]));
		if (!known) continue;
		must(reaching->audience.reaches.at && known->number <= reaching->audience.reaches.count);
		reaching->audience.reaches.at[known->number - 1].is_recipient = true;
	}
	return OK;
}

static Error reach(Reaching *reaching, const WarningAim *aim)
{
	WarningShare share = { .words = { [LANG_ZH] = aim->words[LANG_ZH], [LANG_EN] = aim->words[LANG_EN] } };
	list_add(reaching->call->arena, &reaching->audience.shares, share);
	if (text_is(aim->kind, TEXT("public"))) reaching->audience.is_public = true;
	if (text_is(aim->kind, TEXT("units"))) TRY(reach_units(reaching, aim));
	if (aim->product_id) TRY(reach_vendors(reaching, aim));
	if (aim->sector.length) TRY(reach_sector(reaching, aim));
	return aim->organisation_id ? reach_chosen(reaching, aim) : OK;
}

static void count(WarningAudience *audience)
{
	for (size_t i = 0; i < audience->reaches.count; i++) {
		WarningReach *reached = &audience->reaches.at[i];
		if (audience->is_public) reached->left_out = NULL;
		if (reached->left_out)
			audience->left_out++;
		else if (reached->is_recipient)
			audience->known++;
		else
			audience->told++;
	}
}

Error warning_audience(Call *call, const Warning *warning, WarningAudience *out)
{
	WarningAims aims;
	Reaching reaching = { .call = call, .known = map_new(call->arena) };
	TRY(warning_aims(call, warning, &aims));
	for (size_t i = 0; i < aims.count; i++)
		if (!aims.at[i].used_at) TRY(reach(&reaching, &aims.at[i]));
	TRY(mark_known(&reaching, warning));
	count(&reaching.audience);
	*out = reaching.audience;
	return OK;
}
