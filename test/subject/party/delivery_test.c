/* Letters through partners: who is given what, what comes back, and what must never happen. */
#include "base/base/clock.h"
#include "face/doc/tool.h"
#include "face/doc/zip.h"
#include "people/people_fixture.h"
#include "store/db/db.h"
#include "subject/party/delivery.h"
#include "subject/party/party_fixture.h"

static const char store_code[] = "91110108MA01KKKK0Q", other_code[] = "91110108MA01KKKK1U";

typedef struct Post {
	PartyScene *ps;
	Actor *store, *other; /* two partners */
	Text parties[3], ref;
} Post;

static Actor *partner(PartyScene *ps, const char *handle, const char *name, const char *code)
{
	Actor *actor = arena_new_of(ps->scene->t->arena, Actor);
	*actor = *scene_person(ps->scene, handle, ROLE_REPORTER);
	int64_t id = party_organisation(ps, actor, name, code, "vendor", "CN");
	scene_as(ps->scene, ps->cast.coordinator);
	CHECK_OK(ps->scene->call, org_standing_set(ps->scene->call, id, &(Standing) { .kind = TEXT("partner") }));
	return actor;
}

static Post post(Test *t)
{
	Post p = { .ps = party_scene(t) };
	p.store = partner(p.ps, "storekeeper", "示例应用商店", store_code);
	p.other = partner(p.ps, "platform", "示例平台", other_code);
	for (size_t i = 0; i < COUNT(p.parties); i++) {
		PartyNew party = { .name = arena_printf(t->arena, "无账号厂商%zu", i), .product = TEXT("示例产品") };
		p.parties[i] = party_name(p.ps, &party);
	}
	return p;
}

static const Map *notice(Post *p)
{
	return VALUES(p->ps->scene, "title", "示例产品存在注入漏洞", "content", "Secret details of the hole", "versions", "1.x");
}

static Error send_to(Post *p, const char *code, const Text *parties, size_t count)
{
	DeliveryOrder order = {
		.casefile_id = p->ps->casefile_id, .partner = text_from(code), .parties = parties, .count = count, .notice = notice(p)
	};
	scene_as(p->ps->scene, p->ps->cast.coordinator);
	TRY(delivery_send(p->ps->scene->call, &order, &p->ref));
	p->ref = arena_copy(p->ps->scene->t->arena, p->ref);
	return OK;
}

static Delivery look(Post *p, const Actor *actor)
{
	Delivery delivery;
	scene_as(p->ps->scene, actor);
	CHECK_OK(p->ps->scene->call, delivery_open(p->ps->scene->call, p->ref, &delivery));
	return delivery;
}

static DeliveryLetters letters(Post *p, const Actor *actor)
{
	DeliveryLetters list;
	Delivery delivery = look(p, actor);
	CHECK_OK(p->ps->scene->call, delivery_letters(p->ps->scene->call, &delivery, 0, 200, &list));
	return list;
}

static void receive(Post *p)
{
	scene_as(p->ps->scene, p->store);
	CHECK_OK(p->ps->scene->call, delivery_act(p->ps->scene->call, p->ref, TEXT("receive"), 0, NULL));
}

static DeliveryResult report(Post *p, const Actor *actor, Text letter, const char *outcome, const char *to, const char *at)
{
	DeliveryResults results;
	DeliveryWord word = { letter, text_from(outcome), text_from(to), TEXT(""), text_from(at) };
	scene_as(p->ps->scene, actor);
	CHECK_OK(p->ps->scene->call, delivery_report(p->ps->scene->call, p->ref, &word, 1, &results));
	CHECK_INT(results.count, 1);
	return results.at[0];
}

static Party party_at(Post *p, size_t i)
{
	p->ps->ref = p->parties[i];
	return party_look(p->ps, p->ps->cast.coordinator);
}

static Text today(Post *p) { return clock_iso(p->ps->scene->t->arena, p->ps->scene->call->now); }

TEST_DB(delivery__moves_each_party_by_what_became_of_its_letter)
{
	Post p = post(t);
	CHECK_OK(t->call, send_to(&p, store_code, p.parties, 3));
	for (size_t i = 0; i < 3; i++) {
		Party party = party_at(&p, i);
		CHECK(text_is(party.state, TEXT("CONTACTING")) && text_is(party.step, TEXT("partner")) && party.notice_at &&
			!party.notified_at);
	}
	DeliveryLetters list = letters(&p, p.store);
	CHECK_INT(list.count, 3);
	receive(&p);
	DeliveryResult first = report(&p, p.store, list.at[0].ref, "delivered", "Front desk", arena_string(t->arena, today(&p)));
	CHECK(!first.why_not && first.is_new);
	CHECK(!report(&p, p.store, list.at[1].ref, "退回", "", "").why_not);
	Party party = party_at(&p, 0);
	CHECK(text_is(party.state, TEXT("NOTIFIED")) && party.notified_at == t->call->now);
	party = party_at(&p, 1);
	CHECK(text_is(party.state, TEXT("CONTACTING")) && text_is(party.step, TEXT("authority")));
	CHECK(text_is(party_at(&p, 2).step, TEXT("partner")));
	CHECK_TEXT(look(&p, p.store).state, "RECEIVED");
	CHECK(!report(&p, p.store, list.at[2].ref, "unknown", "", "").why_not);
	Delivery delivery = look(&p, p.store);
	CHECK_TEXT(delivery.state, "REPORTED");
	CHECK(delivery.delivered == 1 && delivery.returned == 2 && !delivery.waiting);
	CHECK(text_is(party_at(&p, 2).step, TEXT("authority")));
	DeliveryFigures figures;
	scene_as(p.ps->scene, p.store);
	CHECK_OK(t->call, delivery_figures(t->call, delivery.partner_id, &figures));
	CHECK(figures.packages == 1 && figures.letters == 3 && figures.delivered == 1 && figures.returned == 2 &&
		figures.median_hours == 0);
}

TEST_DB(delivery__same_word_twice_stands_and_another_word_is_refused)
{
	Post p = post(t);
	CHECK_OK(t->call, send_to(&p, store_code, p.parties, 2));
	DeliveryLetters list = letters(&p, p.store);
	DeliveryResults results;
	DeliveryWord early = { list.at[0].ref, TEXT("bounced"), TEXT(""), TEXT(""), TEXT("") };
	scene_as(p.ps->scene, p.store);
	CHECK_ERROR(t->call, delivery_report(t->call, p.ref, &early, 1, &results), CONFLICT); /* receipt is not confirmed */
	receive(&p);
	CHECK(report(&p, p.store, list.at[0].ref, "delivered", "Desk", arena_string(t->arena, today(&p))).is_new);
	int64_t revision = party_at(&p, 0).revision;
	DeliveryResult again = report(&p, p.store, list.at[0].ref, "delivered", "Desk", arena_string(t->arena, today(&p)));
	CHECK(!again.why_not && !again.is_new && party_at(&p, 0).revision == revision);
	CHECK(report(&p, p.store, list.at[0].ref, "bounced", "", "").why_not);
	CHECK_TEXT(party_at(&p, 0).state, "NOTIFIED");
	const struct {
		const char *outcome, *to, *at;
	} wrong[] = { { "lost", "", "" }, { "delivered", "", "2026-03-05" }, { "delivered", "Desk", "" }, { "delivered", "Desk", "soon" },
		{ "delivered", "Desk", "2019-01-01 10:00" }, { "delivered", "Desk", "2199-01-01 10:00" } };
	for (size_t i = 0; i < COUNT(wrong); i++)
		CHECK(report(&p, p.store, list.at[1].ref, wrong[i].outcome, wrong[i].to, wrong[i].at).why_not);
	CHECK(report(&p, p.store, TEXT("L-0000-0000"), "bounced", "", "").why_not);
	CHECK_TEXT(party_at(&p, 1).step, "partner");
}

TEST_DB(delivery__a_second_letter_is_not_handed_out_while_the_first_waits)
{
	Post p = post(t);
	CHECK_OK(t->call, send_to(&p, store_code, p.parties, 1));
	CHECK_ERROR(t->call, send_to(&p, other_code, p.parties, 2), INVALID); /* and nothing of it stands */
	CHECK_TEXT(party_at(&p, 1).step, "vendor");
	CHECK_ERROR(t->call, send_to(&p, "9144030071526726XG", &p.parties[1], 1), INVALID); /* no partner */
	CHECK_ERROR(t->call, send_to(&p, store_code, p.parties, 0), INVALID);
	Text stranger = TEXT("P-0000-0000");
	CHECK_ERROR(t->call, send_to(&p, store_code, &stranger, 1), INVALID);
	scene_as(p.ps->scene, p.store);
	DeliveryOrder order = { .casefile_id = p.ps->casefile_id,
		.partner = text_from(store_code),
		.parties = &p.parties[1],
		.count = 1,
		.notice = notice(&p) };
	CHECK_ERROR(t->call, delivery_send(t->call, &order, &p.ref), FORBIDDEN);
}

/* ---- Attacks */
TEST_DB(attack__partner_reads_no_word_of_the_vulnerability)
{
	Post p = post(t);
	Party party;
	Text pdf, zip;
	ZipEntries entries;
	CHECK_OK(t->call, send_to(&p, store_code, p.parties, 2));
	DeliveryLetters list = letters(&p, p.store);
	CHECK_ERROR(t->call, party_open(t->call, p.parties[0], &party), NOT_FOUND);
	CHECK(!list.at[0].party.length); /* not even the number of the matter */
	Delivery delivery = look(&p, p.store);
	CHECK_OK(t->call, delivery_letter_pdf(t->call, &delivery, list.at[0].ref, &pdf));
	CHECK_OK(t->call, delivery_package(t->call, &delivery, &zip));
	CHECK_OK(t->call, zip_unpack(t->call, zip, 10, 10 * 1024 * 1024, &entries));
	CHECK_INT(entries.count, 3);
	Text words = tool_run(t, "letter.pdf", pdf, "pdftotext -layout letter.pdf -");
	static const char *const secret[] = { "Secret details", "注入", "示例产品", "1.x", "无账号厂商1", "high", "NVDB" };
	CHECK(text_find(words, TEXT("无账号厂商0"), NULL));
	CHECK(!text_find(words, p.parties[0], NULL));
	for (size_t i = 0; i < COUNT(secret); i++)
		if (text_find(words, text_from(secret[i]), NULL)) test_fail(__FILE__, __LINE__, "a letter says %s", secret[i]);
	for (size_t i = 0; i < COUNT(secret); i++)
		if (i != 4 && text_find(entries.at[2].content, text_from(secret[i]), NULL))
			test_fail(__FILE__, __LINE__, "the table says %s", secret[i]);
}

TEST_DB(attack__partner_of_another_channel_sees_no_package_of_this_one)
{
	Post p = post(t);
	Delivery delivery;
	Deliveries list;
	DeliveryResults results;
	DeliveryFigures figures;
	CHECK_OK(t->call, send_to(&p, store_code, p.parties, 2));
	int64_t store = look(&p, p.store).partner_id;
	Text letter = letters(&p, p.store).at[0].ref;
	Actor weak = *p.store, left = *p.store;
	weak.second_factor = false;
	left.organisation_id = 0;
	const Actor *others[] = { p.other, p.ps->vendor, p.ps->cast.reporter, p.ps->cast.verifier, p.ps->cast.publisher, &weak, &left,
		&actor_visitor };
	for (size_t i = 0; i < COUNT(others); i++) {
		DeliveryWord word = { letter, TEXT("delivered"), TEXT("X"), TEXT(""), today(&p) };
		scene_as(p.ps->scene, others[i]);
		CHECK_ERROR(t->call, delivery_open(t->call, p.ref, &delivery), NOT_FOUND);
		CHECK_ERROR(t->call, delivery_report(t->call, p.ref, &word, 1, &results), NOT_FOUND);
		CHECK_ERROR(t->call, delivery_act(t->call, p.ref, TEXT("receive"), 0, NULL), NOT_FOUND);
		CHECK_ERROR(t->call, delivery_figures(t->call, store, &figures), NOT_FOUND);
		CHECK_OK(t->call, delivery_list(t->call, 0, 50, &list));
		CHECK_INT(list.count, 0);
	}
	scene_as(p.ps->scene, p.ps->cast.coordinator);
	CHECK_OK(t->call, org_standing_end(t->call, store, TEXT("partner"))); /* no partner any more: nothing is seen at once */
	scene_as(p.ps->scene, p.store);
	CHECK_ERROR(t->call, delivery_open(t->call, p.ref, &delivery), NOT_FOUND);
}

static Text code_of(Post *p, size_t i)
{
	Text pdf, words;
	Delivery delivery = look(p, p->store);
	DeliveryLetters list = letters(p, p->store);
	CHECK_OK(p->ps->scene->call, delivery_letter_pdf(p->ps->scene->call, &delivery, list.at[i].ref, &pdf));
	Text rest = words = tool_run(p->ps->scene->t, "letter.pdf", pdf, "pdftotext -layout letter.pdf -"), line;
	while (text_next(&rest, '\n', &line)) {
		Text trimmed = text_trim(line);
		if (trimmed.length == 19 && trimmed.at[4] == '-' && trimmed.at[9] == '-')
			return arena_copy(p->ps->scene->t->arena, trimmed);
	}
	test_fail(__FILE__, __LINE__, "no code in %.*s", TEXT_ARGS(words));
	return (Text) { 0 };
}

TEST_DB(attack__claim_code_of_a_letter_opens_nothing_until_the_coordinator_binds)
{
	Post p = post(t);
	Party party;
	Text number;
	CHECK_OK(t->call, send_to(&p, store_code, p.parties, 2));
	Text code = code_of(&p, 0);
	receive(&p);
	Text letter = letters(&p, p.store).at[0].ref;
	CHECK(report(&p, p.store, letter, "delivered", "Desk", arena_string(t->arena, today(&p))).is_new);
	scene_as(p.ps->scene, p.ps->vendor);
	CHECK_OK(t->call, party_claim(t->call, code, TEXT("192.0.2.1"), &number));
	CHECK(text_is(number, p.parties[0]));
	CHECK_ERROR(t->call, party_open(t->call, p.parties[0], &party), NOT_FOUND); /* still nothing */
	CHECK_ERROR(t->call, party_claim(t->call, TEXT("0000-0000-0000-0000"), TEXT("192.0.2.2"), &number), NOT_FOUND);
	p.ps->ref = p.parties[0];
	CHECK_OK(t->call, party_try(p.ps, p.ps->cast.coordinator, "bind",
				  VALUES(p.ps->scene, "credit_code", "9144030071526726XG", "proof", "claim-code", "evidence", "Letter",
					  "own_provider", "yes", "domicile", "CN")));
	scene_as(p.ps->scene, p.ps->vendor);
	CHECK_OK(t->call, party_open(t->call, p.parties[0], &party));
	CHECK_TEXT(party.state, "NOTIFIED");
	party_do(p.ps, p.ps->vendor, "acknowledge");
	PartyNotice read;
	party = party_look(p.ps, p.ps->vendor);
	CHECK_OK(t->call, party_notice_text(t->call, &party, &read));
	CHECK(text_find(read.text, TEXT("Secret details of the hole"), NULL));
	CHECK(!text_find(read.text, TEXT("无账号厂商1"), NULL));
	scene_as(p.ps->scene, p.ps->vendor);
	CHECK_ERROR(t->call, party_claim(t->call, code, TEXT("192.0.2.3"), &number), NOT_FOUND); /* used */
	PartyStatements said;
	CHECK_OK(t->call, party_said(t->call, &party, &said));
	for (size_t i = 0; i < said.count; i++) CHECK(strcmp(said.at[i].form->name, "party-delivered") != 0);
}

TEST_DB(delivery__called_back_letters_are_void)
{
	Post p = post(t);
	Text pdf, number;
	CHECK_OK(t->call, send_to(&p, store_code, p.parties, 1));
	Text code = code_of(&p, 0), letter = letters(&p, p.store).at[0].ref;
	scene_as(p.ps->scene, p.store);
	CHECK_ERROR(t->call, delivery_act(t->call, p.ref, TEXT("recall"), 0, VALUES(p.ps->scene, "reason", "R")), FORBIDDEN);
	scene_as(p.ps->scene, p.ps->cast.coordinator);
	CHECK_OK(t->call, delivery_act(t->call, p.ref, TEXT("recall"), 0, VALUES(p.ps->scene, "reason", "Wrong channel")));
	Delivery delivery = look(&p, p.store);
	CHECK_ERROR(t->call, delivery_letter_pdf(t->call, &delivery, letter, &pdf), CONFLICT);
	scene_as(p.ps->scene, p.ps->vendor);
	CHECK_ERROR(t->call, party_claim(t->call, code, TEXT("192.0.2.1"), &number), NOT_FOUND);
	CHECK_OK(t->call, send_to(&p, other_code, p.parties, 1)); /* and another way is open */
}

/* ---- Tables, as people and programs write them */
static DeliveryResults take(Post *p, Text table)
{
	DeliveryResults results;
	scene_as(p->ps->scene, p->store);
	CHECK_OK(p->ps->scene->call, delivery_report_table(p->ps->scene->call, p->ref, table, &results));
	return results;
}

TEST_DB(delivery__table_is_taken_line_by_line)
{
	Post p = post(t);
	DeliveryResults results;
	CHECK_OK(t->call, send_to(&p, store_code, p.parties, 3));
	DeliveryLetters list = letters(&p, p.store);
	receive(&p);
	Text table = arena_printf(t->arena,
		"\xEF\xBB\xBFletter,vendor,outcome,delivered_at,to,note\r\n"
		"%.*s,\"无账号,厂商\",delivered,%.10s 00:00,\"Desk \"\"A\"\"\nfloor 2\",'=1+1\r\n"
		"%.*s,x,bounced,,,no such office\r\n"
		"L-9999-9999,x,delivered,%.10s,Desk,\r\n"
		"%.*s,x,,,,\r\n",
		TEXT_ARGS(list.at[0].ref), today(&p).at, TEXT_ARGS(list.at[1].ref), today(&p).at, TEXT_ARGS(list.at[2].ref));
	results = take(&p, table);
	CHECK_INT(results.count, 3);
	CHECK(!results.at[0].why_not && !results.at[1].why_not && results.at[2].why_not);
	list = letters(&p, p.store);
	CHECK_TEXT(list.at[0].to, "Desk \"A\"\nfloor 2");
	CHECK_TEXT(list.at[0].note, "=1+1");
	CHECK_TEXT(list.at[1].outcome, "bounced");
	CHECK_TEXT(list.at[2].outcome, "waiting");
	results = take(&p, table);
	CHECK(!results.at[0].is_new && !results.at[0].why_not);
	static const char *const broken[] = { "", "a,b\n1,2\n", "letter,outcome\n", "letter,outcome\nL-1,\"bounced", "\xff,\xfe" };
	Buffer wide = { .arena = t->arena }; /* a million cells are no reason to want more memory */
	buffer_put(&wide, TEXT("letter,outcome\n,,"));
	for (int i = 0; i < 500000; i++) buffer_put(&wide, TEXT("x,"));
	scene_as(p.ps->scene, p.store);
	CHECK_ERROR(t->call, delivery_report_table(t->call, p.ref, buffer_text(&wide), &results), INVALID);
	for (size_t i = 0; i < COUNT(broken); i++) {
		scene_as(p.ps->scene, p.store);
		CHECK_ERROR(t->call, delivery_report_table(t->call, p.ref, text_from(broken[i]), &results), INVALID);
	}
}

static Error near(Call *call, void *id) { return delivery_deadline(call, *(const int64_t *)id, false, false); }
static Error over(Call *call, void *id) { return delivery_deadline(call, *(const int64_t *)id, true, false); }

TEST_DB(delivery__deadlines_remind_the_partner_and_then_the_coordinator)
{
	Post p = post(t);
	CHECK_OK(t->call, send_to(&p, store_code, p.parties, 1));
	int64_t id = look(&p, p.ps->cast.coordinator).id;
	scene_as(p.ps->scene, &actor_system);
	size_t before = people_mail_count(t);
	CHECK_OK(t->call, db_transact(t->call, near, &id));
	CHECK_INT(people_mail_count(t), before + 1); /* the partner's one person */
	CHECK_OK(t->call, db_transact(t->call, over, &id));
	CHECK_INT(people_mail_count(t), before + 3);
}

TEST_DB(many__does_to_each_what_fits_and_says_why_not)
{
	Post p = post(t);
	PartyManyLines lines;
	Text refs[2] = { p.parties[0] };
	party_bring_to(p.ps, "NOTIFIED");
	refs[1] = p.ps->ref;
	PartyMany many = { .casefile_id = p.ps->casefile_id, .action = TEXT("remind"), .refs = refs, .count = 2 };
	scene_as(p.ps->scene, p.ps->cast.coordinator);
	CHECK_OK(t->call, party_many_preview(t->call, &many, &lines));
	CHECK(lines.at[0].why_not && !lines.at[1].why_not);
	CHECK_OK(t->call, party_many_act(t->call, &many, NULL, &lines));
	many.action = TEXT("channel");
	CHECK_OK(t->call, party_many_preview(t->call, &many, &lines));
	CHECK(!lines.at[0].why_not && lines.at[1].why_not);
	many.action = TEXT("escalate");
	CHECK_OK(t->call, party_many_preview(t->call, &many, &lines));
	CHECK(lines.at[0].why_not && lines.at[1].why_not); /* no time is over */
	party_pass_days(p.ps, 1);
	many.action = TEXT("withdraw");
	CHECK_ERROR(t->call, party_many_preview(t->call, &many, &lines), INVALID);
	many.action = TEXT("remind");
	many.casefile_id++;
	CHECK_ERROR(t->call, party_many_preview(t->call, &many, &lines), NOT_FOUND);
	many.casefile_id--;
	scene_as(p.ps->scene, p.ps->vendor);
	CHECK_ERROR(t->call, party_many_preview(t->call, &many, &lines), NOT_FOUND);
}

/* ---- Letters across packages */
static DeliveryWorks works(Post *p, const Actor *actor, const char *outcome, const char *partner)
{
	DeliveryWorks list;
	DeliveryWorkFilter filter = { .outcome = text_from(outcome), .partner = text_from(partner) };
	scene_as(p->ps->scene, actor);
	CHECK_OK(p->ps->scene->call, delivery_work(p->ps->scene->call, &filter, 50, &list));
	return list;
}

TEST_DB(delivery__worklist_of_a_partner_names_its_own_letters_by_what_became_of_them)
{
	Post p = post(t);
	CHECK_OK(t->call, send_to(&p, other_code, &p.parties[2], 1));
	CHECK_OK(t->call, send_to(&p, store_code, p.parties, 2));
	DeliveryWorks list = works(&p, p.store, "waiting", "");
	CHECK_INT(list.count, 2);
	CHECK(list.at[0].letter.id < list.at[1].letter.id && list.at[0].due_at > t->call->now); /* the oldest first */
	CHECK_TEXT(list.at[0].letter.vendor, "无账号厂商0");
	CHECK(!list.at[0].letter.party.length && text_is(list.at[0].package, p.ref));
	receive(&p);
	CHECK(report(&p, p.store, list.at[0].letter.ref, "bounced", "", "").is_new);
	CHECK_INT(works(&p, p.store, "waiting", "").count, 1);
	CHECK_INT(works(&p, p.store, "bounced", "").count, 1);
	CHECK_INT(works(&p, p.store, "waiting", other_code).count, 1); /* whatever is asked for: its own */
	CHECK_INT(works(&p, p.other, "bounced", "").count, 0);
	const Actor *coordinator = p.ps->cast.coordinator;
	CHECK_INT(works(&p, coordinator, "waiting", "").count, 2);
	list = works(&p, coordinator, "waiting", other_code);
	CHECK(list.count == 1 && text_is(list.at[0].letter.party, p.parties[2]));
	CHECK_INT(works(&p, coordinator, "waiting", "9144030071526726XG").count, 0);
	DeliveryWorkFilter beyond = { .outcome = TEXT("waiting"), .beyond = list.at[0].letter.id };
	CHECK_OK(t->call, delivery_work(t->call, &beyond, 50, &list));
	CHECK_INT(list.count, 1);
	CHECK_ERROR(t->call, delivery_work(t->call, &(DeliveryWorkFilter) { .outcome = TEXT("lost") }, 50, &list), USAGE);
}

TEST_DB(attack__worklist_names_no_letter_of_another_channel_to_anybody)
{
	Post p = post(t);
	CHECK_OK(t->call, send_to(&p, store_code, p.parties, 2));
	Actor weak = *p.store, left = *p.store;
	weak.second_factor = false;
	left.organisation_id = 0;
	const Actor *others[] = { p.other, p.ps->vendor, p.ps->cast.reporter, p.ps->cast.verifier, p.ps->cast.publisher, &weak, &left,
		&actor_visitor };
	for (size_t i = 0; i < COUNT(others); i++) {
		CHECK_INT(works(&p, others[i], "waiting", "").count, 0);
		CHECK_INT(works(&p, others[i], "waiting", store_code).count, 0);
	}
}

TEST_DB(delivery__names_its_casefile_to_coordinators_alone)
{
	Post p = post(t);
	Text casefile;
	CHECK_OK(t->call, send_to(&p, store_code, p.parties, 1));
	Delivery delivery = look(&p, p.ps->cast.coordinator);
	CHECK_OK(t->call, delivery_casefile(t->call, &delivery, &casefile));
	CHECK(text_starts(casefile, TEXT("C-")));
	delivery = look(&p, p.store);
	CHECK_OK(t->call, delivery_casefile(t->call, &delivery, &casefile));
	CHECK(!casefile.length);
}
