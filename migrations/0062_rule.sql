-- Versions of the platform's rules after the first, which stands in the program; and when each version was filed with the authority.
CREATE TABLE rule_version (
  id          {id},
  name        {text} NOT NULL,
  number      {int} NOT NULL CHECK (number > 1),
  state       {text} NOT NULL CHECK (state IN ('proposed', 'in_force', 'refused')),
  text_zh     {text} NOT NULL,
  text_en     {text} NOT NULL,
  reason      {text} NOT NULL,
  proposed_by {int} NOT NULL,
  proposed_at {time} NOT NULL,
  decided_by  {int},
  decided_at  {time},
  UNIQUE (name, number),
  CHECK (decided_by IS NULL OR decided_by <> proposed_by),
  CHECK ((state = 'proposed') = (decided_at IS NULL))
) {strict};
CREATE UNIQUE INDEX rule_version_open ON rule_version (name) WHERE state = 'proposed';

CREATE TABLE rule_filing (
  name      {text} NOT NULL,
  number    {int} NOT NULL,
  filed_on  {text} NOT NULL,
  person_id {int} NOT NULL,
  at        {time} NOT NULL,
  PRIMARY KEY (name, number)
) {strict};
