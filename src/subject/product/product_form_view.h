/* The forms about a product and what carries them out, for pages and API; request->subject is the product. */
#pragma once
#include "face/http/http.h"
#include "subject/product/product_private.h"

extern const FormSpec product_statement_form; /* a ProductStatement */
extern const FormSpec product_name_form, product_identity_form, product_release_form, product_part_form, product_into_form,
	product_claim_form;
Handler product_change_names, product_change_identities, product_change_releases, product_change_parts, product_change_into;
must_use Error product_begin_claim(Request *request, Text *out_ref);
