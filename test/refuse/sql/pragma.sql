-- refused: a statement starts with
--: x_tune() -> many int
PRAGMA cache_size;
