#include "subject/programme/application/application_scene.h"

#include "base/sandbox/inspect.h"

#include <sys/mman.h>
#include <unistd.h>

static void add_field(Test *t, Text round, const char *const *names_and_values)
{
	CHECK_OK(t->call, round_add(t->call, round, round_kind(TEXT("field")), round_scene_values(t->arena, names_and_values)));
}

static void make_round(ApplicationScene *scene)
{
	Test *t = scene->t;
	Round round;
	scene_as(scene->scene, scene->secretary);
	scene->code = TEXT("2026-1");
	scene->round = round_scene_draft(t, "2026-1");
	add_field(t, scene->round,
		WITH("direction", "technical", "name", "profile", "section_zh", "基本情况", "section_en", "Profile", "label_zh", "简介",
			"label_en", "Profile", "kind", "lines", "required", "yes", "clause", "3.1"));
	add_field(t, scene->round,
		WITH("direction", "technical", "name", "proof", "section_zh", "基本情况", "section_en", "Profile", "label_zh", "佐证材料",
			"label_en", "Evidence", "kind", "file", "required", "yes", "clause", "4.1"));
	add_field(t, scene->round,
		WITH("direction", "technical", "name", "founded", "section_zh", "基本情况", "section_en", "Profile", "label_zh", "成立日期",
			"label_en", "Founded on", "kind", "date"));
	CHECK_OK(t->call, round_rehearse(t->call, scene->round));
	CHECK_OK(t->call, round_act(t->call, scene->round, TEXT("publish"), 0, NULL));
	CHECK_OK(t->call, round_open(t->call, scene->round, &round));
	scene->opens_at = round.opens_at;
	scene->closes_at = round.closes_at;
	scene->ends_at = round.ends_at;
}

static Actor *last(Scene *scene) { return &scene->people[scene->count - 1]; }

ApplicationScene *application_scene(Test *t)
{
	ApplicationScene *scene = arena_new_of(t->arena, ApplicationScene);
	Actor *member;
	*scene = (ApplicationScene) { .t = t, .scene = scene_new(t) };
	if (!t->house->sandbox)
		CHECK_OK(t->call, sandbox_start(t->call,
					  (const SandboxWork[]) { [SANDBOX_INSPECT] = inspect_work, [SANDBOX_STAMP] = mark_stamp_work },
					  SANDBOX_STAMP + 1, &t->house->sandbox));
	scene->coordinator = scene_person(scene->scene, "carla", ROLE_COORDINATOR);
	scene->secretary = scene_person(scene->scene, "sara", ROLE_SECRETARY);
	scene->second = scene_person(scene->scene, "simon", ROLE_SECRETARY);
	scene->supervisor = scene_person(scene->scene, "sue", ROLE_SUPERVISOR);
	scene->stranger = scene_person(scene->scene, "stranger", ROLE_REPORTER);
	(void)scene_person(scene->scene, "anna", ROLE_REPORTER);
	scene->applicant = last(scene->scene);
	(void)scene_person(scene->scene, "rita", ROLE_REPORTER);
	scene->rival = last(scene->scene);
	(void)scene_person(scene->scene, "mike", ROLE_REPORTER);
	scene->member = member = last(scene->scene);
	scene_organisation(scene->scene, scene->coordinator, scene->applicant, "示例安全公司", scene_vendor_code, "unit", "CN");
	scene_organisation(scene->scene, scene->coordinator, scene->rival, "对手安全公司", "91350100M000100Y43", "unit", "CN");
	scene_as(scene->scene, scene->applicant);
	CHECK_OK(t->call, org_invite(t->call, TEXT("mike@example.org"), false));
	Text token = people_link_token(t);
	scene_as(scene->scene, member);
	CHECK_OK(t->call, org_invitation_accept(t->call, token));
	member->organisation_id = scene->applicant->organisation_id;
	make_round(scene);
	t->call->now = scene->opens_at + 1000;
	scene_as(scene->scene, &actor_system);
	CHECK_OK(t->call, round_act(t->call, scene->round, TEXT("open"), 0, NULL));
	return scene;
}

Application application_scene_open(ApplicationScene *scene, Text ref)
{
	Application application;
	CHECK_OK(scene->t->call, application_open(scene->t->call, ref, &application));
	return application;
}

Text application_scene_draft(ApplicationScene *scene, Actor *applicant)
{
	Text ref;
	scene_as(scene->scene, applicant);
	CHECK_OK(scene->t->call, application_new(scene->t->call, scene->code, TEXT("technical"), &ref));
	return ref;
}

void application_scene_fill(ApplicationScene *scene, Text ref)
{
	Application application = application_scene_open(scene, ref);
	Map *values = round_scene_values(
		scene->t->arena, WITH("profile", "We find vulnerabilities.", "team", "| 张三 | CAPPSEC |\n| 李四 | CISP |"));
	CHECK_OK(scene->t->call, application_save(scene->t->call, &application, values));
}

Attachment application_scene_file(ApplicationScene *scene, Text ref, const char *field, const char *content)
{
	Application application = application_scene_open(scene, ref);
	AttachmentOwner owner;
	Attachment attachment;
	int file = memfd_create("file", MFD_CLOEXEC);
	CHECK(write(file, content, strlen(content)) == (ssize_t)strlen(content));
	CHECK_OK(scene->t->call, application_files(scene->t->call, &application, text_from(field), true, &owner));
	CHECK_OK(scene->t->call, attachment_store(scene->t->call, owner, TEXT("proof.txt"), file, (int64_t)strlen(content), &attachment));
	close(file);
	return attachment;
}

Error application_scene_act(ApplicationScene *scene, Text ref, const char *action, const char *const *names_and_values)
{
	Map *values = names_and_values ? round_scene_values(scene->t->arena, names_and_values) : NULL;
	return application_act(scene->t->call, ref, text_from(action), 0, values);
}

Text application_scene_submitted(ApplicationScene *scene, Actor *applicant)
{
	Text ref = application_scene_draft(scene, applicant);
	application_scene_fill(scene, ref);
	(void)application_scene_file(scene, ref, "proof", "What we found.");
	CHECK_OK(scene->t->call, application_scene_act(scene, ref, "submit", NULL));
	return ref;
}

void application_scene_close(ApplicationScene *scene)
{
	Call *call = scene->t->call;
	const Actor *before = call->actor;
	int64_t count;
	scene_as(scene->scene, &actor_system);
	call->now = scene->closes_at;
	CHECK_OK(call, round_advance(call, &count));
	CHECK_OK(call, application_advance(call, &count));
	call->now = scene->ends_at;
	CHECK_OK(call, round_advance(call, &count));
	CHECK_OK(call, application_advance(call, &count));
	scene_as(scene->scene, scene->secretary);
	CHECK_OK(call, round_act(call, scene->round, TEXT("review"), 0, NULL));
	scene_as(scene->scene, &actor_system);
	CHECK_OK(call, application_advance(call, &count));
	scene_as(scene->scene, before);
}

void application_scene_check(ApplicationScene *scene, Text ref, const char *verdict)
{
	Call *call = scene->t->call;
	scene_as(scene->scene, scene->secretary);
	(void)application_scene_file(scene, ref, "check", "An extract.");
	CHECK_OK(call, application_scene_act(scene, ref, "check",
			       WITH("register_on", "2026-04-20", "register", "yes", "condition-1", verdict, "condition-1-note", "Seen",
				       "condition-2", "yes")));
	scene_as(scene->scene, scene->second);
}
