-- refused: 'group_concat' exists in one database only
--: x_names() -> one (names text)
SELECT group_concat(name) FROM x;
