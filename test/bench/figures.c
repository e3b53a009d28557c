/* Pages of figures and the closing of a day, in a library of three years with 100,000 matters and 350,000 records. In process, without cache. */
#include "subject/figure/figure.h"

#include "app/house.h"
#include "app/wiring.h"
#include "base/base/clock.h"
#include "bench/bench.h"

enum { MATTERS = 100000, RECORDS = 350000, DAYS = 1095, ROUNDS = 60, WARMING = 5, CACHE_KIB = 65536 };
#define DAY_MS INT64_C(86400000)

static Actor coordinator = {
	.person_id = 1, .session_id = 1, .roles = ROLE_REPORTER | ROLE_COORDINATOR, .second_factor = true, .scopes = ~0U
};

static Error become_coordinator(Request *request)
{
	request->call->actor = &coordinator;
	request->csrf_token = TEXT("bench");
	return OK;
}

static Error make_empty(Call *call, const char *data)
{
	HouseOptions options = { .data = data, .create = true, .demo = true };
	scoped(house_close) struct OpenHouse *house = NULL;
	return house_open(call, &options, &house);
}

/* Numbers i from 0; each matter's begin is t. */
#define EACH(count) \
	"WITH RECURSIVE n(i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM n WHERE i + 1 < " count \
	"), m AS (SELECT i, %lld + i * %lld AS t FROM n) "
static const char *const fills[] = {
	EACH("100000") "INSERT INTO report (id, ref, state, revision, kind, class, is_own, is_original, is_disclosed, claim, "
		       "content_digest, form_version, "
		       "seal_key, received_at, updated_at) SELECT i + 1, 'R-' || i, 'ATTACHED', 1, CASE WHEN i % 5 THEN 'generic' ELSE "
		       "'incident' END, "
		       "'other', 0, 1, 0, 'C-' || i, 'D-' || i, 1, 2, t, t FROM m",
	EACH("100000") "INSERT INTO casefile (id, ref, state, revision, is_incident, class, level, coordinator_id, is_refuted, "
		       "has_mitigation, "
		       "has_public_text, seal_key, opened_at, updated_at) SELECT i + 1, 'K-' || i, 'CLOSED', 1, i % 5 = 0, CASE i % 4 WHEN "
		       "0 THEN "
		       "'sql-injection' WHEN 1 THEN 'access-control' WHEN 2 THEN 'authorization' ELSE 'other' END, CASE i % 4 WHEN 0 THEN "
		       "'critical' WHEN 1 THEN "
		       "'high' WHEN 2 THEN 'medium' ELSE 'low' END, 0, 0, 0, 0, 2, t, t FROM m",
	EACH("100000") "INSERT INTO party (id, ref, casefile_id, origin_id, state, revision, step, step_at, is_own_report, is_service, "
		       "is_own_provider, "
		       "has_fix, duty_told, seal_key, created_at, updated_at) SELECT i + 1, 'P-' || i, i + 1, i + 1, 'DONE', 1, 'vendor', "
		       "t, 0, 0, 1, 0, 0, 2, t, "
		       "t FROM m",
	EACH("100000") "INSERT INTO clock (machine, subject_id, name, rule, limit_days, started_at, pauses, ended_at, due_at, provisional) "
		       "SELECT 'report', "
		       "i + 1, 'formal-review', 'r', 2, t, '', t + (i % 90) * 3600000, t + 172800000, 0 FROM m",
	EACH("100000") "INSERT INTO clock (machine, subject_id, name, rule, limit_days, started_at, pauses, ended_at, due_at, provisional) "
		       "SELECT 'casefile', "
		       "i + 1, 'verification', 'r', 5, t, '', t + (i % 200) * 3600000, t + 432000000, 0 FROM m",
	EACH("100000") "INSERT INTO clock (machine, subject_id, name, rule, limit_days, started_at, pauses, ended_at, due_at, provisional) "
		       "SELECT 'casefile', "
		       "i + 1, 'fixing', 'r', 60, t, '', CASE WHEN i % 50 THEN t + (i % 60) * 86400000 END, t + 5184000000, 0 FROM m",
	EACH("100000") "INSERT INTO ledger_event (code, at, kind, ref, action, actor, matter, detail) SELECT 'a' || i, t, 'report', 'R-' "
		       "|| i, 'send', 0, 2, "
		       "zeroblob(40) FROM m",
	EACH("100000") "INSERT INTO ledger_event (code, at, kind, ref, action, actor, matter, detail) SELECT 'b' || i, t + 7200000, "
		       "'report', 'R-' || i, "
		       "'attach', 0, 2, zeroblob(40) FROM m",
	EACH("100000") "INSERT INTO ledger_event (code, at, kind, ref, action, actor, matter, detail) SELECT 'c' || i, t + 86400000, "
		       "'casefile', 'K-' || i, "
		       "'accept', 0, 2, zeroblob(40) FROM m",
	EACH("100000") "INSERT INTO ledger_event (code, at, kind, ref, action, actor, matter, detail) SELECT 'd' || i, t + 90000000, "
		       "'party', 'P-' || i, "
		       "'notify', 0, 2, zeroblob(40) FROM m",
	EACH("350000") "INSERT INTO advisory (position, identifier, withdrawn, level, published_at, updated_at, title_zh, title_en, "
		       "document) SELECT i + 1, "
		       "'CVE-' || i, 0, 'high', t, t, 'x', 'x', '{}' FROM m",
};

static void fill(Call *call, const char *path)
{
	sqlite3 *handle = bare_open(path, CACHE_KIB, true);
	long long begin = call->now - DAYS * DAY_MS;
	for (size_t i = 0; i < COUNT(fills); i++) {
		Text rest = text_from(fills[i]), head;
		size_t at;
		bool is_record = i + 1 == COUNT(fills);
		must(text_find(rest, TEXT("%lld + i * %lld"), &at));
		head = text_slice(rest, 0, at);
		rest = text_slice(rest, at + strlen("%lld + i * %lld"), rest.length);
		bare_run(handle, arena_printf(call->arena, "%.*s%lld + i * %lld%.*s", TEXT_ARGS(head), begin,
					 (long long)(DAYS * DAY_MS / (is_record ? RECORDS : MATTERS)), TEXT_ARGS(rest))
					 .at);
	}
	bare_close(&handle);
}

static void print_samples(const char *name, Samples *samples, int failed)
{
	printf("{\"name\": \"%s\", \"failed\": %d, \"p50\": %lld, \"p95\": %lld, \"most\": %lld}\n", name, failed,
		(long long)samples_share(samples, 50), (long long)samples_share(samples, 95), (long long)samples_share(samples, 100));
}

static Error close_days(Call *call)
{
	Samples samples = { 0 };
	for (int64_t closed = 1; closed;) {
		Arena *own scoped(arena_free) = arena_new(ARENA_CEILING);
		Call inner = *call;
		inner.arena = own;
		int64_t begin = clock_precise();
		TRY(figure_close(&inner, 1, &closed));
		if (closed) list_add(call->arena, &samples, clock_precise() - begin);
	}
	print_samples("closing a day", &samples, samples.count < DAYS - 2);
	return OK;
}

static void measure(Call *call, const Inside *inside, const char *target)
{
	Samples samples = { 0 };
	int failed = 0;
	for (int round = -WARMING; round < ROUNDS; round++) {
		int status = 0;
		int64_t taken = inside_measure(inside, text_from(target), &status);
		failed += status != 200;
		if (round >= 0) list_add(call->arena, &samples, taken);
	}
	print_samples(target, &samples, failed);
}

Error figures_mode(Call *call, int argc, char **argv)
{
	if (argc != 1) return fail(call, USAGE, "figures DATA");
	TRY(make_empty(call, argv[0]));
	fill(call, arena_printf(call->arena, "%s/library.db", argv[0]).at);
	scoped(inside_close) Inside inside = { 0 };
	TRY(inside_open(call, argv[0], &inside));
	call->house = &inside.house->house;
	call->db = call->house->db;
	TRY(close_days(call));
	http_site_close(&inside.site);
	inside.options.hooks.authenticate = become_coordinator;
	TRY(http_site_open(call, &inside.options, &inside.site));
	measure(call, &inside, "/figures");
	measure(call, &inside, "/api/v1/figures");
	measure(call, &inside, "/figures/office");
	return OK;
}
