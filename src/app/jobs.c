#include "app/jobs.h"

#include "base/base/clock.h"

#include "app/outbox_jobs.h"
#include "face/outbox/fetch.h"
#include "people/org/org.h"
#include "people/person/person.h"
#include "store/blob/blob.h"
#include "store/setting/setting.h"
#include "subject/advisory/advisory.h"
#include "subject/batch/batch.h"
#include "subject/casefile/casefile.h"
#include "subject/casefile/trusted_time.h"
#include "subject/dispute/dispute.h"
#include "subject/figure/figure_report.h"
#include "subject/find/find.h"
#include "subject/merit/merit.h"
#include "subject/party/delivery.h"
#include "subject/party/party.h"
#include "subject/privacy/privacy.h"
#include "subject/product/product.h"
#include "subject/programme/activity/activity.h"
#include "subject/programme/application/application.h"
#include "subject/programme/collection/collection.h"
#include "subject/programme/decision/decision.h"
#include "subject/programme/inspection/inspection.h"
#include "subject/programme/panel/panel.h"
#include "subject/programme/round/round.h"
#include "subject/programme/unit/unit.h"
#include "subject/site/complaint.h"
#include "subject/site/site.h"
#include "subject/warning/warning.h"
#include "work/absence/absence.h"
#include "work/certificate/certificate.h"
#include "work/thread/thread_mail.h"

enum { DAY_MS = 86400000 };

/* Once a day: links, challenges and sessions that expired, what entries of earlier versions lack, files whose message was never written, and files that no row names. */
static Error clean_all(Call *call)
{
	int64_t removed;
	TRY(person_clean(call));
	TRY(thread_sweep(call, &removed));
	TRY(thread_mail_sweep(call));
	TRY(org_names_fill(call));
	return blob_sweep(call, &removed);
}

/* What is removed for its age is removed for good: after a jump of the clock nothing is, until the clock is believed again. */
static Error clean(Call *call, const Job *job)
{
	int64_t now = call->now;
	(void)job;
	TRY(trusted_time(call, &call->now));
	Error error = clean_all(call);
	call->now = now;
	return error;
}
static const JobKind clean_job = { .name = "clean", .run = clean, .every_milliseconds = DAY_MS };

/* ---- Deadlines: each clock is told of once near its end, on its last day, and when it has run out */
enum { DEADLINES_EVERY_MS = 60000, DEADLINES_AT_ONCE = 100 };

static Error overdue(Call *call, Text machine, int64_t subject_id, Text clock)
{
	if (text_is(machine, text_from(party_machine.name))) return party_overdue(call, subject_id, clock);
	if (text_is(machine, text_from(delivery_machine.name))) return delivery_deadline(call, subject_id, true, false);
	if (text_is(machine, text_from(application_machine.name))) return application_overdue(call, subject_id, clock);
	if (text_is(machine, text_from(inspection_machine.name))) return inspection_deadline(call, subject_id, true, false);
	if (text_is(machine, text_from(objection_machine.name))) return objection_deadline(call, subject_id, true);
	if (text_is(machine, text_from(unit_machine.name))) return unit_deadline(call, subject_id, true);
	if (text_is(machine, text_from(collection_machine.name))) return collection_deadline(call, subject_id, true);
	if (text_is(machine, text_from(dispute_machine.name))) return dispute_deadline(call, subject_id, true, false);
	if (text_is(machine, text_from(warning_machine.name))) return warning_deadline(call, subject_id, true, false);
	return casefile_overdue(call, machine, subject_id, clock);
}

static Error remind(Call *call, Text machine, int64_t subject_id, Text clock, bool is_today)
{
	if (text_is(machine, text_from(party_machine.name))) return party_remind(call, subject_id, clock, is_today);
	if (text_is(machine, text_from(delivery_machine.name))) return delivery_deadline(call, subject_id, false, is_today);
	if (text_is(machine, text_from(application_machine.name))) return application_remind(call, subject_id, clock, is_today);
	if (text_is(machine, text_from(inspection_machine.name))) return inspection_deadline(call, subject_id, false, is_today);
	if (text_is(machine, text_from(objection_machine.name))) return objection_deadline(call, subject_id, false);
	if (text_is(machine, text_from(unit_machine.name))) return unit_deadline(call, subject_id, false);
	if (text_is(machine, text_from(collection_machine.name))) return collection_deadline(call, subject_id, false);
	if (text_is(machine, text_from(dispute_machine.name))) return dispute_deadline(call, subject_id, false, is_today);
	if (text_is(machine, text_from(warning_machine.name))) return warning_deadline(call, subject_id, false, is_today);
	return casefile_remind(call, machine, subject_id, clock, is_today);
}

Error jobs_tell_deadlines(Call *call)
{
	for (int64_t count = DEADLINES_AT_ONCE; count >= DEADLINES_AT_ONCE;) TRY(absence_turn(call, DEADLINES_AT_ONCE, &count));
	for (int64_t count = DEADLINES_AT_ONCE; count == DEADLINES_AT_ONCE;)
		TRY(workflow_escalate(call, DEADLINES_AT_ONCE, overdue, &count));
	for (int64_t count = DEADLINES_AT_ONCE; count >= DEADLINES_AT_ONCE;) TRY(workflow_remind(call, DEADLINES_AT_ONCE, remind, &count));
	for (int64_t count = DEADLINES_AT_ONCE; count >= DEADLINES_AT_ONCE;) TRY(party_watch(call, DEADLINES_AT_ONCE, &count));
	for (int64_t count = DEADLINES_AT_ONCE; count >= DEADLINES_AT_ONCE;) TRY(dispute_advance(call, DEADLINES_AT_ONCE, &count));
	return OK;
}

static Error escalate(Call *call, const Job *job)
{
	(void)job;
	return jobs_tell_deadlines(call);
}
static const JobKind deadline_job = { .name = "deadlines", .run = escalate, .every_milliseconds = DEADLINES_EVERY_MS };

/* ---- Articles whose hour has come */
enum { ARTICLES_EVERY_MS = 30000 };

static Error publish_articles(Call *call, const Job *job)
{
	int64_t published;
	(void)job;
	return article_publish_due(call, &published);
}
static const JobKind article_job = { .name = "articles", .run = publish_articles, .every_milliseconds = ARTICLES_EVERY_MS };

/* ---- Claims by domain */
enum { FETCH_ATTEMPTS = 5 };

static Error fetch_claim(Call *call, Text host, const char *path, Text *out_body, Text *out_fault)
{
	static const char *const faults[] = { [FETCH_OK] = "",
		[FETCH_UNKNOWN] = "unknown",
		[FETCH_PRIVATE] = "private",
		[FETCH_UNREACHABLE] = "unreachable",
		[FETCH_REFUSED] = "refused",
		[FETCH_LARGE] = "large" };
	const FetchOptions options = { 0 };
	*out_fault = text_from(faults[fetch_text(call->arena, &options, host, path, out_body)]);
	return OK;
}

static Error read_domain(Call *call, const Job *job)
{
	return product_claim_fetch(call, job->payload, job->attempt >= FETCH_ATTEMPTS, fetch_claim);
}
static const JobKind domain_job = { .name = product_claim_job, .run = read_domain, .attempts_max = FETCH_ATTEMPTS + 1 };

/* ---- Selection rounds open and close to the instant, or half a minute late */
enum { ROUNDS_EVERY_MS = 30000 };

static Error advance_rounds(Call *call, const Job *job)
{
	int64_t count;
	(void)job;
	TRY(round_advance(call, &count));
	TRY(panel_advance(call, &count));
	TRY(inspection_advance(call, &count));
	for (count = DEADLINES_AT_ONCE; count > 0;) TRY(application_advance(call, &count));
	return OK;
}
static const JobKind round_job = { .name = "rounds", .run = advance_rounds, .every_milliseconds = ROUNDS_EVERY_MS };

/* ---- Files of certificates, as soon as their entry is in the tree */
enum { CERTIFICATES_EVERY_MS = 5000, CERTIFICATES_AT_ONCE = 20 };

static Error make_certificates(Call *call, const Job *job)
{
	int64_t made;
	(void)job;
	return certificate_make_files(call, CERTIFICATES_AT_ONCE, &made);
}
/* ---- Certified finds whose vulnerability does not stand any more */
enum { FINDS_EVERY_MS = 6 * 3600 * 1000 };

static Error watch_finds(Call *call, const Job *job)
{
	int64_t count;
	(void)job;
	return find_advance(call, &count);
}
static const JobKind find_job = { .name = "finds", .run = watch_finds, .every_milliseconds = FINDS_EVERY_MS };

static const JobKind certificate_job = { .name = "certificates", .run = make_certificates, .every_milliseconds = CERTIFICATES_EVERY_MS };

/* ---- Personal data: copies of one's own, accounts that end, and every night what the retention rules take away */
enum { PRIVACY_EVERY_MS = 15 * 60000, PRIVACY_AT_ONCE = 50 };

static Error make_copy(Call *call, const Job *job) { return export_make(call, job->payload); }
static const JobKind copy_job = { .name = export_job, .run = make_copy, .lease_milliseconds = 10 * 60000 };

static Error end_accounts(Call *call, const Job *job)
{
	int64_t count;
	(void)job;
	TRY(deletion_carry(call, PRIVACY_AT_ONCE, &count));
	TRY(handover_settle(call, PRIVACY_AT_ONCE, &count));
	TRY(complaint_remind(call, PRIVACY_AT_ONCE, &count));
	TRY(rectification_remind(call, PRIVACY_AT_ONCE, &count));
	return impact_remind(call, PRIVACY_AT_ONCE, &count);
}
static const JobKind privacy_job = { .name = "privacy", .run = end_accounts, .every_milliseconds = PRIVACY_EVERY_MS };

static Error carry_retention(Call *call, const Job *job)
{
	int64_t gone;
	(void)job;
	return retention_carry(call, &gone);
}
static const JobKind retention_job = {
	.name = "retention", .run = carry_retention, .lease_milliseconds = 30 * 60000, .every_milliseconds = DAY_MS
};

/* ---- Support units whose days come near or are over, activities whose registration opens or closes */
enum { UNITS_EVERY_MS = 60000 };

static Error advance_units(Call *call, const Job *job)
{
	int64_t count;
	(void)job;
	TRY(unit_advance(call, &count));
	TRY(activity_advance(call, &count));
	return collection_advance(call, &count);
}
static const JobKind unit_job = { .name = "units", .run = advance_units, .every_milliseconds = UNITS_EVERY_MS };

/* ---- Contribution points follow the ledger */
enum { MERIT_EVERY_MS = 5000, MERIT_AT_ONCE = 200 };

static Error count_merit(Call *call, const Job *job)
{
	int64_t count;
	(void)job;
	return merit_follow(call, MERIT_AT_ONCE, &count);
}
static const JobKind merit_job = { .name = "merit", .run = count_merit, .every_milliseconds = MERIT_EVERY_MS };

/* ---- Publication of what was approved, when nothing holds it back any more; the time is kept first */
enum { PUBLICATION_EVERY_MS = 60000 };

static Error publish_due(Call *call, const Job *job)
{
	TimeReading reading;
	int64_t published;
	(void)job;
	TRY(trusted_time_read(call, &reading));
	TRY(trusted_time_keep(call, &reading));
	TRY(casefile_emergencies(call, DEADLINES_AT_ONCE, &published));
	TRY(casefile_instructions_due(call, DEADLINES_AT_ONCE, &published));
	TRY(casefile_remind_upward(call, DEADLINES_AT_ONCE, &published));
	return casefile_publish_due(call, &published);
}
static const JobKind publication_job = { .name = "publication", .run = publish_due, .every_milliseconds = PUBLICATION_EVERY_MS };

/* ---- Warnings reach their recipients, whom nobody has signed for is reminded */
enum { WARNINGS_EVERY_MS = 5000, WARNINGS_AT_ONCE = 50, WARNINGS_LEASE_MS = 15000 }; /* whoever dies in the middle is soon followed */

/* A lease runs by the clock of the wall, whatever time the call has. */
static Error keep_lease(Call *call, const Job *job)
{
	Call real = *call;
	real.now = clock_wall();
	return job_renew(&real, job);
}

typedef Error WarningStep(Call *call, int64_t max, int64_t *out_count);

static Error deliver_warnings(Call *call, const Job *job)
{
	static WarningStep *const steps[] = { warning_remind, warning_deliver, warning_index_rest };
	for (size_t i = 0; i < COUNT(steps); i++)
		for (int64_t count = WARNINGS_AT_ONCE; count == WARNINGS_AT_ONCE;) {
			TRY(steps[i](call, WARNINGS_AT_ONCE, &count));
			if (count == WARNINGS_AT_ONCE) TRY(keep_lease(call, job));
		}
	return OK;
}
static const JobKind warning_job = {
	.name = "warnings", .run = deliver_warnings, .lease_milliseconds = WARNINGS_LEASE_MS, .every_milliseconds = WARNINGS_EVERY_MS
};

/* ---- The index by which records of one vulnerability are found follows what is imported and published */
enum { KIN_EVERY_MS = 20000, KIN_AT_ONCE = 2 };

static Error follow_kin(Call *call, const Job *job)
{
	int64_t made;
	(void)job;
	return advisory_kin_follow(call, KIN_AT_ONCE, &made);
}
static const JobKind kin_job = { .name = "alike", .run = follow_kin, .every_milliseconds = KIN_EVERY_MS };

/* ---- Figures of the days that are over */
enum { FIGURES_EVERY_MS = 300000, FIGURES_LEASE_MS = 600000, FIGURE_DAYS_AT_ONCE = 60 };

static Error compute_figures(Call *call, const Job *job)
{
	(void)job;
	int64_t closed, drafted;
	TRY(figure_close(call, FIGURE_DAYS_AT_ONCE, &closed));
	return closed < FIGURE_DAYS_AT_ONCE ? figure_reports_draft(call, &drafted) : OK;
}
static const JobKind figure_job = {
	.name = "figures", .run = compute_figures, .every_milliseconds = FIGURES_EVERY_MS, .lease_milliseconds = FIGURES_LEASE_MS
};

const JobKind *const app_jobs[] = { &clean_job, &mail_job, &receive_job, &sms_job, &hook_job, &list_job, &deadline_job, &article_job,
	&domain_job, &round_job, &certificate_job, &unit_job, &merit_job, &publication_job, &find_job, &kin_job, &batch_read_job,
	&batch_send_job, &batch_clean_job, &figure_job, &warning_job, &copy_job, &privacy_job, &retention_job };
const size_t app_job_count = COUNT(app_jobs);
