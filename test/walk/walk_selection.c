/* Applications, from the draft to the end of the material review, in rounds that open, close and are reviewed one after another; and the register of
 * support units with what is small of the programme. Neither knows a draw: what happens is the same on every database. */
#include "base/base/clock.h"
#include "base/crypto/crypto.h"
#include "subject/merit/deed.h"
#include "subject/merit/honour.h"
#include "subject/programme/activity/activity.h"
#include "subject/programme/application/application_private.h"
#include "subject/programme/application/application_scene.h"
#include "subject/programme/evaluation/evaluation.h"
#include "subject/programme/unit/unit.h"
#include "walk/walk_programme.h"

#include <sys/mman.h>
#include <unistd.h>

#define DAY_MS INT64_C(86400000)
#define HOUR_MS INT64_C(3600000)
static const char proof[] = "What we found.";

/* ---- Rounds and applications */
static void new_round(Walk *walk)
{
	const ApplicationScene *place = walk->place;
	int64_t opens = walk->call->now + (int64_t)(1 + walk_below(walk, 12)) * HOUR_MS;
	const char *code = arena_printf(walk->call->arena, "W-%llu", (unsigned long long)walk->random % 1000000007U).at;
	walk->call->actor = place->secretary;
	round_scene_opens = walk_instant(walk, opens);
	round_scene_closes = walk_instant(walk, opens + (int64_t)(2 + walk_below(walk, 4)) * DAY_MS);
	Text ref = round_scene_draft(walk->scene->t, code);
	Error error = round_rehearse(walk->call, ref);
	if (error == OK && walk_chance(walk, 80)) error = round_act(walk->call, ref, TEXT("publish"), 0, NULL);
	walk_note(walk, "new round", error);
}

static const Actor *applicant(Walk *walk)
{
	const ApplicationScene *place = walk->place;
	return walk_chance(walk, 50) ? place->applicant : place->rival;
}

static void new_application(Walk *walk)
{
	Rounds open;
	Text ref;
	walk->call->actor = applicant(walk);
	CHECK_OK(walk->call, round_list_open(walk->call, 20, &open));
	if (open.count)
		walk_note(walk, "new application",
			application_new(walk->call, open.at[walk_below(walk, open.count)].code, TEXT("technical"), &ref));
	else
		new_round(walk);
}

static void begin_application(Walk *walk)
{
	if (walk_chance(walk, 25))
		new_round(walk);
	else
		new_application(walk);
}

Text walk_lodged_hashes(Walk *walk)
{
	Digest digest = sha256(text_from(proof));
	return arena_printf(walk->call->arena, "%.*s  proof.txt", TEXT_ARGS(hex_text(walk->call->arena, DIGEST_TEXT(digest))));
}

static Error attach(Walk *walk, const Application *application, const char *field)
{
	AttachmentOwner owner;
	Attachment attachment;
	int file = memfd_create("file", MFD_CLOEXEC);
	CHECK(write(file, proof, strlen(proof)) == (ssize_t)strlen(proof));
	Error error = application_files(walk->call, application, text_from(field), true, &owner);
	if (error == OK) error = attachment_store(walk->call, owner, TEXT("proof.txt"), file, (int64_t)strlen(proof), &attachment);
	close(file);
	return error;
}

/* The applicant writes, corrects and delivers; an officer files an extract of the register: no row says so, but without it little goes on. */
static Error work_on(Walk *walk, Text ref)
{
	Application application;
	const ApplicationScene *place = walk->place;
	const Actor *const people[] = { place->applicant, place->rival, place->secretary };
	Error error = ERROR_NOT_FOUND;
	for (size_t i = walk_below(walk, COUNT(people)), tries = 0; error != OK && tries < COUNT(people);
		i = (i + 1) % COUNT(people), tries++) {
		call_recover(walk->call);
		walk->call->actor = people[i];
		error = application_open(walk->call, ref, &application);
	}
	if (error != OK) return error;
	if (!application.is_admin) return attach(walk, &application, "check");
	if (text_is(application.state, TEXT("HASHED")) || walk_chance(walk, 30)) return attach(walk, &application, "proof");
	const char *profile =
		arena_printf(walk->call->arena, "We find vulnerabilities, %llu.", (unsigned long long)walk_below(walk, 1000)).at;
	return application_save(walk->call, &application, VALUES(walk->scene, "profile", profile, "team", "| 张三 | CAPPSEC |"));
}

static void pass_applications(Walk *walk)
{
	int64_t count = 1;
	walk->call->actor = &actor_system;
	CHECK_OK(walk->call, round_advance(walk->call, &count));
	while (count) CHECK_OK(walk->call, application_advance(walk->call, &count));
	walk_note(walk, "passed", OK);
}

static void prepare_application(Walk *walk)
{
	if (walk_chance(walk, 25)) {
		pass_applications(walk);
		return;
	}
	if (walk_chance(walk, 15)) {
		begin_application(walk);
		return;
	}
	for (int i = 0; i < 4; i++) {
		Text ref = walk_pick_young(walk, &application_machine);
		if (ref.length) walk_note(walk, "worked", work_on(walk, ref));
	}
}

static Error overdue_application(Call *call, Text machine, int64_t subject_id, Text clock)
{
	(void)machine;
	return application_overdue(call, subject_id, clock);
}

static const WalkMachine applying[] = { WALK_APPLICATIONS, WALK_ROUNDS };
const WalkWorld walk_applications = { applying, COUNT(applying), begin_application, prepare_application, pass_applications,
	overdue_application, 400, 20, 8, "withdraw cancel discard lapse", "applications" };

/* ---- The register, and what is small */
#define NEW(walk, ...) VALUES((walk)->scene, __VA_ARGS__)

static Error new_activity(Walk *walk)
{
	Text ref;
	int64_t opens = walk->call->now + (int64_t)walk_below(walk, 3) * DAY_MS, closes = opens + 2 * DAY_MS, starts = closes + DAY_MS;
	walk->call->actor = walk_office(walk, ROLE_SECRETARY);
	return activity_new(walk->call,
		NEW(walk, "kind", "salon", "title_zh", "沙龙", "title_en", "Salon", "about_zh", "内容", "about_en", "A", "place", "P",
			"starts_on", walk_instant(walk, starts), "ends_on", walk_instant(walk, starts + DAY_MS / 4), "opens_on",
			walk_instant(walk, opens), "closes_on", walk_instant(walk, closes), "units_on", walk_instant(walk, opens), "places",
			"2"),
		&ref);
}

/* With days that are long, or near their end. */
static Error new_unit(Walk *walk)
{
	const char *const codes[] = { "91350100M000100Y43", scene_vendor_code, "91110108551385082Q" };
	static const int days[] = { 20, 70, 400 };
	Text ref, until = clock_iso(walk->call->arena, walk->call->now + days[walk_below(walk, COUNT(days))] * DAY_MS);
	walk->call->actor = walk_office(walk, ROLE_SECRETARY);
	return unit_enter(walk->call,
		NEW(walk, "credit_code", codes[walk_below(walk, walk_chance(walk, 90) ? 2 : COUNT(codes))], "direction",
			walk_chance(walk, 60) ? "technical" : "partner", "stars", "2", "document", "软测〔2026〕1号", "document_on",
			"2026-01-20", "from_on", "2026-01-01", "until_on", arena_printf(walk->call->arena, "%.10s", until.at).at),
		&ref);
}

static Error new_deed(Walk *walk)
{
	Text ref;
	walk->call->actor = walk_office(walk, ROLE_UNIT_ADMIN | ROLE_UNIT_MEMBER);
	return deed_state(walk->call, NEW(walk, "kind", "talk", "done_on", "2026-02-20", "what", "讲座", "evidence", "照片"), false, &ref);
}

static const char *a_year(Walk *walk)
{
	static const char *const years[] = { "2018", "2019", "2020", "2021", "2022", "2023", "2024", "2025", "2031" };
	return years[walk_below(walk, COUNT(years))];
}

static Error new_evaluation(Walk *walk)
{
	Text ref;
	walk->call->actor = walk_office(walk, ROLE_SECRETARY);
	return evaluation_begin(walk->call, text_from(a_year(walk)), &ref);
}

static Error new_honours(Walk *walk)
{
	Text ref;
	walk->call->actor = walk_office(walk, ROLE_SECRETARY);
	return honour_begin(walk->call, text_from(a_year(walk)), &ref);
}

static void begin_register(Walk *walk)
{
	static const struct {
		const char *name;
		Error (*make)(Walk *walk);
	} news[] = { { "activity", new_activity }, { "unit", new_unit }, { "unit", new_unit }, { "unit", new_unit }, { "deed", new_deed },
		{ "evaluation", new_evaluation }, { "honours", new_honours } };
	size_t chosen = walk_below(walk, COUNT(news));
	walk_note(walk, arena_printf(walk->call->arena, "new %s", news[chosen].name).at, news[chosen].make(walk));
}

static void pass_register(Walk *walk)
{
	int64_t count = 0;
	walk->call->actor = &actor_system;
	CHECK_OK(walk->call, unit_advance(walk->call, &count));
	CHECK_OK(walk->call, activity_advance(walk->call, &count));
	walk_note(walk, "passed", OK);
}

static void prepare_register(Walk *walk)
{
	if (walk_chance(walk, 30))
		pass_register(walk);
	else
		begin_register(walk);
}

static Error overdue_unit(Call *call, Text machine, int64_t subject_id, Text clock)
{
	(void)machine, (void)clock;
	return unit_deadline(call, subject_id, true);
}

static const WalkMachine registering[] = { { &unit_machine, unit_action_form, NULL, unit_act, walk_units, walk_state_of_unit },
	{ &activity_machine, activity_action_form, NULL, activity_act, walk_activities, walk_state_of_activity },
	{ &deed_machine, deed_action_form, NULL, deed_act, walk_deeds, walk_state_of_deed },
	{ &evaluation_machine, evaluation_action_form, NULL, evaluation_act, walk_evaluations, walk_state_of_evaluation },
	{ &honour_machine, honour_action_form, NULL, honour_act, walk_honours, walk_state_of_honour } };
const WalkWorld walk_register = { registering, COUNT(registering), begin_register, prepare_register, pass_register, overdue_unit, 100, 20,
	8, "refuse drop discard cancel retire decline end withdraw", "register" };
