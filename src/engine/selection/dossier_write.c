#include "engine/selection/dossier_private.h"

#include <stdlib.h>

typedef struct Writing {
	Arena *arena;
	const Dossier *of;
	DossierFault *fault;
	RoundSeats seats;
	const Opening **opening_of; /* per leaf */
	ArchiveMembers members;
	Buffer buffer;
	JsonWriter writer;
} Writing;

static bool no(const Writing *writing, const char *why, Text argument)
{
	*writing->fault = (DossierFault) { why, argument };
	return false;
}

static void put_hex(Writing *writing, const char *key, const void *bytes, size_t length)
{
	json_put_text(&writing->writer, key, hex_text(writing->arena, (Text) { bytes, length }));
}

static void begin(Writing *writing)
{
	writing->buffer = (Buffer) { .arena = writing->arena };
	writing->writer = json_writer(&writing->buffer);
	json_object_begin(&writing->writer);
}

static void finish(Writing *writing, Text name)
{
	json_end(&writing->writer);
	json_finish(&writing->writer);
	ArchiveMember member = { name, canonical_text(writing->arena, buffer_text(&writing->buffer)) };
	list_add(writing->arena, &writing->members, member);
}

static void begin_list(Writing *writing, const char *key)
{
	json_key(&writing->writer, text_from(key));
	json_array_begin(&writing->writer);
}

static void begin_direction(Writing *writing, size_t at)
{
	json_object_begin(&writing->writer);
	json_put_text(&writing->writer, "direction", writing->of->rules.directions[at].tag);
}

/* ---- Who was drawn */

static void put_applications(Writing *writing)
{
	begin(writing);
	begin_list(writing, "directions");
	for (size_t d = 0; d < writing->of->rules.direction_count; d++) {
		const DossierDirection *direction = &writing->of->directions[d];
		begin_direction(writing, d);
		begin_list(writing, "applications");
		for (size_t i = 0; i < direction->applicants.count; i++) {
			const DossierApplicant *applicant = &direction->applicants.at[i];
			json_object_begin(&writing->writer);
			json_put_text(&writing->writer, "id", applicant->id);
			json_put_text(&writing->writer, "name", applicant->name);
			json_put_int(&writing->writer, "contribution", applicant->contribution);
			json_put_bool(&writing->writer, "newcomer", applicant->newcomer);
			json_end(&writing->writer);
		}
		json_end(&writing->writer);
		json_end(&writing->writer);
	}
	json_end(&writing->writer);
	finish(writing, TEXT("applications.json"));
}

static void put_pool(Writing *writing)
{
	begin(writing);
	begin_list(writing, "pool");
	for (size_t i = 0; i < writing->of->pool.count; i++) {
		const PoolEntry *entry = &writing->of->pool.at[i];
		json_object_begin(&writing->writer);
		put_hex(writing, "leaf", &entry->leaf, sizeof(entry->leaf));
		json_put_text(&writing->writer, "specialty", writing->of->rules.specialties[entry->specialty]);
		json_put_text(&writing->writer, "group", entry->group);
		json_end(&writing->writer);
	}
	json_end(&writing->writer);
	finish(writing, TEXT("pool.json"));
}

/* Exactly those who sat or held themselves ready are opened, and each is who was committed to. */
static bool check_openings(Writing *writing)
{
	const Dossier *of = writing->of;
	Map *groups = map_new(writing->arena), *experts = map_new(writing->arena);
	size_t next = 0;
	writing->opening_of = arena_array_of(writing->arena, const Opening *, of->pool.count + 1);
	for (uint32_t leaf = 0; leaf < of->pool.count; leaf++) {
		const PoolEntry *entry = &of->pool.at[leaf];
		const Opening *opening = next < of->openings.count ? &of->openings.at[next] : NULL;
		Digest computed;
		bool is_opened = opening && opening->leaf == leaf;
		if (is_opened != writing->seats.opened[leaf])
			return no(writing, N_("Other experts are opened than those who were called."), TEXT(""));
		if (!is_opened) continue;
		if (!draw_leaf(opening->salt, opening->expert, of->rules.specialties[entry->specialty], opening->employer, &computed) ||
			!digest_is(&computed, &entry->leaf))
			return no(writing, N_("Expert %s is not who was committed to before the draw."), opening->expert);
		if (map_get(experts, opening->expert)) return no(writing, N_("Expert %s stands in the pool twice."), opening->expert);
		map_put(experts, opening->expert, experts);
		const PoolEntry *colleague = map_get(groups, opening->employer);
		if (opening->employer.length && colleague && !text_is(colleague->group, entry->group))
			return no(writing, N_("Expert %s is of another group than a colleague."), opening->expert);
		PoolEntry *held = arena_new_of(writing->arena, PoolEntry);
		*held = *entry;
		map_put(groups, opening->employer, held);
		writing->opening_of[leaf] = opening;
		next++;
	}
	return next == of->openings.count || no(writing, N_("Other experts are opened than those who were called."), TEXT(""));
}

static void put_draw(Writing *writing)
{
	const Dossier *of = writing->of;
	Digest hash = draw_permutation_hash(writing->seats.permutation, of->pool.count);
	begin(writing);
	json_put_int(&writing->writer, "size", (int64_t)of->pool.count);
	put_hex(writing, "root", &writing->seats.root, sizeof(Digest));
	json_put_text(&writing->writer, "source", of->source);
	put_hex(writing, "seed", &writing->seats.seed, sizeof(Digest));
	put_hex(writing, "permutationSha256", &hash, sizeof(Digest));
	begin_list(writing, "permutation");
	for (size_t i = 0; i < of->pool.count; i++) json_int(&writing->writer, writing->seats.permutation[i]);
	json_end(&writing->writer);
	begin_list(writing, "opened");
	for (size_t i = 0; i < of->openings.count; i++) {
		const Opening *opening = &of->openings.at[i];
		json_object_begin(&writing->writer);
		json_put_int(&writing->writer, "index", opening->leaf);
		json_put_text(&writing->writer, "expert", opening->expert);
		json_put_text(&writing->writer, "employer", opening->employer);
		put_hex(writing, "salt", opening->salt.at, opening->salt.length);
		json_end(&writing->writer);
	}
	json_end(&writing->writer);
	finish(writing, TEXT("draw.json"));
}

/* ---- Orders and lots */

static int compare_texts(const void *a, const void *b) { return text_compare(*(const Text *)a, *(const Text *)b); }

Text *dossier_order(Arena *arena, const Dossier *dossier, const Digest *drawn, size_t at, const char *label)
{
	const DossierDirection *direction = &dossier->directions[at];
	size_t count = direction->applicants.count;
	Text *ids = arena_array_of(arena, Text, count + 1), *order = arena_array_of(arena, Text, count + 1);
	uint32_t *permutation = arena_array_of(arena, uint32_t, count + 1);
	Digest seed = draw_label(drawn, arena_printf(arena, "%s/%.*s", label, TEXT_ARGS(dossier->rules.directions[at].tag)));
	for (size_t i = 0; i < count; i++) ids[i] = direction->applicants.at[i].id;
	if (count > 1) qsort(ids, count, sizeof(*ids), compare_texts);
	draw_permutation(&seed, permutation, count);
	for (size_t i = 0; i < count; i++) order[i] = ids[permutation[i]];
	return order;
}

static void put_order(Writing *writing, const char *key, const Text *order, size_t count)
{
	begin_list(writing, key);
	for (size_t i = 0; i < count; i++) json_text(&writing->writer, order[i]);
	json_end(&writing->writer);
}

/* ---- Panels */

static void put_replacements(Writing *writing)
{
	begin_list(writing, "replacements");
	for (size_t i = 0; i < writing->of->replacements.count; i++) {
		const Replacement *replacement = &writing->of->replacements.at[i];
		begin_direction(writing, replacement->direction);
		json_put_int(&writing->writer, "index", replacement->leaf);
		json_put_text(&writing->writer, "reason", replacement->reason);
		json_end(&writing->writer);
	}
	json_end(&writing->writer);
}

static void put_seatings(Writing *writing, const PanelSeats *panel)
{
	begin_list(writing, "seatings");
	for (size_t i = 0; i < panel->count; i++) {
		const Seating *seating = &panel->seatings[i];
		json_array_begin(&writing->writer);
		for (size_t p = 0; p < seating->visited; p++) json_text(&writing->writer, text_from(seat_code_tag(seating->codes[p])));
		json_end(&writing->writer);
	}
	json_end(&writing->writer);
}

static void put_panels(Writing *writing)
{
	const Dossier *of = writing->of;
	begin(writing);
	put_replacements(writing);
	begin_list(writing, "directions");
	for (size_t d = 0; d < of->rules.direction_count; d++) {
		const DossierDirection *direction = &of->directions[d];
		Digest commitment =
			draw_conflicts(of->rules.round, of->rules.directions[d].tag, &direction->conflict_nonce, direction->conflicts);
		begin_direction(writing, d);
		json_put_text(&writing->writer, "conflicts", direction->conflicts);
		put_hex(writing, "conflictsNonce", &direction->conflict_nonce, sizeof(Key));
		put_hex(writing, "conflictsCommitment", &commitment, sizeof(Digest));
		put_seatings(writing, &writing->seats.directions[d]);
		put_order(writing, "order", dossier_order(writing->arena, of, &writing->seats.seed, d, DRAW_ORDER),
			direction->applicants.count);
		put_order(writing, "lots", dossier_order(writing->arena, of, &writing->seats.seed, d, DRAW_LOTS),
			direction->applicants.count);
		json_end(&writing->writer);
	}
	json_end(&writing->writer);
	finish(writing, TEXT("panels.json"));
}

/* ---- Sheets */

Text dossier_sheet_text(Arena *arena, const int64_t *scores, const Text *reasons, size_t count)
{
	Buffer buffer = { .arena = arena };
	JsonWriter writer = json_writer(&buffer);
	json_object_begin(&writer);
	json_key(&writer, TEXT("scores"));
	json_array_begin(&writer);
	for (size_t c = 0; c < count; c++) json_int(&writer, scores[c]);
	json_end(&writer);
	json_key(&writer, TEXT("reasons"));
	json_array_begin(&writer);
	for (size_t c = 0; c < count; c++) json_text(&writer, reasons[c].at ? reasons[c] : TEXT(""));
	json_end(&writer);
	json_end(&writer);
	json_finish(&writer);
	return canonical_text(arena, buffer_text(&buffer));
}

static void put_sheet(Writing *writing, size_t at, const DossierSheet *sheet)
{
	const DirectionRules *rules = &writing->of->rules.directions[at];
	size_t criteria = rules->rubric.criterion_count;
	Text panel = arena_printf(writing->arena, "%.*s/%.*s", TEXT_ARGS(writing->of->rules.round), TEXT_ARGS(rules->tag));
	Digest commitment = sheet_commitment(panel, sheet->application, sheet->expert,
		dossier_sheet_text(writing->arena, sheet->scores, sheet->reasons, criteria), &sheet->nonce);
	json_object_begin(&writing->writer);
	json_put_text(&writing->writer, "application", sheet->application);
	json_put_text(&writing->writer, "expert", sheet->expert);
	begin_list(writing, "scores");
	for (size_t c = 0; c < criteria; c++) json_int(&writing->writer, sheet->scores[c]);
	json_end(&writing->writer);
	begin_list(writing, "reasons");
	for (size_t c = 0; c < criteria; c++) json_text(&writing->writer, sheet->reasons[c].at ? sheet->reasons[c] : TEXT(""));
	json_end(&writing->writer);
	put_hex(writing, "nonce", &sheet->nonce, sizeof(Key));
	put_hex(writing, "commitment", &commitment, sizeof(Digest));
	json_end(&writing->writer);
}

static void put_correction(Writing *writing, const Correction *correction)
{
	json_object_begin(&writing->writer);
	json_put_text(&writing->writer, "application", correction->application);
	json_put_text(&writing->writer, "expert", correction->expert);
	json_put_int(&writing->writer, "criterion", correction->criterion);
	json_put_int(&writing->writer, "was", correction->was);
	json_put_int(&writing->writer, "becomes", correction->becomes);
	json_put_text(&writing->writer, "reason", correction->reason);
	json_end(&writing->writer);
}

static void put_sheets(Writing *writing)
{
	begin(writing);
	begin_list(writing, "directions");
	for (size_t d = 0; d < writing->of->rules.direction_count; d++) {
		const DossierDirection *direction = &writing->of->directions[d];
		begin_direction(writing, d);
		begin_list(writing, "sheets");
		for (size_t i = 0; i < direction->sheets.count; i++) put_sheet(writing, d, &direction->sheets.at[i]);
		json_end(&writing->writer);
		begin_list(writing, "corrections");
		for (size_t i = 0; i < direction->corrections.count; i++) put_correction(writing, &direction->corrections.at[i]);
		json_end(&writing->writer);
		json_end(&writing->writer);
	}
	json_end(&writing->writer);
	finish(writing, TEXT("sheets.json"));
}

/* ---- Results */

static void put_result(Writing *writing, const DossierResult *result)
{
	begin_list(writing, "applications");
	for (size_t i = 0; i < result->panel.applicant_count; i++) {
		const Placing *placing = &result->placings[i];
		json_object_begin(&writing->writer);
		score_members(
			&writing->writer, writing->arena, &result->panel, &result->scores[placing->applicant], placing, result->stars[i]);
		json_end(&writing->writer);
	}
	json_end(&writing->writer);
}

static bool put_results(Writing *writing)
{
	DossierResult *results = arena_array_of(writing->arena, DossierResult, SEAT_PANELS_MAX);
	ArchiveMember decided = { .name = TEXT("decided.json") };
	begin(writing);
	begin_list(writing, "directions");
	for (size_t d = 0; d < writing->of->rules.direction_count; d++) {
		if (!dossier_result(writing->arena, writing->of, &writing->seats, d, &results[d], writing->fault)) return false;
		begin_direction(writing, d);
		put_result(writing, &results[d]);
		json_end(&writing->writer);
	}
	json_end(&writing->writer);
	finish(writing, TEXT("result.json"));
	if (!writing->of->is_decided) return true;
	if (!dossier_decided_write(writing->arena, writing->of, results, &decided.content, writing->fault)) return false;
	list_add(writing->arena, &writing->members, decided);
	return true;
}

#define README(version, decided) \
	"评审档案 · Dossier of a selection round (cappvd-dossier/" version ")\n\n" \
	"本档案包含一个遴选批次中决定结果的全部数据。任何人都可以用 cappvd round verify 重新计算随机抽取、席位、得分和排名。\n" \
	"This archive holds everything that decided a selection round. Anybody can compute draw, seats, scores and ranking again:\n\n" \
	"    cappvd round verify DOSSIER.zip --key KEY\n\n" \
	"rules.json         冻结的规则 the frozen rules\n" \
	"applications.json  参评申报 who was assessed\n" \
	"pool.json          专家库承诺 the experts, as they were committed to before the draw\n" \
	"draw.json          随机源、种子、排列、开启的位置 source, seed, permutation, opened positions\n" \
	"panels.json        回避、席位、递补、顺序 conflicts, seats, replacements, orders\n" \
	"sheets.json        评分表及其承诺、更正 sheets with their commitments, corrections\n" \
	"result.json        得分、排名、星级 scores, ranking, stars\n" decided \
	"manifest.json      各文件的长度和 SHA-256 length and SHA-256 of each\n" \
	"signature.json     对 manifest.json 的签名 signature of manifest.json\n"
static const char readme[] = README("v1", "");
static const char readme_decided[] = README("v2",
	"decided.json       评审之后的决定：退出及原因、候补递补、名单 decided afterwards: who fell out and why, who moved up, lists\n");

bool dossier_members(Arena *arena, const Dossier *dossier, ArchiveMembers *out, DossierFault *out_fault)
{
	Writing writing = { .arena = arena, .of = dossier, .fault = out_fault };
	if (!dossier_seats(arena, dossier, &writing.seats, out_fault) || !check_openings(&writing)) return false;
	ArchiveMember fixed[] = { { TEXT("rules.json"), dossier->rules_json },
		{ TEXT("README.txt"), text_from(dossier->is_decided ? readme_decided : readme) } };
	for (size_t i = 0; i < COUNT(fixed); i++) list_add(arena, &writing.members, fixed[i]);
	put_applications(&writing);
	put_pool(&writing);
	put_draw(&writing);
	put_panels(&writing);
	put_sheets(&writing);
	if (!put_results(&writing)) return false;
	*out = writing.members;
	return true;
}
