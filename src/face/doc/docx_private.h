/* The XML inside a DOCX as a tree that knows where each element stands in the bytes. */
#pragma once
#include "face/doc/docx.h"
#include "face/doc/zip.h"

typedef struct Node Node;
struct Node {
	Text name; /* "w:p": Word's prefix is asked for */
	const Text *attributes; /* name, value, … ; ends with a text without bytes */
	Node *parent, *first, *last, *next;
	Buffer text; /* decoded characters directly inside */
	size_t from, to; /* bytes */
};
/* INVALID with a problem at `template`. */
must_use Error docx_parse(Call *call, Text xml, Node **out);
Text node_attribute(const Node *node, Text name); /* empty when absent */
const Node *node_child(const Node *node, Text name); /* NULL when absent */
bool node_is(const Node *node, Text name);
/* Opens the archive and looks at every part; *out_body is its word/document.xml. */
must_use Error docx_open(Call *call, Text document, ZipEntries *out_parts, Text *out_body);
bool docx_is_story(Text name); /* body, head or foot: what fields stand in */
must_use Error docx_refuse(Call *call, const char *message, Text argument);

/* The w:t elements of one paragraph in order, without those of paragraphs inside it. */
typedef struct NodeRef {
	const Node *node;
} NodeRef;
typedef LIST_OF(NodeRef) Nodes;
void docx_paragraphs(Arena *arena, const Node *node, Nodes *out);
void docx_texts(Arena *arena, const Node *paragraph, Nodes *out);
