-- How far the import of a file has come; written in the same transaction as what was imported.
CREATE TABLE import_file (
  digest      {text} PRIMARY KEY,
  documents   {int} NOT NULL,
  refused     {int} NOT NULL,
  is_finished {bool} NOT NULL,
  imported_at {time} NOT NULL
) {keyed};
