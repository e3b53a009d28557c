/* What the head and the cells of a table mean, as people write them. Pure. */
#include "subject/batch/read_private.h"

#include "engine/rating/rating.h"

/* "Product *", "产品（必填）": marks behind the words. */
static Text plain_head(Text head)
{
	static const char *const tails[] = { "*", "＊", "(必填)", "（必填）", "(required)" };
	head = text_trim(head);
	for (size_t i = 0; i < COUNT(tails); i++)
		if (text_ends(head, text_from(tails[i]))) return text_trim(text_slice(head, 0, head.length - strlen(tails[i])));
	return head;
}

static bool is_label(const char *english, Text words)
{
	return text_is_nocase(text_from(english), words) || text_is(tr(LANG_ZH, english), words);
}

ColumnName column_of(Text head)
{
	Text words = plain_head(head);
	if (!words.length) return (ColumnName) { 0 };
	if (text_is_nocase(words, TEXT("files")) || is_label(N_("Files in the archive"), words)) return (ColumnName) { .is_files = true };
	for (size_t i = 0; i < report_form.section_count; i++)
		for (size_t j = 0; j < report_form.sections[i].item_count; j++) {
			const FormItem *item = &report_form.sections[i].items[j];
			if (item->kind == FORM_FILES) continue;
			if (text_is_nocase(text_from(item->name), words) || is_label(item->label, words))
				return (ColumnName) { .item = item };
		}
	return (ColumnName) { 0 };
}

bool column_is_offered(const FormItem *item) { return item->kind != FORM_FILES && !text_starts(text_from(item->name), TEXT("rate_")); }

/* "Generic type" of "Generic type: a product as it is delivered". */
static Text short_label(Text label)
{
	static const char *const marks[] = { ":", "：", "(", "（", "，", "," };
	size_t least = label.length, at;
	for (size_t i = 0; i < COUNT(marks); i++)
		if (text_find(label, text_from(marks[i]), &at) && at < least) least = at;
	return text_trim(text_slice(label, 0, least));
}

static bool is_meant(const char *english, Text cell)
{
	Text words = text_from(english), chinese = tr(LANG_ZH, english);
	return text_is_nocase(words, cell) || text_is(chinese, cell) || text_is_nocase(short_label(words), cell) ||
	       text_is(short_label(chinese), cell);
}

static Text choice_value(const FormItem *item, Text cell)
{
	for (size_t i = 0; i < item->choice_count; i++)
		if (text_is_nocase(text_from(item->choices[i].value), cell)) return text_from(item->choices[i].value);
	for (size_t i = 0; i < item->choice_count; i++)
		if (is_meant(item->choices[i].label, cell)) return text_from(item->choices[i].value);
	return cell;
}

static Text check_value(Text cell)
{
	static const char *const yes[] = { "yes", "true", "1", "y", "x", "是", "√", "✓", "确认" }, *const no[] = { "no", "false", "0", "n",
		"否" };
	for (size_t i = 0; i < COUNT(yes); i++)
		if (text_is_nocase(cell, text_from(yes[i]))) return TEXT("yes");
	for (size_t i = 0; i < COUNT(no); i++)
		if (text_is_nocase(cell, text_from(no[i]))) return TEXT("");
	return cell;
}

/* Our own tables put a ' before what a spreadsheet would compute. */
static Text without_guard(Text cell)
{
	return cell.length > 1 && cell.at[0] == '\'' && strchr("=+-@", cell.at[1]) ? text_slice(cell, 1, cell.length) : cell;
}

static bool is_control(char byte)
{
	unsigned char value = (unsigned char)byte;
	return (value < 0x20 && value != '\n' && value != '\t') || value == 0x7F;
}

static Text without_controls(Arena *arena, Text cell)
{
	Buffer out = { .arena = arena };
	bool has_any = false;
	for (size_t i = 0; i < cell.length; i++) has_any |= is_control(cell.at[i]);
	if (!has_any) return cell;
	for (size_t i = 0; i < cell.length; i++)
		if (!is_control(cell.at[i])) buffer_byte(&out, cell.at[i]);
	return buffer_text(&out);
}

Text column_value(Arena *arena, const FormItem *item, Text cell)
{
	Text value = text_trim(without_controls(arena, without_guard(text_trim(cell))));
	if (!value.length) return TEXT("");
	if (item->kind == FORM_CHOICE) return choice_value(item, value);
	if (item->kind == FORM_CHECK) return check_value(value);
	const WeaknessClass *weakness = item->kind == FORM_CLASS ? weakness_of_name(value) : NULL;
	return weakness ? text_from(weakness->tag) : value;
}
