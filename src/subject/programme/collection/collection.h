/*
 * collection: what units submit to a case collection (案例征集), an activity of that kind. A case is a form that saves itself, with files; submitted in
 * time it passes two reviews: the office looks whether it is complete, then three experts without a conflict score it, each with reasons and without
 * seeing the others. What is chosen is proposed by one secretary, given public notice by another, and counts as merit when its days are over.
 */
#pragma once
#include "people/org/org.h"
#include "subject/programme/activity/activity.h"
#include "work/copy/copy.h"
#include "work/letter/letter.h"

struct RouteTable;
extern const struct RouteTable collection_routes, collection_office_routes, collection_public_routes, collection_api_routes;
extern const Machine collection_machine;
extern const Form collection_form, collection_score_form;
const Form *collection_action_form(const char *name);

enum { COLLECTION_EXPERTS = 3, COLLECTION_CASES_MAX = 20 }; /* of one organisation in one collection */
typedef struct CollectionCase {
	int64_t id, revision, seal_key, activity_id, organisation_id, writer_id, checker_id, lister_id, publicist_id;
	int64_t score; /* mean in hundredths, -1 until all scores are in */
	int64_t submitted_at, updated_at; /* submitted_at 0: not yet */
	Text ref, state, title, reason; /* title: once submitted; reason: of the last decision */
	Activity activity;
	Organisation organisation;
	Map *values; /* of collection_form */
	bool is_own, is_staff, is_judge; /* what the actor is to it */
	const char *conflict; /* why the actor may not decide about it; NULL: nothing */
} CollectionCase;
typedef LIST_OF(CollectionCase) CollectionCases;

/* For members of the organisation; once submitted for secretaries and supervisors with second factor, and for the experts who were asked. NOT_FOUND. */
must_use Error collection_open(Call *call, Text ref, CollectionCase *out);
must_use Error collection_record_reading(Call *call, const CollectionCase *one); /* of somebody else's */
/* Of the actor's organisation in this collection, newest first. */
must_use Error collection_own(Call *call, const Activity *activity, CollectionCases *out);
/* Whether the actor may begin a case there now: English source text why not; NULL: they may. */
must_use Error collection_why_not(Call *call, const Activity *activity, const char **out_why);
/* By a member of a support unit or partner in force, while the collection is open. FORBIDDEN, CONFLICT; TOO_LARGE: there are too many. */
must_use Error collection_begin(Call *call, Text activity, Text *out_ref);
bool collection_may_write(const CollectionCase *one, int64_t now);
must_use Error collection_save_field(Call *call, const CollectionCase *one, Text name, Text value); /* CONFLICT: not now */
must_use Error collection_save(Call *call, const CollectionCase *one, const Map *values);
must_use Error collection_files(Call *call, const CollectionCase *one, bool to_write, AttachmentOwner *out);
/* A file for somebody who reviews or scores it, the caller having asked who may: recorded, whether it could be marked or not, and then given with the
 * mark of the actor in it (PDF, pictures), or as it is. The descriptor is the caller's. NOT_FOUND. */
must_use Error collection_file_copy(Call *call, const CollectionCase *one, Text ref, Text *out_name, CopyFile *out);
must_use Error collection_act(Call *call, Text ref, Text action, int64_t revision, const Map *values);
must_use Error collection_matter(Call *call, const CollectionCase *one, Matter *out);

/* ---- The office: secretaries and supervisors with second factor; nothing of what they have an interest in */
must_use Error collection_in_state(Call *call, Text activity, Text state, int64_t before, int64_t max, CollectionCases *out);
must_use Error collection_letter_order(Call *call, const CollectionCase *one, LetterOrder *out); /* CONFLICT: it was not chosen */
must_use Error collection_letter(Call *call, const CollectionCase *one, Text *out_name, Text *out_bytes); /* NOT_FOUND: none is issued */

/* ---- Experts */
typedef struct CollectionSeat {
	int64_t id, person_id, asked_at, done_at; /* done_at 0: asked, not done */
	int64_t score; /* whole points; -1: none, or not for the actor */
	Text state, reason, expert; /* state: asked scored conflict; reason: may be empty; expert: name */
} CollectionSeat;
typedef LIST_OF(CollectionSeat) CollectionSeats;
/* The office sees who was asked, and what was said once all are in; an expert their own alone. */
must_use Error collection_seats(Call *call, const CollectionCase *one, CollectionSeats *out);
must_use Error collection_to_judge(
	Call *call, int64_t before, int64_t max, CollectionCases *out); /* that the actor was asked for, newest first */
/* A score with its reasons, or a conflict: then somebody else is asked. CONFLICT: done already, or not now. INVALID: problems at the fields. */
must_use Error collection_judge(Call *call, Text ref, const Map *values);

/* ---- For everybody: in public notice, or chosen */
must_use Error collection_public(Call *call, const Activity *activity, CollectionCases *out);
must_use Error collection_notice_until(Call *call, const CollectionCase *one, int64_t *out_at); /* 0: it is in no public notice */

/* Drafts lapse when the collection is over, cases are chosen when their days are over; for a job. */
must_use Error collection_advance(Call *call, int64_t *out_count);
must_use Error collection_deadline(Call *call, int64_t id, bool is_over);
