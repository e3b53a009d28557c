/* Replies that staff begin a message with. */
#include "work/thread/thread.h"

static const WordBuiltIn titles[] = {
#define REPLY(code, title, body) { code, title, false },
#include "work/thread/reply.def"
#undef REPLY
};

static const char *const bodies[] = {
#define REPLY(code, title, body) body,
#include "work/thread/reply.def"
#undef REPLY
};

static Text body_of(Arena *arena, Lang lang, size_t at)
{
	(void)arena;
	return tr(lang, bodies[at]);
}

const Wordlist thread_replies = { .name = "reply",
	.title = N_("Replies to begin a message with"),
	.source_label = N_("Text of the reply"),
	.words = titles,
	.count = COUNT(titles),
	.source = body_of,
	.has_lines = true };
