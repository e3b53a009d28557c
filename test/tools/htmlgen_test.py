#!/usr/bin/env python3
"""What the template compiler accepts, writes and refuses. Each file of test/refuse/html says in its first line what must be said about it:
<%# refuse: MESSAGE %> by the template compiler, <%# compiler: PATTERN %> by the C compiler about a wrong type."""
import pathlib
import re
import subprocess
import sys
import tempfile
import unittest

ROOT = pathlib.Path(__file__).resolve().parent.parent.parent
sys.path.insert(0, str(ROOT / 'tools'))
import htmlgen  # noqa: E402

TYPES = """#include "face/html/html.h"
typedef struct X { Text text; Markup markup; Url url; int64_t number; const char *string; bool yes; struct X *rows; size_t count; LIST_OF(Text) names; } X;
Text one(const X *v);
"""


def compiled(body, page='<%page x(const X *v)%>\n'):
    template = htmlgen.Template('src/subject/x/views/x.html', page + body)
    template.compile()
    return template.outputs()[1]


def sent(code):
    """The literal bytes of the generated C, in order."""
    return ''.join(re.findall(r'html_raw\(html, "((?:[^"\\]|\\.)*)"', code)).replace('\\n', '\n').replace('\\"', '"')


def check_c(code):
    """What gcc says about the page; the empty text when it compiles."""
    with tempfile.TemporaryDirectory() as folder:
        path = pathlib.Path(folder) / 'x.c'
        path.write_text(TYPES + re.sub(r'#include "[^"]*\.html\.h"|#line[^\n]*', '', code) + '\n')
        done = subprocess.run(['gcc', '-std=gnu17', '-D_GNU_SOURCE', '-Wall', '-Wextra', '-Wconversion', '-Werror', '-Wno-missing-prototypes', '-Wno-unused-parameter', '-fsyntax-only', f'-I{ROOT}/src', path],
                              capture_output=True, text=True)
        return done.stderr if done.returncode else ''


class Refuses(unittest.TestCase):
    def test_every_file_says_what_is_expected(self):
        files = sorted((ROOT / 'test/refuse/html').glob('*.html'))
        self.assertGreater(len(files), 60)
        for path in files:
            with self.subTest(path.name):
                kind, expected = re.match(r'<%# (refuse|compiler): (.*?) ?%>', path.read_text()).groups()
                if kind == 'refuse':
                    with self.assertRaises(htmlgen.Refused) as caught:
                        htmlgen.read(path)
                    message = str(caught.exception)
                    self.assertIn(expected.replace('% >', '%>'), message)
                    self.assertRegex(message, r'\.html:\d+: ')
                else:
                    said = check_c(htmlgen.read(path).outputs()[1])
                    self.assertRegex(said, 'error:')
                    self.assertRegex(said, expected)

    def test_the_line_of_the_fault_is_named(self):
        for before in ('', '<p>1</p>\n', '<%if v->yes%>\n1\n<%end%>\n', '<p class="a"\n id="b">1</p>\n'):
            with self.assertRaises(htmlgen.Refused) as caught:
                compiled(before + '<b></i>')
            self.assertIn(f':{2 + before.count(chr(10))}: ', str(caught.exception))

    def test_the_program_ends_with_the_message_and_writes_nothing(self):
        with tempfile.TemporaryDirectory() as folder:
            done = subprocess.run([sys.executable, ROOT / 'tools/htmlgen.py', ROOT / 'test/refuse/html/misnested.html', f'{folder}/x.h', f'{folder}/x.c'],
                                  capture_output=True, text=True)
            self.assertEqual(done.returncode, 1)
            self.assertIn('misnested.html:3: </b> stands where </i> is expected', done.stderr)
            self.assertEqual(list(pathlib.Path(folder).iterdir()), [])


class Writes(unittest.TestCase):
    def accept(self, body):
        code = compiled(body)
        self.assertEqual(check_c(code), '')
        return code

    def test_each_place_has_its_writer(self):
        code = self.accept('<a href="<%= v->url %>" class="<%= v->text %>"><%= v->text %><%= v->markup %><%= v->number %></a><textarea name="a"><%= v->text %></textarea>')
        self.assertIn('html_put_url(html, v->url);', code)
        self.assertIn('html_put_attribute(html, v->text);', code)
        self.assertIn('html_put(html, v->markup);', code)
        self.assertEqual(code.count('html_put_attribute(html, v->text);'), 2)

    def test_a_post_form_carries_the_csrf_field_first(self):
        code = self.accept('<form class="a" METHOD="POST" action="<%= v->url %>"><button>1</button></form>')
        self.assertRegex(code, r'html_csrf\(html\);\s+html_raw\(html, "<button>')
        self.assertNotIn('html_csrf', self.accept('<form method="get" action="/x"></form>'))
        self.assertNotIn('html_csrf', self.accept('<form action="/x"></form>'))
        self.assertEqual(self.accept('<form method="post" action="/a"></form><form method="post" action="/b"></form>').count('html_csrf'), 2)

    def test_blocks_become_c(self):
        code = self.accept('<%if v->yes%>1<%elif v->count > 2%>2<%else%>3<%end%><%for const X *row in v->rows, v->count%><i><%= row->text %></i><%else%>0<%end%>')
        self.assertIn('if (v->yes) {', code)
        self.assertIn('} else if (v->count > 2) {', code)
        self.assertIn('for (size_t at_row = 0; at_row < (v->count); at_row++) {', code)
        self.assertIn('if ((v->count) == 0) {', code)

    def test_a_list_needs_no_count(self):
        self.assertIn('(v->names).count', self.accept('<%for const Text *name in v->names%><%= *name %><%end%>'))

    def test_conditions_stand_between_and_in_attributes(self):
        code = self.accept('<input name="a"<%if v->yes%> checked<%end%> class="x<%if v->yes%> y<%else%> z<%end%>">')
        self.assertEqual(sent(code), '<input name="a" checked class="x y z">')

    def test_both_branches_may_set_the_same_attribute(self):
        self.accept('<p<%if v->yes%> class="a"<%else%> class="b"<%end%>>1</p>')
        with self.assertRaises(htmlgen.Refused):
            compiled('<p<%if v->yes%> class="a"<%end%> class="b">1</p>')

    def test_texts_are_listed_with_their_lines(self):
        template = htmlgen.Template('src/x.html', '<%page x(const X *v)%>\n<p title="<%_ "One" %>">\n<%_ "Two %s" v->text %></p>')
        template.compile()
        self.assertEqual(template.texts, [(2, 'One'), (3, 'Two %s')])

    def test_an_argument_is_written_for_its_place(self):
        self.assertIn('html_put(html, v->markup);', self.accept('<p><%_ "Due %s" v->markup %></p>'))
        self.assertIn('html_put_attribute(html, v->text);', self.accept('<p title="<%_ "Due %s" v->text %>">1</p>'))

    def test_text_may_be_marked_as_it_is_but_only_the_next_piece(self):
        self.accept('<p><%# as is: a name %>CVE<b>1</b></p><code>rm -r</code><kbd>Enter</kbd>')
        with self.assertRaises(htmlgen.Refused):
            compiled('<p><%# as is: a name %>CVE<b>Hello</b></p>')
        with self.assertRaises(htmlgen.Refused):
            compiled('<p><%# a remark %>CVE</p>')

    def test_textarea_and_pre_keep_a_first_empty_line(self):
        self.assertIn('<textarea name="a">\n', sent(self.accept('<textarea name="a"><%= v->text %></textarea>')))

    def test_white_space_of_text_and_of_pre(self):
        self.assertEqual(sent(self.accept('<p>\n\t\t1\n\n\t2</p>')), '<p>\n1\n2</p>')
        self.assertIn('1\n\t\t2', sent(self.accept('<pre>1\n\t\t2</pre>')).replace('\\t', '\t'))

    def test_nothing_surrounds_a_template(self):
        self.assertEqual(sent(self.accept('\n  <b>1</b>\n\n')), '<b>1</b>')

    def test_bytes_are_counted_not_characters(self):
        self.assertIn('html_raw(html, "·", 2);', compiled('·'))

    def test_messages_of_the_c_compiler_name_the_template(self):
        self.assertIn('#line 3 "src/subject/x/views/x.html"', compiled('<p>\n<%= v->text %></p>'))

    def test_a_part_calls_another_template(self):
        self.assertIn('page_row(html, v, 3);', compiled('<%part row(v, 3)%>'))
        self.assertIn('#include "subject/x/views/row.html.h"', compiled('<%part row(v, 3)%>'))
        self.assertIn('#include "face/html/views/cell.html.h"', compiled('<%part cell(v) from "face/html/views"%>'))

    def test_literal_addresses_are_accepted(self):
        self.accept('<a href="/x?a=1&amp;b=2#c">1</a><a href="https://example.org/">1</a><a href="mailto:a@example.org">1</a><a href="#b">1</a>')

    def test_the_includes_follow_the_page_tag(self):
        template = htmlgen.Template('src/subject/x/views/x.html', '<%page x(const X *v) uses "subject/x/x.h", "base/base/clock.h"%>1')
        template.compile()
        header, code = template.outputs()
        self.assertIn('#include "subject/x/x.h"\n#include "base/base/clock.h"\n', header)
        self.assertIn('void page_x(Html *html, const X *v);', header)
        self.assertIn('#include "subject/x/views/x.html.h"', code)


if __name__ == '__main__':
    unittest.main()
