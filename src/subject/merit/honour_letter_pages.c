/* The letter that goes to the ministry with the recommendations (报送函), and the list by itself (推荐名单). */
#include "face/doc/export.h"
#include "subject/merit/honour.h"
#include "subject/merit/honour_private.h"
#include "subject/merit/merit.h"
#include "work/letter/letter_order_view.h"

static Error load_list(Request *request)
{
	HonourList *list = arena_new_of(request->call->arena, HonourList);
	TRY(honour_open(request->call, request_parameter(request, TEXT("ref")), list));
	request->subject = list;
	return OK;
}

static Text base_of(Arena *arena, const HonourList *list)
{
	return arena_printf(arena, "/programme/honours/%.*s", TEXT_ARGS(url_segment(arena, list->ref)));
}

static Error chinese(Call *call, const HonourList *list, Honours *out)
{
	Lang lang = call->lang;
	call->lang = LANG_ZH;
	Error error = honour_of_list(call, list, out);
	call->lang = lang;
	return error;
}

static const DocxList *rows_of(Call *call, const Honours *honours)
{
	static const Text columns[] = { TEXT_INIT("honour"), TEXT_INIT("name"), TEXT_INIT("points") };
	DocxList *rows = arena_new_of(call->arena, DocxList);
	Text *cells = arena_array_of(call->arena, Text, honours->count * COUNT(columns) + 1);
	size_t count = 0;
	for (size_t i = 0; i < honours->count; i++) {
		const Honour *honour = &honours->at[i];
		if (honour->struck.length) continue;
		cells[3 * count] = honour->name;
		cells[3 * count + 1] = org_shown_name(&honour->organisation, LANG_ZH);
		cells[3 * count++ + 2] = merit_points_text(call->arena, honour->points);
	}
	*rows = (DocxList) { TEXT("honours"), columns, COUNT(columns), cells, count };
	return rows;
}

Error honour_letter_order(Call *call, const HonourList *list, LetterKind kind, LetterOrder *out)
{
	Honours honours;
	bool is_decided =
		!text_is(list->state, TEXT("DRAFT")) && !text_is(list->state, TEXT("PROPOSED")) && !text_is(list->state, TEXT("DROPPED"));
	if (!is_decided) return fail(call, CONFLICT, "list %.*s is not confirmed", TEXT_ARGS(list->ref));
	TRY(chinese(call, list, &honours));
	const DocxList *rows = rows_of(call, &honours);
	DocxField *more = arena_array_of(call->arena, DocxField, 2);
	more[0] = (DocxField) { TEXT("year"), arena_printf(call->arena, "%lld", (long long)list->year) };
	more[1] = (DocxField) { TEXT("count"), arena_printf(call->arena, "%zu", rows->row_count) };
	*out = (LetterOrder) { .kind = kind,
		.machine = honour_machine.name,
		.subject_id = list->id,
		.seal_key = list->seal_key,
		.matter = list->ref,
		.recipient = TEXT("工业和信息化部网络安全管理局"),
		.text = TEXT(""),
		.more = more,
		.more_count = 2,
		.lists = rows,
		.list_count = 1 };
	return OK;
}

static Error report_order(Request *request, LetterOrder *out)
{
	const HonourList *list = request->subject;
	if (!text_is(list->state, TEXT("RECOMMENDED")))
		return fail(request->call, CONFLICT, "list %.*s calls for no letter", TEXT_ARGS(list->ref));
	return honour_letter_order(request->call, list, LETTER_HONOUR_REPORT, out);
}

static Error show(Request *request)
{
	LetterOrder order;
	Text own = base_of(request->call->arena, request->subject);
	Failure failure = request->call->failure;
	call_recover(request->call);
	TRY(report_order(request, &order));
	request->call->failure = failure;
	return letter_order_show(request, &order, own, arena_printf(request->call->arena, "%.*s/letter", TEXT_ARGS(own)));
}

static Error draft(Request *request)
{
	LetterOrder order;
	TRY(report_order(request, &order));
	return letter_order_take(request, &order);
}

static Error send_list(Request *request, LetterForm form)
{
	Call *call = request->call;
	const HonourList *list = request->subject;
	LetterOrder order;
	Text bytes;
	TRY(honour_letter_order(call, list, LETTER_HONOUR_LIST, &order));
	TRY(letter_document(call, &order, TEXT(""), form, &bytes));
	return export_bytes(
		request, arena_printf(call->arena, "honours-%lld.%s", (long long)list->year, form == LETTER_WORD ? "docx" : "pdf"), bytes);
}
static Error send_pages(Request *request) { return send_list(request, LETTER_PAGES); }
static Error send_word(Request *request) { return send_list(request, LETTER_WORD); }

#define READERS .may = ROLE_SECRETARY | ROLE_SUPERVISOR, .needs_second_factor = true, .subject = load_list
#define SECRETARIES .may = ROLE_SECRETARY, .needs_second_factor = true, .subject = load_list
static const Route routes[] = {
	{ GET, "/programme/honours/:ref/letter", show, SECRETARIES,
		.summary = "The form of the letter to the ministry with the recommendations" },
	{ POST, "/programme/honours/:ref/letter", draft, SECRETARIES, .form = &letter_order_form, .retry = show,
		.summary = "Draft the letter to the ministry for a second person to approve" },
	{ GET, "/programme/honours/:ref/list.pdf", send_pages, READERS, .weight = 5,
		.summary = "A confirmed list of recommendations as PDF" },
	{ GET, "/programme/honours/:ref/list.docx", send_word, READERS, .weight = 5,
		.summary = "A confirmed list of recommendations as a document of Word" },
};
const RouteTable honour_letter_routes = { "subject/merit", routes, COUNT(routes) };
