/*
 * dossier: everything of a finished round that decides, in one archive, so that anybody can compute it again ("cappvd-dossier/v1").
 *
 * Members (canonical JSON but for the text): rules.json the frozen rules, byte by byte what the round's hash is of; applications.json who applied;
 * pool.json the experts as they were committed to; draw.json source, seed, permutation and the positions that were opened; panels.json conflicts,
 * seats, replacements, orders and lots; sheets.json the opened sheets with their commitments, and corrections; result.json scores, ranking, stars;
 * decided.json, in "cappvd-dossier/v2" alone, what was decided afterwards: who fell out and why, who moved up for whom, the lists; README.txt; manifest.json with length and SHA-256 of each; signature.json, Ed25519 over the format ("cappvd-dossier/v1" or v2),
 * "\n", SHA-256 of manifest.json in hexadecimal, "\n".
 * What was decided is input; what follows from it is computed, when it is written and when it is verified, by the same functions.
 */
#pragma once
#include "engine/selection/archive.h"
#include "engine/selection/draw.h"
#include "engine/selection/panel.h"
#include "engine/selection/seat.h"

enum {
	DOSSIER_BYTES_MAX = 16 * 1024 * 1024,
	DOSSIER_POOL_MAX = 5000,
	DOSSIER_REPLACEMENTS_MAX = 256,
	DOSSIER_STEPS_MAX = 5000,
	DEPARTURE_REASONS = 5,
};

/* ---- The rules of a round, as far as numbers follow from them */
typedef struct DirectionRules {
	Text tag; /* "technical" */
	Rubric rubric;
	Quota quota;
	StarRule stars[STAR_RULES_MAX];
	size_t star_count;
	SeatPlan plan;
} DirectionRules;
typedef struct RoundRules {
	Text round; /* "2026-1": its code, part of the seed */
	Text specialties[SEAT_SPECIALTIES_MAX];
	size_t specialty_count;
	DirectionRules directions[SEAT_PANELS_MAX];
	size_t direction_count;
} RoundRules;
/*
 * {"round","specialties":[…],"directions":[{"tag","rubric","quota","stars","panel":{"seats":[of each specialty],"groupLimit","alternatePercent"}}]}
 * and whatever else a round states. False with *out_why (English source text), and *out_direction the direction it is about.
 */
must_use bool round_rules_read(Json rules, RoundRules *out, size_t *out_direction, const char **out_why);

/* ---- What was decided */
typedef struct PoolEntry { /* sorted by leaf */
	Digest leaf;
	uint32_t specialty;
	Text group; /* pseudonym of the employer's group in this round; empty: of none */
} PoolEntry;
typedef struct Opening { /* of a leaf: who it is */
	uint32_t leaf;
	Text salt, expert, employer; /* the salt as DRAW_SALT_BYTES bytes */
} Opening;
typedef struct Replacement { /* in the order in which they happened */
	size_t direction; /* of the rules */
	uint32_t leaf; /* who went: from then on out of the whole round */
	Text reason;
} Replacement;
typedef struct DossierSheet {
	Text application, expert;
	const int64_t *scores; /* of each criterion */
	const Text *reasons; /* of each criterion; empty where none was given */
	Key nonce;
} DossierSheet;
typedef struct Correction { /* after the lock, in this order */
	Text application, expert;
	int64_t criterion, was, becomes;
	Text reason; /* correction_reasons */
} Correction;
extern const char *const correction_reasons[4]; /* 财政部令第87号 article 64: "sum", "range", "objective", "abnormal" */
typedef struct DossierApplicant {
	Text id, name;
	int64_t contribution;
	bool newcomer;
} DossierApplicant;
typedef struct DossierDirection { /* in the order of the rules */
	LIST_OF(DossierApplicant) applicants;
	Key conflict_nonce;
	Text conflicts; /* '0' or '1' per leaf */
	LIST_OF(DossierSheet) sheets;
	LIST_OF(Correction) corrections;
} DossierDirection;
/* After the lock, in this order. Until the inspections are over the first of the reserve moves up for whoever falls out; a list in public notice names
 * everybody who stands and was on none before; an announcement those of them that are approved by then. */
typedef enum DossierStepKind { STEP_DEPART, STEP_PROMOTE, STEP_REINSTATE, STEP_INSPECTED, STEP_LIST } DossierStepKind;
extern const char *const departure_reasons[DEPARTURE_REASONS]; /* "inspection", "findings", "withdrawn", "objection", "lapsed" */
typedef struct DossierUnit { /* of a list, in its order */
	Text application;
	int64_t stars;
	bool is_faultless; /* the inspection found nothing; of a list in public notice */
} DossierUnit;
typedef struct DossierStep {
	DossierStepKind kind;
	Text application, reason; /* reason: of a departure */
	Text list; /* canonical: what was published */
	LIST_OF(DossierUnit) units;
} DossierStep;
typedef struct Dossier {
	Text rules_json; /* canonical */
	RoundRules rules;
	LIST_OF(PoolEntry) pool;
	Text source;
	LIST_OF(Opening) openings; /* ascending: who sat or held itself ready, nobody else */
	LIST_OF(Replacement) replacements;
	DossierDirection directions[SEAT_PANELS_MAX];
	bool is_decided; /* with steps: "cappvd-dossier/v2" */
	LIST_OF(DossierStep) steps;
} Dossier;

/* ---- What follows of it */
typedef struct DossierFault {
	const char *why; /* English source text with at most one %s */
	Text argument;
} DossierFault;
/* Every member but manifest and signature. False: something cannot be (a panel cannot be filled, a leaf does not open, a sheet breaks the rules). */
must_use bool dossier_members(Arena *arena, const Dossier *dossier, ArchiveMembers *out, DossierFault *out_fault);
/* Manifest and signature added, packed. */
Text dossier_pack(Arena *arena, Text round, ArchiveMembers *members, const Signer *signer);
/* The inputs out of members. False: not of this shape. */
must_use bool dossier_read(Arena *arena, const ArchiveMembers *members, Dossier *out, DossierFault *out_fault);

/* ---- Who sits: what must be opened, and whose sheets count */
typedef struct PanelSeats { /* of one direction */
	Seating *seatings; /* the first, and the one after each of its replacements */
	size_t count;
} PanelSeats;
typedef struct RoundSeats {
	Digest root, seed;
	uint32_t *permutation; /* of the pool */
	PanelSeats directions[SEAT_PANELS_MAX];
	bool *opened; /* per leaf: sat or held itself ready at any time */
} RoundSeats;
must_use bool dossier_seats(Arena *arena, const Dossier *dossier, RoundSeats *out, DossierFault *out_fault);

/* The applications of a direction in an order drawn under a label (DRAW_ORDER, DRAW_LOTS); they are numbered in the order of their ids' bytes. */
Text *dossier_order(Arena *arena, const Dossier *dossier, const Digest *drawn, size_t at, const char *label);

typedef struct DossierResult { /* of one direction, corrections included */
	Panel panel; /* applicants in the dossier's order */
	Texts experts; /* the panel's columns: who sat in the end */
	Score *scores; /* of each applicant */
	Placing *placings;
	int64_t *stars; /* of each placing */
} DossierResult;
/* False: a sheet or a correction breaks the rules, or who sat is not opened. */
must_use bool dossier_result(
	Arena *arena, const Dossier *dossier, const RoundSeats *seats, size_t at, DossierResult *out, DossierFault *out_fault);

/* Stars by the rules of those that stand, in the order of the ranking, and of nobody else; each array is of the result's placings. */
void dossier_stars(
	Arena *arena, const DirectionRules *rules, const DossierResult *result, const bool *stands, const bool *faultless, int64_t *out);

/* The canonical sheet that is committed to: {"reasons":[…],"scores":[…]}. Reasons without text are empty ones. */
Text dossier_sheet_text(Arena *arena, const int64_t *scores, const Text *reasons, size_t count);

typedef struct DossierVerdict {
	bool consistent; /* everything follows from the inputs, and the signature is right */
	bool signer_known; /* by one of the given keys */
	bool has_lists; /* what was decided after the lock is among it */
	Text round, rules_sha256;
	PublicKey signer;
	DossierFault fault; /* when it is not consistent … */
	Text member, path, expected, found; /* … and where it differs first; may be empty */
} DossierVerdict;
/* keys: trusted ones; with at least one, a signature of another key is not consistent. Pure; any bytes may be given. */
void dossier_verify(Arena *arena, Text archive, const PublicKey *keys, size_t key_count, DossierVerdict *out);

/* ---- The rehearsal: a round with invented applicants, experts and sheets, from its rules alone */
/* The same of the same seed: with declines, a conflict, a strange sheet, a correction. Fit for dossier_members. False: these are no rules. */
must_use bool rehearsal_play(Arena *arena, Text rules_json, Text seed, size_t applicants, Dossier *out, DossierFault *out_fault);
