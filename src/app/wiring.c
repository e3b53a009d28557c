#include "app/wiring.h"

#include "app/routes.h"
#include "face/html/html.h"
#include "people/notice/notice_pages.h"
#include "people/person/person_pages.h"
#include "store/db/db.h"
#include "store/setting/setting.h"
#include "subject/casefile/casefile.h"
#include "subject/dispute/dispute.h"
#include "subject/figure/figure.h"
#include "subject/party/team.h"
#include "subject/privacy/privacy.h"
#include "subject/programme/activity/activity.h"
#include "subject/programme/expert/expert_dispute.h"
#include "subject/report/report_view.h"

static const NavigationItem navigation[] = {
	{ N_("My desk"), "/desk", ROLE_REPORTER, false },
	{ N_("Advisories"), "/advisories", ROLE_VISITOR, true },
	{ N_("Risk warnings"), "/warnings", ROLE_VISITOR, true },
	{ N_("Notices"), "/notices", ROLE_VISITOR, true },
	{ N_("Questions"), "/questions", ROLE_VISITOR, true },
	{ N_("About"), "/about", ROLE_VISITOR, true },
	{ N_("Intake"), "/intake", ROLE_COORDINATOR, false, N_("Casework") },
	{ N_("Casefiles"), "/casefiles", ROLE_COORDINATOR | ROLE_VERIFIER | ROLE_PUBLISHER, false, N_("Casework") },
	{ N_("Parties"), "/parties", ROLE_COORDINATOR | ROLE_VERIFIER, false, N_("Casework") },
	{ N_("Internal records"), "/internal-records", ROLE_COORDINATOR | ROLE_VERIFIER, false, N_("Casework") },
	{ N_("Disputes"), "/disputes", ROLE_COORDINATOR, false, N_("Casework") },
	{ N_("Warnings"), "/warning-desk", ROLE_COORDINATOR | ROLE_PUBLISHER, false, N_("Casework") },
	{ N_("Letters"), "/letters", ROLE_COORDINATOR, false, N_("Casework") },
	{ N_("Letters of thanks"), "/thanks", ROLE_COORDINATOR, false, N_("Casework") },
	{ N_("Certificates of original finds"), "/find-lists", ROLE_COORDINATOR, false, N_("Casework") },
	{ N_("Figures for the office"), "/figures/office", FIGURE_STAFF, false, N_("Casework") },
	{ N_("Whose copy is this?"), "/copies/photograph", ROLE_COORDINATOR, false, N_("Casework") },
	{ N_("Masking"), "/tools/masking", ROLE_COORDINATOR | ROLE_VERIFIER | ROLE_PUBLISHER, false, N_("Casework") },
	{ N_("Absences"), "/absences", ROLE_ABSENCE, false, N_("Casework") },
	{ N_("Verifications"), "/admin/verifications", ROLE_COORDINATOR, false, N_("Casework") },
	{ N_("Industries of organisations"), "/admin/sectors", ROLE_COORDINATOR, false, N_("Casework") },
	{ N_("Vault of identity papers"), "/vault", ROLE_COORDINATOR, false, N_("Casework") },
	{ N_("Held back from deletion"), "/admin/holds", ROLE_COORDINATOR, false, N_("Casework") },
	{ N_("Complaints and reports"), "/site/complaints", ROLE_COORDINATOR, false, N_("Casework") },
	{ N_("Report a vulnerability"), "/report", ROLE_VISITOR | ROLE_REPORTER, false },
	{ N_("My reports"), "/reports", ROLE_REPORTER, false, N_("Reports and appeals") },
	{ N_("Many reports at once"), "/batches", ROLE_REPORTER, false, N_("Reports and appeals") },
	{ N_("My appeals"), "/disputes/mine", ROLE_REPORTER, false, N_("Reports and appeals") },
	{ N_("My certificates"), "/certificates/mine", ROLE_REPORTER, false, N_("Reports and appeals") },
	{ N_("Matters of my organisation"), "/parties", ROLE_VENDOR_MEMBER | ROLE_VENDOR_ADMIN, false, N_("My organisation") },
	{ N_("Warnings for my organisation"), "/warning-desk", ROLE_UNIT_MEMBER | ROLE_UNIT_ADMIN | ROLE_VENDOR_MEMBER | ROLE_VENDOR_ADMIN,
		false, N_("My organisation") },
	{ N_("Applications as support unit"), "/applications", ROLE_REPORTER, false, N_("My organisation") },
	{ N_("My organisation as a support unit"), "/programme/units/mine", ROLE_UNIT_MEMBER | ROLE_UNIT_ADMIN, false,
		N_("My organisation") },
	{ N_("My organisation's points"), "/points", ROLE_UNIT_MEMBER | ROLE_UNIT_ADMIN | ROLE_VENDOR_MEMBER | ROLE_VENDOR_ADMIN, false,
		N_("My organisation") },
	{ N_("Figures of my organisation"), "/figures/own", ROLE_UNIT_MEMBER | ROLE_UNIT_ADMIN | ROLE_VENDOR_MEMBER | ROLE_VENDOR_ADMIN,
		false, N_("My organisation") },
	{ N_("Supervision"), "/supervision", ROLE_AUTHORITY, false },
	{ N_("Articles"), "/site/articles", ROLE_WRITER | ROLE_EDITOR | ROLE_APPROVER, false, N_("Office") },
	{ N_("Rules"), "/site/rules", ROLE_EDITOR | ROLE_APPROVER, false, N_("Office") },
	{ N_("Selection rounds"), "/programme/rounds", ROLE_SECRETARY | ROLE_SUPERVISOR, false, N_("Selection") },
	{ N_("Applications"), "/programme/applications", ROLE_SECRETARY | ROLE_SUPERVISOR, false, N_("Selection") },
	{ N_("Library of experts"), "/programme/experts", ROLE_SECRETARY | ROLE_SUPERVISOR, false, N_("Selection") },
	{ N_("My panels"), "/panels", ROLE_EXPERT, false, N_("Expert work") },
	{ N_("Cases to score"), "/cases", ROLE_EXPERT, false, N_("Expert work") },
	{ N_("Disputes I decide"), "/disputes/seats", ROLE_EXPERT | ROLE_VERIFIER, false, N_("Expert work") },
	{ N_("My inspections"), "/inspections", ROLE_EXPERT | ROLE_INSPECTOR, false, N_("Expert work") },
	{ N_("My entry as an expert"), "/expert", ROLE_EXPERT, false, N_("Expert work") },
	{ N_("Support units"), "/programme/units", ROLE_SECRETARY | ROLE_SUPERVISOR, false, N_("Selection") },
	{ N_("Yearly evaluation"), "/programme/evaluations", ROLE_SECRETARY | ROLE_SUPERVISOR, false, N_("Selection") },
	{ N_("Recommendations for honours"), "/programme/honours", ROLE_SECRETARY | ROLE_SUPERVISOR, false, N_("Selection") },
	{ N_("Contribution points"), "/programme/points", ROLE_SECRETARY | ROLE_SUPERVISOR, false, N_("Selection") },
	{ N_("Evidenced contributions"), "/programme/deeds", ROLE_SECRETARY | ROLE_SUPERVISOR, false, N_("Selection") },
	{ N_("Activities"), "/programme/activities", ROLE_SECRETARY | ROLE_SUPERVISOR, false, N_("Selection") },
	{ N_("People"), "/admin/people", ROLE_SECURITY_ADMIN, false, N_("Administration") },
	{ N_("Offices to be handed over"), "/admin/handovers", ROLE_SECURITY_ADMIN, false, N_("Administration") },
	{ N_("Settings"), "/admin/settings", ROLE_SYSTEM_ADMIN | ROLE_SECURITY_ADMIN, false, N_("Administration") },
	{ N_("Lists of words"), "/admin/words", ROLE_SYSTEM_ADMIN | ROLE_SECURITY_ADMIN, false, N_("Administration") },
	{ N_("Letters"), "/admin/letters", ROLE_SYSTEM_ADMIN, false, N_("Administration") },
	{ N_("Working-day calendar"), "/admin/workdays", ROLE_SYSTEM_ADMIN, false, N_("Administration") },
	{ N_("Retention"), "/admin/retention", ROLE_ADMINISTRATORS, false, N_("Administration") },
	{ N_("Held back from deletion"), "/admin/holds", ROLE_SECURITY_ADMIN | ROLE_AUDIT_ADMIN, false, N_("Administration") },
	{ N_("Impact assessments"), "/admin/impact", ROLE_SECURITY_ADMIN | ROLE_AUDIT_ADMIN, false, N_("Administration") },
	{ N_("Self-check"), "/admin/health", ROLE_SYSTEM_ADMIN, false, N_("Administration") },
	{ N_("Audit"), "/audit", ROLE_AUDIT_ADMIN, false, N_("Administration") },
	{ N_("Products"), "/catalogue", ROLE_REPORTER, false, N_("Library and tools") },
	{ N_("Rating calculator"), "/tools/rating", ROLE_VISITOR | ROLE_REPORTER, false, N_("Library and tools") },
	{ N_("Declared interests"), "/interests", ROLE_COORDINATOR | ROLE_VERIFIER | ROLE_UNIT_ADMIN | ROLE_VENDOR_ADMIN, false,
		N_("Library and tools") },
	{ N_("Inbox"), "/inbox", ROLE_REPORTER, false },
	{ N_("Account"), "/account", ROLE_REPORTER, false },
};

static const NavigationItem footer[] = {
	{ N_("About"), "/about", ROLE_VISITOR, true },
	{ N_("News"), "/news", ROLE_VISITOR, true },
	{ N_("Standards and rules"), "/standards", ROLE_VISITOR, true },
	{ N_("Downloads"), "/downloads", ROLE_VISITOR, true },
	{ N_("Rule centre"), "/rules", ROLE_VISITOR, true },
	{ N_("Selection of support units"), "/rounds", ROLE_VISITOR, true },
	{ N_("Points rule"), "/points/rule", ROLE_VISITOR, true },
	{ N_("Top finders"), "/ranking", ROLE_VISITOR, true },
	{ N_("Register of certificates"), "/certificates", ROLE_VISITOR, true },
	{ N_("Support units"), "/units", ROLE_VISITOR, true },
	{ N_("Activities"), "/activities", ROLE_VISITOR, true },
	{ N_("Figures"), "/figures", ROLE_VISITOR, true },
	{ N_("Contact"), "/contact", ROLE_VISITOR, true },
	{ N_("Complaints and reports"), "/complaints", ROLE_VISITOR, true, .has_one_address = true },
	{ N_("Data retention rules"), "/privacy/retention", ROLE_VISITOR, true },
	{ N_("Atom feed"), "/advisories.atom", ROLE_VISITOR, true },
};

/* The platform's rules want its filing number at the foot of every page. */
static Text filing_numbers(const House *house, Arena *arena)
{
	Call call = { .arena = arena, .db = house->db, .actor = &actor_visitor, .house = house };
	const Text numbers[] = { setting_text(&call, SETTING_icp_number), setting_text(&call, SETTING_platform_number) };
	bool both = numbers[0].length && numbers[1].length;
	return arena_join(arena, numbers[0].length ? numbers : numbers + 1, both ? 2 : 1, TEXT(" · "));
}

static const ShellSpec shell = {
	.library_name = N_("Vulnerability Library for Mobile App Products"),
	.items = navigation,
	.item_count = COUNT(navigation),
	.footer = footer,
	.footer_count = COUNT(footer),
	.filing_numbers = filing_numbers,
	.desk_path = "/desk",
	.report_path = "/report",
	.inbox_path = "/inbox",
	.sign_in_path = "/login",
	.sign_out_path = "/logout",
	.demo_path = "/demo/enter",
	.unread_path = NOTICE_UNREAD_PATH,
	.unread_count = notice_unread_count,
};

static Error ready(Call *call)
{
	bool is_writable;
	return db_ready(call, &is_writable);
}

static const ThreadMatter *const answered[] = { &report_thread_matter }; /* those whose reporters answer by mail */

void wire_rooms(void)
{
	report_set_hooks(&casefile_report_hooks);
	party_set_hooks(&casefile_party_hooks);
	interest_set_hook(casefile_interest_declared);
	person_set_left(casefile_person_left);
	org_set_left(party_member_left);
	deed_set_source(activity_result_source, activity_credit);
	absence_set_hooks(&casefile_absence_hooks);
	report_set_appeal(dispute_report_look);
	party_set_appeal(dispute_party_look);
	dispute_set_library(expert_for_dispute);
	report_set_gone(dispute_matter_gone);
	casefile_set_gone(dispute_matter_gone);
	thread_mail_set(answered, COUNT(answered));
	vault_set_tell(privacy_tell_opening);
}

void wire_http(Call *call, const House *house, HttpOptions *out)
{
	RouteTable *tables = arena_array_of(call->arena, RouteTable, app_route_table_count);
	for (size_t i = 0; i < app_route_table_count; i++) tables[i] = *app_route_tables[i];
	wire_rooms();
	html_set_shell(&shell);
	*out = (HttpOptions) {
		.tables = tables,
		.table_count = app_route_table_count,
		.assets = assets,
		.asset_count = asset_count,
		.hooks = { .authenticate = person_authenticate, .show_error = html_show_error, .ready = ready },
		.house = house,
	};
}
