-- refused: 'case' cannot be a name in C
--: x_find(case text) -> one (id int)
SELECT id FROM x WHERE name = :case;
