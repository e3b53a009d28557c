/*
 * party: one vendor's part in a casefile, from the first attempt to reach it to the fix that was checked. It moves by itself; the casefile asks
 * party_summary where all of them stand. A party never learns of other parties, of the reporter, or of the casefile's own conversations.
 * Who may read one is said in one place, the view party_reader; whoever may not is told NOT_FOUND, as if there were none.
 */
#pragma once
#include "base/base/base.h"
#include "people/org/org.h"
#include "subject/report/report.h"
#include "work/absence/absence.h"
#include "work/form/form.h"
#include "work/thread/thread.h"
#include "work/workflow/workflow.h"

/* ---- For the casefile: naming a party, and where all of them stand */
typedef struct PartyNew {
	int64_t organisation_id; /* of the vendor; 0: it has no account, or nobody has bound it yet */
	Text name, mail, phone, source; /* of the vendor as it was found, and where: filing, store listing, privacy policy, security.txt */
	int64_t product_id; /* 0: none in the catalogue */
	Text product; /* its name */
	Text versions; /* affected version lines, one a line; each needs a fix of its own. May be empty */
	Text position; /* of an own-product report: what it says of it, may be empty */
	bool is_service; /* a service, mini-program or official account: fixed since an instant, not in a version */
	bool is_own_provider; /* the organisation is the provider of this very product; a foreign one is told only then */
	bool is_own_report; /* its own report about its own product: begins in FIXING */
} PartyNew;
/* Inside the caller's transaction; opens the party with its first clock. INVALID with problems: neither organisation nor name; a foreign
 * organisation that is not the product's own provider; an own report without a verified organisation. */
must_use Error party_add(Call *call, int64_t casefile_id, const PartyNew *party, Text *out_ref);

typedef struct PartySummary { /* without those named by mistake */
	int count, notified, acknowledged, stated, done, unreachable, orphan; /* notified, acknowledged, stated: ever */
	int foreign; /* notified recipients outside the country */
	bool all_settled; /* there is one, and each is DONE, ORPHAN, or UNREACHABLE: its steps exhausted */
	bool has_notice; /* there is one, and each was notified with evidence, or has none to be notified (ORPHAN, UNREACHABLE) */
	bool provider_fix; /* there is a settled one, and each settled one has a repair measure or is not affected */
	int64_t first_notice_at; /* 0: none yet */
	int64_t silent_since; /* of those who were notified and took no position: the oldest last word, or notice; 0: nobody is silent */
} PartySummary;
/* Asks nobody's permission: for the casefile's guards. */
must_use Error party_summary(Call *call, int64_t casefile_id, PartySummary *out);

typedef struct PartyLine { /* one row of a list */
	int64_t id, organisation_id, casefile_id, notified_at, acknowledged_at, word_at, updated_at, due_at; /* 0: none */
	Text ref, state, step, position; /* position: empty while silent */
	Text vendor, product; /* names; for the reader's language */
	int64_t unread; /* messages of its thread the reader has not read */
	bool has_fix;
} PartyLine;
typedef LIST_OF(PartyLine) PartyLines;
/* Whose stage is what; asks nobody's permission: for the page of the authority, which has opened the casefile. */
must_use Error party_stages(Call *call, int64_t casefile_id, int64_t max, PartyLines *out);
/* Of a casefile, in the order they were named; only those the actor may read. after: id of the last one seen, 0 to begin with. */
must_use Error party_list(Call *call, int64_t casefile_id, int64_t after, int64_t max, PartyLines *out);
/* The actor's organisation's, newest first; those that wait in a state, oldest first (coordinators); those to be checked by the actor. */
must_use Error party_list_own(Call *call, int64_t before, int64_t max, PartyLines *out);
/* The same, what changed from this instant on, oldest change first. at, after: of the last one seen; after 0 to begin with. */
must_use Error party_list_since(Call *call, int64_t at, int64_t after, int64_t max, PartyLines *out);
must_use Error party_queue(Call *call, Text state, int64_t after, int64_t max, PartyLines *out);
must_use Error party_assigned(Call *call, PartyLines *out);

/* The stage as people read it: "No answer yet", "Position: affected", … silence is shown as silence. English source text. */
const char *party_stage_text(Text state, Text position);

/* For those who count contributions; asks nobody's permission. NOT_FOUND. */
typedef struct PartyCredit {
	int64_t id, organisation_id; /* organisation 0: none is bound */
	bool is_done, has_fix, is_own_report;
} PartyCredit;
must_use Error party_credit(Call *call, Text ref, PartyCredit *out);

/* ---- What the casefile tells a party, and is told; given once at start, because this room knows no casefile */
typedef struct PartyCase {
	int64_t coordinator_id;
	Text ref; /* of the casefile: coordinators only */
	Text number, title,
		level; /* archived number, empty before acceptance; title for the vendor's copy; tag of the level, may be empty */
	Text content; /* what the coordinator begins the notice with, Markdown; may be empty */
	bool is_incident, is_ended;
	int64_t reported_at; /* of the first report; 0: none */
	bool is_isolated; /* nobody reads anything of it, and nobody is told */
	int64_t embargo_until; /* 0: none */
} PartyCase;
typedef struct PartyUpstream {
	Text vendor, product, contact, explanation;
} PartyUpstream;
struct Party;
typedef struct PartyHooks {
	/* origin: the casefile the party was named in; another one when the two were merged, whose content it never sees. */
	Error (*casefile)(Call *call, int64_t casefile_id, int64_t origin_id, PartyCase *out);
	/* After every action, inside its transaction: so that the casefile may tell its people. May be NULL. */
	Error (*changed)(Call *call, const struct Party *party, const char *action);
	/* A vendor says that somebody else's component is affected: opens the linked casefile and its own party at once, in this transaction.
	 * May be NULL. */
	Error (*upstream)(Call *call, const struct Party *party, const PartyUpstream *upstream);
	/* The vendor's own rating: kept beside the others, never instead of the official one. May be NULL. */
	Error (*rated)(Call *call, const struct Party *party, Text gbt30279, Text cvss);
	/* The vendor's answer to the embargo. May be NULL. */
	Error (*embargo)(Call *call, const struct Party *party, const EmbargoWord *word);
} PartyHooks;
void party_set_hooks(const PartyHooks *hooks);

/* ---- Reading */
typedef struct Party {
	int64_t id, revision, seal_key, casefile_id, organisation_id, product_id; /* organisation, product 0: none */
	int64_t notified_at, notice_at, acknowledged_at, word_at, created_at, updated_at, duty_due_at, duty_reported_at; /* 0: not yet */
	Text ref, state, step, position, domicile, closing; /* may be empty: position, domicile, closing */
	int64_t known_at; /* since when the vendor knew of it, as a coordinator accepted it; 0: not so */
	Text vendor, product; /* names */
	Text mail, phone, source; /* of the contact; empty for the vendor itself */
	int64_t claimed_by; /* the organisation whose member showed the claim code; 0: nobody yet */
	bool is_vendor, is_staff; /* the actor: a member of the vendor; a coordinator who is not */
	bool is_own_report, is_service, is_own_provider, has_fix, has_code;
	PartyCase casefile;
	const struct PartyFacts *facts;
} Party;
extern const Machine party_machine;
extern const Worklist party_worklist;
const Form *party_action_form(const char *name); /* NULL: the action asks for nothing */
must_use Error party_open(Call *call, Text ref, Party *out);
must_use Error party_read(Call *call, int64_t id, Party *out); /* for jobs and subjects above that asked by their own rule */
void party_matter(const Party *party, Matter *out);
/* The values a form of an action begins with: the notice as the casefile gives it. NULL: none. */
const Map *party_known(Call *call, const Party *party);

typedef struct PartyStatement {
	Text ref, action, person; /* person: as others see the name; empty: the system */
	const Form *form;
	const Map *values; /* of the form, only what this reader may see */
	int64_t at;
	bool is_vendors;
} PartyStatement;
typedef LIST_OF(PartyStatement) PartyStatements;
/* Newest first; at most 200. The vendor sees the notice's content once it has signed for it, and never evidence of delivery. */
must_use Error party_said(Call *call, const Party *party, PartyStatements *out);

typedef struct PartyAttempt {
	Text step, channel, outcome, address, note, person;
	int64_t at;
} PartyAttempt;
typedef LIST_OF(PartyAttempt) PartyAttempts;
must_use Error party_attempts(Call *call, const Party *party, PartyAttempts *out); /* coordinators; for others an empty list */

typedef struct PartyVersion {
	Text line, fixed; /* fixed: empty as long as it is open */
	int64_t fixed_at;
} PartyVersion;
typedef LIST_OF(PartyVersion) PartyVersions;
must_use Error party_versions(Call *call, const Party *party, PartyVersions *out);

typedef struct PartyCopy {
	Text ref, person;
	int64_t downloads, first_at, last_at;
} PartyCopy;
typedef LIST_OF(PartyCopy) PartyCopies;
must_use Error party_copies(Call *call, const Party *party, PartyCopies *out); /* coordinators; for others an empty list */

typedef struct PartyAppeal {
	Text path; /* of the form, or of the dispute there is */
	const char *text; /* English source text: of the link */
	int64_t until; /* of the time to appeal; 0: there is a dispute */
} PartyAppeal;
typedef LIST_OF(PartyAppeal) PartyAppeals;
/* Given once at start, because this room knows no dispute: what the vendor's page says of appeals. */
typedef Error PartyAppealLook(Call *call, const struct Party *party, PartyAppeals *out);
void party_set_appeal(PartyAppealLook *look);
/* A dispute has found that the vendor is not affected: named by mistake. By the system, inside the transaction. *out_moved false: it is settled
 * or out of reach, and nothing was changed. */
must_use Error party_set_aside(Call *call, int64_t id, Text dispute, bool *out_moved);
/* ---- Many at once, by coordinators: "notify" in the vendor's account, "remind", "escalate" to the next step, "channel" through a partner */
enum { PARTY_MANY_MAX = 200 };
typedef struct PartyMany {
	int64_t casefile_id;
	Text action;
	const Text *refs;
	size_t count;
} PartyMany;
typedef struct PartyManyLine {
	Text ref, vendor, state;
	const char *does; /* what is done to it: the row's words; NULL: nothing */
	const char *why_not; /* English source text; NULL: nothing stands against it */
} PartyManyLine;
typedef LIST_OF(PartyManyLine) PartyManyLines;
/* What it would do to each. INVALID: "party": none or more than PARTY_MANY_MAX; "action". NOT_FOUND: one is none of this casefile. */
must_use Error party_many_preview(Call *call, const PartyMany *many, PartyManyLines *out);
/* Does it to each where nothing stands against it ("channel" is delivery_send's); *out: as it was found. INVALID: a value of the action's form. */
must_use Error party_many_act(Call *call, const PartyMany *many, const Map *values, PartyManyLines *out);
/* A page of a casefile's parties. */
typedef struct PartyFilter {
	Text state; /* empty: any */
	bool is_unbound; /* only those without an account */
} PartyFilter;
must_use Error party_list_where(Call *call, int64_t casefile_id, const PartyFilter *filter, int64_t after, int64_t max, PartyLines *out);

/* ---- Acting. `values` are those of the action's form, or NULL. */
must_use Error party_act(Call *call, Text ref, Text action, int64_t revision, const Map *values);
void party_threads(const Party *party, ThreadSubject *out);
/* Tells the vendors of a casefile who have signed for the notice that something of it has changed; inside the transaction. */
must_use Error party_tell_signed(Call *call, int64_t casefile_id, NoticeKind kind);
/* Tells everybody in the conversation of a new message, and remembers that the vendor has said something. */
must_use Error party_tell_message(Call *call, const Party *party, Text audience, const ThreadMembers *members);

/* This reader's own copy of the notice, and records that it was fetched. Every page of it bears the mark of its recipient (work/copy).
 * FORBIDDEN: not signed for yet. NOT_FOUND: no notice. */
typedef struct PartyNotice {
	Text pdf, text; /* the same for people and for machines */
	Text copy_ref;
} PartyNotice;
must_use Error party_notice_pdf(Call *call, const Party *party, PartyNotice *out);
must_use Error party_notice_text(Call *call, const Party *party, PartyNotice *out); /* without out->pdf */
/* The signed receipt of the acknowledgement ("acknowledge") or of the report to the national platform ("duty"). NOT_FOUND: not done yet. */
must_use Error party_receipt(Call *call, const Party *party, const char *action, Text *out);
/* What the vendor reported to the national platform; NOT_FOUND: nothing yet. */
must_use Error party_duty(Call *call, const Party *party, PartyStatement *out);

/* A member of an organisation shows the claim code of a letter. It opens nothing: the coordinator is told who showed it. NOT_FOUND: no such
 * code; after five wrong ones from an address TOO_MANY for a quarter of an hour, right or wrong. CONFLICT: the actor belongs to no organisation. */
must_use Error party_claim(Call *call, Text code, Text address, Text *out_number);

/* ---- Time: run by jobs */
must_use Error party_remind(Call *call, int64_t subject_id, Text clock, bool is_today); /* for workflow_remind: whoever has to act */
must_use Error party_overdue(Call *call, int64_t subject_id, Text clock); /* for workflow_escalate, of machine "party" */
/* Letters that came back become failed attempts; steps whose time is over go on by themselves; the duty's clock in hours is told of before and
 * at its end. At most `max` of each in one transaction. */
must_use Error party_watch(Call *call, int64_t max, int64_t *out_count);

struct RouteTable;
extern const struct RouteTable party_routes, party_api_routes, party_letter_routes;
