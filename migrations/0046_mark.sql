-- Copies that bear a mark: whose copy a photograph shows. `mark` is what the pattern says (40 random bits), copy_ref names the copy where it was made.
CREATE TABLE copy_mark (
  id               {id},
  mark             {int} NOT NULL UNIQUE,
  kind             {text} NOT NULL,
  subject_ref      {text} NOT NULL,
  copy_ref         {text} NOT NULL UNIQUE,
  person_id        {int},
  seal_key         {int} NOT NULL,
  sealed_recipient {sealed},
  made_at          {time} NOT NULL
) {strict};
