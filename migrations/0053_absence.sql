-- Who is away from when until when, and who stands in. Why somebody is away is nobody's affair and is not stored.
CREATE TABLE absence (
  id         {id},
  ref        {text} NOT NULL UNIQUE,
  person_id  {ref person} NOT NULL,
  deputy_id  {ref person},
  from_at    {time} NOT NULL,
  until_at   {time} NOT NULL,
  entered_by {ref person} NOT NULL,
  entered_at {time} NOT NULL,
  begun_at   {time},
  ended_at   {time},
  CHECK (from_at < until_at),
  CHECK (deputy_id IS NULL OR deputy_id <> person_id)
) {strict};
CREATE INDEX absence_person ON absence (person_id, id);
CREATE INDEX absence_deputy ON absence (deputy_id, id) WHERE deputy_id IS NOT NULL;
CREATE INDEX absence_ahead ON absence (from_at) WHERE begun_at IS NULL AND ended_at IS NULL;
CREATE INDEX absence_running ON absence (until_at) WHERE begun_at IS NOT NULL AND ended_at IS NULL;

-- Who stands in for whom now.
CREATE VIEW standing_in AS
  SELECT person_id, deputy_id FROM absence WHERE begun_at IS NOT NULL AND ended_at IS NULL AND deputy_id IS NOT NULL;
