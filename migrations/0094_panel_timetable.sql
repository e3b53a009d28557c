-- When and where the applicants of a panel present themselves: hours follow from the drawn order. The place is sealed with a key of the draw.
CREATE TABLE panel_timetable (
  id            {id},
  panel_id      {ref panel} NOT NULL UNIQUE,
  starts_at     {time} NOT NULL,
  slot_minutes  {int} NOT NULL CHECK (slot_minutes > 0),
  break_minutes {int} NOT NULL CHECK (break_minutes >= 0),
  slots_a_day   {int} NOT NULL CHECK (slots_a_day > 0),
  sealed_place  {sealed} NOT NULL,
  set_by        {int} NOT NULL,
  set_at        {time} NOT NULL
) {strict};
