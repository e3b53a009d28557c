/* What the files of this room share. */
#pragma once
#include "work/certificate/certificate.h"
#include "work/certificate/certificate.sql.h"

/* The signed PDF with `proof` in it. CONFIG: no key for documents. */
must_use Error certificate_draw(Call *call, const Certificate *certificate, Text proof, Text *out);
Text certificate_day(Arena *arena, int64_t at); /* "2026-03-05", in Beijing time */
Text certificate_address(Call *call, Text number); /* of its page in the register, absolute */
