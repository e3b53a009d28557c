/* The formal review given to somebody who verifies: read behind an undertaking, one opinion, and the coordinator decides. */
#include "harness/scene.h"

#include "base/base/clock.h"
#include "people/people_fixture.h"
#include "people/person/person.h"
#include "store/db/db.h"
#include "subject/interest/interest.h"
#include "subject/product/product.h"
#include "subject/report/report_private.h"
#include "work/absence/absence.h"

#define DAY_MS ((int64_t)86400000)

static Text reviewed(Scene *scene, Cast *cast)
{
	*cast = scene_cast(scene);
	interest_set_hook(casefile_interest_declared);
	scene_as(scene, cast->reporter);
	Text ref = scene_report(scene, scene_values(scene));
	scene_as(scene, cast->coordinator);
	CHECK_OK(scene->call, scene_report_act(scene, ref, "review", NULL));
	return ref;
}

static Error act(Scene *scene, const Actor *actor, Text ref, const char *action, const Map *values)
{
	call_recover(scene->call);
	scene_as(scene, actor);
	return scene_report_act(scene, ref, action, values);
}

static Error assign(Scene *scene, const Cast *cast, Text ref, const char *handle)
{
	return act(scene, cast->coordinator, ref, "assign", VALUES(scene, "reviewer", handle));
}

static Error look(Scene *scene, const Actor *actor, Text ref, Report *out)
{
	call_recover(scene->call);
	scene_as(scene, actor);
	return report_open(scene->call, ref, out);
}

static const char *wrong(Scene *scene, Error error)
{
	CHECK_INT(error, ERROR_INVALID);
	return scene->call->failure.problems.at[0].message;
}

static void sign(Scene *scene, const Cast *cast, Text ref)
{
	CHECK_OK(scene->call, act(scene, cast->verifier, ref, "undertake", VALUES(scene, "undertaking", "yes", "no_interest", "yes")));
}

static Map *opinion(Scene *scene) { return VALUES(scene, "opinion", "reject", "code", "no-impact", "words", "Only the title differs."); }

TEST_DB(review__who_has_it_reads_behind_the_undertaking_and_until_the_opinion)
{
	Scene *scene = scene_new(t);
	Cast cast;
	Report report;
	Attachments files;
	Text ref = reviewed(scene, &cast);
	CHECK_ERROR(t->call, look(scene, cast.verifier, ref, &report), NOT_FOUND);
	CHECK_OK(t->call, assign(scene, &cast, ref, "vera"));
	CHECK_OK(t->call, look(scene, cast.verifier, ref, &report));
	CHECK(report.hides_content && text_is(report.title, ref) && !form_answer(report.values, "description").length);
	CHECK_OK(t->call, report_attachments(t->call, &report, &files));
	CHECK_INT(files.count, 0);
	CHECK_ERROR(t->call, act(scene, cast.verifier, ref, "opine", opinion(scene)), INVALID);
	CHECK_ERROR(t->call, look(scene, cast.second_verifier, ref, &report), NOT_FOUND);
	CHECK_ERROR(t->call, act(scene, cast.second_verifier, ref, "undertake", NULL), NOT_FOUND);
	sign(scene, &cast, ref);
	CHECK_OK(t->call, look(scene, cast.verifier, ref, &report));
	CHECK(!report.hides_content && form_answer(report.values, "description").length && !text_is(report.title, ref));
	CHECK_INT(form_answer(report.values, "contact").length + form_answer(report.values, "credit_name").length, 0);
	CHECK_OK(t->call, act(scene, cast.verifier, ref, "opine", opinion(scene)));
	CHECK_ERROR(t->call, look(scene, cast.verifier, ref, &report), NOT_FOUND);
}

TEST_DB(review__nobody_reads_it_without_second_factor_or_the_role)
{
	Scene *scene = scene_new(t);
	Cast cast;
	Report report;
	Text ref = reviewed(scene, &cast);
	CHECK_OK(t->call, assign(scene, &cast, ref, "vera"));
	Actor weak = *cast.verifier, former = *cast.verifier;
	weak.second_factor = false;
	former.roles = ROLE_REPORTER;
	CHECK_ERROR(t->call, look(scene, &weak, ref, &report), NOT_FOUND);
	CHECK_ERROR(t->call, look(scene, &former, ref, &report), NOT_FOUND);
	CHECK_OK(t->call, look(scene, cast.verifier, ref, &report));
}

TEST_DB(review__coordinators_read_the_opinion_and_decide_themselves)
{
	Scene *scene = scene_new(t);
	Cast cast;
	Report report;
	ReviewOpinions opinions;
	Notices notices;
	Text ref = reviewed(scene, &cast);
	CHECK_OK(t->call, assign(scene, &cast, ref, "vera"));
	sign(scene, &cast, ref);
	Map *without = VALUES(scene, "opinion", "reject", "words", "No.");
	CHECK_ERROR(t->call, act(scene, cast.verifier, ref, "opine", without), INVALID);
	CHECK_OK(t->call, act(scene, cast.verifier, ref, "opine", opinion(scene)));
	CHECK_OK(t->call, look(scene, cast.second_coordinator, ref, &report));
	CHECK_TEXT(report.state, "FORMAL_REVIEW");
	CHECK_OK(t->call, report_opinions(t->call, &report, &opinions));
	CHECK_INT(opinions.count, 1);
	CHECK_TEXT(opinions.at[0].opinion, "reject");
	CHECK_TEXT(opinions.at[0].reason, "no-impact");
	CHECK_TEXT(opinions.at[0].words, "Only the title differs.");
	CHECK_TEXT(opinions.at[0].reviewer, "vera");
	CHECK_OK(t->call, notice_list(t->call, 0, 1, &notices));
	CHECK(strstr(notices.at[0].subject_line.at, "There is an opinion"));
	CHECK_OK(t->call, look(scene, cast.reporter, ref, &report));
	CHECK_OK(t->call, report_opinions(t->call, &report, &opinions));
	CHECK_INT(opinions.count, 0);
	CHECK_OK(t->call, act(scene, cast.coordinator, ref, "attach", VALUES(scene, "verifier", "vera")));
}

static Actor *verifier_of_unit(Scene *scene, const Cast *cast, const char *handle)
{
	Actor *actor = arena_new_of(scene->t->arena, Actor);
	*actor = *scene_person(scene, handle, ROLE_VERIFIER);
	(void)scene_organisation(scene, cast->coordinator, actor, "核验支撑单位", "91350100M000100Y43", "unit", "CN");
	return actor;
}

static void join(Scene *scene, const Actor *admin, Actor *member, const char *mail)
{
	call_recover(scene->call);
	scene_as(scene, admin);
	CHECK_OK(scene->call, org_invite(scene->call, text_from(mail), false));
	Text token = people_link_token(scene->t);
	scene_as(scene, member);
	CHECK_OK(scene->call, org_invitation_accept(scene->call, token));
	member->organisation_id = admin->organisation_id;
}

TEST_DB(review__whoever_may_not_judge_it_is_not_assigned)
{
	Scene *scene = scene_new(t);
	Cast cast;
	Text ref = reviewed(scene, &cast);
	CHECK(strstr(wrong(scene, assign(scene, &cast, ref, "nobody")), "no verifier"));
	CHECK(strstr(wrong(scene, assign(scene, &cast, ref, "finder")), "no verifier"));
	const Actor *unit = verifier_of_unit(scene, &cast, "unit-verifier");
	Actor *colleague = arena_new_of(t->arena, Actor);
	*colleague = *scene_person(scene, "colleague", ROLE_REPORTER);
	join(scene, unit, colleague, "colleague@example.org");
	scene_as(scene, colleague);
	Text theirs = scene_report(scene, scene_values(scene));
	CHECK_OK(t->call, act(scene, cast.coordinator, theirs, "review", NULL));
	CHECK(strstr(wrong(scene, assign(scene, &cast, theirs, "unit-verifier")), "same organisation"));
	CHECK_OK(t->call, assign(scene, &cast, ref, "unit-verifier"));
	CHECK_ERROR(t->call, act(scene, unit, ref, "assign", VALUES(scene, "reviewer", "vera")), FORBIDDEN);
}

static int64_t holder(Scene *scene, const Cast *cast, Text ref)
{
	Report report;
	CHECK_OK(scene->call, look(scene, cast->coordinator, ref, &report));
	return report.reviewer_id;
}

static void be_away(Scene *scene, const Actor *actor, const char *deputy)
{
	Text ref;
	int64_t count = 0;
	call_recover(scene->call);
	scene_as(scene, actor);
	Map *values = VALUES(scene, "deputy", deputy);
	form_set(scene->t->arena, values, TEXT("from"), text_slice(clock_iso(scene->t->arena, scene->call->now + DAY_MS / 3), 0, 10));
	form_set(scene->t->arena, values, TEXT("until"),
		text_slice(clock_iso(scene->t->arena, scene->call->now + DAY_MS + DAY_MS / 3), 0, 10));
	CHECK_OK(scene->call, absence_add(scene->call, values, &ref));
	scene_as(scene, &actor_system);
	CHECK_OK(scene->call, absence_turn(scene->call, 100, &count));
}

TEST_DB(review__during_an_absence_the_deputy_has_it_and_it_comes_back)
{
	Scene *scene = scene_new(t);
	Cast cast;
	int64_t count = 0;
	Report report;
	Text ref = reviewed(scene, &cast);
	CHECK_OK(t->call, assign(scene, &cast, ref, "vera"));
	be_away(scene, cast.verifier, "viktor");
	CHECK_INT(holder(scene, &cast, ref), cast.second_verifier->person_id);
	CHECK_ERROR(t->call, look(scene, cast.verifier, ref, &report), NOT_FOUND);
	scene_later(scene, 3 * DAY_MS);
	scene_as(scene, &actor_system);
	CHECK_OK(t->call, absence_turn(t->call, 100, &count));
	CHECK_INT(holder(scene, &cast, ref), cast.verifier->person_id);
	be_away(scene, cast.verifier, "");
	CHECK_INT(holder(scene, &cast, ref), 0);
}

typedef struct Link {
	int64_t report_id, product_id;
} Link;

static Error link_product(Call *call, void *argument)
{
	const Link *link = argument;
	return report_set_product(call, link->report_id, (Maybe) { true, link->product_id });
}

TEST_DB(review__an_interest_declared_later_and_a_decision_end_the_task)
{
	Scene *scene = scene_new(t);
	Cast cast;
	Text interest;
	Report report;
	Product product;
	Notices notices;
	Text ref = reviewed(scene, &cast);
	ProductStatement statement = { .kind = TEXT("android"), .name = TEXT("示例钱包") };
	scene_as(scene, cast.coordinator);
	CHECK_OK(t->call, product_register(t->call, &statement, &product));
	CHECK_OK(t->call, product_confirm(t->call, product.ref));
	CHECK_OK(t->call, look(scene, cast.coordinator, ref, &report));
	CHECK_OK(t->call, db_transact(t->call, link_product, &(Link) { report.id, product.id }));
	CHECK_OK(t->call, assign(scene, &cast, ref, "vera"));
	scene_as(scene, cast.verifier);
	Map *values = VALUES(scene, "whose", "me", "kind", "competitor", "from", "2025-01-01", "evidence", "Ours competes.");
	form_set(t->arena, values, TEXT("product"), product.ref);
	CHECK_OK(t->call, interest_declare(t->call, values, &interest));
	CHECK_INT(holder(scene, &cast, ref), 0);
	CHECK_OK(t->call, notice_list(t->call, 0, 1, &notices));
	CHECK(strstr(notices.at[0].subject_line.at, "has come back"));
	CHECK_OK(t->call, assign(scene, &cast, ref, "viktor"));
	CHECK_OK(t->call, act(scene, cast.coordinator, ref, "ask", VALUES(scene, "question", "Which build?")));
	CHECK_ERROR(t->call, look(scene, cast.second_verifier, ref, &report), NOT_FOUND);
	CHECK_OK(t->call, act(scene, cast.reporter, ref, "answer", VALUES(scene, "answer", "3.1")));
	CHECK_OK(t->call, look(scene, cast.second_verifier, ref, &report));
	CHECK_OK(t->call, act(scene, cast.coordinator, ref, "reject", VALUES(scene, "code", "no-impact", "explanation", "None.")));
	CHECK_OK(t->call, act(scene, cast.second_coordinator, ref, "reopen", VALUES(scene, "explanation", "Again")));
	CHECK_ERROR(t->call, look(scene, cast.second_verifier, ref, &report), NOT_FOUND);
}

TEST_DB(review__the_desk_shows_it_without_its_title)
{
	Scene *scene = scene_new(t);
	Cast cast;
	WorkLines lines = { 0 };
	Text ref = reviewed(scene, &cast);
	CHECK_OK(t->call, assign(scene, &cast, ref, "vera"));
	scene_as(scene, cast.verifier);
	CHECK_OK(t->call, report_worklist.open(t->call, 10, &lines));
	CHECK_INT(lines.count, 1);
	CHECK(text_is(lines.at[0].title, ref));
	CHECK(work_is_turn(&lines.at[0]) && lines.at[0].clock.due_at > 0);
}
