-- How far imports have come.

--: row ImportFileRow = documents int, refused int, is_finished bool

--: import_file_find(digest text) -> maybe ImportFileRow
SELECT {ImportFileRow} FROM import_file WHERE digest = :digest;

--: import_file_save(digest text, documents int, refused int, is_finished bool, imported_at time) -> nothing
INSERT INTO import_file (digest, documents, refused, is_finished, imported_at) VALUES (:digest, :documents, :refused, :is_finished, :imported_at)
ON CONFLICT (digest) DO UPDATE SET documents = :documents, refused = :refused, is_finished = :is_finished, imported_at = :imported_at;
