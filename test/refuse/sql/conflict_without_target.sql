-- refused: ON CONFLICT needs its columns
--: x_add(id int) -> changed
INSERT INTO x (id) VALUES (:id) ON CONFLICT DO NOTHING;
