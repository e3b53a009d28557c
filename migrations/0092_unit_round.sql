-- Units whose decision comes from a round: the application it rests on.
CREATE TABLE unit_application (
  id             {id},
  unit_id        {ref unit} NOT NULL,
  application_id {ref application} NOT NULL UNIQUE,
  entered_at     {time} NOT NULL
) {strict};
CREATE INDEX unit_application_unit ON unit_application (unit_id, id);
