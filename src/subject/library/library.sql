-- Lists of published records, newest first. `before` and `after` are positions.

--: row LibraryItem = position int, identifier text, withdrawn bool, level text, published_at time, updated_at time, title_zh text, title_en text

--: library_list_before(before int, max int) -> many LibraryItem
SELECT {LibraryItem} FROM advisory WHERE position < :before ORDER BY position DESC LIMIT :max;

--: library_list_after(after int, max int) -> many LibraryItem
SELECT {LibraryItem} FROM advisory WHERE position > :after ORDER BY position LIMIT :max;

--: library_search_before(tokens text, before int, max int) -> many LibraryItem
--: scans because the full-text index answers
--: for sqlite
SELECT {a.LibraryItem} FROM advisory_search s JOIN advisory a ON a.position = s.rowid
WHERE advisory_search MATCH '"' || replace(:tokens, ' ', '" "') || '"' AND s.rowid < :before ORDER BY s.rowid DESC LIMIT :max;
--: for postgres
SELECT {a.LibraryItem} FROM advisory_search s JOIN advisory a ON a.position = s.position
WHERE s.tokens @@ CAST('''' || replace(:tokens, ' ', ''' & ''') || '''' AS tsquery) AND s.position < :before ORDER BY s.position DESC LIMIT :max;

--: library_search_after(tokens text, after int, max int) -> many LibraryItem
--: scans because the full-text index answers
--: for sqlite
SELECT {a.LibraryItem} FROM advisory_search s JOIN advisory a ON a.position = s.rowid
WHERE advisory_search MATCH '"' || replace(:tokens, ' ', '" "') || '"' AND s.rowid > :after ORDER BY s.rowid LIMIT :max;
--: for postgres
SELECT {a.LibraryItem} FROM advisory_search s JOIN advisory a ON a.position = s.position
WHERE s.tokens @@ CAST('''' || replace(:tokens, ' ', ''' & ''') || '''' AS tsquery) AND s.position > :after ORDER BY s.position LIMIT :max;
