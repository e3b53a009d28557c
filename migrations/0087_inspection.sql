-- On-site inspections of the shortlisted: who comes when, what is looked at and found, photographs, what the applicant corrects.
-- Words, names of places and photographs are sealed with a key of the inspection.
CREATE TABLE inspection_place (
  id             {id},
  round_id       {ref selection_round} NOT NULL,
  application_id {ref application} NOT NULL UNIQUE,
  direction      {text} NOT NULL,
  place          {int} NOT NULL,
  is_short       {bool} NOT NULL
) {strict};
CREATE INDEX inspection_place_round ON inspection_place (round_id, place);

CREATE TABLE inspection (
  id             {id},
  ref            {text} NOT NULL UNIQUE,
  round_id       {ref selection_round} NOT NULL,
  application_id {ref application} NOT NULL UNIQUE,
  state          {text} NOT NULL,
  revision       {int} NOT NULL,
  seal_key       {int} NOT NULL,
  visit_at       {time},
  sealed_where   {sealed},
  outcome        {text} CHECK (outcome IN ('propose', 'correct', 'fail')),
  number         {int},
  closed_at      {time},
  created_at     {time} NOT NULL,
  updated_at     {time} NOT NULL,
  UNIQUE (round_id, number)
) {strict};

-- Who inspects: drawn (position in the draw's order) or chosen instead (position -1).
CREATE TABLE inspection_seat (
  id            {id},
  inspection_id {ref inspection} NOT NULL,
  seat          {int} NOT NULL CHECK (seat IN (1, 2)),
  person_id     {ref person} NOT NULL,
  position      {int} NOT NULL,
  seated_at     {time} NOT NULL,
  ended_at      {time},
  signed_at     {time}
) {strict};
CREATE UNIQUE INDEX inspection_seat_now ON inspection_seat (inspection_id, seat) WHERE ended_at IS NULL;
CREATE INDEX inspection_seat_inspection ON inspection_seat (inspection_id, id);
CREATE INDEX inspection_seat_person ON inspection_seat (person_id, inspection_id);

-- The checklist as it was when the inspection was planned.
CREATE TABLE inspection_item (
  id            {id},
  inspection_id {ref inspection} NOT NULL,
  name          {text} NOT NULL,
  text_zh       {text} NOT NULL,
  text_en       {text} NOT NULL,
  clause        {text} NOT NULL,
  UNIQUE (inspection_id, name)
) {strict};

-- What inspectors entered, one row for each save; nothing is written over. `seen`: the number of the entry that its author knew of.
CREATE TABLE inspection_entry (
  id             {id},
  ref            {text} NOT NULL UNIQUE,
  inspection_id  {ref inspection} NOT NULL,
  item           {text} NOT NULL,
  number         {int} NOT NULL,
  seen           {int} NOT NULL,
  client         {text} NOT NULL,
  person_id      {ref person} NOT NULL,
  verdict        {text} NOT NULL CHECK (verdict IN ('meets', 'minor', 'major', '')),
  days           {int} NOT NULL,
  sealed_content {sealed} NOT NULL,
  entered_at     {time} NOT NULL,
  UNIQUE (inspection_id, item, number),
  UNIQUE (inspection_id, client)
) {strict};
CREATE INDEX inspection_entry_person ON inspection_entry (person_id);

CREATE TABLE inspection_photo (
  id            {id},
  ref           {text} NOT NULL UNIQUE,
  inspection_id {ref inspection} NOT NULL,
  item          {text} NOT NULL,
  client        {text} NOT NULL,
  attachment_id {int} NOT NULL,
  person_id     {ref person} NOT NULL,
  taken_at      {time} NOT NULL,
  sealed_where  {sealed} NOT NULL,
  received_at   {time} NOT NULL,
  UNIQUE (inspection_id, client)
) {strict};
CREATE INDEX inspection_photo_person ON inspection_photo (person_id);

CREATE TABLE inspection_finding (
  id            {id},
  ref           {text} NOT NULL UNIQUE,
  inspection_id {ref inspection} NOT NULL,
  item          {text} NOT NULL,
  level         {text} NOT NULL CHECK (level IN ('minor', 'major')),
  state         {text} NOT NULL CHECK (state IN ('open', 'answered', 'closed')),
  days          {int} NOT NULL,
  sealed_answer {sealed},
  sealed_remark {sealed},
  answered_at   {time},
  closed_at     {time},
  closed_by     {int}
) {strict};
CREATE INDEX inspection_finding_inspection ON inspection_finding (inspection_id, id);

-- What was said with an action: arrangements, replacements with their reason, objections, answers.
CREATE TABLE inspection_statement (
  id            {id},
  ref           {text} NOT NULL UNIQUE,
  inspection_id {ref inspection} NOT NULL,
  action        {text} NOT NULL,
  person_id     {int} NOT NULL,
  sealed_values {sealed} NOT NULL,
  stated_at     {time} NOT NULL
) {strict};
CREATE INDEX inspection_statement_inspection ON inspection_statement (inspection_id, id);
