/* jobs: the kinds of work that runs beside the server, for `serve` and `worker` alike. */
#pragma once
#include "store/job/job.h"

/* Tells of every deadline that is near, ends today or is over; begins and ends absences. What the job does every minute. */
must_use Error jobs_tell_deadlines(Call *call);
extern const JobKind *const app_jobs[];
extern const size_t app_job_count;
