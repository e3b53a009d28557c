/* A casefile, vendors with people and verified organisations, and a party brought to a state of its machine. */
#pragma once
#include "harness/scene.h"
#include "subject/party/party_private.h"

typedef struct PartyScene {
	Scene *scene;
	Cast cast;
	int64_t casefile_id;
	Actor *vendor, *colleague, *rival; /* two of one organisation, one of another */
	int64_t vendor_org, rival_org;
	Text ref; /* of the party */
	int changed, upstream; /* how often the hooks were called */
	PartyUpstream told;
	PartyCase shown;
} PartyScene;
PartyScene *party_scene(Test *t);
extern PartyScene *party_now; /* the one the hooks write to */
/* A verified organisation with this person as administrator, whose actor knows it afterwards. */
int64_t party_organisation(PartyScene *ps, Actor *admin, const char *name, const char *code, const char *kind, const char *domicile);
void party_join(PartyScene *ps, const Actor *admin, Actor *member);
Error party_name_error(PartyScene *ps, const PartyNew *party, Text *out); /* party_add in a transaction */
Text party_name(PartyScene *ps, const PartyNew *party);
/* Acts with the usual values of the action, or with these. */
Error party_try(PartyScene *ps, const Actor *actor, const char *action, const Map *values);
const Map *party_values(PartyScene *ps, const char *action);
void party_do(PartyScene *ps, const Actor *actor, const char *action);
void party_bring_to(PartyScene *ps, const char *state); /* a new party of the vendor, in that state */
Party party_look(PartyScene *ps, const Actor *actor);
int64_t party_pass_days(PartyScene *ps, int days); /* time goes on, and the jobs of deadlines run; how much the watch did */
void party_run_jobs(PartyScene *ps, int64_t *out_count);
void party_merge(PartyScene *ps, int64_t organisation_id, int64_t into);
void party_refuse_mail(PartyScene *ps); /* every letter on its way comes back */
