#include "subject/batch/batch_fixture.h"

#include "base/sandbox/inspect.h"
#include "face/doc/zip.h"

#include <unistd.h>

Text batch_csv(Arena *arena, const BatchLineGiven *lines, size_t count)
{
	Buffer out = { .arena = arena };
	buffer_put(&out, TEXT("kind,owner,original,disclosed,part,product,versions,class,title,description,steps,impact,credit,files\r\n"));
	for (size_t i = 0; i < count; i++)
		buffer_printf(&out,
			"%s,others,original,no,android,示例钱包,< 3.2,sql-injection,%s,\"The export, \"\"interface\"\" %zu\r\njoins "
			"text.\",\"1. Open it\",Everything can be read.,handle,%s\r\n",
			lines[i].kind ? lines[i].kind : "generic", lines[i].title, i, lines[i].files ? lines[i].files : "");
	return buffer_text(&out);
}

Text batch_zip(Test *t, const BatchPart *parts, size_t count)
{
	ZipEntry *entries = arena_array_of(t->arena, ZipEntry, count);
	Text archive;
	for (size_t i = 0; i < count; i++) entries[i] = (ZipEntry) { text_from(parts[i].name), parts[i].content };
	CHECK_OK(t->call, zip_pack(t->call, entries, count, t->call->now, &archive));
	return archive;
}

Scene *batch_scene(Test *t)
{
	const SandboxWork works[] = {
		[SANDBOX_INSPECT] = inspect_work, [SANDBOX_BATCH] = batch_read_work, [SANDBOX_UNPACK] = batch_unpack_work
	};
	CHECK_OK(t->call, sandbox_start(t->call, works, COUNT(works), &t->house->sandbox));
	return scene_new(t);
}

Error batch_try(Scene *scene, const char *name, Text bytes, const char *key, Text *out_ref, bool *out_repeated)
{
	int file = -1;
	CHECK_OK(scene->call, sandbox_file(scene->call, &file));
	CHECK(write(file, bytes.at, bytes.length) == (ssize_t)bytes.length && lseek(file, 0, SEEK_SET) == 0);
	BatchNew new = { .file = { text_from(name), file, (int64_t)bytes.length }, .key = text_from(key), .is_confirmed = true };
	Error error = batch_new(scene->call, &new, out_ref, out_repeated);
	close(file);
	return error;
}

Text batch_begin(Scene *scene, const char *name, Text bytes)
{
	Text ref;
	bool repeated;
	CHECK_OK(scene->call, batch_try(scene, name, bytes, "", &ref, &repeated));
	return ref;
}

Batch batch_now(Scene *scene, Text ref)
{
	Batch batch;
	CHECK_OK(scene->call, batch_open(scene->call, ref, &batch));
	return batch;
}

void batch_run_jobs(Scene *scene)
{
	static const JobKind *const kinds[] = { &batch_read_job, &batch_send_job, &batch_clean_job };
	const Actor *before = scene->call->actor;
	bool ran = true;
	scene->call->actor = &actor_system;
	while (ran) CHECK_OK(scene->call, job_run_one(scene->call, kinds, COUNT(kinds), &ran));
	scene->call->actor = before;
}
