/* What was done to other systems that select among applicants, tried here. */
#include "matrix/matrix.h"

#include "subject/programme/application/application.h"

static Text at(Matrix *matrix, const char *before, Text ref, const char *after)
{
	return arena_printf(matrix->t->arena, "%s%.*s%s", before, TEXT_ARGS(ref), after);
}

static MatrixReply post(Matrix *matrix, const char *word, Text target, const char *body)
{
	return matrix_send(matrix,
		&(MatrixRequest) { .method = POST, .target = target, .body = text_from(body), .actor = matrix_actor(word), .keep = true });
}

/* Of the vendor, in the round that is open. */
static Text begin_other(Matrix *matrix)
{
	MatrixReply reply = post(matrix, "vendor-admin", TEXT("/applications"), "round=2026-OPEN&direction=technical");
	CHECK_INT(reply.status, 303);
	Text location = matrix_header(&reply, "Location");
	return arena_copy(matrix->t->arena, text_slice(location, sizeof("/applications/") - 1, location.length));
}

/* CVE-2026-25156: an uploaded page was shown as a page of the site. */
TEST_DB(attack__evidence_of_an_application_never_leaves_inline)
{
	static const char *const readers[] = { "unit-admin", "unit-member", "secretary", "supervisor" };
	Matrix *matrix = matrix_open(t);
	const MatrixObject *object = matrix_object(matrix, "application", TEXT("SUBMITTED"));
	Text file =
		at(matrix, "/applications/", object->ref, arena_printf(t->arena, "/files/proof/%.*s/content", TEXT_ARGS(object->file)).at);
	for (size_t i = 0; i < COUNT(readers); i++) {
		MatrixReply reply = matrix_get(matrix, readers[i], file);
		CHECK_INT(reply.status, 200);
		CHECK(text_starts(matrix_header(&reply, "Content-Disposition"), TEXT("attachment")));
		CHECK(text_is(matrix_header(&reply, "Content-Type"), TEXT("application/octet-stream")));
		CHECK(text_is(matrix_header(&reply, "X-Content-Type-Options"), TEXT("nosniff")));
	}
}

/* CVE-2026-23878: whoever had one application of their own fetched the documents of all. */
TEST_DB(attack__an_applicant_fetches_no_documents_of_others_through_an_own_application)
{
	Matrix *matrix = matrix_open(t);
	const MatrixObject *object = matrix_object(matrix, "application", TEXT("SUBMITTED"));
	Text own = begin_other(matrix), file = arena_printf(t->arena, "/files/proof/%.*s", TEXT_ARGS(object->file));
	CHECK_INT(matrix_get(matrix, "vendor-admin", at(matrix, "/applications/", own, "")).status, 200);
	const Text targets[] = { at(matrix, "/applications/", own, arena_printf(t->arena, "%.*s/content", TEXT_ARGS(file)).at),
		at(matrix, "/applications/", object->ref, arena_printf(t->arena, "%.*s/content", TEXT_ARGS(file)).at),
		at(matrix, "/api/v1/applications/", own, file.at), at(matrix, "/api/v1/applications/", object->ref, file.at),
		at(matrix, "/api/v1/applications/", object->ref, "/form.pdf") };
	for (size_t i = 0; i < COUNT(targets); i++) CHECK_INT(matrix_get(matrix, "vendor-admin", targets[i]).status, 404);
}

/* HotCRP CVE-2026-55493: a search told who had submitted, though their names were hidden. Nothing here says that somebody applied at all. */
TEST_DB(attack__no_search_no_count_and_no_public_page_tells_who_applied)
{
	static const char *const searches[] = { "/advisories?q=unit", "/programme/applications?round=2026-OPEN",
		"/programme/applications?round=unit", "/rounds/2026-OPEN", "/api/v1/rounds/2026-OPEN", "/applications", "/desk", "/inbox",
		"/api/v1/applications?round=A-SUBMITTED" };
	static const char *const others[] = { "unit-admin", "stranger", "coordinator", "expert" };
	Matrix *matrix = matrix_open(t);
	Text before[COUNT(others)][COUNT(searches)];
	for (size_t i = 0; i < COUNT(others); i++)
		for (size_t k = 0; k < COUNT(searches); k++)
			before[i][k] = arena_copy(t->arena, matrix_get(matrix, others[i], text_from(searches[k])).body);
	Text own = begin_other(matrix);
	MatrixReply saved = post(matrix, "vendor-admin", at(matrix, "/applications/", own, ""), "team.0.0=A&team.0.1=B");
	CHECK_INT(saved.status, 303);
	CHECK_INT(post(matrix, "vendor-admin", at(matrix, "/applications/", own, "/actions/submit"), "").status, 303);
	for (size_t i = 0; i < COUNT(others); i++)
		for (size_t k = 0; k < COUNT(searches); k++) {
			Text after = matrix_get(matrix, others[i], text_from(searches[k])).body;
			if (text_find(after, own, NULL)) test_fail(__FILE__, __LINE__, "%s shows %s its number", searches[k], others[i]);
			if (after.length != before[i][k].length) test_fail(__FILE__, __LINE__, "%s changed for %s", searches[k], others[i]);
		}
}
