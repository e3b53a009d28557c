/*
 * cover: personal data and secrets in what people send (engine/masking finds them). Whoever sends is shown kind and place, and decides: hidden
 * at once, in texts, text files and pictures, so that only the hidden form is kept; or kept, because the matter needs it, with a reason that stays
 * with the matter and is sealed with it. Nothing waits for the decision.
 * Sources: 《个人信息保护法》 articles 6 and 19: no more than the purpose needs.
 */
#pragma once
#include "engine/picture/picture.h"
#include "work/form/form.h"

struct CoverMatter;
typedef Error CoverSave(Call *call, const struct CoverMatter *matter, Text field, Text value);
typedef struct CoverMatter { /* whose texts and files; the caller has asked whether the actor may change them */
	AttachmentOwner owner;
	const char *kind; /* of the ledger's event: "draft", "report" */
	Text ref;
	const Form *form; /* NULL: only its files */
	const Map *values;
	CoverSave *save; /* of one field; with a form */
	void *about; /* for `save` */
} CoverMatter;

typedef struct CoverSpot {
	MaskKind kind;
	int64_t line; /* from 1 */
	Text shown; /* as it stands once it is hidden: never the value itself */
} CoverSpot;
typedef struct CoverFinding {
	Text place; /* the name of the field, or of the file "file-REF" */
	const FormItem *item; /* NULL: a file */
	Attachment file;
	MaskCounts counts;
	LIST_OF(CoverSpot) spots; /* the first COVER_SPOTS, where they were asked for */
	Text digest; /* keyed, of what was found */
	bool is_kept; /* this very content, with this reason */
	Text reason;
	int64_t kept_at;
} CoverFinding;
typedef LIST_OF(CoverFinding) CoverFindings;
enum { COVER_SPOTS = 20, COVER_REASON_LENGTH = 500, COVER_PICTURE_BYTES = 16 * 1024 * 1024 };

/* Every field and text file in which something was found, in the order of the form, files behind. */
must_use Error cover_find(Call *call, const CoverMatter *matter, bool with_spots, CoverFindings *out);
int64_t cover_open_count(const CoverFindings *findings); /* values about which nothing was decided */
int64_t cover_count(const MaskCounts *counts);
/* How much of it this text holds. */
MaskCounts cover_counts_of(Arena *arena, Text text);
Text cover_hidden(Arena *arena, Text text); /* with everything of it hidden */

/* Hides everything at this place. NOT_FOUND: nothing is found there (any more). Recorded with counts alone. */
must_use Error cover_mask(Call *call, const CoverMatter *matter, Text place);
must_use Error cover_mask_all(Call *call, const CoverMatter *matter); /* wherever nothing was decided */
/* Keeps it. INVALID at "reason"; NOT_FOUND as above. */
must_use Error cover_keep(Call *call, const CoverMatter *matter, Text place, Text reason);
/* The same for what is about to be written, a message, beside its matter. Inside or outside a transaction. INVALID at "personal_reason". */
must_use Error cover_keep_text(Call *call, int64_t seal_key, const MaskCounts *counts, Text reason);

/* A picture of the matter (PNG, JPEG), decoded and encoded anew with these boxes black. NOT_FOUND: no such file, or no picture. */
must_use Error cover_picture(Call *call, const CoverMatter *matter, Text file_ref, const PictureBox *boxes, size_t count, Text *out);
/* The same, kept instead of the picture. INVALID at "boxes": none. */
must_use Error cover_burn(Call *call, const CoverMatter *matter, Text file_ref, const PictureBox *boxes, size_t count);
bool cover_is_picture(const Attachment *file);
/* "left top right bottom,…" in thousandths; false: not such a list, or more than PICTURE_BOXES_MAX. */
bool cover_boxes_parse(Arena *arena, Text text, PictureBox **out, size_t *out_count);

/* What was kept in a matter, for those who read it. */
typedef struct CoverKept {
	Text place, reason; /* place: as above, or "message-…" */
	MaskCounts counts;
	int64_t kept_at;
} CoverKept;
typedef LIST_OF(CoverKept) CoverKepts;
must_use Error cover_kept(Call *call, int64_t seal_key, CoverKepts *out);
