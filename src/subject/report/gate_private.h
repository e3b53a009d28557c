/*
 * gate: before a visitor's report is taken. Instead of picture puzzles the sender's machine works a little: a signed challenge is solved by
 * finding a number for which SHA-256 of "CHALLENGE:NUMBER" begins with some zero bits; who runs no script waits some seconds instead. A
 * challenge is bound to one draft or one Idempotency-Key, so it serves for one report. Private to this room.
 */
#pragma once
#include "subject/report/report.h"

/* `purpose`: the draft's reference, or the Idempotency-Key. */
Text gate_challenge(Call *call, Text purpose);
int gate_bits(Call *call, Text purpose, Text challenge); /* -1: not one of ours for this purpose */
/* People with an account pass. INVALID with a problem at "solution": not solved and not waited for. */
must_use Error gate_check(Call *call, Text purpose, Text challenge, Text solution);

/* Inside the transaction of sending. sender NULL: the library itself, or its tests. TOO_MANY: over the limit of a day. */
must_use Error gate_limit(Call *call, const ReportSender *sender);
Text gate_sender(Call *call, const ReportSender *sender); /* keyed value of a visitor's address; no text for people with an account */
/* Why a visitor's report goes to the queue of what looks like spam: a word; no text: it does not. */
must_use Error gate_suspect(Call *call, const ReportSender *sender, const Map *values, Text digest, Text *out);
const char *gate_suspect_text(Text word); /* English source text; NULL: no such word */
