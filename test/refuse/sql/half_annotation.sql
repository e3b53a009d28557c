-- refused: this annotation ends in the middle
--: x_find(name text,
SELECT id FROM x WHERE name = :name;
