#include "subject/programme/round/round_scene.h"

const char *round_scene_places = "6", *round_scene_opens = "2026-04-01 09:00", *round_scene_closes = "2026-05-01 17:00";

Map *round_scene_values(Arena *arena, const char *const *names_and_values)
{
	Map *values = map_new(arena);
	for (; *names_and_values; names_and_values += 2)
		form_set(arena, values, text_from(names_and_values[0]), text_from(names_and_values[1]));
	return values;
}

static void add(Test *t, Text ref, const char *kind, const char *const *names_and_values)
{
	CHECK_OK(t->call, round_add(t->call, ref, round_kind(text_from(kind)), round_scene_values(t->arena, names_and_values)));
}
#define LIST(...) ((const char *const[]) { __VA_ARGS__, NULL })

Text round_scene_draft(Test *t, const char *code)
{
	return round_scene_draft_of(t, code, TEXT("2026年支撑单位遴选"), TEXT("## 通知\n\n欢迎申报。"));
}

Text round_scene_draft_of(Test *t, const char *code, Text title, Text notice)
{
	Text ref;
	Map *head = round_scene_values(
		t->arena, LIST("code", code, "title_en", "Selection of support units 2026", "notice_zh", "## 通知\n\n欢迎申报。",
				  "notice_en", "## Notice\n\nApplications are welcome.", "conditions_zh", "独立法人\n无不良记录",
				  "conditions_en", "An independent legal person\nNo bad record", "opens_on", round_scene_opens, "closes_on",
				  round_scene_closes, "grace_minutes", "60", "publicity_days", "5", "paper", "postmark", "paper_address",
				  "北京市", "specialties", "移动安全\n应急响应"));
	form_set(t->arena, head, TEXT("title_zh"), title);
	form_set(t->arena, head, TEXT("notice_zh"), notice);
	CHECK_OK(t->call, round_new(t->call, head, &ref));
	add(t, ref, "direction",
		LIST("direction", "technical", "places", round_scene_places, "reserve", "2", "threshold", "60", "trim", "5:1, 11:2", "ties",
			"criterion:c1, median, top, contribution", "low_percent", "60", "high_percent", "95", "seats", "3, 2",
			"group_limit", "1", "alternate_percent", "40"));
	add(t, ref, "criterion",
		LIST("direction", "technical", "id", "c1", "name_zh", "漏洞发现能力", "name_en", "Finding vulnerabilities", "weight", "60",
			"maximum", "40", "step", "0.5", "must", "20", "clause", "4.1"));
	add(t, ref, "criterion",
		LIST("direction", "technical", "id", "c2", "name_zh", "应急能力", "name_en", "Emergency response", "weight", "40",
			"maximum", "30", "step", "0.5", "must", "0"));
	add(t, ref, "star",
		LIST("direction", "technical", "stars", "3", "total", "85", "criterion_percent", "60", "places", "3", "newcomers", "yes"));
	add(t, ref, "field",
		LIST("direction", "both", "name", "team", "section_zh", "队伍", "section_en", "Team", "label_zh", "成员", "label_en",
			"Members", "kind", "table", "choices", "姓名\n证书", "required", "yes"));
	return ref;
}

Text round_scene_published(Test *t, const char *code)
{
	Text ref = round_scene_draft(t, code);
	CHECK_OK(t->call, round_rehearse(t->call, ref));
	CHECK_OK(t->call, round_act(t->call, ref, TEXT("publish"), 0, NULL));
	return ref;
}
