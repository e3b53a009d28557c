#!/usr/bin/env python3
"""Fails when a file includes what its room may not see. Run from the root; `layers.py DIR` checks another tree (for the refusal tests).

A room may use rooms of lower storeys, and in its own storey only rooms that stand earlier in this table. app/ alone knows everyone."""
import pathlib
import re
import sys

HOUSE = {
    'base': ['base', 'crypto', 'sandbox'],
    'engine': ['calendar', 'rating', 'appscan', 'likeness', 'picture', 'mark', 'masking', 'selection'],
    'store': ['db', 'setting', 'seal', 'blob', 'job', 'ledger'],
    'face': ['http', 'html', 'doc', 'outbox'],
    'people': ['vault', 'person', 'org', 'notice'],
    'work': ['workflow', 'form', 'cover', 'absence', 'thread', 'copy', 'masked', 'letter', 'alike', 'certificate'],
    'subject': ['product', 'interest', 'sample', 'advisory', 'report', 'batch', 'party', 'casefile', 'dispute', 'warning', 'library', 'feed', 'site', 'merit', 'find', 'figure', 'programme', 'privacy', 'desk', 'admin'],
    'app': [''],
}
# Rooms that are too large for one: their own rooms, in order. A room of rooms has no files of its own.
INSIDE = {'subject/programme': ['round', 'application', 'expert', 'panel', 'inspection', 'decision', 'letters', 'unit', 'evaluation', 'activity', 'collection']}
ORDER = {(storey, room): (s, r) for s, (storey, rooms) in enumerate(HOUSE.items()) for r, room in enumerate(rooms)}
# Headers that only these rooms may see (sodium.h in store/seal: locked memory for keys).
ALONE = {
    'microhttpd.h': ['face/http'], 'sqlite3.h': ['store/db'], 'libpq-fe.h': ['store/db'], 'simdjson.h': ['base/base'],
    'sodium.h': ['base/crypto', 'store/seal'], 'seccomp.h': ['base/sandbox'], 'cmark.h': ['face/html'], 'png.h': ['engine/picture'],
    'turbojpeg.h': ['engine/picture'], 'gmime/gmime.h': ['face/outbox'],
}
# engine/ is pure: no clock, no network, no files.
IMPURE = {'time.h', 'sys/socket.h', 'netdb.h', 'fcntl.h', 'unistd.h', 'base/base/clock.h', 'base/base/log.h', 'base/base/random.h'}
PURE_EXCEPT = {'base/base/clock.h'}  # its calendar arithmetic is pure; reading the clock is refused below
MAY_SEE_FACE = re.compile(r'_(pages?|api|view)(_private)?\.(c|h)$')


def room_of(path):
    parts = path.parts
    return ('app', '') if parts[0] == 'app' else (parts[0], parts[1] if len(parts) > 2 else '')


def inner_fault(here, room, target):
    """Why a file of a room of rooms may not include what stands in the same room; None: it may."""
    rooms, parts, aim = INSIDE.get('/'.join(room)), here.parts, pathlib.Path(target).parts
    if rooms is None:
        return None
    if len(parts) < 4 or parts[2] not in rooms:
        return f'{"/".join(room)} is a room of rooms; the table stands in tools/layers.py'
    if len(aim) < 4 or aim[2] not in rooms or rooms.index(aim[2]) > rooms.index(parts[2]):
        return f'{parts[2]} may not use {"/".join(aim[2:3])}, which stands after it'
    if aim[2] != parts[2] and (target.endswith('_private.h') or target.endswith('.sql.h')):
        return f'{target} is private to {aim[2]}; include its face'
    return None


def faults(src):
    for file in sorted(p for p in src.rglob('*') if p.suffix in ('.c', '.h', '.cc', '.def')):
        here = file.relative_to(src)
        room = room_of(here)
        if room not in ORDER:
            yield f'{here}:1: {"/".join(room)} is not a room of the house; the table stands in tools/layers.py'
            continue
        text = file.read_text(encoding='utf-8')
        for number, line in enumerate(text.splitlines(), 1):
            m = re.match(r'\s*#\s*include\s*["<]([^">]+)[">]', line)
            if m:
                yield from include_faults(here, room, number, m[1])
            elif room[0] == 'engine' and re.search(r'\bclock_(wall|monotonic|precise)\s*\(', line):
                yield f'{here}:{number}: engine/ is pure: it is given the time, it does not read the clock'


def include_faults(here, room, number, target):
    where = f'{here}:{number}'
    if '/'.join(room) not in ALONE.get(target, ['/'.join(room)]):
        yield f'{where}: only {" and ".join(ALONE[target])} includes <{target}>; use that room\'s face'
    if room[0] == 'engine' and target in IMPURE - PURE_EXCEPT:
        yield f'{where}: engine/ is pure: no database, network, files or clock, so not <{target}>'
    top = target.split('/')[0]
    if top not in HOUSE:
        return
    other = room_of(pathlib.Path(target))
    if other not in ORDER:
        yield f'{where}: {target} is in no room of the house'
        return
    if other == room:
        if why := inner_fault(here, room, target):
            yield f'{where}: {why}'
        return
    if ORDER[other] > ORDER[room]:
        yield f'{where}: {"/".join(room)} may not use {"/".join(other)}, which stands above or after it'
    if target.endswith('_private.h') or target.endswith('.sql.h'):
        yield f'{where}: {target} is private to {"/".join(other)}; include its face'
    if room[0] in ('people', 'work', 'subject') and other in (('face', 'http'), ('face', 'html')) and not MAY_SEE_FACE.search(here.name):
        yield f'{where}: in {room[0]}/ only *_pages.c, *_api.c and *_view.h see face/; move what needs it there'


def main():
    src = pathlib.Path(sys.argv[1] if len(sys.argv) > 1 else 'src')
    found = list(faults(src))
    print('\n'.join(found) if found else f'layers: {sum(1 for _ in src.rglob("*.[ch]"))} files, every include points down')
    sys.exit(1 if found else 0)


if __name__ == '__main__':
    main()
