-- Statements on the tables that the tests of store/db make for themselves.

--: row SampleRow = id int, name text, note text?, count int?, flag bool, maybe_flag bool?, at time?, data bytes?, secret sealed

--: sample_add(name text, note text?, count int?, flag bool, maybe_flag bool?, at time?, data bytes?, secret sealed) -> one (id int)
INSERT INTO sample (name, note, count, flag, maybe_flag, at, data, secret)
VALUES (:name, :note, :count, :flag, :maybe_flag, :at, :data, :secret)
RETURNING id;

--: sample_find(id int) -> one SampleRow
SELECT {SampleRow} FROM sample WHERE id = :id;

--: sample_seek(name text) -> maybe SampleRow
SELECT {s.SampleRow} FROM sample s WHERE s.name = :name;

--: sample_list(after int, max int) -> many SampleRow
SELECT {SampleRow} FROM sample WHERE id > :after ORDER BY id LIMIT :max;

--: sample_each() -> each SampleRow
SELECT {SampleRow} FROM sample ORDER BY id;

--: sample_ids_of(names texts) -> many int
SELECT id FROM sample WHERE name IN (:names) ORDER BY id;

--: sample_names_but(ids ints) -> many text
SELECT name FROM sample WHERE id NOT IN (:ids) ORDER BY name;

--: sample_count() -> one (rows_in_all int)
SELECT count(*) FROM sample;

--: sample_rename(id int, name text) -> changed
UPDATE sample SET name = :name WHERE id = :id;

--: sample_bulk(name text, count int) -> nothing
INSERT INTO sample (name, count, flag) VALUES (:name, :count, FALSE);

--: sample_counter_add(id int, more int) -> one (count int)
UPDATE sample SET count = coalesce(count, 0) + :more WHERE id = :id RETURNING count;
