-- refused: `changed` belongs to INSERT, UPDATE or DELETE
--: x_count() -> changed
SELECT count(*) FROM x;
