-- refused: 'ILIKE' matches differently
--: x_search(part text) -> one (n int)
SELECT count(*) FROM x WHERE name ILIKE :part;
