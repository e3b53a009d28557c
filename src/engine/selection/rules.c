#include "engine/selection/dossier.h"

static const char not_so[] = N_("The rules are not in the form that is expected.");

static bool no(const char **out_why, const char *why)
{
	*out_why = why;
	return false;
}

static bool specialties_read(Json value, RoundRules *out, const char **out_why)
{
	JsonEach each = json_each(value);
	if (json_kind(value) != JSON_ARRAY) return no(out_why, not_so);
	while (json_next(&each)) {
		Text name = json_as_text(each.value);
		if (!name.length || text_find(name, TEXT("\n"), NULL) || out->specialty_count == SEAT_SPECIALTIES_MAX)
			return no(out_why, N_("There are 1 to 32 specialties, each with a name."));
		for (size_t i = 0; i < out->specialty_count; i++)
			if (text_is(out->specialties[i], name)) return no(out_why, N_("A specialty is named twice."));
		out->specialties[out->specialty_count++] = name;
	}
	return out->specialty_count ? true : no(out_why, N_("There are 1 to 32 specialties, each with a name."));
}

static bool plan_read(Json value, size_t specialty_count, SeatPlan *out, const char **out_why)
{
	int64_t seats, total = 0, limit, percent;
	JsonEach each = json_each(json_get(value, "seats"));
	SeatPlan plan = { 0 };
	while (json_next(&each)) {
		if (!json_as_int(each.value, &seats) || seats < 0 || seats > SEAT_SEATS_MAX || plan.specialty_count == specialty_count)
			return no(out_why, not_so);
		total += plan.seats[plan.specialty_count++] = (uint32_t)seats;
	}
	if (plan.specialty_count != specialty_count) return no(out_why, N_("The seats of every specialty must be stated."));
	if (total < 1 || total > SCORE_EXPERTS_MAX) return no(out_why, N_("A panel has 1 to 64 seats."));
	if (!json_as_int(json_get(value, "groupLimit"), &limit) || limit < 1 || limit > SEAT_SEATS_MAX)
		return no(out_why, N_("At least one member may come from each group."));
	if (!json_as_int(json_get(value, "alternatePercent"), &percent) || percent < 30 || percent > 50)
		return no(out_why, N_("Alternates are 30 to 50 percent of the seats."));
	plan.group_limit = (uint32_t)limit;
	plan.alternate_percent = (uint32_t)percent;
	*out = plan;
	return true;
}

static bool direction_read(Json value, RoundRules *out, const char **out_why)
{
	DirectionRules *direction = &out->directions[out->direction_count];
	direction->tag = json_as_text(json_get(value, "tag"));
	if (!direction->tag.length || text_find(direction->tag, TEXT("\n"), NULL)) return no(out_why, not_so);
	for (size_t i = 0; i < out->direction_count; i++)
		if (text_is(out->directions[i].tag, direction->tag)) return no(out_why, N_("A direction is named twice."));
	return rubric_read(json_get(value, "rubric"), &direction->rubric, out_why) &&
	       quota_read(json_get(value, "quota"), &direction->quota, out_why) &&
	       stars_read(json_get(value, "stars"), direction->stars, &direction->star_count, out_why) &&
	       plan_read(json_get(value, "panel"), out->specialty_count, &direction->plan, out_why);
}

bool round_rules_read(Json rules, RoundRules *out, size_t *out_direction, const char **out_why)
{
	Json directions = json_get(rules, "directions");
	*out = (RoundRules) { .round = json_as_text(json_get(rules, "round")) };
	*out_direction = 0;
	if (!out->round.length || text_find(out->round, TEXT("\n"), NULL) || json_kind(directions) != JSON_ARRAY)
		return no(out_why, not_so);
	if (!specialties_read(json_get(rules, "specialties"), out, out_why)) return false;
	JsonEach each = json_each(directions);
	while (json_next(&each)) {
		*out_direction = out->direction_count;
		if (out->direction_count == SEAT_PANELS_MAX) return no(out_why, N_("There are 1 to 8 directions."));
		if (!direction_read(each.value, out, out_why)) return false;
		out->direction_count++;
	}
	return out->direction_count ? true : no(out_why, N_("There are 1 to 8 directions."));
}
