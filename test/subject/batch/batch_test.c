/* Batches: a preview before anything is a report, sending that goes on where it stopped, and nobody else's eyes. */
#include "people/notice/notice.h"
#include "store/setting/setting.h"
#include "subject/batch/batch_fixture.h"
#include "subject/report/report.h"
#include "work/cover/cover.h"

#include <unistd.h>

static Map *with(Scene *scene, const Map *values, const char *name, const char *value)
{
	Map *copy = form_values_copy(scene->t->arena, &report_form, values);
	form_set(scene->t->arena, copy, text_from(name), text_from(value));
	return copy;
}

static const BatchLineGiven three[] = { { "First", NULL, NULL }, { "Second", "nonsense", NULL }, { "Third", "incident", NULL } };

TEST(batch__its_table_has_no_fault) { CHECK(!workflow_fault(t->arena, &batch_machine).length); }

TEST_DB(batch__a_preview_shows_every_error_at_its_field_and_nothing_is_a_report_yet)
{
	Scene *scene = batch_scene(t);
	Reports own;
	BatchRows rows;
	scene_as(scene, scene_person(scene, "ann", 0));
	Text ref = batch_begin(scene, "reports.csv", batch_csv(t->arena, three, COUNT(three)));
	Batch batch = batch_now(scene, ref);
	CHECK_TEXT(batch.state, "PREVIEW");
	CHECK_TEXT(batch.name, "reports.csv");
	CHECK_INT(batch.counts.ready, 1);
	CHECK_INT(batch.counts.wrong, 2);
	CHECK_OK(t->call, batch_rows(t->call, &batch, TEXT("wrong"), 0, 10, &rows));
	CHECK_INT(rows.at[0].number, 3);
	CHECK_TEXT(rows.at[0].problems.at[0].field, "kind");
	CHECK_TEXT(rows.at[1].problems.at[0].field, "operator"); /* an incident names its operator */
	CHECK_TEXT(batch_problem_text(t->arena, LANG_ZH, &rows.at[1].problems.at[0]), "请填写此项。");
	CHECK_OK(t->call, report_list_own(t->call, 0, 10, &own));
	CHECK_INT(own.count, 0);
}

TEST_DB(batch__a_row_is_corrected_and_sent_with_number_receipt_and_files)
{
	Scene *scene = batch_scene(t);
	BatchRow row;
	Report report;
	Attachments files;
	Text receipt;
	const BatchLineGiven lines[] = { { "One", NULL, "pic/a.txt" }, { "Two", "incident", "missing.txt" } };
	const BatchPart parts[] = { { "manifest.csv", batch_csv(t->arena, lines, COUNT(lines)) }, { "pic/a.txt", TEXT("the evidence") } };
	scene_as(scene, scene_person(scene, "ann", 0));
	Text ref = batch_begin(scene, "many.zip", batch_zip(t, parts, COUNT(parts)));
	Batch batch = batch_now(scene, ref);
	CHECK_TEXT(batch.state, "PREVIEW");
	CHECK_OK(t->call, batch_row(t->call, &batch, 3, &row));
	CHECK_TEXT(row.problems.at[1].field, "files");
	CHECK_OK(t->call, batch_row_correct(t->call, &batch, 3, with(scene, row.values, "operator", "某运营者")));
	CHECK_OK(t->call, batch_row(t->call, &batch, 3, &row));
	CHECK_TEXT(row.state, "ready");
	CHECK_OK(t->call, batch_act(t->call, ref, TEXT("send"), 0));
	CHECK_TEXT(batch_now(scene, ref).state, "RUNNING");
	batch_run_jobs(scene);
	batch = batch_now(scene, ref);
	CHECK_TEXT(batch.state, "DONE");
	CHECK_INT(batch.counts.sent, 2);
	CHECK_OK(t->call, batch_row(t->call, &batch, 2, &row));
	CHECK(!row.title.length && text_starts(row.report_ref, TEXT("R-2026-"))); /* what it holds stands in the report alone */
	CHECK_OK(t->call, report_open(t->call, row.report_ref, &report));
	CHECK_TEXT(report.title, "One");
	CHECK_TEXT(report.state, "RECEIVED");
	CHECK_OK(t->call, report_receipt(t->call, &report, &receipt));
	CHECK_OK(t->call, report_attachments(t->call, &report, &files));
	CHECK_INT(files.count, 1);
	CHECK_TEXT(files.at[0].name, "a.txt");
	int descriptor = -1;
	CHECK_OK(t->call, attachment_open(t->call, &files.at[0], &descriptor));
}

TEST_DB(batch__a_wrong_answer_loses_none_of_those_that_depend_on_it)
{
	Scene *scene = batch_scene(t);
	BatchRow row;
	const BatchLineGiven lines[] = { { "One", "nonsense", NULL } };
	scene_as(scene, scene_person(scene, "ann", 0));
	Text ref = batch_begin(scene, "a.csv", batch_csv(t->arena, lines, COUNT(lines)));
	Batch batch = batch_now(scene, ref);
	CHECK_OK(t->call, batch_row(t->call, &batch, 2, &row));
	CHECK_OK(t->call, batch_row_correct(t->call, &batch, 2, with(scene, row.values, "kind", "generic")));
	CHECK_OK(t->call, batch_row(t->call, &batch, 2, &row));
	CHECK_TEXT(row.state, "ready");
	CHECK_TEXT(form_answer(row.values, "versions"), "< 3.2");
}

/* Enough of them that a group is full, and that sorting needs memory inside the sandbox. */
TEST_DB(batch__an_archive_of_many_files_gives_each_row_its_own)
{
	enum { FILES = 150 };
	Scene *scene = batch_scene(t);
	BatchLineGiven lines[FILES];
	BatchPart parts[FILES + 1];
	BatchReports reports;
	for (size_t i = 0; i < FILES; i++) {
		const char *name = arena_printf(t->arena, "f/%zu.txt", i).at;
		lines[i] = (BatchLineGiven) { arena_printf(t->arena, "Row %zu", i).at, NULL, name };
		parts[i] = (BatchPart) { name, arena_printf(t->arena, "evidence of row %zu", i) };
	}
	parts[FILES] = (BatchPart) { "manifest.csv", batch_csv(t->arena, lines, FILES) };
	scene_as(scene, scene_person(scene, "ann", 0));
	Text ref = batch_begin(scene, "many.zip", batch_zip(t, parts, COUNT(parts)));
	CHECK_OK(t->call, batch_act(t->call, ref, TEXT("send"), 0));
	batch_run_jobs(scene);
	Batch batch = batch_now(scene, ref);
	CHECK_INT(batch.counts.sent, FILES);
	CHECK_OK(t->call, batch_reports(t->call, &batch, 100, 10, &reports));
	Report report;
	Attachments files;
	CHECK_OK(t->call, report_open(t->call, reports.at[0].ref, &report));
	CHECK_OK(t->call, report_attachments(t->call, &report, &files));
	CHECK_INT(files.count, 1);
	CHECK_TEXT(files.at[0].name, "99.txt"); /* row 101 of the file is the 100th */
}

TEST_DB(batch__one_notice_for_all_of_them)
{
	Scene *scene = batch_scene(t);
	Notices notices;
	const Actor *coordinator = scene_person(scene, "cora", ROLE_COORDINATOR), *ann = scene_person(scene, "ann", 0);
	const BatchLineGiven lines[] = { { "One", NULL, NULL }, { "Two", NULL, NULL } };
	scene_as(scene, ann);
	Text ref = batch_begin(scene, "a.csv", batch_csv(t->arena, lines, COUNT(lines)));
	CHECK_OK(t->call, batch_act(t->call, ref, TEXT("send"), 0));
	batch_run_jobs(scene);
	CHECK_OK(t->call, notice_list(t->call, 0, 10, &notices));
	CHECK_INT(notices.count, 1);
	scene_as(scene, coordinator);
	CHECK_OK(t->call, notice_list(t->call, 0, 10, &notices));
	CHECK_INT(notices.count, 1);
	CHECK_TEXT(notices.at[0].link, "/intake");
}

TEST_DB(batch__only_the_chosen_rows_are_sent)
{
	Scene *scene = batch_scene(t);
	Numbers numbers = { 0 };
	const BatchLineGiven lines[] = { { "One", NULL, NULL }, { "Two", NULL, NULL }, { "Three", NULL, NULL } };
	scene_as(scene, scene_person(scene, "ann", 0));
	Text ref = batch_begin(scene, "a.csv", batch_csv(t->arena, lines, COUNT(lines)));
	Batch batch = batch_now(scene, ref);
	list_add(t->arena, &numbers, 3);
	CHECK_OK(t->call, batch_choose_only(t->call, &batch, &numbers));
	CHECK_INT(batch_now(scene, ref).counts.left, 2);
	list_add(t->arena, &numbers, 99);
	CHECK_ERROR(t->call, batch_choose_only(t->call, &batch, &numbers), INVALID);
	numbers.count = 0;
	list_add(t->arena, &numbers, 4);
	CHECK_OK(t->call, batch_choose(t->call, &batch, &numbers, true));
	CHECK_OK(t->call, batch_act(t->call, ref, TEXT("send"), 0));
	batch_run_jobs(scene);
	batch = batch_now(scene, ref);
	CHECK_INT(batch.counts.sent, 2);
	CHECK_INT(batch.counts.left, 1);
	CHECK_ERROR(t->call, batch_choose(t->call, &batch, &numbers, false), CONFLICT);
}

TEST_DB(batch__the_same_key_is_the_same_batch_and_another_file_under_it_is_refused)
{
	Scene *scene = batch_scene(t);
	Text first, second, csv = batch_csv(t->arena, three, COUNT(three));
	bool repeated;
	scene_as(scene, scene_person(scene, "ann", 0));
	CHECK_OK(t->call, batch_try(scene, "a.csv", csv, "key-1", &first, &repeated));
	CHECK(!repeated);
	CHECK_OK(t->call, batch_try(scene, "a.csv", csv, "key-1", &second, &repeated));
	CHECK(repeated && text_is(first, second));
	CHECK_ERROR(t->call, batch_try(scene, "a.csv", TEXT("title\nx\n"), "key-1", &second, &repeated), CONFLICT);
	scene_as(scene, scene_person(scene, "bob", 0));
	CHECK_OK(t->call, batch_try(scene, "a.csv", csv, "key-1", &second, &repeated)); /* keys are a person's own */
	CHECK(!repeated && !text_is(first, second));
}

/* Attack: another's batch by its ref, also for colleagues and the staff, and another's row. */
TEST_DB(batch__attack__nobody_else_opens_changes_or_sends_it)
{
	Scene *scene = batch_scene(t);
	Batch batch;
	Batches batches;
	BatchNew new = { .file = { .name = TEXT("x"), .descriptor = -1 } };
	const Actor *others[] = { scene_person(scene, "bob", 0), scene_person(scene, "cora", ROLE_COORDINATOR),
		scene_person(scene, "sam", ROLE_SYSTEM_ADMIN), &actor_visitor };
	scene_as(scene, scene_person(scene, "ann", 0));
	Text ref = batch_begin(scene, "a.csv", batch_csv(t->arena, three, COUNT(three)));
	for (size_t i = 0; i < COUNT(others); i++) {
		scene_as(scene, others[i]);
		CHECK_ERROR(t->call, batch_open(t->call, ref, &batch), NOT_FOUND);
		CHECK_ERROR(t->call, batch_act(t->call, ref, TEXT("send"), 0), NOT_FOUND);
		CHECK_ERROR(t->call, batch_act(t->call, ref, TEXT("cancel"), 0), NOT_FOUND);
		CHECK_ERROR(t->call, batch_replace(t->call, ref, &new), NOT_FOUND);
		CHECK_OK(t->call, batch_list(t->call, 0, 10, &batches));
		CHECK_INT(batches.count, 0);
	}
}

/* Attack: a row names a file of another batch, or of the disk. Only entries of its own archive are files. */
TEST_DB(batch__attack__a_row_takes_no_file_but_of_its_own_archive)
{
	Scene *scene = batch_scene(t);
	BatchRow row;
	static const char *const names[] = { "/etc/passwd", "../a.txt", "b.txt" };
	scene_as(scene, scene_person(scene, "ann", 0));
	const BatchLineGiven own[] = { { "Own", NULL, "b.txt" } };
	const BatchPart parts[] = { { "manifest.csv", batch_csv(t->arena, own, 1) }, { "b.txt", TEXT("b") } };
	(void)batch_begin(scene, "own.zip", batch_zip(t, parts, COUNT(parts)));
	scene_as(scene, scene_person(scene, "eve", 0));
	for (size_t i = 0; i < COUNT(names); i++) {
		const BatchLineGiven lines[] = { { "Eve", NULL, names[i] } };
		Batch batch = batch_now(scene, batch_begin(scene, "eve.csv", batch_csv(t->arena, lines, 1)));
		CHECK_OK(t->call, batch_row(t->call, &batch, 2, &row));
		CHECK_TEXT(row.state, "wrong");
		CHECK_TEXT(row.problems.at[0].field, "files");
	}
}

/* Attack: mass assignment. Columns that are no fields of the form never reach the report. */
TEST_DB(batch__attack__a_column_cannot_set_what_is_nobodys_to_write)
{
	Scene *scene = batch_scene(t);
	const Actor *eve = scene_person(scene, "eve", 0), *ann = scene_person(scene, "ann", 0);
	BatchReports reports;
	Report report;
	Buffer csv = { .arena = t->arena };
	const BatchLineGiven lines[] = { { "Eve", NULL, NULL } };
	Text table = batch_csv(t->arena, lines, 1), head;
	Text rest = table;
	CHECK(text_next(&rest, '\n', &head));
	buffer_printf(&csv,
		"state,reporter_id,organisation_id,ref,seal_key,received_at,%.*s\nACCEPTED,%lld,1,R-2020-AAAA-AAAA,1,2020-01-01,%.*s",
		TEXT_ARGS(head), (long long)ann->person_id, TEXT_ARGS(rest));
	scene_as(scene, eve);
	Text ref = batch_begin(scene, "eve.csv", buffer_text(&csv));
	Batch batch = batch_now(scene, ref);
	CHECK(text_find(batch.detail, TEXT("reporter_id"), NULL)); /* told as passed over */
	CHECK_OK(t->call, batch_act(t->call, ref, TEXT("send"), 0));
	batch_run_jobs(scene);
	CHECK_OK(t->call, batch_reports(t->call, &batch, 0, 10, &reports));
	CHECK_INT(reports.count, 1);
	CHECK_OK(t->call, report_open(t->call, reports.at[0].ref, &report));
	CHECK_TEXT(report.state, "RECEIVED");
	CHECK_INT(report.reporter_id, eve->person_id);
	CHECK_INT(report.organisation_id, 0);
	CHECK_INT(report.received_at, t->call->now);
}

TEST_DB(batch__refuses_what_it_cannot_read_and_takes_a_corrected_file)
{
	Scene *scene = batch_scene(t);
	int file = -1;
	scene_as(scene, scene_person(scene, "ann", 0));
	Text ref = batch_begin(scene, "a.csv", TEXT("nothing,known\n1,2\n"));
	Batch batch = batch_now(scene, ref);
	CHECK_TEXT(batch.state, "REFUSED");
	CHECK(batch_reason_text(t->arena, LANG_ZH, batch.reason, batch.detail).length > 0);
	Text csv = batch_csv(t->arena, three, COUNT(three));
	CHECK_OK(t->call, sandbox_file(t->call, &file));
	CHECK(write(file, csv.at, csv.length) == (ssize_t)csv.length && lseek(file, 0, SEEK_SET) == 0);
	BatchNew new = { .file = { TEXT("b.csv"), file, (int64_t)csv.length }, .is_confirmed = true };
	CHECK_OK(t->call, batch_replace(t->call, ref, &new));
	batch = batch_now(scene, ref);
	CHECK_TEXT(batch.state, "PREVIEW");
	CHECK_TEXT(batch.name, "b.csv");
	CHECK_INT(batch_total(&batch.counts), 3);
	CHECK_OK(t->call, batch_act(t->call, ref, TEXT("cancel"), 0));
	batch_run_jobs(scene);
	batch = batch_now(scene, ref);
	CHECK_INT(batch_total(&batch.counts), 0); /* and what was read is destroyed */
}

TEST_DB(batch__no_more_than_the_limit_of_a_day)
{
	Scene *scene = batch_scene(t);
	const char *path = arena_printf(t->arena, "%s/settings.conf", t->directory).at;
	const BatchLineGiven lines[] = { { "One", NULL, NULL }, { "Two", NULL, NULL } };
	FILE *file = fopen(path, "w");
	CHECK(file && fputs("batch_limit_account = 1\nbatch_limit_organisation = 5\n", file) >= 0 && fclose(file) == 0);
	CHECK_OK(t->call, settings_open(t->call, path, &t->house->settings));
	Actor actor = *scene_person(scene, "ann", 0);
	scene_as(scene, &actor);
	Text ref = batch_begin(scene, "a.csv", batch_csv(t->arena, lines, COUNT(lines)));
	CHECK_ERROR(t->call, batch_act(t->call, ref, TEXT("send"), 0), INVALID);
	actor.organisation_id = 1; /* a member of a verified unit has another limit */
	actor.roles |= ROLE_UNIT_MEMBER;
	CHECK_OK(t->call, batch_act(t->call, ref, TEXT("send"), 0));
}

TEST_DB(batch__a_batch_stopped_midway_goes_on_with_what_is_left)
{
	Scene *scene = batch_scene(t);
	BatchLineGiven lines[120];
	BatchReports reports;
	for (size_t i = 0; i < COUNT(lines); i++) lines[i] = (BatchLineGiven) { arena_printf(t->arena, "Row %zu", i).at, NULL, NULL };
	scene_as(scene, scene_person(scene, "ann", 0));
	Text ref = batch_begin(scene, "a.csv", batch_csv(t->arena, lines, COUNT(lines)));
	CHECK_OK(t->call, batch_act(t->call, ref, TEXT("send"), 0));
	/* A runner of another node has the same job: what one has sent the other one passes over. */
	Job job = { .payload = ref };
	const Actor *ann = t->call->actor;
	scene_as(scene, &actor_system);
	CHECK_OK(t->call, batch_send_job.run(t->call, &job));
	CHECK_OK(t->call, batch_send_job.run(t->call, &job));
	scene_as(scene, ann);
	batch_run_jobs(scene);
	Batch batch = batch_now(scene, ref);
	CHECK_TEXT(batch.state, "DONE");
	CHECK_OK(t->call, batch_reports(t->call, &batch, 0, 500, &reports));
	CHECK_INT(reports.count, COUNT(lines));
	for (size_t i = 0; i < reports.count; i++) CHECK_INT(reports.at[i].number, i + 2);
}

TEST_DB(batch__what_nobody_goes_on_with_is_destroyed_after_its_days)
{
	enum { DAY_MS = 86400000 };
	Scene *scene = batch_scene(t);
	bool repeated;
	Text upload;
	const BatchNew parts = { .file = { TEXT("big.zip"), -1, 0 } };
	scene_as(scene, scene_person(scene, "ann", 0));
	Text ref = batch_begin(scene, "a.csv", batch_csv(t->arena, three, COUNT(three)));
	CHECK_OK(t->call, batch_new(t->call, &parts, &upload, &repeated));
	scene_later(scene, (int64_t)29 * DAY_MS);
	batch_run_jobs(scene);
	CHECK_TEXT(batch_now(scene, ref).state, "PREVIEW");
	scene_later(scene, (int64_t)2 * DAY_MS);
	batch_run_jobs(scene);
	Batch batch = batch_now(scene, ref);
	CHECK_TEXT(batch.state, "CANCELLED");
	CHECK_INT(batch_total(&batch.counts), 0);
	CHECK_TEXT(batch_now(scene, upload).state, "REFUSED"); /* never uploaded */
}

/* Attack: a removed account. What it ordered before does not go on. */
/* HackerOne 1242680 and 75556 by the way of a preview: a row that says what somebody else has sent is told of nothing. */
TEST_DB(batch__attack__hints_at_duplicates_reveal_nothing_of_others)
{
	Scene *scene = batch_scene(t);
	BatchRow row;
	Candidates found;
	const BatchLineGiven lines[] = { { "The same", NULL, NULL } };
	const Actor *ann = scene_person(scene, "ann", 0), *ben = scene_person(scene, "ben", 0);
	scene_as(scene, ann);
	Text ref = batch_begin(scene, "a.csv", batch_csv(t->arena, lines, COUNT(lines)));
	CHECK_OK(t->call, batch_act(t->call, ref, TEXT("send"), 0));
	batch_run_jobs(scene);
	scene_as(scene, ben);
	Batch batch = batch_now(scene, batch_begin(scene, "b.csv", batch_csv(t->arena, lines, COUNT(lines))));
	CHECK_OK(t->call, batch_row(t->call, &batch, 2, &row));
	CHECK_OK(t->call, report_candidates(t->call, row.values, 0, &found));
	CHECK(!found.count && !row.same_as);
	scene_as(scene, ann);
	batch = batch_now(scene, batch_begin(scene, "c.csv", batch_csv(t->arena, lines, COUNT(lines))));
	CHECK_OK(t->call, batch_row(t->call, &batch, 2, &row));
	CHECK_OK(t->call, report_candidates(t->call, row.values, 0, &found));
	CHECK_INT(found.count, 1); /* her own */
}

TEST_DB(batch__attack__a_disabled_account_sends_nothing_more)
{
	Scene *scene = batch_scene(t);
	const Actor *ann = scene_person(scene, "ann", 0);
	Person person;
	const BatchLineGiven lines[] = { { "One", NULL, NULL } };
	scene_as(scene, ann);
	Text ref = batch_begin(scene, "a.csv", batch_csv(t->arena, lines, 1));
	CHECK_OK(t->call, batch_act(t->call, ref, TEXT("send"), 0));
	CHECK_OK(t->call, person_find(t->call, ann->person_id, &person));
	scene_as(scene, &actor_system);
	CHECK_OK(t->call, person_disable(t->call, person.ref));
	batch_run_jobs(scene);
	scene_as(scene, ann);
	Batch batch = batch_now(scene, ref);
	CHECK_TEXT(batch.state, "CANCELLED");
	CHECK_INT(batch.counts.sent, 0);
}

TEST_DB(batch__rows_that_say_the_same_are_told)
{
	Scene *scene = batch_scene(t);
	BatchRows rows;
	Buffer csv = { .arena = t->arena };
	const BatchLineGiven lines[] = { { "Same", NULL, NULL } };
	Text table = batch_csv(t->arena, lines, 1), head, rest = table;
	CHECK(text_next(&rest, '\n', &head));
	buffer_printf(&csv, "%.*s\n%.*s%.*s", TEXT_ARGS(head), TEXT_ARGS(rest), TEXT_ARGS(rest));
	scene_as(scene, scene_person(scene, "ann", 0));
	Batch batch = batch_now(scene, batch_begin(scene, "a.csv", buffer_text(&csv)));
	CHECK_OK(t->call, batch_rows(t->call, &batch, TEXT(""), 0, 10, &rows));
	CHECK_INT(rows.at[0].same_as, 0);
	CHECK_INT(rows.at[1].same_as, 2);
}

/* ---- Personal data */
static Text field_of(Scene *scene, const Batch *batch, int64_t number, const char *name)
{
	BatchRow row;
	CHECK_OK(scene->t->call, batch_row(scene->t->call, batch, number, &row));
	return form_answer(row.values, name);
}

static int64_t personal_of(Scene *scene, const Batch *batch, int64_t number)
{
	BatchRow row;
	CHECK_OK(scene->t->call, batch_row(scene->t->call, batch, number, &row));
	return row.personal;
}

/* Rows 2 and 3 with a telephone number each, row 2 also in its file; row 4 with none; all of them as one batch in its preview. */
static Batch personal_batch(Scene *scene)
{
	Test *t = scene->t;
	const BatchLineGiven lines[] = { { "Call 13812345678", NULL, "a.txt" }, { "Call 13812345679", NULL, NULL },
		{ "Nobody", NULL, NULL } };
	const BatchPart parts[] = { { "manifest.csv", batch_csv(t->arena, lines, COUNT(lines)) },
		{ "a.txt", TEXT("from 13812345670\nand 11010519491231002X\n") } };
	return batch_now(scene, batch_begin(scene, "many.zip", batch_zip(t, parts, COUNT(parts))));
}

TEST_DB(batch__tells_which_rows_hold_personal_data_and_hides_it_in_all_that_may_be_sent)
{
	Scene *scene = batch_scene(t);
	BatchRow row;
	BatchRows rows;
	Attachments files;
	Text content;
	int64_t left = 0;
	Numbers third = { 0 };
	scene_as(scene, scene_person(scene, "ann", 0));
	Batch batch = personal_batch(scene);
	CHECK_INT(batch.personal_rows, 2);
	CHECK_INT(personal_of(scene, &batch, 2), 3);
	CHECK_INT(personal_of(scene, &batch, 3), 1);
	CHECK_INT(personal_of(scene, &batch, 4), 0);
	CHECK_OK(t->call, batch_row(t->call, &batch, 4, &row));
	CHECK_OK(
		t->call, batch_row_correct(t->call, &batch, 4, with(scene, row.values, "impact", "Write to ann@example.org, 13812345671")));
	CHECK(personal_of(scene, &batch, 4) > 0);
	list_add(t->arena, &third, 3);
	CHECK_OK(t->call, batch_choose(t->call, &batch, &third, false)); /* what is left out is not sent, and not asked about */
	CHECK_OK(t->call, batch_rows_personal(t->call, &batch, 0, 10, &rows));
	CHECK_INT(rows.count, 2);
	CHECK_OK(t->call, batch_mask_all(t->call, &batch, &left));
	CHECK_INT(left, 0);
	CHECK_INT(batch_now(scene, batch.ref).personal_rows, 0);
	CHECK_TEXT(field_of(scene, &batch, 2, "title"), "Call 138****5678");
	CHECK_TEXT(field_of(scene, &batch, 3, "title"), "Call 13812345679");
	CHECK(!text_find(field_of(scene, &batch, 4, "impact"), TEXT("13812345671"), NULL));
	CHECK_OK(t->call, attachment_list(t->call, "batch-row", rows.at[0].id, &files));
	CHECK_INT(files.count, 1);
	CHECK_OK(t->call, attachment_load(t->call, &files.at[0], 1000, &content));
	CHECK_TEXT(content, "from 138****5670\nand 110****002X\n");
	CHECK_OK(t->call, batch_act(t->call, batch.ref, TEXT("send"), 0));
	batch = batch_now(scene, batch.ref);
	CHECK_ERROR(t->call, batch_mask_all(t->call, &batch, &left), CONFLICT);
}

TEST_DB(batch__what_a_row_keeps_with_a_reason_is_kept_by_its_report)
{
	Scene *scene = batch_scene(t);
	BatchRow row;
	Report report;
	CoverMatter matter;
	CoverKepts kepts;
	scene_as(scene, scene_person(scene, "ann", 0));
	Batch batch = personal_batch(scene);
	CHECK_OK(t->call, batch_row(t->call, &batch, 3, &row));
	CHECK(batch_row_may_cover(&batch, &row));
	batch_row_matter(t->arena, &batch, &row, &matter);
	CHECK_ERROR(t->call, cover_keep(t->call, &matter, TEXT("title"), TEXT(" ")), INVALID);
	CHECK_OK(t->call, cover_keep(t->call, &matter, TEXT("title"), TEXT("The number is the flaw")));
	CHECK_OK(t->call, batch_row_recount(t->call, &batch, 3));
	CHECK_INT(personal_of(scene, &batch, 3), 0);
	CHECK_OK(t->call, batch_row_correct(t->call, &batch, 3, with(scene, row.values, "impact", "None to speak of")));
	CHECK_INT(personal_of(scene, &batch, 3), 0); /* still decided after another change */
	CHECK_INT(batch_now(scene, batch.ref).personal_rows, 1);
	CHECK_OK(t->call, batch_act(t->call, batch.ref, TEXT("send"), 0));
	batch_run_jobs(scene);
	batch = batch_now(scene, batch.ref);
	CHECK_OK(t->call, batch_row(t->call, &batch, 3, &row));
	CHECK(!batch_row_may_cover(&batch, &row) && !row.personal);
	CHECK_OK(t->call, report_open(t->call, row.report_ref, &report));
	CHECK_TEXT(report.title, "Call 13812345679");
	CHECK_OK(t->call, cover_kept(t->call, report.seal_key, &kepts));
	CHECK_INT(kepts.count, 1);
	CHECK_TEXT(kepts.at[0].reason, "The number is the flaw");
}

/* Found in the preview, sent in another window: what the report has taken over is changed by nobody any more. */
TEST_DB(batch__attack__a_file_is_not_hidden_behind_the_back_of_its_report)
{
	Scene *scene = batch_scene(t);
	BatchRow row;
	Report report;
	Attachments before, files;
	Attachment after;
	scene_as(scene, scene_person(scene, "ann", 0));
	Batch batch = personal_batch(scene);
	CHECK_OK(t->call, batch_row(t->call, &batch, 2, &row));
	CHECK_OK(t->call, attachment_list(t->call, "batch-row", row.id, &before));
	CHECK_OK(t->call, batch_act(t->call, batch.ref, TEXT("send"), 0));
	batch_run_jobs(scene);
	CHECK_ERROR(t->call, attachment_replace(t->call, &before.at[0], TEXT("another"), &after), CONFLICT);
	CHECK_ERROR(t->call, attachment_remove(t->call, &before.at[0]), CONFLICT);
	CHECK_OK(t->call, batch_row(t->call, &batch, 2, &row));
	CHECK_OK(t->call, report_open(t->call, row.report_ref, &report));
	CHECK_OK(t->call, report_attachments(t->call, &report, &files));
	CHECK_INT(files.count, 1);
	CHECK(text_is(files.at[0].sha256, before.at[0].sha256));
}
