#!/usr/bin/env python3
"""Compiles static files into the program: assetgen.py OUT.c FILE…

Each src/ROOM/static/NAME becomes a row of `assets` (face/html/html.h): its address carries the hash of its content, so that it may be
kept for ever. A name belongs to one file only, wherever that stands."""
import gzip
import hashlib
import pathlib
import sys

TYPES = {
    '.css': 'text/css; charset=utf-8', '.js': 'text/javascript; charset=utf-8', '.svg': 'image/svg+xml', '.png': 'image/png',
    '.ico': 'image/x-icon', '.woff2': 'font/woff2', '.txt': 'text/plain; charset=utf-8', '.webmanifest': 'application/manifest+json',
}
WORTH = 0.9  # gzip has to save a tenth


def array(name, data):
    lines = [','.join(str(byte) for byte in data[at:at + 32]) for at in range(0, len(data), 32)]
    return f'static const unsigned char {name}[] = {{\n' + ',\n'.join(lines) + '\n};\n'


def main():
    out, files = pathlib.Path(sys.argv[1]), sorted(map(pathlib.Path, sys.argv[2:]), key=lambda path: path.name)
    code, rows, names, seen = ['/* Made by tools/assetgen.py. Do not edit. */\n#include "face/html/html.h"\n'], [], [], {}
    for number, path in enumerate(files):
        if path.suffix not in TYPES:
            sys.exit(f'{path}: no content type is known for {path.suffix or "a file without ending"}: add it to tools/assetgen.py')
        if path.name in seen:
            sys.exit(f'{path}: {seen[path.name]} has the same name')
        seen[path.name] = path
        data = path.read_bytes()
        if not data:
            sys.exit(f'{path}: is empty')
        packed = gzip.compress(data, 9, mtime=0)
        digest = hashlib.sha256(data).hexdigest()[:16]
        code.append(array(f'bytes_{number}', data))
        small = len(packed) < len(data) * WORTH
        if small:
            code.append(array(f'gzip_{number}', packed))
        address = f'/assets/{path.stem}.{digest}{path.suffix}'
        names.append(f'\t"{path.name}",')
        rows.append(f'\t{{ "{address}", "{TYPES[path.suffix]}", bytes_{number}, {len(data)}, '
                    + (f'gzip_{number}, {len(packed)}' if small else 'NULL, 0') + f', "{digest}" }},')
    code.append('const HttpAsset assets[] = {\n' + '\n'.join(rows or ['\t{ 0 },']) + '\n};\n')
    code.append('const char *const asset_names[] = {\n' + '\n'.join(names or ['\t"",']) + f'\n}};\nconst size_t asset_count = {len(rows)};\n')
    out.write_text('\n'.join(code), encoding='utf-8')


main()
