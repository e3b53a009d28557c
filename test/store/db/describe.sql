-- What the databases say about their own tables.

--: row SchemaColumnRow = table_name text, name text, kind text, required bool

--: schema_columns() -> many SchemaColumnRow
--: for sqlite
SELECT t.name, c.name, c.type, c."notnull" OR c.pk > 0 FROM pragma_table_list t JOIN pragma_table_info(t.name) c
WHERE t.type = 'table' AND t.schema = 'main' AND t.name NOT IN ('sqlite_schema', 'sqlite_sequence', 'sqlite_stat1', 'sqlite_stat4') ORDER BY 1, 2;
--: for postgres
SELECT table_name::text, column_name::text, data_type::text, is_nullable = 'NO' FROM information_schema.columns
WHERE table_schema = current_schema() ORDER BY 1, 2;

--: schema_virtual_tables() -> many text
--: for sqlite
SELECT name FROM pragma_table_list WHERE type = 'virtual' AND schema = 'main';
--: for postgres
SELECT table_name::text FROM information_schema.tables WHERE FALSE;
