/*
 * terms: what a description of a vulnerability is found by, whatever language it is written in. Names of vendors, products, functions, files and
 * parameters are written in Latin letters in Chinese texts too; versions are the same everywhere; weaknesses and parts are looked up in a list of
 * names in both languages (concept.def). What else is said gives words and pairs of Chinese characters. Numbers of records, links and other
 * identifiers of vulnerabilities give nothing: who knows a number asks for it. Pure.
 */
#pragma once
#include "base/base/base.h"

typedef enum TermKind {
	TERM_NAME, /* a word of the vendor's or product's name */
	TERM_VERSION,
	TERM_PLACE, /* function, file, parameter, component */
	TERM_WEAKNESS, /* a class of weakness */
	TERM_PART, /* another concept said in both languages */
	TERM_WORD, /* any word, or a pair of Chinese characters */
	TERM_TIME, /* the month in which it became known */
	TERM_KINDS
} TermKind;

typedef struct Description {
	Text title, body;
	Text names; /* vendors and products, a line each, with versions where they stand there */
	Text versions; /* further ones */
	Texts weaknesses; /* "CWE-79" */
	Text level; /* critical high medium low; may be empty */
	int64_t at; /* when it became known; 0: unknown */
} Description;

typedef struct Term {
	uint64_t hash;
	TermKind kind;
	int weight; /* 1 … TERM_WEIGHT_MOST: by where it stands */
	Text word; /* for people; in the arena */
} Term;
enum { TERM_WEIGHT_MOST = 6, TERMS_MOST = 400 };
typedef struct NameLine { /* words of one line of Description.names */
	uint64_t words[8];
	size_t count;
} NameLine;
typedef struct Terms {
	LIST_OF(Term) list; /* none twice */
	uint64_t groups; /* classes of weakness that are spoken of, one bit each */
	LIST_OF(NameLine) names;
	size_t length; /* terms of title and body */
} Terms;
/* `asks`: it is asked for others, which may have become known in a neighbouring month. */
void terms_of(Arena *arena, const Description *description, bool asks, Terms *out);
const Term *terms_find(const Terms *terms, uint64_t hash); /* NULL: not there */
