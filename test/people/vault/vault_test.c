/* Identity papers: a key each, purpose and record at every opening, two people after the decision, nothing left after deletion. */
#include "people/vault/vault.h"

#include "people/org/org.h"
#include "people/people_fixture.h"
#include "store/blob/blob.h"
#include "store/ledger/ledger.h"
#include "store/seal/seal.h"

#include <fcntl.h>
#include <unistd.h>

static const OrgRegistration company = { .name = TEXT_INIT("深圳市示例科技有限公司"),
	.name_en = TEXT_INIT("Example Technology"),
	.credit_code = TEXT_INIT("9144 0300 7152 6726 xg"),
	.wants = TEXT_INIT("vendor"),
	.domicile = TEXT_INIT("CN"),
	.contact = TEXT_INIT("Front desk") };

static void add_paper(Test *t, const char *kind)
{
	Text content = arena_printf(t->arena, "CanaryVault %s", kind);
	const char *path = arena_printf(t->arena, "%s/upload-%s", t->directory, kind).at;
	int file = open(path, O_RDWR | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
	CHECK(write(file, content.at, content.length) == (ssize_t)content.length && lseek(file, 0, SEEK_SET) == 0);
	CHECK_OK(t->call, org_paper_add(t->call, text_from(kind), TEXT("CanaryName.pdf"), file, (int64_t)content.length));
	close(file);
	CHECK(unlink(path) == 0);
}

typedef struct World {
	int64_t admin, first, second;
	Organisation organisation;
	VaultPapers papers;
} World;

/* An organisation that waits for verification, and two who verify; the first of them acts. */
static World waiting(Test *t)
{
	World world = { 0 };
	Text ref;
	people_open(t);
	world.admin = people_staff(t, "admin@b.cn", 0);
	CHECK_OK(t->call, org_register(t->call, &company, &ref));
	add_paper(t, "licence");
	add_paper(t, "authorisation");
	CHECK_OK(t->call, org_verification_ask(t->call));
	CHECK_OK(t->call, org_find_ref(t->call, ref, &world.organisation));
	world.second = people_staff(t, "second@b.cn", ROLE_COORDINATOR);
	world.first = people_staff(t, "first@b.cn", ROLE_COORDINATOR);
	CHECK_OK(t->call, vault_papers(t->call, (VaultOwner) { "organisation", world.organisation.id }, &world.papers));
	CHECK_INT(world.papers.count, 2);
	return world;
}

static World decided(Test *t)
{
	World world = waiting(t);
	CHECK_OK(t->call, org_verification_decide(t->call, world.organisation.ref, true, TEXT("")));
	return world;
}

static Text content_of(Test *t, const VaultPaper *paper)
{
	Text content;
	CHECK_OK(t->call, blob_load(t->call, paper->blob, 1000, &content));
	return content;
}

TEST_DB(vault__opens_for_a_stated_purpose_only_and_shows_the_opening_to_whom_it_is_about)
{
	World world = waiting(t);
	VaultPaper paper;
	VaultOpenings openings;
	CHECK_ERROR(t->call, vault_open(t->call, world.papers.at[0].ref, TEXT(""), &paper), INVALID);
	CHECK_ERROR(t->call, vault_open(t->call, world.papers.at[0].ref, TEXT("curiosity"), &paper), INVALID);
	CHECK_OK(t->call, vault_open(t->call, world.papers.at[0].ref, TEXT("verify"), &paper));
	CHECK_TEXT(content_of(t, &paper), "CanaryVault licence");
	people_enter(t, world.admin);
	CHECK_OK(t->call, org_openings(t->call, &world.organisation, &openings));
	CHECK_INT(openings.count, 1);
	CHECK(openings.at[0].person_id == world.first && text_is(openings.at[0].purpose, TEXT("verify")) && openings.at[0].opened_at > 0);
	Events events;
	CHECK_OK(t->call, ledger_events_of_subject(t->call, "vault", paper.ref, 0, 10, &events));
	CHECK(events.count == 2 && text_is(events.at[0].action, TEXT("open")) && events.at[0].actor == world.first);
}

TEST_DB(vault__attack_opened_by_system_administrators_and_others)
{
	static const uint32_t others[] = { ROLE_SYSTEM_ADMIN, ROLE_SECURITY_ADMIN, ROLE_AUDIT_ADMIN, ROLE_VERIFIER, ROLE_PUBLISHER,
		ROLE_SECRETARY, 0 };
	World world = waiting(t);
	VaultPaper paper;
	for (size_t i = 0; i < COUNT(others); i++) {
		people_staff(t, arena_printf(t->arena, "other%zu@b.cn", i).at, others[i]);
		CHECK_ERROR(t->call, vault_look(t->call, world.papers.at[0].ref, &paper), NOT_FOUND);
		CHECK_ERROR(t->call, vault_open(t->call, world.papers.at[0].ref, TEXT("verify"), &paper), NOT_FOUND);
		CHECK_ERROR(t->call, vault_ask(t->call, world.papers.at[0].ref, TEXT("verify"), TEXT("I want to")), NOT_FOUND);
	}
	people_as_visitor(t);
	CHECK_ERROR(t->call, vault_open(t->call, world.papers.at[0].ref, TEXT("verify"), &paper), NOT_FOUND);
}

TEST_DB(vault__takes_a_second_person_once_verification_is_decided)
{
	World world = decided(t);
	VaultPaper paper;
	VaultOpenings waiting;
	Text ref = world.papers.at[0].ref;
	CHECK_ERROR(t->call, vault_open(t->call, ref, TEXT("authority"), &paper), CONFLICT);
	CHECK_ERROR(t->call, vault_ask(t->call, ref, TEXT("authority"), TEXT(" ")), INVALID);
	CHECK_OK(t->call, vault_ask(t->call, ref, TEXT("authority"), TEXT("Letter 12 of the court")));
	CHECK_ERROR(t->call, vault_ask(t->call, ref, TEXT("authority"), TEXT("Letter 12 of the court")), CONFLICT);
	CHECK_ERROR(t->call, vault_open(t->call, ref, TEXT("authority"), &paper), CONFLICT);
	CHECK_OK(t->call, vault_waiting(t->call, &waiting));
	CHECK_INT(waiting.count, 1);
	CHECK_TEXT(waiting.at[0].reason, "Letter 12 of the court");
	CHECK_ERROR(t->call, vault_decide(t->call, waiting.at[0].ref, true), FORBIDDEN); /* nobody for themselves */
	people_enter(t, world.second);
	CHECK_OK(t->call, vault_decide(t->call, waiting.at[0].ref, true));
	CHECK_ERROR(t->call, vault_decide(t->call, waiting.at[0].ref, false), CONFLICT);
	CHECK_ERROR(t->call, vault_open(t->call, ref, TEXT("authority"), &paper), CONFLICT); /* granted to the one who asked */
	people_enter(t, world.first);
	CHECK_OK(t->call, vault_open(t->call, ref, TEXT("authority"), &paper));
	CHECK_TEXT(content_of(t, &paper), "CanaryVault licence");
	CHECK_ERROR(t->call, vault_open(t->call, ref, TEXT("authority"), &paper), CONFLICT); /* once */
}

TEST_DB(vault__attack_a_grant_is_used_after_a_day_or_without_the_office)
{
	World world = decided(t);
	VaultPaper paper;
	VaultOpenings waiting;
	RoleGrants grants;
	Text ref = world.papers.at[0].ref;
	CHECK_OK(t->call, vault_ask(t->call, ref, TEXT("dispute"), TEXT("Who is it")));
	CHECK_OK(t->call, vault_waiting(t->call, &waiting));
	people_enter(t, world.second);
	CHECK_OK(t->call, vault_decide(t->call, waiting.at[0].ref, true));
	people_pass(t, 25 * 3600);
	people_enter(t, world.first);
	CHECK_ERROR(t->call, vault_open(t->call, ref, TEXT("dispute"), &paper), CONFLICT);
	CHECK_OK(t->call, vault_ask(t->call, ref, TEXT("dispute"), TEXT("Who is it")));
	CHECK_OK(t->call, vault_waiting(t->call, &waiting));
	people_enter(t, world.second);
	CHECK_OK(t->call, vault_decide(t->call, waiting.at[0].ref, true));
	people_as_system(t);
	CHECK_OK(t->call, role_history(t->call, world.first, &grants));
	CHECK_OK(t->call, role_end(t->call, grants.at[0].ref)); /* no verifier any more */
	people_enter(t, world.first);
	CHECK_ERROR(t->call, vault_open(t->call, ref, TEXT("dispute"), &paper), NOT_FOUND);
}

static Error delete_it(Call *call, void *ref) { return vault_delete(call, *(const Text *)ref); }

static bool disk_holds(Test *t, const char *words)
{
	static const char *const files[] = { "cappvd.db", "cappvd.db-wal" };
	for (size_t i = 0; i < COUNT(files); i++) {
		Text bytes = test_read_file(t->arena, arena_printf(t->arena, "%s/%s", t->directory, files[i]).at);
		if (bytes.at && text_find(bytes, text_from(words), NULL)) return true;
	}
	return false;
}

TEST_DB(vault__deleted_leaves_the_digest_and_nothing_opens_it)
{
	World world = decided(t);
	VaultPaper paper, before = world.papers.at[0];
	Text ref = before.ref, content;
	Keeps keeps;
	KeptPage page = { .before = t->call->now + 1, .max = 10 };
	CHECK_INT(before.digest.length, 64);
	CHECK_OK(t->call, vault_kept(t->call, &page, &keeps));
	CHECK_INT(keeps.count, 2);
	CHECK_OK(t->call, db_transact(t->call, delete_it, &ref));
	CHECK_OK(t->call, db_transact(t->call, delete_it, &ref)); /* again is the same */
	CHECK_OK(t->call, vault_find(t->call, ref, &paper));
	CHECK(paper.deleted_at > 0 && text_is(paper.digest, before.digest) && !paper.blob && !paper.name.length);
	CHECK_ERROR(t->call, vault_look(t->call, ref, &paper), NOT_FOUND);
	CHECK_ERROR(t->call, vault_own(t->call, ref, &paper), NOT_FOUND);
	CHECK(blob_load(t->call, before.blob, 1000, &content) != OK);
	call_recover(t->call);
	CHECK_OK(t->call, vault_kept(t->call, &page, &keeps));
	CHECK_INT(keeps.count, 1);
	if (t->database == TEST_SQLITE) CHECK(!disk_holds(t, "CanaryVault") && !disk_holds(t, "CanaryName"));
}

TEST_DB(vault__identity_numbers_are_sealed_apart_from_the_account_and_replaced_when_sent_again)
{
	VaultPapers papers;
	VaultPaper paper;
	people_open(t);
	int64_t person = people_register(t, "reporter@b.cn");
	people_enter(t, person);
	VaultOwner owner = { "person", person };
	Person account;
	CHECK_OK(t->call, person_verification_ask(t->call, TEXT("林一帆"), TEXT("13800138000"), TEXT("11010519491231002X")));
	CHECK_OK(t->call, person_find(t->call, person, &account));
	people_staff(t, "coordinator@b.cn", ROLE_COORDINATOR);
	CHECK_OK(t->call, person_verification_decide(t->call, account.ref, false, TEXT("Unclear")));
	people_enter(t, person);
	CHECK_OK(t->call, person_verification_ask(t->call, TEXT("林一帆"), TEXT("13800138000"), TEXT("110105194912310038")));
	CHECK_OK(t->call, vault_papers(t->call, owner, &papers));
	CHECK(papers.count == 2 && papers.at[0].deleted_at && !papers.at[1].deleted_at && !papers.at[1].decided_at);
	CHECK_ERROR(t->call, vault_look(t->call, papers.at[1].ref, &paper), NOT_FOUND); /* the own one is no business of a verifier */
	people_staff(t, "another@b.cn", ROLE_COORDINATOR);
	CHECK_OK(t->call, vault_open(t->call, papers.at[1].ref, TEXT("verify"), &paper));
	CHECK_TEXT(paper.text, "110105194912310038");
	CHECK(!text_find(paper.digest, TEXT("1101"), NULL) && paper.digest.length == 64);
	if (t->database == TEST_SQLITE) CHECK(!disk_holds(t, "110105194912310038"));
}
