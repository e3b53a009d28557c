-- Retention rules after the first version, which stands in the program; what is held back from them; what was done by them.
CREATE TABLE retention_rule (
  id          {id},
  ref         {text} NOT NULL UNIQUE,
  kind        {text} NOT NULL,
  version     {int} NOT NULL CHECK (version > 1),
  days        {int} NOT NULL,
  why_zh      {text} NOT NULL,
  why_en      {text} NOT NULL,
  basis_zh    {text} NOT NULL,
  basis_en    {text} NOT NULL,
  reason      {text} NOT NULL,
  state       {text} NOT NULL CHECK (state IN ('proposed', 'in_force', 'refused')),
  proposed_by {ref person} NOT NULL,
  proposed_at {time} NOT NULL,
  decided_by  {ref person},
  decided_at  {time},
  UNIQUE (kind, version),
  CHECK (decided_by IS NULL OR decided_by <> proposed_by),
  CHECK ((state = 'proposed') = (decided_at IS NULL))
) {strict};
CREATE UNIQUE INDEX retention_rule_open ON retention_rule (kind) WHERE state = 'proposed';
CREATE INDEX retention_rule_proposer ON retention_rule (proposed_by);
CREATE INDEX retention_rule_decider ON retention_rule (decided_by);

CREATE TABLE retention_hold (
  id            {id},
  ref           {text} NOT NULL UNIQUE,
  kind          {text} NOT NULL,
  matter        {text} NOT NULL,
  sealed_reason {sealed},
  until_at      {time} NOT NULL,
  state         {text} NOT NULL CHECK (state IN ('asked', 'held', 'refused', 'released')),
  asked_by      {ref person} NOT NULL,
  asked_at      {time} NOT NULL,
  decided_by    {ref person},
  decided_at    {time},
  released_by   {ref person},
  released_at   {time},
  CHECK (decided_by IS NULL OR decided_by <> asked_by)
) {strict};
CREATE UNIQUE INDEX retention_hold_matter ON retention_hold (kind, matter) WHERE state IN ('asked', 'held');
CREATE INDEX retention_hold_asker ON retention_hold (asked_by);
CREATE INDEX retention_hold_decider ON retention_hold (decided_by);
CREATE INDEX retention_hold_releaser ON retention_hold (released_by);

CREATE TABLE retention_run (
  id      {id},
  kind    {text} NOT NULL,
  version {int} NOT NULL,
  at      {time} NOT NULL,
  gone    {int} NOT NULL,
  held    {int} NOT NULL
) {strict};

-- By the time of the event that a rule counts from.
CREATE INDEX complaint_answered ON complaint (answered_at, id) WHERE state = 'answered' AND sealed_text IS NOT NULL;
CREATE INDEX report_refused ON report (updated_at, id) WHERE sealed_values IS NOT NULL AND state IN ('REJECTED', 'WITHDRAWN', 'DUPLICATE');
CREATE INDEX draft_touched ON draft (updated_at, id) WHERE sent_machine IS NULL;
CREATE INDEX inbox_time ON inbox (created_at, id);

-- What people ask for about their own data.
CREATE TABLE privacy_export (
  id         {id},
  ref        {text} NOT NULL UNIQUE,
  person_id  {ref person} NOT NULL,
  state      {text} NOT NULL CHECK (state IN ('asked', 'ready', 'gone')),
  seal_key   {int} NOT NULL,
  blob_id    {ref blob_file},
  size_bytes {int} NOT NULL,
  asked_at   {time} NOT NULL,
  ready_at   {time},
  expires_at {time},
  downloads  {int} NOT NULL,
  CHECK ((state = 'ready') = (blob_id IS NOT NULL))
) {strict};
CREATE UNIQUE INDEX privacy_export_open ON privacy_export (person_id) WHERE state = 'asked';
CREATE INDEX privacy_export_person ON privacy_export (person_id, id);
CREATE INDEX privacy_export_blob ON privacy_export (blob_id);
CREATE INDEX privacy_export_expiry ON privacy_export (expires_at, id) WHERE state = 'ready';

CREATE TABLE privacy_deletion (
  id        {id},
  ref       {text} NOT NULL UNIQUE,
  person_id {ref person} NOT NULL,
  credit    {text} NOT NULL CHECK (credit IN ('wished', 'anonymous')),
  state     {text} NOT NULL CHECK (state IN ('waiting', 'cancelled', 'done')),
  asked_at  {time} NOT NULL,
  due_at    {time} NOT NULL,
  ended_at  {time},
  CHECK ((state = 'waiting') = (ended_at IS NULL))
) {strict};
CREATE UNIQUE INDEX privacy_deletion_open ON privacy_deletion (person_id) WHERE state = 'waiting';
CREATE INDEX privacy_deletion_person ON privacy_deletion (person_id, id);
CREATE INDEX privacy_deletion_due ON privacy_deletion (due_at, id) WHERE state = 'waiting';

CREATE TABLE privacy_correction (
  id            {id},
  ref           {text} NOT NULL UNIQUE,
  person_id     {ref person} NOT NULL,
  field         {text} NOT NULL CHECK (field IN ('name', 'phone')),
  sealed_value  {sealed},
  sealed_reason {sealed},
  sealed_answer {sealed},
  state         {text} NOT NULL CHECK (state IN ('asked', 'accepted', 'refused')),
  asked_at      {time} NOT NULL,
  due_at        {time} NOT NULL,
  decided_by    {ref person},
  decided_at    {time},
  CHECK (decided_by IS NULL OR decided_by <> person_id),
  CHECK ((state = 'asked') = (decided_at IS NULL))
) {strict};
CREATE UNIQUE INDEX privacy_correction_open ON privacy_correction (person_id, field) WHERE state = 'asked';
CREATE INDEX privacy_correction_person ON privacy_correction (person_id, id);
CREATE INDEX privacy_correction_decider ON privacy_correction (decided_by);
CREATE INDEX privacy_correction_waiting ON privacy_correction (id) WHERE state = 'asked';

-- Reminders of requests whose time is nearly over, each once.
ALTER TABLE complaint ADD COLUMN reminded_at {time};
CREATE INDEX complaint_due ON complaint (due_at, id) WHERE state = 'received' AND reminded_at IS NULL;

-- Records of impact assessments: version after version, written by one and approved by another.
CREATE TABLE impact (
  id            {id},
  ref           {text} NOT NULL UNIQUE,
  state         {text} NOT NULL,
  revision      {int} NOT NULL,
  seal_key      {int} NOT NULL,
  version       {int} NOT NULL,
  sealed_values {sealed},
  written_by    {ref person} NOT NULL,
  approved_by   {ref person},
  approved_at   {time},
  reminded_at   {time},
  updated_at    {time} NOT NULL,
  CHECK (approved_by IS NULL OR approved_by <> written_by)
) {strict};
CREATE INDEX impact_writer ON impact (written_by);
CREATE INDEX impact_approver ON impact (approved_by);
CREATE INDEX impact_due ON impact (approved_at, id) WHERE state = 'APPROVED' AND reminded_at IS NULL;

CREATE TABLE impact_version (
  id            {id},
  impact_id     {ref impact} NOT NULL,
  version       {int} NOT NULL,
  sealed_values {sealed},
  written_by    {ref person} NOT NULL,
  approved_by   {ref person} NOT NULL,
  approved_at   {time} NOT NULL,
  UNIQUE (impact_id, version)
) {strict};
CREATE INDEX impact_version_writer ON impact_version (written_by);
CREATE INDEX impact_version_approver ON impact_version (approved_by);
