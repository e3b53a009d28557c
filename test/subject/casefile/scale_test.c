/*
 * One casefile with 200 vendors in five partners' channels, from the first letter to the publication. Beside it goes a model of its own: what each vendor
 * does decides where it must stand after each phase, and what the gate must say; every one of the 200 is compared after every phase.
 */
#include "base/base/clock.h"
#include "people/people_fixture.h"
#include "store/db/db.h"
#include "subject/casefile/casefile_private.h"
#include "subject/party/delivery.h"
#include "subject/party/party_fixture.h"

enum { VENDORS = 200, CHANNELS = 5, PACKAGE = VENDORS / CHANNELS, ACCOUNTS = 20, STEP_DAYS = 15 };

typedef enum Fate {
	UNAFFECTED, /* in its account, after showing the claim code */
	FIXED_ALREADY,
	RETIRED,
	OTHERS_COMPONENT,
	FIXED_ON_PAPER, /* without account; a partner vouches, the coordinator enters what came on paper */
	UNAFFECTED_ON_PAPER,
	SILENT,
	BOUNCED,
	REFUSED,
	UNKNOWN,
	NEVER_REPORTED,
	REPORTED_LATE,
	BY_MISTAKE
} Fate;

/* By the place in its package: 40 of each channel. */
static Fate fate_of(int place)
{
	static const struct {
		int until;
		Fate fate;
	} fates[] = { { 1, UNAFFECTED }, { 2, FIXED_ALREADY }, { 3, RETIRED }, { 4, OTHERS_COMPONENT }, { 13, FIXED_ON_PAPER },
		{ 17, UNAFFECTED_ON_PAPER }, { 21, SILENT }, { 27, BOUNCED }, { 31, REFUSED }, { 35, UNKNOWN }, { 38, NEVER_REPORTED },
		{ 39, REPORTED_LATE }, { 40, BY_MISTAKE } };
	for (size_t i = 0; i < COUNT(fates); i++)
		if (place < fates[i].until) return fates[i].fate;
	return BY_MISTAKE;
}

typedef struct Vendor { /* the model */
	char ref[16], letter[16];
	Fate fate;
	const char *state, *step, *position; /* as they must be */
	bool notified, repaired, tried; /* tried: somebody was asked in this step */
	Actor *actor; /* its account; NULL: none */
	char code[24]; /* of its organisation */
} Vendor;

typedef struct Play {
	PartyScene *ps;
	Vendor vendors[VENDORS];
	Actor *partners[CHANNELS];
	char codes[CHANNELS][24], packages[CHANNELS][16];
	Arena *whole;
} Play;

/* ---- Codes with their check digit (GB 32100-2015), counted here by itself */
static void code_of(int number, char out[24])
{
	static const char digits[] = "0123456789ABCDEFGHJKLMNPQRTUWXY";
	static const int weights[] = { 1, 3, 9, 27, 19, 26, 16, 17, 20, 29, 25, 13, 8, 24, 10, 30, 28 };
	int sum = 0;
	snprintf(out, 24, "91110108MA0U%05d", number);
	for (int i = 0; i < 17; i++) sum += (int)(strchr(digits, out[i]) - digits) * weights[i];
	out[17] = digits[(31 - sum % 31) % 31];
	out[18] = 0;
}

static void keep(char *out, size_t room, Text text)
{
	CHECK(text.length < room);
	memcpy(out, text.at, text.length);
	out[text.length] = 0;
}

/* ---- Memory of one step goes with it: what 200 vendors do fills more than one call may hold */
static Error do_as(Play *play, const Actor *actor, const Vendor *vendor, const char *action, const Map *values)
{
	Call *call = play->ps->scene->call;
	scene_as(play->ps->scene, actor);
	ArenaMark mark = arena_mark(call->arena);
	Error error = party_act(call, text_from(vendor->ref), text_from(action), 0, values);
	if (error != OK)
		fprintf(stderr, "    %s of %s: %s %.*s\n", action, vendor->ref, error_name(error), TEXT_ARGS(call->failure.detail));
	arena_release(call->arena, mark);
	return error;
}

static void must_do(Play *play, const Actor *actor, const Vendor *vendor, const char *action, const Map *values)
{
	CHECK(do_as(play, actor, vendor, action, values) == OK);
}

/* ---- The cast */
static Actor *founded(Play *play, const char *handle, const char *name, const char *code)
{
	PartyScene *ps = play->ps;
	Actor *actor = arena_new_of(ps->scene->t->arena, Actor);
	*actor = *scene_person(ps->scene, handle, ROLE_REPORTER);
	(void)party_organisation(ps, actor, name, code, "vendor", "CN");
	return actor;
}

static void found_all(Play *play)
{
	Test *t = play->ps->scene->t;
	for (int i = 0; i < CHANNELS; i++) {
		code_of(i, play->codes[i]);
		play->partners[i] = founded(
			play, arena_printf(t->arena, "partner%d", i).at, arena_printf(t->arena, "示例商店%d", i).at, play->codes[i]);
		scene_as(play->ps->scene, play->ps->cast.coordinator);
		CHECK_OK(t->call, org_standing_set(t->call, play->partners[i]->organisation_id, &(Standing) { .kind = TEXT("partner") }));
	}
	for (int i = 0; i < VENDORS; i++) {
		Vendor *vendor = &play->vendors[i];
		bool has_account = i / CHANNELS < ACCOUNTS / CHANNELS;
		PartyNew party = { .name = arena_printf(t->arena, "示例厂商%d", i), .product = TEXT("示例产品"), .mail = TEXT("") };
		*vendor = (Vendor) { .fate = fate_of(i / CHANNELS), .state = "CONTACTING", .step = "vendor", .position = "" };
		keep(vendor->ref, sizeof(vendor->ref), party_name(play->ps, &party));
		if (!has_account) continue;
		code_of(100 + i, vendor->code);
		vendor->actor =
			founded(play, arena_printf(t->arena, "vendor%d", i).at, arena_printf(t->arena, "示例厂商%d", i).at, vendor->code);
	}
}

/* ---- The comparison */
static void compare_line(const Vendor *vendor, const PartyLine *line, const char *phase)
{
	bool same = text_is(line->state, text_from(vendor->state)) && text_is(line->step, text_from(vendor->step)) &&
		    text_is(line->position, text_from(vendor->position)) && (line->notified_at != 0) == vendor->notified &&
		    line->has_fix == vendor->repaired;
	if (!same)
		test_fail(__FILE__, __LINE__, "%s: %s (fate %d) is %.*s/%.*s/%.*s notified %d fix %d, should be %s/%s/%s %d %d", phase,
			vendor->ref, (int)vendor->fate, TEXT_ARGS(line->state), TEXT_ARGS(line->step), TEXT_ARGS(line->position),
			line->notified_at != 0, line->has_fix, vendor->state, vendor->step, vendor->position, vendor->notified,
			vendor->repaired);
}

static bool is_one(const Vendor *vendor, const char *state) { return !strcmp(vendor->state, state); }

/* What the gate asks, counted over the model. */
static void compare_gate(Play *play, const char *phase)
{
	PartySummary now;
	int count = 0, settled = 0, repaired = 0, told = 0;
	Call *call = play->ps->scene->call;
	for (int i = 0; i < VENDORS; i++) {
		const Vendor *vendor = &play->vendors[i];
		bool lost = is_one(vendor, "UNREACHABLE"), done = is_one(vendor, "DONE");
		if (is_one(vendor, "WITHDRAWN")) continue;
		count++;
		settled += lost || done;
		told += lost || vendor->notified;
		repaired += done && (vendor->repaired || !strcmp(vendor->position, "not-affected"));
	}
	CHECK_OK(call, party_summary(call, play->ps->casefile_id, &now));
	bool same = now.count == count && now.all_settled == (settled == count) && now.has_notice == (told == count) &&
		    now.provider_fix == (settled > 0 && repaired == settled);
	if (!same)
		test_fail(__FILE__, __LINE__, "%s: the gate counts otherwise (%d, settled %d, repaired %d, told %d)", phase, count, settled,
			repaired, told);
}

static void compare(Play *play, const char *phase)
{
	int64_t after = 0;
	int seen = 0;
	Call *call = play->ps->scene->call;
	scene_as(play->ps->scene, play->ps->cast.coordinator);
	for (;;) {
		PartyLines lines;
		ArenaMark mark = arena_mark(call->arena);
		CHECK_OK(call, party_list(call, play->ps->casefile_id, after, 50, &lines));
		for (size_t i = 0; i < lines.count; i++, seen++) {
			CHECK(seen < VENDORS && text_is(lines.at[i].ref, text_from(play->vendors[seen].ref)));
			compare_line(&play->vendors[seen], &lines.at[i], phase);
			after = lines.at[i].id;
		}
		bool is_end = !lines.count;
		arena_release(call->arena, mark);
		if (is_end) break;
	}
	CHECK_INT(seen, VENDORS);
	compare_gate(play, phase);
}

/* ---- Phases */
static void hand_out(Play *play)
{
	Scene *scene = play->ps->scene;
	Call *call = scene->call;
	for (int c = 0; c < CHANNELS; c++) {
		Text refs[PACKAGE], ref;
		Delivery delivery;
		DeliveryLetters letters;
		for (int i = 0; i < PACKAGE; i++) refs[i] = text_from(play->vendors[i * CHANNELS + c].ref);
		DeliveryOrder order = { .casefile_id = play->ps->casefile_id,
			.partner = text_from(play->codes[c]),
			.parties = refs,
			.count = PACKAGE,
			.notice = VALUES(scene, "title", "示例产品存在注入漏洞", "content", "Details", "versions", "1.x") };
		scene_as(scene, play->ps->cast.coordinator);
		ArenaMark mark = arena_mark(call->arena);
		CHECK_OK(call, delivery_send(call, &order, &ref));
		keep(play->packages[c], sizeof(play->packages[c]), ref);
		CHECK_OK(call, delivery_open(call, ref, &delivery));
		CHECK_OK(call, delivery_letters(call, &delivery, 0, PACKAGE, &letters));
		for (int i = 0; i < PACKAGE; i++) {
			Vendor *vendor = &play->vendors[i * CHANNELS + c];
			keep(vendor->letter, sizeof(vendor->letter), letters.at[i].ref);
			vendor->step = "partner";
			vendor->tried = true;
		}
		arena_release(call->arena, mark);
	}
}

static const char *outcome_of(Fate fate)
{
	switch (fate) {
	case BOUNCED: return "bounced";
	case REFUSED: return "refused";
	case UNKNOWN: return "unknown";
	case NEVER_REPORTED:
	case REPORTED_LATE: return NULL;
	case UNAFFECTED:
	case FIXED_ALREADY:
	case RETIRED:
	case OTHERS_COMPONENT:
	case FIXED_ON_PAPER:
	case UNAFFECTED_ON_PAPER:
	case SILENT:
	case BY_MISTAKE: break;
	}
	return "delivered";
}

static void report_channel(Play *play, int c)
{
	Call *call = play->ps->scene->call;
	DeliveryWord words[PACKAGE];
	DeliveryResults results;
	size_t count = 0;
	ArenaMark mark = arena_mark(call->arena);
	scene_as(play->ps->scene, play->partners[c]);
	CHECK_OK(call, delivery_act(call, text_from(play->packages[c]), TEXT("receive"), 0, NULL));
	for (int i = 0; i < PACKAGE; i++) {
		Vendor *vendor = &play->vendors[i * CHANNELS + c];
		const char *outcome = outcome_of(vendor->fate);
		if (!outcome) continue;
		words[count++] = (DeliveryWord) { text_from(vendor->letter), text_from(outcome), TEXT("Desk"), TEXT(""),
			clock_iso(call->arena, call->now) };
		bool delivered = !strcmp(outcome, "delivered");
		vendor->notified = delivered;
		vendor->state = delivered ? "NOTIFIED" : "CONTACTING";
		vendor->step = delivered ? "partner" : "authority";
		vendor->tried = delivered;
	}
	CHECK_OK(call, delivery_report(call, text_from(play->packages[c]), words, count, &results));
	for (size_t i = 0; i < results.count; i++) CHECK(!results.at[i].why_not && results.at[i].is_new);
	CHECK_OK(call, delivery_report(call, text_from(play->packages[c]), words, count, &results)); /* twice is once */
	for (size_t i = 0; i < results.count; i++) CHECK(!results.at[i].why_not && !results.at[i].is_new);
	arena_release(call->arena, mark);
}

/* The code of the letter is in the vendor's hands; here it is taken from the sealed letter as the partner's copy has it. */
static void claim(Play *play, Vendor *vendor)
{
	Scene *scene = play->ps->scene;
	Map *bound = VALUES(scene, "proof", "papers", "evidence", "Licence and filing", "own_provider", "yes", "domicile", "CN");
	form_set(scene->t->arena, bound, TEXT("credit_code"), text_from(vendor->code));
	must_do(play, play->ps->cast.coordinator, vendor, "bind", bound);
}

static void acknowledge(Play *play, Vendor *vendor, const Actor *actor)
{
	must_do(play, actor, vendor, "acknowledge", VALUES(play->ps->scene, "signer", "V", "confirm", "yes"));
	vendor->state = "ACKNOWLEDGED";
}

static void state(Play *play, Vendor *vendor, const Actor *actor, const char *position, const Map *values)
{
	must_do(play, actor, vendor, "state", values);
	vendor->state = "POSITION_STATED";
	vendor->position = position;
}

static void settle_unaffected(Play *play, Vendor *vendor, const Actor *actor)
{
	acknowledge(play, vendor, actor);
	state(play, vendor, actor, "not-affected", VALUES(play->ps->scene, "position", "not-affected", "evidence", "Not used."));
	must_do(play, play->ps->cast.coordinator, vendor, "settle", NULL);
	vendor->state = "DONE";
}

static void check_fix(Play *play, Vendor *vendor)
{
	Scene *scene = play->ps->scene;
	must_do(play, play->ps->cast.coordinator, vendor, "assign", VALUES(scene, "verifier", "vera"));
	must_do(play, play->ps->cast.verifier, vendor, "spot",
		VALUES(scene, "declaration", "yes", "checked_on", "2026-03-02", "evidence", "E"));
	vendor->state = "DONE";
	vendor->repaired = true;
}

static void close_fixed(Play *play, Vendor *vendor, const Actor *actor)
{
	Scene *scene = play->ps->scene;
	acknowledge(play, vendor, actor);
	must_do(play, actor, vendor, "close-fixed",
		VALUES(scene, "fixed", "1.9", "date", "2026-03-01", "evidence", "Notes", "told", "Store"));
	must_do(play, play->ps->cast.coordinator, vendor, "accept-fixed", NULL);
	vendor->position = "fixed";
	check_fix(play, vendor);
}

static void close_retired(Play *play, Vendor *vendor)
{
	Scene *scene = play->ps->scene;
	acknowledge(play, vendor, vendor->actor);
	must_do(play, vendor->actor, vendor, "close-retired",
		VALUES(scene, "offline_since", "2025-06-01", "where", "Every store", "evidence", "Record of the store"));
	must_do(play, play->ps->cast.coordinator, vendor, "accept-retired", NULL);
	vendor->position = "retired";
	vendor->state = "DONE";
}

static void repair_component(Play *play, Vendor *vendor)
{
	Scene *scene = play->ps->scene;
	acknowledge(play, vendor, vendor->actor);
	state(play, vendor, vendor->actor, "upstream", VALUES(scene, "position", "upstream", "provider", "示例SDK", "component", "SDK 2"));
	must_do(play, vendor->actor, vendor, "plan",
		VALUES(scene, "measures", "M", "begin", "2026-03-09", "finish", "2026-03-20", "release", "2026-03-25", "person", "V"));
	must_do(play, play->ps->cast.coordinator, vendor, "accept", NULL);
	must_do(play, vendor->actor, vendor, "fix", VALUES(scene, "line", "1.x", "fixed", "1.9"));
	must_do(play, vendor->actor, vendor, "declare", VALUES(scene, "told", "Store", "confirm", "yes"));
	check_fix(play, vendor);
}

static void vouch(Play *play, Vendor *vendor)
{
	Scene *scene = play->ps->scene;
	Map *values = VALUES(scene, "evidence", "Known to the store", "own_provider", "yes", "domicile", "CN");
	form_set(scene->t->arena, values, TEXT("credit_code"), text_from(play->codes[0]));
	must_do(play, play->ps->cast.coordinator, vendor, "confirm", values);
}

static void answer(Play *play, Vendor *vendor)
{
	const Actor *coordinator = play->ps->cast.coordinator;
	if (vendor->actor) claim(play, vendor);
	if (vendor->fate == UNAFFECTED) settle_unaffected(play, vendor, vendor->actor);
	if (vendor->fate == FIXED_ALREADY) close_fixed(play, vendor, vendor->actor);
	if (vendor->fate == RETIRED) close_retired(play, vendor);
	if (vendor->fate == OTHERS_COMPONENT) repair_component(play, vendor);
	if (vendor->fate == FIXED_ON_PAPER) close_fixed(play, vendor, coordinator);
	if (vendor->fate == UNAFFECTED_ON_PAPER) settle_unaffected(play, vendor, coordinator);
	if (vendor->fate == BY_MISTAKE) {
		must_do(play, coordinator, vendor, "withdraw", VALUES(play->ps->scene, "reason", "Named by mistake"));
		vendor->state = "WITHDRAWN";
	}
}

/* Somebody calls in vain where a step is open, and then its time runs out. */
static void let_time_pass(Play *play, bool calls)
{
	Scene *scene = play->ps->scene;
	int64_t count = 1;
	for (int i = 0; calls && i < VENDORS; i++) {
		Vendor *vendor = &play->vendors[i];
		if (!is_one(vendor, "CONTACTING")) continue;
		must_do(play, play->ps->cast.coordinator, vendor, "attempt",
			VALUES(scene, "channel", "phone", "source", "filing", "address", "1", "outcome", "no-answer"));
		vendor->tried = true;
	}
	scene_later(scene, (int64_t)STEP_DAYS * 86400000);
	for (int i = 0; i < 4; i++) {
		ArenaMark mark = arena_mark(scene->call->arena);
		party_run_jobs(play->ps, &count);
		arena_release(scene->call->arena, mark);
	}
	for (int i = 0; i < VENDORS; i++) {
		Vendor *vendor = &play->vendors[i];
		bool contacting = is_one(vendor, "CONTACTING"), authority = contacting && !strcmp(vendor->step, "authority");
		if (contacting && !vendor->tried) continue; /* nobody was asked: the step stands */
		vendor->tried = false;
		if (is_one(vendor, "NOTIFIED")) {
			vendor->state = "CONTACTING";
			vendor->step = "partner";
		} else if (authority) {
			vendor->state = "UNREACHABLE";
		} else if (contacting) {
			vendor->step = "authority";
		}
	}
}

static void report_late(Play *play)
{
	Call *call = play->ps->scene->call;
	for (int i = 0; i < VENDORS; i++) {
		Vendor *vendor = &play->vendors[i];
		DeliveryResults results;
		if (vendor->fate != REPORTED_LATE) continue;
		DeliveryWord word = { text_from(vendor->letter), TEXT("delivered"), TEXT("Desk"), TEXT(""),
			clock_iso(call->arena, call->now) };
		scene_as(play->ps->scene, play->partners[i % CHANNELS]);
		CHECK_OK(call, delivery_report(call, text_from(play->packages[i % CHANNELS]), &word, 1, &results));
		CHECK(!results.at[0].why_not);
		vendor->state = "NOTIFIED";
		vendor->notified = true;
		vendor->tried = true;
	}
}

static void settle_late(Play *play)
{
	for (int i = 0; i < VENDORS; i++)
		if (play->vendors[i].fate == REPORTED_LATE) settle_unaffected(play, &play->vendors[i], play->ps->cast.coordinator);
}

/* ---- The gate */
static Error ask(Play *play, const Actor *actor, const char *action, const Map *values)
{
	call_recover(play->ps->scene->call);
	scene_as(play->ps->scene, actor);
	return scene_casefile_act(play->ps->scene, play->ps->cast.casefile, action, values);
}

static void is_shut(Play *play)
{
	CHECK_INT(ask(play, play->ps->cast.coordinator, "request", NULL), ERROR_INVALID);
	call_recover(play->ps->scene->call);
}

/* Vendors are out of reach and a product is retired: no measure of the provider will ever be there, so both ministries are asked. */
static void release_early(Play *play)
{
	Scene *scene = play->ps->scene;
	const Cast *cast = &play->ps->cast;
	const Map *read = VALUES(scene, "document_read", "yes");
	is_shut(play);
	CHECK_OK(
		scene->call, ask(play, cast->coordinator, "early-consult", VALUES(scene, "ground", "silence", "record", "R", "need", "N")));
	CHECK_OK(scene->call, ask(play, cast->coordinator, "early-report",
				      VALUES(scene, "miit", "1", "miit_on", "2026-03-01", "mps", "2", "mps_on", "2026-03-01")));
	CHECK_OK(scene->call, ask(play, cast->coordinator, "early-assess",
				      VALUES(scene, "verdict", "permitted", "document", "3", "dated", "2026-03-02")));
	CHECK_OK(scene->call, ask(play, cast->coordinator, "early-approve", read));
	is_shut(play);
	CHECK_OK(scene->call, ask(play, cast->second_coordinator, "early-approve", read));
}

static void describe(Play *play)
{
	Scene *scene = play->ps->scene;
	CHECK_OK(scene->call, ask(play, play->ps->cast.coordinator, "coordinate", NULL));
	CHECK_OK(scene->call, ask(play, play->ps->cast.coordinator, "describe",
				      VALUES(scene, "title_zh", "题", "description_zh", "述", "vendor", "厂", "product", "品", "versions",
					      "1", "fixed_version", "2", "solution_zh", "升级")));
}

static void answer_all(Play *play)
{
	for (int i = 0; i < VENDORS; i++) answer(play, &play->vendors[i]);
}

static void vouch_for_paper(Play *play)
{
	for (int i = 0; i < VENDORS; i++) {
		Fate fate = play->vendors[i].fate;
		if (fate == FIXED_ON_PAPER || fate == UNAFFECTED_ON_PAPER || fate == REPORTED_LATE) vouch(play, &play->vendors[i]);
	}
}

TEST_DB(scale__200_vendors_in_five_channels_stand_where_they_must_until_the_publication)
{
	Play *play = arena_new_of(t->arena, Play);
	play->ps = party_scene(t);
	party_set_hooks(&casefile_party_hooks);
	found_all(play);
	compare(play, "named");
	describe(play);
	is_shut(play);
	vouch_for_paper(play);
	hand_out(play);
	compare(play, "handed out");
	for (int c = 0; c < CHANNELS; c++) report_channel(play, c);
	compare(play, "reported");
	is_shut(play);
	answer_all(play);
	compare(play, "answered");
	let_time_pass(play, false);
	compare(play, "nobody called");
	let_time_pass(play, true);
	compare(play, "called once");
	let_time_pass(play, true);
	compare(play, "called twice");
	let_time_pass(play, true);
	compare(play, "called three times");
	is_shut(play);
	report_late(play);
	compare(play, "reported late");
	settle_late(play);
	compare(play, "settled late");
	release_early(play);
	CHECK_OK(t->call, ask(play, play->ps->cast.coordinator, "request", NULL));
	CHECK_OK(t->call,
		ask(play, play->ps->cast.publisher, "publish", VALUES(play->ps->scene, "no_exploit", "yes", "no_running_system", "yes")));
	compare(play, "published");
}
