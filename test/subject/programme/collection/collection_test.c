/* Case collections: who submits and sees, two reviews, three experts who know nothing of each other, public notice, and what counts. */
#include "base/base/clock.h"
#include "base/sandbox/inspect.h"
#include "engine/mark/mark.h"
#include "face/doc/pdf.h"
#include "face/doc/tool.h"
#include "harness/scene.h"
#include "store/ledger/ledger.h"
#include "subject/interest/interest.h"
#include "subject/programme/activity/activity_private.h"
#include "subject/programme/collection/collection_private.h"
#include "subject/programme/expert/expert_scene.h"

#include <sys/mman.h>
#include <unistd.h>

#define DAY_MS INT64_C(86400000)

static Map *values_of(Test *t, const char *const *pairs)
{
	Map *values = map_new(t->arena);
	for (size_t i = 0; pairs[i]; i += 2) form_set(t->arena, values, text_from(pairs[i]), text_from(pairs[i + 1]));
	return values;
}
#define LIST(...) values_of(t, (const char *const[]) { __VA_ARGS__, NULL })

enum { EXPERTS = 5 };
typedef struct Played {
	Test *t;
	Scene *scene;
	Cast cast;
	const Actor *first, *second, *supervisor, *unit, *stranger, *experts[EXPERTS];
	Text activity;
	int64_t closes_at;
} Played;

static void as(Played *played, const Actor *actor) { scene_as(played->scene, actor); }

static const char *instant(Test *t, int64_t at)
{
	Text iso = clock_iso(t->arena, at + DAY_MS / 3);
	return arena_string(t->arena, arena_printf(t->arena, "%.10s %.5s", iso.at, iso.at + 11));
}

static void open_collection(Played *played)
{
	Test *t = played->t;
	int64_t now = t->call->now;
	played->closes_at = now + 10 * DAY_MS;
	as(played, played->first);
	CHECK_OK(t->call, activity_new(t->call,
				  LIST("kind", "collection", "title_zh", "案例征集", "title_en", "Cases", "about_zh", "征集", "about_en",
					  "Collected", "place", "线上", "starts_on", instant(t, now + 11 * DAY_MS), "ends_on",
					  instant(t, now + 60 * DAY_MS), "opens_on", instant(t, now - DAY_MS), "closes_on",
					  instant(t, played->closes_at), "units_on", instant(t, now), "places", "5"),
				  &played->activity));
	as(played, played->second);
	CHECK_OK(t->call, activity_act(t->call, played->activity, TEXT("announce"), 0, NULL));
	CHECK_OK(t->call, activity_act(t->call, played->activity, TEXT("start"), 0, NULL));
}

static Played *play(Test *t)
{
	static const char *const names[EXPERTS] = { "anna", "bruno", "clara", "dirk", "elsa" };
	Played *played = arena_new_of(t->arena, Played);
	*played = (Played) { .t = t, .scene = scene_new(t) };
	played->cast = scene_cast(played->scene);
	played->first = scene_person(played->scene, "secretary", ROLE_SECRETARY);
	played->second = scene_person(played->scene, "secretary2", ROLE_SECRETARY);
	played->supervisor = scene_person(played->scene, "supervisor", ROLE_SUPERVISOR);
	(void)scene_person(played->scene, "unit", ROLE_REPORTER);
	Actor *unit = &played->scene->people[played->scene->count - 1];
	scene_organisation(played->scene, played->cast.coordinator, unit, "磐石安全公司", expert_scene_code(t, 41), "unit", "CN");
	t->call->actor = &actor_system;
	CHECK_OK(t->call, org_standing_set(t->call, unit->organisation_id, &(Standing) { .kind = TEXT("unit"), .stars = 2 }));
	played->unit = unit;
	played->stranger = scene_person(played->scene, "stranger", ROLE_REPORTER);
	for (int i = 0; i < EXPERTS; i++) {
		played->experts[i] = scene_person(played->scene, names[i], ROLE_EXPERT);
		as(played, played->first);
		(void)expert_scene_active(t, played->experts[i], "移动安全", "研究院", expert_scene_code(t, 50 + i));
	}
	open_collection(played);
	return played;
}

static CollectionCase opened(Played *played, Text ref)
{
	Test *t = played->t;
	CollectionCase one;
	CHECK_OK(t->call, collection_open(t->call, ref, &one));
	return one;
}

static Map *good(Test *t)
{
	return LIST("title", "CanaryTitle of a case", "kind", "handling", "summary", "S", "background", "B", "measures", "CanaryMeasures",
		"effect", "E", "contact", "安娜 13800000000", "declaration", "yes");
}

static Text submitted(Played *played)
{
	Test *t = played->t;
	Text ref;
	as(played, played->unit);
	CHECK_OK(t->call, collection_begin(t->call, played->activity, &ref));
	CollectionCase one = opened(played, ref);
	CHECK_ERROR(t->call, collection_act(t->call, ref, TEXT("submit"), 0, NULL), INVALID); /* nothing is filled in */
	CHECK_OK(t->call, collection_save(t->call, &one, good(t)));
	CHECK_OK(t->call, collection_act(t->call, ref, TEXT("submit"), 0, NULL));
	return ref;
}

static Error pass(Played *played, Text ref)
{
	Test *t = played->t;
	as(played, played->first);
	return collection_act(t->call, ref, TEXT("pass"), 0, LIST("complete", "yes", "declared", "yes", "undisclosed", "yes"));
}

static const Actor *asked(Played *played, Text ref, size_t nth)
{
	Test *t = played->t;
	CollectionSeats seats;
	const Actor *before = t->call->actor;
	t->call->actor = &actor_system;
	CollectionCase one = opened(played, ref);
	CHECK_OK(t->call, collection_seats(t->call, &one, &seats));
	t->call->actor = before;
	for (size_t i = 0; i < seats.count; i++)
		for (int e = 0; e < EXPERTS; e++)
			if (text_is(seats.at[i].state, TEXT("asked")) && played->experts[e]->person_id == seats.at[i].person_id && !nth--)
				return played->experts[e];
	return NULL;
}

static void score(Played *played, Text ref, const char *const *scores)
{
	Test *t = played->t;
	for (size_t i = 0; scores[i]; i++) {
		const Actor *expert = asked(played, ref, 0);
		CHECK(expert != NULL);
		as(played, expert);
		CHECK_OK(t->call,
			collection_judge(t->call, ref, LIST("oath", "free", "score", scores[i], "reason", "It is useful to others.")));
	}
}

static const char *const three[] = { "80", "90", "71", NULL };

TEST_DB(collection__members_of_units_submit_while_it_is_open_and_nobody_else_sees_a_draft)
{
	Played *played = play(t);
	Text ref, more;
	CollectionCase one;
	as(played, played->stranger);
	CHECK_ERROR(t->call, collection_begin(t->call, played->activity, &ref), FORBIDDEN);
	as(played, played->unit);
	CHECK_OK(t->call, collection_begin(t->call, played->activity, &ref));
	one = opened(played, ref);
	CHECK_OK(t->call, collection_save_field(t->call, &one, TEXT("title"), TEXT("Half a title")));
	CHECK_ERROR(t->call, collection_save_field(t->call, &one, TEXT("nothing"), TEXT("x")), INVALID);
	CHECK_TEXT(form_answer(opened(played, ref).values, "title"), "Half a title");
	const Actor *others[] = { played->stranger, played->first, played->supervisor, played->experts[0], &actor_visitor };
	for (size_t i = 0; i < COUNT(others); i++) {
		as(played, others[i]);
		CHECK_ERROR(t->call, collection_open(t->call, ref, &one), NOT_FOUND);
	}
	as(played, played->unit);
	one = opened(played, ref);
	t->call->now = played->closes_at + DAY_MS;
	CHECK_ERROR(t->call, collection_save_field(t->call, &one, TEXT("title"), TEXT("Too late")), CONFLICT);
	CHECK_ERROR(t->call, collection_begin(t->call, played->activity, &more), CONFLICT);
	int64_t count = 0;
	as(played, &actor_system);
	CHECK_OK(t->call, activity_advance(t->call, &count));
	CHECK_OK(t->call, collection_advance(t->call, &count));
	CHECK_TEXT(opened(played, ref).state, "LAPSED");
}

TEST_DB(collection__three_experts_score_each_for_themselves_and_whoever_has_a_conflict_is_replaced)
{
	Played *played = play(t);
	Text ref = submitted(played);
	CollectionSeats seats;
	CollectionCase one;
	as(played, played->experts[4]);
	CHECK_ERROR(t->call, collection_open(t->call, ref, &one), NOT_FOUND); /* nobody was asked yet */
	as(played, played->second);
	CHECK_ERROR(t->call, collection_act(t->call, ref, TEXT("pass"), 0, LIST("complete", "yes")), INVALID);
	CHECK_OK(t->call, pass(played, ref));
	const Actor *away = asked(played, ref, 0);
	as(played, away);
	CHECK_ERROR(t->call, collection_judge(t->call, ref, LIST("oath", "free", "score", "101", "reason", "R")), INVALID);
	CHECK_ERROR(t->call, collection_judge(t->call, ref, LIST("oath", "free", "score", "80")), INVALID); /* no reasons */
	CHECK_OK(t->call, collection_judge(t->call, ref, LIST("oath", "conflict", "reason", "A friend works there.")));
	CHECK_ERROR(t->call, collection_open(t->call, ref, &one), NOT_FOUND); /* they see nothing of it any more */
	const Actor *expert = asked(played, ref, 0), *next = asked(played, ref, 1);
	CHECK(expert && next && asked(played, ref, 2) && !asked(played, ref, 3) && asked(played, ref, 2) != away);
	as(played, expert);
	CHECK_OK(t->call, collection_judge(t->call, ref, LIST("oath", "free", "score", "80", "reason", "CanaryReason")));
	CHECK_ERROR(t->call, collection_judge(t->call, ref, LIST("oath", "free", "score", "10", "reason", "Other")), CONFLICT);
	const Actor *readers[] = { next, played->first, played->supervisor };
	for (size_t i = 0; i < COUNT(readers); i++) { /* nobody sees a score before all are in */
		as(played, readers[i]);
		one = opened(played, ref);
		CHECK_OK(t->call, collection_seats(t->call, &one, &seats));
		CHECK(seats.count == (i ? 4 : 1));
		for (size_t s = 0; s < seats.count; s++) CHECK(seats.at[s].score == -1 && !seats.at[s].reason.length);
	}
	score(played, ref, &three[1]);
	as(played, played->first);
	one = opened(played, ref);
	CHECK_TEXT(one.state, "SCORED");
	CHECK_INT(one.score, 8033); /* (80 + 90 + 71) / 3 */
	CHECK_OK(t->call, collection_seats(t->call, &one, &seats));
	CHECK(seats.at[1].score > 0 && seats.at[1].reason.length > 0);
	as(played, expert);
	CHECK_ERROR(t->call, collection_open(t->call, ref, &one), NOT_FOUND); /* it is over for them */
}

TEST_DB(collection__experts_with_a_tie_are_never_asked_and_too_few_hold_it_up)
{
	Played *played = play(t);
	Text ref = submitted(played), interest;
	for (int i = 0; i < EXPERTS - 2; i++) {
		as(played, played->experts[i]);
		CHECK_OK(t->call, interest_declare(t->call,
					  LIST("whose", "me", "kind", "competitor", "credit_code", expert_scene_code(t, 41), "from",
						  "2026-01-01", "evidence", "E"),
					  &interest));
	}
	CHECK_ERROR(t->call, pass(played, ref), INVALID);
	CHECK_TEXT(opened(played, ref).state, "SUBMITTED");
}

TEST_DB(collection__two_secretaries_choose_it_after_public_notice_and_it_counts)
{
	Played *played = play(t);
	Text ref = submitted(played);
	CollectionCases shown;
	Activity activity;
	ActivityResults results;
	DeedCredit credit;
	int64_t count = 0, until = 0;
	CHECK_OK(t->call, pass(played, ref));
	score(played, ref, three);
	as(played, played->first);
	CHECK_OK(t->call, collection_act(t->call, ref, TEXT("propose"), 0, NULL));
	CHECK_ERROR(t->call, collection_act(t->call, ref, TEXT("publicise"), 0, NULL), FORBIDDEN);
	t->call->actor = &actor_visitor;
	CHECK_OK(t->call, activity_open_public(t->call, played->activity, &activity));
	CHECK_OK(t->call, collection_public(t->call, &activity, &shown));
	CHECK_INT(shown.count, 0);
	as(played, played->second);
	CHECK_OK(t->call, collection_act(t->call, ref, TEXT("publicise"), 0, NULL));
	CollectionCase one = opened(played, ref);
	CHECK_OK(t->call, collection_notice_until(t->call, &one, &until));
	CHECK(until > t->call->now + 4 * DAY_MS);
	t->call->actor = &actor_visitor;
	CHECK_OK(t->call, collection_public(t->call, &activity, &shown));
	CHECK_INT(shown.count, 1);
	CHECK_TEXT(shown.at[0].title, "CanaryTitle of a case");
	t->call->actor = &actor_system;
	CHECK_OK(t->call, collection_advance(t->call, &count));
	CHECK_TEXT(opened(played, ref).state, "IN_NOTICE");
	t->call->now = until;
	CHECK_OK(t->call, collection_advance(t->call, &count));
	CHECK_TEXT(opened(played, ref).state, "CHOSEN");
	CHECK_OK(t->call, activity_results_of(t->call, &activity, &results));
	CHECK_INT(results.count, 1);
	CHECK(results.at[0].confirmed_at && text_is(results.at[0].kind, TEXT("chosen")));
	CHECK_INT(results.at[0].organisation_id, played->unit->organisation_id);
	CHECK_OK(t->call, activity_credit(t->call, results.at[0].ref, &credit));
	CHECK(credit.is_confirmed && text_is(credit.code, TEXT("collection"))); /* the points rule has a line for it */
}

TEST_DB(collection__the_letter_is_written_by_one_approved_by_another_and_downloaded_by_the_unit)
{
	Played *played = play(t);
	Text ref = submitted(played), draft, letter, name, bytes;
	LetterOrder order;
	int64_t until = 0, count = 0;
	CHECK_OK(t->call, pass(played, ref));
	score(played, ref, three);
	as(played, played->first);
	CollectionCase one = opened(played, ref);
	CHECK_ERROR(t->call, collection_letter_order(t->call, &one, &order), CONFLICT);
	CHECK_OK(t->call, collection_act(t->call, ref, TEXT("propose"), 0, NULL));
	as(played, played->second);
	CHECK_OK(t->call, collection_act(t->call, ref, TEXT("publicise"), 0, NULL));
	one = opened(played, ref);
	CHECK_OK(t->call, collection_notice_until(t->call, &one, &until));
	t->call->now = until;
	t->call->actor = &actor_system;
	CHECK_OK(t->call, collection_advance(t->call, &count));
	as(played, played->first);
	one = opened(played, ref);
	CHECK_OK(t->call, collection_letter_order(t->call, &one, &order));
	CHECK_OK(t->call, letter_draft(t->call, &order, &draft));
	CHECK_ERROR(t->call, letter_approve(t->call, LETTER_PROGRAMME, draft, &letter), FORBIDDEN);
	as(played, played->second);
	CHECK_OK(t->call, letter_approve(t->call, LETTER_PROGRAMME, draft, &letter));
	as(played, played->unit);
	one = opened(played, ref);
	CHECK_OK(t->call, collection_letter(t->call, &one, &name, &bytes));
	Text words = tool_run(t, "a.pdf", bytes, "pdftotext -layout a.pdf - | tr -d ' \\n'");
	CHECK(tool_says(words, "案例入选感谢信") && tool_says(words, "CanaryTitleofacase"));
}

TEST_DB(collection__an_officer_of_the_organisation_or_with_an_interest_decides_nothing_about_it)
{
	Played *played = play(t);
	Text ref = submitted(played), interest;
	CollectionCase one;
	as(played, played->second);
	CHECK_OK(t->call, interest_declare(t->call,
				  LIST("whose", "me", "kind", "competitor", "credit_code", expert_scene_code(t, 41), "from", "2026-01-01",
					  "evidence", "E"),
				  &interest));
	CHECK_ERROR(t->call, collection_open(t->call, ref, &one), NOT_FOUND);
	CollectionCases list;
	CHECK_OK(t->call, collection_in_state(t->call, played->activity, TEXT("SUBMITTED"), 0, 10, &list));
	CHECK_INT(list.count, 0);
	as(played, played->first);
	CHECK_OK(t->call, collection_in_state(t->call, played->activity, TEXT("SUBMITTED"), 0, 10, &list));
	CHECK_INT(list.count, 1);
	CHECK_OK(t->call, collection_act(t->call, ref, TEXT("refuse"), 0, LIST("reason", "The declaration is not signed.")));
	as(played, played->unit);
	CHECK_TEXT(opened(played, ref).reason, "The declaration is not signed.");
	if (t->database != TEST_SQLITE) return;
	Text bytes = test_read_file(t->arena, arena_printf(t->arena, "%s/cappvd.db-wal", t->directory).at);
	CHECK(bytes.length > 0 && !text_find(bytes, TEXT("CanaryMeasures"), NULL));
}

/* ---- Copies */
static Attachment pdf_proof(Played *played, const CollectionCase *one, Text *out_bytes)
{
	Test *t = played->t;
	AttachmentOwner owner;
	Attachment attachment;
	scoped(pdf_close) Pdf *pdf = pdf_open(t->call, &(PdfSpec) { .title = TEXT("Proof") });
	for (int i = 0; i < 30; i++) pdf_paragraph(pdf, TEXT("案例佐证材料：处置过程说明。"), (PdfStyle) { .size = 11 });
	CHECK_OK(t->call, pdf_finish(t->call, pdf, out_bytes));
	int file = memfd_create("file", MFD_CLOEXEC);
	CHECK(write(file, out_bytes->at, out_bytes->length) == (ssize_t)out_bytes->length);
	CHECK_OK(t->call, collection_files(t->call, one, true, &owner));
	CHECK_OK(t->call, attachment_store(t->call, owner, TEXT("proof.pdf"), file, (int64_t)out_bytes->length, &attachment));
	close(file);
	return attachment;
}

static Text copy_bytes(Test *t, const CopyFile *copy)
{
	char *bytes = arena_alloc(t->arena, (size_t)copy->size_bytes);
	CHECK(pread(copy->descriptor, bytes, (size_t)copy->size_bytes, 0) == (ssize_t)copy->size_bytes);
	close(copy->descriptor);
	return (Text) { bytes, (size_t)copy->size_bytes };
}

TEST_DB(collection__a_photograph_of_a_file_names_the_expert_who_downloaded_it)
{
	const SandboxWork works[] = { [SANDBOX_INSPECT] = inspect_work, [SANDBOX_MARK] = mark_work, [SANDBOX_STAMP] = mark_stamp_work };
	CHECK_OK(t->call, sandbox_start(t->call, works, COUNT(works), &t->house->sandbox));
	Played *played = play(t);
	Text ref, plain, name;
	CopyFile copy;
	CopyReading reading;
	Events events;
	as(played, played->unit);
	CHECK_OK(t->call, collection_begin(t->call, played->activity, &ref));
	CollectionCase one = opened(played, ref);
	Attachment file = pdf_proof(played, &one, &plain);
	CHECK_OK(t->call, collection_save(t->call, &one, good(t)));
	CHECK_OK(t->call, collection_act(t->call, ref, TEXT("submit"), 0, NULL));
	CHECK_OK(t->call, pass(played, ref));
	const Actor *readers[] = { asked(played, ref, 0), played->first };
	for (size_t i = 0; i < COUNT(readers); i++) {
		as(played, readers[i]);
		one = opened(played, ref);
		CHECK(!one.is_own);
		CHECK_OK(t->call, collection_file_copy(t->call, &one, file.ref, &name, &copy));
		Text bytes = copy_bytes(t, &copy);
		CHECK(bytes.length > plain.length && text_starts(bytes, plain) && text_is(name, TEXT("proof.pdf")));
		Text photo = tool_run(t, "a.pdf", bytes, "pdftoppm -r 130 -f 1 -l 1 -gray a.pdf page >/dev/null && cat page-*1.pgm");
		as(played, played->cast.coordinator);
		CHECK_OK(t->call, copy_read_photo(t->call, photo, &reading));
		CHECK(reading.known && reading.copy.person_id == readers[i]->person_id && text_is(reading.copy.subject_ref, ref));
	}
	CHECK_OK(t->call, ledger_events_of_action(t->call, "collection", ref, "download", 0, 10, &events));
	CHECK_INT(events.count, 2);
	as(played, played->first);
	CHECK_ERROR(t->call, collection_file_copy(t->call, &one, TEXT("guessed"), &name, &copy), NOT_FOUND);
}
