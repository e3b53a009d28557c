/* A published advisory is changed by two people, and the public record says what, why and by which roles. */
#include "subject/advisory/advisory.h"
#include "subject/casefile/gate_fixture.h"

static Gate published(Test *t)
{
	Gate gate = gate_new(t, "PUBLISHED");
	t->call->now += DAY;
	return gate;
}

static Map *corrected(Gate *gate, const char *description)
{
	return VALUES(gate->scene, "reason", "版本有误。", "title_zh", "示例钱包SQL注入漏洞", "description_zh", description, "vendor",
		"示例公司", "product", "示例钱包", "versions", "< 3.3", "fixed_version", "3.3", "solution_zh", "升级到3.3。");
}

static Advisory record_of(Gate *gate)
{
	Casefile casefile;
	Advisory advisory;
	gate_open_casefile(gate, &casefile);
	CHECK_OK(gate->t->call, advisory_find(gate->t->call, casefile.advisory, &advisory));
	CHECK_OK(gate->t->call, advisory_load_history(gate->t->call, &advisory));
	return advisory;
}

static Error carry_out(Gate *gate, const Actor *actor)
{
	return gate_act(gate, actor, "change-advisory", VALUES(gate->scene, "change_read", "yes"));
}

TEST_DB(proposal__a_correction_is_public_after_a_publisher_has_decided_it_and_not_before)
{
	Gate gate = published(t);
	const Advisory before = record_of(&gate);
	CHECK_OK(t->call, gate_act(&gate, gate.cast.coordinator, "correct", corrected(&gate, "新的描述。")));
	CHECK_INT(record_of(&gate).revisions.count, 1);
	CHECK_OK(t->call, carry_out(&gate, gate.cast.publisher));
	const Advisory after = record_of(&gate);
	CHECK_TEXT(after.content.description[LANG_ZH], "新的描述。");
	CHECK_INT(after.content.published_at, before.content.published_at);
	CHECK_INT(after.content.updated_at, t->call->now);
	CHECK_INT(after.revisions.count, 2);
	CHECK_TEXT(after.revisions.at[0].reason, "版本有误。");
	CHECK_TEXT(after.revisions.at[0].author, "Coordinator, decided by a publisher");
	bool named = false;
	for (size_t i = 0; i < after.revisions.at[0].changes.count; i++) {
		const AdvisoryChange *change = &after.revisions.at[0].changes.at[i];
		named |= !strcmp(change->field, "description.zh") && text_is(change->after, TEXT("新的描述。"));
	}
	CHECK(named);
	CHECK_ERROR(t->call, carry_out(&gate, gate.cast.publisher), INVALID); /* nothing waits any more */
}

TEST_DB(proposal__who_proposed_it_does_not_decide_it)
{
	Gate gate = published(t);
	Actor both = *gate.cast.coordinator;
	both.roles |= ROLE_PUBLISHER;
	CHECK_OK(t->call, gate_act(&gate, &both, "correct", corrected(&gate, "新的描述。")));
	CHECK_ERROR(t->call, carry_out(&gate, &both), FORBIDDEN);
	CHECK_ERROR(t->call, gate_act(&gate, &both, "refuse-change", VALUES(gate.scene, "reason", "R")), FORBIDDEN);
	CHECK_INT(record_of(&gate).revisions.count, 1);
}

TEST_DB(proposal__one_waits_at_a_time_and_a_refused_one_changes_nothing)
{
	Gate gate = published(t);
	CHECK_OK(t->call, gate_act(&gate, gate.cast.coordinator, "correct", corrected(&gate, "新的描述。")));
	CHECK_ERROR(t->call, gate_act(&gate, gate.cast.coordinator, "withdraw-advisory", VALUES(gate.scene, "reason", "R")), INVALID);
	CHECK_OK(t->call, gate_act(&gate, gate.cast.publisher, "refuse-change", VALUES(gate.scene, "reason", "It was right.")));
	CHECK_INT(record_of(&gate).revisions.count, 1);
	CHECK_OK(t->call, gate_act(&gate, gate.cast.coordinator, "withdraw-advisory", VALUES(gate.scene, "reason", "R")));
}

TEST_DB(proposal__what_may_not_be_public_is_refused_in_text_and_reason)
{
	Gate gate = published(t);
	CHECK_ERROR(t->call, gate_act(&gate, gate.cast.coordinator, "correct", corrected(&gate, "curl http://x")), INVALID);
	CHECK_ERROR(t->call, gate_act(&gate, gate.cast.coordinator, "withdraw-advisory", VALUES(gate.scene, "reason", "see exploit.py")),
		INVALID);
	CHECK_OK(t->call, gate_act(&gate, gate.cast.coordinator, "withdraw-advisory", VALUES(gate.scene, "reason", "A mistake.")));
}

TEST_DB(proposal__a_withdrawn_record_stays_with_reason_and_is_changed_no_more)
{
	Gate gate = published(t);
	Map *unknown = VALUES(gate.scene, "reason", "A mistake.", "successor", "CVE-2099-0001");
	CHECK_ERROR(t->call, gate_act(&gate, gate.cast.coordinator, "withdraw-advisory", unknown), INVALID);
	CHECK_OK(t->call, gate_act(&gate, gate.cast.coordinator, "withdraw-advisory", VALUES(gate.scene, "reason", "A mistake.")));
	CHECK(!record_of(&gate).withdrawn);
	CHECK_OK(t->call, carry_out(&gate, gate.cast.publisher));
	const Advisory after = record_of(&gate);
	CHECK(after.withdrawn);
	CHECK_TEXT(after.content.withdrawal_reason, "A mistake.");
	CHECK_TEXT(text_from(after.revisions.at[0].changes.at[0].field), "withdrawal_reason");
	CHECK_ERROR(t->call, gate_act(&gate, gate.cast.coordinator, "correct", corrected(&gate, "新的描述。")), INVALID);
}
