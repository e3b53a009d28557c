/*
 * wordlist: lists of words with a code that an operator may change and extend without changing the program: the reasons of a decision, where a
 * matter is handed to. A list begins with its built-in words, version 0; every change makes a new version of one word, and what was decided keeps
 * the version it was decided with. A retired word is offered no more and still read.
 */
#pragma once
#include "base/base/base.h"

enum { WORD_CODE_MOST = 40, WORD_TEXT_MOST = 200, WORD_SOURCE_MOST = 300, WORD_LINES_MOST = 4000 };

typedef struct WordBuiltIn {
	const char *code, *text; /* text: English source text */
	bool is_reserved; /* the program gives it by itself: people are not offered it */
} WordBuiltIn;
typedef struct Wordlist {
	const char *name, *title; /* "reason"; title: English source text */
	const char *source_label; /* what the source of a word is: "Rule it cites"; English source text */
	const WordBuiltIn *words;
	size_t count;
	Text (*source)(Arena *arena, Lang lang, size_t word); /* of a built-in word; may give "" */
	bool has_lines; /* the source is a text of several lines, up to WORD_LINES_MOST characters, and every word has one */
} Wordlist;

typedef struct Word {
	Text code, text_zh, text_en, source_zh, source_en;
	int64_t version; /* 0: built in */
	bool is_retired, is_reserved;
} Word;
typedef LIST_OF(Word) Words;
Text word_text(const Word *word, Lang lang);
Text word_source(const Word *word, Lang lang); /* may be "" */

/* The newest version of each, built-in ones first. */
must_use Error wordlist_words(Call *call, const Wordlist *list, Words *out);
/* version -1: the newest. *out_found false: there is no such word or version. */
must_use Error wordlist_find(Call *call, const Wordlist *list, Text code, int64_t version, Word *out, bool *out_found);

typedef struct WordWish {
	Word word; /* its version is not asked */
	Text reason;
	int64_t seen; /* version the actor decided on; -1: a word that is new */
} WordWish;
/* Inside db_transact; the caller records it. FORBIDDEN but for the system administrator. INVALID: a problem at `code`, `text_zh`, `text_en`, `source_zh`, `source_en` or `reason`. CONFLICT:
 * somebody was faster, or the code is taken. */
must_use Error wordlist_change(Call *call, const Wordlist *list, const WordWish *wish);

typedef struct WordVersion {
	Word word;
	int64_t set_at, person_id; /* person 0: a command */
	Text reason;
} WordVersion;
typedef LIST_OF(WordVersion) WordVersions;
/* Newest first, without the built-in one. before: version of the last one seen, 0 to begin with. */
must_use Error wordlist_history(Call *call, const Wordlist *list, Text code, int64_t before, int count, WordVersions *out);
