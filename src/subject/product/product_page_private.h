/* What the pages of this room share. */
#pragma once
#include "subject/product/product_private.h"
#include "subject/product/product_view.h"

enum { PRODUCT_PAGE = 50, PRODUCT_SHOWN_MAX = 100 };

Url product_url(Arena *arena, Text ref, const char *end); /* "/catalogue/REF" and what follows */
Text product_kind_word(Lang lang, Text tag);
Markup product_status(Html *html, const Product *product);
Markup product_table(Html *html, const Products *products, bool is_public); /* empty when there is none */
Markup product_claim_table(Html *html, const ProductClaims *claims); /* likewise */
must_use Error product_cursor(Request *request, int64_t *out); /* ?after= */
void product_choose(Arena *arena, Lang lang, FormField *field, const char *const (*pairs)[2], size_t count); /* value, label */
must_use Error product_go_to(Request *request, Text ref);

/* The record itself; and what the actor may do about it, each a closed panel with its form. */
must_use Error product_fill_record(Html *html, const Product *product, bool is_public, ProductShowView *view);
must_use Error product_fill_panels(Html *html, const Request *request, const Product *product, ProductShowView *view);
Handler product_load, product_claim_load, product_show_page;
