/* wiring: what makes one program of the rooms: route tables, hooks, the shell. The server, tests and benchmarks use the same. */
#pragma once
#include "face/http/http.h"

/* Everything of HttpOptions that does not depend on how the server was started. */
void wire_http(Call *call, const House *house, HttpOptions *out);
