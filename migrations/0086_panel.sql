-- The panels of a round: the pool of experts it was committed to, the public chance, who was drawn, what they signed, their sheets, and what was
-- corrected. Who an expert is, and every score, is sealed with a key of the round's draw; sheets are sealed twice, to a key that two of three keep.
CREATE TABLE panel_draw (
  id                 {id},
  round_id           {ref selection_round} NOT NULL UNIQUE,
  seal_key           {int} NOT NULL,
  root               {text} NOT NULL,
  size               {int} NOT NULL,
  source             {text} NOT NULL,
  source_at          {time} NOT NULL,
  frozen_by          {int} NOT NULL,
  frozen_at          {time} NOT NULL,
  entered            {text},
  entered_by         {int},
  value              {text},
  confirmed_by       {int},
  drawn_at           {time},
  seed               {text},
  permutation_sha256 {text},
  public_key         {text},
  key_by             {int},
  rehearsed_at       {time},
  opened_at          {time},
  locked_at          {time},
  published_at       {time},
  sealed_minutes     {sealed}
) {strict};
-- Whose dossier is not public yet.
CREATE INDEX panel_draw_locked ON panel_draw (locked_at) WHERE locked_at IS NOT NULL AND published_at IS NULL;

CREATE TABLE panel_share (
  id           {id},
  draw_id      {ref panel_draw} NOT NULL,
  name         {text} NOT NULL CHECK (name IN ('office', 'supervisor', 'envelope')),
  sealed_share {sealed},
  taken_by     {int},
  taken_at     {time},
  UNIQUE (draw_id, name)
) {strict};

CREATE TABLE panel_leaf (
  id             {id},
  draw_id        {ref panel_draw} NOT NULL,
  place          {int} NOT NULL,
  leaf           {text} NOT NULL,
  specialty      {int} NOT NULL,
  grouping       {text} NOT NULL,
  expert_id      {ref expert} NOT NULL,
  sealed_opening {sealed} NOT NULL,
  UNIQUE (draw_id, place)
) {strict};
CREATE INDEX panel_leaf_expert ON panel_leaf (expert_id);

CREATE TABLE panel (
  id               {id},
  ref              {text} NOT NULL UNIQUE,
  draw_id          {ref panel_draw} NOT NULL,
  direction        {text} NOT NULL,
  commitment       {text} NOT NULL,
  sealed_conflicts {sealed} NOT NULL,
  quorum           {int},
  UNIQUE (draw_id, direction)
) {strict};

CREATE TABLE panel_entry (
  id               {id},
  panel_id         {ref panel} NOT NULL,
  application_id   {ref application} NOT NULL UNIQUE,
  place            {int} NOT NULL,
  contribution     {int} NOT NULL,
  sealed_objective {sealed},
  objective_by     {int}
) {strict};
CREATE INDEX panel_entry_panel ON panel_entry (panel_id, id);

CREATE TABLE panel_seat (
  id        {id},
  panel_id  {ref panel} NOT NULL,
  place     {int} NOT NULL,
  position  {int} NOT NULL,
  expert_id {ref expert} NOT NULL,
  code      {text} NOT NULL CHECK (code IN ('taken', 'alternate', 'out')),
  seated_at {time} NOT NULL,
  UNIQUE (panel_id, expert_id)
) {strict};
CREATE INDEX panel_seat_expert ON panel_seat (expert_id, id);

CREATE TABLE panel_replacement (
  id          {id},
  panel_id    {ref panel} NOT NULL,
  place       {int} NOT NULL,
  reason      {text} NOT NULL CHECK (reason IN ('declined', 'absent', 'conflict')),
  sealed_note {sealed},
  person_id   {int} NOT NULL,
  made_at     {time} NOT NULL
) {strict};
CREATE INDEX panel_replacement_panel ON panel_replacement (panel_id, id);

-- Names of experts who are not to judge: by the applicant (three at most) and by the office; frozen with the pool.
CREATE TABLE panel_recusal (
  id             {id},
  ref            {text} NOT NULL UNIQUE,
  round_id       {ref selection_round} NOT NULL,
  application_id {ref application} NOT NULL,
  expert_id      {ref expert},
  sealed_content {sealed} NOT NULL,
  declared_by    {int} NOT NULL,
  declared_at    {time} NOT NULL
) {strict};
CREATE INDEX panel_recusal_application ON panel_recusal (application_id, id);
CREATE INDEX panel_recusal_round ON panel_recusal (round_id, id);
CREATE INDEX panel_recusal_expert ON panel_recusal (expert_id);

-- "No conflict", signed by a member for one application before anything of it can be read.
CREATE TABLE panel_oath (
  id             {id},
  application_id {ref application} NOT NULL,
  expert_id      {ref expert} NOT NULL,
  signed_at      {time} NOT NULL,
  UNIQUE (application_id, expert_id)
) {strict};
CREATE INDEX panel_oath_expert ON panel_oath (expert_id);

CREATE TABLE panel_sheet (
  id             {id},
  panel_id       {ref panel} NOT NULL,
  application_id {ref application} NOT NULL,
  expert_id      {ref expert} NOT NULL,
  number         {int} NOT NULL,
  commitment     {text} NOT NULL,
  box            {text} NOT NULL,
  is_paper       {bool} NOT NULL,
  committed_at   {time} NOT NULL,
  sealed_opened  {sealed},
  is_counted     {bool} NOT NULL,
  sealed_words   {sealed},
  UNIQUE (application_id, expert_id, number)
) {strict};
CREATE INDEX panel_sheet_panel ON panel_sheet (panel_id, id);
CREATE INDEX panel_sheet_expert ON panel_sheet (expert_id, id);

-- A printed sheet as the first of two people has typed it.
CREATE TABLE panel_paper (
  id             {id},
  application_id {ref application} NOT NULL,
  expert_id      {ref expert} NOT NULL,
  sealed_content {sealed} NOT NULL,
  entered_by     {int} NOT NULL,
  entered_at     {time} NOT NULL,
  UNIQUE (application_id, expert_id)
) {strict};
CREATE INDEX panel_paper_expert ON panel_paper (expert_id);

CREATE TABLE panel_correction (
  id                 {id},
  ref                {text} NOT NULL UNIQUE,
  panel_id           {ref panel} NOT NULL,
  application_id     {ref application} NOT NULL,
  expert_id          {ref expert} NOT NULL,
  criterion          {int} NOT NULL,
  reason             {text} NOT NULL CHECK (reason IN ('sum', 'range', 'objective', 'abnormal')),
  sealed_content     {sealed} NOT NULL,
  first_by           {int} NOT NULL,
  first_at           {time} NOT NULL,
  second_by          {int},
  second_at          {time}
) {strict};
CREATE INDEX panel_correction_panel ON panel_correction (panel_id, id);
CREATE INDEX panel_correction_application ON panel_correction (application_id);
CREATE INDEX panel_correction_expert ON panel_correction (expert_id);

-- A member signs the minutes, with a dissent or without.
CREATE TABLE panel_signing (
  id             {id},
  panel_id       {ref panel} NOT NULL,
  expert_id      {ref expert} NOT NULL,
  sealed_dissent {sealed},
  signed_at      {time} NOT NULL,
  UNIQUE (panel_id, expert_id)
) {strict};
CREATE INDEX panel_signing_expert ON panel_signing (expert_id);
