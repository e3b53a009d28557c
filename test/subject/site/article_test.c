/* The way of an article through three hands, and what the public sees of it meanwhile. */
#include "base/base/clock.h"
#include "harness/scene.h"
#include "subject/casefile/trusted_time.h"
#include "subject/site/site.h"

enum { HOUR_MS = 3600 * 1000 };
typedef struct Office {
	Scene *scene;
	const Actor *writer, *editor, *approver, *all;
	Text ref;
} Office;

static Office office_of(Test *t)
{
	Scene *scene = scene_new(t);
	Office office = { .scene = scene,
		.writer = scene_person(scene, "wen", ROLE_WRITER),
		.editor = scene_person(scene, "bian", ROLE_EDITOR),
		.approver = scene_person(scene, "shen", ROLE_APPROVER),
		.all = scene_person(scene, "quan", ROLE_WRITER | ROLE_EDITOR | ROLE_APPROVER) };
	return office;
}

static Map *text_values(Office *office, const char *title)
{
	return VALUES(
		office->scene, "kind", "notice", "title_zh", title, "body_zh", "第一行\n第二行", "title_en", "Title", "body_en", "First");
}

static void write_as(Office *office, const Actor *actor)
{
	scene_as(office->scene, actor);
	CHECK_OK(office->scene->call, article_new(office->scene->call, text_values(office, "通知"), &office->ref));
}

static Error act(Office *office, const Actor *actor, const char *action, const Map *values)
{
	scene_as(office->scene, actor);
	call_recover(office->scene->call);
	return article_act(office->scene->call, office->ref, text_from(action), 0, values);
}

#define STEP(office, who, action, values) CHECK_OK((office)->scene->call, act((office), (office)->who, (action), (values)))
#define REFUSED(office, who, action, values, error) \
	CHECK_ERROR((office)->scene->call, act((office), (office)->who, (action), (values)), error)

static bool is_public(Office *office)
{
	Article article;
	call_recover(office->scene->call);
	return article_open_public(office->scene->call, office->ref, &article) == OK && article.public_number != 0;
}

TEST_DB(article__needs_three_people)
{
	Office office = office_of(t);
	write_as(&office, office.all);
	STEP(&office, all, "submit", NULL);
	REFUSED(&office, all, "pass", NULL, FORBIDDEN);
	STEP(&office, editor, "pass", NULL);
	REFUSED(&office, all, "publish", NULL, FORBIDDEN);
	REFUSED(&office, editor, "publish", NULL, FORBIDDEN);
	CHECK(!is_public(&office));
	STEP(&office, approver, "publish", NULL);
	CHECK(is_public(&office));
	write_as(&office, office.writer);
	STEP(&office, writer, "submit", NULL);
	STEP(&office, all, "pass", NULL);
	REFUSED(&office, all, "publish", NULL, FORBIDDEN); /* has edited it */
}

TEST_DB(article__of_another_writer_is_absent_and_the_editor_writes_only_what_was_handed_in)
{
	Office office = office_of(t);
	Article article;
	write_as(&office, office.writer);
	const Actor *other = scene_person(office.scene, "other", ROLE_WRITER);
	scene_as(office.scene, other);
	CHECK_ERROR(t->call, article_open(t->call, office.ref, &article), NOT_FOUND);
	scene_as(office.scene, office.editor);
	CHECK_ERROR(t->call, article_write(t->call, office.ref, 1, text_values(&office, "改过")), FORBIDDEN);
	STEP(&office, writer, "submit", NULL);
	scene_as(office.scene, office.editor);
	CHECK_OK(t->call, article_write(t->call, office.ref, 1, text_values(&office, "改过")));
	CHECK_ERROR(t->call, article_write(t->call, office.ref, 1, text_values(&office, "又改")), CONFLICT); /* not what was seen */
	CHECK_OK(t->call, article_open(t->call, office.ref, &article));
	CHECK_INT(article.newest, 2);
	CHECK_TEXT(article.text.title[LANG_ZH], "改过");
	Actor weak = *office.editor;
	weak.second_factor = false;
	scene_as(office.scene, &weak);
	CHECK_ERROR(t->call, article_open(t->call, office.ref, &article), NOT_FOUND);
}

TEST_DB(article__returned_says_why_and_forgets_its_editor)
{
	Office office = office_of(t);
	Article article;
	write_as(&office, office.writer);
	STEP(&office, writer, "submit", NULL);
	STEP(&office, editor, "pass", NULL);
	REFUSED(&office, approver, "return", VALUES(office.scene, "remark", ""), INVALID);
	STEP(&office, approver, "return", VALUES(office.scene, "remark", "太长"));
	CHECK_OK(t->call, article_open(t->call, office.ref, &article));
	CHECK_TEXT(article.state, "DRAFT");
	CHECK_TEXT(article.remark, "太长");
	CHECK_INT(article.editor_id, 0);
}

/* As people type it, in Beijing time. */
static Text hour_text(Test *t, int64_t at)
{
	Text iso = clock_iso(t->arena, at + 8 * HOUR_MS);
	return arena_printf(t->arena, "%.10s %.5s", iso.at, iso.at + 11);
}

/* The wall clock says so, and the boot clock agrees unless somebody set the wall clock by `moved`. */
static void time_is(Test *t, int64_t at, int64_t moved)
{
	t->call->now = at + moved;
	CHECK_OK(t->call, trusted_time_keep(t->call, &(TimeReading) { .wall = at + moved, .boot_ms = at, .node = TEXT("node-1") }));
}

TEST_DB(article__is_published_at_its_hour_and_never_before_whatever_the_clock_does)
{
	Office office = office_of(t);
	int64_t count = 0, now = t->call->now;
	Text hour = hour_text(t, now + 5 * HOUR_MS);
	write_as(&office, office.writer);
	STEP(&office, writer, "submit", NULL);
	STEP(&office, editor, "pass", NULL);
	REFUSED(&office, approver, "approve", VALUES(office.scene, "publish_on", "2001-01-01 08:00"), INVALID);
	REFUSED(&office, approver, "approve", VALUES(office.scene, "publish_on", "tomorrow"), INVALID);
	STEP(&office, approver, "approve", VALUES(office.scene, "publish_on", hour.at));
	scene_as(office.scene, &actor_system);
	t->call->now = now + 6 * HOUR_MS;
	CHECK_OK(t->call, article_publish_due(t->call, &count));
	CHECK_INT(count, 0); /* no time was ever kept: nobody knows whether this one is true */
	time_is(t, now, 0);
	int64_t const clocks[] = { now + 4 * HOUR_MS, now - 1000 * (int64_t)HOUR_MS, now + 4 * HOUR_MS };
	for (size_t i = 0; i < COUNT(clocks); i++) {
		t->call->now = clocks[i];
		CHECK_OK(t->call, article_publish_due(t->call, &count));
		CHECK_INT(count, 0);
		CHECK(!is_public(&office));
	}
	time_is(t, now + HOUR_MS, 10000 * (int64_t)HOUR_MS); /* set forward by more than a year: it stops */
	CHECK_OK(t->call, article_publish_due(t->call, &count));
	CHECK_INT(count, 0);
	CHECK(!is_public(&office));
	t->call->now = now + HOUR_MS;
	CHECK_OK(t->call,
		trusted_time_confirm(t->call, &(TimeReading) { .wall = now + HOUR_MS, .boot_ms = now + HOUR_MS, .node = TEXT("node-1") }));
	for (int64_t at = now + HOUR_MS; at <= now + 6 * HOUR_MS; at += HOUR_MS / 2) time_is(t, at, 0);
	CHECK_OK(t->call, article_publish_due(t->call, &count));
	CHECK_INT(count, 1);
	CHECK(is_public(&office));
	t->call->now = now; /* set back: it stays published, once */
	CHECK_OK(t->call, article_publish_due(t->call, &count));
	CHECK_INT(count, 0);
	CHECK(is_public(&office));
}

TEST_DB(article__stays_public_as_it_was_while_its_next_version_is_made_and_says_when_it_is_withdrawn)
{
	Office office = office_of(t);
	Article article;
	Articles list;
	write_as(&office, office.writer);
	STEP(&office, writer, "submit", NULL);
	STEP(&office, editor, "pass", NULL);
	STEP(&office, approver, "publish", NULL);
	STEP(&office, writer, "revise", NULL);
	REFUSED(&office, writer, "discard", NULL, INVALID);
	scene_as(office.scene, office.writer);
	CHECK_OK(t->call, article_write(t->call, office.ref, 1, text_values(&office, "新的")));
	CHECK_OK(t->call, article_open_public(t->call, office.ref, &article));
	CHECK_TEXT(article.text.title[LANG_ZH], "通知");
	STEP(&office, writer, "submit", NULL);
	STEP(&office, editor, "pass", NULL);
	STEP(&office, approver, "publish", NULL);
	CHECK_OK(t->call, article_open_public(t->call, office.ref, &article));
	CHECK_TEXT(article.text.title[LANG_ZH], "新的");
	CHECK_OK(t->call, article_list_of(t->call, TEXT("notice"), (ArticleCursor) { 0 }, 10, &list));
	CHECK_INT(list.count, 1);
	STEP(&office, editor, "withdraw", VALUES(office.scene, "remark", "内容有误"));
	CHECK_OK(t->call, article_open_public(t->call, office.ref, &article));
	CHECK_INT(article.public_number, 0);
	CHECK_TEXT(article.text.body[LANG_ZH], "");
	CHECK_TEXT(article.remark, "内容有误");
	CHECK_OK(t->call, article_list_of(t->call, TEXT("notice"), (ArticleCursor) { 0 }, 10, &list));
	CHECK_INT(list.count, 0);
}

TEST_DB(article__lists_page_without_loss_pinned_ones_first_and_once)
{
	Office office = office_of(t);
	Articles page;
	ArticleCursor after = { 0 };
	size_t seen = 0;
	for (int i = 0; i < 7; i++) {
		scene_as(office.scene, office.writer);
		Map *values = text_values(&office, "通知");
		if (i == 2) form_set(t->arena, values, TEXT("pinned"), TEXT("yes"));
		CHECK_OK(t->call, article_new(t->call, values, &office.ref));
		STEP(&office, writer, "submit", NULL);
		STEP(&office, editor, "pass", NULL);
		STEP(&office, approver, "publish", NULL);
		if (i % 2) scene_later(office.scene, 1000); /* some at the same instant */
	}
	for (;;) {
		CHECK_OK(t->call, article_list_of(t->call, TEXT("notice"), after, 2, &page));
		if (!after.id) CHECK(page.at[0].is_pinned);
		if (!page.count) break;
		seen += page.count;
		after = (ArticleCursor) { page.at[page.count - 1].published_at, page.at[page.count - 1].id };
	}
	CHECK_INT(seen, 7);
}
