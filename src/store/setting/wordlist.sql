-- Words of lists that differ from the built-in ones, in every version.

--: row WordRow = id int, code text, version int, text_zh text, text_en text, source_zh text, source_en text, is_retired bool, reason text, person_id int?, set_at time

--: word_newest(list text) -> many WordRow
SELECT {w.WordRow} FROM word w
WHERE w.list = :list AND NOT EXISTS (SELECT 1 FROM word n WHERE n.list = w.list AND n.code = w.code AND n.version > w.version) ORDER BY w.code LIMIT 500;

--: word_find(list text, code text, version int) -> maybe WordRow
SELECT {WordRow} FROM word WHERE list = :list AND code = :code AND version = :version;

--: word_find_newest(list text, code text) -> maybe WordRow
SELECT {WordRow} FROM word WHERE list = :list AND code = :code ORDER BY version DESC LIMIT 1;

--: word_page(list text, code text, before int, count int) -> many WordRow
SELECT {WordRow} FROM word WHERE list = :list AND code = :code AND version < :before ORDER BY version DESC LIMIT :count;

--: word_insert(list text, code text, version int, text_zh text, text_en text, source_zh text, source_en text, is_retired bool, reason text, person_id int?, at time) -> nothing
INSERT INTO word (list, code, version, text_zh, text_en, source_zh, source_en, is_retired, reason, person_id, set_at)
VALUES (:list, :code, :version, :text_zh, :text_en, :source_zh, :source_en, :is_retired, :reason, :person_id, :at);
