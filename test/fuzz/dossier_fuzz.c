/* Any bytes as a dossier, or (after an 'x') as the rules of a round: refused with a reason, or what was rehearsed by them agrees. */
#include <stdint.h>

#include "engine/selection/dossier.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void rehearse(Arena *arena, Text rules)
{
	Dossier *dossier = arena_new_of(arena, Dossier);
	DossierFault fault = { 0 };
	ArchiveMembers members;
	DossierVerdict verdict;
	if (!rehearsal_play(arena, rules, TEXT("seed"), 3, dossier, &fault) || !dossier_members(arena, dossier, &members, &fault)) {
		must(fault.why && *fault.why);
		return;
	}
	Signer *signer scoped(signer_free) = signer_new(TEXT("rehearsal"));
	Text archive = dossier_pack(arena, dossier->rules.round, &members, signer);
	if (archive.length > DOSSIER_BYTES_MAX) return;
	dossier_verify(arena, archive, signer_public(signer), 1, &verdict);
	must(verdict.consistent && verdict.signer_known);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	scoped(arena_free) Arena *arena = arena_new(ARENA_CEILING);
	Text input = arena_copy(arena, (Text) { size ? (const char *)data : "", size });
	DossierVerdict verdict;
	if (size > 0 && data[0] == 'x')
		rehearse(arena, text_slice(input, 1, input.length));
	else {
		dossier_verify(arena, input, NULL, 0, &verdict);
		must(verdict.consistent || (verdict.fault.why && *verdict.fault.why));
	}
	return 0;
}
