/*
 * tokens: what search finds. One tokenizer for what is stored and for what is asked; both databases receive its tokens,
 * so both give the same answers.
 *
 * Folded: full and half width, case, accents, traditional to simplified Chinese (see tools/foldgen.c).
 *   Chinese, Japanese, Korean   支付宝 → 支 付 宝 支付 付宝 (a question of two or more characters asks for its pairs only)
 *   words                       WebView → webview web view (a question asks for webview)
 *   identifiers                 CVE-2023-12345 → every run of its pieces: cve-2023-12345 cve-2023 2023-12345 cve 2023 12345;
 *                               the question CVE-2023- asks for cve-2023. com.tencent.mm and versions likewise
 *   hyphenated plain words      use-after-free → use after free
 * A token consists of ASCII letters, digits and - . _ and of bytes from 0x80; a filter has one ':' that no text can produce.
 * Tokens are separated by blanks, none twice.
 */
#pragma once
#include "base/base/base.h"

enum {
	TOKENS_VERSION = 1, /* grows when the same text gives other tokens: indexes are then rebuilt */
	TOKEN_BYTES_MAX = 64, /* longer ones are cut, in text and question alike */
	TOKENS_PER_SET_MAX = 20000,
};

typedef struct TokenSet TokenSet;
/* A set is reused for many texts: it lives in the arena, its tokens are forgotten by tokens_clear. */
TokenSet *tokens_new(Arena *arena);
void tokens_clear(TokenSet *set);
void tokens_add_text(TokenSet *set, Text text);
/* "vendor:tencent-music": the name must be ASCII letters; the value is folded, what is neither letter nor digit becomes '-'. */
void tokens_add_filter(TokenSet *set, const char *name, Text value);
Text tokens_text(const TokenSet *set); /* borrowed until the next change */
size_t tokens_count(const TokenSet *set);

/* The tokens that must all be present for a text to answer the question; empty when it has no letter or digit. */
void tokens_add_question(TokenSet *set, Text question);
