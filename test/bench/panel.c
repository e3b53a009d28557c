/* A round of 300 applications, 300 experts and a panel of nine, played to its end, and its pages at every stage. In process, without cache. */
#include "subject/programme/panel/panel.h"

#include "app/demo_application.h"
#include "app/demo_party.h"
#include "app/demo_selection.h"
#include "app/house.h"
#include "app/wiring.h"
#include "base/base/clock.h"
#include "bench/bench.h"

enum { APPLICATIONS = 300, EXPERTS = 300, ROUNDS = 40, STAFF = 4, REF_BYTES = 40, OPENED_DAYS_AGO = 120 };
static const char code[] = "2031-1";

static Actor staff[STAFF]; /* coordinator, two secretaries, supervisor */
static Actor *asking;

static Error become(Request *request)
{
	if (asking) request->call->actor = asking;
	request->csrf_token = TEXT("bench");
	return OK;
}

/* ---- People */
static Error make_staff(Call *call)
{
	static const struct {
		const char *mail, *name;
		uint32_t role;
	} people[STAFF] = { { "c@example.cn", "协调", ROLE_COORDINATOR }, { "s@example.cn", "秘书一", ROLE_SECRETARY },
		{ "t@example.cn", "秘书二", ROLE_SECRETARY }, { "v@example.cn", "监督", ROLE_SUPERVISOR } };
	for (size_t i = 0; i < STAFF; i++) {
		int64_t id;
		TRY(person_create_demo(
			call, text_from(people[i].mail), text_from(people[i].name), (Text) { people[i].mail, 1 }, people[i].role, &id));
		staff[i] = (Actor) {
			.person_id = id, .session_id = id, .roles = ROLE_REPORTER | people[i].role, .second_factor = true, .scopes = ~0U
		};
	}
	return OK;
}

static Error add_expert(Call *call, size_t n, DemoExperts *out)
{
	static const char *const specialties[] = { "移动应用安全", "代码审计与逆向", "应急响应" };
	const DemoExpert expert = { arena_printf(call->arena, "专家%zu", n).at, arena_printf(call->arena, "expert%zu", n).at,
		specialties[n % 3], arena_printf(call->arena, "研究所%zu", n).at, "研究员" };
	return demo_expert_add(call, &expert, n, &staff[1], false, out);
}

static Error add_applicant(Call *call, DemoPlay *play, size_t n, char *ref)
{
	Actor unit;
	DemoApplicant applicant = { .direction = TEXT("technical"), .quality = 50 + (int)(n * 7 % 45) };
	Text first = arena_printf(call->arena, "91110108MADEM%04zu", 1000 + n), found;
	const char *number = arena_printf(call->arena, "%.*s%c", TEXT_ARGS(first), credit_code_check(first)).at;
	const DemoVendor vendor = { arena_printf(call->arena, "u%zu@example.cn", n).at, "联系人",
		arena_printf(call->arena, "unit%zu", n).at, arena_printf(call->arena, "安全技术%zu有限公司", n).at, "Security", number,
		"技术部 010-00000000", "unit", 0 };
	call->now = play->opens + 2 * (int64_t)86400000;
	TRY(demo_found(call, &vendor, &unit, &staff[0]));
	TRY(demo_apply(call, &unit, play->code, applicant.direction, &found));
	must(found.length < REF_BYTES);
	memcpy(ref, found.at, found.length);
	applicant.ref = (Text) { ref, found.length };
	play->applicants.at[play->applicants.count++] = applicant;
	return OK;
}

/* What is made lives with the call; each is made in an arena of its own. */
static Error fill(Call *call, DemoPlay *play, DemoExperts *experts)
{
	char(*refs)[REF_BYTES] = arena_alloc(call->arena, sizeof(*refs) * APPLICATIONS);
	play->applicants.at = arena_array_of(call->arena, DemoApplicant, APPLICATIONS);
	for (size_t i = 0; i < EXPERTS; i++) {
		call->now = play->opens;
		TRY(add_expert(call, i, experts));
	}
	for (size_t i = 0; i < APPLICATIONS; i++) {
		ArenaMark mark = arena_mark(call->arena);
		TRY(add_applicant(call, play, i, refs[i]));
		arena_release(call->arena, mark);
	}
	return OK;
}

/* ---- Pages */
static void print_page(Call *call, const Inside *inside, const char *stage, Actor *who, Text target)
{
	Samples ours = { 0 }, processor = { 0 };
	int failed = 0;
	asking = who;
	for (int round = -3; round < ROUNDS; round++) {
		int status = 0;
		int64_t begin = processor_microseconds(), taken = inside_measure(inside, target, &status);
		int64_t used = processor_microseconds() - begin;
		failed += status != 200;
		if (round < 0) continue; /* warming up */
		list_add(call->arena, &ours, taken);
		list_add(call->arena, &processor, used);
	}
	printf("{\"page\": \"%s %.*s\", \"failed\": %d, \"p50\": %lld, \"p95\": %lld, \"processor\": %lld}\n", stage, TEXT_ARGS(target),
		failed, (long long)samples_share(&ours, 50), (long long)samples_share(&ours, 95), (long long)samples_share(&processor, 50));
	fflush(stdout);
}

static void pages_of_office(Call *call, const Inside *inside, const DemoPlay *play, const char *stage)
{
	print_page(call, inside, stage, &staff[1], arena_printf(call->arena, "/programme/rounds/%.*s", TEXT_ARGS(play->round)));
	print_page(call, inside, stage, &staff[1], arena_printf(call->arena, "/programme/rounds/%.*s/panel", TEXT_ARGS(play->round)));
	print_page(call, inside, stage, &staff[1], arena_printf(call->arena, "/programme/applications?round=%s", code));
	print_page(call, inside, stage, &staff[1], arena_printf(call->arena, "/applications/%.*s", TEXT_ARGS(play->applicants.at[0].ref)));
	print_page(call, inside, stage, &staff[1], TEXT("/programme/experts"));
	print_page(call, inside, stage, NULL, arena_printf(call->arena, "/rounds/%s", code));
}

static Error pages_of_member(Call *call, const Inside *inside, const DemoPlay *play, const char *stage)
{
	for (size_t n = 0; n < play->office->experts.count; n++) {
		OwnSeats seats;
		Actor *expert = &play->office->experts.at[n];
		expert->session_id = expert->person_id;
		call->actor = expert;
		TRY(panel_own_seats(call, 0, 1, &seats));
		if (!seats.count || !seats.at[0].is_taken || !text_is(seats.at[0].direction, TEXT("technical"))) continue;
		print_page(call, inside, stage, expert, arena_printf(call->arena, "/panels/%.*s", TEXT_ARGS(seats.at[0].panel)));
		print_page(call, inside, stage, expert,
			arena_printf(call->arena, "/panels/%.*s/applications/%.*s", TEXT_ARGS(seats.at[0].panel),
				TEXT_ARGS(play->applicants.at[0].ref)));
		return OK;
	}
	return fail(call, NOT_FOUND, "a member of the panel");
}

static void print_step(const char *name, int64_t begin)
{
	printf("{\"step\": \"%s\", \"milliseconds\": %lld}\n", name, (long long)((clock_precise() - begin) / 1000));
	fflush(stdout);
}

typedef Error PlayStep(Call *call, DemoPlay *play);
static Error timed(Call *call, DemoPlay *play, const char *name, PlayStep *step)
{
	int64_t begin = clock_precise();
	TRY(step(call, play));
	print_step(name, begin);
	call->now = clock_wall();
	return OK;
}

static Error play_all(Call *call, const Inside *inside, DemoPlay *play)
{
	TRY(timed(call, play, "review", demo_play_review));
	pages_of_office(call, inside, play, "reviewed");
	TRY(timed(call, play, "draw", demo_play_draw));
	TRY(timed(call, play, "sheets", demo_play_panels));
	pages_of_office(call, inside, play, "judged");
	TRY(pages_of_member(call, inside, play, "judged"));
	TRY(timed(call, play, "lock", demo_play_lock));
	pages_of_office(call, inside, play, "locked");
	print_page(call, inside, "locked", NULL, arena_printf(call->arena, "/rounds/%s/draw", code));
	return pages_of_member(call, inside, play, "locked");
}

static Error make_library(Call *call, const char *data)
{
	HouseOptions options = { .data = data, .create = true, .demo = true };
	scoped(house_close) struct OpenHouse *house = NULL;
	return house_open(call, &options, &house);
}

Error panel_mode(Call *call, int argc, char **argv)
{
	DemoSelectors office = { &staff[0], &staff[1], &staff[2], &staff[3], NULL, NULL, { 0 } };
	DemoPlay play = { .office = &office, .code = text_from(code), .opens = clock_wall() - OPENED_DAYS_AGO * (int64_t)86400000 };
	const DemoOpening opening = { code, "2031", play.opens, "4, 3, 2" };
	if (argc != 1) return fail(call, USAGE, "panel DATA");
	TRY(make_library(call, argv[0]));
	scoped(inside_close) Inside inside = { 0 };
	TRY(inside_open(call, argv[0], &inside));
	call->house = &inside.house->house;
	call->db = call->house->db;
	inside.house->house.demo = true; /* its people are made as a demonstration's are */
	http_site_close(&inside.site);
	inside.options.hooks.authenticate = become;
	TRY(http_site_open(call, &inside.options, &inside.site));
	TRY(make_staff(call));
	TRY(demo_open_round(call, &staff[1], &opening, &play.round));
	TRY(fill(call, &play, &office.experts));
	return play_all(call, &inside, &play);
}
