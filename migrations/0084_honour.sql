-- Recommendations for the honours of the ministry: the list of a year, what the rule of each honour proposes, and what was awarded.
CREATE TABLE honour_list (
  id          {id},
  ref         {text} NOT NULL UNIQUE,
  state       {text} NOT NULL,
  revision    {int} NOT NULL,
  seal_key    {int} NOT NULL,
  year        {int} NOT NULL,
  proposed_by {int} NOT NULL,
  letter      {text} NOT NULL,
  letter_on   {text} NOT NULL,
  award       {text} NOT NULL,
  award_on    {text} NOT NULL,
  updated_at  {time} NOT NULL
) {strict};
CREATE UNIQUE INDEX honour_list_year ON honour_list (year) WHERE state <> 'DROPPED';

CREATE TABLE honour (
  id              {id},
  ref             {text} NOT NULL UNIQUE,
  list_id         {ref honour_list} NOT NULL,
  code            {text} NOT NULL,
  place           {int} NOT NULL,
  organisation_id {ref organisation} NOT NULL,
  points          {int} NOT NULL,
  struck          {text} NOT NULL,
  UNIQUE (list_id, code, organisation_id)
) {strict};
CREATE INDEX honour_organisation ON honour (organisation_id, id);
