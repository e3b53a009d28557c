-- What operators have changed of src/store/setting/settings.def, and every value it ever had: matters keep the version they began under.
CREATE TABLE setting (
  id         {id},
  name       {text} NOT NULL UNIQUE,
  version    {int} NOT NULL CHECK (version > 0),
  value      {text} NOT NULL
) {strict};

CREATE TABLE setting_version (
  id         {id},
  setting_id {ref setting} NOT NULL,
  version    {int} NOT NULL,
  value      {text} NOT NULL,
  reason     {text} NOT NULL,
  person_id  {int},
  set_at     {time} NOT NULL,
  UNIQUE (setting_id, version)
) {strict};
