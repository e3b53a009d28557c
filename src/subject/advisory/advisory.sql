-- Published records, their documents and the search index.

--: row AdvisoryRow = id int, position int, identifier text, withdrawn bool, document text
--: row AdvisorySourceRow = id int, advisory_id int, form text, number text, digest text, updated_at time, is_current bool
--: row AdvisoryPackedRow = form text, number text, packed bytes
--: row AdvisoryRevisionRow = n int, revised_at time, author text, reason text, digest text

--: advisory_find_row(identifier text) -> one AdvisoryRow
SELECT {a.AdvisoryRow} FROM advisory_identifier i JOIN advisory a ON a.id = i.advisory_id WHERE i.identifier = :identifier;

--: advisory_load_row(id int) -> one AdvisoryRow
SELECT {AdvisoryRow} FROM advisory WHERE id = :id;

--: advisory_resolve_identifier(identifier text) -> maybe (advisory_id int)
SELECT advisory_id FROM advisory_identifier WHERE identifier = :identifier;

--: advisory_next_id() -> one (id int)
SELECT coalesce(max(id), 0) + 1 AS id FROM advisory;

-- Without RETURNING, which makes SQLite open a table of its own for each row: it cost more than all other work of an import together.
--: advisory_insert_row(id int, position int, identifier text, withdrawn bool, level text, published_at time, updated_at time, title_zh text,
--:   title_en text, document text) -> changed
INSERT INTO advisory (id, position, identifier, withdrawn, level, published_at, updated_at, title_zh, title_en, document)
VALUES (:id, :position, :identifier, :withdrawn, :level, :published_at, :updated_at, :title_zh, :title_en, :document)
ON CONFLICT (position) DO NOTHING;

--: advisory_update_row(id int, position int, identifier text, withdrawn bool, level text, published_at time, updated_at time, title_zh text,
--:   title_en text, document text) -> nothing
UPDATE advisory SET position = :position, identifier = :identifier, withdrawn = :withdrawn, level = :level, published_at = :published_at,
  updated_at = :updated_at, title_zh = :title_zh, title_en = :title_en, document = :document WHERE id = :id;

--: advisory_delete_row(id int) -> nothing
DELETE FROM advisory WHERE id = :id;

--: advisory_at_position(position int) -> maybe (id int)
SELECT id FROM advisory WHERE position = :position;

--: advisory_add_identifier(identifier text, advisory_id int) -> changed
INSERT INTO advisory_identifier (identifier, advisory_id) VALUES (:identifier, :advisory_id) ON CONFLICT (identifier) DO NOTHING;

--: advisory_clear_identifiers(advisory_id int) -> nothing
DELETE FROM advisory_identifier WHERE advisory_id = :advisory_id;

--: advisory_sources_of_number(form text, number text) -> many AdvisorySourceRow
SELECT {AdvisorySourceRow} FROM advisory_source WHERE number = :number AND form = :form ORDER BY updated_at DESC, digest DESC;

--: advisory_sources_of_record(advisory_id int) -> many AdvisorySourceRow
SELECT {AdvisorySourceRow} FROM advisory_source WHERE advisory_id = :advisory_id ORDER BY updated_at DESC, form, number, digest;

--: advisory_packed_of_record(advisory_id int, is_current bool) -> many AdvisoryPackedRow
SELECT {AdvisoryPackedRow} FROM advisory_source WHERE advisory_id = :advisory_id AND is_current = :is_current ORDER BY form, number;

--: advisory_add_source(advisory_id int, form text, number text, digest text, updated_at time, is_current bool, packed bytes) -> nothing
INSERT INTO advisory_source (advisory_id, form, number, digest, updated_at, is_current, packed)
VALUES (:advisory_id, :form, :number, :digest, :updated_at, :is_current, :packed);

--: advisory_retire_sources(advisory_id int, form text, number text, is_current bool) -> nothing
UPDATE advisory_source SET advisory_id = :advisory_id, is_current = :is_current WHERE number = :number AND form = :form;

--: advisory_follow_sources(advisory_id int, form text, number text, digest text, is_current bool) -> nothing
UPDATE advisory_source SET advisory_id = :advisory_id, is_current = :is_current WHERE number = :number AND form = :form AND digest <> :digest;

--: advisory_move_sources(from_id int, to_id int) -> nothing
UPDATE advisory_source SET advisory_id = :to_id WHERE advisory_id = :from_id;

--: advisory_add_revision(advisory_id int, revised_at time, author text, reason text, digest text) -> nothing
INSERT INTO advisory_revision (advisory_id, n, revised_at, author, reason, digest)
SELECT :advisory_id, coalesce(max(n), 0) + 1, :revised_at, :author, :reason, :digest FROM advisory_revision WHERE advisory_id = :advisory_id;

--: advisory_list_revisions(advisory_id int) -> many AdvisoryRevisionRow
SELECT {AdvisoryRevisionRow} FROM advisory_revision WHERE advisory_id = :advisory_id ORDER BY n DESC;

--: advisory_document(number text, form text, digest text) -> maybe (packed bytes)
SELECT packed FROM advisory_source WHERE number = :number AND form = :form AND digest = :digest;

--: advisory_index_tokens(position int, tokens text) -> nothing
--: for sqlite
INSERT INTO advisory_search (rowid, tokens) VALUES (:position, :tokens);
--: for postgres
INSERT INTO advisory_search (position, tokens) VALUES (:position, array_to_tsvector(string_to_array(:tokens, ' ')));

--: advisory_unindex_tokens(position int, tokens text) -> nothing
--: for sqlite
INSERT INTO advisory_search (advisory_search, rowid, tokens) VALUES ('delete', :position, :tokens);
--: for postgres
DELETE FROM advisory_search WHERE position = :position AND CAST(:tokens AS text) IS NOT NULL;

-- ---- The index by which others of the same vulnerability are found

--: row AdvisoryTextRow = id int, identifier text, published_at time, document text
--: row AdvisoryFollowRow = id int, advisory_id int

--: advisory_texts_between(from_id int, until_id int, is_withdrawn bool, most int) -> many AdvisoryTextRow
SELECT {AdvisoryTextRow} FROM advisory WHERE id >= :from_id AND id < :until_id AND withdrawn = :is_withdrawn ORDER BY id LIMIT :most;

--: advisory_texts_of(ids ints) -> many AdvisoryTextRow
SELECT {AdvisoryTextRow} FROM advisory WHERE id IN (:ids);

--: advisory_sources_after(id int, most int) -> many AdvisoryFollowRow
SELECT id, advisory_id FROM advisory_source WHERE id > :id ORDER BY id LIMIT :most;

--: advisory_greatest_id() -> one (id int, source int)
SELECT coalesce((SELECT max(id) FROM advisory), 0), coalesce((SELECT max(id) FROM advisory_source), 0);
