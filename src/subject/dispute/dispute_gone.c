/* What a dispute is about was wiped, or is kept no longer: the dispute ends with it, its clock first of all, and nothing of what was written stays. */
#include "store/blob/blob.h"
#include "subject/dispute/dispute_private.h"

/* Nothing is told of it: not that there was a dispute, to nobody. */
static Error end(Call *call, int64_t id)
{
	Dispute dispute;
	Matter matter;
	TRY(dispute_read(call, id, &dispute));
	dispute_matter(&dispute, &matter);
	matter.seal_key = 0; /* the key is going to be destroyed; that it ended must outlive it */
	return workflow_apply(call, &dispute_machine, &matter, &(Act) { .action = TEXT("end"), .input = map_new(call->arena) });
}

static Error empty(Call *call, int64_t id)
{
	Attachments files;
	DisputeFileRow file;
	bool found = false;
	TRY(attachment_list(call, dispute_machine.name, id, &files));
	for (size_t i = 0; i < files.count; i++) TRY(attachment_remove(call, &files.at[i]));
	TRY(dispute_file_find(call, id, &file, &found));
	TRY(dispute_file_delete(call, id));
	if (found) TRY(blob_remove(call, file.blob_id));
	TRY(dispute_empty(call, id));
	return dispute_seat_empty(call, id);
}

static Error end_all(Call *call, int64_t seal_key)
{
	Numbers running, all;
	TRY(dispute_open_of_key(call, seal_key, &running));
	for (size_t i = 0; i < running.count; i++) TRY(end(call, running.at[i]));
	TRY(dispute_all_of_key(call, seal_key, &all));
	for (size_t i = 0; i < all.count; i++) TRY(empty(call, all.at[i]));
	return OK;
}

Error dispute_matter_gone(Call *call, int64_t seal_key)
{
	const Actor *actor = call->actor;
	call->actor = &actor_system;
	Error error = end_all(call, seal_key);
	call->actor = actor;
	return error;
}
