#!/usr/bin/env python3
"""Compiles a page template to C: htmlgen.py INPUT.html OUTPUT.html.h OUTPUT.html.c

The compiler follows the HTML as a browser does, so every value is written for the place it stands in; what no escaping makes
safe, what a browser would repair and what would stay untranslated is refused with file and line.

  <%page name(const View *v) uses "subject/x/x_view.h", "more.h"%>   first line; becomes void page_name(Html *html, const View *v)
  <%= expression %>                 a value: Text, number or Markup in text; Text or number in attributes; Url in addresses
  <%_ "English text" %>             translated; in text and in attributes
  <%_ "Due %s, as agreed" value %>  the same with one value, written for its place
  <%if c%> … <%elif c%> … <%else%> … <%end%>
  <%for const T *x in list, count%> … <%else%> (when there are none) … <%end%>     "in list" alone: a LIST_OF
  <%part other(arguments)%>         another template of the same folder; <%part other(a) from "face/html/views"%> of a different one
  <%# remark %>                     not sent;  <%# as is: reason %> lets the next piece of text stand untranslated

A template src/ROOM/views/NAME.html is included as "ROOM/views/NAME.html.h" (its path below src/, with .h).
POST forms receive their CSRF field by themselves; <textarea> and <pre> keep a first empty line."""
import html.entities
import pathlib
import re
import sys

VOID = set('area br col hr img input link meta source track wbr'.split())
REFUSED = {
    'style': 'styles belong into static/app.css: the Content-Security-Policy forbids them here',
    'base': 'it changes what every address means', 'iframe': 'nothing is framed', 'frame': 'nothing is framed',
    'frameset': 'nothing is framed', 'object': 'it runs foreign content', 'embed': 'it runs foreign content',
    'applet': 'it runs foreign content', 'xmp': 'use <pre>', 'plaintext': 'use <pre>', 'listing': 'use <pre>',
    'noembed': 'nothing is embedded', 'noframes': 'nothing is framed', 'template': 'scripts build nothing here',
    'foreignobject': 'it brings HTML into SVG', 'animate': 'it can rewrite addresses', 'set': 'it can rewrite addresses',
    'use': 'draw it in place', 'math': 'it changes how the rest is read', 'portal': 'nothing is framed',
}
URLS = set('href src action formaction cite poster data-autosave data-upload data-unread data-url'.split())
NO_VALUE = set('srcset imagesrcset ping background longdesc manifest data xlink:href method enctype target rel'.split())
SEEN = set('title placeholder alt label aria-label aria-description aria-roledescription aria-valuetext aria-placeholder'.split())
AS_IS = {'code', 'kbd', 'samp'}
RAW_TEXT = {'title', 'textarea'}  # only character references count in there
SCHEMES = ('http', 'https', 'mailto')
CLOSES_P = set('''address article aside blockquote details dialog div dl fieldset figcaption figure footer form h1 h2 h3 h4 h5 h6
    header hgroup hr main menu nav ol p pre search section table ul'''.split())
CHILDREN = {
    'table': {'caption', 'colgroup', 'thead', 'tbody', 'tfoot', 'tr'}, 'thead': {'tr'}, 'tbody': {'tr'}, 'tfoot': {'tr'},
    'tr': {'td', 'th'}, 'colgroup': {'col'}, 'ul': {'li'}, 'ol': {'li'}, 'select': {'option', 'optgroup', 'hr'},
    'optgroup': {'option'}, 'dl': {'dt', 'dd', 'div'}, 'option': set(), 'title': set(), 'textarea': set(), 'html': {'head', 'body'},
    'head': {'title', 'meta', 'link', 'script'},
}
PARENTS = {
    'li': {'ul', 'ol', 'menu'}, 'tr': {'table', 'thead', 'tbody', 'tfoot'}, 'td': {'tr'}, 'th': {'tr'}, 'dt': {'dl', 'div'},
    'dd': {'dl', 'div'}, 'option': {'select', 'optgroup', 'datalist'}, 'optgroup': {'select'}, 'summary': {'details'},
    'legend': {'fieldset'}, 'caption': {'table'}, 'thead': {'table'}, 'tbody': {'table'}, 'tfoot': {'table'}, 'figcaption': {'figure'},
    'head': {'html'}, 'body': {'html'},
}
NOT_INSIDE_ITSELF = {'form', 'a', 'button', 'label', 'main', 'select', 'option'}
NO_TEXT = {'table', 'thead', 'tbody', 'tfoot', 'tr', 'colgroup', 'ul', 'ol', 'select', 'optgroup', 'dl', 'html', 'head', 'svg'} - {'svg'}
REFERENCE = re.compile(r'&(#[0-9]{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]*);')
LETTER = re.compile(r'[^\W\d_]')
STRING = r'"((?:[^"\\]|\\.)*)"'


class Refused(Exception):
    pass


class Tokenizer:
    """Where in the HTML the next character stands. `out` receives the bytes to send, `form_opened` marks a POST form's start."""

    def __init__(self, out, form_opened):
        self.out, self.form_opened = out, form_opened
        self.state, self.stack = 'text', []  # the stack holds element names, outermost first
        self.name = self.attribute = self.quote = self.run = ''
        self.attributes, self.closing, self.as_is, self.value_seen = {}, False, False, False
        self.started = False

    # -- what the next template tag needs to know
    def snapshot(self):
        state = 'tag' if self.state == 'glued' else self.state
        return state, list(self.stack), self.name if state != 'text' else '', self.attribute if state == 'value' else ''

    def inside(self, name):
        return name in self.stack

    def settle(self):
        """Called before a template tag: a half-read name is complete, a piece of text ends."""
        if self.state == 'name':
            self.start_tag()
            self.state = 'glued'
        elif self.state == 'attribute':
            self.end_attribute()
        elif self.state == 'equals':
            raise Refused(f'{self.attribute}= needs quotes')
        elif self.state == 'declaration':
            raise Refused('comments would be sent to everybody: write <%# … %>')
        elif self.state in ('open', 'close', 'close_name'):
            raise Refused('a value cannot stand inside a tag: write tag names out')
        self.check_text()

    def feed(self, text):
        for position, char in enumerate(text):
            getattr(self, 'in_' + self.state)(char, text, position)
            self.started = True

    # -- states
    def in_text(self, char, text, position):
        raw = self.stack[-1] if self.stack and self.stack[-1] in RAW_TEXT | {'script'} else None
        if char == '<' and raw and not text[position:].lower().startswith('</' + raw):
            raise Refused(f'inside <{raw}> a < must be written &lt;' if raw != 'script' else
                          'a script has no body: the Content-Security-Policy forbids it; write a static file')
        if char == '<':
            self.check_text()
            self.state = 'open'
        else:
            if raw == 'script':
                raise Refused('a script has no body: the Content-Security-Policy forbids it; write a static file')
            self.run += char
            if char == '&':
                self.check_reference(text, position)
            self.out(char)

    def in_open(self, char, _text, _position):
        if char == '/':
            self.state, self.name = 'close', ''
        elif char == '!':
            self.state, self.name = 'declaration', ''
        elif char.isascii() and char.isalpha():
            self.state, self.name, self.attributes = 'name', char.lower(), {}
            self.out('<' + char)
        else:
            raise Refused('a bare < must be written &lt;')

    def in_declaration(self, char, _text, _position):
        self.name += char
        if self.name.startswith('-'):
            raise Refused('comments would be sent to everybody: write <%# … %>')
        if char == '>':
            if self.name.lower() != 'doctype html>' or self.stack:
                raise Refused('only <!doctype html> may stand here')
            self.out('<!' + self.name)
            self.state = 'text'

    def in_close(self, char, _text, _position):
        if not (char.isascii() and char.isalpha()):
            raise Refused('a bare < must be written &lt;')
        self.state, self.name = 'close_name', char.lower()

    def in_close_name(self, char, _text, _position):
        if char == '>':
            self.end_tag()
        elif char.isspace():
            raise Refused(f'write </{self.name}> without blanks')
        else:
            self.name += char.lower()

    def in_name(self, char, text, position):
        if char.isspace() or char in '/>':
            self.start_tag()
            self.state = 'tag'
            self.in_tag(char, text, position)
        elif re.match(r'[A-Za-z0-9-]', char):
            self.name += char.lower()
            self.out(char)
        else:
            raise Refused(f'"{char}" in a tag name')

    def in_glued(self, char, text, position):
        if not (char.isspace() or char in '/>'):
            raise Refused('a blank is missing before the next attribute')
        self.state = 'tag'
        self.in_tag(char, text, position)

    def in_tag(self, char, text, position):
        if char.isspace():
            self.out(' ' if position == 0 or not text[position - 1].isspace() else '')
        elif char == '/':
            if not text[position:].startswith('/>') or not self.inside('svg'):
                raise Refused(f'<{self.name} …/> is not HTML: close it with </{self.name}>, or write no slash after an element without content')
            self.closing = True
            self.out(char)
        elif char == '>':
            self.out(char)
            self.open_element()
        elif re.match(r'[A-Za-z]', char):
            self.state, self.attribute = 'attribute', char.lower()
            self.out(char)
        else:
            raise Refused(f'"{char}" inside <{self.name}>')

    def in_attribute(self, char, text, position):
        if re.match(r'[A-Za-z0-9:_.-]', char):
            self.attribute += char.lower()
            self.out(char)
        elif char == '=':
            self.start_attribute()
            self.state = 'equals'
            self.out(char)
        elif char.isspace() or char in '/>':
            self.end_attribute()
            self.in_glued(char, text, position)
        else:
            raise Refused(f'"{char}" in an attribute name')

    def in_equals(self, char, _text, _position):
        if char not in '"\'':
            raise Refused(f'{self.attribute}= needs quotes')
        self.state, self.quote, self.run, self.value_seen = 'value', char, '', False
        self.attributes[self.attribute] = ''
        self.out(char)

    def in_value(self, char, text, position):
        if char == self.quote:
            self.check_text()
            self.check_address()
            self.state = 'glued'
        else:
            if char == '<':
                raise Refused('a < in an attribute must be written &lt;')
            if char == '&':
                self.check_reference(text, position)
            self.run += char
            self.attributes[self.attribute] += char
        self.out(char)

    # -- events
    def start_tag(self):
        name, parent = self.name, self.stack[-1] if self.stack else None
        if name in REFUSED:
            raise Refused(f'<{name}> is refused: {REFUSED[name]}')
        if parent in CHILDREN and name not in CHILDREN[parent] and name != 'script':
            raise Refused(f'<{name}> cannot stand directly in <{parent}>: a browser would move it')
        if name in PARENTS and parent is not None and parent not in PARENTS[name]:
            raise Refused(f'<{name}> must stand directly in <{"> or <".join(sorted(PARENTS[name]))}>, not in <{parent}>')
        if name in NOT_INSIDE_ITSELF and name in self.stack:
            raise Refused(f'<{name}> inside <{name}>')
        if name in CLOSES_P and 'p' in self.stack and not set(self.stack) & {'td', 'button'}:
            raise Refused(f'<{name}> inside <p>: a browser ends the paragraph there')
        self.closing = False

    def start_attribute(self):
        name = self.attribute
        if name.startswith('on'):
            raise Refused(f'{name}= is refused: write a static script')
        if name in ('style', 'srcdoc', 'http-equiv'):
            raise Refused(f'{name}= is refused: ' + ('use a class' if name == 'style' else 'it brings its own rules'))
        if name in self.attributes:
            raise Refused(f'{name}= stands twice: a browser takes only the first')
        self.attributes[name] = ''

    def end_attribute(self):
        self.start_attribute()
        self.state = 'glued'

    def open_element(self):
        name = self.name
        if name == 'img' and 'alt' not in self.attributes:
            raise Refused('an <img> needs alt="", empty when it only decorates')
        if name == 'script' and 'src' not in self.attributes:
            raise Refused('a script has no body: the Content-Security-Policy forbids it; write a static file')
        self.state, self.run = 'text', ''
        if not self.closing and name not in VOID:
            self.stack.append(name)
        if name == 'form' and self.attributes.get('method', '').lower() == 'post':
            self.form_opened()
        if name in ('textarea', 'pre'):
            self.out('\n')  # the parser drops one line feed here; without this it would be the value's own

    def end_tag(self):
        if self.name in VOID:
            raise Refused(f'</{self.name}>: that element has no end')
        if not self.stack:
            raise Refused(f'</{self.name}> closes nothing')
        if self.stack[-1] != self.name:
            raise Refused(f'</{self.name}> stands where </{self.stack[-1]}> is expected')
        self.stack.pop()
        self.out(f'</{self.name}>')
        self.state, self.run = 'text', ''

    # -- checks
    def check_reference(self, text, position):
        match = REFERENCE.match(text, position)
        if not match or (match[1][0] != '#' and match[1] + ';' not in html.entities.html5):
            raise Refused('a bare & must be written &amp;')

    def check_text(self):
        """A literal piece of text has ended: it must not be words that nobody translates."""
        run, self.run = REFERENCE.sub('', self.run), ''
        excused, self.as_is = self.as_is, False
        where = None
        if self.state == 'value':
            if self.attribute in SEEN or (self.attribute == 'value' and self.attributes.get('type') in ('submit', 'button', 'reset')):
                where = f'{self.attribute}='
        elif self.state == 'text' and not set(self.stack) & AS_IS:
            where = 'text'
            if run.strip() and self.stack and self.stack[-1] in NO_TEXT:
                raise Refused(f'text cannot stand directly in <{self.stack[-1]}>: a browser would move it')
        if where and LETTER.search(run) and not excused:
            raise Refused(f'untranslated {where} "{run.strip()[:40]}": write <%_ "…" %>, or <%# as is: reason %> before it')

    def check_address(self):
        if self.attribute not in URLS | NO_VALUE or self.value_seen:
            return
        value = re.sub(r'[\x00-\x20]', '', html.unescape(self.attributes[self.attribute]))
        scheme = re.match(r'([^/?#:]*):', value)
        if scheme and scheme[1].lower() not in SCHEMES:
            raise Refused(f'{self.attribute}="{value[:30]}": only http, https and mailto addresses')


class Template:
    """One template while it is compiled."""

    def __init__(self, path, source):
        self.path, self.source, self.line = path, source, 1
        self.place = Tokenizer(self.literal, self.csrf)
        self.body, self.pending, self.indent, self.blocks, self.keeps_space = [], '', 1, [], False
        self.head, self.includes, self.texts, self.expressions = None, [], [], []

    # -- output
    def literal(self, text):
        keeps = bool({'pre', 'textarea'} & set(self.place.stack))
        if keeps != self.keeps_space:
            self.flush()
            self.keeps_space = keeps
        self.pending += text

    def flush(self):
        text, self.pending = self.pending, ''
        if not self.keeps_space:
            text = re.sub(r'[ \t]*\n\s*', '\n', text)
        if text:
            quoted = text.replace('\\', '\\\\').replace('"', '\\"').replace('\t', '\\t').replace('\n', '\\n')
            self.emit(f'html_raw(html, "{quoted}", {len(text.encode())});')

    def emit(self, statement):
        self.body.append('\t' * self.indent + statement)

    def code(self, statement):
        """A statement of the template's author: a compiler's message about it names the template's line."""
        self.flush()
        self.body.append(f'#line {self.line} "{self.path}"')
        self.emit(statement)

    def csrf(self):
        self.flush()
        self.emit('html_csrf(html);')

    # -- template tags
    def writer(self):
        place = self.place
        if place.state == 'text':
            if place.stack and place.stack[-1] == 'script':
                raise Refused('no value may stand in <script>')
            if place.stack and place.stack[-1] in NO_TEXT:
                raise Refused(f'a value cannot stand directly in <{place.stack[-1]}>: a browser would move it')
            raw = place.stack and place.stack[-1] in RAW_TEXT | {'option'}
            return 'html_put_attribute' if raw else 'html_put'
        if place.state != 'value':
            raise Refused('a value cannot stand inside a tag: only in quoted attribute values and in text')
        if place.attribute in NO_VALUE:
            raise Refused(f'{place.attribute}= takes no value: write it out')
        if place.attribute not in URLS:
            return 'html_put_attribute'
        if place.attributes[place.attribute] or place.value_seen:
            raise Refused(f'{place.attribute}= must begin with its value, a whole Url: build it with url_local()')
        return 'html_put_url'

    def tag(self, tag):
        self.place.settle()
        word = re.match(r'[=_#]|\w+', tag)
        handler = {'=': 'value', '_': 'translation', '#': 'remark'}.get(word[0] if word else '', word[0] if word else '')
        method = getattr(self, 'tag_' + handler, None)
        if not method:
            raise Refused(f'unknown tag <%{tag}%>')
        if not self.head and handler not in ('page', 'remark'):
            raise Refused('the first tag must be <%page name(arguments) uses "header.h"%>')
        method(tag[len(word[0]):].strip())
        self.place.started |= handler not in ('page', 'remark')

    def tag_page(self, rest):
        match = re.fullmatch(r'(\w+)\((.*)\)(?:\s+uses\s+(.+))?', rest, re.S)
        if not match or self.head:
            raise Refused('write one <%page name(arguments) uses "header.h"%>')
        self.head = match[1], match[2].strip()
        self.includes = re.findall(r'"([^"]+)"', match[3] or '')

    def tag_value(self, rest):
        writer = self.writer()
        if self.place.name == 'script' and self.place.state == 'value' and self.place.attribute == 'src' and not rest.startswith('asset_url('):
            raise Refused('the src of a script must be asset_url("…")')
        self.place.value_seen = True
        self.code(f'{writer}(html, {self.expression(rest)});')

    def tag_translation(self, rest):
        match = re.match(STRING + r'\s*(.*)', rest, re.S)
        if not match:
            raise Refused('<%_ needs a literal: <%_ "English text" %>')
        text, value = match[1], match[2].strip()
        writer = self.writer()
        if writer == 'html_put_url':
            raise Refused('a text is not an address')
        if text.count('%s') != (1 if value else 0) or re.search(r'%(?!s|%)', text):
            raise Refused('a translated text has one %s when a value follows, else none')
        self.place.value_seen = True
        self.texts.append((self.line, text))
        if not value:
            self.code(f'html_translate(html, "{text}");')
            return
        self.code(f'html_translate_before(html, "{text}");')
        self.emit(f'{writer}(html, {self.expression(value)});')
        self.emit(f'html_translate_after(html, "{text}");')

    def tag_remark(self, rest):
        if rest.startswith('as is:'):
            if self.place.state not in ('text', 'value'):
                raise Refused('<%# as is: … %> stands before text')
            self.place.as_is = True

    def open_block(self, kind, count=''):
        if self.place.state == 'value' and self.place.attribute in URLS | NO_VALUE:
            raise Refused(f'no block inside {self.place.attribute}=: write the whole attribute in each branch')
        self.blocks.append({'kind': kind, 'place': self.place.snapshot(), 'count': count, 'line': self.line, 'state': self.place.state,
                            'attributes': dict(self.place.attributes), 'after': dict(self.place.attributes), 'glued': self.place.state == 'glued',
                            'else': False})
        self.indent += 1

    def next_branch(self, what, kinds):
        if not self.blocks or self.blocks[-1]['kind'] not in kinds or self.blocks[-1]['else']:
            raise Refused(f'<%{what}%> belongs to no block')
        block = self.blocks[-1]
        if self.place.snapshot() != block['place']:
            raise Refused(f'the block of line {block["line"]} must end where it began in the HTML: same element, same attribute')
        if 'method' in self.place.attributes and 'method' not in block['attributes'] and self.place.state in ('tag', 'glued'):
            raise Refused('method= must not depend on a condition')
        self.flush()
        block['after'].update(self.place.attributes)
        block['glued'] |= self.place.state == 'glued'
        if block['place'][0] in ('tag', 'value'):
            self.place.attributes = dict(block['attributes'])
        self.place.state = block['state']
        return block

    def tag_if(self, rest):
        self.code(f'if ({self.expression(rest)}) {{')
        self.open_block('if')

    def tag_elif(self, rest):
        self.next_branch('elif', ('if',))
        self.indent -= 1
        self.code(f'}} else if ({self.expression(rest)}) {{')
        self.indent += 1

    def tag_for(self, rest):
        match = re.fullmatch(r'(.+?[*\s])(\w+)\s+in\s+(.+)', rest, re.S)
        if not match or '*' not in match[1]:
            raise Refused('write <%for const T *x in list, count%> or, for a LIST_OF, <%for const T *x in list%>')
        item, parts = match[2], self.split(match[3])
        if len(parts) > 2:
            raise Refused('write <%for const T *x in list, count%>')
        array, count = parts if len(parts) == 2 else (f'({parts[0]}).at', f'({parts[0]}).count')
        self.code(f'for (size_t at_{item} = 0; at_{item} < ({count}); at_{item}++) {{')
        self.open_block('for', count)
        self.emit(f'{match[1].strip()} {item} = &({array})[at_{item}];'.replace('* ', '*'))

    def tag_else(self, _rest):
        block = self.next_branch('else', ('if', 'for'))
        block['else'] = True
        self.indent -= 1
        self.emit('} else {' if block['kind'] == 'if' else '}')
        if block['kind'] == 'for':
            self.emit(f'if (({block["count"]}) == 0) {{')
        self.indent += 1

    def tag_end(self, _rest):
        if self.blocks:
            self.blocks[-1]['else'] = False
        block = self.next_branch('end', ('if', 'for'))
        self.blocks.pop()
        if block['place'][0] in ('tag', 'value'):
            self.place.attributes = block['after']
        if self.place.state in ('tag', 'glued'):
            self.place.state = 'glued' if block['glued'] else 'tag'
        self.indent -= 1
        self.emit('}')

    def tag_part(self, rest):
        match = re.fullmatch(r'(\w+)\((.*)\)(?:\s+from\s+"([^"]+)")?', rest, re.S)
        if not match:
            raise Refused('write <%part name(arguments)%>')
        if self.place.state != 'text' or (self.place.stack and self.place.stack[-1] in RAW_TEXT | {'script', 'option'}):
            raise Refused('a part stands between elements, not in an attribute or in an element of plain text')
        folder = match[3] or str(pathlib.PurePosixPath(self.path).parent).removeprefix('src/')
        self.includes.append(f'{folder}/{match[1]}.html.h')
        arguments = f', {match[2].strip()}' if match[2].strip() else ''
        self.code(f'page_{match[1]}(html{arguments});')

    def expression(self, text):
        if not text:
            raise Refused('an expression is missing')
        if ';' in re.sub(STRING, '', text) or '{' in text and not re.search(r'\)\s*\{', text):
            raise Refused('an expression, not a statement')
        self.expressions.append((self.line, text))
        return text

    @staticmethod
    def split(text):
        """Splits at commas outside brackets and strings."""
        parts, depth, start, quoted = [], 0, 0, False
        for position, char in enumerate(text):
            if char == '"' and text[position - 1] != '\\':
                quoted = not quoted
            depth += (char in '([{') - (char in ')]}') if not quoted else 0
            if char == ',' and depth == 0 and not quoted:
                parts.append(text[start:position].strip())
                start = position + 1
        return parts + [text[start:].strip()]

    # -- the whole
    def compile(self):
        try:
            for number, piece in enumerate(re.split(r'<%(.*?)%>', self.source, flags=re.S)):
                if number % 2:
                    self.tag(piece.strip())
                else:
                    self.feed(piece)
                self.line += piece.count('\n') if number % 2 else 0
            self.finish()
        except Refused as refused:
            raise Refused(f'{self.path}:{self.line}: {refused}') from None

    def feed(self, piece):
        if '<%' in piece:
            self.line += piece[:piece.index('<%')].count('\n')
            raise Refused('<% without %>')
        if not self.head:
            if piece.strip():
                raise Refused('the first tag must be <%page name(arguments) uses "header.h"%>')
            self.line += piece.count('\n')
            return
        if not self.place.started:  # white space around a template would become part of where it is used
            self.line += piece.count('\n', 0, len(piece) - len(piece.lstrip()))
            piece = piece.lstrip()
        for line in piece.splitlines(keepends=True):
            self.place.feed(line)
            self.line += line.endswith('\n')

    def finish(self):
        self.place.settle()
        if not self.head:
            raise Refused('the first tag must be <%page name(arguments) uses "header.h"%>')
        if self.blocks:
            self.line = self.blocks[-1]['line']
            raise Refused(f'this <%{self.blocks[-1]["kind"]}%> has no <%end%>')
        if self.place.state != 'text':
            raise Refused(f'the page ends inside <{self.place.name}>')
        if self.place.stack:
            raise Refused(f'<{self.place.stack[-1]}> is not closed')
        self.pending = self.pending.rstrip()
        self.flush()

    def outputs(self):
        name, arguments = self.head
        signature = f'void page_{name}(Html *html{", " + arguments if arguments else ""})'
        note = f'/* Made from {self.path} by tools/htmlgen.py. Do not edit. */\n'
        below = self.path.removeprefix('src/')
        uses = [name for name in dict.fromkeys(self.includes)]
        includes = ''.join(f'#include "{use}"\n' for use in ['face/html/html.h'] + [u for u in uses if not u.endswith('.html.h')])
        parts = ''.join(f'#include "{use}"\n' for use in uses if use.endswith('.html.h'))
        header = f'{note}#pragma once\n{includes}\n{signature};\n'
        code = f'{note}#include "{below}.h"\n{parts}\n{signature}\n{{\n\t(void)html;\n' + '\n'.join(self.body) + '\n}\n'
        return header, code


def read(path):
    """The template at path, compiled; raises Refused. Its name in messages starts at src/ wherever the build stands."""
    text = pathlib.Path(path).read_text(encoding='utf-8')
    shown = re.sub(r'^.*?(?=\bsrc/)', '', pathlib.PurePath(path).as_posix()) if 'src/' in str(path) else str(path)
    template = Template(shown, text)
    template.compile()
    return template


def main(arguments):
    if len(arguments) != 3:
        sys.exit(__doc__)
    try:
        header, code = read(arguments[0]).outputs()
    except Refused as refused:
        sys.exit(str(refused))
    pathlib.Path(arguments[1]).write_text(header, encoding='utf-8')
    pathlib.Path(arguments[2]).write_text(code, encoding='utf-8')


if __name__ == '__main__':
    main(sys.argv[1:])
