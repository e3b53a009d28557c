/* jobs: the kinds of work that runs beside the server, for `serve` and `worker` alike. */
#pragma once
#include "store/job/job.h"

extern const JobKind *const app_jobs[];
extern const size_t app_job_count;
