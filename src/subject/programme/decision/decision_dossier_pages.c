/* The dossier of a round as a file, for the office and for everybody when its time has come; and its result alone, for machines. */
#include "face/doc/export.h"
#include "face/http/http.h"
#include "subject/programme/decision/decision.h"

static Error show_office(Request *request)
{
	Text archive;
	Round round;
	Text ref = request_parameter(request, TEXT("ref"));
	TRY(round_open(request->call, ref, &round));
	TRY(decision_dossier(request->call, ref, &archive));
	return export_bytes(request, arena_printf(request->call->arena, "%.*s-dossier.zip", TEXT_ARGS(round.code)), archive);
}

static Error show_public(Request *request)
{
	Text archive, code = request_parameter(request, TEXT("code"));
	TRY(decision_public_dossier(request->call, code, &archive));
	request->reply.content_type = TEXT("application/zip");
	request->reply.body = archive;
	reply_header(request, TEXT("Content-Disposition"),
		arena_printf(request->call->arena, "attachment; filename=\"%.*s-dossier.zip\"", TEXT_ARGS(code)));
	reply_public(request, arena_printf(request->call->arena, "round:%.*s", TEXT_ARGS(code)));
	return OK;
}

/* A member of the dossier, byte by byte. */
static Error send_member(Request *request, const char *name)
{
	Text archive, code = request_parameter(request, TEXT("code"));
	ArchiveMembers members;
	TRY(decision_public_dossier(request->call, code, &archive));
	const ArchiveMember *member = archive_unpack(request->call->arena, archive, &members) ? archive_find(&members, name) : NULL;
	if (!member) return fail(request->call, NOT_FOUND, "the dossier of %.*s has no %s", TEXT_ARGS(code), name);
	reply_json(request, member->content);
	reply_public(request, arena_printf(request->call->arena, "round:%.*s", TEXT_ARGS(code)));
	return OK;
}
static Error get_result(Request *request) { return send_member(request, "result.json"); }
static Error get_decided(Request *request) { return send_member(request, "decided.json"); }

#define EVERYBODY .may = ROLE_EVERYBODY, .is_public = true, .weight = 5
static const Route routes[] = {
	{ GET, "/programme/rounds/:ref/panel/dossier.zip", show_office, .may = ROLE_SECRETARY | ROLE_SUPERVISOR,
		.needs_second_factor = true, .weight = 5, .summary = "The dossier of a locked round" },
	{ GET, "/rounds/:code/dossier.zip", show_public, EVERYBODY, .summary = "The dossier of a finished round" },
	{ GET, "/api/v1/rounds/:code/result", get_result, EVERYBODY,
		.summary = "Scores, ranking and stars of a round, byte by byte as in its dossier, once that is public." },
	{ GET, "/api/v1/rounds/:code/decided", get_decided, EVERYBODY,
		.summary = "Who fell out, who moved up and the lists of a round, byte by byte as in its dossier, once it is announced." },
};
const RouteTable decision_dossier_routes = { "subject/programme", routes, COUNT(routes) };
