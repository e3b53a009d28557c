/* What the pages about organisations show. */
#pragma once
#include "face/html/html.h"
#include "people/org/org.h"

typedef struct OrgView {
	Markup facts, papers, members, invitations, invite, upload, ask, join;
	Markup sector_form; /* empty: not theirs to choose */
	Text reason, sectors; /* sectors: may be empty */
	bool is_admin, may_change, is_verified;
	Markup openings;
	size_t paper_count, invitation_count, opening_count;
} OrgView;
typedef struct VerificationLine {
	Text title;
	Markup facts, papers, verify, refuse, alike; /* alike: others with such a name, of an organisation */
	int64_t since;
} VerificationLine;
typedef struct VerificationsView {
	VerificationLine *persons, *organisations;
	size_t person_count, organisation_count;
	Markup merge;
} VerificationsView;
typedef struct SectorsView {
	Markup filters, table, empty, pager; /* may be empty */
} SectorsView;
/* The industries of one's own organisation, and the form for those who choose them. */
must_use Error org_sectors_fill(Html *html, const Request *request, const Organisation *organisation, OrgView *view);
must_use Error org_show_own(Request *request); /* the page of one's own organisation */
