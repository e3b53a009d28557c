/*
 * control: one process owns a data folder. Another command with the same --data sends its arguments, its working folder and its two
 * streams over DIR/control.sock to the server, which runs it there and answers with the exit code.
 */
#pragma once
#include "app/command.h"

typedef struct Control Control;
/* Listens on DIR/control.sock (mode 0600; only the server's own user and root are heard). */
must_use Error control_start(Call *call, const House *house, Control **out);
void control_stop(Control **control); /* waits for running commands */
/* Runs argv in the server that owns the folder. NOT_FOUND: no server answers there. */
must_use Error control_run(Call *call, const char *data, Lang lang, int argc, char **argv, int *out_exit_code);
