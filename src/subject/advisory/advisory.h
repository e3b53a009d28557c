/*
 * advisory: published records, the documents they come from, their history and withdrawal. Everything here is public.
 *
 * One record for each vulnerability. A document belongs to the record of its key:
 *   a CVE record            its CVE number
 *   a CNVD entry            the one CVE number it names, else (none or several) its own number; several are related identifiers
 *   an advisory of our own  its own number; when it names exactly one foreign number, that number leads to it too, unless another one of ours has it
 * What a record says is derived from its documents alone, so neither the order of imports nor their repetition changes anything.
 * Of several documents of one issuer and number the youngest speaks (by its own date, then by digest); the others are kept as history.
 */
#pragma once
#include "base/base/base.h"
#include "base/base/json.h"
#include "engine/likeness/terms.h"

typedef enum AdvisoryForm { FORM_OWN, FORM_CVE5, FORM_CNVD, FORM_COUNT } AdvisoryForm; /* in order of precedence */
const char *advisory_form_tag(AdvisoryForm form); /* "own", "cve5", "cnvd-xml": stored, in filters and on the command line */
const char *advisory_form_name(AdvisoryForm form); /* English source text: who issues such documents */

typedef struct AdvisoryRating {
	Text scheme; /* "CVSS:3.1", "GB/T 30279-2020" */
	Text vector; /* may be empty: then only a level or score is known */
	Text level; /* critical high medium low none */
	int64_t score_tenths; /* -1: none */
	Text by;
} AdvisoryRating;
typedef struct AdvisoryAffected {
	Text vendor, product, package, platform; /* each may be empty */
	Text versions; /* for people: "< 8.0.33; 9.0 – 9.1" */
	Text fixed; /* first version without the flaw, when known */
	Text entry; /* reference in the catalogue of products; of our own records */
} AdvisoryAffected;
typedef struct AdvisoryReference {
	Text url, note; /* data: shown, never fetched */
} AdvisoryReference;
typedef struct AdvisoryMoment {
	int64_t at;
	Text what;
} AdvisoryMoment;

/* What one document says, and what a record says after its documents are put together. Fields of GB/T 28458-2020, 5.2 and 5.3. */
typedef struct AdvisoryDraft {
	Text identifier; /* the document's own number */
	Texts issuers; /* filled when documents are put together: own cve cnvd */
	Texts aliases; /* further numbers of the same vulnerability */
	Texts related; /* numbers of others it names */
	int64_t published_at, updated_at;
	bool withdrawn;
	Text withdrawal_reason, successor;
	Text publisher, verifier;
	Texts finders;
	Text level; /* critical high medium low none */
	Text type; /* generic: a product as delivered; incident: a running system of somebody; may be empty */
	Text class_name; /* tag of the class tree of GB/T 30279-2020, may be empty */
	Texts weaknesses; /* "CWE-79" */
	Text title[LANG_COUNT], description[LANG_COUNT], existence[LANG_COUNT], detection[LANG_COUNT], solution[LANG_COUNT],
		other[LANG_COUNT];
	bool has_fix;
	Texts platforms; /* android ios harmonyos mini-program official-account sdk */
	LIST_OF(AdvisoryRating) ratings;
	LIST_OF(AdvisoryAffected) affected;
	LIST_OF(AdvisoryReference) references;
	LIST_OF(AdvisoryMoment) timeline;
} AdvisoryDraft;

typedef struct AdvisorySource {
	AdvisoryForm form;
	Text number;
	Text digest; /* SHA-256 of the document, hexadecimal */
	int64_t updated_at;
	bool current;
} AdvisorySource;
typedef struct AdvisoryChange { /* of one field, from the revision before */
	const char *field; /* member of the JSON; with language where it has two: "title.zh" */
	const char *label; /* English source text */
	Text before, after; /* lines */
} AdvisoryChange;
typedef struct AdvisoryRevision {
	int64_t n, at;
	Text author, reason; /* author: the role that revised it, English source text, or the name of the publisher */
	LIST_OF(AdvisoryChange) changes; /* none of the first one */
} AdvisoryRevision;
typedef struct Advisory {
	int64_t id, position;
	Text identifier; /* the canonical one */
	bool withdrawn;
	AdvisoryDraft content;
	LIST_OF(AdvisorySource) sources;
	LIST_OF(AdvisoryRevision) revisions;
} Advisory;

/* ---- Reading */
/* By any of its identifiers, in any case; the caller redirects when out->identifier differs. NOT_FOUND. Without sources and revisions. */
/* The first place in lists of what is published at this time, newest last; other rooms put what they publish beside the records by it. Pure. */
int64_t advisory_position(int64_t published_at);
must_use Error advisory_find(Call *call, Text identifier, Advisory *out);
must_use Error advisory_load_history(Call *call, Advisory *advisory); /* its sources and revisions */
/* In the language, else in the other one. */
Text advisory_text(const Text texts[LANG_COUNT], Lang lang);
/* English source text of a level: "critical" gives "Critical severity". */
const char *advisory_level_word(Text level);

/* Weaknesses of the CWE list: the record's own, else the one of its class. */
Texts advisory_cwe(Arena *arena, const AdvisoryDraft *record);
/* Controls of OWASP MASVS 2.1 that its class and weaknesses touch; none when it concerns no mobile platform and is not ours. */
Texts advisory_masvs(Arena *arena, const AdvisoryDraft *record);

/* ---- Publishing our own, inside a transaction. The draft is stored as a document and a revision by `author` for `reason`.
 * Publishing an identifier again is a correction. CONFLICT when the identifier belongs to a record of somebody else's. */
must_use Error advisory_publish(Call *call, const AdvisoryDraft *draft, Text author, Text reason);
/* Ours only. The page stays, with reason and, when given, the successor's identifier. NOT_FOUND when it is not one of ours. */
must_use Error advisory_withdraw(Call *call, Text identifier, Text author, Text reason, Text successor);

/* ---- Documents of others */
/* The row of a record, and what stands about it in the indexes. */
typedef struct AdvisoryRecord {
	int64_t position, published_at, updated_at;
	Text identifier, level, title[LANG_COUNT];
	bool withdrawn;
	Texts identifiers; /* all of them */
	Text document; /* advisory_write */
	Text tokens;
} AdvisoryRecord;
/* A document read, normalised, compressed and cut into tokens: ready to be put into the database. Pure; made on any thread. */
typedef struct AdvisoryFinished {
	AdvisoryForm form;
	Text number, key; /* of the document, of its record */
	Text digest;
	Text packed; /* the document as it came, zlib */
	int64_t updated_at;
	AdvisoryRecord record; /* as it is when this document is its only one */
} AdvisoryFinished;
typedef struct AdvisoryFinisher AdvisoryFinisher; /* what is reused from document to document; one for each thread */
AdvisoryFinisher *advisory_finisher_new(void);
void advisory_finisher_free(AdvisoryFinisher **finisher);
/* False: refused; *out_why says why, in English, with the place when there is one. */
must_use bool advisory_finish(
	AdvisoryFinisher *finisher, Arena *arena, AdvisoryForm form, Text document, AdvisoryFinished *out, Text *out_why);

typedef enum AdvisoryOutcome { ADVISORY_UNCHANGED, ADVISORY_NEW, ADVISORY_CHANGED } AdvisoryOutcome;
/* Inside a transaction. Records a public change of each record that changes; of new ones the caller does, once for many. */
must_use Error advisory_put(Call *call, const AdvisoryFinished *finished, AdvisoryOutcome *out);

/* The record as own JSON: what the database keeps of it and what the API answers. */
void advisory_write(JsonWriter *writer, const AdvisoryDraft *record);
void advisory_write_members(JsonWriter *writer, const AdvisoryDraft *record); /* the same without its braces */
must_use bool advisory_read(Arena *arena, Json document, AdvisoryDraft *out);

/* ---- Records that may speak of the same vulnerability as a description, in any language */
typedef struct AdvisoryKin {
	Text identifier, title[LANG_COUNT];
	int64_t published_at;
	double score, name_share; /* name_share: of the words of the record's best name that the description says */
	bool is_named; /* the description names one of its numbers */
	bool same_class;
	Texts names, versions, places; /* what both say, the rarest first */
} AdvisoryKin;
typedef LIST_OF(AdvisoryKin) AdvisoryKins;
/* The best first; those whose numbers are named before all others. `except`: identifier of one that is not wanted; may be empty. */
must_use Error advisory_kin_find(Call *call, const Description *description, Text except, size_t most, AdvisoryKins *out);
/* What is said of the record in its own texts; numbers and references are not. */
Description advisory_description(Arena *arena, const AdvisoryDraft *record, int64_t published_at);
/* Brings the index up to what was imported or published since; at most `most` segments. */
must_use Error advisory_kin_follow(Call *call, int64_t most, int64_t *out_made);
must_use Error advisory_kin_rebuild(Call *call, void (*progress)(void *argument, int64_t done), void *argument, int64_t *out_records);
