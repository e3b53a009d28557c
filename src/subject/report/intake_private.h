/*
 * intake: what the form of a report knows by itself. Private to this room; the form is report_form of report.h.
 */
#pragma once
#include "work/form/form.h"

/* ---- Attack names: attack.def */
enum {
	ATTACK_COUNT = 0
#define ATTACK(tag, text, class, names) +1
#include "subject/report/attack.def"
#undef ATTACK
};
extern const FormChoice attack_choices[ATTACK_COUNT];
const char *attack_of_name(Text typed); /* tag, of a name in Chinese or English as people type it; NULL: unknown */
const char *attack_of_class(Text class_tag); /* the only attack of this class of GB/T 30279-2020; NULL: none or several */
const char *attack_class(Text attack); /* class of GB/T 30279-2020; NULL: no such attack */
const char *attack_text(Text attack); /* English source text; NULL likewise */

/* ---- Values */
/* CVE, CNVD and CNNVD numbers, several separated by blanks or commas: what is wrong with them, or NULL. */
const char *numbers_fault(Text value);
/* Fills what follows from what was typed: class and attack from one another, the rating from its questions, the title from product and weakness. `before`: what the form
 * held until now, NULL: nothing; a title that was built from it is built anew, one that somebody wrote is left alone. */
Error intake_complete(Call *call, const Map *before, Map *values);
