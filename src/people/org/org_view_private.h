/* What the pages about organisations show. */
#pragma once
#include "face/html/html.h"

typedef struct OrgView {
	Markup facts, papers, members, invitations, invite, upload, ask, join;
	Text reason;
	bool is_admin, may_change, is_verified;
	Markup openings;
	size_t paper_count, invitation_count, opening_count;
} OrgView;
typedef struct VerificationLine {
	Text title;
	Markup facts, papers, verify, refuse;
	int64_t since;
} VerificationLine;
typedef struct VerificationsView {
	VerificationLine *persons, *organisations;
	size_t person_count, organisation_count;
	Markup merge;
} VerificationsView;
