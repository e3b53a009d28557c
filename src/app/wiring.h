/* wiring: what makes one program of the rooms: route tables, hooks, the shell. The server, tests and benchmarks use the same. */
#pragma once
#include "face/http/http.h"

/* Tells rooms what rooms above them know. Before anything is served, and before a command acts on matters. */
void wire_rooms(void);
/* Everything of HttpOptions that does not depend on how the server was started. */
void wire_http(Call *call, const House *house, HttpOptions *out);
