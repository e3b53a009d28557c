/* Proof of a claim by its domain: a job reads the file there. Whoever can put it there answers for the domain. */
#include "store/db/db.h"
#include "store/job/job.h"
#include "subject/product/product_private.h"

const char product_claim_path[] = "/.well-known/cappvd-claim.txt", product_claim_job[] = "claim-domain";

static const struct {
	const char *fault, *text;
} faults[] = { { "unknown", N_("The domain name does not exist.") }, { "private", N_("The domain leads into a net that is not public.") },
	{ "unreachable", N_("The server does not answer by HTTPS with a valid certificate of the domain.") },
	{ "refused", N_("The server does not give the file. Redirects are not followed.") }, { "large", N_("The file is too large.") },
	{ "other", N_("The file says something else.") } };

const char *product_claim_fault_text(Text fault)
{
	for (size_t i = 0; i < COUNT(faults); i++)
		if (text_is(fault, text_from(faults[i].fault))) return faults[i].text;
	return NULL;
}

Error claim_read_domain(Call *call, const ProductClaim *claim)
{
	return job_add(call, product_claim_job, arena_printf(call->arena, "%s %.*s", product_claim_job, TEXT_ARGS(claim->ref)).at,
		claim->ref, call->now);
}

typedef struct Verdict {
	Text ref, fault; /* no fault: proven */
	int64_t revision;
} Verdict;

static Error conclude(Call *call, void *argument)
{
	const Verdict *verdict = argument;
	Matter matter;
	bool is_proven = !verdict->fault.length;
	Act act = { .action = is_proven ? TEXT("found") : TEXT("missed"), .revision = verdict->revision, .input = &verdict->fault };
	const Actor *actor = call->actor;
	call->actor = &product_settling_actor;
	Error error = workflow_act(call, &claim_machine, verdict->ref, &act, &matter);
	call->actor = actor;
	TRY(error);
	return is_proven ? claim_settle(call, verdict->ref) : OK;
}

Error product_claim_fetch(Call *call, Text ref, bool is_last, ProductFetch *fetch)
{
	ProductClaim claim;
	Text body = TEXT(""), fault = TEXT("");
	TRY(product_claim_open(call, ref, &claim));
	if (!text_is(claim.state, TEXT("FETCHING"))) return OK; /* withdrawn meanwhile, or read before */
	TRY(fetch(call, claim.target, product_claim_path, &body, &fault));
	if (!fault.length && !text_is(text_trim(body), claim.challenge)) fault = TEXT("other");
	bool may_pass = fault.length && !text_is(fault, TEXT("private"));
	if (may_pass && !is_last) return fail(call, BUSY, "the file of claim %.*s: %.*s", TEXT_ARGS(ref), TEXT_ARGS(fault));
	Verdict verdict = { .ref = ref, .fault = fault, .revision = claim.revision };
	return db_transact(call, conclude, &verdict);
}
