-- Certificates of original finds: the list of a month, the finds on it, and what became of each. And who wants to stand in the ranking of finders.
ALTER TABLE certificate ADD COLUMN class {text} NOT NULL DEFAULT '';

CREATE TABLE find_list (
  id          {id},
  ref         {text} NOT NULL UNIQUE,
  state       {text} NOT NULL,
  revision    {int} NOT NULL,
  seal_key    {int} NOT NULL,
  month       {int} NOT NULL,
  rule        {int} NOT NULL,
  proposed_by {int} NOT NULL,
  document    {text} NOT NULL,
  updated_at  {time} NOT NULL
) {strict};
CREATE UNIQUE INDEX find_list_month ON find_list (month) WHERE state <> 'DROPPED';

CREATE TABLE find (
  id              {id},
  ref             {text} NOT NULL UNIQUE,
  list_id         {ref find_list} NOT NULL,
  state           {text} NOT NULL,
  revision        {int} NOT NULL,
  seal_key        {int} NOT NULL,
  report_id       {ref report} NOT NULL,
  casefile_id     {ref casefile} NOT NULL,
  person_id       {ref person} NOT NULL,
  organisation_id {int} NOT NULL,
  casefile        {text} NOT NULL,
  number          {text} NOT NULL,
  class           {text} NOT NULL,
  level           {text} NOT NULL,
  received_at     {time} NOT NULL,
  sealed_name     {sealed},
  sealed_struck   {sealed},
  certificate     {text} NOT NULL,
  wish_by         {int} NOT NULL,
  sealed_wish     {sealed},
  review          {text} NOT NULL,
  reason          {text} NOT NULL,
  updated_at      {time} NOT NULL
) {strict};
CREATE INDEX find_of_list ON find (list_id, id);
CREATE INDEX find_of_person ON find (person_id);
CREATE INDEX find_of_report ON find (report_id);
CREATE UNIQUE INDEX find_of_casefile ON find (casefile_id) WHERE state <> 'STRUCK';
CREATE INDEX find_in_state ON find (state, id);

CREATE TABLE ranking (
  person_id {ref person} NOT NULL PRIMARY KEY,
  joined_at {time} NOT NULL
) {strict};
