-- Rounds of selection as data. What is edited stands in `head` and in items, each a JSON object of its form; `rules` is what was frozen of them on
-- publication, in the canonical form that the hash is of. Nothing here is secret for long, and nothing is personal.
CREATE TABLE selection_round (
  id           {id},
  ref          {text} NOT NULL UNIQUE,
  code         {text} NOT NULL UNIQUE,
  state        {text} NOT NULL,
  revision     {int} NOT NULL,
  seal_key     {int} NOT NULL,
  writer_id    {ref person} NOT NULL,
  head         {text} NOT NULL,
  rules        {text} NOT NULL,
  rules_sha256 {text} NOT NULL,
  rehearsed    {text} NOT NULL,
  reason       {text} NOT NULL,
  opens_at     {time},
  closes_at    {time},
  ends_at      {time},
  published_at {time},
  updated_at   {time} NOT NULL
) {strict};
CREATE INDEX selection_round_public ON selection_round (id) WHERE published_at IS NOT NULL;
CREATE INDEX selection_round_state ON selection_round (state, id);
CREATE INDEX selection_round_writer ON selection_round (writer_id);

CREATE TABLE round_item (
  id        {id},
  ref       {text} NOT NULL UNIQUE,
  round_id  {ref selection_round} NOT NULL,
  kind      {text} NOT NULL CHECK (kind IN ('direction', 'criterion', 'star', 'field')),
  content   {text} NOT NULL
) {strict};
CREATE INDEX round_item_round ON round_item (round_id, id);
