/*
 * letter: a message to one reader, made of an English source text with named fields ("{number}") in the reader's language.
 * It carries a link and no secret but a link that is one; never anything of an undisclosed matter.
 */
#pragma once
#include "face/outbox/mail.h"

typedef struct LetterField {
	const char *name;
	Text value;
} LetterField;
typedef struct LetterItem { /* a line of a list, with where it leads */
	Text text, link; /* link: whole https address */
} LetterItem;
typedef struct Letter {
	Text to;
	Lang lang;
	const char *subject, *body; /* English source texts; paragraphs of the body stand apart by an empty line */
	const LetterField *fields;
	size_t field_count;
	const LetterItem *items; /* a list below the body; may be none */
	size_t item_count;
	Text answer; /* mail address that takes answers; may be empty */
	Text link; /* whole https address, or empty */
	Text thread; /* see Mail */
	Text unsubscribe; /* see Mail */
} Letter;

/* The text in that language with its fields filled in. A field the text does not name is ignored; one that it names must be there. */
Text letter_fill(Arena *arena, Lang lang, const char *english, const LetterField *fields, size_t count);
/* As a message; values are escaped in the HTML part and put on one line in the subject. */
Mail letter_mail(Arena *arena, const Letter *letter);
