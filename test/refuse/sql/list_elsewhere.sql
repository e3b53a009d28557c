-- refused: the list :ids can only stand in
--: x_count(ids ints) -> one (n int)
SELECT count(*) FROM x WHERE id = :ids;
