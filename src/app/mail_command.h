/* mail_command: mail that comes in, from a file or a Maildir. */
#pragma once
#include "work/thread/thread_mail.h"

/* receive [--to ADDRESS] FILE…: a line for each, what became of it. INVALID after all were looked at, when one of them is no mail. */
must_use Error mail_command(Call *call, int argc, char **argv, FILE *out, FILE *talk);
/* Takes what lies in FOLDER/new of a Maildir, at most `max`, and removes it there; what cannot be taken now stays. No such folder: nothing. */
must_use Error mail_take_folder(Call *call, const char *folder, int max, int *out_taken);
