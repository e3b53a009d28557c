/*
 * panel_files: what an applicant uploaded, for the members who judge it: after they have signed "no conflict", while they sit, and until the lock.
 * A file leaves as a download alone, and every download stands in the record of the application. Part of the face of this room.
 */
#pragma once
#include "subject/programme/panel/panel.h"
#include "work/copy/copy.h"

typedef struct PanelAttachment {
	Text field; /* name of the form's field … */
	const char *label; /* … and its words */
	Attachment file;
} PanelAttachment;
typedef LIST_OF(PanelAttachment) PanelAttachments;
/* NOT_FOUND: the actor does not sit there, has not signed, or the result is locked. */
must_use Error panel_files(Call *call, Text panel, Text application, PanelAttachments *out);
/* One of them, recorded before it is given, with the reader's mark in it where it can be marked; the descriptor is the caller's. NOT_FOUND as above. */
must_use Error panel_file_open(Call *call, Text panel, Text application, Text file, Text *out_name, CopyFile *out);

typedef struct PanelDownload {
	int64_t at, person_id;
	Text file;
	bool is_marked;
} PanelDownload;
typedef LIST_OF(PanelDownload) PanelDownloads;
/* Who of the panel has downloaded what of an application: for the office, newest first, a hundred at most. */
must_use Error panel_downloads(Call *call, Text ref, Text application, PanelDownloads *out);
