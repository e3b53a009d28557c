#include "app/mail_command.h"

#include "app/command.h"

#include <dirent.h>
#include <unistd.h>

/* A mail that is none, or too large, is answered with UNKNOWN: it will not be better tomorrow. */
static Error take_file(Call *call, const char *path, Text to, ThreadMailEnd *out, bool *out_is_mail)
{
	Text content;
	InMail mail;
	*out = THREAD_MAIL_UNKNOWN;
	*out_is_mail = false;
	Error error = file_argument(call, path, INMAIL_BYTES_MAX, &content);
	if (error == OK) error = inmail_read(call, call->house->sandbox, content, &mail);
	if (error == ERROR_INVALID || error == ERROR_TOO_LARGE) {
		call_recover(call);
		return OK;
	}
	TRY(error);
	*out_is_mail = true;
	return thread_mail_take(call, &mail, to, out);
}

Error mail_command(Call *call, int argc, char **argv, FILE *out, FILE *talk)
{
	const char *to = "";
	int files = 0, strange = 0;
	bool receives = false;
	for (int i = 0; i < argc; i++) {
		if (option_value(argc, argv, &i, "--to", &to)) continue;
		if (!receives && strcmp(argv[i], "receive") == 0)
			receives = true;
		else
			argv[files++] = argv[i];
	}
	if (!receives || !files) return usage_error(call, talk, "say “mail receive FILE…”");
	for (int i = 0; i < files; i++) {
		ThreadMailEnd end;
		bool is_mail;
		ArenaMark mark = arena_mark(call->arena);
		TRY(take_file(call, argv[i], text_from(to), &end, &is_mail));
		fprintf(out, "%s\t%s\n", argv[i], is_mail ? thread_mail_end_words[end] : "not a mail");
		strange += !is_mail;
		arena_release(call->arena, mark);
	}
	return strange ? fail(call, INVALID, "%d of the files are no mail", strange) : OK;
}

/* ---- A Maildir */
static void folder_close(DIR **folder)
{
	if (*folder) closedir(*folder);
}

Error mail_take_folder(Call *call, const char *folder, int max, int *out_taken)
{
	const char *fresh = arena_printf(call->arena, "%s/new", folder).at;
	scoped(folder_close) DIR *entries = opendir(fresh);
	*out_taken = 0;
	if (!entries) return OK;
	for (struct dirent *entry; *out_taken < max && (entry = readdir(entries));) {
		ThreadMailEnd end;
		bool is_mail;
		if (entry->d_name[0] == '.') continue;
		ArenaMark mark = arena_mark(call->arena);
		const char *path = arena_printf(call->arena, "%s/%s", fresh, entry->d_name).at;
		TRY(take_file(call, path, TEXT(""), &end, &is_mail));
		if (unlink(path) != 0) return fail(call, IO, "%s cannot be removed", path);
		arena_release(call->arena, mark);
		++*out_taken;
	}
	return OK;
}
