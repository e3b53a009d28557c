#include "harness/scene.h"

#include "base/crypto/crypto.h"
#include "base/sandbox/inspect.h"
#include "work/form/form.h"

#include <dirent.h>
#include <stdlib.h>
#include <sys/resource.h>
#include <sys/stat.h>

static const char *const form_names[] = { "report-withdraw", "report-ask", "report-answer", "report-attach", "report-duplicate",
	"report-reject" };

TEST(form__every_form_of_the_subjects_is_in_order)
{
	CHECK(form_fault(t->arena, &report_form).at == NULL);
	CHECK(form_fault(t->arena, &casefile_public_form).at == NULL);
	for (size_t i = 0; i < COUNT(form_names); i++)
		CHECK(report_action_form(form_names[i]) && form_fault(t->arena, report_action_form(form_names[i])).at == NULL);
	const Machine *machines[] = { &report_machine, &casefile_machine };
	for (size_t m = 0; m < COUNT(machines); m++) {
		for (size_t i = 0; i < machines[m]->row_count; i++) {
			const char *name = machines[m]->rows[i].form;
			const Form *form = m ? casefile_action_form(name) : report_action_form(name);
			CHECK((name != NULL) == (form != NULL) && (!form || form_fault(t->arena, form).at == NULL));
		}
	}
}

static const FormChoice colours[] = { { "red", "Red" }, { "blue", "Blue" } };
static const FormItem lamp_items[] = {
	{ "colour", FORM_CHOICE, "Colour", NULL, .required = true, .choices = colours, .choice_count = COUNT(colours) },
	{ "shade", FORM_TEXT, "Shade", NULL, .required_when = { "colour", "red" }, .shown_when = { "colour", "red" }, .max_length = 5 },
	{ "bought", FORM_DATE, "Bought", NULL },
	{ "page", FORM_URL, "Page", NULL },
	{ "mail", FORM_EMAIL, "Mail", NULL },
	{ "days", FORM_NUMBER, "Days", NULL, .max_length = 30 },
	{ "cvss", FORM_CVSS, "CVSS", NULL },
	{ "gbt", FORM_GBT30279, "GB/T", NULL },
	{ "class", FORM_CLASS, "Class", NULL },
	{ "agreed", FORM_CHECK, "Agreed", NULL },
};
static const FormSection lamp_sections[] = { { NULL, NULL, lamp_items, COUNT(lamp_items) } };
static const Form lamp_form = { "lamp", 1, "Lamp", lamp_sections, 1 };

/* The wrong fields of a form in which only this one differs from a good one. */
static size_t wrong(Test *t, const char *name, const char *value)
{
	Map *values = map_new(t->arena);
	form_set(t->arena, values, TEXT("colour"), TEXT("blue"));
	form_set(t->arena, values, text_from(name), text_from(value));
	call_recover(t->call);
	Error error = form_check(t->call, &lamp_form, values);
	size_t count = t->call->failure.problems.count;
	CHECK((error == ERROR_INVALID) == (count > 0));
	if (count) CHECK(text_is(t->call->failure.problems.at[0].field, text_from(name)));
	call_recover(t->call);
	return count;
}

TEST(form__each_kind_takes_what_it_means_and_refuses_the_rest)
{
	static const struct {
		const char *name, *good, *bad[6];
	} cases[] = {
		{ "colour", "red", { "green", "red blue", "" } },
		{ "bought", "2026-03-05", { "2026-02-30", "5.3.2026", "2026-03-07", "2026-03-05T10:00" } },
		{ "page", "https://example.org/a", { "javascript:alert(1)", "example.org", "https:///x", "https://a b" } },
		{ "mail", "a@example.org", { "a@example", "@example.org", "a b@example.org", "a@b@c.d" } },
		{ "days", "30", { "31", "0", "-1", "3.5", "x" } },
		{ "cvss", scene_cvss, { "CVSS:3.1/AV:N", "CNVRS:1.0/AV:N/AC:L/PR:N/UI:N/C:H/I:H/A:H", "9.8" } },
		{ "gbt", scene_vector, { "CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H", "CNVRS:1.0/AV:N" } },
		{ "class", "sql-injection", { "sql injection", "1" } },
		{ "agreed", "yes", { "perhaps" } },
	};
	for (size_t i = 0; i < COUNT(cases); i++) {
		if (strcmp(cases[i].name, "colour") != 0 && wrong(t, cases[i].name, cases[i].good))
			test_fail(__FILE__, __LINE__, "%s", cases[i].good);
		for (size_t j = 0; j < COUNT(cases[i].bad) && cases[i].bad[j]; j++)
			if (wrong(t, cases[i].name, cases[i].bad[j]) != 1)
				test_fail(__FILE__, __LINE__, "%s: %s", cases[i].name, cases[i].bad[j]);
	}
}

TEST(form__what_is_asked_depends_on_other_answers)
{
	Map *values = map_new(t->arena);
	form_set(t->arena, values, TEXT("colour"), TEXT("red"));
	CHECK_ERROR(t->call, form_check(t->call, &lamp_form, values), INVALID);
	form_set(t->arena, values, TEXT("shade"), TEXT("dark"));
	CHECK_OK(t->call, form_check(t->call, &lamp_form, values));
	form_set(t->arena, values, TEXT("shade"), TEXT("darkest"));
	CHECK_ERROR(t->call, form_check(t->call, &lamp_form, values), INVALID);
	form_set(t->arena, values, TEXT("colour"), TEXT("blue"));
	CHECK_OK(t->call, form_check(t->call, &lamp_form, values));
	CHECK_TEXT(form_values_text(t->arena, &lamp_form, values), "{\"colour\":\"blue\"}");
}

TEST(form__unknown_members_and_wrong_kinds_of_json_are_named)
{
	Map *values;
	CHECK_ERROR(t->call, form_values_read(t->call, &lamp_form, TEXT("{\"colour\":\"red\",\"person_id\":\"1\"}"), &values), INVALID);
	CHECK_ERROR(t->call, form_values_read(t->call, &lamp_form, TEXT("{\"colour\":7}"), &values), INVALID);
	CHECK_ERROR(t->call, form_values_read(t->call, &lamp_form, TEXT("[]"), &values), INVALID);
	CHECK_OK(t->call, form_values_read(t->call, &lamp_form, TEXT("{\"agreed\":true,\"shade\":null}"), &values));
	CHECK_TEXT(form_answer(values, "agreed"), "yes");
	CHECK_OK(t->call, form_values_read(t->call, &lamp_form, TEXT("{\"agreed\":\"perhaps\"}"), &values));
	CHECK_TEXT(form_answer(values, "agreed"), "perhaps"); /* refused when it is checked: no page sent it */
}

/* ---- Drafts */
TEST_DB(draft__survives_the_call_and_opens_only_with_its_secret)
{
	Draft draft;
	Text secret;
	CHECK_OK(t->call, draft_new(t->call, &report_form, map_new(t->arena), &draft, &secret));
	CHECK_OK(t->call, draft_save_field(t->call, &report_form, &draft, TEXT("title"), TEXT("first words")));
	CHECK_OK(t->call, draft_save_field(t->call, &report_form, &draft, TEXT("description"), TEXT("more\r\nwords")));
	Draft again;
	CHECK_OK(t->call, draft_open(t->call, &report_form, draft.ref, secret, &again));
	CHECK_TEXT(form_answer(again.values, "title"), "first words");
	CHECK_TEXT(form_answer(again.values, "description"), "more\nwords");
	CHECK_ERROR(t->call, draft_open(t->call, &report_form, draft.ref, TEXT("guess"), &again), NOT_FOUND);
	CHECK_ERROR(t->call, draft_open(t->call, &report_form, draft.ref, (Text) { 0 }, &again), NOT_FOUND);
	CHECK_OK(t->call, draft_save_field(t->call, &report_form, &draft, TEXT("no_secrets"), TEXT("true"))); /* as the box sends it */
	CHECK_TEXT(form_answer(draft.values, "no_secrets"), "yes");
	CHECK_OK(t->call, draft_save_field(t->call, &report_form, &draft, TEXT("no_secrets"), TEXT("")));
	CHECK_TEXT(form_answer(draft.values, "no_secrets"), "");
	CHECK_ERROR(t->call, draft_save_field(t->call, &report_form, &draft, TEXT("person_id"), TEXT("1")), INVALID);
	CHECK_ERROR(t->call, draft_save_field(t->call, &report_form, &draft, TEXT("title"), TEXT("\xFF")), INVALID);
}

TEST_DB(draft__of_a_person_is_theirs_alone_and_goes_with_its_key)
{
	Scene *scene = scene_new(t);
	const Actor *owner = scene_person(scene, "owner", ROLE_REPORTER), *other = scene_person(scene, "other", ROLE_COORDINATOR);
	Draft draft, again;
	DraftLines lines;
	Text secret;
	scene_as(scene, owner);
	CHECK_OK(t->call, draft_new(t->call, &report_form, scene_values(scene), &draft, &secret));
	CHECK(secret.at == NULL);
	scene_as(scene, other);
	CHECK_ERROR(t->call, draft_open(t->call, &report_form, draft.ref, (Text) { 0 }, &again), NOT_FOUND);
	CHECK_OK(t->call, draft_list(t->call, &lines));
	CHECK_INT(lines.count, 0);
	scene_as(scene, owner);
	CHECK_OK(t->call, draft_list(t->call, &lines));
	CHECK_INT(lines.count, 1);
	CHECK_OK(t->call, draft_discard(t->call, &draft));
	CHECK_ERROR(t->call, draft_open(t->call, &report_form, draft.ref, (Text) { 0 }, &again), NOT_FOUND);
}

/* ---- Files */
static AttachmentOwner owner_of(const Draft *draft) { return (AttachmentOwner) { "draft", draft->id, draft->seal_key }; }

static Text pattern(Arena *arena, size_t length)
{
	char *bytes = arena_alloc(arena, length);
	for (size_t i = 0; i < length; i++) bytes[i] = (char)('a' + (i * 7 + i / 4096) % 26);
	return (Text) { bytes, length };
}

static Text hash(Arena *arena, Text bytes)
{
	Digest digest = sha256(bytes);
	return hex_text(arena, DIGEST_TEXT(digest));
}

static void start_sandbox(Test *t)
{
	CHECK_OK(t->call, sandbox_start(t->call, (const SandboxWork[]) { [SANDBOX_INSPECT] = inspect_work }, 1, &t->house->sandbox));
}

TEST_DB(upload__goes_on_where_it_was_cut)
{
	start_sandbox(t);
	Draft draft;
	Text secret, content = pattern(t->arena, 9 * 1024 * 1024);
	Attachment file;
	int64_t received = 0;
	CHECK_OK(t->call, draft_new(t->call, &report_form, map_new(t->arena), &draft, &secret));
	CHECK_OK(t->call, attachment_begin(t->call, owner_of(&draft), TEXT("../../etc/video.mp4"), (int64_t)content.length, &file));
	CHECK_TEXT(file.name, "video.mp4");
	Text first = text_slice(content, 0, ATTACHMENT_PART_BYTES),
	     second = text_slice(content, ATTACHMENT_PART_BYTES, (size_t)2 * ATTACHMENT_PART_BYTES);
	Text last = text_slice(content, (size_t)2 * ATTACHMENT_PART_BYTES, content.length);
	CHECK_OK(t->call, attachment_add(t->call, &file, 0, first, hash(t->arena, first), &received));
	CHECK_ERROR(t->call, attachment_add(t->call, &file, (int64_t)2 * ATTACHMENT_PART_BYTES, last, hash(t->arena, last), &received),
		CONFLICT);
	CHECK_ERROR(t->call, attachment_add(t->call, &file, ATTACHMENT_PART_BYTES, second, hash(t->arena, first), &received), CORRUPT);
	CHECK_ERROR(t->call, attachment_finish(t->call, &file), INVALID);
	CHECK_OK(t->call, attachment_find(t->call, "draft", draft.id, file.ref, &file)); /* the browser comes back and asks */
	CHECK_INT(file.received_bytes, ATTACHMENT_PART_BYTES);
	CHECK_OK(t->call,
		attachment_add(t->call, &file, 0, first, hash(t->arena, first), &received)); /* the answer was lost: again is no error */
	CHECK_INT(received, ATTACHMENT_PART_BYTES);
	CHECK_OK(t->call, attachment_add(t->call, &file, ATTACHMENT_PART_BYTES, second, hash(t->arena, second), &received));
	CHECK_OK(t->call, attachment_add(t->call, &file, (int64_t)2 * ATTACHMENT_PART_BYTES, last, hash(t->arena, last), &received));
	CHECK_OK(t->call, attachment_finish(t->call, &file));
	CHECK_OK(t->call, attachment_find(t->call, "draft", draft.id, file.ref, &file));
	CHECK(file.is_finished && text_is(file.sha256, hash(t->arena, content)));
	CHECK_TEXT(file.content_type, "text/plain; charset=utf-8");
	int descriptor = -1;
	struct stat status;
	CHECK_OK(t->call, attachment_open(t->call, &file, &descriptor));
	CHECK(fstat(descriptor, &status) == 0 && status.st_size == (off_t)content.length);
	CHECK_ERROR(t->call, attachment_find(t->call, "draft", draft.id + 1, file.ref, &file), NOT_FOUND);
	CHECK_ERROR(t->call, attachment_find(t->call, "report", draft.id, file.ref, &file), NOT_FOUND);
}

static long peak_kib(void)
{
	struct rusage usage;
	CHECK(getrusage(RUSAGE_SELF, &usage) == 0);
	return usage.ru_maxrss;
}

/* 300 applicants send 200 MB each: what arrives is sealed part by part, so a file of any size takes the memory of one part. What is looked at as a
 * whole, once at the end, stands in a file of the kernel's memory, one for each that is looked at, and goes with it; plain text touches no disk. */
TEST_DB(upload__a_large_file_takes_the_memory_of_one_part)
{
	enum { PARTS = 12 };
#ifdef __SANITIZE_ADDRESS__
	test_skip("the sanitizer keeps what was given back");
#endif
	start_sandbox(t);
	Draft draft;
	Attachment file;
	int64_t received = 0;
	Text secret, part = pattern(t->arena, ATTACHMENT_PART_BYTES), digest = hash(t->arena, part);
	CHECK_OK(t->call, draft_new(t->call, &report_form, map_new(t->arena), &draft, &secret));
	CHECK_OK(t->call, attachment_begin(t->call, owner_of(&draft), TEXT("evidence.txt"), (int64_t)PARTS * ATTACHMENT_PART_BYTES, &file));
	ArenaMark mark = arena_mark(t->arena);
	long before = 0;
	for (int64_t i = 0; i < PARTS; i++) {
		CHECK_OK(t->call, attachment_add(t->call, &file, i * ATTACHMENT_PART_BYTES, part, digest, &received));
		CHECK_INT(received, (i + 1) * ATTACHMENT_PART_BYTES);
		arena_release(t->arena, mark); /* as between two requests */
		if (!i) before = peak_kib();
	}
	CHECK_OK(t->call, attachment_finish(t->call, &file));
	CHECK(peak_kib() - before < 3 * ATTACHMENT_PART_BYTES / 1024); /* of 12 parts */
	CHECK_OK(t->call, attachment_find(t->call, "draft", draft.id, file.ref, &file));
	CHECK(file.is_finished);
}
