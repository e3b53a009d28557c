/* Articles: reading, writing, and what the actions of the machine change. */
#include "base/base/clock.h"
#include "base/crypto/crypto.h"
#include "store/ledger/ledger.h"
#include "store/seal/seal.h"
#include "subject/casefile/trusted_time.h"
#include "subject/site/site_private.h"

enum { SCHEDULED_AT_ONCE = 50 };

/* ---- Reading */
static int64_t or_none(Maybe maybe) { return maybe.is ? maybe.value : 0; }

static ArticleText text_of(const ArticleTextRow *row)
{
	return (ArticleText) { .number = row->number,
		.author_id = row->author_id,
		.at = row->at,
		.title = { [LANG_ZH] = row->title_zh, [LANG_EN] = row->title_en },
		.body = { [LANG_ZH] = row->body_zh, [LANG_EN] = row->body_en } };
}

Error article_text(Call *call, const Article *article, int64_t number, ArticleText *out)
{
	ArticleTextRow row;
	TRY(article_text_at(call, article->id, number, &row));
	*out = text_of(&row);
	return OK;
}

static Error of_row(Call *call, const ArticleRow *row, int64_t number, Article *out)
{
	*out = (Article) { .id = row->id,
		.revision = row->revision,
		.seal_key = row->seal_key,
		.writer_id = row->writer_id,
		.editor_id = or_none(row->editor_id),
		.approver_id = or_none(row->approver_id),
		.newest = row->newest,
		.public_number = or_none(row->public_number),
		.public_file = or_none(row->public_file),
		.publish_at = or_none(row->publish_at),
		.published_at = or_none(row->published_at),
		.changed_at = or_none(row->changed_at),
		.updated_at = row->updated_at,
		.ref = row->ref,
		.kind = row->kind,
		.state = row->state,
		.remark = row->remark,
		.is_pinned = row->is_pinned };
	return article_text(call, out, number, &out->text);
}

static uint32_t reading_roles(const Actor *actor) { return actor->second_factor ? actor->roles & (ROLE_EDITOR | ROLE_APPROVER) : 0; }

static int64_t reading_person(const Actor *actor) { return actor->second_factor && actor_has(actor, ROLE_WRITER) ? actor->person_id : 0; }

Error article_open(Call *call, Text ref, Article *out)
{
	ArticleRow row;
	if (actor_has(call->actor, ROLE_SYSTEM))
		TRY(article_find_system(call, ref, &row));
	else
		TRY(article_find_visible(call, ref, reading_person(call->actor), reading_roles(call->actor), &row));
	return of_row(call, &row, row.newest, out);
}

Error article_open_public(Call *call, Text ref, Article *out)
{
	ArticleRow row;
	TRY(article_find_published(call, ref, &row));
	TRY(of_row(call, &row, row.public_number.is ? row.public_number.value : row.newest, out));
	if (!row.public_number.is) out->text.body[LANG_ZH] = out->text.body[LANG_EN] = TEXT("");
	return OK;
}

Error article_in_state(Call *call, Text state, int64_t before, int64_t max, Articles *out)
{
	ArticleRows rows;
	Articles articles = { 0 };
	TRY(article_list_visible(
		call, state, reading_person(call->actor), reading_roles(call->actor), before ? before : INT64_MAX, max, &rows));
	for (size_t i = 0; i < rows.count; i++) {
		Article article;
		TRY(of_row(call, &rows.at[i], rows.at[i].newest, &article));
		list_add(call->arena, &articles, article);
	}
	*out = articles;
	return OK;
}

static void add_lines(Arena *arena, const ArticleLines *lines, Articles *out)
{
	for (size_t i = 0; i < lines->count; i++) {
		const ArticleLine *line = &lines->at[i];
		Article article = { .id = line->id,
			.ref = line->ref,
			.kind = line->kind,
			.is_pinned = line->is_pinned,
			.published_at = line->published_at,
			.changed_at = line->changed_at,
			.text = { .title = { [LANG_ZH] = line->title_zh, [LANG_EN] = line->title_en },
				.body = { [LANG_ZH] = line->body_zh, [LANG_EN] = line->body_en } } };
		list_add(arena, out, article);
	}
}

Error article_list_of(Call *call, Text kind, ArticleCursor after, int64_t max, Articles *out)
{
	enum { PINNED_MAX = 10 };
	ArticleLines lines;
	Articles articles = { 0 };
	if (!after.id) {
		TRY(article_list_pinned(call, kind, true, PINNED_MAX, &lines));
		add_lines(call->arena, &lines, &articles);
	}
	TRY(article_list_public(call, kind, false, after.id ? after.at : INT64_MAX, after.id, max, &lines));
	add_lines(call->arena, &lines, &articles);
	*out = articles;
	return OK;
}

Error article_newest(Call *call, int64_t max, Articles *out)
{
	ArticleLines lines;
	Articles articles = { 0 };
	TRY(article_list_newest(call, max, &lines));
	add_lines(call->arena, &lines, &articles);
	*out = articles;
	return OK;
}

Error article_history(Call *call, const Article *article, ArticleTexts *out)
{
	ArticleTextRows rows;
	ArticleTexts texts = { 0 };
	TRY(article_text_history(call, article->id, &rows));
	for (size_t i = 0; i < rows.count; i++) {
		ArticleText text = text_of(&rows.at[i]);
		list_add(call->arena, &texts, text);
	}
	*out = texts;
	return OK;
}

/* ---- Writing */
bool article_may_write(const Article *article, const Actor *actor)
{
	bool is_own = article->writer_id == actor->person_id;
	if (text_is(article->state, TEXT("DRAFT"))) return is_own && actor_has(actor, ROLE_WRITER);
	return text_is(article->state, TEXT("SUBMITTED")) && !is_own && actor_has(actor, ROLE_EDITOR);
}

typedef struct Writing {
	Text ref;
	int64_t seen;
	const Map *values;
} Writing;

static Error add_text(Call *call, int64_t id, int64_t number, const Map *values)
{
	return article_text_insert(call, id, number, call->actor->person_id, call->now, form_answer(values, "title_zh"),
		form_answer(values, "title_en"), form_answer(values, "body_zh"), form_answer(values, "body_en"));
}

static bool is_pinned(const Map *values) { return text_is(form_answer(values, "pinned"), TEXT("yes")); }

static Error begin(Call *call, void *argument)
{
	Writing *writing = argument;
	int64_t key = 0, id = 0, changed = 0;
	Article article;
	Matter matter;
	writing->ref = arena_printf(call->arena, "A-%.*s", TEXT_ARGS(token_new(call->arena, 16)));
	TRY(seal_matter_new(call, &key));
	TRY(article_insert(call, writing->ref, form_answer(writing->values, "kind"), key, call->actor->person_id,
		is_pinned(writing->values), call->now, &id));
	TRY(add_text(call, id, 1, writing->values));
	TRY(article_amend(call, id, 0, form_answer(writing->values, "kind"), is_pinned(writing->values), call->now, &changed));
	TRY(article_open(call, writing->ref, &article));
	article_matter(&article, call->arena, &matter);
	return workflow_begin(call, &article_machine, &matter);
}

static Error may_work(Call *call, uint32_t roles)
{
	if (!actor_has(call->actor, roles)) return fail(call, FORBIDDEN, "no work on articles");
	return call->actor->second_factor ? OK : fail(call, SECOND_FACTOR, "articles without second factor");
}

Error article_new(Call *call, const Map *values, Text *out_ref)
{
	Writing writing = { .values = values };
	TRY(may_work(call, ROLE_WRITER));
	TRY(form_check(call, &article_form, values));
	TRY(db_transact(call, begin, &writing));
	*out_ref = writing.ref;
	return OK;
}

static Error amend(Call *call, void *argument)
{
	const Writing *writing = argument;
	Article article;
	int64_t changed = 0;
	TRY(article_open(call, writing->ref, &article));
	if (!article_may_write(&article, call->actor))
		return fail(call, FORBIDDEN, "article %.*s is not theirs to write now", TEXT_ARGS(article.ref));
	if (article.newest != writing->seen) return fail(call, CONFLICT, "article %.*s has a newer text", TEXT_ARGS(article.ref));
	TRY(add_text(call, article.id, article.newest + 1, writing->values));
	TRY(article_amend(
		call, article.id, article.newest, form_answer(writing->values, "kind"), is_pinned(writing->values), call->now, &changed));
	if (!changed) return fail(call, CONFLICT, "article %.*s was changed meanwhile", TEXT_ARGS(article.ref));
	Text detail = arena_printf(call->arena, "{\"number\":%lld}", (long long)article.newest + 1);
	return ledger_record(call,
		&(LedgerEvent) {
			.kind = article_machine.name, .ref = article.ref, .action = "write", .matter = article.seal_key, .detail = detail },
		NULL);
}

Error article_write(Call *call, Text ref, int64_t seen, const Map *values)
{
	Writing writing = { ref, seen, values };
	TRY(may_work(call, ROLE_WRITER | ROLE_EDITOR));
	TRY(form_check(call, &article_form, values));
	return db_transact(call, amend, &writing);
}

/* ---- The machine */
void article_matter(const Article *article, Arena *arena, Matter *out)
{
	ArticleFacts *facts = arena_new_of(arena, ArticleFacts);
	*facts = (ArticleFacts) { article->writer_id, article->editor_id, article->public_number != 0 };
	*out = (Matter) { .id = article->id,
		.revision = article->revision,
		.ref = article->ref,
		.state = article->state,
		.facts = facts,
		.seal_key = article->seal_key };
}

Error article_machine_load(Call *call, Text ref, Matter *out)
{
	Article article;
	TRY(article_open(call, ref, &article));
	article_matter(&article, call->arena, out);
	return OK;
}

Error article_machine_move(Call *call, const Matter *matter, Text to, int64_t *out_changed)
{
	return article_move(call, matter->id, matter->state, to, matter->revision, call->now, out_changed);
}

bool article_instant(Text text, int64_t *out)
{
	enum { ZONE_MS = 8 * 3600 * 1000, LENGTH = 16 };
	char iso[LENGTH + 5];
	if (text.length != LENGTH || (text.at[10] != ' ' && text.at[10] != 'T')) return false;
	snprintf(iso, sizeof(iso), "%.10sT%.5s:00Z", text.at, text.at + 11);
	if (!clock_parse(text_from(iso), out)) return false;
	*out -= ZONE_MS;
	return true;
}

static Error hour_of(Call *call, const Map *values, Maybe *out)
{
	int64_t at = 0;
	bool is_right = article_instant(text_trim(form_answer(values, "publish_on")), &at);
	if (!is_right) call_problem(call, TEXT("publish_on"), N_("Please enter day and hour as 2026-03-05 14:00."), (Text) { 0 });
	if (is_right && at <= call->now) call_problem(call, TEXT("publish_on"), N_("This hour is over."), (Text) { 0 });
	TRY(call_check_problems(call));
	*out = (Maybe) { true, at };
	return OK;
}

static Error show(Call *call, const Article *article)
{
	Attachments files;
	int64_t last = 0;
	TRY(attachment_list(call, article_machine.name, article->id, &files));
	for (size_t i = 0; i < files.count; i++)
		if (files.at[i].is_finished && files.at[i].id > last) last = files.at[i].id;
	TRY(article_show(call, article->id, last, call->now));
	return change_record(call, article_machine.name, article->ref);
}

static Error hide(Call *call, const Article *article)
{
	if (!article->public_number) return OK;
	TRY(article_hide(call, article->id, call->now));
	return change_record(call, article_machine.name, article->ref);
}

Error article_machine_applied(Call *call, Matter *matter, const Transition *row, const void *input)
{
	const Form *form = article_action_form(row->form);
	Article article;
	Maybe editor, approver, hour = { 0 }, me = { true, call->actor->person_id };
	if (form) {
		TRY(form_check(call, form, input));
		matter->detail = form_values_text(call->arena, form, input);
	}
	TRY(article_open(call, matter->ref, &article));
	editor = (Maybe) { article.editor_id != 0, article.editor_id };
	approver = (Maybe) { article.approver_id != 0, article.approver_id };
	Text action = text_from(row->action), remark = form ? form_answer(input, "remark") : TEXT("");
	if (text_is(action, TEXT("pass"))) editor = me;
	if (text_is(action, TEXT("approve"))) TRY(hour_of(call, input, &hour));
	if (!strcmp(row->from, "EDITED") && (text_is(action, TEXT("approve")) || text_is(action, TEXT("publish")))) approver = me;
	if (!strcmp(row->to, "DRAFT")) editor = approver = (Maybe) { 0 };
	TRY(article_decide(call, article.id, editor, approver, hour, remark));
	if (!strcmp(row->to, "PUBLISHED")) return show(call, &article);
	return strcmp(row->to, "WITHDRAWN") ? OK : hide(call, &article);
}

Error article_act(Call *call, Text ref, Text action, int64_t revision, const Map *values)
{
	Matter matter;
	Act act = { .action = action, .revision = revision, .input = values ? values : map_new(call->arena) };
	if (!actor_has(call->actor, ROLE_SYSTEM)) TRY(may_work(call, ROLE_WRITER | ROLE_EDITOR | ROLE_APPROVER));
	return workflow_act(call, &article_machine, ref, &act, &matter);
}

Error article_publish_due(Call *call, int64_t *out_published)
{
	Texts due;
	TrustedTime time;
	int64_t reached = 0;
	*out_published = 0;
	TRY(trusted_time_state(call, &time));
	if (!time.highest_at || time.stopped_at) return OK; /* as with casefiles: nothing opens by a clock that jumped */
	TRY(trusted_time(call, &reached));
	TRY(article_due_list(call, reached, SCHEDULED_AT_ONCE, &due));
	for (size_t i = 0; i < due.count; i++) {
		Error error = article_act(call, due.at[i], TEXT("publish"), 0, NULL);
		if (error == ERROR_CONFLICT || error == ERROR_FORBIDDEN)
			call_recover(call); /* somebody was faster */
		else
			TRY(error);
		*out_published += error == OK;
	}
	return OK;
}
