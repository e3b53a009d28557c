/*
 * Markdown of strangers. cmark's own HTML writer lets through more than we want (images of other hosts, addresses we do not check),
 * so we walk its tree and write each node ourselves: what is not written here does not exist.
 */
#include "face/html/html.h"

#include <cmark.h>
#include <stdlib.h>

#include "face/html/html_private.h"

enum { SOURCE_MAX = 1024 * 1024, DEPTH_MAX = 60 };

typedef struct Writer {
	Buffer *out;
	Text own_path;
	int below; /* headings go this many levels down */
	int depth;
	int link; /* > 0: inside a link; links do not nest */
	int image; /* > 0: inside the text of an image, which has become an attribute or a link */
} Writer;

static void tree_free(cmark_node **tree) { cmark_node_free(*tree); }

static void open_link(Writer *writer, cmark_node *node)
{
	Url url;
	Text address = text_from(cmark_node_get_url(node));
	if (!url_parse(address, &url)) {
		buffer_put(writer->out, TEXT("<span>"));
		return;
	}
	buffer_put(writer->out, TEXT("<a rel=\"nofollow noopener\" href=\""));
	html_escape(writer->out, url.text);
	buffer_put(writer->out, TEXT("\">"));
}

static void close_link(Writer *writer, cmark_node *node)
{
	Url url;
	buffer_put(writer->out, url_parse(text_from(cmark_node_get_url(node)), &url) ? TEXT("</a>") : TEXT("</span>"));
}

/* One path below own_path, without steps back. */
static bool is_own_image(const Writer *writer, Text address)
{
	Url url;
	return writer->own_path.length && url_parse(address, &url) && text_starts(address, writer->own_path) &&
	       !text_find(address, TEXT(".."), NULL) && !text_find(address, TEXT("%"), NULL);
}

/* The words below a node, without their markup. */
static void put_words(Buffer *out, cmark_node *node)
{
	cmark_iter *walk = cmark_iter_new(node);
	cmark_event_type event;
	while ((event = cmark_iter_next(walk)) != CMARK_EVENT_DONE) {
		const char *literal = cmark_node_get_literal(cmark_iter_get_node(walk));
		if (event == CMARK_EVENT_ENTER && literal) html_escape(out, text_from(literal));
	}
	cmark_iter_free(walk);
}

static void put_image(Writer *writer, cmark_node *node)
{
	Text address = text_from(cmark_node_get_url(node));
	if (!is_own_image(writer, address) && writer->link > 0) {
		put_words(writer->out, node);
		return;
	}
	if (!is_own_image(writer, address)) {
		open_link(writer, node);
		put_words(writer->out, node);
		close_link(writer, node);
		return;
	}
	buffer_put(writer->out, TEXT("<img loading=\"lazy\" src=\""));
	html_escape(writer->out, address);
	buffer_put(writer->out, TEXT("\" alt=\""));
	put_words(writer->out, node);
	buffer_put(writer->out, TEXT("\">"));
}

static void put_code(Writer *writer, cmark_node *node)
{
	buffer_put(writer->out, TEXT("<pre tabindex=\"0\"><code>"));
	html_escape(writer->out, text_from(cmark_node_get_literal(node)));
	buffer_put(writer->out, TEXT("</code></pre>"));
}

/* Headings go below those of the page, whose title is the only <h1>. */
static void put_heading(Writer *writer, cmark_node *node, bool enters)
{
	int level = cmark_node_get_heading_level(node) + writer->below;
	buffer_printf(writer->out, enters ? "<h%d>" : "</h%d>\n", level < 2 ? 2 : level > 6 ? 6 : level);
}

static void put_list(Writer *writer, cmark_node *node, bool enters)
{
	bool ordered = cmark_node_get_list_type(node) == CMARK_ORDERED_LIST;
	int start = cmark_node_get_list_start(node);
	if (!enters)
		buffer_put(writer->out, ordered ? TEXT("</ol>\n") : TEXT("</ul>\n"));
	else if (ordered && start != 1)
		buffer_printf(writer->out, "<ol start=\"%d\">", start);
	else
		buffer_put(writer->out, ordered ? TEXT("<ol>") : TEXT("<ul>"));
}

static bool is_tight(cmark_node *paragraph)
{
	cmark_node *item = cmark_node_parent(paragraph), *list = item ? cmark_node_parent(item) : NULL;
	return list && cmark_node_get_type(list) == CMARK_NODE_LIST && cmark_node_get_list_tight(list);
}

static void put_pair(Writer *writer, bool enters, Text opening, Text closing) { buffer_put(writer->out, enters ? opening : closing); }

static void put_block(Writer *writer, cmark_node *node, bool enters)
{
	switch ((int)cmark_node_get_type(node)) {
	case CMARK_NODE_PARAGRAPH:
		if (!is_tight(node)) put_pair(writer, enters, TEXT("<p>"), TEXT("</p>\n"));
		break;
	case CMARK_NODE_HEADING: put_heading(writer, node, enters); break;
	case CMARK_NODE_BLOCK_QUOTE: put_pair(writer, enters, TEXT("<blockquote>"), TEXT("</blockquote>\n")); break;
	case CMARK_NODE_LIST: put_list(writer, node, enters); break;
	case CMARK_NODE_ITEM: put_pair(writer, enters, TEXT("<li>"), TEXT("</li>")); break;
	case CMARK_NODE_CODE_BLOCK: put_code(writer, node); break;
	case CMARK_NODE_THEMATIC_BREAK: buffer_put(writer->out, TEXT("<hr>\n")); break;
	case CMARK_NODE_HTML_BLOCK: /* shown as what was typed: a reader sees it, a browser does not */
		buffer_put(writer->out, TEXT("<p>"));
		html_escape(writer->out, text_from(cmark_node_get_literal(node)));
		buffer_put(writer->out, TEXT("</p>\n"));
		break;
	default: break;
	}
}

static void put_inline(Writer *writer, cmark_node *node, bool enters)
{
	switch ((int)cmark_node_get_type(node)) {
	case CMARK_NODE_TEXT:
	case CMARK_NODE_HTML_INLINE: html_escape(writer->out, text_from(cmark_node_get_literal(node))); break;
	case CMARK_NODE_SOFTBREAK: buffer_byte(writer->out, '\n'); break;
	case CMARK_NODE_LINEBREAK: buffer_put(writer->out, TEXT("<br>\n")); break;
	case CMARK_NODE_CODE:
		buffer_put(writer->out, TEXT("<code>"));
		html_escape(writer->out, text_from(cmark_node_get_literal(node)));
		buffer_put(writer->out, TEXT("</code>"));
		break;
	case CMARK_NODE_EMPH: put_pair(writer, enters, TEXT("<em>"), TEXT("</em>")); break;
	case CMARK_NODE_STRONG: put_pair(writer, enters, TEXT("<strong>"), TEXT("</strong>")); break;
	case CMARK_NODE_LINK: enters ? open_link(writer, node) : close_link(writer, node); break;
	default: break;
	}
}

/* False where the tree is deeper than a person writes: the page would be a weapon against browsers. */
static bool write_tree(Writer *writer, cmark_node *tree)
{
	cmark_iter *walk = cmark_iter_new(tree);
	cmark_event_type event;
	bool fits = true;
	while ((event = cmark_iter_next(walk)) != CMARK_EVENT_DONE && fits) {
		cmark_node *node = cmark_iter_get_node(walk);
		bool enters = event == CMARK_EVENT_ENTER;
		bool has_end = cmark_node_first_child(node) != NULL;
		if (has_end) writer->depth += enters ? 1 : -1;
		fits = writer->depth <= DEPTH_MAX;
		if (cmark_node_get_type(node) == CMARK_NODE_IMAGE) {
			if (enters) put_image(writer, node);
			writer->image += !has_end ? 0 : enters ? 1 : -1;
		} else if (writer->image == 0) {
			if (cmark_node_get_type(node) == CMARK_NODE_LINK) writer->link += enters ? 1 : -1;
			put_block(writer, node, enters);
			put_inline(writer, node, enters);
		}
	}
	cmark_iter_free(walk);
	return fits;
}

static Markup as_typed(Html *html, Text markdown)
{
	Buffer out = { .arena = html->call->arena };
	buffer_put(&out, TEXT("<pre>\n"));
	html_escape(&out, markdown);
	buffer_put(&out, TEXT("</pre>"));
	return (Markup) { buffer_text(&out) };
}

/* The highest heading that stands in it; 1 when there is none. */
static int highest_heading(cmark_node *tree)
{
	int highest = 0;
	cmark_iter *iter = cmark_iter_new(tree); /* also those in lists and quotations */
	while (cmark_iter_next(iter) != CMARK_EVENT_DONE) {
		cmark_node *node = cmark_iter_get_node(iter);
		if (cmark_node_get_type(node) == CMARK_NODE_HEADING && (!highest || cmark_node_get_heading_level(node) < highest))
			highest = cmark_node_get_heading_level(node);
	}
	cmark_iter_free(iter);
	return highest ? highest : 1;
}

/* `first`: level of the highest heading, whatever its author took. */
static Markup write_markdown(Html *html, Text markdown, Text own_path, int first)
{
	if (markdown.length > SOURCE_MAX) return as_typed(html, markdown);
	scoped(tree_free) cmark_node *tree =
		cmark_parse_document(markdown.at ? markdown.at : "", markdown.length, CMARK_OPT_SAFE | CMARK_OPT_VALIDATE_UTF8);
	Buffer out = { .arena = html->call->arena };
	Writer writer = { .out = &out, .own_path = own_path, .below = first - highest_heading(tree) };
	return write_tree(&writer, tree) ? (Markup) { buffer_text(&out) } : as_typed(html, markdown);
}

Markup part_markdown_with_images(Html *html, Text markdown, Text own_path) { return write_markdown(html, markdown, own_path, 3); }

Markup part_document(Html *html, Text markdown, Text own_path) { return write_markdown(html, markdown, own_path, 2); }

Markup part_markdown(Html *html, Text markdown) { return write_markdown(html, markdown, TEXT(""), 3); }
