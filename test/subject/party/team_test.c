/* Teams of a vendor: whom a matter reaches, who sees it, and who works on it. */
#include "base/base/clock.h"
#include "people/people_fixture.h"
#include "store/db/db.h"
#include "subject/party/figures.h"
#include "subject/party/party_fixture.h"
#include "subject/party/party_fixture.sql.h"
#include "subject/party/team.h"

typedef struct Firm {
	PartyScene *ps;
	Product product;
	Text payments, maps; /* teams */
} Firm;

typedef struct FixtureOwn {
	int64_t product_id, organisation_id;
} FixtureOwn;

static Error fixture_own_product(Call *call, void *argument)
{
	const FixtureOwn *own = argument;
	return fixture_own(call, own->product_id, own->organisation_id);
}

static Text membership(Firm *firm, const Actor *actor)
{
	Members members;
	Organisation organisation;
	Call *call = firm->ps->scene->call;
	CHECK_OK(call, org_find(call, firm->ps->vendor_org, &organisation));
	CHECK_OK(call, org_members(call, &organisation, &members));
	for (size_t i = 0; i < members.count; i++)
		if (members.at[i].person_id == actor->person_id) return members.at[i].ref;
	test_fail(__FILE__, __LINE__, "no member");
}

static Firm firm_of(Test *t)
{
	Firm firm = { .ps = party_scene(t) };
	ProductStatement stated = {
		.kind = TEXT("android"), .name = TEXT("示例钱包"), .vendor = TEXT("示例公司"), .for_organisation = true
	};
	scene_as(firm.ps->scene, firm.ps->vendor);
	CHECK_OK(t->call, product_register(t->call, &stated, &firm.product));
	CHECK_OK(t->call, db_transact(t->call, fixture_own_product, &(FixtureOwn) { firm.product.id, firm.ps->vendor_org }));
	CHECK_OK(t->call, product_find(t->call, firm.product.id, &firm.product));
	CHECK_OK(t->call, org_team_add(t->call, TEXT("Payments"), &firm.payments));
	CHECK_OK(t->call, org_team_add(t->call, TEXT("Maps"), &firm.maps));
	return firm;
}

static void notify(Firm *firm)
{
	PartyNew party = { .organisation_id = firm->ps->vendor_org,
		.product_id = firm->product.id,
		.product = TEXT("示例钱包"),
		.is_own_provider = true };
	firm->ps->ref = party_name(firm->ps, &party);
	party_do(firm->ps, firm->ps->cast.coordinator, "notify");
}

static bool sees(Firm *firm, const Actor *actor)
{
	Party party;
	PartyLines lines;
	Call *call = firm->ps->scene->call;
	scene_as(firm->ps->scene, actor);
	CHECK_OK(call, party_list_own(call, 0, 50, &lines));
	Error error = party_open(call, firm->ps->ref, &party);
	call_recover(call);
	CHECK((error == OK) == (lines.count > 0)); /* the list says the same as the page */
	return error == OK;
}

TEST_DB(attack__team_member_of_another_team_sees_no_matter_of_this_one)
{
	Firm firm = firm_of(t);
	Text colleague = membership(&firm, firm.ps->colleague);
	scene_as(firm.ps->scene, firm.ps->vendor);
	CHECK_OK(t->call, org_team_join(t->call, firm.maps, colleague));
	CHECK_OK(t->call, team_own(t->call, firm.payments, firm.product.ref));
	notify(&firm);
	CHECK(!sees(&firm, firm.ps->colleague)); /* of another team */
	CHECK(sees(&firm, firm.ps->vendor)); /* administrator */
	CHECK(!sees(&firm, firm.ps->rival));
	scene_as(firm.ps->scene, firm.ps->vendor);
	CHECK_OK(t->call, org_team_join(t->call, firm.payments, colleague));
	CHECK(sees(&firm, firm.ps->colleague));
	scene_as(firm.ps->scene, firm.ps->vendor);
	CHECK_OK(t->call, org_team_leave(t->call, firm.payments, colleague)); /* at once */
	CHECK(!sees(&firm, firm.ps->colleague));
	scene_as(firm.ps->scene, firm.ps->vendor);
	CHECK_OK(t->call, team_end(t->call, firm.payments)); /* without a team it is everybody's again */
	CHECK(sees(&firm, firm.ps->colleague));
}

TEST_DB(team__is_told_and_else_the_administrators)
{
	Firm firm = firm_of(t);
	PartyRow row = { .organisation_id = { true, firm.ps->vendor_org }, .product_id = { true, firm.product.id } };
	Numbers told;
	CHECK_OK(t->call, party_members(t->call, &row, &told));
	CHECK(told.count == 1 && told.at[0] == firm.ps->vendor->person_id); /* teams there are, but none answers */
	Text colleague = membership(&firm, firm.ps->colleague);
	scene_as(firm.ps->scene, firm.ps->vendor);
	CHECK_OK(t->call, org_team_join(t->call, firm.payments, colleague));
	CHECK_OK(t->call, team_own(t->call, firm.payments, firm.product.ref));
	CHECK_OK(t->call, party_members(t->call, &row, &told));
	CHECK(told.count == 1 && told.at[0] == firm.ps->colleague->person_id);
	CHECK_OK(t->call, team_end(t->call, firm.payments));
	CHECK_OK(t->call, team_end(t->call, firm.maps));
	CHECK_OK(t->call, party_members(t->call, &row, &told));
	CHECK_INT(told.count, 2); /* no teams: everybody, as before */
}

TEST_DB(team__is_changed_by_administrators_of_the_same_organisation_only)
{
	Firm firm = firm_of(t);
	Text ref, colleague = membership(&firm, firm.ps->colleague);
	scene_as(firm.ps->scene, firm.ps->colleague);
	CHECK_ERROR(t->call, org_team_add(t->call, TEXT("X"), &ref), FORBIDDEN);
	CHECK_ERROR(t->call, team_own(t->call, firm.payments, firm.product.ref), FORBIDDEN);
	scene_as(firm.ps->scene, firm.ps->rival);
	CHECK_ERROR(t->call, team_own(t->call, firm.payments, firm.product.ref), NOT_FOUND);
	CHECK_ERROR(t->call, org_team_join(t->call, firm.payments, colleague), NOT_FOUND);
	scene_as(firm.ps->scene, firm.ps->vendor);
	CHECK_ERROR(t->call, team_own(t->call, firm.payments, TEXT("guessed")), INVALID);
	CHECK_ERROR(t->call, org_team_join(t->call, firm.payments, TEXT("guessed")), INVALID);
	CHECK_ERROR(t->call, org_team_add(t->call, TEXT(""), &ref), INVALID);
}

TEST_DB(team__one_member_takes_a_matter_and_gives_it_back_when_leaving)
{
	Firm firm = firm_of(t);
	Party party;
	org_set_left(party_member_left);
	notify(&firm);
	party_do(firm.ps, firm.ps->colleague, "take");
	CHECK_INT(party_try(firm.ps, firm.ps->vendor, "take", NULL), ERROR_INVALID);
	test_check_text(__FILE__, __LINE__, "why", text_from(t->call->failure.problems.at[0].message),
		TEXT("Somebody of your organisation has taken it over already."));
	call_recover(t->call);
	party = party_look(firm.ps, firm.ps->vendor);
	CHECK(party.facts->handler_id == firm.ps->colleague->person_id);
	Text colleague = membership(&firm, firm.ps->colleague);
	scene_as(firm.ps->scene, firm.ps->vendor);
	CHECK_OK(t->call, org_member_end(t->call, colleague));
	party = party_look(firm.ps, firm.ps->vendor);
	CHECK(!party.facts->handler_id);
	party_do(firm.ps, firm.ps->vendor, "take");
	party_do(firm.ps, firm.ps->vendor, "give-back");
}

TEST_DB(team__of_two_who_act_at_once_the_slower_is_told)
{
	Firm firm = firm_of(t);
	notify(&firm);
	int64_t seen = party_look(firm.ps, firm.ps->vendor).revision;
	scene_as(firm.ps->scene, firm.ps->colleague);
	CHECK_OK(t->call, party_act(t->call, firm.ps->ref, TEXT("acknowledge"), seen, party_values(firm.ps, "acknowledge")));
	scene_as(firm.ps->scene, firm.ps->vendor);
	CHECK_ERROR(t->call, party_act(t->call, firm.ps->ref, TEXT("acknowledge"), seen, party_values(firm.ps, "acknowledge")), CONFLICT);
}

/* ---- Closing evidence */
TEST_DB(closing__evidence_is_asked_for_looked_at_and_returned)
{
	PartyScene *ps = party_scene(t);
	party_bring_to(ps, "ACKNOWLEDGED");
	CHECK_ERROR(t->call, party_try(ps, ps->vendor, "close-retired", VALUES(ps->scene, "where", "Stores")), INVALID);
	const Map *retired = VALUES(ps->scene, "offline_since", "2025-06-01", "where", "Stores", "evidence", "Record");
	CHECK_OK(t->call, party_try(ps, ps->vendor, "close-retired", retired));
	CHECK_ERROR(t->call, party_try(ps, ps->vendor, "accept-retired", NULL), FORBIDDEN);
	CHECK_ERROR(t->call, party_try(ps, ps->cast.coordinator, "accept-fixed", NULL), INVALID);
	CHECK_OK(t->call, party_try(ps, ps->cast.coordinator, "return", VALUES(ps->scene, "reason", "Still in one store")));
	CHECK_TEXT(party_look(ps, ps->vendor).state, "ACKNOWLEDGED");
	CHECK_OK(t->call, party_try(ps, ps->vendor, "close-retired", retired));
	party_do(ps, ps->cast.coordinator, "accept-retired");
	Party party = party_look(ps, ps->vendor);
	CHECK(text_is(party.state, TEXT("DONE")) && text_is(party.position, TEXT("retired")) && !party.has_fix);
	party_bring_to(ps, "FIXING");
	CHECK_OK(t->call, party_try(ps, ps->vendor, "close-fixed",
				  VALUES(ps->scene, "fixed", "9.0", "date", "2026-03-01", "evidence", "Notes", "told", "Store")));
	CHECK_ERROR(t->call, party_try(ps, ps->cast.coordinator, "return", VALUES(ps->scene, "reason", "R")), INVALID);
	CHECK_OK(t->call, party_try(ps, ps->cast.coordinator, "resume", VALUES(ps->scene, "reason", "Not in 8.x")));
	party = party_look(ps, ps->vendor);
	CHECK(text_is(party.state, TEXT("FIXING")) && party.facts->open_lines == party.facts->lines && party.facts->lines == 2);
}

TEST_DB(closing__known_needs_a_proof_older_than_the_report_that_no_verifier_sees)
{
	PartyScene *ps = party_scene(t);
	PartyStatements said;
	static const char hash[] = "2cf24dba5fb0a30e26e83b2ac5b9e29e1b161e5c1fa7425e73043362938b9824";
	ps->shown.reported_at = t->call->now - 86400000;
	party_bring_to(ps, "ACKNOWLEDGED");
	const struct {
		const char *since, *kind, *hash, *token;
	} wrong[] = { { "2026-03-04", "file-hash", hash, "" }, { "2020-01-01", "file-hash", "abc", "" },
		{ "2020-01-01", "ledger", "", "E-NONE" }, { "2020-01-01", "timestamp", "", "" } };
	for (size_t i = 0; i < COUNT(wrong); i++)
		CHECK_ERROR(t->call,
			party_try(ps, ps->vendor, "close-known",
				VALUES(ps->scene, "known_since",
					i ? wrong[i].since : arena_string(t->arena, text_slice(clock_iso(t->arena, t->call->now), 0, 10)),
					"proof_kind", wrong[i].kind, "hash", wrong[i].hash, "token", wrong[i].token, "where", "W")),
			INVALID);
	CHECK_OK(t->call, party_try(ps, ps->vendor, "close-known",
				  VALUES(ps->scene, "known_since", "2020-01-01", "proof_kind", "file-hash", "hash", hash, "where", "W")));
	party_do(ps, ps->cast.coordinator, "accept-known");
	Party party = party_look(ps, ps->vendor);
	CHECK(text_is(party.state, TEXT("POSITION_STATED")) && text_is(party.position, TEXT("known")) && party.known_at);
	party.is_vendor = party.is_staff = false; /* as a verifier reads it */
	CHECK_OK(t->call, party_said(t->call, &party, &said));
	for (size_t i = 0; i < said.count; i++) CHECK(strcmp(said.at[i].form->name, "party-close-known") != 0);
}

/* ---- Figures */
TEST_DB(figures__count_what_was_in_time_and_what_was_not)
{
	PartyScene *ps = party_scene(t);
	VendorFigures figures;
	party_bring_to(ps, "DONE");
	party_bring_to(ps, "NOTIFIED");
	party_pass_days(ps, 20); /* this one stays silent */
	scene_as(ps->scene, ps->vendor);
	CHECK_OK(t->call, figures_of(t->call, ps->vendor_org, &figures));
	CHECK(figures.matters == 2 && figures.signed_due == 2 && figures.signed_in_time == 1 && figures.stated_in_time == 1);
	CHECK(figures.silent == 1 && figures.fixed == 1 && figures.median_fix_hours >= 0);
}

TEST_DB(figures__position_is_in_time_within_the_limit_that_runs_from_the_notice)
{
	PartyScene *ps = party_scene(t);
	VendorFigures figures;
	for (int late = 0; late < 2; late++) {
		party_bring_to(ps, "NOTIFIED");
		party_pass_days(ps, 1);
		party_do(ps, ps->vendor, "acknowledge");
		party_pass_days(ps, late ? 20 : 1);
		party_do(ps, ps->vendor, "state");
		scene_as(ps->scene, ps->vendor);
		CHECK_OK(t->call, figures_of(t->call, ps->vendor_org, &figures));
		CHECK(figures.stated_due == late + 1 && figures.stated_in_time == 1 && figures.signed_in_time == late + 1);
	}
}

TEST_DB(figures__of_one_vendor_stand_by_month_and_their_sum_is_the_whole)
{
	PartyScene *ps = party_scene(t);
	VendorDetail detail;
	Organisation organisation;
	party_bring_to(ps, "DONE");
	party_pass_days(ps, 45);
	party_bring_to(ps, "ACKNOWLEDGED");
	CHECK_OK(t->call, party_try(ps, ps->vendor, "close-retired",
				  VALUES(ps->scene, "offline_since", "2025-06-01", "where", "Stores", "evidence", "Record")));
	party_do(ps, ps->cast.coordinator, "accept-retired");
	scene_as(ps->scene, ps->vendor);
	CHECK_OK(t->call, org_find(t->call, ps->vendor_org, &organisation));
	CHECK_OK(t->call, figures_detail(t->call, organisation.ref, &detail));
	CHECK(detail.whole.matters == 2 && detail.months.count == 2 && detail.closed_retired == 1 && !detail.closed_fixed);
	int64_t matters = 0, fixed = 0, standing = 0;
	for (size_t i = 0; i < detail.months.count; i++) {
		matters += detail.months.at[i].figures.matters;
		fixed += detail.months.at[i].figures.fixed;
	}
	for (size_t i = 0; i < detail.standings.count; i++) standing += detail.standings.at[i].matters;
	CHECK(matters == 2 && fixed == detail.whole.fixed && standing == 2);
	scene_as(ps->scene, ps->rival);
	CHECK_ERROR(t->call, figures_detail(t->call, organisation.ref, &detail), NOT_FOUND);
	CHECK_ERROR(t->call, figures_detail(t->call, TEXT("guessed"), &detail), NOT_FOUND);
}

TEST_DB(attack__vendor_a_sees_vendor_b_in_no_figure)
{
	PartyScene *ps = party_scene(t);
	VendorFigures figures;
	VendorFiguresList list;
	party_bring_to(ps, "DONE");
	scene_as(ps->scene, ps->rival);
	CHECK_ERROR(t->call, figures_of(t->call, ps->vendor_org, &figures), NOT_FOUND);
	CHECK_OK(t->call, figures_list(t->call, 0, 50, &list));
	CHECK(list.count == 1 && list.at[0].organisation_id == ps->rival_org && !list.at[0].matters);
	scene_as(ps->scene, ps->colleague); /* a plain member: of another team it would be */
	CHECK_ERROR(t->call, figures_of(t->call, ps->vendor_org, &figures), NOT_FOUND);
	CHECK_OK(t->call, figures_list(t->call, 0, 50, &list));
	CHECK_INT(list.count, 0);
	scene_as(ps->scene, ps->cast.coordinator);
	CHECK_OK(t->call, figures_list(t->call, 0, 50, &list));
	CHECK_INT(list.count, 1);
}
