/* The kinds of data, and the first version of the rule of each. Texts are data: a later version replaces them. */
#include "people/notice/notice.h"
#include "people/vault/vault.h"
#include "subject/privacy/privacy_private.h"
#include "subject/report/report.h"
#include "subject/site/complaint.h"

enum { YEAR = 365, LOG_FLOOR = 180 };
#define BOTH(zh, en) \
	{ \
		[LANG_ZH] = zh, [LANG_EN] = en \
	}
#define SHORTEST BOTH("《个人信息保护法》第十九条", "Personal Information Protection Law, article 19")

const RetentionKind retention_kinds[] = {
	{ "identity-papers", N_("Identity papers, licences and authorisations"), N_("decision about the verification"), RETENTION_KEY, 30,
		0, 180, BOTH("核验完成后，留存一段时间以处理异议。", "Verification is over; a while is left for objections."), SHORTEST,
		vault_kept, vault_delete, NULL },
	{ "refused-reports", N_("Content of reports that were refused, withdrawn or repeat an earlier one"), N_("last decision"),
		RETENTION_KEY, 3 * YEAR, LOG_FLOOR, 10 * YEAR,
		BOTH("处理申诉和争议，证明接收情况；接收日志另行长期留存。",
			"For appeals and disputes, and to show what was received; the log of receptions stays beyond that."),
		BOTH("《网络产品安全漏洞管理规定》第五条；《个人信息保护法》第十九条",
			"Provisions on the Management of Security Vulnerabilities of Network Products, article 5; Personal Information "
			"Protection Law, article 19"),
		report_kept, report_forget, NULL },
	{ "complaints", N_("Complaints, requests about personal data and their answers"), N_("answer"), RETENTION_KEY, 3 * YEAR, LOG_FLOOR,
		10 * YEAR, BOTH("答复后可能产生的争议。", "For disputes about the answer."),
		BOTH("《个人信息保护法》第五十条；《民法典》第一百八十八条",
			"Personal Information Protection Law, article 50; Civil Code, article 188"),
		complaint_kept, complaint_forget, NULL },
	{ "drafts", N_("Drafts that were never sent"), N_("last change"), RETENTION_KEY, YEAR, 30, 3 * YEAR,
		BOTH("方便报送人继续填写。", "So that their writer can go on."), SHORTEST, draft_kept, draft_forget, NULL },
	{ "inbox", N_("Notices in inboxes"), N_("day they were sent"), RETENTION_DELETE, 2 * YEAR, LOG_FLOOR, 5 * YEAR,
		BOTH("让收件人了解事项进展；通知只含编号。",
			"So that people see how their matters went; a notice holds a number, nothing else."),
		SHORTEST, notice_kept, notice_forget, NULL },
	{ "exports", N_("Copies of one's own data"), N_("end of the days in which they can be fetched"), RETENTION_KEY, 0, 0, 30,
		BOTH("供本人下载。", "For the person alone to fetch."),
		BOTH("《个人信息保护法》第四十五条", "Personal Information Protection Law, article 45"), export_kept, export_forget, NULL },
	{ "accounts", N_("Accounts: name, mail address, telephone number, sign-in data"),
		N_("request of deletion, after the days in which it "
		   "can be taken back"),
		RETENTION_ANONYMISE, 0, 0, 30, BOTH("提供账号服务。", "To run the account."),
		BOTH("《个人信息保护法》第十三条第一款第二项、第四十七条", "Personal Information Protection Law, articles 13(1)(2) and 47"),
		NULL, NULL, N_("the job that deletes accounts, every quarter of an hour") },
	{ "logs", N_("Logs of the system"), N_("day of the entry"), RETENTION_DELETE, 400, LOG_FLOOR, 3 * YEAR,
		BOTH("发现和追查安全事件。", "To find and trace incidents."),
		BOTH("《网络安全法》关于网络日志留存不少于六个月的规定（2026年1月1日起施行文本第二十三条）",
			"Cybersecurity Law, six months at least (article 23 of the text in force since 1 January 2026)"),
		NULL, NULL, N_("the operator, by the rotation of the log files") },
	{ "ledger", N_("Ledger: who decided what when, as blinded hashes"), N_("–"), RETENTION_KEEP, 0, 0, 0,
		BOTH("证明接收先后和决定过程；不含内容和姓名。", "To prove priority and decisions; it holds neither content nor names."),
		BOTH("《网络产品安全漏洞管理规定》第五条",
			"Provisions on the Management of Security Vulnerabilities of Network Products, article 5"),
		NULL, NULL, N_("nobody: it is never shortened") },
	{ "matters", N_("Reports and casefiles of vulnerabilities that were taken on"), N_("–"), RETENTION_KEEP, 0, 0, 0,
		BOTH("漏洞公告的更正、跟踪和再次核查。", "To correct, follow and examine again what was published."),
		BOTH("《个人信息保护法》第十三条第一款第三项", "Personal Information Protection Law, article 13(1)(3)"), NULL, NULL,
		N_("nobody; how to reach the reporter is taken out when the account ends") },
	{ "published", N_("Advisories, warnings, the register of certificates"), N_("–"), RETENTION_KEEP, 0, 0, 0,
		BOTH("公开信息，供公众查验。", "Public; everybody can check it."),
		BOTH("《网络产品安全漏洞管理规定》第九条；署名经本人同意",
			"Provisions on the Management of Security Vulnerabilities of Network Products, article 9; names by consent"),
		NULL, NULL, N_("nobody; what is wrong is corrected or withdrawn") },
	{ "consents", N_("Consents: which version of which document, and when"), N_("end of the account"), RETENTION_ANONYMISE, 3 * YEAR,
		YEAR, 10 * YEAR, BOTH("证明处理活动取得同意。", "To show that there was consent."),
		BOTH("《个人信息保护法》第十四条、第十五条", "Personal Information Protection Law, articles 14 and 15"), NULL, NULL,
		N_("the end of the account: from then on they name nobody") },
	{ "impact", N_("Records of impact assessments"), N_("approval"), RETENTION_KEEP, 3 * YEAR, 3 * YEAR, 3 * YEAR,
		BOTH("法定留存。", "The law asks for it."),
		BOTH("《个人信息保护法》第五十六条（至少保存三年）",
			"Personal Information Protection Law, article 56 (three years at least)"),
		NULL, NULL, N_("nobody: they are kept longer than that") },
};
const size_t retention_kind_count = COUNT(retention_kinds);

const RetentionKind *retention_kind_find(Text tag)
{
	for (size_t i = 0; i < COUNT(retention_kinds); i++)
		if (text_is(tag, text_from(retention_kinds[i].tag))) return &retention_kinds[i];
	return NULL;
}
