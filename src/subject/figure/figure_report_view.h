/* What the templates of reports show. */
#pragma once
#include "face/html/html.h"

enum { FIGURE_FILES = 4 };
typedef struct FigureFile {
	Text label;
	Url url;
} FigureFile;
typedef struct FigureFilesView {
	FigureFile files[FIGURE_FILES];
	size_t count;
} FigureFilesView;
typedef struct FigureReportListView {
	Markup table, pager;
	Url figures;
} FigureReportListView;
typedef struct FigureReportView {
	Markup chip, files, actions, history;
	Texts words[LANG_COUNT];
} FigureReportView;
