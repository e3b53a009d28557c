/* Personal data in a draft and its files: found, hidden, kept with a reason, covered in pictures. */
#include "base/sandbox/inspect.h"
#include "harness/scene.h"
#include "store/ledger/ledger.h"
#include "work/cover/cover.h"

static Error save_field(Call *call, const CoverMatter *matter, Text field, Text value)
{
	return draft_save_field(call, &report_form, matter->about, field, value);
}

static void start_sandbox(Test *t)
{
	const SandboxWork works[] = { [SANDBOX_INSPECT] = inspect_work, [SANDBOX_PICTURE] = picture_work };
	sandbox_stop(&t->house->sandbox);
	CHECK_OK(t->call, sandbox_start(t->call, works, COUNT(works), &t->house->sandbox));
}

static CoverMatter draft_of(Scene *scene, const char *steps, Draft *draft)
{
	Test *t = scene->t;
	Text secret;
	Map *values = scene_values(scene);
	form_set(t->arena, values, TEXT("steps"), text_from(steps));
	form_set(t->arena, values, TEXT("contact"), TEXT("13912345678"));
	CHECK_OK(t->call, draft_new(t->call, &report_form, values, draft, &secret));
	return (CoverMatter) { { "draft", draft->id, draft->seal_key, false }, "draft", draft->ref, &report_form, draft->values, save_field,
		draft };
}

static Attachment add_file(Test *t, const CoverMatter *matter, const char *name, Text content)
{
	Attachment file;
	int64_t received;
	CHECK_OK(t->call, attachment_begin(t->call, matter->owner, text_from(name), (int64_t)content.length, &file));
	CHECK_OK(t->call, attachment_add(t->call, &file, 0, content, (Text) { 0 }, &received));
	CHECK_OK(t->call, attachment_finish(t->call, &file));
	CHECK_OK(t->call, attachment_find(t->call, matter->owner.kind, matter->owner.subject_id, file.ref, &file));
	return file;
}

static const char steps[] = "Log in as 13812345678.\nThe reply holds 11010519491231002X of another user.";

TEST_DB(cover__what_is_found_names_kind_and_line_and_never_the_value)
{
	Scene *scene = scene_new(t);
	Draft draft;
	CoverFindings found;
	scene_as(scene, scene_person(scene, "finder", ROLE_REPORTER));
	CoverMatter matter = draft_of(scene, steps, &draft);
	CHECK_OK(t->call, cover_find(t->call, &matter, true, &found));
	CHECK_INT(found.count, 1); /* how to reach the finder is no data of others */
	CHECK_TEXT(found.at[0].place, "steps");
	CHECK_INT(found.at[0].counts.of[MASK_MOBILE], 1);
	CHECK_INT(found.at[0].counts.of[MASK_IDENTITY], 1);
	CHECK_INT(found.at[0].spots.count, 2);
	CHECK_TEXT(found.at[0].spots.at[0].shown, "138****5678");
	CHECK_INT(found.at[0].spots.at[1].line, 2);
	CHECK_TEXT(found.at[0].spots.at[1].shown, "110****002X");
	CHECK_INT(cover_open_count(&found), 2);
}

TEST_DB(cover__hidden_in_a_field_only_a_few_signs_stay)
{
	Scene *scene = scene_new(t);
	Draft draft, after;
	CoverFindings found;
	Events events;
	scene_as(scene, scene_person(scene, "finder", ROLE_REPORTER));
	CoverMatter matter = draft_of(scene, steps, &draft);
	CHECK_ERROR(t->call, cover_mask(t->call, &matter, TEXT("impact")), NOT_FOUND);
	call_recover(t->call);
	CHECK_OK(t->call, cover_mask(t->call, &matter, TEXT("steps")));
	CHECK_OK(t->call, draft_open(t->call, &report_form, draft.ref, (Text) { 0 }, &after));
	CHECK_TEXT(form_answer(after.values, "steps"), "Log in as 138****5678.\nThe reply holds 110****002X of another user.");
	matter.values = after.values;
	CHECK_OK(t->call, cover_find(t->call, &matter, false, &found));
	CHECK_INT(found.count, 0);
	CHECK_OK(t->call, ledger_events_of_subject(t->call, "draft", draft.ref, 0, 10, &events));
	CHECK_INT(events.count, 1);
	CHECK_TEXT(events.at[0].detail, "steps identity=1 mobile=1");
}

TEST_DB(cover__of_a_text_file_only_the_hidden_form_is_kept)
{
	Scene *scene = scene_new(t);
	Draft draft;
	Attachments files;
	Text content;
	start_sandbox(t);
	scene_as(scene, scene_person(scene, "finder", ROLE_REPORTER));
	CoverMatter matter = draft_of(scene, "None.", &draft);
	Attachment before =
		add_file(t, &matter, "dump.txt", TEXT("GET / HTTP/1.1\r\nCookie: sid=5f2c8a9b0d1e\r\n\r\nzhang@example.cn\r\n"));
	MaskCounts counts = attachment_counts(t->call, &before);
	CHECK_INT(counts.of[MASK_SECRET], 1);
	CHECK_INT(counts.of[MASK_MAIL], 1);
	CHECK_OK(t->call, cover_mask_all(t->call, &matter));
	CHECK_OK(t->call, attachment_list(t->call, "draft", draft.id, &files));
	CHECK_INT(files.count, 1);
	CHECK_TEXT(files.at[0].name, "dump.txt");
	CHECK(!text_is(files.at[0].ref, before.ref) && !text_is(files.at[0].sha256, before.sha256));
	counts = attachment_counts(t->call, &files.at[0]);
	CHECK_INT(cover_count(&counts), 0);
	CHECK_OK(t->call, attachment_load(t->call, &files.at[0], 1000, &content));
	CHECK_TEXT(content, "GET / HTTP/1.1\r\nCookie: ****\r\n\r\nz****@example.cn\r\n");
	CHECK_ERROR(t->call, attachment_find(t->call, "draft", draft.id, before.ref, &before), NOT_FOUND);
}

TEST_DB(cover__kept_with_a_reason_it_is_asked_no_more_until_it_changes)
{
	Scene *scene = scene_new(t);
	Draft draft;
	CoverFindings found;
	CoverKepts kept;
	scene_as(scene, scene_person(scene, "finder", ROLE_REPORTER));
	CoverMatter matter = draft_of(scene, steps, &draft);
	CHECK_ERROR(t->call, cover_keep(t->call, &matter, TEXT("steps"), TEXT("  ")), INVALID);
	call_recover(t->call);
	CHECK_OK(t->call, cover_keep(t->call, &matter, TEXT("steps"), TEXT("My own test account.")));
	CHECK_OK(t->call, cover_find(t->call, &matter, false, &found));
	CHECK(found.count == 1 && found.at[0].is_kept && cover_open_count(&found) == 0);
	CHECK_OK(t->call, cover_kept(t->call, draft.seal_key, &kept));
	CHECK_INT(kept.count, 1);
	CHECK_TEXT(kept.at[0].reason, "My own test account.");
	CHECK_OK(t->call, draft_save_field(t->call, &report_form, &draft, TEXT("steps"), TEXT("13812345679")));
	matter.values = draft.values;
	CHECK_OK(t->call, cover_find(t->call, &matter, false, &found));
	CHECK(found.count == 1 && !found.at[0].is_kept);
}

TEST_DB(cover__what_was_kept_goes_with_the_key_of_its_matter)
{
	Scene *scene = scene_new(t);
	Draft draft;
	CoverKepts kept;
	scene_as(scene, scene_person(scene, "finder", ROLE_REPORTER));
	CoverMatter matter = draft_of(scene, steps, &draft);
	CHECK_OK(t->call, cover_keep(t->call, &matter, TEXT("steps"), TEXT("My own test account.")));
	CHECK_OK(t->call, draft_discard(t->call, &draft));
	CHECK_OK(t->call, cover_kept(t->call, draft.seal_key, &kept));
	CHECK_INT(kept.count, 0);
}

static Text grey_picture(Test *t)
{
	unsigned char *pixels = arena_alloc(t->arena, 100 * 50);
	Text file;
	memset(pixels, 200, 100 * 50);
	Picture picture = { pixels, 100, 50, 1 };
	CHECK(picture_encode(t->arena, &picture, PICTURE_PNG, &file));
	return file;
}

TEST_DB(cover__a_covered_part_is_black_and_the_original_is_gone)
{
	Scene *scene = scene_new(t);
	Draft draft;
	Attachments files;
	Picture picture;
	PictureFormat format;
	Text content;
	start_sandbox(t);
	scene_as(scene, scene_person(scene, "finder", ROLE_REPORTER));
	CoverMatter matter = draft_of(scene, "None.", &draft);
	Attachment before = add_file(t, &matter, "screen.png", grey_picture(t)), text = add_file(t, &matter, "a.txt", TEXT("a"));
	const PictureBox box = { 500, 0, 1000, 1000 };
	CHECK_ERROR(t->call, cover_burn(t->call, &matter, before.ref, &box, 0), INVALID);
	call_recover(t->call);
	CHECK_ERROR(t->call, cover_burn(t->call, &matter, text.ref, &box, 1), NOT_FOUND);
	call_recover(t->call);
	CHECK_ERROR(t->call, cover_burn(t->call, &matter, TEXT("GUESSED"), &box, 1), NOT_FOUND);
	call_recover(t->call);
	CHECK_OK(t->call, cover_burn(t->call, &matter, before.ref, &box, 1));
	CHECK_OK(t->call, attachment_list(t->call, "draft", draft.id, &files));
	CHECK_INT(files.count, 2);
	CHECK_TEXT(files.at[1].name, "screen.png");
	CHECK_ERROR(t->call, attachment_find(t->call, "draft", draft.id, before.ref, &before), NOT_FOUND);
	call_recover(t->call);
	CHECK_OK(t->call, attachment_load(t->call, &files.at[1], 100000, &content));
	CHECK(picture_decode(t->arena, content, 1, &picture, &format));
	CHECK(picture.at[10] == 200 && picture.at[60] == 0 && picture.at[49 * 100 + 99] == 0);
}

TEST(cover__rectangles_are_read_strictly)
{
	PictureBox *boxes;
	size_t count = 7;
	CHECK(cover_boxes_parse(t->arena, TEXT(""), &boxes, &count) && count == 0);
	CHECK(cover_boxes_parse(t->arena, TEXT("0 0 500 500,10 20 30 40"), &boxes, &count) && count == 2 && boxes[1].bottom == 40);
	static const char *const wrong[] = { "0 0 500", "0 0 500 1001", "500 0 0 500", "0 0 500 500 1", "a b c d", "0 0 500 500,",
		"-1 0 5 5" };
	for (size_t i = 0; i < COUNT(wrong); i++) CHECK(!cover_boxes_parse(t->arena, text_from(wrong[i]), &boxes, &count));
}
