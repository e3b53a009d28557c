// Checks a receipt with Node's own cryptography, from the texts of RFC 6962 and C2SP signed-note, apart from cappvd's code; and cappvd agrees.
import { createHash, createPublicKey, verify } from 'node:crypto';
import { readFileSync, writeFileSync, mkdtempSync, rmSync } from 'node:fs';
import { spawnSync } from 'node:child_process';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const here = (path) => fileURLToPath(new URL(path, import.meta.url));
const program = here('../../build/cappvd');
const sha256 = (...parts) => createHash('sha256').update(Buffer.concat(parts)).digest();
const leafHash = (entry) => sha256(Buffer.from([0]), Buffer.from(entry));
const nodeHash = (left, right) => sha256(Buffer.from([1]), left, right);

function signed(text, line, name, key) {
	const bytes = Buffer.from(line.slice(`— ${name} `.length), 'base64');
	const id = sha256(Buffer.from(`${name}\n`), Buffer.from([1]), key).subarray(0, 4);
	const spki = Buffer.concat([Buffer.from('302a300506032b6570032100', 'hex'), key]);
	return line.startsWith(`— ${name} `) && bytes.subarray(0, 4).equals(id)
		&& verify(null, Buffer.from(text), createPublicKey({ key: spki, format: 'der', type: 'spki' }), bytes.subarray(4));
}

// The root that a path gives, by the recursive definition of clause 2.1.1 read backwards.
function rootOf(index, size, leaf, path) {
	if (size === 1) return path.length ? undefined : leaf;
	const sibling = path.at(-1);
	if (!sibling) return undefined;
	const rest = path.slice(0, -1);
	let k = 1;
	while (k * 2 < size) k *= 2;
	const inner = index < k ? rootOf(index, k, leaf, rest) : rootOf(index - k, size - k, leaf, rest);
	return inner && (index < k ? nodeHash(inner, sibling) : nodeHash(sibling, inner));
}

function isProven(document) {
	const [head, entry, signature, proof, checkpoint, checkpointSignature, more] = document.replace(/\n$/, '').split('\n\n');
	if (more !== undefined || !checkpointSignature) return false;
	const [, name, key64] = /^key (.*)\+[0-9a-f]{8}\+(\S+)$/.exec(head.split('\n')[1]) ?? [];
	const key = Buffer.from(key64 ?? '', 'base64').subarray(1);
	if (key.length !== 32 || !signed(`${entry}\n`, signature, name, key) || !signed(`${checkpoint}\n`, checkpointSignature, name, key)) return false;
	const [indexLine, ...path] = proof.split('\n'), [, size, root] = checkpoint.split('\n');
	const found = rootOf(Number(indexLine.slice('index '.length)), Number(size), leafHash(`${entry}\n`), path.map((line) => Buffer.from(line, 'base64')));
	return found !== undefined && found.equals(Buffer.from(root, 'base64'));
}

let passed = 0, failed = 0;
function check(truth, what) {
	if (truth) passed++;
	else if (++failed <= 20) console.log(what);
}
const folder = mkdtempSync(join(tmpdir(), 'cappvd-receipt-'));
function cappvdAgrees(document) {
	const path = join(folder, 'receipt.txt');
	writeFileSync(path, document);
	return spawnSync(program, ['ledger', 'verify', path]).status === 0;
}
try {
	const good = readFileSync(here('../fuzz/corpus/receipt/proven.txt'), 'utf8');
	check(isProven(good), 'the oracle refuses a good receipt');
	check(cappvdAgrees(good), 'cappvd refuses a good receipt');
	for (const [from, to] of [['index 5', 'index 4'], ['\n7\n', '\n8\n'], ['action receive', 'action reject'], ['report R-1', 'report R-2'], ['06:00', '05:00']]) {
		const changed = good.replace(from, to);
		check(changed !== good && !isProven(changed), `the oracle accepts ${to}`);
		check(!cappvdAgrees(changed), `cappvd accepts ${to}`);
	}
} finally {
	rmSync(folder, { recursive: true });
}
console.log(`${passed} passed, ${failed} failed`);
process.exit(failed ? 1 : 0);
