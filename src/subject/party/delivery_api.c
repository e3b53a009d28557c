/* Packages for machines of partners. */
#include "base/base/clock.h"
#include "subject/party/delivery_view.h"

enum { PAGE = 50, LETTERS = 200 };

static void put_head(JsonWriter *writer, const Delivery *delivery)
{
	json_put_text(writer, "ref", delivery->ref);
	json_put_text(writer, "state", delivery->state);
	json_put_int(writer, "revision", delivery->revision);
	json_put_text(writer, "partner", delivery->partner);
	json_put_time(writer, "sent_at", delivery->sent_at);
	json_put_time(writer, "received_at", delivery->received_at);
	json_put_int(writer, "letters_waiting", delivery->waiting);
	json_put_int(writer, "letters_delivered", delivery->delivered);
	json_put_int(writer, "letters_returned", delivery->returned);
}

static void put_letter_members(JsonWriter *writer, const DeliveryLetter *letter)
{
	json_put_text(writer, "letter", letter->ref);
	json_put_text(writer, "vendor", letter->vendor);
	json_put_text(writer, "outcome", letter->outcome);
	json_put_time(writer, "delivered_at", letter->delivered_at);
	json_put_time(writer, "reported_at", letter->reported_at);
	json_put_text(writer, "to", letter->to);
	json_put_text(writer, "note", letter->note);
	if (letter->party.length) json_put_text(writer, "party", letter->party);
}

static void put_letter(JsonWriter *writer, const DeliveryLetter *letter)
{
	json_object_begin(writer);
	put_letter_members(writer, letter);
	json_end(writer);
}

static Error get_list(Request *request)
{
	Call *call = request->call;
	JsonList page;
	Deliveries deliveries;
	int64_t cursor;
	TRY(request_cursor(request, &cursor));
	TRY(delivery_list(call, cursor, PAGE, &deliveries));
	json_list_begin(request, &page);
	for (size_t i = 0; i < deliveries.count; i++) {
		json_object_begin(&page.writer);
		put_head(&page.writer, &deliveries.at[i]);
		json_end(&page.writer);
	}
	json_list_end(request, &page, cursor_after(call, deliveries.count == PAGE ? deliveries.at[PAGE - 1].id : 0));
	return OK;
}

/* What waits at a platform, or was reported there. */
static Error get_work(Request *request)
{
	Call *call = request->call;
	JsonList page;
	DeliveryWorks works;
	Text state = request_query(request, TEXT("state")), partner = request_query(request, TEXT("partner"));
	DeliveryWorkFilter filter = { .outcome = state.at ? state : TEXT("waiting"), .partner = partner.at ? partner : TEXT("") };
	TRY(request_cursor(request, &filter.beyond));
	TRY(delivery_work(call, &filter, PAGE, &works));
	json_list_begin(request, &page);
	for (size_t i = 0; i < works.count; i++) {
		const DeliveryWork *work = &works.at[i];
		json_object_begin(&page.writer);
		put_letter_members(&page.writer, &work->letter);
		json_put_text(&page.writer, "package", work->package);
		json_put_text(&page.writer, "package_state", work->state);
		json_put_text(&page.writer, "partner", work->partner);
		json_put_time(&page.writer, "sent_at", work->sent_at);
		json_put_time(&page.writer, "due_at", work->due_at);
		json_end(&page.writer);
	}
	json_list_end(request, &page, cursor_after(call, works.count == PAGE ? works.at[PAGE - 1].letter.id : 0));
	return OK;
}

static Error reply_one(Request *request, Text ref)
{
	Call *call = request->call;
	Delivery delivery;
	DeliveryLetters letters;
	Matter matter;
	ClockView clock;
	Text casefile;
	Buffer buffer = { .arena = call->arena };
	JsonWriter writer = json_writer(&buffer);
	TRY(delivery_open(call, ref, &delivery));
	TRY(delivery_casefile(call, &delivery, &casefile));
	TRY(delivery_letters(call, &delivery, 0, LETTERS, &letters));
	TRY(workflow_clock_of(call, &delivery_machine, delivery.id, &clock));
	delivery_matter(&delivery, &matter);
	json_object_begin(&writer);
	put_head(&writer, &delivery);
	if (casefile.length) json_put_text(&writer, "casefile", casefile);
	turn_json(&writer, call->lang, &delivery_machine, delivery.state);
	json_key(&writer, TEXT("clock"));
	clock_json(&writer, call->arena, &clock);
	json_key(&writer, TEXT("actions"));
	action_json(&writer, call->arena, &delivery_machine, &matter, call->actor);
	json_key(&writer, TEXT("letters"));
	json_array_begin(&writer);
	for (size_t i = 0; i < letters.count; i++) put_letter(&writer, &letters.at[i]);
	json_end(&writer);
	json_end(&writer);
	json_finish(&writer);
	reply_json(request, buffer_text(&buffer));
	return OK;
}

static Error get_one(Request *request) { return reply_one(request, ((const Delivery *)request->subject)->ref); }

static Error get_figures(Request *request)
{
	Call *call = request->call;
	const Delivery *delivery = request->subject;
	DeliveryFigures figures;
	Buffer buffer = { .arena = call->arena };
	JsonWriter writer = json_writer(&buffer);
	TRY(delivery_figures(call, delivery->partner_id, &figures));
	json_object_begin(&writer);
	json_put_int(&writer, "packages", figures.packages);
	json_put_int(&writer, "letters", figures.letters);
	json_put_int(&writer, "delivered", figures.delivered);
	json_put_int(&writer, "returned", figures.returned);
	json_put_int(&writer, "waiting", figures.waiting);
	json_key(&writer, TEXT("median_hours"));
	if (figures.median_hours < 0)
		json_null(&writer);
	else
		json_int(&writer, figures.median_hours);
	json_end(&writer);
	json_finish(&writer);
	reply_json(request, buffer_text(&buffer));
	return OK;
}

static Error act(Request *request)
{
	const Delivery *delivery = request->subject;
	int64_t revision = 0;
	Map *values;
	Matter matter;
	delivery_matter(delivery, &matter);
	TRY(action_take(request, &delivery_machine, &matter, delivery_action_form, &revision, &values));
	TRY(delivery_act(request->call, delivery->ref, request_parameter(request, TEXT("action")), revision, values));
	return reply_one(request, delivery->ref);
}

/* ---- Reports: a list of objects, or the table */
typedef struct WordForm {
	Text table;
} WordForm;
static const FieldSpec word_fields[] = { { "table", FIELD_LINES, offsetof(WordForm, table), .max_length = 1000000 } };
static const FormSpec word_form = { .fields = word_fields,
	.field_count = COUNT(word_fields),
	.struct_size = sizeof(WordForm),
	.max_body_bytes = 2 * 1024 * 1024,
	.takes_more = true };

static Text member(Json object, const char *name)
{
	Text text = json_as_text(json_get(object, name));
	return text.at ? text : TEXT("");
}

static Error take_list(Request *request, Json list, DeliveryResults *out)
{
	LIST_OF(DeliveryWord) words = { 0 };
	JsonEach each = json_each(list);
	while (json_next(&each)) {
		DeliveryWord word = { .letter = member(each.value, "letter"),
			.outcome = member(each.value, "outcome"),
			.at = member(each.value, "delivered_at"),
			.to = member(each.value, "to"),
			.note = member(each.value, "note") };
		list_add(request->call->arena, &words, word);
	}
	return delivery_report(request->call, ((const Delivery *)request->subject)->ref, words.at, words.count, out);
}

static Error report(Request *request)
{
	Call *call = request->call;
	const WordForm *form = request->form;
	Json list = json_get(request_json(request), "letters");
	DeliveryResults results;
	Buffer buffer = { .arena = call->arena };
	JsonWriter writer = json_writer(&buffer);
	if (json_kind(list) == JSON_ARRAY)
		TRY(take_list(request, list, &results));
	else
		TRY(delivery_report_table(
			call, ((const Delivery *)request->subject)->ref, form && form->table.at ? form->table : TEXT(""), &results));
	json_object_begin(&writer);
	json_key(&writer, TEXT("results"));
	json_array_begin(&writer);
	for (size_t i = 0; i < results.count; i++) {
		const DeliveryResult *result = &results.at[i];
		json_object_begin(&writer);
		json_put_text(&writer, "letter", result->letter);
		json_put_text(&writer, "result", result->why_not ? TEXT("refused") : result->is_new ? TEXT("stored") : TEXT("stands"));
		if (result->why_not) json_put_text(&writer, "why_not", tr(call->lang, result->why_not));
		json_end(&writer);
	}
	json_end(&writer);
	json_end(&writer);
	json_finish(&writer);
	reply_json(request, buffer_text(&buffer));
	return OK;
}

static Error get_package(Request *request)
{
	Text zip;
	TRY(delivery_package(request->call, request->subject, &zip));
	reply_text(request, TEXT("application/zip"), zip);
	return OK;
}

static Error get_letter(Request *request)
{
	Text pdf;
	TRY(delivery_letter_pdf(request->call, request->subject, request_parameter(request, TEXT("letter")), &pdf));
	reply_text(request, TEXT("application/pdf"), pdf);
	return OK;
}

#define READS .may = ROLE_REPORTER, .scope = SCOPE_CASE_READ
#define WRITES .may = ROLE_REPORTER, .scope = SCOPE_CASE_WRITE, .subject = delivery_load
static const Route routes[] = {
	{ GET, "/api/v1/deliveries", get_list, READS,
		.summary = "Packages of letters of one's own organisation as a partner, newest first; all for coordinators" },
	{ GET, "/api/v1/deliveries/letters", get_work, READS,
		.summary =
			"Letters of all packages by what became of them (state=, waiting by default): those at one's own organisation as "
			"a partner; for coordinators all, or those of one partner (partner= its credit code)" },
	{ GET, "/api/v1/deliveries/:ref", get_one, READS, .subject = delivery_load, .summary = "A package of letters to vendors" },
	{ GET, "/api/v1/deliveries/:ref/figures", get_figures, READS, .subject = delivery_load,
		.summary = "Figures of the package's partner" },
	{ GET, "/api/v1/deliveries/:ref/package", get_package, READS, .subject = delivery_load, .weight = 10,
		.summary = "The letters that wait and the table to be filled in, as an archive; recorded" },
	{ GET, "/api/v1/deliveries/:ref/letters/:letter", get_letter, READS, .subject = delivery_load,
		.summary = "One letter as a PDF; recorded" },
	{ POST, "/api/v1/deliveries/:ref/actions/:action", act, WRITES, .form = &action_request_form,
		.summary = "Carry out an action of the package's workflow" },
	{ POST, "/api/v1/deliveries/:ref/report", report, WRITES, .form = &word_form,
		.summary = "Report what became of letters: a list “letters” of letter, outcome, delivered_at, to, note, or a “table” in "
			   "CSV; safe to repeat" },
};
const RouteTable delivery_api_routes = { "subject/party delivery API", routes, COUNT(routes) };
