#!/usr/bin/env python3
"""What tools/po_check.py finds, and what it lets pass."""
import pathlib
import subprocess
import sys
import tempfile
import unittest

ROOT = pathlib.Path(__file__).resolve().parent.parent.parent
HEAD = '# Chinese.\nmsgid ""\nmsgstr "Language: zh_CN\\n"\n'


class Tree:
    """A small source tree; run() gives the exit code and what was said."""

    def __init__(self, folder, po='', **files):
        self.root = pathlib.Path(folder)
        (self.root / 'po').mkdir()
        (self.root / 'po/zh.po').write_text(HEAD + po, encoding='utf-8')
        for name, text in files.items():
            path = self.root / 'src/base/base' / name.replace('_', '.')
            if name.endswith('html'):
                path = self.root / 'src/face/html/views' / name.replace('_', '.')
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding='utf-8')

    def run(self, *options):
        done = subprocess.run([sys.executable, ROOT / 'tools/po_check.py', '--root', self.root, *options], capture_output=True, text=True)
        return done.returncode, done.stdout + done.stderr

    def entries(self):
        return (self.root / 'po/zh.po').read_text(encoding='utf-8')


def entry(english, chinese, remark=''):
    return f'\n{remark}msgid "{english}"\nmsgstr "{chinese}"\n'


class PoCheck(unittest.TestCase):
    def tree(self, po='', **files):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        return Tree(folder.name, po, **files)

    def finds(self, expected, po='', **files):
        code, said = self.tree(po, **files).run()
        self.assertEqual(code, 1, said)
        self.assertIn(expected, said)

    def passes(self, po='', **files):
        code, said = self.tree(po, **files).run()
        self.assertEqual((code, said.strip()), (0, ''))

    def test_every_kind_of_text_is_seen(self):
        for text, files in {
            'By call': {'a_c': 'void f(void) { g(tr(call->lang, "By call")); }'},
            'By choice': {'a_c': 'Text x = tr(lang, yes ? "By choice" : "");'},
            'By mark': {'a_h': 'static const char *const x[] = { N_("By mark") };'},
            'In two pieces': {'a_c': 'Text x = tr(lang, "In two "\n\t"pieces");'},
            'By problem': {'a_c': 'call_problem(call, TEXT("field"), "By problem", TEXT("Other"));'},
            'By error': {'error_def': 'ERROR(NAME, 404, 66, "By error")'},
            'By template': {'a_html': '<%page a()%><p title="<%_ "By template" %>"></p>'},
            'In expression': {'a_html': '<%page a()%><p><%= part(html, tr(html->lang, "In expression")) %></p>'},
        }.items():
            with self.subTest(text):
                self.finds(f'no Chinese for "{text}"', **files)
                self.passes(entry(text, '中文'), **files)

    def test_what_is_no_text_is_not_asked_for(self):
        self.passes(a_c='/* tr(lang, "In a remark") */ // N_("Nor here")\n#define T(x) tr(lang, "Not a text")\nText a = TEXT("Constant"); f("plain"); call_problem(c, TEXT("field"), message, TEXT("x"));')

    def test_an_entry_nobody_uses(self):
        self.finds('nobody uses "Gone"', entry('Gone', '没有'), a_c='int x;')
        self.passes(entry('Gone', '没有', '# kept: written by a script\n'), a_c='int x;')
        self.passes(entry('In a table', '在表中'), a_c='ROW(1, "In a table")')

    def test_a_lost_value(self):
        self.finds('must keep its %s', entry('Due %s', '截止'), a_c='N_("Due %s")')

    def test_chinese_without_han_needs_a_reason(self):
        self.finds('has no Han character', entry('App', 'APP'), a_c='N_("App")')
        self.passes(entry('App', 'APP', '# as is: people say so\n'), a_c='N_("App")')
        self.passes(entry('%s %%', '%s %%'), a_c='N_("%s %%")')

    def test_chinese_takes_its_own_punctuation(self):
        self.finds('its own punctuation', entry('Wait, please', '请稍候,谢谢'), a_c='N_("Wait, please")')

    def test_order_and_doubles(self):
        code = 'N_("A") N_("B")'
        self.finds('"A" stands after "B"', entry('B', '乙') + entry('A', '甲'), a_c=code)
        self.finds('entered twice: "A"', entry('A', '甲') + entry('A', '甲') + entry('B', '乙'), a_c=code)

    def test_sorting_keeps_everything(self):
        tree = self.tree(entry('B', '乙') + entry('App', 'APP', '# as is: people say so\n'), a_c='N_("App") N_("B")')
        self.assertEqual(tree.run('--sort')[0], 0)
        self.assertEqual(tree.entries(), HEAD + entry('App', 'APP', '# as is: people say so\n') + entry('B', '乙'))
        self.assertEqual(tree.run()[0], 0)

    def test_the_missing_are_listed_as_entries_to_fill_in(self):
        code, said = self.tree(entry('A', '甲'), a_c='N_("A")\nN_("Say \\"B\\"")').run('--missing')
        self.assertEqual((code, said), (0, '#: src/base/base/a.c:2\nmsgid "Say \\"B\\""\nmsgstr ""\n'))


if __name__ == '__main__':
    unittest.main()
