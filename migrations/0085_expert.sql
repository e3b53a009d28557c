-- Experts of selection panels. Who they are, where they work and what ties them to others is sealed with a key of their own; clear are states,
-- times and counts.
CREATE TABLE expert (
  id             {id},
  ref            {text} NOT NULL UNIQUE,
  person_id      {ref person} NOT NULL UNIQUE,
  state          {text} NOT NULL,
  revision       {int} NOT NULL,
  seal_key       {int} NOT NULL,
  sealed_profile {sealed} NOT NULL,
  sealed_reason  {sealed},
  served         {int} NOT NULL,
  declined       {int} NOT NULL,
  absent         {int} NOT NULL,
  created_at     {time} NOT NULL,
  updated_at     {time} NOT NULL
) {strict};
CREATE INDEX expert_state ON expert (state, id);

CREATE TABLE expert_relation (
  id             {id},
  ref            {text} NOT NULL UNIQUE,
  expert_id      {ref expert} NOT NULL,
  sealed_content {sealed} NOT NULL,
  declared_at    {time} NOT NULL,
  removed_at     {time}
) {strict};
CREATE INDEX expert_relation_expert ON expert_relation (expert_id, id);
