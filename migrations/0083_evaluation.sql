-- The yearly evaluation of support units, which is their renewal: what the points rule proposes for each, and what became of it.
CREATE TABLE evaluation (
  id          {id},
  ref         {text} NOT NULL UNIQUE,
  state       {text} NOT NULL,
  revision    {int} NOT NULL,
  seal_key    {int} NOT NULL,
  year        {int} NOT NULL,
  rule        {int} NOT NULL,
  opened_by   {int} NOT NULL,
  proposed_by {int} NOT NULL,
  form_values {text} NOT NULL,
  updated_at  {time} NOT NULL
) {strict};
CREATE UNIQUE INDEX evaluation_year ON evaluation (year) WHERE state <> 'DROPPED';

CREATE TABLE evaluation_line (
  id              {id},
  evaluation_id   {ref evaluation} NOT NULL,
  unit_ref        {text} NOT NULL,
  organisation_id {ref organisation} NOT NULL,
  direction       {text} NOT NULL,
  points          {int} NOT NULL,
  last_at         {time} NOT NULL,
  stars_before    {int} NOT NULL,
  stars_after     {int} NOT NULL,
  decision        {text} NOT NULL,
  left_out        {text} NOT NULL,
  outcome         {text} NOT NULL CHECK (outcome IN ('', 'entered', 'done', 'failed')),
  UNIQUE (evaluation_id, unit_ref)
) {strict};
CREATE INDEX evaluation_line_organisation ON evaluation_line (organisation_id);
