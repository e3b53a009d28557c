/* The decision of a panel as a file: whose it is and from when, what it says, that it is signed, and that it is made once. */
#include "base/crypto/crypto.h"
#include "base/crypto/stamp.h"
#include "face/doc/pdf_sign.h"
#include "face/doc/tool.h"
#include "store/ledger/ledger.h"
#include "subject/dispute/dispute_scene.h"

#include <stdlib.h>

static Stamp *stamp;
static void close_stamp(void) { stamp_free(&stamp); }

static void open_stamp(Test *t)
{
	Text pem;
	CHECK_OK(t->call, stamp_new(t->call, STAMP_INTERNATIONAL, TEXT("漏洞库"), t->call->now, &pem));
	CHECK_OK(t->call, stamp_parse(t->call, pem, &stamp));
	t->house->stamp = stamp;
	atexit(close_stamp);
}

static void decide(World *world)
{
	const Actor *seats[SITTERS];
	size_t count = world_seated(world, seats);
	CHECK_INT(count, 3);
	world_sign_all(world, seats, count);
	for (size_t i = 0; i < count; i++)
		CHECK_OK(world->t->call, world_act(world, seats[i], "vote", VOTE(world, i ? "set-aside" : "upheld")));
}

static World decided(Test *t)
{
	World world = world_open(t);
	world_to_panel(&world);
	decide(&world);
	return world;
}

static void into_tree(Test *t)
{
	int64_t count = 0;
	call_recover(t->call);
	CHECK_OK(t->call, ledger_sequence(t->call, &count));
}

static Error fetch(World *world, const Actor *actor, Text *out)
{
	Text name;
	Dispute dispute = world_seen(world, actor);
	return dispute_file(world->t->call, &dispute, &name, out);
}

TEST_DB(dispute_file__is_there_when_the_panel_has_decided_and_the_tree_has_it)
{
	World world = world_open(t);
	Text bytes;
	world_to_panel(&world);
	CHECK_ERROR(t->call, fetch(&world, world.cast.reporter, &bytes), NOT_FOUND);
	decide(&world);
	CHECK_ERROR(t->call, fetch(&world, world.cast.reporter, &bytes), CONFLICT); /* no key for documents */
	open_stamp(t);
	CHECK_ERROR(t->call, fetch(&world, world.cast.reporter, &bytes), BUSY);
	into_tree(t);
	CHECK_OK(t->call, fetch(&world, world.cast.reporter, &bytes));
}

TEST_DB(dispute_file__says_the_decision_in_both_languages_is_signed_and_carries_its_proof)
{
	World world = decided(t);
	Text bytes;
	open_stamp(t);
	into_tree(t);
	CHECK_OK(t->call, fetch(&world, world.cast.reporter, &bytes));
	Text words = tool_run(t, "a.pdf", bytes, "pdftotext -layout a.pdf -");
	static const char *const wanted[] = { "专家裁定书", "Written decision of the panel of experts", "SECRETREASON", "撤销原决定",
		"The decision does not stand", "席位 1", "Seat 1" };
	for (size_t i = 0; i < COUNT(wanted); i++)
		if (!tool_says(words, wanted[i])) test_fail(__FILE__, __LINE__, "not in the decision: %s", wanted[i]);
	CHECK(tool_says(words, arena_string(t->arena, world.dispute)));
	CHECK(tool_says(words, arena_string(t->arena, world.report)));
	static const char *const hidden[] = { "ines", "ivan", "iris", "igor", "ilse", "The parameter is another one.", "EARLIERTITLE" };
	for (size_t i = 0; i < COUNT(hidden); i++)
		if (tool_says(words, hidden[i])) test_fail(__FILE__, __LINE__, "in the decision: %s", hidden[i]);
	CHECK(tool_says(tool_run(t, "a.pdf", bytes, "pdfsig -nocert a.pdf"), "Signature is Valid"));
	CHECK(tool_says(tool_run(t, "a.pdf", bytes, "qpdf --check a.pdf"), "No syntax or stream encoding errors found"));
	CHECK(tool_says(tool_run(t, "a.pdf", bytes, "pdffonts a.pdf"), "NotoSerifCJK"));
	Text changed = arena_copy(t->arena, bytes);
	((char *)(uintptr_t)changed.at)[bytes.length / 3] ^= 1;
	CHECK(!tool_says(tool_run(t, "a.pdf", changed, "pdfsig -nocert a.pdf 2>&1 || true"), "Signature is Valid"));
	PdfSigned document;
	Receipt receipt;
	const char *why;
	CHECK(pdf_verify(t->arena, bytes, &document));
	CHECK(receipt_verify(t->arena, document.file, signer_public(t->house->signer), 1, &receipt, &why) && receipt.proven);
	CHECK(text_is(receipt.entry.ref, world.dispute) && text_is(receipt.entry.action, TEXT("decide")));
}

TEST_DB(dispute_file__is_made_once_and_is_the_same_for_everybody_who_reads_the_dispute_and_nobody_elses)
{
	World world = decided(t);
	Text one, other;
	Events events;
	open_stamp(t);
	into_tree(t);
	CHECK_OK(t->call, fetch(&world, world.cast.reporter, &one));
	scene_later(world.scene, 3600000);
	CHECK_OK(t->call, fetch(&world, world.third, &other));
	CHECK(text_is(one, other));
	CHECK_OK(t->call, ledger_events_of_action(t->call, "dispute", world.dispute, "decision-file", 0, 10, &events));
	CHECK_INT(events.count, 1);
	Digest digest = sha256(one);
	CHECK(text_is(events.at[0].detail, hex_text(t->arena, DIGEST_TEXT(digest))));
	for (size_t i = 0; i < SITTERS; i++) CHECK(world_is_hidden(&world, world.experts[i])); /* a seat reads nothing after the end */
	CHECK(world_is_hidden(&world, world.cast.publisher));
	CHECK(world_is_hidden(&world, &actor_visitor));
}
