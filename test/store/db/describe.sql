-- What the databases say about their own tables.

--: row SchemaColumnRow = table_name text, name text, kind text, required bool

--: schema_columns() -> many SchemaColumnRow
--: for sqlite
SELECT t.name, c.name, c.type, c."notnull" OR c.pk > 0 FROM pragma_table_list t JOIN pragma_table_info(t.name) c
WHERE t.type = 'table' AND t.schema = 'main' AND t.name NOT IN ('sqlite_schema', 'sqlite_sequence', 'sqlite_stat1', 'sqlite_stat4') ORDER BY 1, 2;
--: for postgres
SELECT c.table_name::text, c.column_name::text, c.data_type::text, c.is_nullable = 'NO'
FROM information_schema.columns c JOIN information_schema.tables t ON t.table_schema = c.table_schema AND t.table_name = c.table_name
WHERE c.table_schema = current_schema() AND t.table_type = 'BASE TABLE' ORDER BY 1, 2;

--: schema_virtual_tables() -> many text
--: for sqlite
SELECT name FROM pragma_table_list WHERE type = 'virtual' AND schema = 'main';
--: for postgres
SELECT table_name::text FROM information_schema.tables WHERE FALSE;
