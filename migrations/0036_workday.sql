-- Years of the official calendar as an administrator entered them; the newest entry of a year holds. spans: a line for each span of days.
CREATE TABLE workday_year (
  id         {id},
  year       {int} NOT NULL,
  source     {text} NOT NULL,
  spans      {text} NOT NULL,
  entered_by {ref person},
  entered_at {time} NOT NULL
) {strict};
CREATE INDEX workday_year_year ON workday_year (year, id);
CREATE INDEX workday_year_person ON workday_year (entered_by);
