/* What the templates of the site show. */
#pragma once
#include "face/html/html.h"

typedef struct HomeFigure {
	Text label;
	int64_t value;
} HomeFigure;
typedef struct HomeView {
	Url search, list, report, feed, about, notice_list, warning_list;
	const HomeFigure *figures;
	size_t figure_count;
	const Table *notices; /* NULL: none */
	const Table *warnings; /* NULL: none */
	const Table *latest; /* NULL: nothing is published yet */
	const Text *steps;
	size_t step_count;
} HomeView;
typedef struct AboutView {
	Url report, rating, advisories, openapi;
} AboutView;
