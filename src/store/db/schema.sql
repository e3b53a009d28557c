-- What store/db remembers about itself.

--: row SchemaMigrationRow = number int, name text, checksum text

--: schema_migration_exists() -> one (tables int)
--: scans because SQLite's own list of tables has no index
--: for sqlite
SELECT count(*) FROM sqlite_master WHERE type = 'table' AND name = 'schema_migration';
--: for postgres
SELECT count(*) FROM pg_tables WHERE schemaname = current_schema() AND tablename = 'schema_migration';

--: schema_migration_list() -> many SchemaMigrationRow
--: scans because one row for each migration
SELECT {SchemaMigrationRow} FROM schema_migration ORDER BY number;

--: schema_migration_add(number int, name text, checksum text, applied_at time) -> nothing
INSERT INTO schema_migration (number, name, checksum, applied_at) VALUES (:number, :name, :checksum, :applied_at);
