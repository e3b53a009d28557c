/* outbox_jobs: what sends mail and short messages, writes lists, and looks at what became of them. */
#pragma once
#include "store/job/job.h"

extern const JobKind mail_job, receive_job, sms_job, hook_job, list_job;
