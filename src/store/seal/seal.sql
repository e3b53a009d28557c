-- Keys of matters, each wrapped by a generation of the master key.

--: row MatterKeyRow = id int, generation int?, wrapped bytes?

--: matter_key_find(id int) -> maybe MatterKeyRow
SELECT {MatterKeyRow} FROM matter_key WHERE id = :id;

--: matter_key_add(id int, generation int, wrapped bytes, created_at time) -> nothing
INSERT INTO matter_key (id, generation, wrapped, created_at) VALUES (:id, :generation, :wrapped, :created_at);

--: seal_generation_newest() -> one (generation int)
SELECT newest FROM seal_generation WHERE id = 1;

--: seal_generation_raise(generation int) -> changed
UPDATE seal_generation SET newest = :generation WHERE id = 1 AND newest < :generation;

--: matter_key_destroy(id int, destroyed_at time) -> changed
UPDATE matter_key SET generation = NULL, wrapped = NULL, destroyed_at = :destroyed_at WHERE id = :id AND wrapped IS NOT NULL;

--: matter_key_outdated(generation int, count int) -> many MatterKeyRow
SELECT {MatterKeyRow} FROM matter_key WHERE generation < :generation ORDER BY generation NULLS LAST, id LIMIT :count;

--: matter_key_rewrap(id int, from_generation int, to_generation int, wrapped bytes) -> changed
UPDATE matter_key SET generation = :to_generation, wrapped = :wrapped WHERE id = :id AND generation = :from_generation;

--: row MatterKeyUse = generation int, uses int

--: matter_key_use() -> many MatterKeyUse
--: scans because an administrator asks for it, seldom
SELECT generation, count(*) FROM matter_key WHERE generation IS NOT NULL GROUP BY generation ORDER BY generation;
