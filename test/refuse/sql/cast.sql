-- refused: '::' exists in PostgreSQL only; use CAST
--: x_count() -> one (n int)
SELECT count(*)::bigint FROM x;
