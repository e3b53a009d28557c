-- Work to be done later. A row that is finished is removed; ready_at is NULL for those given up (dead).
CREATE TABLE job (
  id            {id},
  ref           {text} NOT NULL UNIQUE,
  kind          {text} NOT NULL,
  once_key      {text} UNIQUE,
  payload       {sealed},
  ready_at      {time},
  fence         {int} NOT NULL,
  attempts      {int} NOT NULL,
  last_error    {text},
  created_at    {time} NOT NULL
) {strict};
CREATE INDEX job_ready ON job (ready_at, id) WHERE ready_at IS NOT NULL;
CREATE INDEX job_dead ON job (id) WHERE ready_at IS NULL;
