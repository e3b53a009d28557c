/* How the library is: what can be told at once, and what takes long and is looked at on demand. */
#include "base/base/clock.h"
#include "face/doc/pdf_sign.h"
#include "face/outbox/outbox.h"
#include "store/blob/blob.h"
#include "store/job/job.h"
#include "store/ledger/ledger.h"
#include "subject/admin/admin.h"
#include "work/workflow/workdays.h"

#include <dirent.h>
#include <sys/stat.h>
#include <sys/statvfs.h>

enum { DAY_MS = 86400000, BACKUP_DAYS = 2, DISK_LEAST_PERCENT = 10, AHEAD_DAYS = 30, MIB = 1024 * 1024, LOCK_ROOM_LEAST = 25000 };

static void add(Call *call, HealthLines *lines, const char *tag, const char *label, Text value, HealthState state, const char *advice)
{
	HealthLine line = { tag, label, value, state, state == HEALTH_GOOD ? "" : advice };
	list_add(call->arena, lines, line);
}

static Text number(Call *call, int64_t value) { return arena_printf(call->arena, "%lld", (long long)value); }

/* ---- Database */
static Error add_database(Call *call, HealthLines *lines)
{
	int version = 0, program = 0;
	bool is_writable = false;
	struct stat status;
	TRY(db_schema_version(call, &version, &program));
	TRY(db_ready(call, &is_writable));
	bool is_sqlite = db_kind(call->db) == DB_SQLITE;
	const char *path = arena_printf(call->arena, "%.*s/library.db", TEXT_ARGS(call->house->data_folder)).at;
	add(call, lines, "database", N_("Database"), is_sqlite ? TEXT("SQLite") : TEXT("PostgreSQL"), HEALTH_GOOD, "");
	if (is_sqlite && call->house->data_folder.length && stat(path, &status) == 0)
		add(call, lines, "database_mib", N_("Size of the database in MiB"), number(call, status.st_size / MIB), HEALTH_GOOD, "");
	add(call, lines, "schema", N_("Version of the schema"), arena_printf(call->arena, "%d / %d", version, program),
		version == program ? HEALTH_GOOD : HEALTH_BAD,
		N_("The schema is not the one of this program. Please restart the newest program."));
	add(call, lines, "writable", N_("Takes writes"), tr(call->lang, is_writable ? N_("yes") : N_("no")),
		is_writable ? HEALTH_GOOD : HEALTH_BAD,
		N_("Writing is refused: the disk is full or failed. Please free space, or replace the disk and restart."));
	return OK;
}

/* A server as it comes has room for 6,400; a long import beside many people may need more. */
static Error add_locks(Call *call, HealthLines *lines)
{
	int64_t room;
	TRY(db_lock_room(call, &room));
	if (room == INT64_MAX) return OK;
	add(call, lines, "lock_room", N_("Predicate locks the database server has room for"), number(call, room),
		room < LOCK_ROOM_LEAST ? HEALTH_WARN : HEALTH_GOOD,
		N_("When they run out, people wait or are told to try again. Please set max_pred_locks_per_transaction to 256 on the "
		   "PostgreSQL server and restart it."));
	return OK;
}

/* ---- What waits */
static Error add_queues(Call *call, HealthLines *lines)
{
	int64_t waiting = 0, dead = 0, texts = 0, jobs = 0;
	TRY(outbox_count(call, OUTBOX_MAIL, OUTBOX_WAITING, &waiting));
	TRY(outbox_count(call, OUTBOX_MAIL, OUTBOX_DEAD, &dead));
	TRY(outbox_count(call, OUTBOX_SMS, OUTBOX_WAITING, &texts));
	TRY(job_dead_count(call, &jobs));
	add(call, lines, "mail_waiting", N_("Letters that wait to be sent"), number(call, waiting),
		waiting > 100 ? HEALTH_WARN : HEALTH_GOOD, N_("Many letters wait. Please see that the mail server answers."));
	add(call, lines, "mail_dead", N_("Letters given up"), number(call, dead), dead ? HEALTH_WARN : HEALTH_GOOD,
		N_("These letters could not be delivered. Please check the mail server and the addresses."));
	add(call, lines, "texts_waiting", N_("Short messages that wait to be sent"), number(call, texts),
		texts > 20 ? HEALTH_WARN : HEALTH_GOOD, N_("Many short messages wait. Please see that the gateway answers."));
	add(call, lines, "jobs_dead", N_("Jobs given up"), number(call, jobs), jobs ? HEALTH_BAD : HEALTH_GOOD,
		N_("Please look into the log for why they failed."));
	return OK;
}

/* ---- Ledger and backup */
static Error add_ledger(Call *call, HealthLines *lines)
{
	Text note = { 0 }, origin, size = TEXT("0");
	Error error = ledger_checkpoint(call, &note);
	if (error == ERROR_NOT_FOUND)
		call_recover(call);
	else
		TRY(error);
	if (note.length && (!text_next(&note, '\n', &origin) || !text_next(&note, '\n', &size))) size = TEXT("0");
	add(call, lines, "ledger_size", N_("Events under the newest signed checkpoint"), size, HEALTH_GOOD, "");
	LedgerTraces made;
	TRY(ledger_search(call, &(LedgerQuery) { .kind = TEXT("library"), .action = TEXT("backup"), .count = 1 }, &made));
	if (!made.count) {
		add(call, lines, "backup", N_("Newest backup"), tr(call->lang, N_("none known")), HEALTH_WARN,
			N_("Please run `cappvd backup FOLDER` every day and keep the copies on another machine."));
		return OK;
	}
	bool is_old = call->now - made.at[0].at > (int64_t)BACKUP_DAYS * DAY_MS;
	add(call, lines, "backup", N_("Newest backup"), clock_human(call->arena, call->lang, made.at[0].at),
		is_old ? HEALTH_WARN : HEALTH_GOOD,
		N_("Please run `cappvd backup FOLDER` every day and keep the copies on another machine."));
	return OK;
}

/* ---- The machine */
static bool has_key_file(Call *call)
{
	DIR *folder = opendir(arena_string(call->arena, call->house->data_folder));
	bool found = false;
	if (!folder) return false;
	for (const struct dirent *entry; !found && (entry = readdir(folder));)
		found = text_ends(text_from(entry->d_name), TEXT(".key")) || text_ends(text_from(entry->d_name), TEXT(".key.ledger")) ||
			text_ends(text_from(entry->d_name), TEXT(".key.stamp")) ||
			text_ends(text_from(entry->d_name), TEXT(".key.stamp-sm2"));
	closedir(folder);
	return found;
}

static void add_machine(Call *call, HealthLines *lines)
{
	struct statvfs disk;
	if (!call->house->data_folder.length) return;
	bool inside = has_key_file(call);
	add(call, lines, "keys", N_("Key files"), tr(call->lang, inside ? N_("in the data folder") : N_("outside the data folder")),
		inside ? HEALTH_BAD : HEALTH_GOOD,
		N_("A key beside the data opens every copy of it. Please move the key files away and name them with --key-file."));
	if (statvfs(arena_string(call->arena, call->house->data_folder), &disk) != 0 || !disk.f_blocks) return;
	int64_t percent = (int64_t)(disk.f_bavail * 100 / disk.f_blocks), mib = (int64_t)(disk.f_bavail * disk.f_frsize / MIB);
	add(call, lines, "disk_free_mib", N_("Free disk space"),
		arena_printf(call->arena, "%lld MiB (%lld %%)", (long long)mib, (long long)percent),
		percent < DISK_LEAST_PERCENT ? HEALTH_WARN : HEALTH_GOOD, N_("Less than a tenth of the disk is free. Please make room."));
}

/* What the profile signs with; a library made before there was this key, or this profile, has none. */
static void add_stamp(Call *call, HealthLines *lines)
{
	const Stamp *stamp = pdf_stamp(call);
	Text value = tr(call->lang, N_("none known"));
	if (stamp) value = arena_printf(call->arena, "%s · %.*s", stamp_algorithm(stamp), TEXT_ARGS(stamp_name(call->arena, stamp)));
	add(call, lines, "stamp", N_("Key that signs documents"), value, stamp ? HEALTH_GOOD : HEALTH_BAD,
		N_("There is no key for the profile of the setting signature_profile, so neither certificates nor minutes are made. Please "
		   "run "
		   "`cappvd key stamp --new NAME`, with --sm2 for the guomi profile, and restart."));
}

static Error add_calendar(Call *call, HealthLines *lines)
{
	const Calendar *calendar;
	int soon = 1970;
	TRY(workdays(call, &calendar));
	int known = calendar_known_until(calendar);
	while (clock_days(soon + 1, 1, 1) * (int64_t)DAY_MS <= call->now + (int64_t)AHEAD_DAYS * DAY_MS) soon++;
	add(call, lines, "calendar_until", N_("Holidays are known until the year"), number(call, known),
		known >= soon ? HEALTH_GOOD : HEALTH_WARN,
		N_("Time limits beyond it are provisional. Please enter the next year's notice of the State Council on the page of working "
		   "days."));
	return OK;
}

/* ---- Settings that endanger something */
static void add_settings(Call *call, HealthLines *lines)
{
	bool no_server = !setting_text(call, SETTING_smtp_host).length;
	bool is_plain = text_is(setting_text(call, SETTING_smtp_security), TEXT("plain"));
	bool no_numbers = !setting_text(call, SETTING_icp_number).length || !setting_text(call, SETTING_platform_number).length;
	add(call, lines, "mail_server", N_("Mail server"), tr(call->lang, no_server ? N_("none named") : N_("named")),
		no_server ? HEALTH_WARN : HEALTH_GOOD,
		N_("No mail leaves the library. Please name the mail server in the setting smtp_host."));
	add(call, lines, "mail_encryption", N_("Encryption to the mail server"), setting_text(call, SETTING_smtp_security),
		is_plain ? HEALTH_WARN : HEALTH_GOOD,
		N_("Letters leave unencrypted. This is right only for a relay on this very machine; else set smtp_security to starttls or "
		   "tls."));
	add(call, lines, "filing_numbers", N_("Filing numbers at the foot of the pages"),
		tr(call->lang, no_numbers ? N_("not complete") : N_("entered")), no_numbers ? HEALTH_WARN : HEALTH_GOOD,
		N_("The rules ask for them. Please enter icp_number and platform_number."));
}

Error admin_health(Call *call, HealthLines *out)
{
	HealthLines lines = { 0 };
	if (!actor_has(call->actor, ROLE_SYSTEM_ADMIN)) return fail(call, FORBIDDEN, "health");
	TRY(add_database(call, &lines));
	TRY(add_locks(call, &lines));
	add_machine(call, &lines);
	add_stamp(call, &lines);
	TRY(add_ledger(call, &lines));
	TRY(add_queues(call, &lines));
	TRY(add_calendar(call, &lines));
	add_settings(call, &lines);
	*out = lines;
	return OK;
}

Error admin_check(Call *call, HealthCheck *out)
{
	HealthCheck check = { 0 };
	LedgerCheck ledger = { 0 };
	if (!actor_has(call->actor, ROLE_SYSTEM_ADMIN)) return fail(call, FORBIDDEN, "check");
	TRY(db_check(call, &check.database));
	TRY(blob_check(call, false, &check.files));
	TRY(ledger_check(call, NULL, 0, false, &ledger));
	check.ledger = ledger.faults;
	check.leaves = ledger.leaves;
	check.checkpoints = ledger.checkpoints;
	*out = check;
	return OK;
}
