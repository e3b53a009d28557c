/*
 * alike: which matters speak of the same thing. Only keyed values of what a matter says are stored (store/seal), so the table tells nobody
 * what that is; it is found again by whoever says the same. What the finder may see of them is the caller's business.
 */
#pragma once
#include "base/base/base.h"
#include "engine/likeness/features.h"
#include "engine/likeness/postings.h"
#include "store/db/db.h"

typedef struct AlikeMatch {
	int64_t subject_id;
	int shared[FEATURE_KINDS];
} AlikeMatch;
typedef LIST_OF(AlikeMatch) AlikeMatches;

/* Inside db_transact. Replaces what was kept of the subject; no features: forgets it. */
must_use Error alike_put(Call *call, const char *kind, int64_t subject_id, const Features *features);
/* Those of this kind that share a value, but `except` (0: none), the newest 200 of each value; in no order. */
must_use Error alike_find(Call *call, const char *kind, int64_t except, const Features *features, AlikeMatches *out);

/* ---- The index of what is published: open terms, by which a question in any language finds records in any other */
typedef struct AlikeHit {
	int64_t subject_id;
	double score; /* of the best one: 1 */
} AlikeHit;
typedef LIST_OF(AlikeHit) AlikeHits;
/* The best first. `rarity`: of each term asked for, for kinship_of. */
must_use Error alike_index_find(Call *call, const Terms *asked, size_t most, AlikeHits *out, double **out_rarity);
/* Replaces a segment: the subjects POSTINGS_DOCUMENTS × segment and on. Its own transaction; call it outside of any. */
must_use Error alike_index_put(Call *call, int64_t segment, int64_t documents, PostingsBuilder *builder);
/* Segments that an older form of the index made; to be made again. */
must_use Error alike_index_outdated(Call *call, Numbers *out);
must_use Error alike_index_followed(Call *call, int64_t *out_source); /* 0: nothing yet */
must_use Error alike_index_follow(Call *call, int64_t source); /* inside db_transact */
