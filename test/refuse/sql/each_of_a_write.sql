-- refused: a write among reads is refused
--: row XRow = id int
--: x_clear() -> each XRow
DELETE FROM x RETURNING {XRow};
