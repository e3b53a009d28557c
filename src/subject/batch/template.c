/* The template: a sheet to fill in, the values that may stand in it, examples. Made of the very table of the form. */
#include "engine/rating/rating.h"
#include "face/doc/sheet.h"
#include "subject/batch/batch.h"
#include "subject/batch/read_private.h"

typedef struct Cells {
	Arena *arena;
	LIST_OF(Text) at;
} Cells;
static void put(Cells *cells, Text text) { list_add(cells->arena, &cells->at, text); }

static size_t offered(const FormItem **out)
{
	size_t count = 0;
	for (size_t i = 0; i < report_form.section_count; i++)
		for (size_t j = 0; j < report_form.sections[i].item_count; j++)
			if (column_is_offered(&report_form.sections[i].items[j])) out[count++] = &report_form.sections[i].items[j];
	return count;
}

/* Names for machines, then words for people. */
static void put_heads(Call *call, Cells *cells)
{
	const FormItem *items[READ_COLUMNS_MAX];
	size_t count = offered(items);
	for (size_t i = 0; i < count; i++) put(cells, text_from(items[i]->name));
	put(cells, TEXT("files"));
	for (size_t i = 0; i < count; i++) {
		Text label = tr(call->lang, items[i]->label);
		put(cells, items[i]->required ? arena_printf(call->arena, "%.*s *", TEXT_ARGS(label)) : label);
	}
	put(cells, tr(call->lang, N_("Files in the archive")));
}

static const char *const example[][2] = { { "kind", "generic" }, { "owner", "others" }, { "original", "original" }, { "disclosed", "no" },
	{ "part", "android" }, { "package", "com.example.travel" }, { "product", N_("Example Travel") }, { "versions", "< 5.2.0" },
	{ "attack", "broken-access" }, { "class", "access-control" }, { "request", "GET /api/v2/order/detail" }, { "parameter", "orderId" },
	{ "description", N_("The interface returns orders of other users when the number is changed.") },
	{ "steps", N_("1. Sign in as user A\n2. Ask for an order of user B by its number") },
	{ "impact", N_("Names, telephone numbers and itineraries of other users can be read.") }, { "credit", "handle" },
	{ "sent_to", "only" }, { "no_secrets", "yes" } };

static Text example_of(Call *call, const char *name)
{
	for (size_t i = 0; i < COUNT(example); i++)
		if (!strcmp(example[i][0], name)) return tr(call->lang, example[i][1]);
	return TEXT("");
}

static void put_examples(Call *call, Cells *cells)
{
	const FormItem *items[READ_COLUMNS_MAX];
	size_t count = offered(items);
	put_heads(call, cells);
	for (size_t i = 0; i < count; i++) put(cells, example_of(call, items[i]->name));
	put(cells, TEXT("order/request.txt; order/screen.png"));
}

static void put_value(Call *call, Cells *cells, const FormItem *item, Text value, Text words)
{
	put(cells, text_from(item->name));
	put(cells, tr(call->lang, item->label));
	put(cells, value);
	put(cells, words);
}

static void put_values(Call *call, Cells *cells)
{
	const FormItem *items[READ_COLUMNS_MAX];
	size_t count = offered(items), classes = 0;
	for (size_t i = 0; i < count; i++) {
		const FormItem *item = items[i];
		for (size_t k = 0; k < item->choice_count; k++)
			put_value(call, cells, item, text_from(item->choices[k].value), tr(call->lang, item->choices[k].label));
		const WeaknessClass *weakness = item->kind == FORM_CLASS ? weakness_classes(&classes) : NULL;
		for (size_t k = 0; weakness && k < classes; k++)
			put_value(call, cells, item, text_from(weakness[k].tag), tr(call->lang, weakness[k].text));
		if (item->kind == FORM_CHECK) put_value(call, cells, item, TEXT("yes"), tr(call->lang, N_("Yes")));
	}
}

static Sheet sheet_of(Text name, const Cells *cells, const Text *heads, size_t columns)
{
	return (Sheet) {
		.name = name, .heads = heads, .column_count = columns, .cells = cells->at.at, .row_count = cells->at.count / columns
	};
}

Error batch_template_xlsx(Call *call, Text *out)
{
	const FormItem *items[READ_COLUMNS_MAX];
	size_t columns = offered(items) + 1;
	Cells heads = { .arena = call->arena }, values = { .arena = call->arena }, examples = { .arena = call->arena };
	const Text value_heads[] = { tr(call->lang, N_("Column")), tr(call->lang, N_("What it means")), tr(call->lang, N_("Value")),
		tr(call->lang, N_("In words")) };
	put_heads(call, &heads);
	put_values(call, &values);
	put_examples(call, &examples);
	const Sheet sheets[] = { sheet_of(tr(call->lang, N_("Reports")), &heads, NULL, columns),
		sheet_of(tr(call->lang, N_("Allowed values")), &values, value_heads, COUNT(value_heads)),
		sheet_of(tr(call->lang, N_("Examples")), &examples, NULL, columns) };
	return sheets_xlsx(call, sheets, COUNT(sheets), out);
}

Text batch_template_csv(Call *call)
{
	const FormItem *items[READ_COLUMNS_MAX];
	size_t columns = offered(items) + 1;
	Cells heads = { .arena = call->arena };
	put_heads(call, &heads);
	Sheet sheet = sheet_of(TEXT("reports"), &heads, NULL, columns);
	return sheet_csv(call->arena, &sheet, true);
}
