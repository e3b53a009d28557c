/* What the files of this room share. */
#pragma once
#include "people/notice/notice.sql.h"
#include "people/notice/notice_way.h"
#include "people/notice/way.sql.h"
#include "store/seal/seal.h"

must_use Error notice_way_of(Call *call, int64_t person_id, NoticeWay *out);
/* "https://host/unsubscribe/…" */
Text notice_unsubscribe_link(Call *call, const Person *person);
Text notice_visitor_link(Call *call, Text unsubscribe);
/* The line of a kind in that language; the subject itself for a kind that is no more. */
Text notice_line(Arena *arena, Lang lang, Text kind, Text subject);
/* Keeps an eye on a message to this person. */
must_use Error notice_follow(Call *call, int64_t message, int64_t person_id, const char *channel, Text address);
/* A short message to the person's verified telephone, if there is one and a gateway. Inside db_transact. */
must_use Error notice_text_phone(Call *call, const Person *person, const char *english, Text subject);
