#include "base/crypto/certificate.h"
#include "harness/scene.h"
#include "people/people_fixture.h"
#include "store/db/db.h"
#include "subject/product/product_private.h"

#include <fcntl.h>
#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/x509.h>
#include <stdlib.h>
#include <unistd.h>

/* ---- Certificates, as vendors have them */
typedef struct Signing {
	EVP_PKEY *key;
	Text pem, fingerprint;
} Signing;

static Text bio_text(Test *t, BIO *bio)
{
	char *at = NULL;
	long length = BIO_get_mem_data(bio, &at);
	Text text = arena_copy(t->arena, (Text) { at, (size_t)length });
	BIO_free(bio);
	return text;
}

/* Keys live as long as the test. */
static EVP_PKEY *keys[8];
static size_t key_count;
static void free_keys(void)
{
	while (key_count) EVP_PKEY_free(keys[--key_count]);
}
static void keep(EVP_PKEY *key)
{
	must(key_count < COUNT(keys));
	if (!key_count) atexit(free_keys);
	keys[key_count++] = key;
}

/* Issued by some key: whose signature stands in a certificate is not looked at. */
static Signing signing_of(Test *t, EVP_PKEY *key)
{
	EVP_PKEY *issuer = EVP_EC_gen("P-256");
	Digest digest;
	Signing signing = { .key = key };
	keep(key);
	X509 *certificate = X509_new();
	BIO *bio = BIO_new(BIO_s_mem());
	CHECK(key && X509_set_pubkey(certificate, key) == 1);
	ASN1_INTEGER_set(X509_get_serialNumber(certificate), 7);
	X509_gmtime_adj(X509_getm_notBefore(certificate), 0);
	X509_gmtime_adj(X509_getm_notAfter(certificate), 86400);
	CHECK(X509_sign(certificate, issuer, EVP_sha256()) > 0 && PEM_write_bio_X509(bio, certificate) == 1);
	signing.pem = bio_text(t, bio);
	X509_free(certificate);
	EVP_PKEY_free(issuer);
	CHECK(certificate_fingerprint(signing.pem, &digest));
	signing.fingerprint = hex_text(t->arena, DIGEST_TEXT(digest));
	return signing;
}

static Text sign(Test *t, const Signing *signing, const EVP_MD *hash, Text message)
{
	unsigned char bytes[1024];
	size_t length = sizeof(bytes);
	EVP_MD_CTX *context = EVP_MD_CTX_new();
	CHECK(EVP_DigestSignInit(context, NULL, hash, NULL, signing->key) == 1);
	CHECK(EVP_DigestSign(context, bytes, &length, (const unsigned char *)message.at, message.length) == 1);
	EVP_MD_CTX_free(context);
	return arena_copy(t->arena, (Text) { (char *)bytes, length });
}

TEST(certificate__rsa_ecdsa_and_sm2_verify_and_nothing_else_does)
{
	const Signing signings[] = { signing_of(t, EVP_RSA_gen(2048)), signing_of(t, EVP_EC_gen("P-256")) };
	for (size_t i = 0; i < COUNT(signings); i++) {
		Text signature = sign(t, &signings[i], EVP_sha256(), TEXT("message"));
		CHECK(certificate_verify(signings[i].pem, TEXT("message"), signature));
		CHECK(!certificate_verify(signings[i].pem, TEXT("massage"), signature));
		CHECK(!certificate_verify(signings[1 - i].pem, TEXT("message"), signature));
		CHECK(!certificate_verify(signings[i].pem, TEXT("message"), TEXT("")));
		CHECK(!certificate_verify(TEXT("-----BEGIN CERTIFICATE-----"), TEXT("message"), signature));
	}
	const Signing weak = signing_of(t, EVP_RSA_gen(1024));
	CHECK(!certificate_verify(weak.pem, TEXT("message"), sign(t, &weak, EVP_sha256(), TEXT("message"))));
	Text private_pem, public_pem, signature;
	CHECK_OK(t->call, sm2_key_new(t->call, &private_pem, &public_pem));
	BIO *bio = BIO_new_mem_buf(private_pem.at, (int)private_pem.length);
	const Signing sm2 = signing_of(t, PEM_read_bio_PrivateKey(bio, NULL, NULL, NULL));
	BIO_free(bio);
	CHECK_OK(t->call, sm2_sign(t->call, private_pem, TEXT("message"), &signature));
	CHECK(certificate_verify(sm2.pem, TEXT("message"), signature));
	CHECK(!certificate_verify(sm2.pem, TEXT("massage"), signature));
}

/* ---- Vendors */
typedef struct Vendor {
	int64_t organisation, admin, member;
	Text admin_mail, member_mail;
} Vendor;

static void add_paper(Test *t, const char *kind)
{
	const char *path = arena_printf(t->arena, "%s/%s", t->directory, kind).at;
	int file = open(path, O_RDWR | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
	CHECK(write(file, "paper", 5) == 5 && lseek(file, 0, SEEK_SET) == 0);
	CHECK_OK(t->call, org_paper_add(t->call, text_from(kind), TEXT("paper.pdf"), file, 5));
	close(file);
}

static Vendor vendor_of(Test *t, const char *name, const char *code)
{
	Vendor vendor = { .admin_mail = arena_printf(t->arena, "%s@example.org", name) };
	Organisation organisation;
	Text ref;
	OrgRegistration registration = { .name = text_from(name),
		.name_en = TEXT(""),
		.credit_code = text_from(code),
		.wants = TEXT("vendor"),
		.domicile = TEXT("CN"),
		.contact = TEXT("Desk") };
	vendor.admin = people_register(t, vendor.admin_mail.at);
	people_enter(t, vendor.admin);
	CHECK_OK(t->call, org_register(t->call, &registration, &ref));
	add_paper(t, "licence");
	add_paper(t, "authorisation");
	CHECK_OK(t->call, org_verification_ask(t->call));
	people_as_system(t);
	CHECK_OK(t->call, org_verification_decide(t->call, ref, true, TEXT("")));
	CHECK_OK(t->call, org_find_ref(t->call, ref, &organisation));
	vendor.organisation = organisation.id;
	return vendor;
}

static Map *values_of(Test *t, const char *name, Text value, const char *other, Text other_value)
{
	Map *values = map_new(t->arena);
	form_set(t->arena, values, text_from(name), value);
	if (other) form_set(t->arena, values, text_from(other), other_value);
	return values;
}

static Product confirmed(Test *t, const char *name, const char *package)
{
	Product product;
	ProductStatement statement = { .kind = TEXT("android"), .name = text_from(name), .package = text_from(package) };
	people_as_system(t);
	CHECK_OK(t->call, product_register(t->call, &statement, &product));
	CHECK_OK(t->call, product_confirm(t->call, product.ref));
	return product;
}

static const char tencent[] = "9144030071526726XG", huawei[] = "914403001922038216";

static ProductClaim claim_by_signature(Test *t, const Product *product, const Signing *signing)
{
	ProductClaim claim;
	Text ref;
	CHECK_OK(t->call, product_claim(t->call, product->ref, TEXT("certificate"), signing->fingerprint, TEXT(""), &ref));
	CHECK_OK(t->call, product_claim_open(t->call, ref, &claim));
	return claim;
}

static Error prove(Test *t, const ProductClaim *claim, const Signing *signing, Text signature)
{
	Map *values = values_of(t, "certificate", signing->pem, "signature", base64_text(t->arena, signature));
	return product_claim_act(t->call, claim->ref, TEXT("prove"), 0, values);
}

TEST(product_claim__table_has_no_fault) { CHECK(workflow_fault(t->arena, &claim_machine).at == NULL); }

TEST_DB(product_claim__signature_over_a_verified_certificate_settles_it_and_a_replayed_one_does_not)
{
	people_open(t);
	Vendor vendor = vendor_of(t, "tencent", tencent);
	const Signing signing = signing_of(t, EVP_EC_gen("P-256"));
	Product first = confirmed(t, "First", "com.example.first"), second = confirmed(t, "Second", "com.example.second"), seen;
	CHECK_OK(t->call, product_identity_add(t->call, first.ref, TEXT("certificate"), signing.fingerprint, true));
	CHECK_OK(t->call, product_identity_add(t->call, second.ref, TEXT("certificate"), signing.fingerprint, true));
	people_enter(t, vendor.admin);
	ProductClaim claim = claim_by_signature(t, &first, &signing);
	Text signature = sign(t, &signing, EVP_sha256(), claim.challenge);
	CHECK_OK(t->call, prove(t, &claim, &signing, signature));
	CHECK_OK(t->call, product_open(t->call, first.ref, &seen));
	CHECK_INT(seen.organisation_id, vendor.organisation);
	CHECK(seen.is_own);
	ProductClaim other = claim_by_signature(t, &second, &signing);
	CHECK_ERROR(t->call, prove(t, &other, &signing, signature), INVALID);
	call_recover(t->call);
	CHECK_OK(t->call, product_open(t->call, second.ref, &seen));
	CHECK_INT(seen.organisation_id, 0);
}

TEST_DB(product_claim__signature_over_what_nobody_verified_goes_to_the_staff)
{
	people_open(t);
	Vendor vendor = vendor_of(t, "tencent", tencent);
	const Signing signing = signing_of(t, EVP_EC_gen("P-256"));
	Product product = confirmed(t, "App", "com.example.app"), seen;
	ProductClaim claim;
	CHECK_OK(t->call, product_identity_add(t->call, product.ref, TEXT("certificate"), signing.fingerprint, false));
	people_enter(t, vendor.admin);
	claim = claim_by_signature(t, &product, &signing);
	CHECK_OK(t->call, prove(t, &claim, &signing, sign(t, &signing, EVP_sha256(), claim.challenge)));
	CHECK_OK(t->call, product_claim_open(t->call, claim.ref, &claim));
	CHECK_TEXT(claim.state, "REVIEW");
	CHECK(claim.is_proven);
	CHECK_OK(t->call, product_open(t->call, product.ref, &seen));
	CHECK_INT(seen.organisation_id, 0);
	CHECK_ERROR(t->call, product_claim_act(t->call, claim.ref, TEXT("grant"), 0, values_of(t, "reason", TEXT("Me."), NULL, TEXT(""))),
		FORBIDDEN);
}

TEST_DB(product_claim__conflicting_claims_are_decided_by_the_staff_and_one_vendor_holds_a_product)
{
	people_open(t);
	Vendor one = vendor_of(t, "tencent", tencent), two = vendor_of(t, "huawei", huawei);
	const Signing signing = signing_of(t, EVP_EC_gen("P-256"));
	Product product = confirmed(t, "App", "com.example.app"), seen;
	Text rival, none = TEXT("");
	ProductClaim claim;
	ProductClaims waiting;
	Map *reason = values_of(t, "reason", TEXT("Looked at the licence."), NULL, none);
	CHECK_OK(t->call, product_identity_add(t->call, product.ref, TEXT("certificate"), signing.fingerprint, true));
	people_enter(t, two.admin);
	CHECK_OK(t->call, product_claim(t->call, product.ref, TEXT("staff"), none, TEXT("CanaryNote"), &rival));
	CHECK_ERROR(t->call, product_claim(t->call, product.ref, TEXT("staff"), none, none, &rival), CONFLICT);
	call_recover(t->call);
	CHECK_OK(t->call, product_claim_act(t->call, rival, TEXT("submit"), 0, NULL));
	people_enter(t, one.admin);
	CHECK_ERROR(t->call, product_claim_open(t->call, rival, &claim), NOT_FOUND);
	call_recover(t->call);
	claim = claim_by_signature(t, &product, &signing);
	CHECK_OK(t->call, prove(t, &claim, &signing, sign(t, &signing, EVP_sha256(), claim.challenge)));
	CHECK_OK(t->call, product_claim_open(t->call, claim.ref, &claim));
	CHECK_TEXT(claim.state, "REVIEW");
	people_staff(t, "coordinator@example.org", ROLE_COORDINATOR);
	CHECK_OK(t->call, product_claims_waiting(t->call, 0, 10, &waiting));
	CHECK_INT(waiting.count, 2);
	CHECK(waiting.at[0].is_contested && waiting.at[1].is_contested);
	CHECK_TEXT(waiting.at[0].note, "CanaryNote");
	CHECK_OK(t->call, product_claim_act(t->call, claim.ref, TEXT("grant"), 0, reason));
	CHECK_ERROR(t->call, product_claim_act(t->call, rival, TEXT("grant"), 0, reason), INVALID);
	call_recover(t->call);
	CHECK_OK(t->call, product_open(t->call, product.ref, &seen));
	CHECK_INT(seen.organisation_id, one.organisation);
	CHECK_OK(t->call, product_claim_act(t->call, claim.ref, TEXT("revoke"), 0, reason));
	CHECK_OK(t->call, product_claim_act(t->call, rival, TEXT("grant"), 0, reason));
	CHECK_OK(t->call, product_open(t->call, product.ref, &seen));
	CHECK_INT(seen.organisation_id, two.organisation);
}

TEST_DB(product_claim__a_colleague_sees_the_products_and_who_leaves_loses_them_at_once)
{
	people_open(t);
	Vendor vendor = vendor_of(t, "tencent", tencent);
	Product product, seen;
	Products own;
	Members members;
	Organisation organisation;
	ProductStatement statement = {
		.kind = TEXT("ios"), .name = TEXT("Secret"), .package = TEXT("com.example.secret"), .for_organisation = true
	};
	people_enter(t, vendor.admin);
	CHECK_OK(t->call, org_invite(t->call, TEXT("colleague@example.org"), true));
	Text token = people_link_token(t);
	int64_t colleague = people_register(t, "colleague@example.org");
	people_enter(t, colleague);
	CHECK_OK(t->call, org_invitation_accept(t->call, token));
	people_enter(t, colleague);
	CHECK_OK(t->call, product_register(t->call, &statement, &product));
	people_enter(t, vendor.admin);
	CHECK_OK(t->call, product_open(t->call, product.ref, &seen));
	CHECK_OK(t->call, product_list_own(t->call, 0, 10, &own));
	CHECK_INT(own.count, 1);
	CHECK_OK(t->call, org_find(t->call, vendor.organisation, &organisation));
	CHECK_OK(t->call, org_members(t->call, &organisation, &members));
	for (size_t i = 0; i < members.count; i++)
		if (members.at[i].person_id == colleague) CHECK_OK(t->call, org_member_end(t->call, members.at[i].ref));
	people_enter(t, colleague);
	CHECK_ERROR(t->call, product_open(t->call, product.ref, &seen), NOT_FOUND);
	call_recover(t->call);
	CHECK_OK(t->call, product_list_own(t->call, 0, 10, &own));
	CHECK_INT(own.count, 0);
}

/* ---- Entries that change */
TEST_DB(product__an_app_renamed_is_still_found_and_only_staff_or_owner_rename_it)
{
	people_open(t);
	Product product = confirmed(t, "旧名地图", "com.example.map"), seen;
	Products found;
	ProductNames names;
	CHECK_OK(t->call, product_rename(t->call, product.ref, TEXT("新名导航"), TEXT(""), TEXT("")));
	people_as_visitor(t);
	CHECK_OK(t->call, product_search(t->call, TEXT("旧名地图"), TEXT(""), 0, 10, &found));
	CHECK_INT(found.count, 1);
	CHECK_TEXT(found.at[0].name, "新名导航");
	CHECK_OK(t->call, product_names(t->call, product.id, &names));
	CHECK_INT(names.count, 2);
	CHECK(names.at[0].is_current && !names.at[1].is_current);
	people_enter(t, people_register(t, "stranger@example.org"));
	CHECK_ERROR(t->call, product_rename(t->call, product.ref, TEXT("Mine"), TEXT(""), TEXT("")), FORBIDDEN);
	call_recover(t->call);
	CHECK_OK(t->call, product_open(t->call, product.ref, &seen));
	CHECK_TEXT(seen.name, "新名导航");
}

TEST_DB(product__merged_entry_leads_to_the_other_and_loses_nothing)
{
	people_open(t);
	Product one = confirmed(t, "One", "com.example.one"), two = confirmed(t, "Two", "com.example.two"), seen;
	Identities identities;
	Releases releases;
	Products found;
	CHECK_OK(t->call, product_identity_add(t->call, one.ref, TEXT("package"), TEXT("com.example.one"), true));
	CHECK_ERROR(t->call, product_identity_add(t->call, two.ref, TEXT("package"), TEXT("com.example.one"), true), CONFLICT);
	call_recover(t->call);
	CHECK_OK(t->call, product_release_add(t->call, one.ref, &(Release) { .version_name = TEXT("1.0"), .version_code = 10 }));
	CHECK_ERROR(
		t->call, product_release_add(t->call, one.ref, &(Release) { .version_name = TEXT("1.0"), .version_code = 10 }), CONFLICT);
	call_recover(t->call);
	CHECK_ERROR(t->call, product_merge(t->call, one.ref, one.ref), INVALID);
	call_recover(t->call);
	CHECK_OK(t->call, product_merge(t->call, one.ref, two.ref));
	people_as_visitor(t);
	CHECK_OK(t->call, product_open(t->call, one.ref, &seen));
	CHECK(text_is(seen.ref, two.ref));
	CHECK_OK(t->call, product_search(t->call, TEXT("one"), TEXT(""), 0, 10, &found));
	CHECK_INT(found.count, 1);
	CHECK(text_is(found.at[0].ref, two.ref));
	CHECK_OK(t->call, product_by_identity(t->call, TEXT("android"), TEXT("package"), TEXT("com.example.one"), &seen));
	CHECK(text_is(seen.ref, two.ref));
	CHECK_OK(t->call, product_identities(t->call, two.id, &identities));
	CHECK_INT(identities.count, 2);
	CHECK_OK(t->call, product_releases(t->call, two.id, 0, 10, &releases));
	CHECK_INT(releases.count, 1);
	CHECK_INT(releases.at[0].version_code, 10);
}

TEST_DB(product__containment_names_sdk_and_apps_that_contain_it)
{
	people_open(t);
	Product app = confirmed(t, "App", "com.example.app"), sdk;
	Containments parts, whole;
	ProductStatement statement = { .kind = TEXT("sdk"), .name = TEXT("Kit"), .package = TEXT("com.example:kit") };
	CHECK_OK(t->call, product_register(t->call, &statement, &sdk));
	CHECK_OK(t->call, product_confirm(t->call, sdk.ref));
	CHECK_ERROR(t->call, product_containment_add(t->call, app.ref, TEXT(""), app.ref, TEXT("1"), TEXT("")), INVALID);
	call_recover(t->call);
	CHECK_OK(t->call, product_containment_add(t->call, app.ref, TEXT(""), sdk.ref, TEXT("1.2"), TEXT("Build file")));
	people_as_visitor(t);
	CHECK_OK(t->call, product_contains(t->call, app.id, 0, 10, &parts));
	CHECK_INT(parts.count, 1);
	CHECK_TEXT(parts.at[0].version, "1.2");
	CHECK_OK(t->call, product_contained_in(t->call, sdk.id, 0, 10, &whole));
	CHECK_INT(whole.count, 1);
	CHECK(text_is(whole.at[0].other.ref, app.ref));
	people_as_system(t);
	CHECK_OK(t->call, product_containment_end(t->call, app.ref, parts.at[0].ref));
	CHECK_OK(t->call, product_contained_in(t->call, sdk.id, 0, 10, &whole));
	CHECK_INT(whole.count, 0);
}

/* ---- By the domain */
static Text given_body, given_fault, asked_host;
static Error give(Call *call, Text host, const char *path, Text *out_body, Text *out_fault)
{
	CHECK_TEXT(text_from(path), "/.well-known/cappvd-claim.txt");
	asked_host = arena_copy(call->arena, host);
	*out_body = given_body;
	*out_fault = given_fault;
	return OK;
}

static ProductClaim claim_by_domain(Test *t, const Vendor *vendor, const Product *product)
{
	ProductClaim claim;
	Text ref;
	people_enter(t, vendor->admin);
	CHECK_OK(t->call, product_claim(t->call, product->ref, TEXT("host"), TEXT("App.Example.COM"), TEXT(""), &ref));
	CHECK_OK(t->call, product_claim_act(t->call, ref, TEXT("fetch"), 0, NULL));
	CHECK_OK(t->call, product_claim_open(t->call, ref, &claim));
	CHECK_TEXT(claim.state, "FETCHING");
	people_as_system(t);
	return claim;
}

TEST_DB(product_claim__the_file_on_a_verified_domain_settles_it_and_another_text_does_not)
{
	people_open(t);
	Vendor vendor = vendor_of(t, "tencent", tencent);
	Product product = confirmed(t, "App", "com.example.app"), seen;
	given_fault = TEXT("");
	CHECK_OK(t->call, product_identity_add(t->call, product.ref, TEXT("host"), TEXT("app.example.com"), true));
	ProductClaim claim = claim_by_domain(t, &vendor, &product);
	given_body = TEXT("cappvd-of-another-claim");
	CHECK_ERROR(t->call, product_claim_fetch(t->call, claim.ref, false, give), BUSY); /* again later */
	call_recover(t->call);
	CHECK_TEXT(asked_host, "app.example.com");
	CHECK_OK(t->call, product_claim_fetch(t->call, claim.ref, true, give));
	CHECK_OK(t->call, product_claim_open(t->call, claim.ref, &claim));
	CHECK_TEXT(claim.state, "OPEN");
	CHECK_TEXT(claim.fault, "other");
	people_enter(t, vendor.admin);
	CHECK_OK(t->call, product_claim_act(t->call, claim.ref, TEXT("fetch"), 0, NULL));
	people_as_system(t);
	given_body = arena_printf(t->arena, "%.*s\n", TEXT_ARGS(claim.challenge));
	CHECK_OK(t->call, product_claim_fetch(t->call, claim.ref, false, give));
	CHECK_OK(t->call, product_claim_open(t->call, claim.ref, &claim));
	CHECK_TEXT(claim.state, "GRANTED");
	CHECK(claim.is_proven);
	CHECK_OK(t->call, product_open(t->call, product.ref, &seen));
	CHECK_INT(seen.organisation_id, vendor.organisation);
	CHECK_OK(t->call, product_claim_fetch(t->call, claim.ref, false, give)); /* a job that runs twice changes nothing */
}

TEST_DB(product_claim__a_domain_nobody_verified_goes_to_the_staff_and_one_that_leads_inside_is_refused_at_once)
{
	people_open(t);
	Vendor vendor = vendor_of(t, "tencent", tencent);
	Product product = confirmed(t, "App", "com.example.app"), seen;
	CHECK_OK(t->call, product_identity_add(t->call, product.ref, TEXT("host"), TEXT("app.example.com"), false));
	ProductClaim claim = claim_by_domain(t, &vendor, &product);
	given_body = claim.challenge;
	given_fault = TEXT("private");
	CHECK_OK(t->call, product_claim_fetch(t->call, claim.ref, false, give));
	CHECK_OK(t->call, product_claim_open(t->call, claim.ref, &claim));
	CHECK_TEXT(claim.state, "OPEN");
	CHECK_TEXT(claim.fault, "private");
	people_enter(t, vendor.admin);
	CHECK_OK(t->call, product_claim_act(t->call, claim.ref, TEXT("fetch"), 0, NULL));
	people_as_system(t);
	given_fault = TEXT("");
	CHECK_OK(t->call, product_claim_fetch(t->call, claim.ref, false, give));
	CHECK_OK(t->call, product_claim_open(t->call, claim.ref, &claim));
	CHECK_TEXT(claim.state, "REVIEW");
	CHECK(claim.is_proven);
	CHECK_OK(t->call, product_open(t->call, product.ref, &seen));
	CHECK_INT(seen.organisation_id, 0);
}
