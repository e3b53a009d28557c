/*
 * docx: letters that are edited in Word (ECMA-376 part 1, WordprocessingML). A template is a document with named fields, {{name}}, which Word may
 * have cut into several runs. Of a document we read what a letter needs: paragraphs with alignment, indent, bold and size, tables, breaks.
 * What a PDF of it would lose is refused in a template, so that both always say the same.
 */
#pragma once
#include "base/sandbox/sandbox.h"
#include "face/doc/pdf.h"

enum { DOCX_BYTES_MAX = 2 * 1024 * 1024, DOCX_UNPACKED_MAX = 12 * 1024 * 1024, DOCX_ENTRIES_MAX = 200 };

typedef struct DocxField {
	Text name, value; /* a line break in the value breaks the line */
} DocxField;

/* A list: the row of a table that names its columns, {{marks.reason}}, is repeated for each of its rows; {{marks.n}} counts them from 1.
 * An empty list leaves one row without words. */
typedef struct DocxList {
	Text name;
	const Text *columns;
	size_t column_count;
	const Text *cells; /* row by row */
	size_t row_count;
} DocxList;

/* The names of the fields a template uses, each once, in order. INVALID with a problem at `template`: no document of Word, macros, embedded
 * objects, pictures or text boxes in the body, a relation to something outside the file, a field begun and not ended. */
must_use Error docx_fields(Call *call, Text template, Texts *out);
/* The same in the sandbox: for a template that somebody has just sent. */
extern const SandboxWork docx_work; /* for SANDBOX_DOCX */
must_use Error docx_inspect(Call *call, Sandbox *sandbox, Text template, Texts *out);

typedef struct DocxValues {
	const DocxField *fields;
	size_t field_count;
	const DocxList *lists;
	size_t list_count;
} DocxValues;
/* Fills body, heads and feet. INVALID with a problem at `template`: a field is used that is not given, or a list's outside of its row. */
must_use Error docx_fill(Call *call, Text template, const DocxValues *values, Text *out);

typedef struct DocxBlock {
	PdfStyle style;
	const PdfRun *runs; /* of a paragraph */
	size_t run_count;
	const Sheet *table; /* instead of a paragraph; heads: its first row, when Word repeats that on every page */
	const double *shares; /* of the table's columns; NULL: equal */
	double row_height; /* of the table's rows, at least; points */
	bool page_break; /* instead of a paragraph */
	Text picture; /* instead of a paragraph: a PNG that this program made, in the middle; docx_read gives none */
	double picture_width; /* points */
	bool keeps; /* a heading: on the page where the next block begins; docx_read gives none */
} DocxBlock;
typedef LIST_OF(DocxBlock) DocxBlocks;
must_use Error docx_read(Call *call, Text document, DocxBlocks *out); /* INVALID as docx_fields, TOO_LARGE */
must_use Error docx_make(Call *call, const DocxBlock *blocks, size_t count, Text *out);
void docx_draw(Pdf *pdf, const DocxBlocks *blocks);
