/*
 * interest: what people and organisations declare about their group, competitors and customers, and whether somebody therefore may not judge a
 * matter. What is known anyway (who is or was a member of the vendor or of its group) needs no declaration.
 */
#pragma once
#include "people/org/org.h"
#include "work/form/form.h"

typedef struct Interest {
	int64_t id, from_at, until_at, declared_at; /* until 0: it goes on */
	Text ref, kind; /* kind: group competitor customer */
	Text declarer; /* name of the person or organisation that declared it */
	Text code, organisation, product; /* credit code, the name of who has it, name of the product; each may be empty */
	Text evidence;
	bool is_of_organisation;
} Interest;
typedef LIST_OF(Interest) Interests;
const char *interest_kind_text(Text kind); /* English source text */

extern const Form interest_form;
/* The actor's own, or (field "whose" is "organisation") the actor's organisation's, by its administrator: FORBIDDEN for others. Tasks that this
 * person, or a member, has in such a matter are taken back at once. INVALID with problems at the fields. */
must_use Error interest_declare(Call *call, const Map *values, Text *out_ref);
/* It ends now; of a customer it counts for three years more. NOT_FOUND: no such running one of the actor's or of the organisation it administers. */
must_use Error interest_end(Call *call, Text ref);
/* The actor's own and the organisation's, newest first; before: id of the last one seen, 0 to begin with. */
must_use Error interest_list(Call *call, int64_t before, int64_t max, Interests *out);
must_use Error interest_list_all(Call *call, int64_t before, int64_t max, Interests *out); /* for coordinators; FORBIDDEN */

/* Why this person may not judge a matter of these organisations and products: English source text; NULL: nothing is known. Asks nobody's
 * permission, and its words never say what exactly was declared. */
typedef struct InterestMatter {
	Numbers organisations, products;
} InterestMatter;
must_use Error interest_against(Call *call, int64_t person_id, const InterestMatter *matter, const char **out_why);

/* Given once at start: looks again at the tasks of somebody who declared an interest; inside the transaction. */
typedef Error InterestDeclared(Call *call, int64_t person_id);
void interest_set_hook(InterestDeclared *declared);

struct RouteTable;
extern const struct RouteTable interest_routes;
