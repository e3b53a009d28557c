/*
 * activity: salons, campaigns, trainings, case collections. A secretary prepares one and another announces it; people register, and until a stated
 * instant places go to support units alone, in the order of registration, then to everybody in that order; who has no place waits. Attendance and
 * results are entered by one secretary and confirmed by another; only then do they count as merit.
 */
#pragma once
#include "people/org/org.h"
#include "subject/merit/deed.h"
#include "work/form/form.h"
#include "work/workflow/workflow.h"

struct RouteTable;
extern const struct RouteTable activity_routes, activity_public_routes;
extern const Machine activity_machine;
extern const Form activity_form, activity_result_form;
const Form *activity_action_form(const char *name);
const char *activity_kind_text(Text kind); /* English source text */
const char *activity_result_text(Text kind);

typedef struct Activity {
	int64_t id, revision, seal_key, writer_id, places, marked_by; /* marked_by 0: nobody has marked attendance */
	int64_t starts_at, ends_at, opens_at, closes_at, units_until, announced_at, updated_at; /* announced_at 0: never */
	Text ref, kind, state, reason; /* reason: of a cancellation; may be empty */
	Map *values; /* of activity_form */
} Activity;
typedef LIST_OF(Activity) Activities;
Text activity_title(const Activity *activity, Lang lang);

/* ---- For everybody: announced ones */
must_use Error activity_open_public(Call *call, Text ref, Activity *out); /* NOT_FOUND: never announced */
must_use Error activity_list_public(Call *call, int64_t before, int64_t max, Activities *out); /* newest first; 0 to begin with */
Text activity_calendar(Call *call, const Activities *activities);

/* ---- For people with an account */
typedef struct ActivityRegistration {
	int64_t id, person_id, organisation_id, registered_at; /* organisation_id 0: none */
	Text ref;
	bool is_unit, is_placed, has_come;
} ActivityRegistration;
typedef LIST_OF(ActivityRegistration) ActivityRegistrations;
must_use Error activity_registration_own(Call *call, const Activity *activity, ActivityRegistration *out, bool *out_found);
/* CONFLICT: registration is not open, or the actor is registered. */
must_use Error activity_register(Call *call, Text ref);
must_use Error activity_unregister(Call *call, Text ref); /* until it begins; whoever waits moves up. CONFLICT */

/* ---- For secretaries, supervisors to read, with second factor. NOT_FOUND: hidden or absent. */
must_use Error activity_open(Call *call, Text ref, Activity *out);
must_use Error activity_in_state(Call *call, Text state, int64_t before, int64_t max, Activities *out);
must_use Error activity_new(Call *call, const Map *values, Text *out_ref);
must_use Error activity_write(
	Call *call, Text ref, int64_t seen, const Map *values); /* a draft. CONFLICT: somebody was faster, or no draft */
must_use Error activity_act(Call *call, Text ref, Text action, int64_t revision, const Map *values);
must_use Error activity_matter(Call *call, const Activity *activity, Matter *out);
must_use Error activity_registrations(Call *call, const Activity *activity, ActivityRegistrations *out); /* in their order */
/* From its beginning until it is done, of those who had a place. CONFLICT: not now. NOT_FOUND. */
must_use Error activity_mark(Call *call, Text ref, Text registration, bool has_come);

/* Whether the actor's organisation is a support unit or partner in force. */
must_use Error activity_is_of_unit(Call *call, bool *out);

typedef struct ActivityResult {
	int64_t id, organisation_id, done_at, entered_by, entered_at, confirmed_at; /* confirmed_at 0: it waits */
	Text ref, activity, activity_kind, kind, what; /* kind: "attended", "spoke", "contributed", "chosen" */
} ActivityResult;
typedef LIST_OF(ActivityResult) ActivityResults;
must_use Error activity_results_of(Call *call, const Activity *activity, ActivityResults *out);
/* INVALID with problems at the fields. CONFLICT: not now. FORBIDDEN: the actor's own organisation. */
must_use Error activity_result_add(Call *call, Text ref, const Map *values);
/* FORBIDDEN: the actor's own entry, or own organisation. CONFLICT: it is confirmed. */
must_use Error activity_result_confirm(Call *call, Text ref, Text result);
must_use Error activity_result_drop(Call *call, Text ref, Text result); /* one that waits */

/* For the room of cases: one that was chosen counts from now on, decided by these two. Inside db_transact. */
must_use Error activity_result_of_case(
	Call *call, const Activity *activity, int64_t organisation_id, Text title, int64_t entered_by, int64_t confirmed_by);

/* ---- For the points: what was confirmed, by id upwards; asks nobody's permission. */
must_use Error activity_merit(Call *call, int64_t after, int64_t max, ActivityResults *out);

/* The same of one result, as the points rule counts it: a talk, a part in a campaign, a case that was chosen. What is none of these, or not
 * confirmed, counts nothing. NOT_FOUND. */
extern const char activity_result_source[]; /* kind of its events */
must_use Error activity_credit(Call *call, Text ref, DeedCredit *out);

/* Opens and closes registration, gives places when those of units are over; for a job. */
must_use Error activity_advance(Call *call, int64_t *out_count);
