-- Public warnings in the library's search, beside advisories and on the same scale: position is where one stands among everything published.
-- is_indexed: its words are in the index; those from before this are put there by the job that delivers warnings.
ALTER TABLE warning_publication ADD COLUMN position {int} NOT NULL DEFAULT 0;
ALTER TABLE warning_publication ADD COLUMN is_indexed {bool} NOT NULL DEFAULT FALSE;
UPDATE warning_publication SET position = (published_at / 1000) * 1048576 + id % 1048576;
CREATE UNIQUE INDEX warning_publication_position ON warning_publication (position);
CREATE INDEX warning_publication_waiting ON warning_publication (id) WHERE is_indexed = FALSE AND withdrawn_at IS NULL;

--: for sqlite
CREATE VIRTUAL TABLE warning_search USING fts5(tokens, content='', columnsize=0, detail='none', tokenize='ascii tokenchars ''-._:''');
--: for postgres
CREATE TABLE warning_search (position BIGINT PRIMARY KEY, tokens TSVECTOR NOT NULL);
CREATE INDEX warning_search_tokens ON warning_search USING gin (tokens);
--: for both
