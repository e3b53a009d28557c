-- refused: INSERT OR …, REPLACE exist in SQLite only
--: x_add(id int) -> changed
INSERT OR IGNORE INTO x (id) VALUES (:id);
