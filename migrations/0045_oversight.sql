-- What stands between a casefile and its publication: embargo, freeze periods, early release; and whether the clock may be believed.

-- One embargo (暂缓公开期) for each casefile: until an exact instant, as it was written with its zone.
CREATE TABLE embargo (
  casefile_id   {ref casefile} NOT NULL PRIMARY KEY,
  n             {int} NOT NULL,
  state         {text} NOT NULL CHECK (state IN ('PROPOSED', 'ACCEPTED', 'REVISED', 'EXPIRED', 'ENDED')),
  ends_at       {time} NOT NULL,
  zone          {text} NOT NULL,
  proposed_by   {int} NOT NULL,
  proposed_at   {time} NOT NULL,
  sealed_reason {sealed},
  ended_at      {time}
) {strict};

-- What each participant answered to which version of it.
CREATE TABLE embargo_answer (
  id          {id},
  ref         {text} NOT NULL UNIQUE,
  casefile_id {ref casefile} NOT NULL,
  n           {int} NOT NULL,
  answer      {text} NOT NULL CHECK (answer IN ('accepted', 'revised', 'refused')),
  sealed_text {sealed},
  party_id    {int},
  report_id   {int},
  recorded_by {int} NOT NULL,
  answered_at {time} NOT NULL
) {strict};
CREATE INDEX embargo_answer_casefile ON embargo_answer (casefile_id, id);

-- Periods of major events (重大活动保障期): nothing is published in them without the consent of the Ministry of Public Security.
CREATE TABLE freeze_period (
  id         {id},
  ref        {text} NOT NULL UNIQUE,
  name       {text} NOT NULL,
  basis      {text} NOT NULL,
  from_at    {time} NOT NULL,
  until_at   {time} NOT NULL,
  entered_by {int} NOT NULL,
  entered_at {time} NOT NULL,
  ended_by   {int},
  ended_at   {time},
  CHECK (from_at < until_at)
) {strict};
CREATE INDEX freeze_period_until ON freeze_period (until_at) WHERE ended_at IS NULL;

CREATE TABLE freeze_consent (
  casefile_id   {ref casefile} NOT NULL,
  freeze_id     {ref freeze_period} NOT NULL,
  sealed_text   {sealed},
  recorded_by   {int} NOT NULL,
  recorded_at   {time} NOT NULL,
  PRIMARY KEY (casefile_id, freeze_id)
) {strict};

-- Publication before the provider's measure (Regulations, article 9(1)): consultation, reports to two ministries, their assessment, two approvals.
CREATE TABLE early_release (
  casefile_id         {ref casefile} NOT NULL PRIMARY KEY,
  ground              {text} NOT NULL CHECK (ground IN ('consulted', 'silence')),
  consulted_by        {int} NOT NULL,
  consulted_at        {time} NOT NULL,
  sealed_consultation {sealed},
  reported_at         {time},
  sealed_reports      {sealed},
  assessed_at         {time},
  is_permitted        {bool} NOT NULL,
  sealed_assessment   {sealed},
  first_by            {int},
  first_at            {time},
  second_by           {int},
  second_at           {time}
) {strict};

-- The highest time seen, and what each node's wall clock said against its boot clock.
CREATE TABLE time_state (
  id         {key},
  highest_at {time} NOT NULL,
  stopped_at {time},
  reason     {text}
) {strict};
CREATE TABLE time_node (
  node    {text} NOT NULL PRIMARY KEY,
  wall_at {time} NOT NULL,
  boot_ms {int} NOT NULL
) {strict};

-- Reports upward (上报): to whom, with which document, how often it was sent, and when the recipient acknowledged it.
CREATE TABLE upward_report (
  id              {id},
  ref             {text} NOT NULL UNIQUE,
  casefile_id     {ref casefile} NOT NULL,
  recipient       {text} NOT NULL CHECK (recipient IN ('national-platform', 'cncert', 'notification-centre')),
  sealed_sent     {sealed},
  sendings        {int} NOT NULL,
  sent_by         {int} NOT NULL,
  sent_at         {time} NOT NULL,
  next_at         {time} NOT NULL,
  sealed_answer   {sealed},
  acknowledged_at {time},
  UNIQUE (casefile_id, recipient)
) {strict};
CREATE INDEX upward_report_next ON upward_report (next_at) WHERE acknowledged_at IS NULL;
