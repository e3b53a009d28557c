/*
 * round: one selection of support units, as data: notice, conditions, directions, rubric, stars, form. A draft is edited by secretaries, rehearsed,
 * and frozen by its hash when it is published; from then on nobody changes it. Rounds open and close at exact instants, by themselves.
 */
#pragma once
#include "engine/selection/dossier.h"
#include "work/form/form.h"
#include "work/workflow/workflow.h"

struct RouteTable;
extern const struct RouteTable round_routes, round_public_routes, round_api_routes;
extern const Machine round_machine;

/* ---- The forms of a draft */
extern const Form round_head_form;
enum { ROUND_ITEMS_MAX = 300 };
typedef struct RoundKind { /* what a round consists of beside its head; each is filled in by a form */
	const char *name, *title; /* "criterion"; English source text */
	const Form *form;
} RoundKind;
extern const RoundKind round_kinds[];
extern const size_t round_kind_count;
const RoundKind *round_kind(Text name); /* NULL: none of this name */
const Form *round_action_form(const char *name);
/* "2026-03-05 14:00" in Beijing time; and as the check of a form's field. */
must_use bool round_instant(Text text, int64_t *out);
const char *round_check_instant(Text value);

typedef struct RoundItem {
	int64_t id;
	Text ref;
	const RoundKind *kind;
	Map *values;
} RoundItem;
typedef LIST_OF(RoundItem) RoundItems;
typedef struct Round {
	int64_t id, revision, seal_key, writer_id, opens_at, closes_at, ends_at, published_at, updated_at; /* times: 0 none */
	Text ref, code, state, reason;
	Map *head; /* of round_head_form */
	RoundItems items;
	Text rules, rules_sha256; /* canonical: frozen, or what would be frozen now; empty while something is missing … */
	const char *fault; /* … and why: English source text */
	Text fault_of; /* the direction it is about; may be empty */
	bool is_rehearsed; /* these very rules */
} Round;
typedef LIST_OF(Round) Rounds;

/* ---- For secretaries, and supervisors to read; with second factor. NOT_FOUND: hidden or absent. */
must_use Error round_open(Call *call, Text ref, Round *out);
must_use Error round_in_state(Call *call, Text state, int64_t before, int64_t max, Rounds *out); /* newest first, without items */
Text round_direction_text(Call *call, Lang lang, Text direction);
Text round_letters_place(Arena *arena, Text ref); /* the page of its letters */
bool round_is_from(const Round *round, const char *state); /* it has come to this state of the way to the archive, or further */
bool round_may_write(const Round *round, const Actor *actor);
/* INVALID with problems at the fields, also for a code that another round has. FORBIDDEN: no secretary, or no draft. CONFLICT: somebody was faster. */
must_use Error round_new(Call *call, const Map *values, Text *out_ref);
must_use Error round_write(Call *call, Text ref, int64_t seen, const Map *values);
must_use Error round_add(Call *call, Text ref, const RoundKind *kind, const Map *values);
must_use Error round_change(Call *call, Text ref, Text item, const Map *values);
must_use Error round_remove(Call *call, Text ref, Text item);
must_use Error round_act(Call *call, Text ref, Text action, int64_t revision, const Map *values);
must_use Error round_matter(Call *call, const Round *round, Matter *out);
/* Plays these rules with invented applicants, verifies the dossier, and notes that it was done. INVALID: the rules are not complete. */
must_use Error round_rehearse(Call *call, Text ref);

/* ---- For everybody */
must_use Error round_open_public(Call *call, Text code, Round *out); /* NOT_FOUND: it was never published */
must_use Error round_list_public(Call *call, int64_t before, int64_t max, Rounds *out); /* 0: from the newest; without items */
must_use Error round_list_open(Call *call, int64_t max, Rounds *out); /* those that take applications; without items */
/* The dossier of the rehearsal, signed by the library; the same bytes every time. INVALID: the rules are not complete. */
must_use Error round_dossier(Call *call, const Round *round, Text *out);
/* Of the rooms of the programme, once published. NOT_FOUND. */
must_use Error round_find_published(Call *call, int64_t id, Round *out);
/* Opens and closes what is due; for a job. */
must_use Error round_advance(Call *call, int64_t *out_count);
