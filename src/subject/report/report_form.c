/*
 * What is asked of a reporter. Few fields are required; the answers of the first section, the affected part and the attack's name decide which
 * others appear. No field is required that people would fill with "none".
 */
#include "subject/report/intake_private.h"
#include "subject/report/report_private.h"

static const FormChoice kinds[] = {
	{ "generic", N_("Generic type: a product as it is delivered") },
	{ "incident", N_("Incident type: one operator's running system (never published)") },
};
static const FormChoice owners[] = { { "others", N_("A product of somebody else") }, { "own", N_("My own organisation's product") } };
static const FormChoice originals[] = { { "original", N_("Found by me or my team") }, { "known", N_("Already known elsewhere") } };
static const FormChoice disclosures[] = { { "no", N_("Not disclosed to anybody but the library and the vendor") },
	{ "vendor", N_("The vendor knows") }, { "public", N_("It is public already") } };
static const FormChoice parts[] = { { "android", N_("Android app") }, { "ios", N_("iOS app") }, { "harmonyos", N_("HarmonyOS app") },
	{ "mini-program", N_("Mini-program") }, { "official-account", N_("Official account") }, { "sdk", N_("SDK") },
	{ "server", N_("Back end of an app") } };
static const FormChoice credits[] = { { "handle", N_("By my public name") }, { "name", N_("By the name I give here") },
	{ "none", N_("Not at all") } };
static const FormChoice platforms[] = { { "wechat", N_("WeChat") }, { "alipay", N_("Alipay") }, { "baidu", N_("Baidu") },
	{ "douyin", N_("Douyin") }, { "quick-app", N_("Quick app") }, { "harmonyos", N_("HarmonyOS") },
	{ "other", N_("Another platform") } };
static const FormChoice injections[] = { { "error", N_("By error messages") }, { "union", N_("By UNION") },
	{ "boolean", N_("Blind, by true and false") }, { "time", N_("Blind, by time") }, { "stacked", N_("By several statements") },
	{ "second-order", N_("Of second order") } };
static const FormChoice scripts[] = { { "stored", N_("Stored") }, { "reflected", N_("Reflected") },
	{ "dom", N_("In the page itself (DOM)") } };
static const FormChoice components[] = { { "activity", "Activity" }, { "service", "Service" }, { "receiver", "Broadcast Receiver" },
	{ "provider", "Content Provider" }, { "ability", "Ability" }, { "extension", N_("Extension of an iOS app") } };
static const FormChoice places[] = { { "preferences", N_("Preferences file") }, { "database", N_("Local database") },
	{ "external", N_("External storage") }, { "keychain", N_("Keychain or keystore") }, { "log", N_("Log") },
	{ "clipboard", N_("Clipboard") }, { "backup", N_("Backup") }, { "cache", N_("Cache of pages or pictures") },
	{ "other", N_("Another place") } };
static const FormChoice transports[] = { { "plain", N_("HTTP or another protocol in clear") },
	{ "certificate", N_("The certificate is not checked") }, { "host", N_("The host name is not checked") },
	{ "protocol", N_("Old protocol or weak cipher") }, { "own", N_("A protocol of its own without protection") } };
static const FormChoice webviews[] = { { "interface", N_("JavaScript interface") }, { "file", N_("Access to files") },
	{ "universal", N_("Access from files to any origin") }, { "errors", N_("Errors of certificates are ignored") },
	{ "debugging", N_("Debugging left on") }, { "url", N_("Any address can be loaded") } };
static const FormChoice keys[] = { { "symmetric", N_("Symmetric key") }, { "private", N_("Private key") },
	{ "cloud", N_("Cloud access key") }, { "token", N_("API key or token") }, { "password", N_("Password") },
	{ "app-secret", N_("AppSecret of a platform") } };
static const FormChoice proofs[] = { { "request", N_("Request") }, { "script", N_("Script") }, { "program", N_("Program or app") },
	{ "page", N_("Web page") }, { "command", N_("Command") } };
static const FormChoice libraries[] = { { "only", N_("To this library only") },
	{ "several", N_("To other libraries or platforms as well") } };

/* Attacks that ask for the same things, as rules name them. */
#define WITH_REQUEST \
	"sql-injection nosql-injection command-execution code-execution template-injection xss csrf ssrf xxe deserialization file-upload " \
	"path-traversal file-read file-write broken-access unauthorized-access login-bypass password-reset open-redirect clickjacking " \
	"logic " \
	"sms-bombing race-condition information-disclosure denial-of-service misconfiguration source-disclosure"
#define WITH_PARAMETER \
	"sql-injection nosql-injection command-execution template-injection xss ssrf xxe deserialization path-traversal file-read " \
	"file-write " \
	"broken-access open-redirect logic"
#define WITH_PATH "path-traversal file-read file-write file-upload source-disclosure"
#define WITH_ACCOUNT "weak-password default-password"
#define WITH_COMPONENT "exported-component intent-redirection"
#define WITH_KEY "hard-coded-key app-secret"
#define WITH_TRANSPORT "man-in-the-middle clear-transport"
#define WITH_WEBVIEW "webview-code-execution webview-cross-domain"
#define WITH_STORAGE "insecure-storage log-disclosure"

static const FormItem kind_items[] = {
	{ "kind", FORM_CHOICE, N_("What does it concern?"), N_("Details of a system in use are never made public."), .required = true,
		.choices = kinds, .choice_count = COUNT(kinds) },
	{ "owner", FORM_CHOICE, N_("Whose product is it?"), NULL, .required = true, .choices = owners, .choice_count = COUNT(owners) },
	{ "original", FORM_CHOICE, N_("Who found it?"), NULL, .required = true, .choices = originals, .choice_count = COUNT(originals) },
	{ "disclosed", FORM_CHOICE, N_("Who knows about it?"), NULL, .required = true, .choices = disclosures,
		.choice_count = COUNT(disclosures) },
	{ "disclosed_where", FORM_URL, N_("Where was it made public?"), NULL, .required_when = { "disclosed", "public" },
		.shown_when = { "disclosed", "public" } },
	{ "known_number", FORM_TEXT, N_("CVE, CNVD or CNNVD numbers"),
		N_("Such as CVE-2024-1234 or CNVD-2024-12345; several separated by blanks"), .required_when = { "original", "known" },
		.check = numbers_fault },
};

static const FormItem product_items[] = {
	{ "part", FORM_CHOICE, N_("Affected part"), NULL, .required = true, .choices = parts, .choice_count = COUNT(parts) },
	{ "package", FORM_TEXT, N_("Package name, bundle ID or AppID"),
		N_("Such as com.example.app. If the catalogue knows it, the rest fills itself."), .fills = true },
	{ "product", FORM_TEXT, N_("Product"), N_("As it is called in its store or on its page"), .required = true, .fills = true },
	{ "vendor", FORM_TEXT, N_("Vendor"), NULL },
	{ "filing_number", FORM_TEXT, N_("Filing number of the app or mini-program"), NULL, .fills = true },
	{ "store", FORM_URL, N_("Link in a store"), NULL, .fills = true },
	{ "platform", FORM_CHOICE, N_("Platform"), NULL, .shown_when = { "part", "mini-program official-account" }, .choices = platforms,
		.choice_count = COUNT(platforms) },
	{ "mini_page", FORM_TEXT, N_("Page of the mini-program"), N_("Path such as pages/order/detail"),
		.shown_when = { "part", "mini-program" } },
	{ "account_menu", FORM_TEXT, N_("Menu or article of the official account"), NULL, .shown_when = { "part", "official-account" } },
	{ "sdk_users", FORM_LINES, N_("Apps that contain the SDK"), N_("As far as you know; one a line"), .shown_when = { "part", "sdk" },
		.max_length = 4000 },
	{ "host", FORM_TEXT, N_("Domain name or API host"), N_("The back end is part of the app named above."),
		.required_when = { "part", "server" }, .shown_when = { "part", "server" }, .fills = true },
	{ "operator", FORM_TEXT, N_("Operator of the system"), NULL, .required_when = { "kind", "incident" },
		.shown_when = { "kind", "incident" } },
	{ "versions", FORM_TEXT, N_("Affected versions"), N_("Such as “< 8.0.33” or “7.1 – 7.4”"), .required_when = { "kind", "generic" },
		.shown_when = { "kind", "generic" } },
};

static const FormItem weakness_items[] = {
	{ "attack", FORM_NAMED, N_("Kind of attack"),
		N_("As you would call it: SQL injection, weak password, exported component … The standard's class and the right fields "
		   "follow."),
		.choices = attack_choices, .choice_count = ATTACK_COUNT, .value_of = attack_of_name, .fills = true },
	{ "class", FORM_CLASS, N_("Weakness class"), N_("Class of GB/T 30279-2020; follows from the kind of attack"),
		.required_when = { "attack", "-" }, .fills = true },
	{ "request", FORM_TEXT, N_("Address of the request"), N_("Method and address or interface, such as POST /api/order/list"),
		.shown_when = { "attack", WITH_REQUEST }, .max_length = 2000 },
	{ "parameter", FORM_TEXT, N_("Parameter"), N_("The parameter, header or field that is not checked"),
		.shown_when = { "attack", WITH_PARAMETER } },
	{ "raw_request", FORM_LINES, N_("Raw request"), N_("As sent; take your own cookies and tokens out."),
		.shown_when = { "attack", WITH_REQUEST } },
	{ "injection_kind", FORM_CHOICE, N_("Kind of injection"), NULL, .shown_when = { "attack", "sql-injection" }, .choices = injections,
		.choice_count = COUNT(injections) },
	{ "script_kind", FORM_CHOICE, N_("Kind of cross-site scripting"), NULL, .shown_when = { "attack", "xss" }, .choices = scripts,
		.choice_count = COUNT(scripts) },
	{ "path", FORM_TEXT, N_("File or path that is reached"), NULL, .shown_when = { "attack", WITH_PATH }, .max_length = 1000 },
	{ "login_place", FORM_TEXT, N_("Where one signs in"), N_("Address or page of the sign-in"),
		.shown_when = { "attack", WITH_ACCOUNT }, .max_length = 1000 },
	{ "account", FORM_TEXT, N_("Account"), N_("Name of the account; the password only as far as it is needed to verify"),
		.shown_when = { "attack", WITH_ACCOUNT } },
	{ "component_kind", FORM_CHOICE, N_("Kind of component"), NULL, .shown_when = { "attack", WITH_COMPONENT }, .choices = components,
		.choice_count = COUNT(components) },
	{ "permission", FORM_TEXT, N_("Permission that protects it"), N_("Empty: none"), .shown_when = { "attack", WITH_COMPONENT } },
	{ "storage_place", FORM_CHOICE, N_("Where it is stored"), NULL, .shown_when = { "attack", WITH_STORAGE }, .choices = places,
		.choice_count = COUNT(places) },
	{ "stored_data", FORM_TEXT, N_("What is stored or disclosed"),
		N_("Kinds of data, such as passwords or chats; no real data of others"),
		.shown_when = { "attack", WITH_STORAGE " information-disclosure debuggable" } },
	{ "transport", FORM_CHOICE, N_("What is wrong with the transport"), NULL, .shown_when = { "attack", WITH_TRANSPORT },
		.choices = transports, .choice_count = COUNT(transports) },
	{ "transport_hosts", FORM_LINES, N_("Hosts concerned"), N_("One a line"), .shown_when = { "attack", WITH_TRANSPORT },
		.max_length = 4000 },
	{ "webview_setting", FORM_CHOICE, N_("What is wrong with the WebView"), NULL, .shown_when = { "attack", WITH_WEBVIEW },
		.choices = webviews, .choice_count = COUNT(webviews) },
	{ "webview_entry", FORM_TEXT, N_("How an attacker's page comes into the WebView"), NULL, .shown_when = { "attack", WITH_WEBVIEW },
		.max_length = 1000 },
	{ "deep_link", FORM_TEXT, N_("Link that opens it"), N_("Such as example://pay?id=1"),
		.shown_when = { "attack", "deep-link open-redirect intent-redirection " WITH_WEBVIEW }, .max_length = 2000 },
	{ "key_kind", FORM_CHOICE, N_("Kind of key"), NULL, .shown_when = { "attack", WITH_KEY }, .choices = keys,
		.choice_count = COUNT(keys) },
	{ "key_place", FORM_TEXT, N_("Where the key stands"), N_("File, class or resource"), .shown_when = { "attack", WITH_KEY },
		.max_length = 1000 },
	{ "key_opens", FORM_TEXT, N_("What the key opens"), NULL, .shown_when = { "attack", WITH_KEY }, .max_length = 1000 },
	{ "sdk_name", FORM_TEXT, N_("SDK or library"), NULL, .shown_when = { "attack", "vulnerable-sdk" } },
	{ "sdk_version", FORM_TEXT, N_("Its version in the app"), NULL, .shown_when = { "attack", "vulnerable-sdk" } },
	{ "algorithm", FORM_TEXT, N_("Algorithm and use"), N_("Such as AES-ECB for the chat database"),
		.shown_when = { "attack", "weak-cryptography" } },
	{ "module", FORM_TEXT, N_("Module and place of the fault"), N_("Library, function and offset"),
		.shown_when = { "attack", "memory-corruption denial-of-service undeclared-function" } },
	{ "crash", FORM_LINES, N_("Crash record"), NULL, .shown_when = { "attack", "memory-corruption denial-of-service" } },
	{ "title", FORM_TEXT, N_("Title"), N_("One line. Left empty, it is built from product and weakness."), .max_length = 120 },
	{ "description", FORM_MARKDOWN, N_("Description"), N_("What is wrong, and where"), .required = true },
	{ "component", FORM_TEXT, N_("Component, interface or parameter"),
		N_("Name of the exported component, address and parameter of the request, or file and function") },
	{ "conditions", FORM_LINES, N_("Trigger conditions"), NULL },
	{ "steps", FORM_MARKDOWN, N_("Steps to reproduce"), N_("So that somebody who has never seen the product can follow"),
		.required = true },
	{ "impact", FORM_LINES, N_("Impact"), N_("What somebody gains from it, and how many are affected"), .required = true },
	{ "fix", FORM_LINES, N_("Suggested fix"), NULL },
	{ "references", FORM_LINES, N_("References"), NULL },
};

static const FormItem evidence_items[] = {
	{ "proof_kind", FORM_CHOICE, N_("Kind of proof of concept"), NULL, .choices = proofs, .choice_count = COUNT(proofs) },
	{ "proof_language", FORM_TEXT, N_("Language"), N_("Such as Python, Java or Frida script"),
		.shown_when = { "proof_kind", "script program" }, .max_length = 60 },
	{ "proof_file", FORM_TEXT, N_("Name of the attached file that holds it"), NULL,
		.shown_when = { "proof_kind", "script program page" } },
	{ "proof", FORM_MARKDOWN, N_("Proof of concept"), N_("Code, request or command. It is never made public.") },
	{ "files", FORM_FILES, N_("Files"), N_("Pictures, recordings, app files, logs. They are stored sealed.") },
};

static const FormChoice ways[] = { { "form", N_("By questions") }, { "vector", N_("By vectors") } };
static const FormChoice vectors[] = { { "N", N_("Network") }, { "A", N_("Adjacent") }, { "L", N_("Local") }, { "P", N_("Physical") } };
static const FormChoice triggers[] = { { "L", N_("Low") }, { "H", N_("High") } };
static const FormChoice rights[] = { { "N", N_("None") }, { "L", N_("Low") }, { "H", N_("High") } };
static const FormChoice interactions[] = { { "N", N_("Not needed") }, { "R", N_("Needed") } };
static const FormChoice harms[] = { { "H", N_("Serious") }, { "L", N_("Partial") }, { "N", N_("None") } };
static const FormChoice costs[] = { { "L", N_("Low") }, { "M", N_("Medium") }, { "H", N_("High") } };
static const FormChoice spreads[] = { { "H", N_("More than half of the assets, or important ones") }, { "M", N_("10 to 50 percent") },
	{ "L", N_("Less than 10 percent") } };

#define RATED(tag, label, list) \
	{ \
		"rate_" tag, FORM_CHOICE, label, NULL, .shown_when = { "rate_by", "form" }, .choices = list, .choice_count = COUNT(list), \
						       .fills = true \
	}
static const FormItem rating_items[] = {
	{ "rate_by", FORM_CHOICE, N_("How do you want to rate it?"), NULL, .choices = ways, .choice_count = COUNT(ways) },
	RATED("AV", N_("Access path (AV)"), vectors),
	RATED("AC", N_("Trigger requirement (AC)"), triggers),
	RATED("PR", N_("Rights needed (PR)"), rights),
	RATED("UI", N_("Interaction (UI)"), interactions),
	RATED("C", N_("Harm to confidentiality (C)"), harms),
	RATED("I", N_("Harm to integrity (I)"), harms),
	RATED("A", N_("Harm to availability (A)"), harms),
	RATED("E", N_("Cost of the attack (E)"), costs),
	RATED("RL", N_("Difficulty of the repair (RL)"), costs),
	RATED("S", N_("Spread (S)"), spreads),
	{ "gbt30279", FORM_GBT30279, N_("Your rating by GB/T 30279-2020"), N_("As a vector; answered questions make it by themselves.") },
	{ "cvss", FORM_CVSS, N_("Your rating by CVSS"), NULL },
	{ "found_on", FORM_DATE, N_("Date of discovery"), NULL },
};

static const FormItem person_items[] = {
	{ "credit", FORM_CHOICE, N_("How do you want to be named?"), NULL, .required = true, .choices = credits,
		.choice_count = COUNT(credits) },
	{ "credit_name", FORM_TEXT, N_("Name to be given"), NULL, .required_when = { "credit", "name" },
		.shown_when = { "credit", "name" } },
	{ "contact", FORM_TEXT, N_("How can we reach you?"), N_("Mail address or telephone number; only the coordinator sees it."),
		.is_of_writer = true },
	{ "who_knows", FORM_LINES, N_("Who else knows of it?"), N_("Persons or organisations, as far as you know"), .max_length = 2000 },
	{ "sent_to", FORM_CHOICE, N_("Where do you send this find?"),
		N_("One find to several libraries is allowed and must be declared; for certificates it counts once."), .choices = libraries,
		.choice_count = COUNT(libraries) },
	{ "also_sent", FORM_TEXT, N_("Sent to other libraries too"), N_("Their names, and the numbers they gave, if any"),
		.required_when = { "sent_to", "several" }, .shown_when = { "sent_to", "several" }, .max_length = 500 },
	{ "no_secrets", FORM_CHECK, N_("I confirm that this contains no state secrets and that I have found it lawfully"), NULL,
		.required = true },
};

static const FormSection sections[] = {
	{ N_("Kind"), NULL, kind_items, COUNT(kind_items) },
	{ N_("Product"), NULL, product_items, COUNT(product_items) },
	{ N_("Weakness"), NULL, weakness_items, COUNT(weakness_items) },
	{ N_("Evidence"), N_("Pictures and recordings convince most. A sandbox looks at every file; staff only download them."),
		evidence_items, COUNT(evidence_items) },
	{ N_("Rating"), N_("If you like. The library rates it anyway; yours is kept beside it."), rating_items, COUNT(rating_items) },
	{ N_("You"), NULL, person_items, COUNT(person_items) },
};

const Form report_form = { "report", 2, N_("Report a vulnerability"), sections, COUNT(sections), intake_complete };
