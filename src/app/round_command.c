#include "app/round_command.h"

#include "app/command.h"
#include "engine/selection/dossier.h"

#include <stdlib.h>

enum { KEYS_MAX = 16, RULES_BYTES_MAX = 1024 * 1024, REHEARSED_MAX = 300 };

typedef struct Asked {
	Call *call;
	FILE *out, *talk;
	bool json, rfc3797;
	const char *seed, *applicants;
	PublicKey keys[KEYS_MAX];
	size_t key_count;
	Texts words;
} Asked;

/* ---- score: one panel a line */

static void print_table(Asked *asked, const PanelCase *of)
{
	Arena *arena = asked->call->arena;
	const Panel *panel = &of->panel;
	Score *scores = arena_array_of(arena, Score, panel->applicant_count + 1);
	Placing *placings = arena_array_of(arena, Placing, panel->applicant_count + 1);
	panel_score(arena, panel, scores);
	panel_rank(panel, scores, &of->quota, placings);
	for (size_t i = 0; i < panel->applicant_count; i++) {
		const Applicant *applicant = &panel->applicants[placings[i].applicant];
		const Score *score = &scores[placings[i].applicant];
		Text total = hundredths_text(arena, fraction_hundredths(score->total));
		Text outcome = tr(asked->call->lang, outcome_text(placings[i].outcome));
		fprintf(asked->out, "%lld\t%.*s\t%.*s\t%.*s\n", (long long)placings[i].rank, TEXT_ARGS(applicant->id), TEXT_ARGS(total),
			TEXT_ARGS(outcome));
	}
}

static void print_answer(Asked *asked, const PanelCase *of)
{
	Buffer line = { .arena = asked->call->arena };
	JsonWriter writer = json_writer(&line);
	panel_case_answer(asked->call->arena, of, &writer);
	json_finish(&writer);
	buffer_byte(&line, '\n');
	fwrite(line.at, 1, line.length, asked->out);
}

static Error score_line(Asked *asked, Text line, int number)
{
	Json json;
	PanelCase *of = arena_new_of(asked->call->arena, PanelCase);
	const char *why = NULL;
	TRY(json_read(asked->call, line, &json));
	if (!panel_case_read(asked->call->arena, json, of, &why)) {
		fprintf(asked->talk, "%.*s\n", TEXT_ARGS(tr(asked->call->lang, why)));
		return fail(asked->call, INVALID, "panel %d: %s", number, why);
	}
	if (asked->json)
		print_answer(asked, of);
	else
		print_table(asked, of);
	return OK;
}

static void line_free(char **line) { free(*line); }
static void file_close(FILE **file)
{
	if (*file && *file != stdin) fclose(*file);
}

static Error score(Asked *asked, const char *path)
{
	scoped(file_close) FILE *file = strcmp(path, "-") == 0 ? stdin : fopen(path, "re");
	if (!file) return fail(asked->call, NOT_FOUND, "%s cannot be opened", path);
	scoped(line_free) char *line = NULL;
	size_t room = 0;
	int number = 0;
	for (ssize_t length; (length = getline(&line, &room, file)) >= 0;) {
		ArenaMark mark = arena_mark(asked->call->arena);
		Text text = text_trim((Text) { line, (size_t)length });
		if (text.length) TRY(score_line(asked, text, ++number));
		arena_release(asked->call->arena, mark);
	}
	return ferror(file) ? fail(asked->call, IO, "reading %s", path) : OK;
}

/* ---- draw */

static void print_numbers(FILE *out, const uint32_t *numbers, size_t count)
{
	for (size_t i = 0; i < count; i++) fprintf(out, i ? ",%u" : "%u", numbers[i]);
}

static bool count_parse(Text text, int64_t *out) { return text_to_int(text, out) && *out > 0 && *out <= DRAW_POOL_MAX; }

static Error draw_published(Asked *asked, Text round, Text root_hex, Text source, Text how_many)
{
	Arena *arena = asked->call->arena;
	Text bytes;
	Digest root;
	int64_t count;
	if (!hex_parse(arena, root_hex, &bytes) || !digest_from(bytes, &root))
		return usage_error(asked->call, asked->talk, "the root is 64 hexadecimal digits");
	if (!count_parse(how_many, &count)) return usage_error(asked->call, asked->talk, "a pool has 1 to %d members", DRAW_POOL_MAX);
	uint32_t *permutation = arena_array_of(arena, uint32_t, count);
	Digest seed = draw_seed(round, &root, source);
	draw_permutation(&seed, permutation, (size_t)count);
	Digest hash = draw_permutation_hash(permutation, (size_t)count);
	Text seed_hex = hex_text(arena, DIGEST_TEXT(seed)), hash_hex = hex_text(arena, DIGEST_TEXT(hash));
	fprintf(asked->out, asked->json ? "{\"seed\":\"%.*s\",\"sha256\":\"%.*s\",\"permutation\":[" : "%.*s\n%.*s\n", TEXT_ARGS(seed_hex),
		TEXT_ARGS(hash_hex));
	print_numbers(asked->out, permutation, (size_t)count);
	fputs(asked->json ? "]}\n" : "\n", asked->out);
	return OK;
}

static Error draw_by_rfc3797(Asked *asked, Text key, Text pool_text, Text count_text)
{
	int64_t pool, count;
	if (!count_parse(pool_text, &pool) || !count_parse(count_text, &count))
		return usage_error(asked->call, asked->talk, "pool and count are numbers from 1");
	uint32_t *chosen = arena_array_of(asked->call->arena, uint32_t, count);
	if (!draw_rfc3797(key, (uint32_t)pool, chosen, (uint32_t)count))
		return usage_error(asked->call, asked->talk, "no more can be drawn than there are, of at most 65,535");
	if (asked->json) fputs("{\"selected\":[", asked->out);
	print_numbers(asked->out, chosen, (size_t)count);
	fputs(asked->json ? "]}\n" : "\n", asked->out);
	return OK;
}

/* ---- verify and rehearse */

static Text fault_text(Call *call, const DossierFault *fault)
{
	const Problem problem = { .message = fault->why, .argument = fault->argument };
	return problem_text(call->arena, call->lang, &problem);
}

static void print_verdict_json(Asked *asked, const DossierVerdict *verdict)
{
	Arena *arena = asked->call->arena;
	Buffer line = { .arena = arena };
	JsonWriter writer = json_writer(&line);
	json_object_begin(&writer);
	json_put_bool(&writer, "consistent", verdict->consistent);
	json_put_bool(&writer, "signerKnown", verdict->consistent && verdict->signer_known);
	if (verdict->consistent) {
		json_put_text(&writer, "round", verdict->round);
		json_put_bool(&writer, "decided", verdict->has_lists);
		json_put_text(&writer, "rulesSha256", verdict->rules_sha256);
		json_put_text(&writer, "key", public_key_text(arena, &verdict->signer));
	} else
		json_put_text(&writer, "reason", fault_text(asked->call, &verdict->fault));
	if (verdict->member.length) {
		json_put_text(&writer, "member", verdict->member);
		json_put_text(&writer, "path", verdict->path);
		json_put_text(&writer, "computed", verdict->expected);
		json_put_text(&writer, "stated", verdict->found);
	}
	json_end(&writer);
	json_finish(&writer);
	buffer_byte(&line, '\n');
	fwrite(line.at, 1, line.length, asked->out);
}

static void print_verdict(Asked *asked, const DossierVerdict *verdict)
{
	Call *call = asked->call;
	if (verdict->consistent) {
		Text says = tr(call->lang, verdict->has_lists
						   ? N_("Draw, seats, scores, ranking and the decided lists follow from what was decided.")
						   : N_("Draw, seats, scores and ranking follow from what was decided."));
		Text key = public_key_text(call->arena, &verdict->signer);
		fprintf(asked->out, "%.*s\t%.*s\n%.*s\n%.*s\n", TEXT_ARGS(verdict->round), TEXT_ARGS(verdict->rules_sha256), TEXT_ARGS(key),
			TEXT_ARGS(says));
		return;
	}
	fprintf(asked->talk, "%.*s\n", TEXT_ARGS(fault_text(call, &verdict->fault)));
	if (!verdict->member.length) return;
	Text computed = tr(call->lang, N_("computed")), stated = tr(call->lang, N_("stated"));
	fprintf(asked->talk, "%.*s: %.*s\n  %.*s: %.*s\n  %.*s: %.*s\n", TEXT_ARGS(verdict->member), TEXT_ARGS(verdict->path),
		TEXT_ARGS(computed), TEXT_ARGS(verdict->expected), TEXT_ARGS(stated), TEXT_ARGS(verdict->found));
}

static Error verify(Asked *asked, const char *path)
{
	Text archive;
	DossierVerdict verdict;
	TRY(file_argument(asked->call, path, DOSSIER_BYTES_MAX, &archive));
	dossier_verify(asked->call->arena, archive, asked->keys, asked->key_count, &verdict);
	if (asked->json)
		print_verdict_json(asked, &verdict);
	else
		print_verdict(asked, &verdict);
	if (!verdict.consistent) return fail(asked->call, INVALID, "%s", path);
	return verdict.signer_known ? OK : fail(asked->call, UNKNOWN_SIGNER, "%s: give the library's key with --key", path);
}

static Error write_file(Call *call, const char *path, Text content)
{
	FILE *file = fopen(path, "wxe");
	if (!file) return fail(call, CONFLICT, "%s exists, or cannot be made", path);
	bool written = fwrite(content.at, 1, content.length, file) == content.length;
	return fclose(file) == 0 && written ? OK : fail(call, IO, "writing %s", path);
}

/* Signed by a key that is made for it and forgotten: a rehearsal is nobody's statement. */
static Error rehearse(Asked *asked, const char *rules_path, const char *path)
{
	Call *call = asked->call;
	Text rules;
	int64_t applicants = 12;
	ArchiveMembers members;
	DossierFault fault = { 0 };
	Dossier *dossier = arena_new_of(call->arena, Dossier);
	if (asked->applicants && (!text_to_int(text_from(asked->applicants), &applicants) || applicants < 1 || applicants > REHEARSED_MAX))
		return usage_error(call, asked->talk, "--applicants is a number of 1 to %d", REHEARSED_MAX);
	TRY(file_argument(call, rules_path, RULES_BYTES_MAX, &rules));
	if (!rehearsal_play(call->arena, rules, text_from(asked->seed), (size_t)applicants, dossier, &fault) ||
		!dossier_members(call->arena, dossier, &members, &fault)) {
		fprintf(asked->talk, "%.*s\n", TEXT_ARGS(fault_text(call, &fault)));
		return fail(call, INVALID, "%s: %s", rules_path, fault.why);
	}
	Signer *signer = signer_new(TEXT("rehearsal"));
	Text archive = dossier_pack(call->arena, dossier->rules.round, &members, signer);
	signer_free(&signer);
	return write_file(call, path, archive);
}

static Error take_words(Asked *asked, int argc, char **argv)
{
	for (int i = 0; i < argc; i++) {
		const char *key;
		if (option_value(argc, argv, &i, "--key", &key)) {
			if (asked->key_count == KEYS_MAX) return usage_error(asked->call, asked->talk, "more than %d keys", KEYS_MAX);
			TRY(key_argument(asked->call, asked->talk, key, &asked->keys[asked->key_count++]));
		} else if (option_value(argc, argv, &i, "--seed", &asked->seed) ||
			   option_value(argc, argv, &i, "--applicants", &asked->applicants))
			continue;
		else if (strcmp(argv[i], "--json") == 0)
			asked->json = true;
		else if (strcmp(argv[i], "--rfc3797") == 0)
			asked->rfc3797 = true;
		else if (argv[i][0] == '-' && argv[i][1])
			return usage_error(asked->call, asked->talk, "“%s” is no option of round", argv[i]);
		else
			list_add(asked->call->arena, &asked->words, text_from(argv[i]));
	}
	return OK;
}

Error round_command(Call *call, int argc, char **argv, FILE *out, FILE *talk)
{
	Asked asked = { .call = call, .out = out, .talk = talk };
	TRY(take_words(&asked, argc, argv));
	const Text *words = asked.words.at;
	size_t count = asked.words.count;
	if (count == 2 && text_is(words[0], TEXT("score"))) return score(&asked, words[1].at);
	if (count == 2 && text_is(words[0], TEXT("verify"))) return verify(&asked, words[1].at);
	if (count == 3 && text_is(words[0], TEXT("rehearse"))) return rehearse(&asked, words[1].at, words[2].at);
	if (count == 4 && asked.rfc3797 && text_is(words[0], TEXT("draw"))) return draw_by_rfc3797(&asked, words[1], words[2], words[3]);
	if (count == 5 && !asked.rfc3797 && text_is(words[0], TEXT("draw")))
		return draw_published(&asked, words[1], words[2], words[3], words[4]);
	return usage_error(call, talk,
		"say “round verify DOSSIER”, “round score FILE”, “round draw ROUND ROOT SOURCE COUNT”, “round draw --rfc3797 KEY POOL "
		"COUNT” or “round rehearse RULES DOSSIER”");
}
