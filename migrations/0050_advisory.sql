-- Published records: nothing here is sealed.
CREATE TABLE advisory (
  id           {id},
  position     {int} NOT NULL UNIQUE,
  identifier   {text} NOT NULL,
  withdrawn    {bool} NOT NULL,
  level        {text} NOT NULL,
  published_at {time} NOT NULL,
  updated_at   {time} NOT NULL,
  title_zh     {text} NOT NULL,
  title_en     {text} NOT NULL,
  document     {text} NOT NULL
) {strict};

-- Every identifier of a record, the canonical one too, in upper case.
CREATE TABLE advisory_identifier (
  identifier  {text} PRIMARY KEY,
  advisory_id {ref advisory} NOT NULL
) {keyed};
CREATE INDEX advisory_identifier_advisory ON advisory_identifier (advisory_id);

-- The documents a record comes from, as they came (zlib). Of one form and number, one is current.
CREATE TABLE advisory_source (
  id          {id},
  advisory_id {ref advisory} NOT NULL,
  form        {text} NOT NULL,
  number      {text} NOT NULL,
  digest      {text} NOT NULL,
  updated_at  {time} NOT NULL,
  is_current  {bool} NOT NULL,
  packed      {bytes} NOT NULL,
  UNIQUE (number, form, digest)
) {strict};
CREATE INDEX advisory_source_advisory ON advisory_source (advisory_id);

CREATE TABLE advisory_revision (
  id          {id},
  advisory_id {ref advisory} NOT NULL,
  n           {int} NOT NULL,
  revised_at  {time} NOT NULL,
  author      {text} NOT NULL,
  reason      {text} NOT NULL,
  digest      {text} NOT NULL,
  UNIQUE (advisory_id, n)
) {strict};

-- The search index: the tokens of engine/likeness, row id = position, so that newest first is the order of the index itself.
--: for sqlite
CREATE VIRTUAL TABLE advisory_search USING fts5(tokens, content='', columnsize=0, detail='none', tokenize='ascii tokenchars ''-._:''');
INSERT INTO advisory_search(advisory_search, rank) VALUES ('hashsize', 67108864);
--: for postgres
CREATE TABLE advisory_search (position BIGINT PRIMARY KEY, tokens TSVECTOR NOT NULL);
CREATE INDEX advisory_search_tokens ON advisory_search USING gin (tokens);
ALTER TABLE advisory_search ALTER COLUMN tokens SET STATISTICS 1000;
