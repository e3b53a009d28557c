/* What the templates of this room show. */
#pragma once
#include "face/html/html.h"

typedef struct CertificateListView {
	Markup filters, table, empty, pager;
	Url check, conditions;
} CertificateListView;
typedef struct CertificateShowView {
	Markup chip, facts, trust, history;
	Url proof, record, json, signer;
} CertificateShowView;
typedef struct CertificateCheckView {
	Markup result, field; /* result: may be empty */
	Url action, registered;
} CertificateCheckView;
