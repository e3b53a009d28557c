/* notice_pages: what app/ wires of this room into the server. */
#pragma once
#include "face/http/http.h"
#include "people/notice/notice.h"

#define NOTICE_UNREAD_PATH "/inbox/unread"
extern const RouteTable notice_routes, notice_way_routes, notice_hook_routes, notice_hook_api_routes;
int64_t notice_unread_count(Request *request); /* ShellSpec.unread_count */
