/* What changed between two texts, line by line; each line says so in a sign and a word, not by colour alone. */
#include "engine/likeness/difference.h"
#include "face/html/html_private.h"
#include "face/html/views/difference.html.h"

Markup part_difference(Html *html, Text before, Text after)
{
	DifferenceLines lines = difference_of(html->call->arena, before, after);
	DifferenceView view = { 0 };
	for (size_t i = 0; i < lines.count; i++) {
		const DifferenceLine *line = &lines.at[i];
		DifferenceShown shown = {
			.text = line->text, .is_added = line->kind == LINE_ADDED, .is_removed = line->kind == LINE_REMOVED
		};
		list_add(html->call->arena, &view.lines, shown);
	}
	Html inner = html_inner(html);
	page_difference(&inner, &view);
	return html_done(html, &inner);
}
