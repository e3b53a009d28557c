-- refused: needs a row with a name
--: x_list() -> many (id int, name text)
SELECT id, name FROM x;
