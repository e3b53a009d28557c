/* A package of letters in every state, given to a partner who is nobody of the walk; the canaries stand on its letter and in its notice. */
#include "matrix/matrix.h"
#include "store/db/db.h"
#include "subject/party/delivery.h"

static const char partner_code[] = "91110108MA01KKKK2Y";

typedef struct Naming {
	int64_t casefile_id;
	Text vendor, ref;
} Naming;

static Error name(Call *call, void *argument)
{
	Naming *naming = argument;
	PartyNew party = { .name = naming->vendor, .product = TEXT("示例钱包<script>alert(6)</script>") };
	return party_add(call, naming->casefile_id, &party, &naming->ref);
}

static void hand_out(Matrix *matrix, MatrixObject *object)
{
	Test *t = matrix->t;
	Casefile casefile;
	matrix_as(matrix, "coordinator");
	CHECK_OK(t->call, casefile_open(t->call, matrix_object(matrix, "casefile", TEXT("COORDINATING"))->ref, &casefile));
	Naming naming = { .casefile_id = casefile.id,
		.vendor = arena_printf(t->arena, "%.*s<script>alert(1)</script>", TEXT_ARGS(object->title)) };
	CHECK_OK(t->call, db_transact(t->call, name, &naming));
	Map *notice = VALUES(matrix->scene, "title", "T", "versions", "7.x");
	form_set(t->arena, notice, TEXT("content"), object->content);
	DeliveryOrder order = {
		.casefile_id = casefile.id, .partner = text_from(partner_code), .parties = &naming.ref, .count = 1, .notice = notice
	};
	CHECK_OK(t->call, delivery_send(t->call, &order, &object->ref));
	object->ref = arena_copy(t->arena, object->ref);
}

static void report(Matrix *matrix, MatrixObject *object, const Actor *partner)
{
	Test *t = matrix->t;
	Delivery delivery;
	DeliveryLetters letters;
	DeliveryResults results;
	scene_as(matrix->scene, partner);
	CHECK_OK(t->call, delivery_open(t->call, object->ref, &delivery));
	CHECK_OK(t->call, delivery_letters(t->call, &delivery, 0, 1, &letters));
	DeliveryWord word = { letters.at[0].ref, TEXT("bounced"), TEXT(""), TEXT(""), TEXT("") };
	CHECK_OK(t->call, delivery_report(t->call, object->ref, &word, 1, &results));
	CHECK(!results.at[0].why_not);
}

void matrix_deliveries(Matrix *matrix)
{
	Test *t = matrix->t;
	Actor partner = *scene_person(matrix->scene, "storekeeper", ROLE_REPORTER);
	matrix_as(matrix, "coordinator");
	const Actor coordinator = *t->call->actor;
	int64_t organisation = scene_organisation(matrix->scene, &coordinator, &partner, "示例应用商店", partner_code, "vendor", "CN");
	scene_as(matrix->scene, &coordinator);
	CHECK_OK(t->call, org_standing_set(t->call, organisation, &(Standing) { .kind = TEXT("partner") }));
	for (size_t i = 0; i < delivery_machine.state_count; i++) {
		MatrixObject *object = matrix_add(matrix, "delivery", delivery_machine.states[i].name);
		hand_out(matrix, object);
		Text state = text_from(object->state);
		bool received = text_is(state, TEXT("RECEIVED")) || text_is(state, TEXT("REPORTED"));
		if (text_is(state, TEXT("RECALLED")))
			CHECK_OK(t->call, delivery_act(t->call, object->ref, TEXT("recall"), 0, VALUES(matrix->scene, "reason", "R")));
		scene_as(matrix->scene, &partner);
		if (received) CHECK_OK(t->call, delivery_act(t->call, object->ref, TEXT("receive"), 0, NULL));
		if (text_is(state, TEXT("REPORTED"))) report(matrix, object, &partner);
	}
}
