-- refused: 'CURRENT_TIMESTAMP' reads the clock
--: x_add(id int) -> nothing
INSERT INTO x (id, at) VALUES (:id, CURRENT_TIMESTAMP);
