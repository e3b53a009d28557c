-- Clocks, assignments, drafts, attachments and threads: what several subjects share. `machine` names the kind of the subject.
CREATE TABLE clock (
  id          {id},
  machine     {text} NOT NULL,
  subject_id  {int} NOT NULL,
  name        {text} NOT NULL,
  rule        {text} NOT NULL,
  limit_days  {int} NOT NULL,
  started_at  {time} NOT NULL,
  pauses      {text} NOT NULL,
  paused_at   {time},
  ended_at    {time},
  overdue_at  {time},
  due_at      {time} NOT NULL,
  provisional {bool} NOT NULL,
  reminded    {int} NOT NULL DEFAULT 0
) {strict};
CREATE INDEX clock_subject ON clock (machine, subject_id);
CREATE INDEX clock_running ON clock (due_at) WHERE ended_at IS NULL AND paused_at IS NULL AND overdue_at IS NULL;
CREATE INDEX clock_open ON clock (id) WHERE ended_at IS NULL;
CREATE UNIQUE INDEX clock_once ON clock (machine, subject_id, name) WHERE ended_at IS NULL;

CREATE TABLE assignment (
  id          {id},
  machine     {text} NOT NULL,
  subject_id  {int} NOT NULL,
  part        {text} NOT NULL,
  person_id   {int} NOT NULL,
  for_id      {int},
  assigned_at {time} NOT NULL,
  ended_at    {time}
) {strict};
CREATE UNIQUE INDEX assignment_one ON assignment (machine, subject_id, part) WHERE ended_at IS NULL;
CREATE INDEX assignment_person ON assignment (person_id, machine) WHERE ended_at IS NULL;
-- Whose task it is that a deputy (person_id) holds during an absence.
CREATE INDEX assignment_for ON assignment (for_id, machine) WHERE for_id IS NOT NULL AND ended_at IS NULL;

CREATE TABLE draft (
  id            {id},
  ref           {text} NOT NULL UNIQUE,
  form          {text} NOT NULL,
  form_version  {int} NOT NULL,
  person_id     {int},
  secret        {text},
  seal_key      {int} NOT NULL,
  sealed_values {sealed},
  updated_at    {time} NOT NULL,
  sent_machine  {text},
  sent_subject  {int},
  CHECK ((person_id IS NULL) <> (secret IS NULL))
) {strict};
CREATE INDEX draft_person ON draft (person_id, updated_at) WHERE sent_machine IS NULL;
CREATE UNIQUE INDEX draft_sent ON draft (sent_machine, sent_subject) WHERE sent_machine IS NOT NULL;

CREATE TABLE attachment (
  id                {id},
  ref               {text} NOT NULL UNIQUE,
  kind              {text} NOT NULL,
  subject_id        {int} NOT NULL,
  seal_key          {int} NOT NULL,
  person_id         {int},
  sealed_name       {sealed} NOT NULL,
  sealed_sha256     {sealed},
  sealed_inspection {sealed},
  content_type      {text} NOT NULL,
  size_bytes        {int} NOT NULL,
  received_bytes    {int} NOT NULL,
  is_finished       {bool} NOT NULL,
  created_at        {time} NOT NULL
) {strict};
CREATE INDEX attachment_subject ON attachment (kind, subject_id, id);

CREATE TABLE attachment_part (
  attachment_id {ref attachment} NOT NULL,
  offset_bytes  {int} NOT NULL,
  size_bytes    {int} NOT NULL,
  blob_id       {ref blob_file} NOT NULL,
  PRIMARY KEY (attachment_id, offset_bytes)
) {strict};
CREATE INDEX attachment_part_blob ON attachment_part (blob_id);

CREATE TABLE thread (
  id         {id},
  ref        {text} NOT NULL UNIQUE,
  machine    {text} NOT NULL,
  subject_id {int} NOT NULL,
  audience   {text} NOT NULL,
  seal_key   {int} NOT NULL,
  created_at {time} NOT NULL,
  UNIQUE (machine, subject_id, audience)
) {strict};

CREATE TABLE message (
  id          {id},
  ref         {text} NOT NULL UNIQUE,
  thread_id   {ref thread} NOT NULL,
  person_id   {int},
  sealed_body {sealed},
  files       {int} NOT NULL,
  sent_at     {time} NOT NULL
) {strict};
CREATE INDEX message_thread ON message (thread_id, id);

CREATE TABLE read_mark (
  thread_id  {ref thread} NOT NULL,
  person_id  {int} NOT NULL,
  message_id {int} NOT NULL,
  PRIMARY KEY (thread_id, person_id)
) {strict};
CREATE INDEX read_mark_person ON read_mark (person_id);
