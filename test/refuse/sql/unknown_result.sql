-- refused: unknown result 'all'
--: x_find(name text) -> all XRow
SELECT id FROM x WHERE name = :name;
