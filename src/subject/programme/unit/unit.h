/*
 * unit: the organisations that support the library, from admission to the end. Every decision that gives or takes is entered by one secretary and
 * confirmed by another; with it come the certificate, the standing of the organisation, the public register and the letter to its administrators.
 * A unit comes from the decision of a round, or from an earlier decision of the body that is entered with its document number.
 */
#pragma once
#include "people/org/org.h"
#include "store/setting/wordlist.h"
#include "work/form/form.h"
#include "work/workflow/workflow.h"

struct RouteTable;
extern const struct RouteTable unit_routes, unit_round_routes, unit_public_routes;
extern const Machine unit_machine;
extern const Wordlist unit_reasons; /* why a unit is revoked */
extern const Form unit_admission_form;
const Form *unit_action_form(const char *name);

typedef struct Unit {
	int64_t id, revision, seal_key, organisation_id, stars, wish_by;
	int64_t from_at, until_at, admitted_at, ended_at, banned_until, appeal_until, updated_at; /* 0: none */
	Text ref, state, direction, certificate;
	Text wish, wish_values; /* action that waits for a second person; may be empty */
	Text review; /* why it is looked at again; may be empty */
	Text reason, document; /* of its last decision */
	Organisation organisation;
} Unit;
typedef LIST_OF(Unit) Units;

/* ---- For secretaries, supervisors to read, with second factor; and for members of the organisation itself. NOT_FOUND: hidden or absent. */
must_use Error unit_open(Call *call, Text ref, Unit *out);
must_use Error unit_in_state(Call *call, Text state, int64_t before, int64_t max, Units *out); /* the office; newest first */
must_use Error unit_of_actor(Call *call, Units *out); /* of the actor's organisation: what runs and what was */
/* An earlier decision, to be confirmed by another secretary. INVALID: credit_code, direction, stars, document, days. CONFLICT: is one already. */
must_use Error unit_enter(Call *call, const Map *values, Text *out_ref);
must_use Error unit_act(Call *call, Text ref, Text action, int64_t revision, const Map *values);
void unit_matter(Call *call, const Unit *unit, Matter *out);
const Form *unit_wish_form(Text wish); /* of the decision that waits; NULL: none */

/* ---- From the decision of a round: those that were announced and accepted the agreement, and hold no certificate yet. */
extern const Form unit_round_form;
typedef struct UnitCandidate {
	int64_t application_id, organisation_id, stars;
	Text application, direction;
	Organisation organisation; /* as it is now: merged, renamed */
	Text unit; /* the one that is renewed; empty: a new one */
	const char *why_not; /* NULL: it can be entered */
	bool is_entered; /* it waits for the second person */
	bool is_renewal;
} UnitCandidate;
typedef LIST_OF(UnitCandidate) UnitCandidates;
must_use Error unit_candidates(Call *call, Text round, UnitCandidates *out, Text *out_document);
/* Enters each that can be: as a new unit, or as the renewal of what it is; another secretary confirms, with which the certificate is issued.
 * INVALID with problems at the fields of unit_round_form, also when there is none. */
must_use Error unit_enter_from_round(Call *call, Text round, const Map *values, int64_t *out_count);

/* ---- For everybody: admitted ones */
must_use Error unit_open_public(Call *call, Text ref, Unit *out); /* NOT_FOUND: never admitted */
/* By stars, the highest first. `after`: the last one seen, NULL to begin with. Also the suspended ones, not those that ended. */
must_use Error unit_register(Call *call, Text direction, const Unit *after, int64_t max, Units *out);
must_use Error unit_former(Call *call, int64_t before, int64_t max, Units *out); /* newest first */
must_use Error unit_members(Call *call, int64_t organisation_id, int64_t *out_count);

/* Days that come near or are over, organisations that merged or changed their name; for a job. */
must_use Error unit_advance(Call *call, int64_t *out_count);
/* A clock of this machine is near its end or over: secretaries are told. */
must_use Error unit_deadline(Call *call, int64_t unit_id, bool is_over);
