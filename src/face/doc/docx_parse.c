#include "face/doc/docx_private.h"

#include <expat.h>

enum { DEPTH_MAX = 120 };
static const char *const spaces[] = { "http://schemas.openxmlformats.org/wordprocessingml/2006/main",
	"http://purl.oclc.org/ooxml/wordprocessingml/main" };

typedef struct Parsing {
	Arena *arena;
	XML_Parser parser;
	Node *root, *here;
	int depth;
	bool refused;
} Parsing;

static void stop(Parsing *parsing)
{
	parsing->refused = true;
	XML_StopParser(parsing->parser, XML_FALSE);
}

static const Text *attributes_of(Arena *arena, const XML_Char **attributes)
{
	size_t count = 0;
	while (attributes[count]) count++;
	Text *texts = arena_array_of(arena, Text, count + 1);
	for (size_t i = 0; i < count; i++) texts[i] = arena_copy(arena, text_from(attributes[i]));
	return texts;
}

static void XMLCALL on_start(void *argument, const XML_Char *name, const XML_Char **attributes)
{
	Parsing *parsing = argument;
	if (parsing->refused) return;
	if (++parsing->depth > DEPTH_MAX || arena_is_full(parsing->arena)) {
		stop(parsing);
		return;
	}
	Node *node = arena_new_of(parsing->arena, Node);
	node->name = arena_copy(parsing->arena, text_from(name));
	node->attributes = attributes_of(parsing->arena, attributes);
	node->from = (size_t)XML_GetCurrentByteIndex(parsing->parser);
	node->text.arena = parsing->arena;
	node->parent = parsing->here;
	if (!parsing->root) parsing->root = node;
	if (parsing->here && parsing->here->last)
		parsing->here->last->next = node;
	else if (parsing->here)
		parsing->here->first = node;
	if (parsing->here) parsing->here->last = node;
	parsing->here = node;
}

static void XMLCALL on_end(void *argument, const XML_Char *name)
{
	Parsing *parsing = argument;
	(void)name;
	if (parsing->refused) return;
	parsing->here->to = (size_t)XML_GetCurrentByteIndex(parsing->parser) + (size_t)XML_GetCurrentByteCount(parsing->parser);
	parsing->here = parsing->here->parent;
	parsing->depth--;
}

static void XMLCALL on_text(void *argument, const XML_Char *at, int length)
{
	Parsing *parsing = argument;
	if (parsing->refused || !parsing->here || !node_is(parsing->here, TEXT("w:t"))) return;
	buffer_put(&parsing->here->text, (Text) { at, (size_t)length });
}

/* A document type could name entities: there is none in a document of Word. */
static void XMLCALL on_doctype(void *argument, const XML_Char *name, const XML_Char *system, const XML_Char *public, int internal)
{
	(void)name, (void)system, (void)public, (void)internal;
	stop(argument);
}

static void close_parser(XML_Parser *parser) { XML_ParserFree(*parser); }

Error docx_refuse(Call *call, const char *message, Text argument)
{
	call_problem(call, TEXT("template"), message, argument);
	return fail(call, INVALID, "template: %s", message);
}

Error docx_parse(Call *call, Text xml, Node **out)
{
	scoped(close_parser) XML_Parser parser = XML_ParserCreate("UTF-8");
	Parsing parsing = { .arena = call->arena, .parser = parser };
	must(parser != NULL);
	XML_SetUserData(parser, &parsing);
	XML_SetElementHandler(parser, on_start, on_end);
	XML_SetCharacterDataHandler(parser, on_text);
	XML_SetStartDoctypeDeclHandler(parser, on_doctype);
	bool right = text_is_utf8(xml) && xml.length < INT32_MAX && XML_Parse(parser, xml.at, (int)xml.length, 1) == XML_STATUS_OK;
	if (arena_is_full(call->arena)) return fail(call, TOO_LARGE, "a document beyond the memory of a call");
	if (!right || parsing.refused || !parsing.root)
		return docx_refuse(call, N_("This is not a document of Word (.docx)."), (Text) { 0 });
	*out = parsing.root;
	return OK;
}

bool node_is(const Node *node, Text name) { return text_is(node->name, name); }

Text node_attribute(const Node *node, Text name)
{
	for (const Text *at = node->attributes; at->at; at += 2)
		if (text_is(*at, name)) return at[1];
	return TEXT("");
}

const Node *node_child(const Node *node, Text name)
{
	for (const Node *child = node ? node->first : NULL; child; child = child->next)
		if (node_is(child, name)) return child;
	return NULL;
}

static void node_add(Arena *arena, Nodes *out, const Node *node)
{
	NodeRef ref = { node };
	list_add(arena, out, ref);
}

void docx_paragraphs(Arena *arena, const Node *node, Nodes *out)
{
	if (node_is(node, TEXT("w:p"))) node_add(arena, out, node);
	for (const Node *child = node->first; child; child = child->next) docx_paragraphs(arena, child, out);
}

void docx_texts(Arena *arena, const Node *paragraph, Nodes *out)
{
	for (const Node *child = paragraph->first; child; child = child->next) {
		if (node_is(child, TEXT("w:t")))
			node_add(arena, out, child);
		else if (!node_is(child, TEXT("w:p")))
			docx_texts(arena, child, out);
	}
}

/* ---- What a template may hold */
bool docx_is_story(Text name)
{
	bool part = text_starts(name, TEXT("word/header")) || text_starts(name, TEXT("word/footer"));
	return text_is(name, TEXT("word/document.xml")) || (part && text_ends(name, TEXT(".xml")));
}

static bool is_active(Text name)
{
	static const Text parts[] = { TEXT_INIT("vba"), TEXT_INIT("activex"), TEXT_INIT("embeddings/"), TEXT_INIT("oleobject"),
		TEXT_INIT("afchunk"), TEXT_INIT("macros"), TEXT_INIT("customui") };
	for (size_t i = 0; i < COUNT(parts); i++)
		if (text_find(name, parts[i], NULL)) return true;
	return false;
}

/* In any order and prefix; relations are few, so each is looked at. */
static Error check_relations(Call *call, const Node *node)
{
	for (const Text *at = node->attributes; at->at; at += 2)
		if (text_ends(*at, TEXT("TargetMode")) && !text_is_nocase(at[1], TEXT("Internal")))
			return docx_refuse(
				call, N_("The file refers to something outside of it: %s"), node_attribute(node, TEXT("Target")));
	for (const Node *child = node->first; child; child = child->next) TRY(check_relations(call, child));
	return OK;
}

/* What the PDF would lose, and fields that Word computes from outside. */
static Error check_elements(Call *call, const Node *node)
{
	static const Text refused[] = { TEXT_INIT("w:txbxContent"), TEXT_INIT("w:object"), TEXT_INIT("w:altChunk"), TEXT_INIT("w:drawing"),
		TEXT_INIT("w:pict"), TEXT_INIT("w:instrText"), TEXT_INIT("w:fldSimple"), TEXT_INIT("w:subDoc"), TEXT_INIT("w:ins"),
		TEXT_INIT("w:del"), TEXT_INIT("w:footnoteReference"), TEXT_INIT("w:endnoteReference"), TEXT_INIT("mc:AlternateContent") };
	for (size_t i = 0; i < COUNT(refused); i++)
		if (node_is(node, refused[i])) return docx_refuse(call, N_("A letter cannot hold this part of Word: %s"), refused[i]);
	for (const Node *child = node->first; child; child = child->next) TRY(check_elements(call, child));
	return OK;
}

static Error check_part(Call *call, const ZipEntry *part)
{
	Node *root;
	if (is_active(arena_lower(call->arena, part->name)))
		return docx_refuse(call, N_("The file holds macros or embedded objects: %s"), part->name);
	if (text_is(part->name, TEXT("[Content_Types].xml")) && text_find(part->content, TEXT("macroEnabled"), NULL))
		return docx_refuse(call, N_("The file holds macros or embedded objects: %s"), part->name);
	if (text_ends(part->name, TEXT(".rels"))) {
		TRY(docx_parse(call, part->content, &root));
		return check_relations(call, root);
	}
	if (!docx_is_story(part->name)) return OK;
	TRY(docx_parse(call, part->content, &root));
	Text space = node_attribute(root, TEXT("xmlns:w"));
	if (!text_is(space, text_from(spaces[0])) && !text_is(space, text_from(spaces[1])))
		return docx_refuse(call, N_("This is not a document of Word (.docx)."), (Text) { 0 });
	/* Heads and feet stay Word's alone: a page number there is welcome. */
	return text_is(part->name, TEXT("word/document.xml")) ? check_elements(call, root) : OK;
}

Error docx_open(Call *call, Text document, ZipEntries *out_parts, Text *out_body)
{
	ZipEntries parts;
	Text body = { 0 };
	bool has_types = false;
	Error error = document.length > DOCX_BYTES_MAX ? ERROR_TOO_LARGE
						       : zip_unpack(call, document, DOCX_ENTRIES_MAX, DOCX_UNPACKED_MAX, &parts);
	if (error == ERROR_INVALID || error == ERROR_TOO_LARGE) {
		call_recover(call);
		return docx_refuse(call,
			error == ERROR_INVALID ? N_("This is not a document of Word (.docx).")
					       : N_("The document is too large for a letter."),
			(Text) { 0 });
	}
	TRY(error);
	for (size_t i = 0; i < parts.count; i++) {
		TRY(check_part(call, &parts.at[i]));
		if (text_is(parts.at[i].name, TEXT("word/document.xml"))) body = parts.at[i].content;
		has_types = has_types || text_is(parts.at[i].name, TEXT("[Content_Types].xml"));
	}
	if (!body.at || !has_types) return docx_refuse(call, N_("This is not a document of Word (.docx)."), (Text) { 0 });
	*out_parts = parts;
	*out_body = body;
	return OK;
}
