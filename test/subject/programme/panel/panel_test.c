/* From the frozen pool to the dossier: what is refused, what is hidden until when, and what an outsider can compute again. */
#include "store/ledger/ledger.h"
#include "subject/programme/panel/panel_scene.h"

#define LIST(...) round_scene_values(t->arena, (const char *const[]) { __VA_ARGS__, NULL })
#define DAY_MS ((int64_t)86400000)

static bool has_problem(const Call *call, const char *field)
{
	for (size_t i = 0; i < call->failure.problems.count; i++)
		if (text_is(call->failure.problems.at[i].field, text_from(field))) return true;
	return false;
}

#define REFUSED_AT(expression, field) \
	do { \
		call_recover(t->call); \
		CHECK((expression) == ERROR_INVALID && has_problem(t->call, field)); \
		call_recover(t->call); \
	} while (0)

static Text state_of(PanelScene *scene, size_t application)
{
	ApplicationScene *of = scene->of;
	const Actor *before = scene->t->call->actor;
	scene->t->call->actor = &actor_system;
	Text state = application_scene_open(of, scene->applications[application]).state;
	scene->t->call->actor = before;
	return state;
}

/* Number of the newest change that everybody sees. */
static int64_t newest_change(Test *t)
{
	int64_t numbered, newest;
	CHECK_OK(t->call, ledger_sequence(t->call, &numbered));
	CHECK_OK(t->call, change_latest(t->call, &newest));
	return newest;
}

static Error public_dossier(Test *t, Text *out)
{
	Round round;
	Dossier *dossier;
	TRY(panel_public_dossier_inputs(t->call, TEXT("2026-1"), &round, &dossier));
	return panel_dossier_pack(t->call, dossier, out);
}

TEST_DB(panel__a_round_goes_from_the_pool_to_a_dossier_that_anybody_verifies)
{
	PanelScene *scene = panel_scene(t);
	DossierVerdict verdict;
	Text archive, again;
	panel_scene_freeze(scene);
	CHECK_TEXT(panel_scene_state(scene)->round.state, "PANEL_DRAW");
	panel_scene_draw(scene);
	CHECK_TEXT(panel_scene_state(scene)->round.state, "PANEL");
	CHECK_TEXT(state_of(scene, 0), "SCHEDULED");
	panel_scene_key(scene);
	panel_scene_present(scene);
	panel_scene_commit(scene);
	CHECK_TEXT(state_of(scene, 1), "SEALED");
	panel_scene_open(scene);
	CHECK_TEXT(panel_scene_state(scene)->round.state, "SCORED");
	CHECK_ERROR(t->call, panel_scene_dossier(scene, &archive), NOT_FOUND);
	panel_scene_lock(scene);
	CHECK_TEXT(panel_scene_state(scene)->round.state, "LOCKED");
	CHECK_TEXT(state_of(scene, 0), "SHORTLISTED");
	CHECK_OK(t->call, panel_scene_dossier(scene, &archive));
	dossier_verify(t->arena, archive, signer_public(t->house->signer), 1, &verdict);
	if (!verdict.consistent) test_fail(__FILE__, __LINE__, "%s", verdict.fault.why);
	CHECK(verdict.signer_known);
	int64_t count = 0;
	t->call->actor = &actor_visitor;
	CHECK_ERROR(t->call, public_dossier(t, &again), NOT_FOUND); /* its time has not come */
	CHECK_OK(t->call, panel_advance(t->call, &count));
	CHECK_INT(count, 0);
	t->call->now += 6 * DAY_MS;
	int64_t before = newest_change(t);
	CHECK_OK(t->call, panel_advance(t->call, &count));
	CHECK_INT(count, 1);
	CHECK(newest_change(t) > before); /* the public page of the round is another one now */
	CHECK_OK(t->call, panel_advance(t->call, &count));
	CHECK_INT(count, 0);
	CHECK_OK(t->call, public_dossier(t, &again));
	CHECK(text_is(archive, again));
}

TEST_DB(panel__a_changed_byte_of_any_member_of_the_dossier_is_noticed)
{
	PanelScene *scene = panel_scene(t);
	Text archive;
	ArchiveMembers members;
	panel_scene_freeze(scene);
	panel_scene_draw(scene);
	panel_scene_key(scene);
	panel_scene_present(scene);
	panel_scene_commit(scene);
	panel_scene_open(scene);
	panel_scene_lock(scene);
	CHECK_OK(t->call, panel_scene_dossier(scene, &archive));
	CHECK(archive_unpack(t->arena, archive, &members) && members.count == 10);
	for (size_t m = 0; m < members.count; m++) {
		size_t from = (size_t)(members.at[m].content.at - archive.at);
		for (size_t i = 0; i < 3; i++) {
			Text changed = arena_copy(t->arena, archive);
			DossierVerdict verdict;
			size_t at = from + i * (members.at[m].content.length - 1) / 2;
			((char *)(uintptr_t)changed.at)[at] ^= 1;
			dossier_verify(t->arena, changed, signer_public(t->house->signer), 1, &verdict);
			CHECK(!verdict.consistent);
		}
	}
}

TEST_DB(panel__the_pool_is_frozen_a_day_before_chance_and_two_people_type_it)
{
	PanelScene *scene = panel_scene(t);
	Text round = scene->of->round;
	REFUSED_AT(panel_freeze(t->call, round, LIST("source", "S", "source_on", "2026-05-01 20:00")), "source_on");
	REFUSED_AT(panel_freeze(t->call, round, LIST("source", "S", "source_on", "soon")), "source_on");
	scene_as(scene->of->scene, scene->of->supervisor);
	CHECK_ERROR(t->call, panel_freeze(t->call, round, LIST("source", "S", "source_on", "2026-07-01 21:30")), FORBIDDEN);
	panel_scene_freeze(scene);
	CHECK_ERROR(t->call, panel_freeze(t->call, round, LIST("source", "S", "source_on", "2026-07-01 21:30")), CONFLICT);
	REFUSED_AT(panel_enter(t->call, round, LIST("value", "1 2 3")), "value"); /* before it exists */
	t->call->now = panel_scene_state(scene)->draw.source_at;
	CHECK_OK(t->call, panel_enter(t->call, round, LIST("value", "1 2 3")));
	REFUSED_AT(panel_confirm(t->call, round, LIST("confirmed", "1 2 3")), "confirmed"); /* the same person */
	scene_as(scene->of->scene, scene->of->second);
	REFUSED_AT(panel_confirm(t->call, round, LIST("confirmed", "1 2 4")), "confirmed");
	CHECK_OK(t->call, panel_confirm(t->call, round, LIST("confirmed", "1 2 3")));
	CHECK_ERROR(t->call, panel_confirm(t->call, round, LIST("confirmed", "1 2 3")), CONFLICT);
}

/* "At least N" is hard: too few experts of a specialty, and nothing is frozen. */
TEST_DB(panel__a_pool_that_cannot_fill_the_seats_is_refused_and_leaves_nothing)
{
	PanelScene *scene = panel_scene(t);
	for (int i = 1; i < PANEL_SCENE_EXPERTS - 2; i += 2) /* one of the second specialty stays */
		CHECK_OK(t->call, expert_act(t->call, scene->refs[i], TEXT("ban"), 0, LIST("reason", "R")));
	REFUSED_AT(panel_freeze(t->call, scene->of->round, LIST("source", "S", "source_on", "2026-07-01 21:30")), "source");
	CHECK(!panel_scene_state(scene)->is_frozen);
	CHECK_TEXT(panel_scene_state(scene)->round.state, "MATERIAL_REVIEW");
}

TEST_DB(panel__nobody_in_conflict_is_ever_drawn)
{
	PanelScene *scene = panel_scene(t);
	Text refs[3] = { scene->refs[0], scene->refs[1], scene->refs[2] };
	scene_as(scene->of->scene, scene->experts[0]); /* declared */
	CHECK_OK(t->call, expert_relate(t->call, LIST("kind", "kin", "organisation", "示例安全公司")));
	scene_as(scene->of->scene, scene->of->applicant); /* named by the applicant, by its name in the library */
	Application application = application_scene_open(scene->of, scene->applications[0]);
	CHECK_OK(t->call, panel_name_expert(t->call, application.ref, LIST("name", "expert01", "why", "Rival.")));
	CHECK_OK(t->call, panel_name_expert(t->call, application.ref, LIST("name", "b", "why", "Rival.")));
	CHECK_OK(t->call, panel_name_expert(t->call, application.ref, LIST("name", "c", "why", "Rival.")));
	REFUSED_AT(panel_name_expert(t->call, application.ref, LIST("name", "d", "why", "Rival.")), "name");
	scene_as(scene->of->scene, scene->of->secretary); /* by the office */
	REFUSED_AT(panel_recuse(t->call, scene->of->round, LIST("expert", "E-NONE", "application", "A-NONE", "why", "W")), "expert");
	CHECK_OK(t->call, panel_recuse(t->call, scene->of->round,
				  LIST("expert", arena_string(t->arena, refs[2]), "application", arena_string(t->arena, application.ref),
					  "why", "W")));
	panel_scene_freeze(scene);
	CHECK_ERROR(t->call,
		panel_recuse(t->call, scene->of->round,
			LIST("expert", arena_string(t->arena, refs[3 % 3]), "application", arena_string(t->arena, application.ref), "why",
				"W")),
		CONFLICT); /* frozen before chance exists */
	panel_scene_draw(scene);
	const PanelState *state = panel_scene_state(scene);
	CHECK_INT(state->parts[0].seats.count, 7); /* five, and two alternates */
	for (size_t i = 0; i < state->parts[0].seats.count; i++)
		for (size_t r = 0; r < COUNT(refs); r++)
			CHECK(!text_is(panel_expert_ref(state, state->parts[0].seats.at[i].expert_id), refs[r]));
}

TEST_DB(panel__who_declines_is_replaced_by_the_next_of_the_same_permutation)
{
	PanelScene *scene = panel_scene(t);
	panel_scene_freeze(scene);
	panel_scene_draw(scene);
	Text panel = panel_scene_panel(scene), seed = panel_scene_state(scene)->draw.seed;
	const Actor *first = panel_scene_member(scene, "taken", 0), *second = panel_scene_member(scene, "taken", 1);
	Expert expert;
	scene_as(scene->of->scene, first);
	CHECK_ERROR(t->call, panel_decline(t->call, panel, LIST("declined_why", "")), INVALID);
	int64_t before = newest_change(t);
	CHECK_OK(t->call, panel_decline(t->call, panel, LIST("declined_why", "Ill.")));
	CHECK(newest_change(t) > before); /* the public page of the draw is another one */
	CHECK_ERROR(t->call, panel_decline(t->call, panel, LIST("declined_why", "Ill.")), NOT_FOUND); /* sits no more */
	CHECK_OK(t->call, expert_own(t->call, &expert));
	CHECK_INT(expert.declined, 1);
	scene_as(scene->of->scene, second);
	CHECK_OK(t->call, panel_swear(t->call, panel, scene->applications[0], LIST("free", "conflict", "tie", "A friend.")));
	CHECK_OK(t->call, expert_own(t->call, &expert));
	CHECK_INT(expert.declined, 0); /* a conflict is no fault */
	const PanelState *state = panel_scene_state(scene);
	size_t taken = 0;
	for (size_t i = 0; i < state->parts[0].seats.count; i++) taken += text_is(state->parts[0].seats.at[i].code, TEXT("taken"));
	CHECK_INT(taken, 5);
	CHECK(text_is(state->draw.seed, seed));
	CHECK_INT(state->seats.directions[0].count, 3);
}

TEST_DB(panel__nothing_is_scored_before_the_oath_the_key_and_the_presentation)
{
	PanelScene *scene = panel_scene(t);
	panel_scene_freeze(scene);
	panel_scene_draw(scene);
	Text panel = panel_scene_panel(scene), application = scene->applications[0];
	const Actor *member = panel_scene_member(scene, "taken", 0), *alternate = panel_scene_member(scene, "alternate", 0);
	Map *sheet = panel_scene_sheet(t, "30", "22");
	scene_as(scene->of->scene, member);
	CHECK_ERROR(t->call, panel_commit(t->call, panel, application, sheet), NOT_FOUND); /* no oath */
	CHECK_OK(t->call, panel_swear(t->call, panel, application, LIST("free", "free")));
	CHECK_ERROR(t->call, panel_commit(t->call, panel, application, sheet), CONFLICT); /* it has not presented itself */
	scene_as(scene->of->scene, scene->of->secretary);
	CHECK_OK(t->call, panel_present(t->call, scene->of->round, application, true));
	scene_as(scene->of->scene, member);
	CHECK_ERROR(t->call, panel_commit(t->call, panel, application, sheet), CONFLICT); /* no key */
	scene_as(scene->of->scene, scene->of->secretary);
	panel_scene_key(scene);
	scene_as(scene->of->scene, member);
	REFUSED_AT(panel_commit(t->call, panel, application, panel_scene_sheet(t, "40.5", "22")), "c1");
	REFUSED_AT(panel_commit(t->call, panel, application, panel_scene_sheet(t, "30.2", "22")), "c1");
	REFUSED_AT(panel_commit(t->call, panel, application, LIST("c1", "30")), "c2");
	REFUSED_AT(panel_commit(t->call, panel, application, LIST("c1", "40", "c2", "22")), "c1_reason");
	CHECK_OK(t->call, panel_commit(t->call, panel, application, sheet));
	CHECK_OK(t->call, panel_commit(t->call, panel, application, panel_scene_sheet(t, "31", "22"))); /* a new commitment; both stay */
	CHECK_INT(panel_scene_state(scene)->parts[0].sheets.at[0].number, 2);
	scene_as(scene->of->scene, alternate);
	CHECK_ERROR(t->call, panel_commit(t->call, panel, application, sheet), NOT_FOUND);
	scene_as(scene->of->scene, scene->experts[0] == member ? scene->experts[2] : scene->experts[0]);
	scene_as(scene->of->scene, scene->of->stranger);
	CHECK_ERROR(t->call, panel_commit(t->call, panel, application, sheet), NOT_FOUND);
}

TEST_DB(panel__two_shares_open_and_nobody_holds_two)
{
	PanelScene *scene = panel_scene(t);
	Text round = scene->of->round, share;
	panel_scene_freeze(scene);
	panel_scene_draw(scene);
	CHECK_OK(t->call, panel_key_new(t->call, round));
	CHECK_ERROR(t->call, panel_share_take(t->call, round, TEXT("supervisor"), &share), FORBIDDEN);
	CHECK_OK(t->call, panel_share_take(t->call, round, TEXT("office"), &share));
	CHECK_ERROR(t->call, panel_share_take(t->call, round, TEXT("envelope"), &share), FORBIDDEN); /* a second one */
	CHECK_ERROR(t->call, panel_share_take(t->call, round, TEXT("other"), &share), FORBIDDEN);
	scene_as(scene->of->scene, scene->of->second);
	CHECK_ERROR(t->call, panel_share_take(t->call, round, TEXT("office"), &share), CONFLICT); /* shown once */
	scene_as(scene->of->scene, scene->of->secretary);
	panel_scene_key(scene); /* a new one, for the other was not rehearsed */
	CHECK_ERROR(t->call, panel_key_new(t->call, round), CONFLICT);
	panel_scene_present(scene);
	REFUSED_AT(panel_open(t->call, round, LIST("share_one", "1-00", "share_other", arena_string(t->arena, scene->shares[0]))),
		"share_one");
	REFUSED_AT(panel_open(t->call, round, panel_scene_shares(scene, 1, 1)), "share_other");
	REFUSED_AT(panel_open(t->call, round, panel_scene_shares(scene, 0, 1)), "few_why"); /* nobody has committed */
	Map *few = panel_scene_shares(scene, 0, 1);
	form_set(t->arena, few, TEXT("few_why"), TEXT("Snow."));
	REFUSED_AT(panel_open(t->call, round, few), "few_why"); /* below the quorum */
}

TEST_DB(panel__with_a_quorum_the_sheets_of_those_who_committed_to_all_are_counted)
{
	PanelScene *scene = panel_scene(t);
	panel_scene_freeze(scene);
	panel_scene_draw(scene);
	panel_scene_key(scene);
	panel_scene_present(scene);
	Text panel = panel_scene_panel(scene);
	for (size_t n = 0; n < 4; n++) {
		scene_as(scene->of->scene, panel_scene_member(scene, "taken", n));
		for (size_t i = 0; i < PANEL_SCENE_APPLICANTS - (size_t)(n == 3); i++) /* the fourth scores one only */
			CHECK_OK(t->call, panel_commit(t->call, panel, scene->applications[i], panel_scene_sheet(t, "30", "22")));
	}
	scene_as(scene->of->scene, scene->of->supervisor);
	Map *few = panel_scene_shares(scene, 0, 1);
	form_set(t->arena, few, TEXT("few_why"), TEXT("Snow."));
	CHECK_OK(t->call, panel_open(t->call, scene->of->round, few));
	const PanelState *state = panel_scene_state(scene);
	CHECK_INT(state->parts[0].row.quorum.value, 3);
	CHECK_INT(state->dossier.directions[0].sheets.count, 9);
	scene_as(scene->of->scene, scene->of->secretary);
	panel_scene_lock(scene); /* all trimmed totals are equal: the lot decides */
	Text first = state_of(scene, 0), second = state_of(scene, 1);
	CHECK(text_is(first, TEXT("SHORTLISTED")) && text_is(second, TEXT("SHORTLISTED")));
}

/* HotCRP issue 264: "at least so many" was a wish. Here it is not: no share opens what too few have committed to, whatever reason is given. */
TEST_DB(panel__below_its_quorum_nothing_is_opened)
{
	PanelScene *scene = panel_scene(t);
	panel_scene_freeze(scene);
	panel_scene_draw(scene);
	panel_scene_key(scene);
	panel_scene_present(scene);
	Text panel = panel_scene_panel(scene);
	for (size_t n = 0; n < 3; n++) {
		scene_as(scene->of->scene, panel_scene_member(scene, "taken", n));
		for (size_t i = 0; i < PANEL_SCENE_APPLICANTS - (size_t)(n == 2); i++) /* the third scores one only */
			CHECK_OK(t->call, panel_commit(t->call, panel, scene->applications[i], panel_scene_sheet(t, "30", "22")));
	}
	scene_as(scene->of->scene, scene->of->supervisor);
	Map *few = panel_scene_shares(scene, 0, 1);
	form_set(t->arena, few, TEXT("few_why"), TEXT("Snow."));
	REFUSED_AT(panel_open(t->call, scene->of->round, few), "few_why");
	const PanelState *state = panel_scene_state(scene);
	CHECK(!state->parts[0].row.quorum.is);
	CHECK_INT(state->dossier.directions[0].sheets.count, 0);
	scene_as(scene->of->scene, panel_scene_member(scene, "taken", 2)); /* the third brings what is missing */
	CHECK_OK(t->call, panel_commit(t->call, panel, scene->applications[PANEL_SCENE_APPLICANTS - 1], panel_scene_sheet(t, "30", "22")));
	scene_as(scene->of->scene, scene->of->supervisor);
	CHECK_OK(t->call, panel_open(t->call, scene->of->round, few));
}

TEST_DB(panel__scores_change_for_four_reasons_with_two_signatures_and_never_after_the_lock)
{
	PanelScene *scene = panel_scene(t);
	panel_scene_freeze(scene);
	panel_scene_draw(scene);
	panel_scene_key(scene);
	panel_scene_present(scene);
	panel_scene_commit(scene);
	Text round = scene->of->round;
	const char *application = arena_string(t->arena, scene->applications[1]);
	const PanelState *state = panel_scene_state(scene);
	const char *expert = arena_string(t->arena, panel_expert_ref(state, state->parts[0].sheets.at[0].expert_id));
#define CORRECT(becomes_, because_) \
	panel_correct(t->call, round, \
		LIST("of_application", application, "of_expert", expert, "of_criterion", "c1", "becomes", becomes_, "because", because_, \
			"explanation", "Misread."))
	CHECK_ERROR(t->call, CORRECT("26", "sum"), CONFLICT); /* sealed */
	panel_scene_open(scene);
	REFUSED_AT(CORRECT("26", "mood"), "because");
	REFUSED_AT(CORRECT("41", "range"), "becomes");
	REFUSED_AT(CORRECT("26.3", "range"), "becomes");
	REFUSED_AT(CORRECT("25", "range"), "becomes"); /* what it is */
	CHECK_OK(t->call, CORRECT("26", "range"));
	REFUSED_AT(panel_lock(t->call, round, LIST("discussed", "yes", "minutes", "M")), "discussed"); /* it waits */
	Text ref = panel_scene_state(scene)->parts[0].corrections.at[0].ref;
	CHECK_ERROR(t->call, panel_correction_sign(t->call, round, ref), FORBIDDEN); /* the same person */
	CHECK_INT(panel_scene_state(scene)->dossier.directions[0].corrections.count, 0);
	scene_as(scene->of->scene, scene->of->supervisor);
	CHECK_OK(t->call, panel_correction_sign(t->call, round, ref));
	CHECK_ERROR(t->call, panel_correction_sign(t->call, round, ref), CONFLICT);
	CHECK_INT(panel_scene_state(scene)->dossier.directions[0].corrections.count, 1);
	scene_as(scene->of->scene, scene->of->secretary);
	panel_scene_lock(scene);
	CHECK_ERROR(t->call, CORRECT("27", "range"), CONFLICT);
}

/* The pages' figures and the archive's are those of engine/selection on the same sheets. */
TEST_DB(panel__an_outlier_is_confirmed_or_explained_before_the_lock)
{
	PanelScene *scene = panel_scene(t);
	panel_scene_freeze(scene);
	panel_scene_draw(scene);
	panel_scene_key(scene);
	panel_scene_present(scene);
	Text panel = panel_scene_panel(scene);
	static const char *const scores[][2] = { { "30", "22" }, { "30.5", "22.5" }, { "31", "22" }, { "30", "23" }, { "3", "2" } };
	const Actor *member;
	for (size_t n = 0; (member = panel_scene_member(scene, "taken", n)); n++) {
		scene_as(scene->of->scene, member);
		CHECK_OK(t->call, panel_commit(t->call, panel, scene->applications[0], panel_scene_sheet(t, scores[n][0], scores[n][1])));
		for (size_t i = 1; i < PANEL_SCENE_APPLICANTS; i++)
			CHECK_OK(t->call,
				panel_commit(t->call, panel, scene->applications[i], panel_scene_sheet(t, "28", n % 2 ? "20" : "20.5")));
	}
	const Actor *strange = panel_scene_member(scene, "taken", 4);
	scene_as(scene->of->scene, scene->of->secretary);
	panel_scene_open(scene);
	REFUSED_AT(panel_lock(t->call, scene->of->round, LIST("discussed", "yes", "minutes", "M")), "discussed");
	scene_as(scene->of->scene, strange);
	CHECK_ERROR(t->call, panel_explain(t->call, panel, scene->applications[0], LIST("explained", "")), INVALID);
	CHECK_OK(t->call, panel_explain(t->call, panel, scene->applications[0], LIST("explained", "I saw no evidence.")));
	scene_as(scene->of->scene, scene->of->secretary);
	panel_scene_lock(scene);
	scene_as(scene->of->scene, strange);
	CHECK_OK(t->call, panel_sign(t->call, panel, LIST("dissent", "Too mild.")));
}

TEST_DB(panel__printed_sheets_are_typed_by_two_people_and_differences_are_said)
{
	PanelScene *scene = panel_scene(t);
	bool done = false;
	panel_scene_freeze(scene);
	panel_scene_draw(scene);
	panel_scene_key(scene);
	panel_scene_present(scene);
	const PanelState *state = panel_scene_state(scene);
	Text expert = panel_expert_ref(state, state->parts[0].seats.at[0].expert_id), round = scene->of->round,
	     application = scene->applications[0];
	CHECK_OK(t->call, panel_paper(t->call, round, application, expert, panel_scene_sheet(t, "30", "22"), &done));
	CHECK(!done);
	CHECK_OK(t->call, panel_paper(t->call, round, application, expert, panel_scene_sheet(t, "30", "22"), &done));
	CHECK(!done); /* the same person again */
	scene_as(scene->of->scene, scene->of->second);
	REFUSED_AT(panel_paper(t->call, round, application, expert, panel_scene_sheet(t, "30", "23"), &done), "c2");
	CHECK_OK(t->call, panel_paper(t->call, round, application, expert, panel_scene_sheet(t, "30.0", "22"), &done));
	CHECK(done);
	CHECK(panel_scene_state(scene)->parts[0].sheets.at[0].is_paper);
}

TEST(panel__its_forms_are_whole)
{
	const Form *const forms[] = { &panel_recusal_form, &panel_freeze_form, &panel_enter_form, &panel_confirm_form, &panel_rehearse_form,
		&panel_replace_form, &panel_open_form, &panel_correct_form, &panel_lock_form, &panel_decline_form, &panel_oath_form,
		&panel_words_form, &panel_sign_form, &panel_applicant_form };
	for (size_t i = 0; i < COUNT(forms); i++) {
		Text fault = form_fault(t->arena, forms[i]);
		if (fault.at) test_fail(__FILE__, __LINE__, "%s: %.*s", forms[i]->name, TEXT_ARGS(fault));
	}
	CHECK(!workflow_fault(t->arena, &round_machine).at && !workflow_fault(t->arena, &application_machine).at);
}
