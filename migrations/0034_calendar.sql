-- The secret address at which a person's calendar program reads their deadlines: at most one, stored hashed.
CREATE TABLE calendar_key (
  person_id    {key},
  token_hash   {bytes} NOT NULL UNIQUE,
  has_factor   {bool} NOT NULL,
  created_at   {time} NOT NULL,
  last_used_at {time}
) {strict};
