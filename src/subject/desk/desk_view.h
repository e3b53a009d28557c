/*
 * desk: everyone's own page: what waits for them, what they sent, what they have not read. It decides nothing: each list is the one that the
 * subject itself gives to this actor.
 */
#pragma once
#include "face/html/html.h"
#include "subject/casefile/casefile.h"

typedef struct DeskView {
	Markup turn, reports, drafts; /* may be empty: reports, drafts */
	Url report;
} DeskView;

extern const RouteTable desk_routes;
