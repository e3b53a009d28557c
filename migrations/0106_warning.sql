-- Warnings (风险提示 to everybody, 预警信息 to organisations): who wrote them, whom they are meant for, who was told and has signed for them.
-- Undisclosed until sent to everybody: title, text and reasons are sealed; what everybody may read are rows of their own, warning_publication.
-- organisation_id: the support unit that shared it; NULL: the library itself. newest: number of the text that was sent last; 0: none.
CREATE TABLE warning (
  id              {id},
  ref             {text} NOT NULL UNIQUE,
  state           {text} NOT NULL,
  revision        {int} NOT NULL,
  seal_key        {int} NOT NULL,
  organisation_id {ref organisation},
  author_id       {int} NOT NULL,
  writer_id       {int} NOT NULL,
  submitted_by    {int},
  submitted_at    {time},
  assessed_by     {int},
  corrector_id    {int},
  is_urgent       {bool} NOT NULL,
  casefile        {text} NOT NULL,
  number          {text} NOT NULL,
  newest          {int} NOT NULL,
  sealed_title    {sealed},
  sealed_values   {sealed},
  sealed_proposal {sealed},
  code            {text} NOT NULL,
  code_version    {int} NOT NULL,
  sealed_remark   {sealed},
  created_at      {time} NOT NULL,
  updated_at      {time} NOT NULL,
  sent_at         {time}
) {strict};
CREATE INDEX warning_state ON warning (state, id);
CREATE INDEX warning_organisation ON warning (organisation_id, id) WHERE organisation_id IS NOT NULL;

-- By role who may read one: the library not before a unit has handed it in, publishers not before it was assessed. Coordinator 64, publisher 256,
-- the system 262144. Members of the unit that shared it and of recipients read it besides.
CREATE VIEW warning_reader AS
  SELECT id AS warning_id, CASE WHEN organisation_id IS NOT NULL AND submitted_at IS NULL THEN 262144
    WHEN state IN ('DRAFT', 'SUBMITTED', 'REJECTED', 'DISCARDED') THEN 262208 ELSE 262464 END AS roles
  FROM warning;

-- Every text that was sent, 1 first.
CREATE TABLE warning_text (
  id            {id},
  warning_id    {ref warning} NOT NULL,
  n             {int} NOT NULL,
  sealed_values {sealed},
  sealed_reason {sealed},
  writer_id     {int} NOT NULL,
  sender_id     {int} NOT NULL,
  at            {time} NOT NULL,
  UNIQUE (warning_id, n)
) {strict};

-- Whom it is meant for; used_at: when that became recipients. What is added afterwards waits for a publisher.
CREATE TABLE warning_aim (
  id              {id},
  ref             {text} NOT NULL UNIQUE,
  warning_id      {ref warning} NOT NULL,
  kind            {text} NOT NULL CHECK (kind IN ('public', 'units', 'vendors', 'organisation')),
  direction       {text} NOT NULL,
  stars           {int} NOT NULL,
  product_id      {ref product},
  sealed_range    {sealed},
  organisation_id {ref organisation},
  added_by        {int} NOT NULL,
  added_at        {time} NOT NULL,
  used_at         {time}
) {strict};
CREATE INDEX warning_aim_warning ON warning_aim (warning_id, id);

-- Who is told, once for an organisation. remind_at: when its members are reminded next; NULL: never again.
CREATE TABLE warning_recipient (
  id              {id},
  ref             {text} NOT NULL UNIQUE,
  warning_id      {ref warning} NOT NULL,
  organisation_id {ref organisation} NOT NULL,
  sealed_why      {sealed},
  added_at        {time} NOT NULL,
  due_at          {time} NOT NULL,
  remind_at       {time},
  reminders       {int} NOT NULL,
  read_at         {time},
  acknowledged_at {time},
  acknowledged_by {int},
  statement       {text} NOT NULL,
  sealed_note     {sealed},
  stated_at       {time},
  UNIQUE (warning_id, organisation_id)
) {strict};
CREATE INDEX warning_recipient_organisation ON warning_recipient (organisation_id, id);
CREATE INDEX warning_recipient_remind ON warning_recipient (remind_at) WHERE remind_at IS NOT NULL;

-- The members it was sent to. tell: what they are to be told of next ("sent", "reminder", "changed", "withdrawn"); '': nothing waits.
CREATE TABLE warning_delivery (
  id           {id},
  recipient_id {ref warning_recipient} NOT NULL,
  person_id    {ref person} NOT NULL,
  tell         {text} NOT NULL,
  told_at      {time},
  read_at      {time},
  UNIQUE (recipient_id, person_id)
) {strict};
CREATE INDEX warning_delivery_waiting ON warning_delivery (id) WHERE tell <> '';

-- What everybody may read.
CREATE TABLE warning_publication (
  id           {id},
  warning_id   {ref warning} NOT NULL UNIQUE,
  number       {text} NOT NULL UNIQUE,
  n            {int} NOT NULL,
  what_zh      {text} NOT NULL,
  what_en      {text} NOT NULL,
  content      {text} NOT NULL,
  is_urgent    {bool} NOT NULL,
  published_at {time} NOT NULL,
  changed_at   {time} NOT NULL,
  withdrawn_at {time},
  reason       {text} NOT NULL
) {strict};
CREATE INDEX warning_publication_time ON warning_publication (published_at, id);

-- Earlier public texts, each with why the next one took its place.
CREATE TABLE warning_publication_text (
  id             {id},
  publication_id {ref warning_publication} NOT NULL,
  n              {int} NOT NULL,
  content        {text} NOT NULL,
  reason         {text} NOT NULL,
  at             {time} NOT NULL,
  UNIQUE (publication_id, n)
) {strict};

CREATE TABLE warning_count (
  year {key},
  last {int} NOT NULL
) {strict};

-- Limited warnings are numbered by a permutation of their own count.
CREATE TABLE warning_limited_count (
  year {key},
  last {int} NOT NULL
) {strict};
