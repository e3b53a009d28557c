-- refused: '->>' reads JSON differently
--: x_field() -> one (name text)
SELECT data ->> 'name' FROM x;
