-- refused: use {position}(text, part)
--: x_search(part text) -> one (n int)
SELECT count(*) FROM x WHERE instr(name, :part) > 0;
