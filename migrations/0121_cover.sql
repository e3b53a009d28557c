-- Personal data that whoever sent it wanted to stay, with the reason: by the key of the matter, which a draft and its report have in common.
CREATE TABLE cover_keep (
  id            {id},
  seal_key      {int} NOT NULL,
  place         {text} NOT NULL,
  digest        {text} NOT NULL,
  counts        {text} NOT NULL,
  sealed_reason {sealed},
  person_id     {ref person},
  kept_at       {time} NOT NULL,
  UNIQUE (seal_key, place)
) {strict};
CREATE INDEX cover_keep_person ON cover_keep (person_id);
