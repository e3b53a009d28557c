-- refused: parameter never used: kind in the text for postgres
--: x_find(name text, kind text) -> one (id int)
--: for sqlite
SELECT id FROM x WHERE name = :name AND kind = :kind;
--: for postgres
SELECT id FROM x WHERE name = :name;
