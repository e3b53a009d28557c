/* The minutes of a panel: whose they are and from when, what they say, that they are signed, and that they are made once. */
#include "base/crypto/stamp.h"
#include "face/doc/tool.h"
#include "store/ledger/ledger.h"
#include "subject/programme/panel/panel_scene.h"

#include <stdlib.h>

#define LIST(...) round_scene_values(t->arena, (const char *const[]) { __VA_ARGS__, NULL })

static Stamp *stamp;
static void close_stamp(void) { stamp_free(&stamp); }

static void open_stamp(Test *t)
{
	Text pem;
	CHECK_OK(t->call, stamp_new(t->call, STAMP_INTERNATIONAL, TEXT("漏洞库"), t->call->now, &pem));
	CHECK_OK(t->call, stamp_parse(t->call, pem, &stamp));
	t->house->stamp = stamp;
	atexit(close_stamp);
}

/* Opened, with one correction of two signatures. */
static PanelScene *opened(Test *t)
{
	PanelScene *scene = panel_scene(t);
	panel_scene_freeze(scene);
	panel_scene_draw(scene);
	panel_scene_key(scene);
	panel_scene_present(scene);
	panel_scene_commit(scene);
	panel_scene_open(scene);
	const PanelState *state = panel_scene_state(scene);
	const char *expert = arena_string(t->arena, panel_expert_ref(state, state->parts[0].sheets.at[0].expert_id));
	CHECK_OK(t->call, panel_correct(t->call, scene->of->round,
				  LIST("of_application", arena_string(t->arena, scene->applications[1]), "of_expert", expert,
					  "of_criterion", "c1", "becomes", "26", "because", "range", "explanation", "Misread.")));
	scene_as(scene->of->scene, scene->of->supervisor);
	CHECK_OK(t->call, panel_correction_sign(t->call, scene->of->round, panel_scene_state(scene)->parts[0].corrections.at[0].ref));
	scene_as(scene->of->scene, scene->of->secretary);
	return scene;
}

static Text office_bytes(PanelScene *scene)
{
	Test *t = scene->t;
	PanelFile file;
	CHECK_OK(t->call, panel_minutes(t->call, scene->of->round, panel_scene_panel(scene), &file));
	CHECK(text_ends(file.name, TEXT("minutes.pdf")));
	return file.bytes;
}

TEST_DB(panel_minutes__are_of_the_office_and_of_those_who_sit_after_the_lock_and_nobody_elses)
{
	PanelScene *scene = opened(t);
	PanelFile file;
	Text round = scene->of->round, panel = panel_scene_panel(scene);
	CHECK_ERROR(t->call, panel_minutes(t->call, round, panel, &file), NOT_FOUND);
	scene_as(scene->of->scene, panel_scene_member(scene, "taken", 0));
	CHECK_ERROR(t->call, panel_minutes_own(t->call, panel, &file), NOT_FOUND);
	scene_as(scene->of->scene, scene->of->secretary);
	panel_scene_lock(scene);
	CHECK_ERROR(t->call, panel_minutes(t->call, round, panel, &file), CONFLICT); /* no key for documents */
	open_stamp(t);
	CHECK_ERROR(t->call, panel_minutes(t->call, round, TEXT("P-OTHER"), &file), NOT_FOUND);
	(void)office_bytes(scene);
	scene_as(scene->of->scene, scene->of->supervisor);
	(void)office_bytes(scene);
	scene_as(scene->of->scene, panel_scene_member(scene, "taken", 0));
	CHECK_OK(t->call, panel_minutes_own(t->call, panel, &file));
	CHECK_ERROR(t->call, panel_minutes(t->call, round, panel, &file), NOT_FOUND); /* the office's door */
	scene_as(scene->of->scene, panel_scene_member(scene, "alternate", 0));
	CHECK_ERROR(t->call, panel_minutes_own(t->call, panel, &file), NOT_FOUND);
	const Actor *others[] = { scene->of->applicant, scene->of->stranger, scene->of->coordinator, &actor_visitor };
	for (size_t i = 0; i < COUNT(others); i++) {
		scene_as(scene->of->scene, others[i]);
		CHECK_ERROR(t->call, panel_minutes(t->call, round, panel, &file), NOT_FOUND);
		CHECK_ERROR(t->call, panel_minutes_own(t->call, panel, &file), NOT_FOUND);
	}
}

TEST_DB(panel_minutes__say_what_was_decided_corrected_and_dissented_in_both_languages_and_are_signed)
{
	PanelScene *scene = opened(t);
	Text application = scene->applications[0];
	panel_scene_lock(scene);
	open_stamp(t);
	Text before = office_bytes(scene);
	CHECK(!tool_says(tool_run(t, "a.pdf", before, "pdftotext -layout a.pdf -"), "Too-mild."));
	scene_as(scene->of->scene, panel_scene_member(scene, "taken", 0));
	CHECK_OK(t->call, panel_sign(t->call, panel_scene_panel(scene), LIST("dissent", "Too-mild.")));
	scene_as(scene->of->scene, scene->of->secretary);
	Text bytes = office_bytes(scene);
	Text words = tool_run(t, "a.pdf", bytes, "pdftotext -layout a.pdf -");
	static const char *const wanted[] = { "评审会议纪要", "Minutes of the panel", "Too-mild.", "Misread.", "All were heard.", "25.00",
		"26.00", "移动安全" };
	for (size_t i = 0; i < COUNT(wanted); i++)
		if (!tool_says(words, wanted[i])) test_fail(__FILE__, __LINE__, "not in the minutes: %s", wanted[i]);
	CHECK(tool_says(words, arena_string(t->arena, application)));
	CHECK(tool_says(tool_run(t, "a.pdf", bytes, "pdfsig -nocert a.pdf"), "Signature is Valid"));
	CHECK(tool_says(tool_run(t, "a.pdf", bytes, "qpdf --check a.pdf"), "No syntax or stream encoding errors found"));
	CHECK(tool_says(tool_run(t, "a.pdf", bytes, "pdffonts a.pdf"), "NotoSerifCJK"));
	Text changed = arena_copy(t->arena, bytes);
	((char *)(uintptr_t)changed.at)[bytes.length / 3] ^= 1;
	CHECK(!tool_says(tool_run(t, "a.pdf", changed, "pdfsig -nocert a.pdf 2>&1 || true"), "Signature is Valid"));
}

TEST_DB(panel_minutes__are_made_once_for_each_number_of_signatures_and_their_digest_is_in_the_ledger)
{
	PanelScene *scene = opened(t);
	Text one, other;
	Events events;
	panel_scene_lock(scene);
	open_stamp(t);
	PanelState *state = panel_scene_state(scene);
	CHECK_OK(t->call, panel_minutes_body(t->call, state, 0, &one));
	Text first = office_bytes(scene);
	t->call->now += 3600000;
	CHECK(text_is(office_bytes(scene), first));
	CHECK_OK(t->call, panel_minutes_body(t->call, state, 0, &other));
	CHECK(text_is(one, other)); /* an hour later, the same bytes before the signature */
	CHECK(text_starts(first, one)); /* which stands behind them */
	CHECK_OK(t->call, ledger_events_of_action(t->call, "panel", scene->of->round, "minutes", 0, 10, &events));
	CHECK_INT(events.count, 1);
	Digest body = sha256(one), file = sha256(first);
	CHECK(text_find(events.at[0].detail, hex_text(t->arena, DIGEST_TEXT(body)), NULL));
	CHECK(text_find(events.at[0].detail, hex_text(t->arena, DIGEST_TEXT(file)), NULL));
	CHECK_OK(t->call, ledger_events_of_action(t->call, "panel", scene->of->round, "read-minutes", 0, 10, &events));
	CHECK_INT(events.count, 2);
	scene_as(scene->of->scene, panel_scene_member(scene, "taken", 1));
	CHECK_OK(t->call, panel_sign(t->call, panel_scene_panel(scene), LIST("dissent", "")));
	scene_as(scene->of->scene, scene->of->secretary);
	CHECK(!text_is(office_bytes(scene), first));
}
