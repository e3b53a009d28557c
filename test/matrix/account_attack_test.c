/* What was done to accounts of other libraries, tried at the addresses themselves: sign-in, second factor, keys, leaving, names that deceive. */
#include "matrix/matrix.h"

#include "people/notice/notice_hook.h"
#include "people/org/org.h"
#include "subject/party/party.h"
#include "subject/product/product.h"

#include <sys/mman.h>
#include <unistd.h>

static MatrixReply post(Matrix *matrix, const char *word, Text target, Text body)
{
	return matrix_send(
		matrix, &(MatrixRequest) { .method = POST, .target = target, .body = body, .actor = matrix_actor(word), .keep = true });
}

/* ---- Login CSRF: another site signs the victim in as the attacker, and what the victim sends is the attacker's */
TEST_DB(attack__a_sign_in_form_of_another_site_signs_nobody_in)
{
	static const char *const addresses[] = { "/login", "/login/passkey", "/login/factor", "/register", "/forgot", "/logout" };
	Matrix *matrix = matrix_open(t);
	Text others = session_form_token(t->arena, matrix_actor("stranger")->cookie);
	const struct {
		Text csrf;
		bool is_foreign;
	} forgeries[] = { { TEXT(""), false }, { TEXT("AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"), false }, { others, false },
		{ { 0 }, true } };
	for (size_t i = 0; i < COUNT(addresses); i++)
		for (size_t k = 0; k < COUNT(forgeries); k++) {
			MatrixReply reply =
				matrix_send(matrix, &(MatrixRequest) { .method = POST,
							    .target = text_from(addresses[i]),
							    .body = TEXT("login=weak-publisher@example.org&password=kelp+orbit+tunnel+7"),
							    .actor = matrix_actor("visitor"),
							    .csrf = forgeries[k].csrf,
							    .is_foreign = forgeries[k].is_foreign });
			if (reply.status != 403) test_fail(__FILE__, __LINE__, "%s took forgery %zu: %d", addresses[i], k, reply.status);
			CHECK(!text_find(matrix_header(&reply, "Set-Cookie"), TEXT(SESSION_COOKIE), NULL));
		}
}

/* ---- HackerOne 587910: a session that was left open sufficed to switch the second factor off */
TEST_DB(attack__a_session_alone_neither_switches_the_second_factor_off_nor_makes_codes_nor_keys)
{
	static const struct {
		const char *address, *body;
	} tries[] = { { "/account/totp/remove", "" }, { "/account/totp/remove", "password=&code=" },
		{ "/account/totp/remove", "password=kelp+orbit+tunnel+7" },
		{ "/account/totp/remove", "password=kelp+orbit+tunnel+7&code=000000" },
		{ "/account/totp/remove", "password=wrong+words+entirely&code=000000" }, { "/account/recovery", "" },
		{ "/account/recovery", "password=wrong+words+entirely" }, { "/account/password", "password=another+orbit+tunnel+8" },
		{ "/account/mail", "mail=thief@example.org" },
		{ "/account/mail", "mail=thief@example.org&password=wrong+words+entirely" } };
	Matrix *matrix = matrix_open(t);
	size_t mails = people_mail_count(t);
	for (size_t i = 0; i < COUNT(tries); i++) {
		MatrixReply reply = post(matrix, "coordinator", text_from(tries[i].address), text_from(tries[i].body));
		if (reply.status < 400) test_fail(__FILE__, __LINE__, "%s with “%s”: %d", tries[i].address, tries[i].body, reply.status);
	}
	CHECK_INT(people_mail_count(t), mails);
	const MatrixObject *report = matrix_object(matrix, "report", TEXT("RECEIVED")); /* it is on: what needs it is open */
	Text page = arena_printf(t->arena, "/reports/%.*s", TEXT_ARGS(report->ref));
	CHECK_INT(matrix_get(matrix, "coordinator", page).status, 200);
	MatrixRequest by_key = { .method = POST,
		.target = TEXT("/account/totp/remove"),
		.body = TEXT("password=kelp+orbit+tunnel+7"),
		.actor = matrix_actor("coordinator"),
		.way = BY_TOKEN };
	CHECK(matrix_send(matrix, &by_key).status >= 400);
}

/* ---- HackerOne 271506, 1577940, 2278865: whoever was removed went on reading by mail, by key and by subscription */
typedef struct Gone {
	Matrix *matrix;
	Text party, calendar;
} Gone;

static Error tell_vendor(Call *call, const Gone *gone)
{
	Party party;
	ThreadSubject subject;
	ThreadMembers members;
	TRY(party_open(call, gone->party, &party));
	party_threads(&party, &subject);
	TRY(thread_write(call, &subject, TEXT("vendor"), TEXT("News."), &members));
	return party_tell_message(call, &party, TEXT("vendor"), &members);
}

static void keep_a_calendar_and_a_hook(Gone *gone)
{
	Test *t = gone->matrix->t;
	Text secret, key;
	matrix_as(gone->matrix, "vendor-member");
	CHECK_OK(t->call, notice_hook_add(t->call, TEXT("https://hooks.example.cn/in"), &secret));
	CHECK_OK(t->call, calendar_key_renew(t->call, &key));
	gone->calendar = arena_printf(t->arena, "/calendar/%.*s.ics", TEXT_ARGS(key));
}

static void end_membership(Matrix *matrix)
{
	MatrixReply reply = post(matrix, "vendor-admin",
		arena_printf(matrix->t->arena, "/organisations/members/%.*s/end", TEXT_ARGS(matrix_placed(matrix, "member"))), TEXT(""));
	CHECK_INT(reply.status, 303);
}

static size_t mails_to(Test *t, const char *address)
{
	size_t count = 0;
	for (size_t i = 0, all = people_mail_count(t); i < all; i++) {
		ArenaMark mark = arena_mark(t->call->arena);
		count += text_is(people_mail(t, i).to, text_from(address));
		arena_release(t->call->arena, mark);
	}
	return count;
}

TEST_DB(attack__whoever_left_an_organisation_is_told_nothing_by_mail_key_calendar_or_page)
{
	static const char *const lists[] = { "/parties", "/api/v1/parties", "/desk", "/api/v1/desk", "/desk/unread", "/api/v1/organisation",
		"/catalogue/own", "/figures/own" };
	Gone gone = { .matrix = matrix_open(t) };
	Matrix *matrix = gone.matrix;
	gone.party = matrix_object(matrix, "party", TEXT("FIXING"))->ref;
	const Text own[] = { arena_printf(t->arena, "/parties/%.*s", TEXT_ARGS(gone.party)),
		arena_printf(t->arena, "/api/v1/parties/%.*s", TEXT_ARGS(gone.party)),
		arena_printf(t->arena, "/api/v1/parties/%.*s/notice", TEXT_ARGS(gone.party)),
		arena_printf(t->arena, "/api/v1/parties/%.*s/notice/pdf", TEXT_ARGS(gone.party)),
		arena_printf(t->arena, "/api/v1/parties/%.*s/threads/vendor", TEXT_ARGS(gone.party)) };
	keep_a_calendar_and_a_hook(&gone);
	CHECK_INT(matrix_get(matrix, "vendor-member", own[1]).status, 200);
	CHECK(text_find(matrix_get(matrix, "visitor", gone.calendar).body, gone.party, NULL));
	end_membership(matrix);
	size_t mails = mails_to(t, "vendor-member@example.org");
	matrix_as(matrix, "coordinator");
	CHECK_OK(t->call, tell_vendor(t->call, &gone));
	CHECK_INT(mails_to(t, "vendor-member@example.org"), mails);
	for (size_t i = 0; i < COUNT(own); i++) CHECK_INT(matrix_get(matrix, "vendor-member", own[i]).status, 404);
	CHECK(!text_find(matrix_get(matrix, "visitor", gone.calendar).body, gone.party, NULL));
	for (size_t i = 0; i < COUNT(lists); i++)
		if (text_find(matrix_get(matrix, "vendor-member", text_from(lists[i])).body, gone.party, NULL))
			test_fail(__FILE__, __LINE__, "%s names it still", lists[i]);
}

static bool asks_for_nobody(void *context, Text host, FetchAddresses *out)
{
	(void)context, (void)out;
	test_fail(__FILE__, __LINE__, "%.*s is asked for", TEXT_ARGS(host));
}

/* HackerOne 417382: keys of a person who was disabled went on working, and so did subscriptions. */
TEST_DB(attack__a_disabled_persons_keys_calendars_and_machines_get_nothing)
{
	Gone gone = { .matrix = matrix_open(t) };
	Matrix *matrix = gone.matrix;
	int64_t looked_at = 0;
	gone.party = matrix_object(matrix, "party", TEXT("FIXING"))->ref;
	keep_a_calendar_and_a_hook(&gone);
	matrix_as(matrix, "coordinator");
	CHECK_OK(t->call, tell_vendor(t->call, &gone)); /* waits for the machine */
	matrix_as(matrix, "security-admin");
	CHECK_OK(t->call, person_disable(t->call, matrix_actor("vendor-member")->ref));
	people_as_system(t);
	CHECK_OK(t->call, notice_hook_send(t->call, &(FetchOptions) { .resolve = asks_for_nobody }, 100, &looked_at));
	CHECK(looked_at > 0);
	CHECK_OK(t->call, notice_hook_send(t->call, &(FetchOptions) { .resolve = asks_for_nobody }, 100, &looked_at));
	CHECK_INT(looked_at, 0);
	CHECK_INT(matrix_get(matrix, "visitor", gone.calendar).status, 404);
	CHECK_INT(matrix_get(matrix, "vendor-member", TEXT("/api/v1/me")).status, 401);
	CHECK_INT(matrix_get(matrix, "vendor-member", TEXT("/api/v1/parties")).status, 401);
}

/* ---- CVE-2022-40248, CVE-2022-40257: markup in the name of a product or an organisation, shown on pages and in mail */
static const char markup[] = "<img src=x onerror=alert(7)>\"'><b>W";

TEST_DB(attack__markup_in_names_of_products_and_organisations_stays_text_on_pages_and_in_mail)
{
	static const struct {
		const char *word, *target;
	} pages[] = { { "owner", "/catalogue/own" }, { "owner", "/catalogue?q=W" }, { "owner", "/catalogue/*" },
		{ "owner", "/api/v1/products?q=W" }, { "coordinator", "/catalogue/*" }, { "coordinator", "/admin/products" },
		{ "coordinator", "/admin/verifications" }, { "stranger", "/organisations" } };
	static const char *const papers[] = { "licence", "authorisation" };
	Matrix *matrix = matrix_open(t);
	Product product;
	Text organisation;
	matrix_as(matrix, "owner");
	ProductStatement statement = { .kind = TEXT("android"), .name = text_from(markup), .vendor = text_from(markup) };
	CHECK_OK(t->call, product_register(t->call, &statement, &product));
	matrix_as(matrix, "stranger");
	OrgRegistration registration = { .name = text_from(markup),
		.name_en = text_from(markup),
		.credit_code = TEXT("91110108551385082Q"),
		.wants = TEXT("vendor"),
		.domicile = TEXT("CN"),
		.contact = text_from(markup) };
	CHECK_OK(t->call, org_register(t->call, &registration, &organisation));
	for (size_t i = 0; i < COUNT(papers); i++) {
		int file = memfd_create("paper", MFD_CLOEXEC);
		CHECK(write(file, "paper", 5) == 5);
		CHECK_OK(t->call, org_paper_add(t->call, text_from(papers[i]), TEXT("paper.pdf"), file, 5));
		close(file);
	}
	CHECK_OK(t->call, org_verification_ask(t->call));
	matrix_as(matrix, "coordinator");
	CHECK_OK(t->call, org_verification_decide(t->call, organisation, false, text_from(markup)));
	Mail letter = people_mail(t, 0);
	CHECK(text_find(letter.html, TEXT("&lt;img src=x"), NULL) && !text_find(letter.html, TEXT("<img src=x"), NULL));
	for (size_t i = 0; i < COUNT(pages); i++) {
		Text target = text_from(pages[i].target), before;
		text_next(&target, '*', &before);
		bool names_it = strchr(pages[i].target, '*');
		Text address = names_it ? arena_printf(t->arena, "%.*s%.*s", TEXT_ARGS(before), TEXT_ARGS(product.ref)) : before;
		MatrixReply reply = matrix_get(matrix, pages[i].word, address);
		CHECK_INT(reply.status, 200);
		bool is_json = text_starts(matrix_header(&reply, "Content-Type"), TEXT("application/json"));
		if (!is_json && text_find(reply.body, TEXT("<img src=x"), NULL))
			test_fail(__FILE__, __LINE__, "%s shows markup", pages[i].target);
	}
}

/* ---- Names that pass for others: letters of other alphabets, signs that nobody sees, the direction of writing turned round */
TEST_DB(attack__a_name_that_passes_for_another_is_refused_or_shown_to_whoever_verifies)
{
	static const char *const invisible[] = { "Pay\xE2\x80\x8BPal",
		"\xE2\x80\xAE"
		"laPyaP",
		"Pay\xE2\x81\xA6Pal", "Pay\xC2\xADPal", "\xEF\xBB\xBFPayPal", "Pay\xE3\x85\xA4Pal" };
	Matrix *matrix = matrix_open(t);
	Product product;
	Text ref;
	matrix_as(matrix, "stranger");
	OrgRegistration registration = { .name_en = TEXT(""),
		.credit_code = TEXT("91110108551385082Q"),
		.wants = TEXT("vendor"),
		.domicile = TEXT("CN"),
		.contact = TEXT("C") };
	for (size_t i = 0; i < COUNT(invisible); i++) {
		ProductStatement statement = { .kind = TEXT("android"), .name = text_from(invisible[i]) };
		registration.name = text_from(invisible[i]);
		CHECK_ERROR(t->call, product_register(t->call, &statement, &product), INVALID);
		CHECK_ERROR(t->call, org_register(t->call, &registration, &ref), INVALID);
		CHECK_ERROR(t->call, person_profile_change(t->call, text_from(invisible[i]), TEXT(""), TEXT(""), LANG_EN), INVALID);
	}
	registration.name = TEXT("V\xD0\xB5nd\xD0\xBEr"); /* Cyrillic letters: the vendor of the walk is called “vendor” */
	CHECK_OK(t->call, org_register(t->call, &registration, &ref));
	Organisation organisation;
	Organisations alike;
	CHECK_OK(t->call, org_find_ref(t->call, ref, &organisation));
	CHECK_ERROR(t->call, org_lookalikes(t->call, &organisation, &alike), FORBIDDEN);
	matrix_as(matrix, "coordinator");
	CHECK_OK(t->call, org_lookalikes(t->call, &organisation, &alike));
	CHECK_INT(alike.count, 1);
	CHECK_TEXT(alike.at[0].name, "vendor");
}
