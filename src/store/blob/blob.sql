-- Sealed files.

--: row BlobRow = id int, matter int, name text, size int

--: blob_row(id int) -> one BlobRow
SELECT {BlobRow} FROM blob_file WHERE id = :id;

--: blob_by_name(name text) -> maybe BlobRow
SELECT {BlobRow} FROM blob_file WHERE name = :name;

--: blob_insert(matter int, name text, size int, created_at time) -> maybe BlobRow
INSERT INTO blob_file (matter, name, size, created_at) VALUES (:matter, :name, :size, :created_at) ON CONFLICT (name) DO NOTHING RETURNING {BlobRow};

--: blob_delete(id int) -> changed
DELETE FROM blob_file WHERE id = :id;

--: blob_page(after int, count int) -> many BlobRow
SELECT {BlobRow} FROM blob_file WHERE id > :after ORDER BY id LIMIT :count;
