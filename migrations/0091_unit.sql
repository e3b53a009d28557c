-- Support units: who is one, in which direction, with how many stars and until when. `wish_*`: a decision that one secretary has entered and another
-- one confirms. What stands here is shown to everybody once the unit was admitted, but for probation and open reviews.
CREATE TABLE unit (
  id              {id},
  ref             {text} NOT NULL UNIQUE,
  state           {text} NOT NULL,
  revision        {int} NOT NULL,
  seal_key        {int} NOT NULL,
  organisation_id {ref organisation} NOT NULL,
  direction       {text} NOT NULL CHECK (direction IN ('technical', 'partner')),
  stars           {int} NOT NULL CHECK (stars BETWEEN 0 AND 5),
  from_at         {time} NOT NULL,
  until_at        {time} NOT NULL,
  admitted_at     {time},
  ended_at        {time},
  certificate     {text} NOT NULL,
  wish            {text} NOT NULL,
  wish_values     {text} NOT NULL,
  wish_by         {int} NOT NULL,
  review          {text} NOT NULL,
  reason          {text} NOT NULL,
  document        {text} NOT NULL,
  reminded        {int} NOT NULL,
  banned_until    {time},
  appeal_until    {time},
  updated_at      {time} NOT NULL
) {strict};
CREATE UNIQUE INDEX unit_running ON unit (organisation_id, direction) WHERE ended_at IS NULL;
CREATE INDEX unit_organisation ON unit (organisation_id, id);
CREATE INDEX unit_state ON unit (state, id);
CREATE INDEX unit_register ON unit (direction, stars, id) WHERE ended_at IS NULL AND admitted_at IS NOT NULL;
CREATE INDEX unit_former ON unit (id) WHERE ended_at IS NOT NULL AND admitted_at IS NOT NULL;
CREATE INDEX unit_until ON unit (until_at) WHERE ended_at IS NULL AND admitted_at IS NOT NULL;
