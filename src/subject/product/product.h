/*
 * product: what is on sale or in use, as one catalogue: apps, mini-programs, official accounts, SDKs and back ends, with all they are known by.
 * What somebody only stated is shown to that one and to coordinators until they confirm it or it stands in a published advisory: a catalogue that
 * showed it would tell that a report exists. Who may read a product is said in one place, the view product_reader; whoever may not is told NOT_FOUND.
 */
#pragma once
#include "people/org/org.h"
#include "work/form/form.h"
#include "work/workflow/workflow.h"

typedef struct ProductKind {
	const char *tag, *text; /* "android": as the choice `part` of reports; English source text */
	const char *identity; /* what one of its kind is known by first: "package" */
} ProductKind;
extern const ProductKind product_kinds[];
extern const size_t product_kind_count;
const ProductKind *product_kind(Text tag); /* NULL: no such kind */

typedef struct Product {
	int64_t id, created_at, changed_at;
	int64_t organisation_id; /* its vendor; 0: unclaimed. Of a merged organisation: the one it was merged into */
	Text ref, kind;
	Text state; /* "stated", "confirmed", "merged" (only product_find gives it) */
	Text name, name_en, vendor; /* vendor: as stated, whoever owns it */
	bool is_public; /* shown to everybody */
	bool is_own; /* the actor's organisation's, or stated by the actor and unclaimed */
} Product;
typedef LIST_OF(Product) Products;
Text product_shown_name(const Product *product, Lang lang);

/* ---- Reading */
/* Also by the reference of an entry that was merged into this one: out->ref differs then. NOT_FOUND also when it is hidden. */
must_use Error product_open(Call *call, Text ref, Product *out);
/* For a subject that has asked for permission by its own rule: report, casefile. Follows merging; NOT_FOUND. */
must_use Error product_find(Call *call, int64_t id, Product *out);
/* The organisation that answers for the product; 0: none. Whoever asks has asked for permission. */
must_use Error product_owner(Call *call, int64_t product_id, int64_t *out_organisation_id);
/* What the actor may see and all words of `query` lead to (any name, vendor, package, AppID, filing number, …); no words: everything.
 * `kind` may be empty. In the order of entry: after 0 from the first, then the last one's id. */
must_use Error product_search(Call *call, Text query, Text kind, int64_t after, int64_t max, Products *out);
/* Of those the actor may see, the one with this identity (value in any spelling its kind allows): the verified before the claimed, the confirmed
 * before the stated. `product_kind` may be empty. NOT_FOUND: none, or no value of that kind. */
must_use Error product_by_identity(Call *call, Text product_kind, Text kind, Text value, Product *out);
/* Of those the actor may see, the one that is called exactly so, in either language, and is of exactly this vendor. NOT_FOUND. */
must_use Error product_by_name(Call *call, Text kind, Text name, Text vendor, Product *out);
must_use Error product_list_own(Call *call, int64_t after, int64_t max, Products *out); /* is_own */
/* The products of an organisation that everybody may see. */
must_use Error product_list_of(Call *call, int64_t organisation_id, int64_t after, int64_t max, Products *out);
must_use Error product_queue(Call *call, int64_t after, int64_t max, Products *out); /* stated ones, for coordinators; oldest first */

/* ---- Entry */
typedef struct ProductStatement { /* empty: not stated */
	Text kind, name, name_en, vendor;
	Text package; /* package name, bundle ID, AppID, account ID or coordinates: what its kind is known by first */
	Text filing_number, store, host;
	bool for_organisation; /* the actor's organisation states it as its own, to claim it */
	bool lenient; /* a value that does not fit its kind is left out; else INVALID with a problem on the field of that name */
} ProductStatement;
/* The entry of what is stated: the one the actor may see and that fits, else a new one in state "stated". Visitors and the system may, too; to the
 * system one of exactly this name and vendor fits as well.
 * Inside or outside db_transact. INVALID: kind, name. */
must_use Error product_register(Call *call, const ProductStatement *statement, Product *out);
/* A published advisory names it: everybody may see it from now on. For the casefile, inside its transaction. */
must_use Error product_publish(Call *call, int64_t product_id);

/* ---- What it is known by */
typedef struct IdentityKind {
	const char *tag, *text; /* "certificate"; English source text */
	const char *hint; /* an example, English source text */
	bool is_exclusive; /* once verified, one product of a kind has it */
} IdentityKind;
extern const IdentityKind identity_kinds[];
extern const size_t identity_kind_count;
const IdentityKind *identity_kind(Text tag); /* NULL: no such kind */
/* The one spelling of a value. False: it is none of that kind. Pure. */
must_use bool identity_parse(Arena *arena, Text kind, Text value, Text *out);

typedef struct Identity {
	int64_t id, added_at;
	Text ref, kind, value;
	bool is_verified;
} Identity;
typedef LIST_OF(Identity) Identities;
must_use Error product_identities(Call *call, int64_t product_id, Identities *out);
/* Those that the actor may see: of an entry that nobody confirmed, strangers see what is verified and what its kind is known by first. */
must_use Error product_identities_shown(Call *call, const Product *product, Identities *out);

/* ---- Names */
typedef struct ProductName {
	int64_t from_at;
	Text name;
	bool is_current;
} ProductName;
typedef LIST_OF(ProductName) ProductNames;
must_use Error product_names(Call *call, int64_t product_id, ProductNames *out); /* newest first */
/* Others whose names look like one of its names, for coordinators; FORBIDDEN for others. */
must_use Error product_lookalikes(Call *call, int64_t product_id, Products *out);

/* ---- Changes. By coordinators with second factor ("staff"), or by an administrator of the organisation it belongs to ("owner"); each is recorded. */
must_use Error product_confirm(Call *call, Text ref); /* staff: everybody may see it. CONFLICT: is no stated entry */
/* Staff and owner. Old names stay, so an app that was renamed is still found. */
must_use Error product_rename(Call *call, Text ref, Text name, Text name_en, Text vendor);
/* Staff say whether it was verified; the owner, and who stated an entry that is not confirmed, claim it. INVALID: "value".
 * CONFLICT: another product is verified to have it. */
must_use Error product_identity_add(Call *call, Text ref, Text kind, Text value, bool verified);
/* Staff: the first becomes the second, of the same kind; its reference leads there, its names, identities, releases, containments and claims go along.
 * CONFLICT: two vendors hold them. */
must_use Error product_merge(Call *call, Text ref, Text into_ref);

/* ---- Releases */
typedef struct Release {
	int64_t id, added_at, since_at; /* since_at: of services; 0: none */
	int64_t version_code; /* -1: none */
	Text ref, version_name; /* name empty: a service, changed at since_at */
} Release;
typedef LIST_OF(Release) Releases;
/* Staff and owner. INVALID: "version_name": neither name nor instant. CONFLICT: it is there already. */
must_use Error product_release_add(Call *call, Text ref, const Release *release);
must_use Error product_releases(
	Call *call, int64_t product_id, int64_t before, int64_t max, Releases *out); /* newest first; before 0: from there */

/* ---- Containment: which SDK in which version is in which product */
typedef struct Containment {
	int64_t id, declared_at;
	Product other; /* the SDK, or the product that contains it */
	Text ref, version, evidence;
} Containment;
typedef LIST_OF(Containment) Containments;
/* Staff and owner. `release_ref` may be empty: all releases. INVALID: "part", "version". */
must_use Error product_containment_add(Call *call, Text ref, Text release_ref, Text part_ref, Text version, Text evidence);
must_use Error product_containment_end(Call *call, Text ref, Text containment_ref);
must_use Error product_contains(Call *call, int64_t product_id, int64_t after, int64_t max, Containments *out); /* SDKs the actor may see */
must_use Error product_contained_in(
	Call *call, int64_t product_id, int64_t after, int64_t max, Containments *out); /* in what the actor may see */

/* ---- Who has to be told of an SDK: whatever contains it, by itself or in another SDK. Asks nobody's permission. */
typedef struct ProductRange { /* of versions; empty: open at that end */
	Text from, before; /* from is inside, before is outside */
} ProductRange;
/* Numbers by value, letters by the alphabet; "3.0" is "3.0.0", "3.0-rc1" and the like come before "3.0". Below 0, 0, above 0. Pure. */
int product_version_compare(Text a, Text b);
/* What does not begin as a version does ("latest") may be any version: it lies in every range. Pure. */
bool product_version_in(Text version, const ProductRange *range);
typedef struct ProductStep { /* a product, and in which version it is there */
	Text name, name_en, version; /* version: of a containing app its release; empty: all of them */
} ProductStep;
typedef struct ProductHolding {
	int64_t product_id, organisation_id; /* organisation 0: nobody answers for the product */
	Text ref, kind;
	LIST_OF(ProductStep) way; /* from the product itself down to the SDK that was asked for */
} ProductHolding;
typedef LIST_OF(ProductHolding) ProductHoldings;
/* Each product once for each release of it that contains the SDK in a version of the range; through other SDKs where that release of theirs is the
 * one that contains it. Declared containments that were not ended. */
must_use Error product_holdings(Call *call, const Product *sdk, const ProductRange *range, ProductHoldings *out);

/* ---- Claims by vendors */
typedef struct ProductClaim {
	int64_t id, revision, product_id, organisation_id, seal_key, claimed_at, changed_at;
	Text ref, state, method, target, note, decision;
	Text challenge; /* what is to be signed, or to stand in the listing */
	Text fault; /* why the domain's file did not prove it the last time: "unknown", "private", "unreachable", "refused", "large", "other"; else empty */
	bool is_proven, is_contested; /* contested: somebody else claims or holds the product */
	const void *facts;
} ProductClaim;
typedef LIST_OF(ProductClaim) ProductClaims;
extern const Machine claim_machine;
const Form *claim_action_form(const char *name);
/* By an administrator of a verified vendor, for a product the actor may see. method: certificate, store, host, staff; target: the fingerprint, the
 * listing or the domain among its identities. INVALID: "method", "target". CONFLICT: this organisation claims or holds it already. */
must_use Error product_claim(Call *call, Text product_ref, Text method, Text target, Text note, Text *out_ref);
must_use Error product_claim_open(
	Call *call, Text ref, ProductClaim *out); /* NOT_FOUND for others than the organisation and coordinators */
/* ---- Proof by the domain: the challenge stands in a file there, which the program reads by itself */
extern const char product_claim_path[]; /* on the domain */
extern const char product_claim_job[]; /* kind of the job that reads it; the payload is the claim's reference */
const char *product_claim_fault_text(Text fault); /* English source text; NULL: none */
/* Reads the file; what is wrong with it goes to *out_fault as above, no text: nothing. */
typedef Error ProductFetch(Call *call, Text host, const char *path, Text *out_body, Text *out_fault);
/* What the job does. BUSY: it has to be tried again, and is_last is not set; else the claim goes on or back to its vendor. */
must_use Error product_claim_fetch(Call *call, Text ref, bool is_last, ProductFetch *fetch);
must_use Error product_claims(Call *call, int64_t product_id, ProductClaims *out); /* those the actor may see, newest first */
must_use Error product_claims_waiting(Call *call, int64_t after, int64_t max, ProductClaims *out); /* for coordinators */
void product_claim_matter(const ProductClaim *claim, Matter *out);
must_use Error product_claim_act(Call *call, Text ref, Text action, int64_t revision, const Map *values);
