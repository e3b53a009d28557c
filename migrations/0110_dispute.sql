-- Disputes: an appeal against a decision, its answer by somebody else, and the panel of experts that decides where the answer is not accepted.
-- What is written is sealed with the key of the report or of the party it is about: destroyed with that, it is gone as well.
CREATE TABLE dispute (
  id              {id},
  ref             {text} NOT NULL UNIQUE,
  place           {int} NOT NULL,
  state           {text} NOT NULL,
  revision        {int} NOT NULL,
  seal_key        {int} NOT NULL,
  against         {text} NOT NULL,
  subject         {text} NOT NULL,
  report_id       {int} REFERENCES report (id),
  casefile_id     {int} REFERENCES casefile (id),
  party_id        {int} REFERENCES party (id),
  person_id       {int} REFERENCES person (id),
  organisation_id {int} REFERENCES organisation (id),
  is_priority     {bool} NOT NULL,
  grounds         {text} NOT NULL,
  grounds_version {int} NOT NULL,
  decided_at      {time} NOT NULL,
  sealed_text     {sealed},
  answered_by     {int} REFERENCES person (id),
  answered_at     {time},
  sealed_answer   {sealed},
  sealed_request  {sealed},
  panel_size      {int} NOT NULL,
  outcome         {text} NOT NULL,
  is_tie          {bool} NOT NULL,
  ended_at        {time},
  opened_at       {time} NOT NULL,
  updated_at      {time} NOT NULL
) {strict};
CREATE UNIQUE INDEX dispute_once ON dispute (against, subject, decided_at) WHERE state <> 'WITHDRAWN';
CREATE UNIQUE INDEX dispute_place ON dispute (place);
CREATE INDEX dispute_in_state ON dispute (state, place);
CREATE INDEX dispute_of_person ON dispute (person_id, id);
CREATE INDEX dispute_of_organisation ON dispute (organisation_id, id);
CREATE INDEX dispute_of_report ON dispute (report_id);
CREATE INDEX dispute_of_casefile ON dispute (casefile_id);
CREATE INDEX dispute_of_party ON dispute (party_id);

-- The seats of a panel in the order of the draw. A seat that becomes free goes to the next one of the permutation.
CREATE TABLE dispute_seat (
  id          {id},
  dispute_id  {ref dispute} NOT NULL,
  ref         {text} NOT NULL UNIQUE,
  seat        {int} NOT NULL,
  person_id   {ref person} NOT NULL,
  state       {text} NOT NULL,
  drawn_at    {time} NOT NULL,
  signed_at   {time},
  voted_at    {time},
  sealed_vote {sealed}
) {strict};
CREATE UNIQUE INDEX dispute_seat_held ON dispute_seat (dispute_id, seat) WHERE state = 'HELD';
CREATE UNIQUE INDEX dispute_seat_once ON dispute_seat (dispute_id, person_id);
CREATE INDEX dispute_seat_of ON dispute_seat (person_id, state);

-- Who may read a dispute: coordinators; of a report its reporter or who holds its claim code; of a party its vendor. And whoever has a seat, until the
-- panel has decided. The one rule for every page, list, export and count.
CREATE VIEW dispute_reader AS
  SELECT d.id AS dispute_id, 64 AS roles, r.reporter_id AS person_id, r.claim AS claim, p.organisation_id AS organisation_id
  FROM dispute d LEFT JOIN report r ON r.id = d.report_id AND d.party_id IS NULL LEFT JOIN party p ON p.id = d.party_id
  WHERE NOT EXISTS (SELECT 1 FROM report i WHERE i.id = d.report_id AND i.state IN ('ISOLATED', 'WIPED'))
    AND NOT EXISTS (SELECT 1 FROM casefile c WHERE c.id = d.casefile_id AND c.state IN ('ISOLATED', 'WIPED'));
CREATE VIEW dispute_seat_reader AS
  SELECT d.id AS dispute_id, s.person_id AS expert_id
  FROM dispute_seat s JOIN dispute d ON d.id = s.dispute_id
  WHERE s.state = 'HELD' AND d.state = 'PANEL'
    AND NOT EXISTS (SELECT 1 FROM report i WHERE i.id = d.report_id AND i.state IN ('ISOLATED', 'WIPED'))
    AND NOT EXISTS (SELECT 1 FROM casefile c WHERE c.id = d.casefile_id AND c.state IN ('ISOLATED', 'WIPED'));

-- A rating may also be what a dispute ended in: who = 'expert' of a panel, 'appeal' of an answer.
--: for postgres
ALTER TABLE rating DROP CONSTRAINT rating_who_check;
ALTER TABLE rating ADD CONSTRAINT rating_who_check CHECK (who IN ('verifier', 'second', 'reporter', 'party', 'expert', 'appeal'));
--: for sqlite
CREATE TABLE rating_anew (
  id              {id},
  ref             {text} NOT NULL UNIQUE,
  casefile_id     {ref casefile} NOT NULL,
  who             {text} NOT NULL CHECK (who IN ('verifier', 'second', 'reporter', 'party', 'expert', 'appeal')),
  person_id       {int},
  organisation_id {int},
  technical_level {text} NOT NULL,
  level           {text},
  sealed_vectors  {sealed},
  rated_at        {time} NOT NULL
) {strict};
INSERT INTO rating_anew SELECT * FROM rating;
DROP TABLE rating;
ALTER TABLE rating_anew RENAME TO rating;
CREATE INDEX rating_casefile ON rating (casefile_id, id);
--: for both
