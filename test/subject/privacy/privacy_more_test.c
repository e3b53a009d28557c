/* Copies in parts, reminders of corrections, and what is handed over before an account ends. */
#include "base/sandbox/inspect.h"
#include "face/doc/zip.h"
#include "harness/scene.h"
#include "people/notice/notice.h"
#include "people/org/org.h"
#include "people/people_fixture.h"
#include "store/blob/blob.h"
#include "store/setting/setting.h"
#include "subject/privacy/privacy.h"

#include <sys/mman.h>
#include <unistd.h>

#define DAYS(n) ((int64_t)(n)*86400000)
enum { FILE_BYTES = 700 * 1024 };

/* A report with so many files of 700 KiB, each of another letter. */
static void report_with_files(Scene *scene, int count)
{
	Test *t = scene->t;
	Report report;
	char *bytes = arena_array_of(t->arena, char, FILE_BYTES);
	CHECK_OK(t->call, report_open(t->call, scene_report(scene, scene_values(scene)), &report));
	for (int i = 0; i < count; i++) {
		Attachment file;
		int memory = memfd_create("file", MFD_CLOEXEC);
		memset(bytes, 'a' + i, FILE_BYTES);
		CHECK(memory >= 0 && write(memory, bytes, FILE_BYTES) == FILE_BYTES);
		AttachmentOwner owner = { "report", report.id, report.seal_key, false };
		CHECK_OK(t->call, attachment_store(t->call, owner, arena_printf(t->arena, "%d.txt", i), memory, FILE_BYTES, &file));
		close(memory);
	}
}

static void make(Test *t, Text ref)
{
	const Actor *before = t->call->actor;
	t->call->actor = &actor_system;
	CHECK_OK(t->call, export_make(t->call, ref));
	t->call->actor = before;
}

TEST_DB(export__of_any_size_comes_in_parts_each_an_archive_by_itself)
{
	Scene *scene = scene_new(t);
	PrivacyExport copy, part;
	bool found = false;
	int64_t files = 0, blobs[8] = { 0 };
	if (!t->house->settings)
		CHECK_OK(t->call, settings_open(t->call, arena_printf(t->arena, "%s/settings.conf", t->directory).at, &t->house->settings));
	t->call->actor = &actor_system;
	CHECK_OK(t->call, setting_set(t->call, SETTING_export_part_mib, TEXT("1")));
	sandbox_stop(&t->house->sandbox);
	CHECK_OK(t->call, sandbox_start(t->call, (const SandboxWork[]) { [SANDBOX_INSPECT] = inspect_work }, 1, &t->house->sandbox));
	scene_as(scene, scene_person(scene, "finder", ROLE_REPORTER));
	report_with_files(scene, 3);
	CHECK_OK(t->call, export_ask(t->call, TEXT("")));
	CHECK_OK(t->call, export_latest(t->call, &copy, &found));
	make(t, copy.ref);
	CHECK_OK(t->call, export_latest(t->call, &copy, &found));
	CHECK(copy.size_bytes > 3 * FILE_BYTES);
	CHECK_INT(copy.parts.count, 3);
	for (int64_t number = 1; number <= 3; number++) {
		ZipEntries entries;
		Text archive;
		CHECK_OK(t->call, export_fetch(t->call, copy.ref, number, TEXT(""), &part));
		CHECK_INT(part.size_bytes, copy.parts.at[number - 1]);
		CHECK_OK(t->call, blob_load(t->call, part.blob, 4 * 1024 * 1024, &archive));
		CHECK_OK(t->call, zip_unpack(t->call, archive, 10, 4 * 1024 * 1024, &entries));
		CHECK(text_is(entries.at[entries.count - 1].name, TEXT("data.json")) == (number == 3));
		for (size_t i = 0; i < entries.count; i++) files += entries.at[i].content.length == FILE_BYTES;
		blobs[number] = part.blob;
	}
	CHECK_INT(files, 3);
	CHECK_ERROR(t->call, export_fetch(t->call, copy.ref, 4, TEXT(""), &part), NOT_FOUND);
	CHECK_ERROR(t->call, export_fetch(t->call, copy.ref, 0, TEXT(""), &part), NOT_FOUND);
	call_recover(t->call);
	scene_later(scene, DAYS(8));
	int64_t gone = 0;
	t->call->actor = &actor_system;
	CHECK_OK(t->call, retention_carry(t->call, &gone));
	CHECK_INT(gone, 1);
	for (int64_t number = 1; number <= 3; number++) {
		Blob blob;
		CHECK_ERROR(t->call, blob_find(t->call, blobs[number], &blob), NOT_FOUND);
		call_recover(t->call);
	}
}

/* How many notices lead there. */
static int64_t told(Test *t, const Actor *whom, const char *link)
{
	Notices notices;
	int64_t count = 0;
	const Actor *before = t->call->actor;
	t->call->actor = whom;
	CHECK_OK(t->call, notice_list(t->call, 0, 50, &notices));
	for (size_t i = 0; i < notices.count; i++) count += text_is(notices.at[i].link, text_from(link));
	t->call->actor = before;
	return count;
}

TEST_DB(correction__whose_time_is_nearly_over_is_reminded_of_once)
{
	Scene *scene = scene_new(t);
	const Actor *finder = scene_person(scene, "finder", ROLE_REPORTER), *coordinator = scene_person(scene, "carla", ROLE_COORDINATOR);
	int64_t count = 7, waiting = 0;
	scene_as(scene, finder);
	CHECK_OK(t->call, rectification_ask(t->call, TEXT("phone"), TEXT("13800138001"), TEXT("A new number")));
	CHECK_OK(t->call, rectification_waiting_count(t->call, &waiting));
	CHECK_INT(waiting, 1);
	t->call->actor = &actor_system;
	CHECK_OK(t->call, rectification_remind(t->call, 10, &count));
	CHECK_INT(count, 0);
	scene_later(scene, DAYS(30));
	CHECK_OK(t->call, rectification_remind(t->call, 10, &count));
	CHECK_INT(count, 1);
	CHECK_OK(t->call, rectification_remind(t->call, 10, &count));
	CHECK_INT(count, 0);
	CHECK_INT(told(t, coordinator, "/vault"), 2); /* when it came, and now */
	CHECK_INT(told(t, finder, "/vault"), 0);
}

TEST_DB(handover__an_office_is_given_to_a_named_successor_before_the_account_ends)
{
	Scene *scene = scene_new(t);
	const Actor *leaves = scene_person(scene, "carla", ROLE_COORDINATOR), *comes = scene_person(scene, "cecil", ROLE_REPORTER);
	const Actor *admin = scene_person(scene, "sam", ROLE_SECURITY_ADMIN);
	Handover handover;
	Handovers list;
	RoleGrants grants;
	bool found = false;
	int64_t count = 0;
	const char *why;
	scene_as(scene, comes);
	CHECK_ERROR(t->call, handover_ask(t->call, TEXT("carla"), TEXT("All")), CONFLICT); /* holds none */
	scene_as(scene, leaves);
	CHECK_ERROR(t->call, handover_ask(t->call, TEXT("nobody"), TEXT("All")), INVALID);
	call_recover(t->call);
	CHECK_ERROR(t->call, handover_ask(t->call, TEXT("carla"), TEXT("All")), INVALID);
	call_recover(t->call);
	CHECK_ERROR(t->call, handover_ask(t->call, TEXT("cecil"), TEXT(" ")), INVALID);
	call_recover(t->call);
	CHECK_ERROR(t->call, handover_list(t->call, &list), FORBIDDEN);
	CHECK_OK(t->call, handover_ask(t->call, TEXT("cecil"), TEXT("R-1 and R-2")));
	CHECK_OK(t->call, handover_ask(t->call, TEXT("cecil"), TEXT("R-1, R-2 and R-3"))); /* replaces it */
	CHECK_OK(t->call, handover_own(t->call, &handover, &found));
	CHECK(found && handover.successor_id == comes->person_id && (handover.roles & ROLE_COORDINATOR));
	scene_as(scene, admin);
	CHECK_OK(t->call, handover_list(t->call, &list));
	CHECK_INT(list.count, 1);
	CHECK_TEXT(list.at[0].note, "R-1, R-2 and R-3");
	CHECK_INT(told(t, comes, "/desk"), 2);
	CHECK_INT(told(t, admin, "/admin/handovers"), 2);
	t->call->actor = &actor_system;
	CHECK_OK(t->call, handover_settle(t->call, 10, &count));
	CHECK_INT(count, 0); /* the office is still held */
	scene_as(scene, admin);
	CHECK_OK(t->call, role_history(t->call, leaves->person_id, &grants));
	for (size_t i = 0; i < grants.count; i++)
		if (grants.at[i].role == ROLE_COORDINATOR && !grants.at[i].ended_at) CHECK_OK(t->call, role_end(t->call, grants.at[i].ref));
	t->call->actor = &actor_system;
	CHECK_OK(t->call, handover_settle(t->call, 10, &count));
	CHECK_INT(count, 1);
	CHECK_INT(told(t, leaves, "/account/privacy"), 1);
	scene_as(scene, admin);
	CHECK_OK(t->call, handover_list(t->call, &list));
	CHECK_INT(list.count, 0);
	CHECK_OK(t->call, deletion_obstacle(t->call, leaves->person_id, &why));
	CHECK(why == NULL);
}

TEST_DB(handover__the_last_administrator_makes_another_one_and_may_then_leave)
{
	Scene *scene = scene_new(t);
	Actor *admin = arena_new_of(t->arena, Actor);
	const Actor *coordinator = scene_person(scene, "carla", ROLE_COORDINATOR);
	Organisation organisation;
	Members members;
	Text token;
	const char *why;
	*admin = *scene_person(scene, "vendor", ROLE_REPORTER);
	int64_t id = scene_organisation(scene, coordinator, admin, "示例科技", scene_vendor_code, "vendor", "CN");
	const Actor *member = scene_person(scene, "colleague", ROLE_REPORTER);
	scene_as(scene, admin);
	CHECK_OK(t->call, org_invite(t->call, TEXT("colleague@example.org"), false));
	token = people_link_token(t);
	scene_as(scene, member);
	CHECK_OK(t->call, org_invitation_accept(t->call, token));
	scene_as(scene, admin);
	CHECK_OK(t->call, deletion_obstacle(t->call, admin->person_id, &why));
	CHECK(why != NULL);
	CHECK_ERROR(t->call, deletion_ask(t->call, TEXT("wished"), true, TEXT("")), INVALID);
	call_recover(t->call);
	CHECK_OK(t->call, org_find(t->call, id, &organisation));
	CHECK_OK(t->call, org_members(t->call, &organisation, &members));
	for (size_t i = 0; i < members.count; i++)
		if (members.at[i].person_id == member->person_id) CHECK_OK(t->call, org_member_change(t->call, members.at[i].ref, true));
	CHECK_OK(t->call, deletion_obstacle(t->call, admin->person_id, &why));
	CHECK(why == NULL);
	CHECK_OK(t->call, deletion_ask(t->call, TEXT("wished"), true, TEXT("")));
}
