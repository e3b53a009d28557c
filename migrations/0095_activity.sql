-- Activities of the library: salons, campaigns, trainings, case collections. What a draft says is sealed; announced, everybody reads it. Who has
-- registered is known to the office and to whoever registered. A result counts when a second secretary has confirmed it.
CREATE TABLE activity (
  id            {id},
  ref           {text} NOT NULL UNIQUE,
  kind          {text} NOT NULL CHECK (kind IN ('salon', 'campaign', 'training', 'collection')),
  state         {text} NOT NULL,
  revision      {int} NOT NULL,
  seal_key      {int} NOT NULL,
  writer_id     {int} NOT NULL,
  sealed_values {sealed} NOT NULL,
  starts_at     {time} NOT NULL,
  ends_at       {time} NOT NULL,
  opens_at      {time} NOT NULL,
  closes_at     {time} NOT NULL,
  units_until   {time} NOT NULL,
  places        {int} NOT NULL,
  marked_by     {int} NOT NULL,
  reason        {text} NOT NULL,
  announced_at  {time},
  updated_at    {time} NOT NULL
) {strict};
CREATE INDEX activity_state ON activity (state, id);
CREATE INDEX activity_announced ON activity (id) WHERE announced_at IS NOT NULL;

CREATE TABLE activity_registration (
  id              {id},
  ref             {text} NOT NULL UNIQUE,
  activity_id     {ref activity} NOT NULL,
  person_id       {ref person} NOT NULL,
  organisation_id {ref organisation},
  is_unit         {bool} NOT NULL,
  is_placed       {bool} NOT NULL,
  has_come        {bool} NOT NULL,
  registered_at   {time} NOT NULL,
  cancelled_at    {time},
  UNIQUE (activity_id, person_id)
) {strict};
CREATE INDEX activity_registration_order ON activity_registration (activity_id, registered_at, id);
CREATE INDEX activity_registration_person ON activity_registration (person_id);
CREATE INDEX activity_registration_organisation ON activity_registration (organisation_id);

CREATE TABLE activity_result (
  id              {id},
  ref             {text} NOT NULL UNIQUE,
  activity_id     {ref activity} NOT NULL,
  organisation_id {ref organisation} NOT NULL,
  kind            {text} NOT NULL CHECK (kind IN ('attended', 'spoke', 'contributed', 'chosen')),
  what            {text} NOT NULL,
  done_at         {time} NOT NULL,
  entered_by      {int} NOT NULL,
  entered_at      {time} NOT NULL,
  confirmed_by    {int},
  confirmed_at    {time}
) {strict};
CREATE INDEX activity_result_activity ON activity_result (activity_id, id);
CREATE INDEX activity_result_organisation ON activity_result (organisation_id, id);
CREATE INDEX activity_result_confirmed ON activity_result (id) WHERE confirmed_at IS NOT NULL;
