/* What members read of an applicant's files: after the oath, while they sit and judge; nobody else, and never unrecorded. */
#include "subject/programme/panel/panel_files.h"

#include "subject/programme/panel/panel_scene.h"

#include <unistd.h>

#define LIST(...) round_scene_values(t->arena, (const char *const[]) { __VA_ARGS__, NULL })

static PanelScene *drawn(Test *t)
{
	PanelScene *scene = panel_scene(t);
	panel_scene_freeze(scene);
	panel_scene_draw(scene);
	panel_scene_key(scene);
	return scene;
}

static Text first_file(PanelScene *scene, size_t application)
{
	Test *t = scene->t;
	PanelAttachments files;
	CHECK_OK(t->call, panel_files(t->call, panel_scene_panel(scene), scene->applications[application], &files));
	CHECK(files.count > 0);
	return files.at[0].file.ref;
}

static Error read_file(PanelScene *scene, size_t application, Text file)
{
	Text name;
	CopyFile copy;
	Error error = panel_file_open(scene->t->call, panel_scene_panel(scene), scene->applications[application], file, &name, &copy);
	if (error == OK) close(copy.descriptor);
	return error;
}

TEST_DB(panel_files__are_read_after_the_oath_for_this_application_alone_and_each_download_is_recorded)
{
	PanelScene *scene = drawn(t);
	PanelAttachments files;
	PanelDownloads downloads;
	Text panel = panel_scene_panel(scene);
	const Actor *member = panel_scene_member(scene, "taken", 0);
	scene_as(scene->of->scene, member);
	CHECK_ERROR(t->call, panel_files(t->call, panel, scene->applications[0], &files), NOT_FOUND); /* before the oath */
	CHECK_OK(t->call, panel_swear(t->call, panel, scene->applications[0], LIST("free", "free")));
	Text file = first_file(scene, 0);
	CHECK_OK(t->call, read_file(scene, 0, file));
	CHECK_ERROR(t->call, read_file(scene, 0, TEXT("guessed")), NOT_FOUND);
	CHECK_ERROR(t->call, read_file(scene, 1, file), NOT_FOUND); /* not sworn for this one */
	CHECK_OK(t->call, panel_swear(t->call, panel, scene->applications[1], LIST("free", "free")));
	CHECK_ERROR(t->call, read_file(scene, 1, file), NOT_FOUND); /* another applicant's file */
	scene_as(scene->of->scene, scene->of->secretary);
	CHECK_OK(t->call, panel_downloads(t->call, scene->of->round, scene->applications[0], &downloads));
	CHECK_INT(downloads.count, 1);
	CHECK_INT(downloads.at[0].person_id, member->person_id);
	CHECK_TEXT(downloads.at[0].file, "proof.txt");
	CHECK(!downloads.at[0].is_marked); /* words cannot be marked: that is recorded too */
}

TEST_DB(panel_files__are_hidden_from_everybody_who_does_not_sit)
{
	PanelScene *scene = drawn(t);
	PanelAttachments files;
	Text panel = panel_scene_panel(scene);
	scene_as(scene->of->scene, panel_scene_member(scene, "taken", 0));
	CHECK_OK(t->call, panel_swear(t->call, panel, scene->applications[0], LIST("free", "free")));
	Text file = first_file(scene, 0);
	const Actor *others[] = { panel_scene_member(scene, "alternate", 0), panel_scene_member(scene, "taken", 1), scene->of->applicant,
		scene->of->rival, scene->of->stranger, scene->of->secretary, scene->of->coordinator, &actor_visitor };
	for (size_t i = 0; i < COUNT(others); i++) {
		scene_as(scene->of->scene, others[i]);
		CHECK_ERROR(t->call, panel_files(t->call, panel, scene->applications[0], &files), NOT_FOUND);
		CHECK_ERROR(t->call, read_file(scene, 0, file), NOT_FOUND);
	}
}

TEST_DB(panel_files__end_with_the_seat_and_with_the_lock)
{
	PanelScene *scene = drawn(t);
	Text panel = panel_scene_panel(scene), application = scene->applications[0];
	const Actor *gone = panel_scene_member(scene, "taken", 0);
	scene_as(scene->of->scene, gone);
	CHECK_OK(t->call, panel_swear(t->call, panel, application, LIST("free", "free")));
	Text file = first_file(scene, 0);
	CHECK_OK(t->call, panel_decline(t->call, panel, LIST("declined_why", "Ill.")));
	CHECK_ERROR(t->call, read_file(scene, 0, file), NOT_FOUND);
	scene_as(scene->of->scene, scene->of->secretary);
	panel_scene_present(scene);
	panel_scene_commit(scene);
	const Actor *member = panel_scene_member(scene, "taken", 0);
	panel_scene_open(scene);
	scene_as(scene->of->scene, member);
	CHECK_OK(t->call, read_file(scene, 0, file));
	scene_as(scene->of->scene, scene->of->secretary);
	panel_scene_lock(scene);
	scene_as(scene->of->scene, member);
	CHECK_ERROR(t->call, read_file(scene, 0, file), NOT_FOUND);
}
