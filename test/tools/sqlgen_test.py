"""Tests of tools/sqlgen.py and tools/migrations.py.   python3 -m unittest discover -s test/tools -p '*_test.py'"""
import hashlib
import pathlib
import sys
import tempfile
import unittest

ROOT = pathlib.Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / 'tools'))
import migrations  # noqa: E402
import sqlgen  # noqa: E402


def texts(sql):
    """{database: text} of the first query of a file."""
    reader = sqlgen.Reader(sql)
    sqlgen.finish(reader.queries[0], reader.rows)
    return reader.queries[0].texts


class Refusals(unittest.TestCase):
    def test_every_sample_is_refused_with_its_message(self):
        samples = sorted((ROOT / 'test/refuse/sql').glob('*.sql'))
        self.assertGreater(len(samples), 30)
        for path in samples:
            with self.subTest(path.name):
                text = path.read_text()
                expected = text.splitlines()[0].removeprefix('-- refused: ')
                with self.assertRaises(sqlgen.Refused) as caught:
                    sqlgen.generate(path, text)
                self.assertIn(expected, str(caught.exception))

    def test_the_line_is_that_of_the_fault(self):
        with self.assertRaises(sqlgen.Refused) as caught:
            texts('--: x_find(a text) -> one (id int)\nSELECT id\nFROM x\nWHERE a LIKE :a;\n')
        self.assertEqual(caught.exception.line, 4)


class Texts(unittest.TestCase):
    def test_parameters_are_numbered_by_their_declaration(self):
        found = texts('--: x_move(id int, name text) -> changed\nUPDATE x SET name = :name WHERE id = :id AND name <> :name;')
        self.assertEqual(found['sqlite'], 'UPDATE x SET name = ?2 WHERE id = ?1 AND name <> ?2')
        self.assertEqual(found['postgres'], 'UPDATE x SET name = $2 WHERE id = $1 AND name <> $2')

    def test_a_row_becomes_its_columns_with_their_prefix(self):
        found = texts('--: row XRow = id int, name text\n--: x_list() -> many XRow\nSELECT {c.XRow} FROM x c ORDER BY c.id;')
        self.assertEqual(found['sqlite'], 'SELECT c.id, c.name FROM x c ORDER BY c.id')

    def test_words_differ_by_database(self):
        found = texts('--: x_take(max int) -> many int\nSELECT id FROM x ORDER BY id LIMIT :max {skip locked};')
        self.assertEqual(found['sqlite'], 'SELECT id FROM x ORDER BY id LIMIT ?1')
        self.assertEqual(found['postgres'], 'SELECT id FROM x ORDER BY id LIMIT $1 FOR UPDATE SKIP LOCKED')

    def test_lists_are_one_parameter(self):
        found = texts('--: x_names(ids ints, not_these texts) -> many text\nSELECT name FROM x WHERE id IN (:ids) AND name NOT IN (:not_these);')
        self.assertEqual(found['sqlite'], 'SELECT name FROM x WHERE id IN (SELECT value FROM json_each(?1)) AND name NOT IN (SELECT value FROM json_each(?2))')
        self.assertEqual(found['postgres'], 'SELECT name FROM x WHERE id = ANY ($1::bigint[]) AND name <> ALL ($2::text[])')

    def test_texts_and_comments_are_left_alone(self):
        found = texts("--: x_find() -> one (n int)\n-- :no LIKE now()\nSELECT 1 /* :none */ WHERE 'it''s :not LIKE' <> '';")
        self.assertEqual(found['sqlite'], "SELECT 1 WHERE 'it''s :not LIKE' <> ''")

    def test_each_database_may_have_its_own_text(self):
        found = texts('--: x_find(word text) -> many int\n--: for sqlite\nSELECT rowid FROM f WHERE f MATCH :word;\n'
                      '--: for postgres\nSELECT id FROM x WHERE words @@ to_tsquery(:word);')
        self.assertIn('MATCH ?1', found['sqlite'])
        self.assertIn('@@ to_tsquery($1)', found['postgres'])

    def test_an_annotation_may_go_on(self):
        found = texts('--: x_add(id int,\n--:   name text) -> nothing\nINSERT INTO x (id, name) VALUES (:id, :name);')
        self.assertTrue(found['sqlite'].endswith('VALUES (?1, ?2)'))

    def test_a_write_is_known_as_one(self):
        reader = sqlgen.Reader('--: x_put(id int, n int) -> nothing\nINSERT INTO x (id, n) VALUES (:id, :n) ON CONFLICT (id) DO UPDATE SET n = excluded.n;\n'
                               '--: x_find(id int) -> one (n int)\nSELECT n FROM x WHERE id = :id;\n'
                               '--: x_take() -> many int\nSELECT id FROM x {skip locked};\n')
        for query in reader.queries:
            sqlgen.finish(query, reader.rows)
        self.assertEqual([q.writes for q in reader.queries], [True, False, True])


class Migrations(unittest.TestCase):
    def setUp(self):
        self.folder = tempfile.TemporaryDirectory()
        self.addCleanup(self.folder.cleanup)

    def write(self, name, text):
        path = pathlib.Path(self.folder.name) / name
        path.write_text(text)
        return path

    def read(self, *paths):
        return migrations.read(list(paths))

    def test_words_become_types(self):
        (_, _, _, sql), = self.read(self.write('0001_x.sql', 'CREATE TABLE x (id {id}, y {ref y} NOT NULL, s {sealed}) {strict};\n'))
        self.assertEqual(sql['sqlite'], 'CREATE TABLE x (id INTEGER PRIMARY KEY, y INTEGER REFERENCES y(id) NOT NULL, s BLOB) STRICT;\n')
        self.assertIn('y BIGINT REFERENCES y(id) NOT NULL, s BYTEA)', sql['postgres'])

    def test_blocks_for_one_database(self):
        (_, _, _, sql), = self.read(self.write('0001_x.sql', '--: for sqlite\nA;\n--: for postgres\nB;\n--: for both\nC;\n'))
        self.assertEqual((sql['sqlite'], sql['postgres']), ('A;\nC;\n', 'B;\nC;\n'))

    def refused(self, message, *paths):
        with self.assertRaises(migrations.Refused) as caught:
            self.read(*paths)
        self.assertIn(message, str(caught.exception))

    def test_what_differs_is_refused(self):
        self.refused("'BLOB' differs", self.write('0001_x.sql', 'CREATE TABLE x (a BLOB);\n'))
        self.refused('unknown word {blob}', self.write('0001_x.sql', 'CREATE TABLE x (a {blob});\n'))
        self.refused('reads the clock', self.write('0001_x.sql', 'CREATE TABLE x (a {time} DEFAULT CURRENT_TIMESTAMP);\n'))
        self.refused('DEFERRABLE', self.write('0001_x.sql', 'CREATE TABLE x (a {ref y} DEFERRABLE INITIALLY DEFERRED);\n'))

    def test_numbers_are_unique(self):
        self.refused('number 0001 is taken', self.write('0001_x.sql', 'A;'), self.write('0001_y.sql', 'B;'))

    def test_what_was_released_stays(self):
        first = self.write('0001_x.sql', 'A;\n')
        digest = hashlib.sha256(first.read_bytes()).hexdigest()
        self.write('RELEASED', f'0001_x {digest}\n')
        self.assertEqual(len(self.read(first)), 1)
        self.write('0001_x.sql', 'B;\n')
        self.refused('was released and must not change', first)
        self.refused('was released and is gone', self.write('0002_y.sql', 'C;\n'))

    def test_new_numbers_lie_above_the_released_ones(self):
        second = self.write('0002_x.sql', 'A;\n')
        self.write('RELEASED', f'0002_x {hashlib.sha256(second.read_bytes()).hexdigest()}\n')
        self.refused('must have a number above 0002', self.write('0001_y.sql', 'B;\n'), second)


if __name__ == '__main__':
    unittest.main()
