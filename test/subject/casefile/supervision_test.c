/* The authority sees what was escalated to it and only that, instructs with a deadline, and closes what was answered. */
#include "store/db/db.h"
#include "subject/casefile/gate_fixture.h"

static const Actor authority = { .person_id = 900001, .roles = ROLE_REPORTER | ROLE_AUTHORITY, .second_factor = true };

static Error open_as(Gate *gate, const Actor *actor)
{
	Casefile casefile;
	call_recover(gate->t->call);
	scene_as(gate->scene, actor);
	return casefile_open(gate->t->call, gate->cast.casefile, &casefile);
}

static size_t listed(Gate *gate)
{
	Casefiles casefiles;
	call_recover(gate->t->call);
	scene_as(gate->scene, &authority);
	CHECK_OK(gate->t->call, casefile_escalated(gate->t->call, 0, 50, &casefiles));
	return casefiles.count;
}

static Error instruct(Gate *gate)
{
	return gate_act(gate, &authority, "instruct", VALUES(gate->scene, "instruction", "Ask the vendor again.", "days", "2"));
}

static void escalate(Gate *gate)
{
	CHECK_OK(gate->t->call, gate_act(gate, gate->cast.coordinator, "escalate", VALUES(gate->scene, "reason", "No answer.")));
}

static Instruction newest(Gate *gate)
{
	Casefile casefile;
	Instructions instructions;
	gate_open_casefile(gate, &casefile);
	CHECK_OK(gate->t->call, casefile_instructions(gate->t->call, &casefile, &instructions));
	CHECK(instructions.count > 0);
	return instructions.at[0];
}

TEST_DB(supervision__authority_sees_what_was_escalated_and_nothing_else)
{
	Gate gate = gate_new(t, "COORDINATING");
	Casefile casefile;
	Reports reports;
	CHECK_ERROR(t->call, open_as(&gate, &authority), NOT_FOUND);
	CHECK_ERROR(t->call, instruct(&gate), NOT_FOUND);
	CHECK_INT(listed(&gate), 0);
	escalate(&gate);
	CHECK_INT(listed(&gate), 1);
	scene_as(gate.scene, &authority);
	CHECK_OK(t->call, casefile_open(t->call, gate.cast.casefile, &casefile));
	CHECK_OK(t->call, casefile_reports(t->call, &casefile, &reports));
	CHECK_INT(reports.count, 0); /* the content stays with those who work on it */
	Actor weak = authority;
	weak.second_factor = false;
	CHECK_ERROR(t->call, open_as(&gate, &weak), NOT_FOUND);
	CHECK_ERROR(t->call, gate_act(&gate, gate.cast.coordinator, "escalate", VALUES(gate.scene, "reason", "Again.")), INVALID);
}

TEST_DB(supervision__an_instruction_is_answered_by_a_coordinator_and_closed_by_the_authority)
{
	Gate gate = gate_new(t, "COORDINATING");
	Map *answer = VALUES(gate.scene, "answer", "The vendor has answered."), *reason = VALUES(gate.scene, "reason", "Done.");
	escalate(&gate);
	CHECK_ERROR(t->call, gate_act(&gate, gate.cast.coordinator, "answer-instruction", answer), INVALID);
	CHECK_OK(t->call, instruct(&gate));
	CHECK_ERROR(t->call, instruct(&gate), INVALID); /* one is open at a time */
	CHECK_ERROR(t->call, gate_act(&gate, gate.cast.coordinator, "close-instruction", reason), FORBIDDEN);
	CHECK_ERROR(t->call, gate_act(&gate, &authority, "answer-instruction", answer), FORBIDDEN);
	CHECK_OK(t->call, gate_act(&gate, gate.cast.coordinator, "answer-instruction", answer));
	CHECK_OK(t->call, gate_act(&gate, &authority, "close-instruction", reason));
	const Instruction instruction = newest(&gate);
	CHECK_TEXT(instruction.text, "Ask the vendor again.");
	CHECK_TEXT(instruction.answer, "The vendor has answered.");
	CHECK_TEXT(instruction.closing, "Done.");
	CHECK(instruction.closed_at > 0);
	CHECK_OK(t->call, instruct(&gate));
}

TEST_DB(supervision__an_instruction_without_answer_is_told_of_once_when_its_time_is_over)
{
	Gate gate = gate_new(t, "COORDINATING");
	int64_t told = 0;
	escalate(&gate);
	CHECK_OK(t->call, instruct(&gate));
	const Instruction instruction = newest(&gate);
	CHECK(instruction.due_at > t->call->now + DAY && !instruction.is_overdue);
	CHECK_OK(t->call, casefile_instructions_due(t->call, 10, &told));
	CHECK_INT(told, 0);
	t->call->now = instruction.due_at + 1;
	CHECK_OK(t->call, casefile_instructions_due(t->call, 10, &told));
	CHECK_INT(told, 1);
	CHECK(newest(&gate).is_overdue);
	CHECK_OK(t->call, casefile_instructions_due(t->call, 10, &told));
	CHECK_INT(told, 0);
}
