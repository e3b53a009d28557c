/* background: the threads beside the server: the job runner, the ledger's sequencer, and the follower of the change sequence that
 * makes this node's reply cache forget what changed anywhere. */
#pragma once
#include "base/base/base.h"

typedef struct Background Background;
must_use Error background_start(Call *call, const House *house, Background **out);
void background_stop(Background **background); /* lets running work finish */
