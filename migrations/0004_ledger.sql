-- What happened, its leaf in the tree, and what the public can follow. Only the sequencer gives numbers.
CREATE TABLE ledger_event (
  id     {id},
  code   {text} NOT NULL UNIQUE,
  at     {time} NOT NULL,
  kind   {text} NOT NULL,
  ref    {text} NOT NULL,
  action {text} NOT NULL,
  actor  {int} NOT NULL,
  matter {int} NOT NULL REFERENCES matter_key (id),
  detail {sealed} NOT NULL
) {strict};
CREATE INDEX ledger_event_by_subject ON ledger_event (kind, ref, id);
CREATE INDEX ledger_event_by_action ON ledger_event (kind, ref, action, id);
CREATE INDEX ledger_event_by_actor ON ledger_event (actor, id);
CREATE INDEX ledger_event_by_kind ON ledger_event (kind, at, id);
CREATE INDEX ledger_event_by_word ON ledger_event (action, at, id);
CREATE INDEX ledger_event_by_time ON ledger_event (at, id);

CREATE TABLE ledger_leaf (
  id     {id},
  event  {int} NOT NULL UNIQUE REFERENCES ledger_event (id),
  hash   {bytes} NOT NULL,
  number {int} UNIQUE
) {strict};
CREATE INDEX ledger_leaf_waiting ON ledger_leaf (id) WHERE number IS NULL;

-- Roots of complete subtrees of two leaves and more.
CREATE TABLE ledger_node (
  level {int} NOT NULL,
  place {int} NOT NULL,
  hash  {bytes} NOT NULL,
  PRIMARY KEY (level, place)
) {keyed};

-- One row: how far the sequencer has come.
CREATE TABLE ledger_tree (
  id       {key} CHECK (id = 1),
  size     {int} NOT NULL,
  frontier {bytes},
  changes  {int} NOT NULL
) {strict};
INSERT INTO ledger_tree (id, size, changes) VALUES (1, 0, 0);

CREATE TABLE ledger_checkpoint (
  size {key},
  at   {time} NOT NULL,
  root {bytes} NOT NULL,
  note {text} NOT NULL
) {strict};

CREATE TABLE ledger_change (
  id     {id},
  kind   {text} NOT NULL,
  ref    {text} NOT NULL,
  at     {time} NOT NULL,
  number {int} UNIQUE
) {strict};
CREATE INDEX ledger_change_waiting ON ledger_change (id) WHERE number IS NULL;
