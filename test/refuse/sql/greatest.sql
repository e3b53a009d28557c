-- refused: 'greatest' treats NULL differently
--: x_top(a int, b int) -> one (n int)
SELECT greatest(:a, :b);
