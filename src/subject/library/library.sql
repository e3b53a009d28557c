-- Lists of published records and public warnings, newest first. `before` and `after` are positions.

--: row LibraryItem = position int, identifier text, withdrawn bool, level text, published_at time, updated_at time, title_zh text, title_en text,
--:   kind text

--: library_list_before(before int, max int) -> many LibraryItem
SELECT a.position, a.identifier, a.withdrawn, a.level, a.published_at, a.updated_at, a.title_zh, a.title_en, 'advisory'
FROM advisory a WHERE a.position < :before ORDER BY a.position DESC LIMIT :max;

--: library_list_after(after int, max int) -> many LibraryItem
SELECT a.position, a.identifier, a.withdrawn, a.level, a.published_at, a.updated_at, a.title_zh, a.title_en, 'advisory'
FROM advisory a WHERE a.position > :after ORDER BY a.position LIMIT :max;

--: library_search_before(tokens text, before int, max int) -> many LibraryItem
--: scans because the full-text index answers
--: for sqlite
SELECT a.position, a.identifier, a.withdrawn, a.level, a.published_at, a.updated_at, a.title_zh, a.title_en, 'advisory'
FROM advisory_search s JOIN advisory a ON a.position = s.rowid
WHERE advisory_search MATCH '"' || replace(:tokens, ' ', '" "') || '"' AND s.rowid < :before ORDER BY s.rowid DESC LIMIT :max;
--: for postgres
SELECT a.position, a.identifier, a.withdrawn, a.level, a.published_at, a.updated_at, a.title_zh, a.title_en, 'advisory'
FROM advisory_search s JOIN advisory a ON a.position = s.position
WHERE s.tokens @@ CAST('''' || replace(:tokens, ' ', ''' & ''') || '''' AS tsquery) AND s.position < :before ORDER BY s.position DESC LIMIT :max;

--: library_search_after(tokens text, after int, max int) -> many LibraryItem
--: scans because the full-text index answers
--: for sqlite
SELECT a.position, a.identifier, a.withdrawn, a.level, a.published_at, a.updated_at, a.title_zh, a.title_en, 'advisory'
FROM advisory_search s JOIN advisory a ON a.position = s.rowid
WHERE advisory_search MATCH '"' || replace(:tokens, ' ', '" "') || '"' AND s.rowid > :after ORDER BY s.rowid LIMIT :max;
--: for postgres
SELECT a.position, a.identifier, a.withdrawn, a.level, a.published_at, a.updated_at, a.title_zh, a.title_en, 'advisory'
FROM advisory_search s JOIN advisory a ON a.position = s.position
WHERE s.tokens @@ CAST('''' || replace(:tokens, ' ', ''' & ''') || '''' AS tsquery) AND s.position > :after ORDER BY s.position LIMIT :max;

--: library_warning_list_before(before int, max int) -> many LibraryItem
SELECT w.position, w.number, FALSE, '', w.published_at, w.changed_at, w.what_zh, w.what_en, 'warning'
FROM warning_publication w WHERE w.position < :before AND w.withdrawn_at IS NULL ORDER BY w.position DESC LIMIT :max;

--: library_warning_list_after(after int, max int) -> many LibraryItem
SELECT w.position, w.number, FALSE, '', w.published_at, w.changed_at, w.what_zh, w.what_en, 'warning'
FROM warning_publication w WHERE w.position > :after AND w.withdrawn_at IS NULL ORDER BY w.position LIMIT :max;

--: library_warning_search_before(tokens text, before int, max int) -> many LibraryItem
--: scans because the full-text index answers
--: for sqlite
SELECT w.position, w.number, FALSE, '', w.published_at, w.changed_at, w.what_zh, w.what_en, 'warning'
FROM warning_search s JOIN warning_publication w ON w.position = s.rowid
WHERE warning_search MATCH '"' || replace(:tokens, ' ', '" "') || '"' AND s.rowid < :before ORDER BY s.rowid DESC LIMIT :max;
--: for postgres
SELECT w.position, w.number, FALSE, '', w.published_at, w.changed_at, w.what_zh, w.what_en, 'warning'
FROM warning_search s JOIN warning_publication w ON w.position = s.position
WHERE s.tokens @@ CAST('''' || replace(:tokens, ' ', ''' & ''') || '''' AS tsquery) AND s.position < :before ORDER BY s.position DESC LIMIT :max;

--: library_warning_search_after(tokens text, after int, max int) -> many LibraryItem
--: scans because the full-text index answers
--: for sqlite
SELECT w.position, w.number, FALSE, '', w.published_at, w.changed_at, w.what_zh, w.what_en, 'warning'
FROM warning_search s JOIN warning_publication w ON w.position = s.rowid
WHERE warning_search MATCH '"' || replace(:tokens, ' ', '" "') || '"' AND s.rowid > :after ORDER BY s.rowid LIMIT :max;
--: for postgres
SELECT w.position, w.number, FALSE, '', w.published_at, w.changed_at, w.what_zh, w.what_en, 'warning'
FROM warning_search s JOIN warning_publication w ON w.position = s.position
WHERE s.tokens @@ CAST('''' || replace(:tokens, ' ', ''' & ''') || '''' AS tsquery) AND s.position > :after ORDER BY s.position LIMIT :max;
