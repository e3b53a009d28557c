#include "app/worker.h"

#include "app/background.h"
#include "app/control.h"
#include "app/serve.h"
#include "store/db/db.h"

Error worker_command(Call *call, const CommandOptions *common, int argc, char **argv, FILE *out, FILE *talk)
{
	(void)out;
	if (argc) return usage_error(call, talk, "worker does not know %s", argv[0]);
	scoped(house_close) OpenHouse *open = NULL;
	HouseOptions house = { .data = common->data, .database = common->database, .key_file = common->key_file };
	TRY(house_open(call, &house, &open));
	call->house = &open->house;
	scoped(background_stop) Background *background = NULL;
	scoped(control_stop) Control *control = NULL;
	serve_block_signals();
	TRY(control_start(call, &open->house, &control));
	TRY(background_start(call, &open->house, &background));
	fprintf(talk, "cappvd works for %s\n", open->folder.path);
	fflush(talk);
	serve_wait_for_signal();
	return OK;
}

Error migrate_command(Call *call, const CommandOptions *common, int argc, char **argv, FILE *out, FILE *talk)
{
	int version, program_version;
	if (argc) return usage_error(call, talk, "migrate does not know %s", argv[0]);
	scoped(house_close) OpenHouse *open = NULL;
	HouseOptions house = { .data = common->data, .database = common->database, .key_file = common->key_file };
	TRY(house_open(call, &house, &open)); /* brings the schema up to date */
	call->house = &open->house;
	call->db = open->house.db;
	TRY(db_schema_version(call, &version, &program_version));
	fprintf(out, "schema %d of %d\n", version, program_version);
	return OK;
}
