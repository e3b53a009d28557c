#include "app/routes.h"

#include "app/tour_pages.h"
#include "face/html/html.h"
#include "people/notice/notice_pages.h"
#include "people/org/org_pages.h"
#include "people/person/person_pages.h"
#include "subject/admin/admin_view.h"
#include "subject/batch/batch.h"
#include "subject/casefile/casefile.h"
#include "subject/desk/desk.h"
#include "subject/dispute/dispute.h"
#include "subject/feed/feed_view.h"
#include "subject/figure/figure.h"
#include "subject/find/find.h"
#include "subject/interest/interest.h"
#include "subject/library/library_view.h"
#include "subject/merit/deed.h"
#include "subject/merit/honour.h"
#include "subject/merit/merit.h"
#include "subject/merit/ranking.h"
#include "subject/party/delivery.h"
#include "subject/party/figures.h"
#include "subject/party/party.h"
#include "subject/party/team.h"
#include "subject/privacy/privacy.h"
#include "subject/product/product_view.h"
#include "subject/programme/activity/activity.h"
#include "subject/programme/application/application.h"
#include "subject/programme/collection/collection.h"
#include "subject/programme/decision/decision.h"
#include "subject/programme/evaluation/evaluation.h"
#include "subject/programme/expert/expert.h"
#include "subject/programme/inspection/inspection.h"
#include "subject/programme/letters/letters.h"
#include "subject/programme/panel/panel.h"
#include "subject/programme/round/round.h"
#include "subject/programme/unit/unit.h"
#include "subject/report/internal.h"
#include "subject/report/report.h"
#include "subject/report/report_letter_view.h"
#include "subject/site/complaint.h"
#include "subject/site/site.h"
#include "subject/warning/warning.h"
#include "work/absence/absence.h"
#include "work/certificate/certificate.h"
#include "work/copy/copy_view.h"
#include "work/letter/letter.h"
#include "work/masked/masked_view.h"

const RouteTable *const app_route_tables[] = {
	&html_routes,
	&login_routes,
	&register_routes,
	&account_routes,
	&security_routes,
	&people_admin_routes,
	&org_routes,
	&org_api_routes,
	&verification_routes,
	&sector_routes,
	&notice_routes,
	&notice_way_routes,
	&notice_hook_routes,
	&notice_hook_api_routes,
	&library_routes,
	&product_routes,
	&product_list_routes,
	&product_show_routes,
	&product_claim_routes,
	&product_api_routes,
	&feed_routes,
	&site_routes,
	&article_routes,
	&complaint_routes,
	&complaint_letter_routes,
	&article_desk_routes,
	&rule_routes,
	&merit_rule_routes,
	&merit_routes,
	&deed_routes,
	&honour_routes,
	&ranking_routes,
	&thanks_routes,
	&batch_routes,
	&batch_row_routes,
	&batch_personal_routes,
	&batch_api_routes,
	&find_routes,
	&find_list_routes,
	&internal_routes,
	&internal_api_routes,
	&appeal_routes,
	&dispute_routes,
	&dispute_api_routes,
	&figure_routes,
	&figure_office_routes,
	&figure_api_routes,
	&figure_report_routes,
	&figure_report_read_routes,
	&figure_report_api_routes,
	&retention_routes,
	&account_privacy_routes,
	&vault_routes,
	&impact_routes,
	&honour_letter_routes,
	&round_public_routes,
	&round_api_routes,
	&round_routes,
	&panel_routes,
	&panel_member_routes,
	&panel_public_routes,
	&panel_api_routes,
	&inspection_routes,
	&inspection_visit_routes,
	&inspection_applicant_routes,
	&application_routes,
	&application_api_routes,
	&expert_routes,
	&round_decision_public_routes,
	&round_decision_api_routes,
	&decision_dossier_routes,
	&round_decision_routes,
	&round_log_routes,
	&round_letters_routes,
	&programme_letter_routes,
	&programme_letter_api_routes,
	&objection_routes,
	&objection_own_routes,
	&objection_unit_routes,
	&unit_public_routes,
	&unit_round_routes,
	&unit_routes,
	&evaluation_public_routes,
	&evaluation_routes,
	&activity_public_routes,
	&activity_routes,
	&collection_office_routes,
	&collection_routes,
	&collection_public_routes,
	&collection_api_routes,
	&admin_setting_routes,
	&admin_word_routes,
	&audit_routes,
	&admin_health_routes,
	&admin_workday_routes,
	&intake_routes,
	&report_routes,
	&report_list_routes,
	&decision_routes,
	&catalogue_routes,
	&report_api_routes,
	&draft_api_routes,
	&personal_routes,
	&handover_routes,
	&privacy_api_routes,
	&interest_routes,
	&party_routes,
	&party_api_routes,
	&delivery_routes,
	&delivery_work_routes,
	&team_routes,
	&vendor_figure_routes,
	&delivery_api_routes,
	&casefile_routes,
	&casefile_api_routes,
	&vendors_routes,
	&vendors_api_routes,
	&supervision_routes,
	&supervision_api_routes,
	&freeze_routes,
	&warning_routes,
	&warning_text_routes,
	&warning_audience_routes,
	&warning_public_routes,
	&warning_api_routes,
	&letter_routes,
	&letter_draft_routes,
	&letter_api_routes,
	&report_letter_routes,
	&party_letter_routes,
	&casefile_letter_routes,
	&condition_routes,
	&certificate_routes,
	&certificate_api_routes,
	&rating_routes,
	&copy_routes,
	&masked_routes,
	&absence_routes,
	&desk_routes,
	&desk_api_routes,
	&tour_routes,
	&calendar_routes,
	&openapi_routes,
};
const size_t app_route_table_count = COUNT(app_route_tables);
