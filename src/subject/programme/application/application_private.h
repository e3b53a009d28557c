/* What the files of this room share. */
#pragma once
#include "subject/programme/application/application.h"
#include "subject/programme/application/application.sql.h"

typedef struct ApplicationFacts { /* what the guards look at */
	const Application *application;
	int64_t now, return_due, agreement_due; /* 0: it was not returned, not announced */
	bool is_system;
	bool is_complete; /* nothing the form requires is missing */
	bool is_changed; /* something was corrected since the return, in every marked field */
	bool is_delivered; /* what is there now has the hash that was lodged */
	bool has_look_up; /* an officer's extract of the credit register is filed */
	bool has_rival; /* another application of the same organisation in this direction passed already */
} ApplicationFacts;
must_use Error application_facts(Call *call, const Application *application, ApplicationFacts *out);
void application_matter(Call *call, const Application *application, const ApplicationFacts *facts, Matter *out);
must_use Error application_machine_load(Call *call, Text ref, Matter *out);
must_use Error application_machine_move(Call *call, const Matter *matter, Text to, int64_t *out_changed);
must_use Error application_machine_applied(Call *call, Matter *matter, const Transition *row, const void *input);

/* Why this reader of the library may not judge the organisation, or the one that became part of it; NULL: nothing is known. */
must_use Error application_conflict(Call *call, int64_t organisation_id, int64_t first_id, const char **out_why);

/* ---- Forms. The one of a round's direction, with labels in this language … */
must_use Error application_form_of(Call *call, const Round *round, Text direction, const Form **out);
const RoundItem *application_field(const Application *application, Text name); /* the round's item of a field; NULL: none */
/* … and those of the actions, which follow from the round and from the application's form. NULL: none of this name. */
const Form *application_action_form(Call *call, const Application *application, const char *name);
extern const char application_mark[]; /* before the name of a field in the form of a return */
ApplicationMarks application_marks_of(Call *call, const Application *application, const Map *values);

/* ---- Files: of each field by itself */
const char *application_file_kind(Arena *arena, Text field);
must_use Error application_files_of(Call *call, const Application *application, Text field, Attachments *out);
/* Fields that are required and empty, as problems; the failure of the call is left as it was. */
typedef LIST_OF(Problem) ApplicationProblems;
must_use Error application_missing(Call *call, const Application *application, ApplicationProblems *out);

/* ---- Digests. Of everything: canonical JSON of number, round, direction, credit code, values and the hashes of all files in ascending order. */
must_use Error application_digest(Call *call, const Application *application, const Texts *more_hashes, Text *out);
must_use Error application_hashes(Call *call, const Application *application, Texts *out); /* of every finished file, ascending */
must_use bool application_hashes_parse(Arena *arena, Text lines, Texts *out); /* as sha256sum writes them */
/* Of one section of the form with its files: canonical JSON of number, values and hashes in ascending order. */
Text application_section_digest(Arena *arena, Text ref, const FormSection *section, const Map *values, Text files);
/* "field  hash  name" lines of every finished file. */
must_use Error application_files_text(Call *call, const Application *application, Text *out);
/* What was submitted last, as the PDF that is stamped; and the sheet of what was corrected since. CONFLICT: nothing was submitted, or corrected. */
must_use Error application_print(Call *call, const Application *application, Text *out);
/* The notice of what has to be corrected, why and by when (补正通知书): the letter, or what it will say. CONFLICT: it is not returned. */
must_use Error application_print_return(Call *call, const Application *application, Text *out);
must_use Error application_print_correction(Call *call, const Application *application, Text *out);

typedef struct ApplicationVersion {
	int64_t version, at;
	Text sha256;
	Map *values;
	Text files; /* "field  hash  name" lines */
} ApplicationVersion;
typedef LIST_OF(ApplicationVersion) ApplicationVersions;
must_use Error application_versions_of(Call *call, const Application *application, ApplicationVersions *out);

typedef struct ApplicationStatement {
	Text action, person; /* person: empty for those who are not told */
	const Form *form;
	Map *values;
	int64_t at;
	bool is_applicants;
} ApplicationStatement;
typedef LIST_OF(ApplicationStatement) ApplicationStatements;
/* Newest last. An applicant is not shown the officers' checklists nor their names. */
must_use Error application_statements_of(Call *call, const Application *application, ApplicationStatements *out);
must_use Error application_tell(Call *call, const Application *application, const Transition *row);

/* ---- The library's own figures of an organisation, of their day */
typedef struct ApplicationFigures {
	int64_t originals[4]; /* accepted: critical, high, medium, low */
	int64_t sent, accepted; /* reports that were decided, and those of them that were accepted */
	int64_t verifications, notices, answered; /* answered: notices that were signed for */
	int64_t answer_hours; /* on average from notice to receipt; -1: none */
	int64_t contribution; /* points of the running year and of the one before, in hundredths */
	bool is_known; /* there is anything */
} ApplicationFigures;
must_use Error application_figures(Call *call, int64_t organisation_id, ApplicationFigures *out);
