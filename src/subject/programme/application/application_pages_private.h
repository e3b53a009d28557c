/* What the files of pages and of the API share. */
#pragma once
#include "subject/programme/application/application_private.h"
#include "subject/programme/application/application_view.h"
#include "work/form/action_view.h"

extern const FormSpec application_begin_form;
Text application_base(Arena *arena, Text ref); /* "/applications/S-…" */
Text application_direction_text(Call *call, Text direction);
Text application_paper_text(Lang lang, Text paper);
Text application_mark_of(Arena *arena, Text value); /* a short mark by which a value is known again */
ActionForms application_forms(const Application *application);
must_use Error application_newest_round(Call *call, Text *out_code);
must_use Error application_list_for(
	Call *call, Text code, Text state, int64_t after, int64_t max, ApplicationLines *out, int64_t *out_last);
must_use Error application_take(Request *request, const Application *application, Text was, Map *out);
must_use Error application_begin(Request *request, Text *out_ref);
Handler application_load, application_show, application_show_print, application_do, application_file_begin, application_file_part,
	application_file_finish, application_file_remove, application_file_state, application_file_content;
